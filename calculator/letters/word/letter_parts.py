"""Reads the text of a letter as headings, paragraphs, points and tables, for the preview and the PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = {
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "ListNumber": "number",
    "Letternumber": "number",
    "ListBullet": "bullet",
    "Letteraddress": "address",
    "Lettersender": "sender",
    "Letteraddressee": "addressee",
    "Letterkept": "kept",
    "Lettersigned": "signed",
    "Letteraddressfirst": "address first",
    "Letterfarewell": "farewell",
}


@dataclass(frozen=True)
class LetterPart:
    """One part of a letter. ``kind`` is ``heading 1``, ``heading 2``, ``paragraph``, ``kept``, ``sender``,
    ``addressee``, ``address``, ``address first``, ``farewell``, ``signed``, ``number``, ``bullet`` or ``table``.

    A table has rows, the first of them its header; ``figures`` are the columns set to the right, and a
    ``form`` is to be filled in. ``widths`` of its columns are relative.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    figures: tuple[int, ...] = ()
    form: bool = False
    widths: tuple[int, ...] = ()


def letter_parts(docx: bytes) -> list[LetterPart]:
    """Read the parts of a letter made by this program, in order."""
    with ZipFile(io.BytesIO(docx)) as parts:
        root = etree.fromstring(
            parts.read("word/document.xml"),
            etree.XMLParser(resolve_entities=False, no_network=True),
        )
    body = root.find(f"{_W}body")
    return list(_parts(body)) if body is not None else []


def _parts(body: Any) -> Iterator[LetterPart]:
    for element in body:
        if element.tag == f"{_W}p":
            text = _text(element)
            if text:
                yield LetterPart(_kind(element), text)
        elif element.tag == f"{_W}tbl":
            rows = tuple(
                tuple(
                    "\n".join(_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")
                )
                for row in element.iter(f"{_W}tr")
            )
            styles = [_style(cell) for cell in element.iterfind(f"{_W}tr[last()]/{_W}tc/{_W}p")]
            yield LetterPart(
                "table",
                rows=rows,
                figures=tuple(n for n, style in enumerate(styles) if style == "Letterfigure"),
                form="Letterform" in styles,
                widths=tuple(
                    int(column.get(f"{_W}w", "1")) for column in element.iter(f"{_W}gridCol")
                ),
            )


def _kind(paragraph: Any) -> str:
    return _KINDS.get(_style(paragraph), "paragraph")


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return str(style.get(f"{_W}val")) if style is not None else ""


def _text(paragraph: Any) -> str:
    return "".join(
        "\n" if part.tag == f"{_W}br" else part.text or ""
        for part in paragraph.iter(f"{_W}t", f"{_W}br")
    )
