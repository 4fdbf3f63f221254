"""A Word template compiled once and filled in many times.

docxtpl makes the template readable for Jinja, and Jinja compiles each part with placeholders to a function.
The other parts are compressed once. The same words give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Template
from jinja2.exceptions import TemplateError
from lxml import etree

from calculator.files.kinds import file_problem
from calculator.files.limited import Failed, Refused, TooMuch, run_limited
from calculator.letters.placeholders import PLACEHOLDERS, Value
from calculator.letters.recipients import Recipient
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.language import BadTemplate, check, environment
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.patching import LIMITS, patched
from calculator.letters.word.preflight import BROKEN, MOST_XML, TOO_BIG, parsed, read_parts
from calculator.letters.word.written import NO_PLACEHOLDER, check_written

MOST_MARKS = 2_000
"""Placeholders, conditions and loops of a template; ours have up to 170. Each takes some 10 kB of memory."""
MOST_RENDERED = 20_000_000
"""Characters of one part of a letter; ten pages have some hundred thousand."""
FIRST_ZIP_DAY = date(1980, 1, 1)
_QUICK_LEVEL = 3
"""The compression of what differs in each letter: a tenth larger than the usual 6, twice as fast."""
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_CORE = "docProps/core.xml"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_W_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_OF_ITS_AUTHOR = (f"{{{_DC}}}creator", f"{{{_CP}}}lastModifiedBy", f"{{{_DC}}}description")
_NEW_CORE = (
    f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}" xmlns:dcterms="{_DCTERMS}" '
    f'xmlns:xsi="{_XSI}"/>'
).encode()
_TABLE_WITHOUT_ROWS = "</w:tblGrid></w:tbl>"

Patch = Callable[[dict[str, str]], dict[str, str]]


@dataclass
class LetterTemplate:
    """A template ready to be filled in. Made by :func:`our_template` or :func:`their_template`."""

    fixed: dict[str, bytes]
    filled: dict[str, Template]
    day: date
    _start: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Compress the unchanged parts once: each letter begins with a copy of this zip file."""
        self._start = self._zipped(b"", self.fixed, 6)

    def letter(self, words: Mapping[str, Value]) -> bytes:
        """Make the letter as a .docx. BadTemplate where the template makes no well-formed document."""
        parts = {name: self.xml(name, words) for name in self.filled}
        return self._zipped(self._start, parts, _QUICK_LEVEL)

    def xml(self, name: str, words: Mapping[str, Value]) -> bytes:
        """Fill in one part. BadTemplate where the result is not well-formed XML."""
        template = self.filled[name]
        pieces, size = [], 0
        try:
            for piece in template.root_render_func(template.new_context(dict(words))):
                size += len(piece)
                if size > MOST_RENDERED:
                    raise BadTemplate("the letter it makes is far too long.")
                pieces.append(piece)
        except (TemplateError, TypeError) as error:
            message = " ".join(str(error).split())[:120]
            raise BadTemplate(f"a placeholder cannot be filled in: {message}") from None
        return _well_formed("".join(pieces))

    def _zipped(self, start: bytes, parts: Mapping[str, bytes], level: int) -> bytes:
        """Add parts to a zip file, to a new one where ``start`` is empty. The same parts give the same bytes."""
        day = zip_day(self.day)
        data = io.BytesIO(start)
        with ZipFile(data, "a") as out:
            for name, part in parts.items():
                info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
                info.create_system = 0
                out.writestr(info, part, ZIP_DEFLATED, level)
        return data.getvalue()


def _well_formed(xml: str) -> bytes:
    """Return the XML of a part, fixed where Word would not open it: a cell or a table with nothing in it.

    BadTemplate where it is not well-formed.
    """
    xml = xml.replace("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>")
    data = _without_empty_tables(xml).encode()
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        raise BadTemplate(
            "a condition or loop begins and ends in different places. Use {%p … %} on lines of their own, "
            "or {%tr … %} in rows of their own."
        ) from None
    return data


def _without_empty_tables(xml: str) -> str:
    while (end := xml.find(_TABLE_WITHOUT_ROWS)) >= 0:
        start = xml.rfind("<w:tbl>", 0, end)
        xml = xml[:start] + xml[end + len(_TABLE_WITHOUT_ROWS) :]
    return xml


def our_template(to: Recipient, day: date, schedule: bool = True) -> LetterTemplate:
    """Compile our letter to one recipient, dated ``day``, with its schedule or without."""
    return _compiled(*read_parts(house_template(to, schedule)), patched, day)


def their_template(own: OwnLetter, day: date) -> LetterTemplate:
    """Compile a union's own template, dated ``day``.

    FileProblem, in one line, for a file that is no Word document, that acts when opened, that holds
    comments or tracked changes, or that says something a template may not say or says it in a way that is
    not filled in; an unknown placeholder is named with the nearest right one.
    """
    try:
        parts, names = run_limited(read_parts, LIMITS, own.data)
        filled_in = check_written(parts, names)
        template = _compiled(parts, names, lambda texts: run_limited(patched, LIMITS, texts), day)
        if filled_in:
            return template
        problem = NO_PLACEHOLDER
    except (BadTemplate, Refused) as refused:
        problem = str(refused)
    except Failed:
        problem = BROKEN
    except TooMuch:
        problem = "takes too long to read as a template. Use a plainer document."
    raise file_problem(Path(own.name), problem)


