"""The layout of the case summary: a page for each exit, in 10 point."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from typing import Any

from calculator.facts.problems import FileProblem
from calculator.letters.word.pdf import FACES, NO_TYPST, compiled

NO_FONT = "No font here shows all the characters of this case."
_LAYOUT = (
    """
#let case = json(bytes(sys.inputs.data))
#set document(title: case.title, date: none)
#set page(
  paper: "a4",
  margin: (x: 1.5cm, top: 1.3cm, bottom: 1.4cm),
  footer: context text(8pt)[
    #case.foot · as at #case.as_at · page #counter(page).display() of #counter(page).final().first()
  ],
)
#set text(lang: "en", region: "GB", size: 10pt, font: """
    + FACES
    + """)
#set par(spacing: 0.6em, leading: 0.42em)
#set table(stroke: 0.4pt, inset: (x: 3pt, y: 2.1pt))
#show heading: it => block(above: 0.75em, below: 0.4em, sticky: true, text(weight: "bold", it.body))
#show heading.where(level: 1): set text(size: 13pt)
#show heading.where(level: 2): set text(size: 11pt)
#show heading.where(level: 3): set text(size: 10pt)
#let money(columns) = (column, _) => if column in columns { right } else { left }
#let rows(widths, heads, lines, right: ()) = if lines.len() > 0 {
  block(width: 100%, above: 0.3em, below: 0.5em, table(
    columns: widths,
    align: money(right),
    table.header(..heads.map(head => strong(head))),
    ..lines.flatten(),
  ))
}
#let pairs(widths, heads, lines) = {
  // Two lines a row; the last row is filled up.
  if calc.rem(lines.len(), 2) == 1 { lines.push(("", "")) }
  rows(widths, heads + heads, lines)
}
#let working(lines, long) = if lines.len() > 0 {
  if long {
    rows((5.2fr, 2.6fr, 8fr), ("Step", "Result", "How"), lines)
  } else {
    pairs((4.9fr, 2.4fr, 4.9fr, 2.4fr), ("Step", "Result"), lines.map(line => line.slice(0, 2)))
  }
}
#let exit(each, first, long) = {
  if first {
    heading(level: 1, case.title)
    if case.people.len() > 0 {
      rows(
        (1.6fr, 2.4fr, 3.4fr, 2.4fr, 2fr, 2fr),
        ("Case", "Exit", "Employer", "Result", "To the member", "To the scheme"),
        case.people, right: (4, 5),
      )
    }
  }
  heading(level: 2, each.heading)
  par(strong(each.verdict))
  rows((3.4fr, 2.3fr, 9fr), ("To", "Amount", "More"), each.sums, right: (1,))
  par(each.notes)
  rows((6fr, 2.4fr, 2fr), ("Last day", "Day", "Left"), each.deadlines)
  if each.facts.len() > 0 {
    heading(level: 3, "Facts entered")
    pairs((3.4fr, 3.1fr, 3.4fr, 2.1fr), ("Fact", "Given"), each.facts)
  }
  rows(
    (4fr, 2fr, 2fr, 2fr, 2fr), ("Payment", "Due", "Paid", "Short", "Payable to"),
    each.payments, right: (1, 2, 3),
  )
  if each.working.len() > 0 {
    heading(level: 3, "Working")
    working(each.working, long)
  }
  if each.unknown != "" [*Not known:* #each.unknown. ]
  if each.sources != "" [

    *Sources:* #each.sources.
  ]
  par(case.limits)
}
#for (number, each) in case.exits.enumerate() {
  if number > 0 { pagebreak() }
  // The longer working where the page holds it.
  layout(size => {
    let long = exit(each, number == 0, true)
    if measure(width: size.width, long).height <= size.height { long } else { exit(each, number == 0, false) }
  })
}
"""
)


def summary_pdf(summary: dict[str, Any], day: date) -> bytes:
    """Lay out a case summary, dated ``day``, tagged so that it can be read aloud (PDF/UA-1)."""
    if find_spec("typst") is None:
        raise FileProblem(NO_TYPST)
    pdf = compiled(_LAYOUT, summary, day)
    if pdf is None:
        raise FileProblem(NO_FONT)
    return pdf
