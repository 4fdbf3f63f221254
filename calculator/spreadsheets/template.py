"""The workbook to fill in, drawn from the list of fields: headings, drop-downs, checks, guidance, examples.

Checks warn where text may be typed that the reader takes (``31/12/2020`` as text, ``nil``) and stop only
at closed choices. All text is written as text, so that none can become a formula.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from calculator.facts import fields
from calculator.facts.cells import CannotRead
from calculator.facts.days import FIRST_DAY, LAST_DAY
from calculator.facts.fields import (
    BY_NAME,
    DOCUMENTS,
    FIELDS,
    MOST_HOURS,
    NO_NOTICE,
    WAIVED,
    Field,
    Kind,
)
from calculator.facts.money import MOST_PENCE, plain_money, shown_money
from calculator.facts.problems import FileProblem
from calculator.files.unfinished import replacing

CASES = "Cases"
GUIDE = "How to fill this in"
EXAMPLES = "Examples"
LISTS = "Lists"

ROWS = 1000
"""Empty rows that are ready for input."""
_FIRST_ROW = 2
"""The first row of input, from 0: the bands and the headings are above it."""
_REQUIRED = " *"
_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
"""Excel's limits on the messages of a validation."""

_ORDER = (
    fields.WHO,
    fields.DATES,
    fields.PAY,
    fields.PAYMENTS,
    fields.PENSION,
    fields.SINCE,
    fields.EVIDENCE,
)
"""The sections in the order a caseworker meets the facts. Any other section comes after them."""
_COLOURS = (
    ("#1F4E79", "#DDEBF7"),
    ("#375623", "#E2EFDA"),
    ("#7F6000", "#FFF2CC"),
    ("#833C0B", "#FCE4D6"),
    ("#3A3A7A", "#E4E4F4"),
    ("#125E5E", "#D9EFEF"),
    ("#404040", "#EDEDED"),
)
"""Of each section in turn: its band, and the headings under it."""

_NUMBER_FORMATS = {
    Kind.MONEY: "£#,##0.00",
    Kind.MONEY_OR_ALL: "£#,##0.00",
    Kind.DAY: "d mmm yyyy",
    Kind.DAY_OR_NONE: "d mmm yyyy",
    Kind.HOURS: "General",
}
_TEXT_FORMAT = "@"
"""Of all other kinds: what is typed stays as typed, a leading zero or = too."""
_WIDTHS = {
    Kind.TEXT: 20,
    Kind.MONEY: 15,
    Kind.MONEY_OR_ALL: 15,
    Kind.DAY: 14,
    Kind.DAY_OR_NONE: 14,
    Kind.HOURS: 12,
    Kind.DOCUMENTS: 30,
}
_WIDER = {"employer_name": 32, "notes": 44}
_BUTTON = 4
"""Room for the arrow of a drop-down or filter."""
_LINE = 15
"""The height of a line of text."""
_PAGE_WIDTH = 170
"""Characters across a printed page that can still be read."""
_A4 = 9
_BAND_COLUMNS = 6
"""The most columns under one band."""


@dataclass(frozen=True)
class _Result:
    """What the calculator finds for an example: the triage, and what is short to each payee, in pence."""

    triage: str
    member: int = 0
    scheme: int = 0

    def __str__(self) -> str:
        short = [
            f"{shown_money(pence)} to the {payee}"
            for payee, pence in (("member", self.member), ("pension scheme", self.scheme))
            if pence
        ]
        return f"triage {self.triage}; short at the exit: {' and '.join(short) or 'nothing'}."


@dataclass(frozen=True)
class _Example:
    """One situation: what it shows, its cases as a person would type them, and what comes out."""

    shows: str
    cases: tuple[dict[str, str], ...]
    results: tuple[_Result, ...]


