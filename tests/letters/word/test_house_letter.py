"""Our own letter as laid out: in Word by its styles, in PDF by its pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest

from calculator.letters.letter import LettersWanted
from calculator.letters.recipients import USUAL, Recipient
from calculator.letters.word.house_styles import DRAFT, DRAFTS, SIZES
from tests.letters.test_wording import CASES
from tests.letters_helpers import CAPPED, SENDER, Made, capped, made_from, one, part, worked
from tests.needs import needs

EACH = pytest.mark.parametrize("to", list(Recipient))
APPROVED = SENDER.model_copy(update={"approved_by": "Sol Solicitor"})


def opened(made: Made) -> Any:
    return docx.Document(io.BytesIO(made.letter.docx))


# In Word.


@EACH
def test_money_is_set_to_the_right_and_no_table_is_split(to: Recipient) -> None:
    for table in opened(one({**CASES["part_repaired"], "scheme": capped(to)["scheme"]}, to)).tables:
        for row in table.rows:
            for cell in row.cells:
                style = cell.paragraphs[0].style
                is_money = re.match(r"−?£[\d,]+\.\d\d( \(estimate\))?$", cell.text)
                if is_money and "In short" not in table.rows[0].cells[0].text:
                    assert (style.name == "Letter figure") or "Given" in table.rows[0].cells[1].text
                while style is not None and style.paragraph_format.keep_with_next is None:
                    style = style.base_style
                assert style is not None, cell.text
                assert style.paragraph_format.keep_with_next


@EACH
def test_a_table_is_described_by_its_title(to: Recipient) -> None:
    captions = [
        caption.get(caption.keys()[0])
        for table in opened(one(capped(to), to)).tables
        for caption in table._tbl.xpath("./w:tblPr/w:tblCaption")
    ]
    expected = {
        Recipient.EMPLOYER: ["Payments at the exit", "Facts", "Interest at 8% a year"],
        Recipient.SCHEME: ["Facts", "Payments at the exit", "Interest at 8% a year"],
        Recipient.MEMBER: ["In short", "Facts", "Payments at the exit"],
        Recipient.ISSUE_PACK: ["In short", "To fill in", "Facts"],
    }
    assert captions[:3] == expected.get(to, [])


@EACH
def test_pages_are_counted_and_word_opens_the_letter_in_its_own_mode(to: Recipient) -> None:
    made = one(capped(to), to)
    footer = part(made.letter.docx, "word/footer1.xml")
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    assert 'w:name="compatibilityMode"' in part(made.letter.docx, "word/settings.xml")
    assert 'w:val="15"' in part(made.letter.docx, "word/settings.xml")
    assert opened(made).styles["Normal"].font.size.pt == SIZES[to]


def test_each_page_says_draft_until_the_letters_are_approved() -> None:
    assert DRAFT in part(one(CAPPED).letter.docx, "word/header1.xml")
    approved = one(CAPPED, request=LettersWanted(APPROVED))
    assert DRAFT not in part(approved.letter.docx, "word/header1.xml")


def test_the_points_of_an_enclosure_have_numbers_of_their_own() -> None:
    document = opened(one(CAPPED))
    numbers = {
        paragraph.style.name: paragraph.style.element.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style.name in ("List Number", "Letter number")
    }
    assert len(set(numbers.values())) == 2


def test_the_address_begins_where_the_window_of_an_envelope_is() -> None:
    text = part(one(CASES["addressed"]).letter.docx, "word/document.xml")
    frames = set(re.findall(r"<w:framePr [^>]*>", text))
    assert len(frames) == 1
    twips = dict(re.findall(r'w:(\w+)="(\d+)"', frames.pop()))
    assert round((int(twips["y"]) + int(twips["h"])) / 56.7) == 57
    assert text.index("framePr") < text.index("Legal Services")


# In PDF.


@cache
def pages(name: str, to: Recipient) -> list[str]:
    """The text of each page of a letter's PDF."""
    pytest.importorskip("typst")
    from calculator.letters.word.pdf import pdf_maker

    request = LettersWanted(SENDER, (to,), pdf=True)
    made = made_from(worked(CASES[name]), request)
    (pdf,) = pdf_maker(request)([each.letter for each in made])
    assert pdf is not None
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.pdf")
        path.write_bytes(pdf)
        return subprocess.run(  # noqa: S603 - poppler on a file of our own
            [str(shutil.which("pdftotext")), "-layout", str(path), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\f")[:-1]


LETTERS = [
    (name, to)
    for name in CASES
    for to in USUAL
    if not (to is not Recipient.MEMBER and name == "before_cap")
    and not (
        to is Recipient.SCHEME
        and name in ("exact_member_only", "exact_scotland", "northern_ireland")
    )
] + [
    ("exact", Recipient.ISSUE_PACK),
    ("contract_only_part", Recipient.ISSUE_PACK),
    ("estate", Recipient.ISSUE_PACK),
    ("successor", Recipient.DATA_REQUEST),
    ("exact_own_strain", Recipient.FUND_DATA_REQUEST),
    ("northern_ireland", Recipient.SCHEME_FACTS),
]


@needs("poppler", "font")
@pytest.mark.parametrize(("name", "to"), LETTERS, ids=str)
def test_no_page_is_empty_or_holds_the_signature_alone(name: str, to: Recipient) -> None:
    for number, page in enumerate(pages(name, to), 1):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[0] == DRAFTS[to]
        assert lines[-1].endswith(f"page {number} of {len(pages(name, to))}")
        assert len(lines) > 4
        assert not lines[1].startswith("Yours")


@needs("poppler", "font")
@pytest.mark.parametrize("name", [name for name, to in LETTERS if to is Recipient.EMPLOYER])
def test_a_letter_to_the_employer_has_two_pages_and_a_schedule(name: str) -> None:
    found = pages(name, Recipient.EMPLOYER)
    first = next(n for n, page in enumerate(found, 1) if "Schedule to the letter of" in page)
    assert first <= 3
    assert len(found) <= first + 3
