"""Our own letter as a Word template, for unions without one and as a start for their own.

It is built when needed and not kept as a file, which could fall behind the sections in
:mod:`calculator.letters.wording` and the names in :mod:`calculator.letters.placeholders`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from calculator.letters.recipients import Recipient, for_every_recipient

FONT = "Arial"
TITLE = "{{ subject }}"
_GREY = "D9D9D9"
PAYMENTS_IN_TEXT = for_every_recipient(
    {Recipient.EMPLOYER: True, Recipient.SCHEME: False, Recipient.MEMBER: False}
)
"""Whose letter may show the table of payments in its text and not only in its schedule."""


@cache
def house_template(to: Recipient) -> bytes:
    """Build the .docx template of our letter to one recipient.

    Headings are marked as headings and the first row of each table as its header; tables have a title and
    a description, rows do not break over pages, and the language is British English.
    """
    from docx import Document

    document: Any = Document()
    _lay_out(document)
    _letter(document, to)
    _schedule(document)
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


def _lay_out(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2)
    section.bottom_margin = Cm(1.8)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    normal = styles["Normal"]
    _font(normal, 10)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.widow_control = True
    for name, size, before in (("Heading 1", 13, 8), ("Heading 2", 10.5, 7), ("Heading 3", 10, 6)):
        style = styles[name]
        _font(style, size)
        style.font.bold, style.font.color.rgb = True, RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(3)
        style.paragraph_format.keep_with_next = True
    for name in ("List Number", "List Bullet"):
        styles[name].paragraph_format.space_after = Pt(2)
    address = styles.add_style("Letter address", WD_STYLE_TYPE.PARAGRAPH)
    address.base_style = normal
    address.paragraph_format.space_after = Pt(0)
    first = styles.add_style("Letter address first", WD_STYLE_TYPE.PARAGRAPH)
    first.base_style = address
    first.paragraph_format.space_before = Pt(10)
    # The last section stays with the signature, so that no page holds the signature alone.
    kept = styles.add_style("Letter kept", WD_STYLE_TYPE.PARAGRAPH)
    kept.base_style = normal
    kept.paragraph_format.keep_with_next = True
    farewell = styles.add_style("Letter farewell", WD_STYLE_TYPE.PARAGRAPH)
    farewell.base_style = normal
    farewell.paragraph_format.space_before = Pt(8)
    farewell.paragraph_format.space_after = Pt(30)
    farewell.paragraph_format.keep_with_next = True
    cell = styles.add_style("Letter cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.paragraph_format.space_after = Pt(0)
    cell.font.size = Pt(9)
    # The last table fits on one page, so it moves to the next one rather than break.
    kept_cell = styles.add_style("Letter kept cell", WD_STYLE_TYPE.PARAGRAPH)
    kept_cell.base_style = cell
    kept_cell.paragraph_format.keep_with_next = True
    footer = section.footer.paragraphs[0]
    footer.style = address
    run = footer.add_run("{{ reference }}{% if reference %} · {% endif %}{{ letter_date }} · page ")
    run.font.size = Pt(8)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown = footer.add_run("1")
    shown.font.size = Pt(8)
    field.append(shown._r)
    footer._p.append(field)


def _font(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _letter(document: Any, to: Recipient) -> None:
    def add(text: str, style: str = "Normal") -> Any:
        return document.add_paragraph(text, style)

    def lines(name: str, style: str = "Normal", each: str = "line") -> None:
        add("{%p for " + each + " in " + name + " %}")
        add("{{ " + each + " }}", style)
        add("{%p endfor %}")

    add("{%p if organisation %}")
    add("{{ organisation }}", "Letter address").runs[0].bold = True
    lines("organisation_address", "Letter address")
    add("{{ contact }}", "Letter address")
    add("{%p else %}")
    add("{{ signed_by }}", "Letter address")
    add("[Your address and how to reach you]", "Letter address")
    add("{%p endif %}")
    add("{{ letter_date }}", "Letter address first")
    add("{%p if reference %}")
    add("Our reference: {{ reference }}", "Letter address")
    add("{%p endif %}")
    add("{{ addressee }}", "Letter address first")
    add("{{ salutation }}", "Letter address first")
    document.add_heading(TITLE, 1)
    lines("opening")
    add("{%p for part in sections %}")
    document.add_heading("{{ part.heading }}", 2)
    add("{%p if loop.last %}")
    lines("part.paragraphs", "Letter kept")
    add("{%p else %}")
    lines("part.paragraphs")
    add("{%p endif %}")
    add("{%p if part.numbered %}")
    lines("part.points", "List Number")
    add("{%p else %}")
    lines("part.points", "List Bullet")
    add("{%p endif %}")
    if PAYMENTS_IN_TEXT[to]:
        add("{%p if part.shows_payments %}")
        _payments(document)
        add("", "Letter address")
        add("{%p endif %}")
    add("{%p endfor %}")
    add("{{ farewell }}", "Letter farewell")
    last = add("{{ signed_by }}", "Letter address")
    last.paragraph_format.keep_with_next = True
    add("{%p if role %}")
    add("{{ role }}, {{ organisation }}", "Letter address")
    add("{%p endif %}")


def _schedule(document: Any) -> None:
    heading = document.add_heading("Schedule to the letter of {{ letter_date }}", 1)
    heading.paragraph_format.page_break_before = True
    _part(
        document,
        "Facts",
        "facts",
        _table(
            document, "facts", (("Fact", "what", 4_000), ("", "words", 5_638)), ("Fact", "Given")
        ),
    )
    _part(document, "Payments at the exit", "payments", _payments(document))
    _part(
        document,
        "Interest",
        "interest_lines",
        _table(
            document,
            "interest_lines",
            (
                ("Owed to", "payee", 1_500),
                ("On", "principal", 1_900),
                ("From", "start", 1_638),
                ("Rate", "rate", 1_100),
                ("Days", "days", 900),
                ("Interest", "amount", 1_400),
                ("A day", "daily", 1_200),
            ),
        ),
    )
    _part(
        document,
        "Sums received since the exit",
        "received",
        _table(
            document,
            "received",
            (("Received", "what", 4_638), ("Sum", "amount", 2_500), ("Day", "day", 2_500)),
        ),
    )
    _part(
        document,
        "Totals, each payee apart",
        "totals",
        _table(
            document,
            "totals",
            (
                ("Owed to", "payee", 2_438),
                ("Short at the exit", "short", 1_800),
                ("Still unpaid", "outstanding", 1_800),
                ("Interest unpaid", "interest", 1_800),
                ("Total", "total", 1_800),
            ),
        ),
    )
    for title, name in (
        ("Assumptions", "assumptions"),
        ("Documents held", "documents_held"),
        ("Documents missing", "documents_missing"),
    ):
        document.add_paragraph("{%p if " + name + " %}")
        document.add_heading(title, 2)
        document.add_paragraph("{%p for line in " + name + " %}")
        document.add_paragraph("{{ line }}", "List Bullet")
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("{%p endif %}")
    _part(
        document,
        "Law and sources",
        "law_relied_on",
        _table(
            document,
            "law_relied_on",
            (
                ("Source", "title", 4_138),
                ("Provisions", "label", 2_100),
                ("Address", "address", 3_400),
            ),
            style="Letter kept cell",
        ),
    )


def _payments(document: Any) -> Any:
    return _table(
        document,
        "payments",
        (
            ("Payment", "title", 2_138),
            ("Due", "due", 1_350),
            ("Paid", "paid", 1_350),
            ("Difference", "difference", 1_500),
            ("Payable to", "payee", 1_400),
            ("Provision", "law", 1_900),
        ),
    )


def _part(document: Any, title: str, name: str, table: Any) -> None:
    """Put a heading before a table, and a condition around both: only where the list is not empty."""
    start = document.add_paragraph("{%p if " + name + " %}")
    heading = document.add_heading(title, 2)
    table._tbl.addprevious(start._p)
    table._tbl.addprevious(heading._p)
    end = document.add_paragraph("{%p endif %}")
    table._tbl.addnext(end._p)


def _table(
    document: Any,
    name: str,
    columns: Sequence[tuple[str, str, int]],
    heads: Sequence[str] = (),
    style: str = "Letter cell",
) -> Any:
    """Add a table with a row for each row of a list, its first row marked as the header."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Twips

    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr
    for tag, text in (
        ("w:tblCaption", heads[0] if heads else columns[0][0]),
        ("w:tblDescription", f"One row for each entry; columns: {_listed(columns, heads)}."),
    ):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        properties.append(element)
    rows = [row.cells for row in table.rows]
    for column, (head, field, width) in enumerate(columns):
        for row, text in (
            (0, heads[column] if heads else head),
            (1, "{%tr for row in " + name + " %}" if column == 0 else ""),
            (2, "{{ row." + field + " }}"),
            (3, "{%tr endfor %}" if column == 0 else ""),
        ):
            cell = rows[row][column]
            cell.width = Twips(width)
            cell.paragraphs[0].style = style
            cell.paragraphs[0].add_run(text).bold = row == 0 or None
    for (_, _, width), grid in zip(columns, table._tbl.tblGrid.gridCol_lst, strict=True):
        grid.w = Twips(width)
    for row in table.rows:
        settings = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in rows[0]:
        shade = OxmlElement("w:shd")
        for attribute, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _GREY)):
            shade.set(qn(attribute), value)
        cell._tc.get_or_add_tcPr().append(shade)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    return table


def _listed(columns: Sequence[tuple[str, str, int]], heads: Sequence[str]) -> str:
    return ", ".join(heads or [head for head, _, _ in columns]).lower()
