"""The sheet How to fill this in: guidance, then a line for each column."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from calculator.facts import fields
from calculator.facts.fields import BY_NAME, FIELDS, NO_NOTICE, WAIVED, Field, Kind
from calculator.spreadsheets.template.book import (
    CASES,
    EXAMPLES,
    GUIDE,
    LINE,
    ROWS,
    Book,
    choices,
    print_on,
    template_heading,
)
from calculator.spreadsheets.template.examples import SAMPLES

_KIND_EXAMPLES = {
    Kind.TEXT: "",
    Kind.MONEY: "£1,234.50",
    Kind.MONEY_OR_ALL: WAIVED,
    Kind.DAY: "31/12/2020",
    Kind.DAY_OR_NONE: NO_NOTICE,
    Kind.HOURS: "162.5",
}
"""An example for a field that none of the invented cases has."""
_TEXT_EXAMPLES = {
    "representative_name": "Kim Example, executor",
    "debtor_name": "North Sampleshire Council",
    "employer_address": "County Hall, Anytown, ZZ99 1AA",
    "employer_email": "legal@anytown.example",
    "fund_name": "Sampleshire Pension Fund",
    "fund_address": "PO Box 1, Anytown, ZZ99 1AB",
    "fund_email": "pensions@sampleshire.example",
    "member_address": "1 High Street, Anytown, ZZ99 1AC",
    "member_email": "ann@mail.example",
    "ni_number": "QQ 12 34 56 C",
    "payroll_number": "004217",
    "job_title": "Head of estates",
}


def add_guide(book: Book, page: Worksheet) -> None:
    """Write the guidance, then each column with its help, kind, example and whether it is required."""
    heads = ("Heading", "What to enter", "Kind, or choices", "Example", "Required")
    widths = (36, 64, 42, 34, 10)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.write_string(0, 0, GUIDE, book.title)
    row = 1
    for sentence in _guidance():
        page.write_string(row, 0, sentence, book.plain)
        row += 1
    row += 1
    page.write_string(row, 0, "Every column", book.subtitle)
    row += 1
    page.repeat_rows(row)
    for column, head in enumerate(heads):
        page.write_string(row, column, head, book.band(fields.EVIDENCE))
    section = ""
    for field in book.columns:
        row += 1
        if field.section != section:
            section = field.section
            for column in range(len(heads)):
                page.write_string(row, column, "" if column else section, book.band(section))
            row += 1
        texts = (
            template_heading(field),
            field.help,
            "; ".join(choices(field)) or field.kind.value,
            _example_of(field),
            "yes" if field.required else "",
        )
        for column, text in enumerate(texts):
            marked = field.required and column == 0
            page.write_string(row, column, text, book.required if marked else book.wrapped)
        lines = (len(textwrap.wrap(text, width)) for text, width in zip(texts, widths, strict=True))
        page.set_row(row, LINE * max(lines) + 2)
    page.ignore_errors({"number_stored_as_text": xl_range(0, 0, row, len(heads) - 1)})
    print_on(page, pages_wide=1)


def _example_of(field: Field) -> str:
    for sample in SAMPLES:
        for case in sample.cases:
            if field.name in case:
                return case[field.name]
    typed = _TEXT_EXAMPLES.get(field.name) or _KIND_EXAMPLES.get(field.kind)
    return typed or "; ".join(choices(field)[:1])


def _guidance() -> Iterator[str]:
    """Give the guidance, one short line at a time."""
    heading = {name: field.heading for name, field in BY_NAME.items()}
    required = " and ".join(field.heading for field in FIELDS if field.required)
    yield f"One row of the sheet {CASES} is one exit: one person leaving one employment or office."
    yield (
        f"Only the columns with a star are required: {required}. Each other fact makes the result surer."
    )
    yield "Leave a cell blank where you do not know. Blank is not 0: 0 says that you know it was nothing."
    yield (
        "Due is what the member was entitled to without the cap; leave out what was only hoped for. Paid is "
        f"what was paid at the exit; what was paid later goes under {fields.SINCE}."
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
