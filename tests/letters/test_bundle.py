"""The zip of letters: names of files, index, mail merge, the same bytes, the command."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from calculator.calculation.codes import TO_CHECK
from calculator.calculation.figures import FIGURES
from calculator.facts.problems import FileProblem
from calculator.letters.bundle import write_letters
from calculator.letters.file_names import file_names
from calculator.letters.letter import Letter, LettersWanted
from calculator.letters.mail_merge import MERGE_NAMES, OF_SENDING
from calculator.letters.make import one_letter
from calculator.letters.placeholders import BY_NAME, flat_words
from calculator.letters.plan import Plan
from calculator.letters.recipients import USUAL, Recipient, WithoutConsent
from calculator.letters.word.fonts import has_widths_of, named_fonts
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.pdf import pdf_maker
from calculator.letters.words import LETTER_NOTES, LETTER_SKIPPED
from tests.letters_helpers import CAPPED, REQUEST, SENDER, own, sample, worked
from tests.needs import needs
from tests.test_commands import case_file, exitcap

AS_AT = "2026-11-22"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "letters.zip"
    write_letters(path, sample(), REQUEST)
    return path


def index_of(path: Path) -> list[dict[str, Any]]:
    with ZipFile(path) as parts:
        index = io.BytesIO(parts.read("index.xlsx"))
        page = openpyxl.load_workbook(index, data_only=True)["Letters"]
    heads = [cell.value for cell in page[1]]
    return [
        dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=2, values_only=True)
    ]


def test_the_index_lists_every_case_and_recipient_once(archive: Path) -> None:
    index = index_of(archive)
    assert len(index) == sample().cases.size * len(USUAL)
    with ZipFile(archive) as parts:
        written = {name for name in parts.namelist() if name.startswith("letters/")}
    assert {row["File"] for row in index if row["Status"] == "written"} == written
    for row in index:
        assert (row["Status"] in ("skipped", "held")) is (row["File"] is None)
        if row["Status"] == "held":
            assert row["Why, or what to know first"].startswith("To check first. ")
        if row["Status"] == "skipped":
            assert row["Why, or what to know first"].startswith(tuple(LETTER_SKIPPED.values()))


def test_the_index_is_in_the_order_in_which_claims_are_to_be_issued(archive: Path) -> None:
    index = index_of(archive)
    days = [row["Issue by"] for row in index if row["Issue by"]]
    assert days == sorted(days)
    assert len(set(days)) > 1
    first = next(at for at, row in enumerate(index) if row["Issue by"])
    assert first > 0
    assert {row["Urgency"] for row in index[:first]} <= {"expired", "advice"}


def test_held_letters_are_counted_and_say_what_to_check(tmp_path: Path) -> None:
    case = {**CAPPED, "settlement_agreement": "yes", "entitlement": "discretionary"}
    path = tmp_path / "held.zip"
    written = write_letters(path, worked(case), REQUEST)
    assert written.skipped == {"to_check": 2}
    assert "  2 held: to check first." in written.sentences()
    why = {row["Why, or what to know first"] for row in index_of(path) if row["Status"] == "held"}
    assert why == {f"To check first. {TO_CHECK['entitlement']} {TO_CHECK['settlement_agreement']}"}


def test_the_index_and_the_names_of_files_hold_no_names_of_persons(archive: Path) -> None:
    with ZipFile(archive) as parts:
        names = "\n".join(parts.namelist())
        index = "".join(
            str(cell)
            for page in openpyxl.load_workbook(io.BytesIO(parts.read("index.xlsx")))
            for row in page.iter_rows(values_only=True)
            for cell in row
        )
    for name in sample().cases.text["member_name"].tolist():
        assert not name or (name not in names and name not in index)


def test_the_same_input_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    write_letters(tmp_path / "again.zip", sample(), REQUEST)
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    with ZipFile(archive) as parts:
        assert {info.date_time for info in parts.infolist()} == {(2026, 11, 22, 0, 0, 0)}
        assert parts.testzip() is None


def test_names_of_files_are_safe_and_unlike_each_other() -> None:
    references = [
        "A/1", "A\\1", "a-1", "../../etc/passwd", "CON", "con", "nul.txt", "", " ", "...", "-x",
        "é ü", "A" * 500, "A" * 501, "S1", "S1-2", "S1", "\u202eabc", "x.", "a:b*c?",
    ]  # fmt: skip
    names = file_names(references)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", name), name
        assert not re.fullmatch(r"(con|nul|prn|aux)(\..*)?", name, re.IGNORECASE)
        assert not name.endswith(".")
        assert len(name) < 70
    assert names[0] == "A-1"


def test_mail_merge_files_hold_the_words_of_the_letters(archive: Path) -> None:
    with ZipFile(archive) as parts:
        written = [row for row in index_of(archive) if row["Status"] == "written"]
        for to in USUAL:
            text = parts.read(f"merge/{to}.csv").decode("utf-8-sig")
            lines = list(csv.DictReader(io.StringIO(text, newline="")))
            assert sorted(line["case_ref"] for line in lines) == sorted(
                row["Case"] for row in written if row["Letter to"] == to
            )
            assert all(line["letter_to"] == to for line in lines)
            book = openpyxl.load_workbook(io.BytesIO(parts.read(f"merge/{to}.xlsx")))
            rows = list(book["Letters"].iter_rows())
            assert tuple(cell.value for cell in rows[0]) == MERGE_NAMES
            assert len(rows) == len(lines) + 1
            for line, row in zip(lines, rows[1:], strict=True):
                for name, cell in zip(MERGE_NAMES, row, strict=True):
                    assert cell.data_type in ("s", "n")
                    assert cell.value is None or isinstance(cell.value, str)
                    assert (cell.value or "") == line[name].removeprefix("'").replace("\r\n", "\n")


def test_names_for_mail_merge_are_ones_that_word_takes() -> None:
    for name in MERGE_NAMES:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name)
    assert {figure.name for figure in FIGURES} <= set(MERGE_NAMES)
    assert set(MERGE_NAMES) == (set(BY_NAME) - {"sections"}) | set(OF_SENDING)


def test_no_text_of_a_person_is_a_formula_in_a_merge_file(tmp_path: Path) -> None:
    outcome = worked({**CAPPED, "member_name": "=1+1", "notes": "@x"})
    write_letters(tmp_path / "out.zip", outcome, REQUEST)
    with ZipFile(tmp_path / "out.zip") as parts:
        text = parts.read("merge/employer.csv").decode("utf-8-sig")
    line = next(csv.DictReader(io.StringIO(text, newline="")))
    assert (line["member_name"], line["notes"]) == ("'=1+1", "'@x")


def test_a_merge_line_is_the_letter_under_the_same_names() -> None:
    letter = one_letter(worked(CAPPED), 0, Recipient.EMPLOYER, REQUEST)
    assert isinstance(letter, Letter)
    flat = flat_words(letter.words)
    assert flat["member_total"] == letter.words["member_total"]
    assert flat["questions"].split("\n") == list(letter.words["questions"])
    assert flat["enclosures"].startswith("Reply form\n")


def test_one_letter_or_the_reason_why_not() -> None:
    found = one_letter(
        worked({**CAPPED, "consent_to_disclose": "no"}),
        0,
        Recipient.EMPLOYER,
        LettersWanted(SENDER),
    )
    assert isinstance(found, Plan)
    assert found.skipped == "no_consent"


def test_letters_of_one_case_are_those_of_its_row_in_a_table() -> None:
    alone = one_letter(worked(CAPPED), 0, Recipient.EMPLOYER, REQUEST)
    among = one_letter(worked({**CAPPED, "case_ref": "B"}, CAPPED), 1, Recipient.EMPLOYER, REQUEST)
    assert isinstance(alone, Letter)
    assert isinstance(among, Letter)
    assert alone.docx == among.docx


# The command.


def test_letters_of_the_sample(tmp_path: Path, sample_cases: Path) -> None:
    out = tmp_path / "letters.zip"
    done = exitcap("letters", sample_cases, out, "--as-at", AS_AT, "--to", "member")
    assert done.returncode == 1, "the sample holds rows in error"
    assert "109 letters written." in done.stderr
    assert "[brackets]" in done.stderr
    assert done.stdout == ""
    with ZipFile(out) as parts:
        folders = {name.rpartition("/")[0] for name in parts.namelist()}
    assert folders == {"letters/member", "merge", ""}


def test_letters_of_one_case_file(tmp_path: Path) -> None:
    path = case_file(tmp_path, {name: str(value) for name, value in CAPPED.items()})
    done = exitcap("letters", path, tmp_path / "out.zip", "--as-at", AS_AT)
    assert (done.returncode, "3 letters written." in done.stderr) == (0, True)


def test_the_placeholders_are_listed() -> None:
    done = exitcap("letters", "--list-fields")
    assert done.returncode == 0
    for name in BY_NAME:
        assert f"  {name} " in done.stdout


def test_our_letter_is_saved_to_be_changed(tmp_path: Path) -> None:
    saved = tmp_path / "mine.docx"
    assert exitcap("letters", "--save-template", saved).returncode == 0
    case = case_file(tmp_path, {name: str(value) for name, value in CAPPED.items()})
    done = exitcap("letters", case, tmp_path / "out.zip", "--template", saved, "--to", "employer")
    assert (done.returncode, "1 letters written." in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "needs CASES and OUT.zip"),
        (["in.json", "out.docx"], "written to .zip"),
        (["in.json", "out.zip", "--to", "court"], "employer, scheme, member"),
        (["in.json", "out.zip", "--without-consent", "send"], "skip, member"),
        (["in.json", "out.zip", "--leave-out", "claim"], "practice_direction, reply_form, ack"),
        (["in.json", "none/out.zip"], "no such folder"),
        (["in.json", "out.zip", "--template", "bad.docx", "--to", "member"], "membr_name"),
        (["in.json", "out.zip", "--template", "bad.docx"], "add --to employer, scheme"),
        (["in.json", "out.zip", "--sender", "none.toml"], "No such file"),
        (["in.json", "in.json"], "written to .zip"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(
    tmp_path: Path, words: list[str], said: str
) -> None:
    import docx

    facts = {name: str(value) for name, value in CAPPED.items()}
    (tmp_path / "in.json").write_text(json.dumps(facts), encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("{{ membr_name }}")
    document.save(str(tmp_path / "bad.docx"))
    done = exitcap("letters", *words, cwd=tmp_path)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.docx", "in.json"]


def test_a_zip_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = case_file(tmp_path, {name: str(value) for name, value in CAPPED.items()})
    (tmp_path / "out.zip").write_text("mine", encoding="utf-8")
    assert exitcap("letters", path, tmp_path / "out.zip").returncode == 2
    assert (tmp_path / "out.zip").read_text(encoding="utf-8") == "mine"
    assert exitcap("letters", path, tmp_path / "out.zip", "--force").returncode == 0


# PDF.


def pdfs_in(path: Path, folder: Path) -> list[Path]:
    with ZipFile(path) as parts:
        names = [name for name in parts.namelist() if re.fullmatch(r"letters/.*\.pdf", name)]
        return [Path(parts.extract(name, folder)) for name in names]


def one_page() -> bytes:
    """A PDF of one empty page."""
    from pypdf import PdfWriter

    writer, data = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(data)
    return data.getvalue()


def told(path: Path, *words: str) -> str:
    command = [str(shutil.which("pdfinfo")), *words, str(path)]
    return subprocess.run(  # noqa: S603 - poppler on a file of our own
        command, capture_output=True, text=True, errors="replace", check=True
    ).stdout


@needs("poppler")
def test_a_pdf_is_tagged_and_has_its_title(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    write_letters(
        tmp_path / "out.zip", worked(CAPPED), LettersWanted(SENDER, without_consent=REQUEST.without_consent, pdf=True)
    )  # fmt: skip
    made = pdfs_in(tmp_path / "out.zip", tmp_path)
    assert len(made) == 3
    for pdf in made:
        plain, tree = told(pdf), told(pdf, "-struct")
        assert re.search(r"Tagged:\s+yes", plain)
        assert re.search(r"Title:\s+(Letter before claim|Pension of|Your exit payments)", plain)
        for tag in ("H1", "H2", "Table", "THead", "TH", "L (", "Scope"):
            assert tag in tree


def test_a_pdf_has_the_same_bytes_each_time_and_hostile_text_stays_text(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    case = {**CAPPED, "member_name": '#panic("x") $ *b* `c` <d> @e \\ [f]'}
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), pdf=True)
    for name in ("a.zip", "b.zip"):
        write_letters(tmp_path / name, worked(case), request)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert len(pdfs_in(tmp_path / "a.zip", tmp_path)) == 1


def test_a_letter_no_font_can_show_goes_without_a_pdf_and_the_index_says_so(
    tmp_path: Path,
) -> None:
    pytest.importorskip("typst")
    case = {**CAPPED, "member_name": "\U00012000 Example"}
    write_letters(
        tmp_path / "out.zip", worked(case), LettersWanted(SENDER, (Recipient.EMPLOYER,), pdf=True)
    )
    notes = index_of(tmp_path / "out.zip")[0]["Why, or what to know first"] or ""
    assert bool(pdfs_in(tmp_path / "out.zip", tmp_path)) is ("No PDF" not in notes)


@pytest.mark.parametrize("font", ["Liberation Sans", "DejaVu Sans"])
def test_a_pdf_laid_out_without_a_font_of_the_letters_widths_says_so_in_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, font: str
) -> None:
    monkeypatch.setattr("calculator.letters.word.fonts.installed", lambda: {font})
    monkeypatch.setattr(
        "calculator.letters.bundle._pdf_maker", lambda _: lambda made: [one_page()] * len(made)
    )
    template = OwnLetter("own.docx", house_template(Recipient.EMPLOYER))
    request = LettersWanted(SENDER, own={Recipient.EMPLOYER: template}, pdf=True)
    write_letters(tmp_path / "out.zip", worked(CAPPED), request)
    said = {
        row["Letter to"]: LETTER_NOTES["other_font"] in (row["Why, or what to know first"] or "")
        for row in index_of(tmp_path / "out.zip")
    }
    assert said == {"employer": font == "DejaVu Sans", "scheme": False, "member": False}


def test_a_template_needs_the_fonts_of_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the theme for the text and its headings, by name in a run; a style that is not used needs none."""
    document = docx.Document()
    document.styles["Title"].font.name = "Impact"
    document.add_paragraph("Dear {{ member_name }}").add_run("!").font.name = "Gill Sans"
    assert named_fonts(saved(document)) == {"Cambria", "Gill Sans"}
    document.add_heading("Your pay")
    assert named_fonts(saved(document)) == {"Cambria", "Gill Sans", "Calibri"}
    monkeypatch.setattr("calculator.letters.word.fonts.installed", lambda: {"Caladea", "Carlito"})
    assert [has_widths_of(font) for font in ("Cambria", "Calibri", "Gill Sans")] == [
        True,
        True,
        False,
    ]


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_where_typst_is_not_installed_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calculator.letters.word.pdf.find_spec", lambda name: None)
    with pytest.raises(FileProblem, match=r"pip install 'exit-cap\[pdf\]'"):
        write_letters(tmp_path / "out.zip", worked(CAPPED), LettersWanted(SENDER, pdf=True))


