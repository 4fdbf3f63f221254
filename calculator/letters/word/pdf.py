"""A PDF beside each letter, tagged so that it can be read aloud (PDF/UA-1).

Our own letter is laid out by Typst from the text of the Word file, the fastest route that gives tags. A
union's own template is Word's to lay out, so LibreOffice makes its PDF.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from itertools import compress
from operator import not_
from typing import Any

from calculator.facts.problems import FileProblem
from calculator.files.folders import temporary_folder
from calculator.files.watched import run_watched
from calculator.letters.letter import Letter, LettersWanted
from calculator.letters.recipients import WithoutConsent
from calculator.letters.word.house_styles import DRAFTS, SIZES
from calculator.letters.word.letter_parts import LetterPart, letter_parts
from calculator.letters.word.offline import without_network, write_settings

AT_ONCE = 20
"""Letters that LibreOffice converts in one start."""
_SECONDS = 30
"""For the start and for each letter; a letter takes about a fifth of a second."""
NO_TYPST = (
    "a PDF needs Typst, which is not installed. Install it with: pip install 'exit-cap[pdf]', or go without "
    "PDFs."
)
NO_LIBREOFFICE = (
    "a PDF from your own template needs LibreOffice Writer, which is not installed. Install it, or go "
    "without PDFs and save the letters as PDF in Word."
)
NOT_MADE = "the PDFs could not be made. Go without PDFs and save the letters as PDF in Word."
_NO_FONT = "could not be displayed"
_FILTER = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
FACES = '("Arial", "Liberation Sans", "Arimo", "Helvetica", "Libertinus Serif")'
"""The fonts of a PDF, the first one that is installed."""
_LAYOUT = """
#let letter = json(bytes(sys.inputs.data))
#set document(title: letter.title, date: none)
#set page(
  paper: "a4",
  margin: (x: 2cm, top: 2cm, bottom: 1.8cm),
  header: text(size: 10pt, weight: "bold", letter.draft),
  footer: context text(8pt)[
    #letter.foot · page #counter(page).display() of #counter(page).final().first()
  ],
)
#set text(
  lang: "en",
  region: "GB",
  size: letter.size * 1pt,
  font: FACES,
)
#set par(spacing: 0.83em, leading: 0.434em)
#set table(stroke: 0.5pt, inset: 4pt)
#set enum(spacing: 0.63em, indent: 0.5em, body-indent: 0.8em)
#set list(spacing: 0.63em, indent: 0.5em, body-indent: 0.8em)
#show enum: set block(above: 0.7em)
#show list: set block(above: 0.7em)
#show heading: it => block(above: 1.1em, below: 0.55em, sticky: true, text(weight: "bold", it.body))
#show heading.where(level: 1): set text(size: letter.size * 1pt + 3pt)
#show heading.where(level: 2): set text(size: letter.size * 1pt + 0.5pt)
#show table.cell: set text(size: calc.max(9pt, letter.size * 1pt - 1pt))
#let lines(texts, first) = for (n, line) in texts.enumerate() {
  block(spacing: 0.5em, width: 100%, par(if n == 0 and first { strong(line) } else { line }))
}
#let wide(table) = block(breakable: false, width: 100%, above: 0.8em, below: 1em, table)
#block(width: 100%, height: calc.max(3.7cm, letter.sender.len() * 0.45cm), below: 0pt, {
  set align(right)
  lines(letter.sender, letter.organised)
})
#block(above: 0pt, inset: (left: 2mm), lines(letter.addressee, letter.marked))
#for part in letter.parts {
  if part.kind == "heading 1" {
    if part.new_page { pagebreak() }
    heading(level: 1, part.text)
  } else if part.kind == "heading 2" {
    heading(level: 2, part.text)
  } else if part.kind == "address" {
    block(spacing: 0.55em, par(part.text))
  } else if part.kind == "signed" {
    block(spacing: 0.55em, sticky: true, par(part.text))
  } else if part.kind == "address first" {
    block(above: 2.4em, below: 0.55em, par(part.text))
  } else if part.kind == "kept" {
    block(sticky: true, par(part.text))
  } else if part.kind == "farewell" {
    block(above: 1.5em, below: 3.2em, sticky: true, par(part.text))
  } else if part.kind == "number" {
    enum(start: part.start, ..part.items)
  } else if part.kind == "bullet" {
    list(..part.items)
  } else if part.kind == "table" {
    wide(table(
      columns: part.widths.map(width => width * 1fr),
      align: (column, _) => if column in part.figures { right } else { left },
      inset: if part.form { (x: 4pt, y: 9pt) } else { 4pt },
      table.header(..part.rows.first().map(cell => strong(cell))),
      ..part.rows.slice(1).flatten(),
    ))
  } else {
    par(part.text)
  }
}
"""


_LAYOUT = _LAYOUT.replace("FACES", FACES)


def pdf_maker(request: LettersWanted) -> Callable[[Sequence[Letter]], list[bytes | None]]:
    """Return a function that makes the PDFs of some letters, None for one whose characters no font shows.

    FileProblem, in one line that says what to install, where Typst or LibreOffice is needed and missing.
    """
    in_own_name = request.without_consent is WithoutConsent.MEMBER
    by_typst = {
        to for to in request.to if to not in request.own or (in_own_name and to.needs_consent)
    }
    if by_typst and find_spec("typst") is None:
        raise FileProblem(NO_TYPST)
    soffice = shutil.which("soffice") or ""
    if not soffice and request.own.keys() & set(request.to):
        raise FileProblem(NO_LIBREOFFICE)

    def made_pdfs(made: Sequence[Letter]) -> list[bytes | None]:
        theirs = [request.own_of(letter.plan) is not None for letter in made]
        converted = iter(_by_libreoffice(soffice, list(compress(made, theirs))))
        laid_out = iter(_by_typst(list(compress(made, map(not_, theirs)))))
        return [next(converted if own else laid_out) for own in theirs]

    return made_pdfs


def _by_typst(made: Sequence[Letter]) -> list[bytes | None]:
    return [compiled(_LAYOUT, _laid_out(letter), letter.day) for letter in made]


def compiled(layout: str, data: dict[str, Any], day: date) -> bytes | None:
    """Lay out some data as a PDF dated ``day``; None where no font shows all its characters."""
    import typst

    try:
        pdf: bytes = _compiler().compile(
            layout.encode(),  # given each time: the compiler forgets what it was made with
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(day, time(), UTC),
        )
    except typst.TypstError as error:
        if _NO_FONT not in error.message:
            raise FileProblem(NOT_MADE) from None
        return None
    return pdf


_COMPILERS: list[Any] = []


def _compiler() -> Any:
    """Keep one compiler for all letters: making one takes as long as a letter."""
    import typst

    if not _COMPILERS:
        _COMPILERS.append(typst.Compiler())
    return _COMPILERS[0]


def _laid_out(letter: Letter) -> dict[str, Any]:
    """Give the letter as data for the layout: nothing in its words is read as markup."""
    words = letter.words
    foot = [str(words["reference"]), str(words["letter_date"])]
    read = letter_parts(letter.docx)
    return {
        "title": words["subject"],
        "foot": " · ".join(part for part in foot if part),
        "draft": DRAFTS[letter.plan.to] if words["draft"] else "",
        "size": SIZES[letter.plan.to],
        "organised": bool(words["organisation"]),
        "marked": bool(words["marking"]),
        "sender": [part.text for part in read if part.kind == "sender"],
        "addressee": [part.text for part in read if part.kind == "addressee"],
        "parts": _parts([part for part in read if part.kind not in ("sender", "addressee")]),
    }


def _parts(read: Sequence[LetterPart]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    headings = numbered = 0
    for part in read:
        if part.kind in ("number", "bullet"):
            if not parts or parts[-1]["kind"] != part.kind:
                parts.append({"kind": part.kind, "items": [], "start": numbered + 1})
            parts[-1]["items"].append(part.text)
            numbered += part.kind == "number"
        elif part.kind == "table":
            parts.append(
                {
                    "kind": "table",
                    "rows": part.rows,
                    "widths": part.widths,
                    "figures": part.figures,
                    "form": part.form,
                }
            )
        else:
            headings += part.kind == "heading 1"
            numbered = 0 if part.kind == "heading 1" else numbered
            parts.append(
                {
                    "kind": part.kind,
                    "text": part.text,
                    "new_page": part.kind == "heading 1" and headings > 1,
                }
            )
    return parts


def _by_libreoffice(soffice: str, made: Sequence[Letter]) -> list[bytes | None]:
    pdfs: dict[int, bytes | None] = {}
    for start in range(0, len(made), AT_ONCE):
        some = list(enumerate(made))[start : start + AT_ONCE]
        with temporary_folder() as folder:
            files = [folder / f"{index}.docx" for index, _ in some]
            for file, (_, letter) in zip(files, some, strict=True):
                file.write_bytes(letter.docx)
            profile = folder / "profile"
            write_settings(profile)
            command = [*without_network(), soffice, f"-env:UserInstallation={profile.as_uri()}"]
            command += ["--headless", "--convert-to", _FILTER, "--outdir", str(folder)]
            try:
                run_watched([*command, *map(str, files)], _SECONDS * (1 + len(some)), folder)
            except subprocess.TimeoutExpired:
                raise FileProblem(
                    "LibreOffice did not finish the PDFs. Go without PDFs and save the letters as PDF in Word."
                ) from None
            for file, (index, _) in zip(files, some, strict=True):
                pdf = file.with_suffix(".pdf")
                if not pdf.is_file():
                    raise FileProblem(NO_LIBREOFFICE)
                pdfs[index] = pdf.read_bytes()
    return [pdfs[index] for index in range(len(made))]
