"""What is needed to send letters: labels, PDFs to print, e-mail drafts, and the columns of a mail merge."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from calculator.facts.problems import FileProblem
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted
from calculator.letters.mail_merge import MERGE_NAMES, MOST_UNSEEN, ROWS_LOOKED_AT
from calculator.letters.placeholders import BY_NAME
from calculator.letters.recipients import USUAL, Recipient, WithoutConsent
from calculator.letters.words import LETTER_NOTES
from tests.letters.test_bundle import index_of, one_page
from tests.letters_helpers import CAPPED, REQUEST, SENDER, sample, worked

ADDRESSES: dict[str, Any] = {
    "employer_address": "Town Hall\n1 High Street\r\n\nAnytown AN1 1AA",
    "employer_email": "HR@council.example",
    "fund_address": "PO Box 1",
    "fund_email": "fund@county.example",
    "member_address": "2 Low Street",
    "member_email": "ann@mail.example",
}
WITH_ADDRESSES = {**CAPPED, **ADDRESSES}


def files_of(path: Path, request: LettersWanted, *cases: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of the zip of some cases."""
    write_letters(path / "out.zip", worked(*cases), request)
    with ZipFile(path / "out.zip") as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.fixture
def pdf_of_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs of one page in place of the letters': what goes with them does not look inside."""
    data = one_page()
    monkeypatch.setattr(
        "calculator.letters.bundle._pdf_maker", lambda _: lambda made: [data] * len(made)
    )


PDF = LettersWanted(SENDER, pdf=True)


def test_labels_are_a_table_of_addresses_in_the_order_of_the_index(tmp_path: Path) -> None:
    files = files_of(tmp_path, LettersWanted(SENDER), WITH_ADDRESSES, {**CAPPED, "case_ref": "A2"})
    page = openpyxl.load_workbook(io.BytesIO(files["labels.xlsx"]))["Labels"]
    rows = [[cell for cell in row if cell] for row in page.iter_rows(min_row=2, values_only=True)]
    assert [row[:2] for row in rows] == [["A1", to.value] for to in USUAL]
    assert rows[0][2:] == [
        *("letters/employer/A1_employer_2026-11-22.docx", "Anytown Council"),
        *("Town Hall", "1 High Street", "Anytown AN1 1AA"),
    ]
    about = openpyxl.load_workbook(io.BytesIO(files["index.xlsx"]))["About"]
    said = dict(about.iter_rows(min_row=2, values_only=True))
    assert said["Letters without an address"] == "3: not in labels.xlsx"


@pytest.mark.usefixtures("pdf_of_one_page")
def test_each_letter_to_print_begins_on_an_odd_page(tmp_path: Path) -> None:
    from pypdf import PdfReader

    files = files_of(tmp_path, PDF, CAPPED, {**CAPPED, "case_ref": "A2"})
    assert sorted(n for n in files if n.startswith("print/")) == [
        f"print/{to}.pdf" for to in sorted(USUAL)
    ]
    printed = PdfReader(io.BytesIO(files["print/employer.pdf"]))
    assert len(printed.pages) == 3, "a letter of one page, an empty page, a letter of one page"


@pytest.mark.usefixtures("pdf_of_one_page")
def test_a_draft_is_not_sent_and_holds_its_letter_only(tmp_path: Path) -> None:
    files = files_of(tmp_path, PDF, WITH_ADDRESSES)
    drafts = {name: data for name, data in files.items() if name.startswith("email/")}
    assert sorted(drafts) == [f"email/{to}/A1_{to}_2026-11-22.eml" for to in sorted(USUAL)]
    draft = message_from_bytes(
        drafts["email/employer/A1_employer_2026-11-22.eml"], policy=policy.SMTP
    )
    assert (draft["X-Unsent"], draft["To"], draft["From"]) == ("1", "HR@council.example", None)
    assert (
        draft["Subject"].strip()
        == "Letter before claim: exit payments of Ann Example (left 31 December 2020)"
    )
    (attached,) = draft.iter_attachments()
    assert attached.get_filename() == "A1_employer_2026-11-22.pdf"
    assert attached.get_content() == files["letters/employer/A1_employer_2026-11-22.pdf"]
    body = draft.get_body()
    assert body is not None
    assert "Please read our letter of 22 November 2026" in body.get_content()


