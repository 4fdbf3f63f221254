"""The workbook to fill in: its columns, its formats, how its pages print."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from calculator.facts import fields
from calculator.facts.fields import FIELDS, Field, Kind

CASES = "Cases"
GUIDE = "How to fill this in"
EXAMPLES = "Examples"
LISTS = "Lists"
ROWS = 1000
"""Empty rows that are ready for input."""
FIRST_ROW = 2
"""The first row of input, from 0: the bands and the headings are above it."""
REQUIRED = " *"
_COLOURS = (
    ("#1F4E79", "#DDEBF7"),
    ("#375623", "#E2EFDA"),
    ("#7F6000", "#FFF2CC"),
    ("#833C0B", "#FCE4D6"),
    ("#3A3A7A", "#E4E4F4"),
    ("#125E5E", "#D9EFEF"),
    ("#404040", "#EDEDED"),
    ("#5E2750", "#EFDDE9"),
    ("#4B3621", "#EBE3DA"),
)
"""The colours of each section in turn: its band, and the headings under it."""
_NUMBER_FORMATS = {
    Kind.MONEY: "£#,##0.00",
    Kind.MONEY_OR_ALL: "£#,##0.00",
    Kind.DAY: "d mmm yyyy",
    Kind.DAY_OR_NONE: "d mmm yyyy",
    Kind.HOURS: "General",
}
_TEXT_FORMAT = "@"
"""For all other kinds: what is typed stays as typed, including a leading zero or =."""
LINE = 15
"""The height of a line of text."""
_A4 = 9


class Book:
    """The workbook being written, with the formats that its sheets share."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.columns = template_fields()
        self.listed = [field for field in self.columns if choices(field)]
        sections = list(dict.fromkeys(field.section for field in self.columns))
        self.colours = {
            section: _COLOURS[index % len(_COLOURS)] for index, section in enumerate(sections)
        }
        self.cell_formats = {
            number_format: workbook.add_format({"num_format": number_format, "valign": "top"})
            for number_format in sorted({*_NUMBER_FORMATS.values(), _TEXT_FORMAT})
        }
        self.title = workbook.add_format({"bold": True, "font_size": 16, "font_color": "#1F4E79"})
        self.subtitle = workbook.add_format(
            {"bold": True, "font_size": 12, "font_color": "#1F4E79"}
        )
        self.plain = workbook.add_format({"num_format": _TEXT_FORMAT})
        self.bold = workbook.add_format({"num_format": _TEXT_FORMAT, "bold": True})
        self.italic = workbook.add_format({"num_format": _TEXT_FORMAT, "italic": True})
        self.wrapped = workbook.add_format(
            {"num_format": _TEXT_FORMAT, "text_wrap": True, "valign": "top", "border": 1}
        )
        self.required = workbook.add_format(
            {
                "bold": True,
                "font_color": "#9C0006",
                "bg_color": "#FFEB9C",
                "text_wrap": True,
                "valign": "top",
                "border": 1,
            }
        )

    def band(self, section: str) -> Format:
        """Make the format of the band over a section."""
        return self.workbook.add_format(
            {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": self.colours[section][0],
                "valign": "vcenter",
                "border": 1,
            }
        )

    def heading_format(self, field: Field) -> Format:
        """Make the format of the heading of a column."""
        if field.required:
            return self.required
        return self.workbook.add_format(
            {
                "bg_color": self.colours[field.section][1],
                "text_wrap": True,
                "valign": "top",
                "border": 1,
            }
        )

    def cell_format(self, field: Field) -> Format:
        """Give the format of the cells of a column."""
        return self.cell_formats[_NUMBER_FORMATS.get(field.kind, _TEXT_FORMAT)]


def template_fields() -> tuple[Field, ...]:
    """List the fields in the order of the columns: by section, and within one in the order of the list."""
    return tuple(sorted(FIELDS, key=lambda field: fields.SECTIONS.index(field.section)))


def template_heading(field: Field) -> str:
    """Give the heading of a column; a star marks a required one. The reader ignores the star."""
    return field.heading + (REQUIRED if field.required else "")


def choices(field: Field) -> tuple[str, ...]:
    """List what the drop-down of a field offers; empty for a field without one."""
    return field.listed or field.choice_names


def print_on(page: Worksheet, pages_wide: int) -> None:
    """Set a sheet to print on A4 in landscape, with page numbers."""
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(pages_wide, 0)
    page.set_footer("&L&A&RPage &P of &N")
