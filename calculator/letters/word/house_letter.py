"""Our own letter as a Word template, for unions without one and as a start for their own.

It is built when needed and not kept as a file, which could fall behind the sections in
:mod:`calculator.letters.wording` and the names in :mod:`calculator.letters.placeholders`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

from calculator.letters.recipients import Recipient, for_every_recipient
from calculator.letters.schedule import RATE, SCHEDULES
from calculator.letters.word.house_styles import ENCLOSED_NUMBER, at_the_head, lay_out
from calculator.letters.wording import ENCLOSURES

TITLE = "{{ subject }}"
_GREY = "D9D9D9"
HAS_ACTION = for_every_recipient(
    {to: to in (Recipient.MEMBER, Recipient.ISSUE_PACK) for to in Recipient}
)
"""Whose letter begins with a box of what to know and do."""
PAYMENTS_IN_TEXT = for_every_recipient({to: to is Recipient.EMPLOYER for to in Recipient})
"""Whose letter may show the table of payments in its text and not in its schedule."""
_SCHEDULE = "Schedule to the letter of {{ letter_date }}"
SCHEDULE_HEADINGS = for_every_recipient(
    {
        Recipient.EMPLOYER: _SCHEDULE,
        Recipient.SCHEME: _SCHEDULE,
        Recipient.MEMBER: _SCHEDULE,
        Recipient.ISSUE_PACK: "Schedule of loss",
        Recipient.DATA_REQUEST: "",
        Recipient.FUND_DATA_REQUEST: "",
        Recipient.SCHEME_FACTS: "",
    }
)
"""The heading of each schedule; "" for a letter without one, which names no figure."""


@cache
def house_template(to: Recipient, schedule: bool = True) -> bytes:
    """Build the .docx template of our letter to one recipient; without its schedule, the one of our chaser.

    Headings are marked as headings and the first row of each table as its header; tables have a title and
    a description, rows do not break over pages, and the language is British English.
    """
    from docx import Document

    document: Any = Document()
    lay_out(document, to)
    _letter(document, to, HAS_ACTION[to] and schedule)
    parts = [_schedule] * bool(SCHEDULE_HEADINGS[to]) + [_enclosures] * bool(ENCLOSURES[to])
    # Particulars of claim come before the schedule that they refer to.
    for add in (reversed(parts) if to is Recipient.ISSUE_PACK else parts) if schedule else ():
        add(document, to)
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = ""
    properties.title, properties.language = TITLE, "en-GB"
    # The thumbnail and old styles of python-docx's own document: a third of each letter's bytes.
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del part.rels[key]
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _letter(document: Any, to: Recipient, has_action: bool) -> None:
    add = partial(_paragraph, document)
    _head(document)
    add("{%p if marking %}")
    add("{{ marking }}", "Letter addressee").runs[0].bold = True
    add("{%p endif %}")
    add("{{ addressee }}", "Letter addressee")
    _lines(document, "addressee_address", "Letter addressee")
    add("{{ salutation }}", "Letter address first")
    document.add_heading(TITLE, 1)
    if has_action:
        action = (
            ("In short", "what", 2_638),
            ("Your case" if to is Recipient.MEMBER else "The claim", "words", 7_000),
        )
        _table(document, "action", action, "In short")
        _gap(document)
    _lines(document, "opening")
    add("{%p for part in sections %}")
    document.add_heading("{{ part.heading }}", 2)
    add("{%p if loop.last %}")
    _lines(document, "part.paragraphs", "Letter kept")
    add("{%p else %}")
    _paragraphs(document)
    add("{%p endif %}")
    _points(document)
    if PAYMENTS_IN_TEXT[to]:
        add("{%p if part.shows_payments %}")
        _payments(document)
        _gap(document)
        add("{%p endif %}")
    add("{%p endfor %}")
    add("{{ farewell }}", "Letter farewell")
    add("{{ signed_by }}", "Letter signed")
    add("{%p if role %}")
    add("{{ role }}, {{ organisation }}", "Letter address")
    add("{%p endif %}")


def _head(document: Any) -> None:
    """Add who writes, the day and the reference."""
    add = partial(_paragraph, document, style="Letter sender")
    add("{%p if organisation %}")
    name = add("{{ organisation }}")
    name.runs[0].bold = True
    lines = [name, _lines(document, "organisation_address", "Letter sender"), add("{{ contact }}")]
    add("{%p else %}")
    lines.append(add("{{ signed_by }}"))
    add("{%p if own_address %}")
    lines.append(_lines(document, "own_address", "Letter sender"))
    add("{%p else %}")
    lines.append(add("[Your address and how to reach you]"))
    add("{%p endif %}")
    add("{%p endif %}")
    lines.append(add("{{ letter_date }}"))
    add("{%p if reference %}")
    lines.append(add("Our reference: {{ reference }}"))
    add("{%p endif %}")
    for line in lines:
        at_the_head(line)


def _paragraph(document: Any, text: str, style: str = "Normal") -> Any:
    return document.add_paragraph(text, style)


def _lines(document: Any, name: str, style: str = "Normal") -> Any:
    _paragraph(document, "{%p for line in " + name + " %}")
    line = _paragraph(document, "{{ line }}", style)
    _paragraph(document, "{%p endfor %}")
    return line


def _paragraphs(document: Any) -> None:
    """Add the paragraphs of a section, the last one kept with its points."""
    add = partial(_paragraph, document)
    add("{%p for line in part.paragraphs %}")
    add("{%p if loop.last and (part.points or part.form) %}")
    add("{{ line }}", "Letter kept")
    add("{%p else %}")
    add("{{ line }}")
    add("{%p endif %}")
    add("{%p endfor %}")


def _points(document: Any, numbered: str = "List Number") -> None:
    """Add the points of a section, the first of them kept with the next so that it is not alone on a page."""
    for condition, style in (("if part.numbered", numbered), ("else", "List Bullet")):
        _paragraph(document, "{%p " + condition + " %}")
        _paragraph(document, "{%p for line in part.points %}")
        _paragraph(document, "{%p if loop.first %}")
        _paragraph(document, "{{ line }}", style).paragraph_format.keep_with_next = True
        _paragraph(document, "{%p else %}")
        _paragraph(document, "{{ line }}", style)
        _paragraph(document, "{%p endif %}")
        _paragraph(document, "{%p endfor %}")
    _paragraph(document, "{%p endif %}")


def _gap(document: Any) -> Any:
    """Add the line after a table at which the page may break."""
    return _paragraph(document, "", "Letter gap")


def _schedule(document: Any, to: Recipient) -> None:
    heading = document.add_heading(SCHEDULE_HEADINGS[to], 1)
    heading.paragraph_format.page_break_before = True
    _part(document, "facts", (("Fact", "what", 4_000), ("Given", "words", 5_638)), "Facts")
    if not PAYMENTS_IN_TEXT[to]:
        _part(document, "payments", _PAYMENTS, _PAYMENTS_TITLE)
    _part(
        document,
        "interest_lines",
        (
            ("Owed to", "payee", 1_938),
            ("On", "principal", 1_750),
            ("From", "start", 2_150),
            ("Days", "days", 900),
            ("Interest", "amount", 1_600),
            ("A day", "daily", 1_300),
        ),
        "Interest at {{ rate }}",
    )
    _part(
        document,
        "received",
        (("Received", "what", 4_638), ("Sum", "amount", 2_500), ("Day", "day", 2_500)),
        "Sums received since the exit",
    )
    _part(
        document,
        "totals",
        (
            ("Owed to", "payee", 2_438),
            ("Short at the exit", "short", 1_800),
            ("Still unpaid", "outstanding", 1_800),
            ("Interest unpaid", "interest", 1_800),
            ("Total", "total", 1_800),
        ),
        "Totals by recipient",
    )
    _paragraph(document, "{%p if assumptions %}")
    document.add_heading("Assumptions", 2)
    _lines(document, "assumptions", "List Bullet")
    _paragraph(document, "{%p endif %}")
    if SCHEDULES[to].sources:
        _part(
            document,
            "law_relied_on",
            (
                ("Source", "title", 4_138),
                ("Provisions", "label", 2_100),
                ("Address", "address", 3_400),
            ),
            "Law and sources",
        )


def _enclosures(document: Any, _: Recipient) -> None:
    """Add what is enclosed, each on a page of its own, with its lines to fill in."""
    add = partial(_paragraph, document)
    add("{%p for part in enclosures %}")
    add("{%p if part.starts_page %}")
    heading = document.add_heading("{{ part.heading }}", 1)
    heading.paragraph_format.page_break_before = True
    add("{%p else %}")
    document.add_heading("{{ part.heading }}", 2)
    add("{%p endif %}")
    _paragraphs(document)
    _points(document, ENCLOSED_NUMBER)
    add("{%p if part.form %}")
    _gap(document).paragraph_format.keep_with_next = True
    _form(document)
    _gap(document)
    add("{%p endif %}")
    add("{%p endfor %}")


_PAYMENTS_TITLE = "Payments at the exit"
_PAYMENTS = (
    ("Payment", "title", 2_838),
    ("Due", "due", 1_600),
    ("Paid", "paid", 1_600),
    ("Difference", "difference", 1_700),
    ("Payable to", "payee", 1_900),
)
_MONEY = frozenset(
    (
        *("due", "paid", "difference", "principal", "amount", "daily"),
        *("short", "outstanding", "interest", "total", "days"),
    )
)
"""The fields of tables that are set to the right."""
_Columns = Sequence[tuple[str, str, int]]


def _payments(document: Any) -> None:
    _table(document, "payments", _PAYMENTS, _PAYMENTS_TITLE)


def _part(document: Any, name: str, columns: _Columns, title: str) -> None:
    """Add a heading and a table, where its list is not empty."""
    _paragraph(document, "{%p if " + name + " %}")
    document.add_heading(title, 2)
    _table(document, name, columns, title)
    _gap(document)
    _paragraph(document, "{%p endif %}")


def _table(document: Any, name: str, columns: _Columns, title: str) -> None:
    """Add a table with a row for each row of a list, its first row marked as the header."""
    body = [
        ("Letter figure" if field in _MONEY else "Letter kept cell", "{{ row." + field + " }}")
        for _, field, _ in columns
    ]
    _rows(document, "row in " + name, columns, body, title)


def _form(document: Any) -> None:
    """Add a table of lines to fill in."""
    columns = (("Please complete", "", 3_638), ("Your answer", "", 6_000))
    body = [("Letter form", "{{ line }}"), ("Letter form", "")]
    _rows(document, "line in part.form", columns, body, "To fill in")


def _rows(
    document: Any, loop: str, columns: _Columns, body: Sequence[tuple[str, str]], title: str
) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Twips

    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.autofit = False
    heads = [head for head, _, _ in columns]
    for tag, text in (
        ("w:tblCaption", title.replace("{{ rate }}", RATE)),
        ("w:tblDescription", f"One row for each entry; columns: {', '.join(heads).lower()}."),
    ):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)
    rows = [row.cells for row in table.rows]
    for column, (head, _, width) in enumerate(columns):
        style, field = body[column]
        head_style = "Letter figure" if style == "Letter figure" else "Letter kept cell"
        for row, text, cell_style in (
            (0, head, head_style),
            (1, "{%tr for " + loop + " %}" if column == 0 else "", "Letter cell"),
            (2, field, style),
            (3, "{%tr endfor %}" if column == 0 else "", "Letter cell"),
        ):
            cell = rows[row][column]
            cell.width = Twips(width)
            cell.paragraphs[0].style = cell_style
            cell.paragraphs[0].add_run(text).bold = row == 0 or None
    for (_, _, width), grid in zip(columns, table._tbl.tblGrid.gridCol_lst, strict=True):
        grid.w = Twips(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in rows[0]:
        shade = OxmlElement("w:shd")
        for attribute, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _GREY)):
            shade.set(qn(attribute), value)
        cell._tc.get_or_add_tcPr().append(shade)
