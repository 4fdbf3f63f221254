"""The sheet Assumptions and law: positions taken, reasons given, provisions relied on."""

from __future__ import annotations

from calculator.calculation.codes import REASONS
from calculator.explanation.law import citations
from calculator.explanation.words import LIMITS, WARNING
from calculator.facts.days import shown_day
from calculator.spreadsheets.results_workbook.book import Book, Lines
from rules import VERSION
from rules.positions import POSITIONS


def add_law(book: Book) -> None:
    """Write the positions taken, the reasons given and the law."""
    page = book.book.add_worksheet("Assumptions and law")
    formats, outcome = book.formats, book.outcome
    # Wide enough not to wrap: not every program fits the height of a row to its text.
    for column, width in enumerate((46, 110, 110, 24)):
        page.set_column(column, column, width)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    writer = Lines(page)
    writer.line(("Assumptions and law", formats.title))
    writer.line((f"Calculated as at {shown_day(outcome.as_at)}, rules {VERSION}.", None))
    writer.line((LIMITS, None))
    writer.line((WARNING, None))
    writer.line()
    heads = ("Position", "Taken", "Question", "Other values")
    writer.line(*((head, formats.heading) for head in heads))
    for position in POSITIONS:
        taken = getattr(outcome.positions, position.name)
        others = [value for value in position.values if value != taken]
        writer.line(
            (position.name, formats.wrapped),
            (taken, formats.wrapped),
            (f"{position.question} {position.why_open}", formats.wrapped),
            (", ".join(others), formats.wrapped),
        )
    writer.line()
    writer.line(*((head, formats.heading) for head in ("Reason", "What it says")))
    for code in outcome.signals.reasons.used():
        writer.line((code, formats.wrapped), (REASONS[code], formats.wrapped))
    writer.line()
    writer.line(
        *((head, formats.heading) for head in ("Law", "Title", "Address", "How it was seen"))
    )
    for citation in citations():
        writer.line(
            (citation.label, formats.wrapped),
            (citation.source.title, formats.wrapped),
            (citation.url, formats.wrapped),
            (citation.seen.value, formats.wrapped),
        )