def _compiled(
    parts: dict[str, bytes], names: tuple[str, ...], patch: Patch, day: date
) -> LetterTemplate:
    _dated(parts, day)
    # A field or a content control may show a property of the document.
    properties = [_CORE, *(name for name in parts if _holds_properties(name, parts[name]))]
    if sum(len(parts[name]) for name in (*names, *properties)) > MOST_XML:
        raise Refused(TOO_BIG)
    texts = {name: _text(parts[name]) for name in (*names, *properties)}
    # Counted as braces, for a placeholder may be cut into pieces until it is patched.
    if sum(text.count("{") for text in texts.values()) > 2 * MOST_MARKS:
        raise BadTemplate(f"has more than {MOST_MARKS:,} placeholders. Use a plainer document.")
    texts = patch(texts)
    filled: dict[str, Template] = {}
    for name, text in texts.items():
        if not any(mark in text for mark in ("{{", "{%", "{#")):
            continue
        env = environment(in_word=name in names)
        _check_positions(text, in_word=name in names)
        check(text, env)
        try:
            filled[name] = env.from_string(text)
        except (SyntaxError, RecursionError, MemoryError, TemplateError):
            raise BadTemplate("the template is nested too deeply.") from None
    fixed = {name: data for name, data in parts.items() if name not in filled}
    template = LetterTemplate(fixed, filled, day)
    _try_out(template)
    return template


def _holds_properties(name: str, data: bytes) -> bool:
    return (
        name.startswith("docProps/") and name.endswith(".xml") and name != _CORE and b"{{" in data
    )


def _text(data: bytes) -> str:
    """Decode a part, whatever its encoding."""
    return str(etree.tostring(parsed(data), encoding="unicode"))


def _check_positions(text: str, in_word: bool) -> None:
    """Refuse placeholders where Word has no text: in attributes, or outside runs."""
    try:
        root = parsed(text.encode())
    except Refused:
        raise BadTemplate(
            "a placeholder, condition or loop is not closed, or stands where no text can."
        ) from None
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if any("{{" in str(value) or "{%" in str(value) for value in element.attrib.values()):
            raise BadTemplate("placeholders may stand in text only, not in the settings of it.")
        loose = [element.text or ""] if in_word and element.tag != _W_TEXT else []
        loose += [inner.tail or "" for inner in element]
        if any("{{" in text for text in loose):
            raise BadTemplate("write {{ name }}, without a letter such as r or p before the name.")


def _try_out(template: LetterTemplate) -> None:
    """Fill the template in with lists of two, of one and of none, so that faults show before any letter."""
    for times in (2, 1, 0):
        words: dict[str, Value] = {}
        for placeholder in PLACEHOLDERS:
            if placeholder.row is not None:
                one = placeholder.row(
                    *(_sample(placeholder.row, name) for name in placeholder.fields)
                )
                words[placeholder.name] = (one,) * times
            else:
                words[placeholder.name] = ("a",) * times if placeholder.is_list else "a" * times
        template.letter(words)


def _sample(row: type[tuple[Any, ...]], name: str) -> Value:
    return ("a", "a") if get_type_hints(row)[name] == tuple[str, ...] else "a"


def _dated(parts: dict[str, bytes], day: date) -> None:
    """Set title, language and days of the document's properties, adding the part where there is none.

    Who wrote the template and what they noted on it is left out, unless a placeholder is there.
    """
    if _CORE not in parts:
        parts[_CORE] = _NEW_CORE
        _declare_core(parts)
    root = parsed(parts[_CORE])
    stamp = f"{day.isoformat()}T00:00:00Z"
    title = root.find(f"{{{_DC}}}title")
    if title is None or "{{" not in (title.text or ""):
        _property(root, _DC, "title", "{{ subject }}")
    _property(root, _DC, "language", "en-GB")
    for tag in _OF_ITS_AUTHOR:
        element = root.find(tag)
        if element is not None and "{{" not in (element.text or ""):
            element.text = ""
    for name in ("created", "modified"):
        _property(root, _DCTERMS, name, stamp).set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    parts[_CORE] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _property(root: etree._Element, space: str, name: str, text: str) -> etree._Element:
    element = root.find(f"{{{space}}}{name}")
    if element is None:
        element = etree.SubElement(root, f"{{{space}}}{name}")
    element.text = text
    return element


def _declare_core(parts: dict[str, bytes]) -> None:
    for name, entry, attributes in (
        (
            _TYPES,
            "Override",
            {
                "PartName": f"/{_CORE}",
                "ContentType": "application/vnd.openxmlformats-package.core-properties+xml",
            },
        ),
        (
            _RELATIONS,
            "Relationship",
            {
                "Id": "rIdCoreProperties",
                "Type": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                "core-properties",
                "Target": _CORE,
            },
        ),
    ):
        if name not in parts:
            raise Refused("cannot be opened as a Word document. Open it in Word and save it again.")
        root = parsed(parts[name])
        space = etree.QName(root).namespace
        for old in list(root):
            if any(
                old.get(name) == attributes[name]
                for name in {"PartName", "Type"} & attributes.keys()
            ):
                root.remove(old)
        etree.SubElement(root, f"{{{space}}}{entry}", attributes)
        parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def zip_day(day: date) -> date:
    """Give the day of an entry of a zip file: these begin in 1980."""
    return max(day, FIRST_ZIP_DAY)
