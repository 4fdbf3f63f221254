"""What is written as HTML: the working, and the print of a case. Every text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from calculator.explanation.blocks import Block
from calculator.explanation.explain import Explanation
from calculator.explanation.steps import Step
from rules.sources import Citation

_WORKING = ("No.", "What", "Amount", "Working", "Law")
_STEPS = "Each step of the working with its amount and the law"
Cell = str | Sequence[Citation]


def block_html(block: Block) -> str:
    """Write a block under its heading."""
    return "".join(
        (
            heading(2, block.heading),
            *map(paragraph, block.sentences),
            points(block.points),
            table(block.columns, block.lines, block.heading) if block.lines else "",
            *map(paragraph, block.notes),
        )
    )


def heading(level: int, words: str) -> str:
    """Write a heading."""
    return f"<h{level}>{escape(words)}</h{level}>"


def paragraph(words: str) -> str:
    """Write a paragraph."""
    return f"<p>{escape(words)}</p>"


def points(lines: Iterable[str]) -> str:
    """Write a list; nothing if it is empty."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def table(columns: Sequence[str], lines: Iterable[Sequence[Cell]], name: str) -> str:
    """Write a table with a row of headings."""
    cells = ("".join(map(_cell, line, columns)) for line in lines)
    rows = "".join(f'<tr role="row">{each}</tr>' for each in cells)
    return _table(columns, f'<tbody role="rowgroup">{rows}</tbody>', name)


def working_table(explanation: Explanation, *, zero: bool) -> str:
    """Write the working, each group under its question; without ``zero`` its lines of £0.00 are left out."""
    bodies = "".join(_groups(explanation, zero))
    return _table(_WORKING, bodies, _STEPS, ' class="working"')


def _groups(explanation: Explanation, zero: bool) -> Iterator[str]:
    for group in explanation.groups:
        steps = [(n, step) for n, step in group.numbered() if zero or not step.is_nothing]
        if steps:
            rows = "".join(_step(number, step) for number, step in steps)
            title = f'<th role="columnheader" colspan="{len(_WORKING)}">{heading(4, group.heading)}</th>'
            yield f'<tbody role="rowgroup"><tr role="row">{title}</tr>{rows}</tbody>'


def _step(number: int, step: Step) -> str:
    line: tuple[Cell, ...] = (
        str(number),
        step.label,
        step.formatted,
        step.working,
        step.citations,
    )
    cells = map(_cell, line, _WORKING)
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell(cell: Cell, column: str) -> str:
    words = escape(cell) if isinstance(cell, str) else "; ".join(map(_link, cell))
    return f'<td role="cell" data-of="{escape(column)}">{words}</td>'


def _link(law: Citation) -> str:
    return f'<a href="{escape(law.url)}" target="_blank">{escape(law.label)}</a>'


def _table(columns: Sequence[str], bodies: str, name: str, classed: str = "") -> str:
    """Write a table. Its roles are said, for on a narrow screen its cells are drawn under each other."""
    heads = "".join(
        f'<th role="columnheader" scope="col">{escape(column)}</th>' for column in columns
    )
    return (
        f'<table role="table" aria-label="{escape(name)}"{classed}><thead role="rowgroup"><tr role="row">{heads}</tr>'
        f"</thead>{bodies}</table>"
    )
