"""The facts of one case as a workbook of one sheet, which the spreadsheet reader takes again."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from calculator.facts import fields
from calculator.facts.cells import cell_text
from calculator.one_case.person import RawExit, of_one_person


def case_workbook(exits: Sequence[RawExit]) -> bytes:
    """Write a workbook of one sheet, a row for each exit, that the spreadsheet reader takes.

    Every value is written as the text that was entered, so nothing is lost and nothing is a formula.
    """
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        page = book.add_worksheet("Cases")
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        page.freeze_panes(1, 1)
        page.set_column(0, len(fields.FIELDS) - 1, 18)
        for column, field in enumerate(fields.FIELDS):
            page.write_string(0, column, field.heading, heading)
            for row, facts in enumerate(of_one_person(exits), 1):
                value = cell_text(facts.get(field.name))
                if value:
                    page.write_string(row, column, value, text)
    return data.getvalue()
