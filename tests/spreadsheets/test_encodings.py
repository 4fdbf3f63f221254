"""The encoding of a CSV file is told by what it makes of names; what was assumed is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import read_cases
from tests.spreadsheets.sheets import sheet_of

NAMES = [
    "José Núñez",
    "Siân Ní Bhriain",
    "Zoë Müller",
    "François Lefèvre",
    "Björk Åse",
    "JOSÉ PEÑA",
]


@pytest.mark.parametrize(
    ("encoding", "said", "line_end"),
    [
        ("mac_roman", "text of Excel for Mac (Mac Roman)", "\r"),
        ("mac_roman", "text of Excel for Mac (Mac Roman)", "\r\n"),
        ("cp850", "DOS text (cp850)", "\r\n"),
        ("cp1252", "Windows text (cp1252)", "\r\n"),
    ],
)
def test_names_are_read_right_in_every_encoding_that_excel_writes(
    tmp_path: Path, encoding: str, said: str, line_end: str
) -> None:
    rows = [f"A{n},{name},31/12/2020,£1.50" for n, name in enumerate(NAMES)]
    text = line_end.join(["Case,Member name,Date left,Redundancy due", *rows, ""])
    sheet = sheet_of(tmp_path, text.encode(encoding))
    cases = read_cases(sheet)
    assert list(cases.text["member_name"]) == NAMES
    assert cases.money["redundancy_due"].tolist() == [150] * len(NAMES)
    assert sheet.notices[0].startswith(f"The file is not UTF-8; it was read as {said}.")


@pytest.mark.parametrize("name", ["José", "Nuñez", "Zoë", "Siân"])
def test_one_name_of_a_mac_is_enough(tmp_path: Path, name: str) -> None:
    text = f"Case,Member name,Date left\nA,{name} Example,31/12/2020\n"
    cases = read_cases(sheet_of(tmp_path, text.encode("mac_roman")))
    assert list(cases.text["member_name"]) == [f"{name} Example"]


def test_the_signs_of_windows_text_stay_windows_text(tmp_path: Path) -> None:
    text = "Case,Date left,notes\nA,31/12/2020,O’Brien’s “note” – £5 to €6 …\n"
    sheet = sheet_of(tmp_path, text.encode("cp1252"))
    assert list(read_cases(sheet).text["notes"]) == ["O’Brien’s “note” – £5 to €6 …"]
    assert sheet.notices == ["The file is not UTF-8; it was read as Windows text (cp1252)."]


def test_text_that_makes_no_words_in_any_encoding_is_refused(tmp_path: Path) -> None:
    data = b"Case,Date left,notes\nA,31/12/2020," + bytes([0x81, 0xFE, 0x8D, 0xDB, 0xF7]) + b"\n"
    with pytest.raises(
        FileProblem, match=r"cannot be read\. Open it in Excel and save it as CSV UTF-8"
    ):
        sheet_of(tmp_path, data)


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("Unicode Text.txt", "utf-16", "\t"),
        ("in.csv", "utf-16", ","),
        ("in.tsv", "utf-16-le", "\t"),
        ("in.csv", "utf-16-be", ";"),
        ("in.txt", "utf-8", "\t"),
    ],
)
def test_unicode_text_of_excel_is_read(
    tmp_path: Path, name: str, encoding: str, separator: str
) -> None:
    names = [*NAMES, "Łukasz Wałęsa", "Siôn Ŵyn"]
    rows = [f"A{n},{each},31/12/2020,£1.50" for n, each in enumerate(names)]
    text = "\r\n".join(["Case,Member name,Date left,Redundancy due", *rows, ""])
    sheet = sheet_of(tmp_path, text.replace(",", separator).encode(encoding), name)
    cases = read_cases(sheet)
    assert list(cases.text["member_name"]) == names
    assert cases.money["redundancy_due"].tolist() == [150] * len(names)
    assert sheet.notices == []