SAMPLES = (
    _Example(
        "A capped LGPS redundancy. Every amount paid is known; the whole cut fell on the pension strain.",
        (
            {
                "case_ref": "EX-001",
                "member_name": "Ann Example",
                "employer_name": "Sampleshire County Council",
                "employer_kind": "council",
                "nation": "england",
                "consent_to_disclose": "yes",
                "exit_reason": "redundancy",
                "exit_date": "31/12/2020",
                "date_of_birth": "14/05/1963",
                "service_start": "1 Sep 1989",
                "notice_given_on": "28/09/2020",
                "payment_date": "22/01/2021",
                "due_date": "31/12/2020",
                "strain_due_date": "31/01/2021",
                "annual_salary": "£49,920.00",
                "weekly_pay": "£960.00",
                "monthly_hours": "160.25",
                "redundancy_due": "£26,880.00",
                "redundancy_paid": "£26,880.00",
                "statutory_redundancy": "£15,064.00",
                "pension_strain_due": "£88,400.00",
                "pension_strain_paid": "£68,120.00",
                "holiday_pay": "£576.00",
                "scheme": "lgps",
                "pension_outcome": "reduced",
                "pension_due": "£21,340.00",
                "pension_paid": "£14,620.00",
                "settlement_agreement": "no",
                "evidence": "redundancy_calculation; strain_quote; strain_invoice; payslip",
                "notes": "Planning officer. Redundancy pay is the statutory weeks at actual pay.",
            },
        ),
        (_Result("capped_exact", scheme=20_280_00),),
    ),
    _Example(
        "What was paid is not known: the paid columns stay blank. The result is an estimate and says so.",
        (
            {
                "case_ref": "EX-002",
                "member_name": "Bob Example",
                "employer_name": "Anytown Borough Council",
                "employer_kind": "council",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "30/11/2020",
                "date_of_birth": "21/08/1961",
                "service_start": "07/02/1994",
                "notice_given_on": "24/08/2020",
                "annual_salary": "£57,200.00",
                "redundancy_due": "£31,900.00",
                "pension_strain_due": "£96,480.00",
                "scheme": "lgps",
                "pension_outcome": "unknown",
                "evidence": "redundancy_calculation; strain_quote",
                "notes": "Payslip and strain invoice asked for.",
            },
        ),
        (_Result("capped_estimate", scheme=33_380_00),),
    ),
    _Example(
        "Only the total paid is known. It includes what went to the pension fund; the parts stay blank.",
        (
            {
                "case_ref": "EX-003",
                "member_name": "Cat Example",
                "employer_name": "Sampleshire Constabulary",
                "employer_kind": "police",
                "nation": "england",
                "exit_reason": "business_efficiency",
                "exit_date": "15/01/2021",
                "date_of_birth": "17/04/1962",
                "notice_given_on": "none",
                "payment_date": "29/01/2021",
                "annual_salary": "£68,500.00",
                "pension_strain_due": "£104,200.00",
                "severance_due": "£9,000.00",
                "total_paid": "£95,000.00",
                "scheme": "lgps",
                "pension_outcome": "reduced",
                "evidence": "capped_notice",
                "notes": "Civilian head of estates. The notice gives one sum.",
            },
        ),
        (_Result("capped_exact", scheme=18_200_00),),
    ),
    _Example(
        "Two exits of one person within 28 days: one person reference, and one cap for both.",
        (
            {
                "case_ref": "EX-004",
                "person_ref": "P-17",
                "member_name": "Dev Example",
                "employer_name": "Northvale District Council",
                "employer_kind": "council",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "30/11/2020",
                "date_of_birth": "09/03/1972",
                "service_start": "02/10/2000",
                "notice_given_on": "31/08/2020",
                "payment_date": "18/12/2020",
                "annual_salary": "£62,400.00",
                "redundancy_due": "£56,400.00",
                "redundancy_paid": "£56,400.00",
                "scheme": "lgps",
                "pension_outcome": "deferred",
                "evidence": "redundancy_calculation; payslip",
                "notes": "Director shared by two councils; this is the first exit.",
            },
            {
                "case_ref": "EX-005",
                "person_ref": "P-17",
                "member_name": "Dev Example",
                "employer_name": "Southvale District Council",
                "employer_kind": "council",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "18/12/2020",
                "date_of_birth": "09/03/1972",
                "service_start": "02/10/2000",
                "notice_given_on": "18/09/2020",
                "payment_date": "15/01/2021",
                "annual_salary": "£62,400.00",
                "redundancy_due": "£56,400.00",
                "redundancy_paid": "£38,600.00",
                "scheme": "lgps",
                "pension_outcome": "deferred",
                "evidence": "capped_notice; redundancy_calculation; payslip",
                "notes": "The second exit, 18 days later.",
            },
        ),
        (_Result("not_capped"), _Result("capped_exact", member=17_800_00)),
    ),
    _Example(
        "A teacher given a cash alternative (reg 8) up to the cap, with no strain paid to the scheme.",
        (
            {
                "case_ref": "EX-006",
                "member_name": "Eve Example",
                "employer_name": "Hillside Community School",
                "employer_kind": "maintained_school",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "31/12/2020",
                "date_of_birth": "02/11/1961",
                "service_start": "01/09/1998",
                "notice_given_on": "30/09/2020",
                "payment_date": "29/01/2021",
                "strain_due_date": "31/01/2021",
                "annual_salary": "£58,240.00",
                "redundancy_due": "£32,480.00",
                "redundancy_paid": "£32,480.00",
                "pension_strain_due": "£79,850.00",
                "pension_strain_paid": "0",
                "cash_alternative_paid": "£62,520.00",
                "scheme": "tps",
                "pension_outcome": "reduced",
                "settlement_agreement": "no",
                "evidence": "capped_notice; strain_quote; payslip",
                "notes": "Deputy head. The member may have to hand the cash back.",
            },
        ),
        (_Result("capped_exact", scheme=17_330_00),),
    ),
    _Example(
        "Part has been paid since, without interest: three columns and a day under Since paid.",
        (
            {
                "case_ref": "EX-007",
                "member_name": "Flo Example",
                "employer_name": "Sampleshire Hospitals NHS Trust",
                "employer_kind": "nhs",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "29/01/2021",
                "date_of_birth": "02/06/1969",
                "service_start": "05/10/1992",
                "notice_given_on": "30/10/2020",
                "payment_date": "26/02/2021",
                "annual_salary": "£75,000.00",
                "redundancy_due": "£150,000.00",
                "redundancy_paid": "£95,000.00",
                "scheme": "nhs",
                "pension_outcome": "deferred",
                "top_up_member": "£40,000.00",
                "top_up_interest": "0",
                "top_up_date": "30/06/2021",
                "settlement_agreement": "no",
                "evidence": "capped_notice; payslip; top_up_letter",
                "notes": "NHS manager: 24 months' pay, cut to the cap.",
            },
        ),
        (_Result("part_repaired", member=55_000_00),),
    ),
)

