"""The sheet Explanations: the working of the most urgent cases, step by step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calculator.calculation.assess import work_again
from calculator.calculation.figures import letter_lines
from calculator.calculation.output import OutputKind
from calculator.calculation.urgent_first import urgent_first
from calculator.explanation.explain import explain
from calculator.spreadsheets.results_workbook.book import Book
from calculator.spreadsheets.rows import Body, Chunk, Styles, lines_needed, number_cells, text_cells

MOST_EXPLAINED = 20_000
"""Cases explained step by step, the most urgent first: more could fill more lines than a sheet has."""
EXPLAINED_AT_ONCE = 500


def add_explanations(book: Book) -> Body:
    """Lay out the working of each case with something owed, most urgent first."""
    page = book.book.add_worksheet("Explanations")
    outcome = book.outcome
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    widths = (12, 5, 34, 16, 100, 44)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    heads = ("Case", "Step", "What", "Amount", "Working", "Law")
    for column, head in enumerate(heads):
        page.write_string(0, column, head, book.formats.ours)
    wanted = urgent_first(outcome)
    wanted = wanted[np.isin(wanted, letter_lines(outcome).rows)]

    def chunks(styles: Styles) -> Iterator[Chunk]:
        wrapped = styles["wrapped"]
        lines: list[tuple[str, int, str, str, str, str]] = []

        def chunk() -> Chunk:
            case, number, *texts = zip(*lines, strict=True)
            cells = [
                text_cells(case, wrapped),
                number_cells(number, (True,) * len(lines), wrapped),
                *(text_cells(column, wrapped) for column in texts),
            ]
            return Chunk(cells, lines_needed(zip(*texts, strict=True), widths[2:]))

        for start in range(0, min(len(wanted), MOST_EXPLAINED), EXPLAINED_AT_ONCE):
            rows = wanted[start : min(start + EXPLAINED_AT_ONCE, MOST_EXPLAINED)]
            work_again(outcome, rows)
            for row in rows.tolist():
                explanation = explain(outcome, row)
                for number, step in enumerate(explanation.steps, 1):
                    law = "; ".join(citation.label for citation in step.citations)
                    lines.append(
                        (
                            explanation.case_ref,
                            number,
                            step.label,
                            step.formatted,
                            step.working,
                            law,
                        )
                    )
            yield chunk()
            lines.clear()
        if len(wanted) > MOST_EXPLAINED:
            left_out = (
                f"The {MOST_EXPLAINED:,} most urgent cases of {len(wanted):,} are explained here. For "
                "another, use: exitcap case."
            )
            yield Chunk(
                [text_cells([left_out], styles[OutputKind.TEXT]), *([""] for _ in heads[1:])]
            )

    return Body(page, len(heads), chunks)