NOBODY_ELSE = (
    ({"member_email": "hr@Council.example"}, "member", "email_shared"),
    ({"member_email": "hr@Council.example"}, "employer", "email_shared"),
    ({"fund_email": "HR@council.example"}, "scheme", "email_shared"),
    ({"member_email": "ann.example@council.example"}, "member", "email_at_opponent"),
    ({"member_email": "ann@mail.council.example"}, "member", "email_at_opponent"),
    ({"member_email": "ann@county.example"}, "member", "email_at_opponent"),
    ({"member_email": "ann@mail.example, hr@council.example"}, "member", "email_unreadable"),
    ({"member_email": "ann@mail.example\nBcc: x@y.example"}, "member", "email_unreadable"),
    ({"consent_to_disclose": "no"}, "employer", "email_own_name"),
)


@pytest.mark.parametrize(("changed", "to", "note"), NOBODY_ELSE)
@pytest.mark.usefixtures("pdf_of_one_page")
def test_no_draft_goes_where_another_may_read_it(
    tmp_path: Path, changed: dict[str, str], to: str, note: str
) -> None:
    request = LettersWanted(SENDER, without_consent=WithoutConsent.MEMBER, pdf=True)
    files = files_of(tmp_path, request, {**WITH_ADDRESSES, **changed})
    assert f"email/{to}/A1_{to}_2026-11-22.eml" not in files
    said = {
        row["Letter to"]: row["Why, or what to know first"]
        for row in index_of(tmp_path / "out.zip")
    }
    assert LETTER_NOTES[note] in said[to]
    merged = next(csv.DictReader(io.StringIO(files[f"merge/{to}.csv"].decode("utf-8-sig"))))
    assert merged["email"] == ""


@pytest.mark.usefixtures("pdf_of_one_page")
def test_one_address_of_two_members_is_used_for_neither(tmp_path: Path) -> None:
    second = {**WITH_ADDRESSES, "case_ref": "A2", "member_name": "Bo Example"}
    files = files_of(tmp_path, PDF, WITH_ADDRESSES, second)
    assert [name for name in files if name.startswith("email/member")] == []
    assert len([name for name in files if name.startswith("email/employer")]) == 2


def test_without_pypdf_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calculator.letters.posting.find_spec", lambda name: None)
    monkeypatch.setattr("calculator.letters.bundle._pdf_maker", lambda _: None)
    with pytest.raises(FileProblem, match=r"pip install 'exit-cap\[pdf\]'"):
        files_of(tmp_path, PDF, CAPPED)


# Mail merge.


def test_a_merge_line_has_the_address_the_file_and_the_head_of_its_letter(tmp_path: Path) -> None:
    own = {**WITH_ADDRESSES, "case_ref": "A/2", "consent_to_disclose": "no"}
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), WithoutConsent.MEMBER)
    files = files_of(tmp_path, request, WITH_ADDRESSES, own)
    text = files["merge/employer.csv"].decode("utf-8-sig")
    lines = {line["case_ref"]: line for line in csv.DictReader(io.StringIO(text, newline=""))}
    assert lines["A1"]["addressee_address"] == "Town Hall\n1 High Street\nAnytown AN1 1AA"
    assert lines["A1"]["letter_head"].splitlines()[0] == "Public Workers' Union"
    assert lines["A/2"]["file_name"] == "A-2_employer_2026-11-22"
    assert lines["A/2"]["letter_head"] == "Ann Example\n2 Low Street"


def test_the_longest_text_of_each_list_is_among_the_rows_that_word_looks_at(tmp_path: Path) -> None:
    write_letters(tmp_path / "out.zip", sample(), REQUEST)
    with ZipFile(tmp_path / "out.zip") as parts:
        for to in USUAL:
            text = parts.read(f"merge/{to}.csv").decode("utf-8-sig")
            lines = list(csv.DictReader(io.StringIO(text, newline="")))
            assert len(lines) > ROWS_LOOKED_AT
            lists = [n for n in MERGE_NAMES if n in BY_NAME and BY_NAME[n].is_list]
            for name in lists:
                longest = max(len(line[name]) for line in lines)
                first = max(len(line[name]) for line in lines[:ROWS_LOOKED_AT])
                assert first > MOST_UNSEEN or longest <= MOST_UNSEEN, name
            refs = [line["case_ref"] for line in lines]
            assert len(refs) == len(set(refs))