def test_where_libreoffice_is_not_installed_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(house_template(Recipient.EMPLOYER))
    monkeypatch.setattr("calculator.letters.word.pdf.shutil.which", lambda name: None)
    request = LettersWanted(SENDER, own=own(path), pdf=True)
    with pytest.raises(FileProblem, match="needs LibreOffice Writer"):
        write_letters(tmp_path / "out.zip", worked(CAPPED), request)


def test_only_what_the_letters_need_has_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter to the member is never in the member's own name, so never the plain one."""
    monkeypatch.setattr("calculator.letters.word.pdf.find_spec", lambda name: None)
    monkeypatch.setattr("calculator.letters.word.pdf.shutil.which", lambda name: "soffice")
    template = OwnLetter("own.docx", b"")
    only_member = (Recipient.MEMBER,)
    pdf_maker(
        LettersWanted(SENDER, only_member, WithoutConsent.MEMBER, {Recipient.MEMBER: template})
    )
    for to in (Recipient.EMPLOYER, Recipient.MEMBER):
        request = LettersWanted(
            SENDER, (to,), WithoutConsent.MEMBER, {Recipient.EMPLOYER: template}
        )
        with pytest.raises(FileProblem, match="needs Typst"):
            pdf_maker(request)


@needs("poppler", "writer", "font")
def test_letters_are_two_pages_and_a_schedule_and_a_template_gives_a_tagged_pdf(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(house_template(Recipient.EMPLOYER))
    longest = {
        **CAPPED,
        "cash_alternative_paid": "3000",
        "checked": "cash_alternative",
        "top_up_member": "100",
        "top_up_date": "2022-02-02",
        "notice_pay_due": "9000",
    }
    cases = [CAPPED, {**longest, "case_ref": "A2"}]
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), own=own(path), pdf=True)
    write_letters(tmp_path / "out.zip", worked(*cases), request)
    made = pdfs_in(tmp_path / "out.zip", tmp_path)
    assert len(made) == 2
    for pdf in made:
        assert re.search(r"Tagged:\s+yes", told(pdf))
        pages = subprocess.run(  # noqa: S603 - poppler on a file of our own
            [str(shutil.which("pdftotext")), "-layout", str(pdf), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\f")
        schedule = next(n for n, page in enumerate(pages, 1) if "Schedule to the letter" in page)
        assert schedule <= 3, "the letter itself is at most two pages"
        assert len(pages) - 1 <= 6, "and with its schedule and what is enclosed at most six"


@needs("poppler", "writer")
def test_each_pdf_comes_from_what_lays_out_its_letter(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    template = OwnLetter("own.docx", house_template(Recipient.EMPLOYER))
    to = (Recipient.EMPLOYER, Recipient.MEMBER)
    without = {**CAPPED, "case_ref": "A2", "consent_to_disclose": "no"}
    request = LettersWanted(
        SENDER, to, WithoutConsent.MEMBER, {Recipient.EMPLOYER: template}, pdf=True
    )
    write_letters(tmp_path / "out.zip", worked(CAPPED, without), request)
    by_writer = {
        f"{pdf.parent.name}/{pdf.stem}": "LibreOffice" in told(pdf)
        for pdf in pdfs_in(tmp_path / "out.zip", tmp_path)
    }
    assert len(by_writer) == 4
    assert [name for name, word in by_writer.items() if word] == [
        f"employer/{CAPPED['case_ref']}_employer_2026-11-22"
    ]


def test_progress_counts_the_letters_to_write(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    done = write_letters(
        tmp_path / "out.zip", sample(), REQUEST, lambda *counts: seen.append(counts)
    )
    assert seen[-1] == (done.written, done.written)
    assert {total for _, total in seen} == {done.written}
    assert [count for count, _ in seen] == sorted({count for count, _ in seen})
