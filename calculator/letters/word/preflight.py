"""Checks a union's Word template before it is used: size, no macros, nothing loaded from outside.

A letter made from it is opened by others, so a template that would run code or fetch something when
opened is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from calculator.files.kinds import DAMAGED, OLE, PROTECTED, parts_of
from calculator.files.limited import Refused

MOST_BYTES = 20_000_000
"""A letterhead with its pictures; most have some hundred kB."""
MOST_XML = 5_000_000
"""The text of one part; a letter of ten pages has some hundred kB."""
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FILLED = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("document.main", "header", "footer", "footnotes", "endnotes")
)
_HYPERLINK = "/hyperlink"
_FETCHING = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

NOT_WORD = "this is not a Word document. Save your letterhead in Word as .docx."
OLD_WORD = (
    "this is an old Word file or has a password. Save it in Word as .docx without a password."
)
BROKEN = "cannot be opened as a Word document. Open it in Word and save it again as .docx."
MACROS = "holds macros or controls. Save it in Word as .docx without them."
FETCHES = (
    "fetches something from outside when it is opened: a linked picture, template, file or field. Put it "
    "into the document instead, or remove it."
)
TOO_BIG = "is far larger than a letterhead. Remove large pictures and save it again."


def read_parts(data: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the parts of a .docx by name, in the order of the file, and the names of those to fill in.

    For a file of others to be called in a limited process. Raises Refused for a file that is damaged, too
    large, not Word, or that acts.
    """
    if len(data) > MOST_BYTES:
        raise Refused(TOO_BIG)
    if data.startswith(OLE):
        raise Refused(OLD_WORD)
    if not data.startswith(b"PK"):
        raise Refused(NOT_WORD)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = parts_of(archive).values()
            if sum(entry.file_size for entry in entries) > 3 * MOST_BYTES:
                raise Refused(TOO_BIG)
            parts = {
                entry.filename.replace("\\", "/").lstrip("/"): archive.read(entry)
                for entry in entries
                if not entry.is_dir()
            }
    except Refused as refused:
        said = {DAMAGED: BROKEN, PROTECTED: OLD_WORD}
        raise Refused(said.get(str(refused), TOO_BIG)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise Refused(BROKEN) from None
    types = _content_types(parts)
    if any("macro" in kind.casefold() or "activex" in kind.casefold() for kind in types.values()):
        raise Refused(MACROS)
    if any("vbaproject" in name.casefold() or "activex" in name.casefold() for name in parts):
        raise Refused(MACROS)
    if _DOCUMENT not in types.values():
        raise Refused(NOT_WORD)
    filled = tuple(name for name in parts if types.get(f"/{name}") in _FILLED)
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_part(name, data, name in filled)
    return parts, filled


def parsed(data: bytes) -> etree._Element:
    """The root of XML, without entities, declarations of types or a network. Refused where damaged."""
    if b"<!DOCTYPE" in data[:4_096] or b"<!ENTITY" in data:
        raise Refused(BROKEN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(BROKEN) from None


def _content_types(parts: dict[str, bytes]) -> dict[str, str]:
    data = parts.get("[Content_Types].xml")
    if data is None:
        raise Refused(NOT_WORD)
    return {
        str(entry.get("PartName") or entry.get("Extension") or ""): str(
            entry.get("ContentType", "")
        )
        for entry in parsed(data)
    }


def _check_part(name: str, data: bytes, is_filled: bool) -> None:
    if is_filled and len(data) > MOST_XML:
        raise Refused(TOO_BIG)
    root = parsed(data)
    if name.endswith(".rels"):
        for relation in root:
            outside = str(relation.get("TargetMode", "")).casefold() == "external"
            if outside and not str(relation.get("Type", "")).endswith(_HYPERLINK):
                raise Refused(FETCHES)
    if is_filled:
        if next(root.iter(f"{_W}altChunk", f"{_W}subDoc"), None) is not None:
            raise Refused(FETCHES)
        codes = "".join(str(part.text or "") for part in root.iter(f"{_W}instrText"))
        codes += " ".join(str(part.get(f"{_W}instr", "")) for part in root.iter(f"{_W}fldSimple"))
        if _FETCHING.search(codes):
            raise Refused(FETCHES)