_KIND_EXAMPLES = {
    Kind.TEXT: "",
    Kind.MONEY: "£1,234.50",
    Kind.MONEY_OR_ALL: WAIVED,
    Kind.DAY: "31/12/2020",
    Kind.DAY_OR_NONE: NO_NOTICE,
    Kind.HOURS: "162.5",
    Kind.DOCUMENTS: "; ".join(DOCUMENTS[:2]),
}
"""What to show for a field that none of the examples gives."""


def write_template(path: Path) -> None:
    """Write the workbook to fill in. FileProblem for another kind of file or no such folder."""
    if path.suffix.casefold() != ".xlsx":
        raise FileProblem(f"{path.name}: the template is written to .xlsx.")
    if not path.parent.is_dir():
        raise FileProblem(f"{path.parent}: there is no such folder.")
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "d mmm yyyy",
    }
    with replacing(path) as unfinished, Workbook(str(unfinished), options) as workbook:
        _Template(workbook).write()


def template_bytes() -> bytes:
    """The workbook to fill in, for a download."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path)
        return path.read_bytes()


def template_fields() -> tuple[Field, ...]:
    """The fields in the order of the columns: by section, and within one in the order of the list."""
    return tuple(sorted(FIELDS, key=lambda field: _section_place(field.section)))


def _section_place(section: str) -> int:
    return _ORDER.index(section) if section in _ORDER else len(_ORDER)


def template_heading(field: Field) -> str:
    """The heading of a column; a star marks a required one. The reader passes over the star."""
    return field.heading + (_REQUIRED if field.required else "")


class _Template:
    """The sheets of one workbook, with the formats they share."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.columns = template_fields()
        self.listed = [field for field in self.columns if _choices(field)]
        sections = list(dict.fromkeys(field.section for field in self.columns))
        self.colours = {
            section: _COLOURS[place % len(_COLOURS)] for place, section in enumerate(sections)
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

    def write(self) -> None:
        """Write every sheet. The cases come first; the reader knows them by the name of the sheet."""
        cases, guide, examples, lists = (
            self.workbook.add_worksheet(name) for name in (CASES, GUIDE, EXAMPLES, LISTS)
        )
        self.workbook.set_properties({"title": "Exit-payment cap: cases to work out"})
        self._table(cases, ROWS)
        self._guide(guide)
        self._examples(examples)
        self._lists(lists)
        lists.hide()
        cases.activate()

    def _table(self, page: Worksheet, rows: int) -> None:
        """Bands, headings, formats and checks: all of a sheet of cases but the cases."""
        last_row, last_column = _FIRST_ROW + rows - 1, len(self.columns) - 1
        widths = [_width(field) for field in self.columns]
        lines = 1
        for column, field in enumerate(self.columns):
            page.set_column(column, column, widths[column], self._cell_format(field))
            heading = template_heading(field)
            page.write_string(_FIRST_ROW - 1, column, heading, self._heading_format(field))
            lines = max(lines, len(textwrap.wrap(heading, widths[column] - 1)))
            first_cell = xl_rowcol_to_cell(_FIRST_ROW, column)
            check = _messages(field) | self._check(field, first_cell)
            page.data_validation(_FIRST_ROW, column, last_row, column, check)
        page.set_row(_FIRST_ROW - 1, _LINE * (lines + 1))
        self._bands(page)
        page.autofilter(_FIRST_ROW - 1, 0, last_row, last_column)
        page.freeze_panes(_FIRST_ROW, 1)
        everywhere = xl_range(_FIRST_ROW, 0, last_row, last_column)
        page.ignore_errors({"number_stored_as_text": everywhere})
        _print_on(page, pages_wide=ceil(sum(widths) / _PAGE_WIDTH))
        page.repeat_rows(0, _FIRST_ROW - 1)
        page.repeat_columns(0)

    def _check(self, field: Field, cell: str) -> dict[str, object]:
        """The validation of a column whose first cell is ``cell``, as XlsxWriter takes it."""
        money = f"AND({cell}>=0,{cell}<={plain_money(MOST_PENCE)},ROUND({cell},2)={cell})"
        day = f"AND({cell}>=DATE({FIRST_DAY.year},1,1),{cell}<DATE({LAST_DAY.year + 1},1,1))"
        if choices := _choices(field):
            column = self.listed.index(field)
            return {
                "validate": "list",
                "source": f"={LISTS}!{xl_range_abs(1, column, len(choices), column)}",
                "show_error": field.kind is Kind.CHOICE,
            }
        match field.kind:
            case Kind.DAY:
                return {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": FIRST_DAY,
                    "maximum": LAST_DAY,
                }
            case Kind.DAY_OR_NONE:
                return _custom(f'=IF(ISNUMBER({cell}),{day},LOWER(TRIM({cell}))="{NO_NOTICE}")')
            case Kind.MONEY:
                return _custom(f"=IF(ISNUMBER({cell}),{money},FALSE)")
            case Kind.MONEY_OR_ALL:
                return _custom(f'=IF(ISNUMBER({cell}),{money},LOWER(TRIM({cell}))="{WAIVED}")')
            case Kind.HOURS:
                return {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": 0,
                    "maximum": MOST_HOURS,
                }
        return {"validate": "any"}

    def _bands(self, page: Worksheet) -> None:
        """Bands over each section, its name repeated in a wide one so that one is always in view.

        The first cell, which stays in view, says what the star means.
        """
        page.set_row(0, _LINE + 5)
        band = self._band(self.columns[0].section)
        page.write_string(0, 0, f"{_REQUIRED.strip()} required", band)
        sections = [field.section for field in self.columns]
        for section in self.colours:
            places = [place for place, name in enumerate(sections) if name == section and place]
            for part in range(bands := ceil(len(places) / _BAND_COLUMNS)):
                first = places[len(places) * part // bands]
                last = places[len(places) * (part + 1) // bands - 1]
                if last > first:
                    page.merge_range(0, first, 0, last, "", self._band(section))
                page.write_string(0, first, section, self._band(section))

    def _band(self, section: str) -> Format:
        return self.workbook.add_format(
            {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": self.colours[section][0],
                "valign": "vcenter",
                "border": 1,
            }
        )

    def _heading_format(self, field: Field) -> Format:
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

    def _cell_format(self, field: Field) -> Format:
        return self.cell_formats[_NUMBER_FORMATS.get(field.kind, _TEXT_FORMAT)]

    def _guide(self, page: Worksheet) -> None:
        heads = ("Heading", "What to enter", "Kind, or choices", "Example", "Required")
        widths = (36, 64, 42, 34, 10)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.write_string(0, 0, GUIDE, self.title)
        row = 1
        for sentence in _guidance():
            page.write_string(row, 0, sentence, self.plain)
            row += 1
        row += 1
        page.write_string(row, 0, "Every column", self.subtitle)
        row += 1
        page.repeat_rows(row)
        for column, head in enumerate(heads):
            page.write_string(row, column, head, self._band(fields.EVIDENCE))
        section = ""
        for field in self.columns:
            row += 1
            if field.section != section:
                section = field.section
                for column in range(len(heads)):
                    page.write_string(row, column, "" if column else section, self._band(section))
                row += 1
            texts = (
                template_heading(field),
                field.help,
                "; ".join(_choices(field)) or field.kind.value,
                _example_of(field),
                "yes" if field.required else "",
            )
            for column, text in enumerate(texts):
                marked = field.required and column == 0
                page.write_string(row, column, text, self.required if marked else self.wrapped)
            lines = (
                len(textwrap.wrap(text, width)) for text, width in zip(texts, widths, strict=True)
            )
            page.set_row(row, _LINE * max(lines) + 2)
        page.ignore_errors({"number_stored_as_text": xl_range(0, 0, row, len(heads) - 1)})
        _print_on(page, pages_wide=1)

    def _examples(self, page: Worksheet) -> None:
        notes = 2
        height = sum(notes + len(sample.cases) for sample in SAMPLES)
        self._table(page, height)
        row = _FIRST_ROW
        for number, sample in enumerate(SAMPLES, 1):
            results = " Then ".join(str(result) for result in sample.results)
            page.write_string(row, 0, f"Example {number}", self.bold)
            page.write_string(row, 1, sample.shows, self.bold)
            page.write_string(row + 1, 0, "Result", self.italic)
            page.write_string(row + 1, 1, results, self.italic)
            row += notes
            for case in sample.cases:
                for column, field in enumerate(self.columns):
                    if field.name in case:
                        self._write_value(page, row, column, field, case[field.name])
                row += 1

    def _write_value(
        self, page: Worksheet, row: int, column: int, field: Field, typed: str
    ) -> None:
        """What was typed, as the cell a spreadsheet would make of it."""
        value, style = field.parse(typed), self._cell_format(field)
        if isinstance(value, IntEnum):
            page.write_string(row, column, value.name.lower(), style)
        elif isinstance(value, int):
            page.write_number(row, column, value / 100, style)
        elif isinstance(value, Decimal):
            page.write_number(row, column, float(value), style)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, style)
        else:
            page.write_string(row, column, typed, style)

    def _lists(self, page: Worksheet) -> None:
        page.set_column(0, len(self.listed) - 1, 26)
        for column, field in enumerate(self.listed):
            page.write_string(0, column, field.heading, self.bold)
            for row, choice in enumerate(_choices(field), 1):
                page.write_string(row, column, choice, self.plain)
        _print_on(page, pages_wide=1)


def _choices(field: Field) -> tuple[str, ...]:
    return DOCUMENTS if field.kind is Kind.DOCUMENTS else field.choice_names


def _width(field: Field) -> int:
    """Wide enough for the values of the field and for the longest word of its heading."""
    longest_choice = max((len(choice) for choice in field.choice_names), default=0)
    longest_word = max(len(word) for word in template_heading(field).split())
    usual = _WIDER.get(field.name) or _WIDTHS.get(field.kind, longest_choice + _BUTTON)
    return max(usual, longest_word + _BUTTON)


def _messages(field: Field) -> dict[str, object]:
    """The help shown while a cell is filled in, and what is said of a value that fails the check."""
    title = textwrap.shorten(field.heading, _LONGEST_TITLE, placeholder="…")
    needed = "Required. " if field.required else ""
    return {
        "input_title": title,
        "input_message": textwrap.shorten(needed + field.help, _LONGEST_MESSAGE, placeholder="…"),
        "error_title": title,
        "error_message": textwrap.shorten(_enter(field), _LONGEST_MESSAGE, placeholder="…"),
        "error_type": "stop" if field.kind is Kind.CHOICE else "warning",
    }


def _enter(field: Field) -> str:
    """What the reader says to enter where it cannot read a value."""
    try:
        field.parse("no such value")
    except CannotRead as error:
        return error.enter + ("" if field.required else " Leave blank if you do not know.")
    return ""


def _custom(formula: str) -> dict[str, object]:
    return {"validate": "custom", "value": formula}


def _example_of(field: Field) -> str:
    for sample in SAMPLES:
        for case in sample.cases:
            if field.name in case:
                return case[field.name]
    return _KIND_EXAMPLES.get(field.kind) or next(iter(field.choice_names), "")


def _print_on(page: Worksheet, pages_wide: int) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(pages_wide, 0)
    page.set_footer("&L&A&RPage &P of &N")


def _guidance() -> Iterator[str]:
    """The guidance, a short line at a time."""
    heading = {name: field.heading for name, field in BY_NAME.items()}
    required = " and ".join(field.heading for field in FIELDS if field.required)
    yield f"One row of the sheet {CASES} is one exit: one person leaving one employment or office."
    yield (
        f"Only the columns with a star are required: {required}. Each other fact makes the result surer."
    )
    yield "Leave a cell blank where you do not know. Blank is not 0: 0 says that you know it was nothing."
    yield (
        "Due is what would have been paid without the cap. Paid is what was paid at the exit; what was "
        f"paid later goes under {fields.SINCE}."
    )
    yield "A payment that was no part of the exit: leave both its due and its paid blank."
    yield (
        f"If you know the total and not its parts: enter it under {heading['total_paid']} and leave the "
        "parts you do not know blank."
    )
    yield (
        "That total includes what went to the pension fund, notice pay and any cash alternative, and "
        "leaves out holiday pay."
    )
    yield (
        "Days go day first, with four figures for the year: 31/12/2020, 31 Dec 2020 or 2020-12-31. Look at "
        "the day that the cell then shows."
    )
    yield "Sums are pounds and pence, 0 or more: 1234.50 or £1,234.50."
    yield (
        "Two or more exits of one person: a row and a case reference for each, and the same "
        f"{heading['person_ref'].lower()} on all of them. Exits within 28 days share one cap."
    )
    yield (
        f"{ROWS:,} rows have drop-downs and checks; rows below them are read too. Columns of your own may "
        "be added and are kept. Leave the headings as they are."
    )
    yield (
        f"Keep the name of the sheet {CASES}: that one is read. The sheet {EXAMPLES} is invented; its rows "
        f"can be copied to {CASES} to try them."
    )
    yield (
        "Then save the file and run: exitcap assess CASES OUT, where CASES is this file and OUT the "
        "results to write, such as results.xlsx."
    )
    yield "Each row gets its results beside it. A cell that cannot be read is named, with what to enter."
