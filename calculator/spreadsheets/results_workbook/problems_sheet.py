"""The sheet Problems: each problem of the input, with a link to its row in the results."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.spreadsheets.results_workbook.book import Book
from calculator.spreadsheets.rows import CHUNK, Body, Chunk, Styles, lines_needed, text_cells

MOST_LINKS = 60_000
"""A sheet holds at most 65,530 links."""


def add_problems(book: Book) -> Body:
    """Lay out the problems in the order given."""
    page = book.book.add_worksheet("Problems")
    sheet, problems = book.sheet, book.problems
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    widths = (16, 10, 30, 16, 60, 60, 14)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    heads = ("Case", "Cell", "Heading", "Severity", "What is wrong", "What to enter", "In results")
    for column, head in enumerate(heads):
        page.write_string(0, column, head, book.formats.ours)
    if problems:
        page.write_url(1, len(heads) - 1, "internal:'Results'!A2", book.formats.link, "row 2")
    references = book.outcome.cases.text["case_ref"].tolist()

    def chunks(styles: Styles) -> Iterator[Chunk]:
        wrapped = styles["wrapped"]
        for start in range(0, len(problems), CHUNK):
            chunk = problems[start : start + CHUNK]
            positions = [sheet.locate(problem) for problem in chunk]
            texts = [
                [references[problem.row] for problem in chunk],
                [cell for cell, _ in positions],
                [heading for _, heading in positions],
                [problem.severity.value for problem in chunk],
                [problem.wrong for problem in chunk],
                [problem.enter for problem in chunk],
            ]
            cells = [text_cells(column, wrapped) for column in texts]
            links_to_rows = text_cells(
                [f"row {problem.row + 2}" for problem in chunk], styles["link"]
            )
            heights = lines_needed(zip(*texts, strict=True), widths[:-1])
            yield Chunk([*cells, links_to_rows], heights)

    links = [
        (below, f"'Results'!A{problem.row + 2}", f"row {problem.row + 2}")
        for below, problem in enumerate(problems[:MOST_LINKS], 2)
    ]
    return Body(page, len(heads), chunks, len(heads) - 1, links)
