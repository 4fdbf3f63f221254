"""A Word template compiled once and filled in many times.

docxtpl makes the template readable for Jinja; Jinja compiles each part with placeholders to a function;
every other part is deflated once and copied as it is into each letter. The same words give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED

from jinja2 import Template
from jinja2.exceptions import TemplateError
from lxml import etree

from calculator.files.kinds import file_problem
from calculator.files.limited import Failed, Refused, TooMuch, run_limited
from calculator.letters.placeholders import Value
from calculator.letters.plan import Recipient
from calculator.letters.word.house_letter import plain_template
from calculator.letters.word.language import BadTemplate, check, environment
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.patching import LIMITS, patched
from calculator.letters.word.preflight import BROKEN, parsed, read_parts
from calculator.letters.word.whole import always_whole

MOST_RENDERED = 20_000_000
"""Characters of one part of a letter; ten pages have some hundred thousand."""
FIRST_ZIP_DAY = date(1980, 1, 1)
_LEVEL, _QUICK_LEVEL = 6, 3
"""Of what is deflated once, and of what is deflated for each letter: a tenth larger, twice as fast."""
_SMALL = 4_096
"""Bytes up to which a part of a letter is stored as it is: to deflate it takes longer than it saves."""
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_CORE = "docProps/core.xml"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_W_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_NEW_CORE = (
    f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}" xmlns:dcterms="{_DCTERMS}" '
    f'xmlns:xsi="{_XSI}"/>'
).encode()
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF_8 = 0x800
_TABLE_WITHOUT_ROWS = "</w:tblGrid></w:tbl>"

Patch = Callable[[dict[str, str]], dict[str, str]]


@dataclass
class _Packed:
    """A part ready for a zip file: its name, check sum, sizes and deflated bytes."""

    name: bytes
    method: int
    check: int
    size: int
    data: bytes

    @classmethod
    def of(cls, name: str, plain: bytes, level: int = _LEVEL) -> _Packed:
        check, size = zlib.crc32(plain), len(plain)
        if size <= _SMALL:
            return cls(name.encode(), ZIP_STORED, check, size, plain)
        deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = deflater.compress(plain) + deflater.flush()
        return cls(name.encode(), ZIP_DEFLATED, check, size, data)


@dataclass
class LetterTemplate:
    """A template ready to be filled in. Made by :func:`our_template` or :func:`their_template`.

    What it makes is read as XML, letter by letter, before it is given out, but for the parts named in
    ``whole``: they are whole whatever they are filled in with.
    """

    fixed: list[_Packed]
    filled: dict[str, Template]
    day: date
    whole: frozenset[str] = frozenset()
    _before: bytes = field(init=False, default=b"")
    _directory: bytes = field(init=False, default=b"")

    def __post_init__(self) -> None:
        self._before, self._directory = _zipped(self.fixed, self.day, 0)

    def xml(self, name: str, words: Mapping[str, Value]) -> str:
        """One part filled in. BadTemplate where the template makes something of it that is no document."""
        template = self.filled[name]
        pieces, size = [], 0
        try:
            for piece in template.root_render_func(template.new_context(dict(words))):
                size += len(piece)
                if size > MOST_RENDERED:
                    raise BadTemplate("the letter it makes is far too long.")
                pieces.append(piece)
        except TemplateError as error:
            said = " ".join(str(error.message or "").split())[:120]
            raise BadTemplate(f"a placeholder cannot be filled in: {said}") from None
        xml = "".join(pieces)
        return _sound(xml, check=name not in self.whole)

    def letter(self, words: Mapping[str, Value]) -> bytes:
        """The letter as a .docx. BadTemplate where the template makes no whole document of the words."""
        rendered = [
            _Packed.of(name, self.xml(name, words).encode(), _QUICK_LEVEL) for name in self.filled
        ]
        data, directory = _zipped(rendered, self.day, len(self._before))
        start = len(self._before) + len(data)
        count = len(self.fixed) + len(rendered)
        length = len(self._directory) + len(directory)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, length, start, 0)
        return b"".join((self._before, data, self._directory, directory, end))


def _sound(xml: str, check: bool) -> str:
    """The XML of a part, with what Word refuses to open mended: a cell or a table with nothing in it.

    BadTemplate where it is to be checked and is no XML.
    """
    xml = xml.replace("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>")
    if _TABLE_WITHOUT_ROWS in xml:
        xml, check = _without_empty_tables(xml), True
    if not check:
        return xml
    reader = expat.ParserCreate()
    try:
        reader.Parse(xml.encode(), True)
    except expat.ExpatError:
        raise BadTemplate(
            "a condition or loop begins and ends in different places. Use {%p … %} on lines of their own, "
            "or {%tr … %} in rows of their own."
        ) from None
    return xml


def _without_empty_tables(xml: str) -> str:
    while (end := xml.find(_TABLE_WITHOUT_ROWS)) >= 0:
        start = xml.rfind("<w:tbl>", 0, end)
        xml = xml[:start] + xml[end + len(_TABLE_WITHOUT_ROWS) :]
    return xml


def our_template(to: Recipient, day: date) -> LetterTemplate:
    """Our letter to one recipient, dated ``day``."""
    return _compiled(*read_parts(plain_template(to)), patched, day)


def their_template(own: OwnLetter, day: date) -> LetterTemplate:
    """A union's own template, dated ``day``.

    FileProblem, in one line, for a file that is no Word document, that acts when opened, or that says
    something a template may not say; an unknown placeholder is named with the nearest right one.
    """
    try:
        parts, names = run_limited(read_parts, LIMITS, own.data)
        return _compiled(parts, names, lambda texts: run_limited(patched, LIMITS, texts), day)
    except (BadTemplate, Refused) as problem:
        said = str(problem)
    except Failed:
        said = BROKEN
    except TooMuch:
        said = "takes too long to read as a template. Use a plainer document."
    raise file_problem(Path(own.name), said)


def _compiled(
    parts: dict[str, bytes], names: tuple[str, ...], patch: Patch, day: date
) -> LetterTemplate:
    _dated(parts, day)
    texts = {name: _text(parts[name]) for name in (*names, _CORE)}
    filled: dict[str, Template] = {}
    whole: set[str] = set()
    for name, text in patch(texts).items():
        if not any(mark in text for mark in ("{{", "{%", "{#")):
            continue
        env = environment(in_word=name != _CORE)
        _check_places(text)
        check(text, env)
        try:
            filled[name] = env.from_string(text)
            if always_whole(text, env, "w:t" if name != _CORE else None):
                whole.add(name)
        except (SyntaxError, RecursionError, MemoryError, TemplateError):
            raise BadTemplate("the template is nested too deeply.") from None
    fixed = [_Packed.of(name, data) for name, data in parts.items() if name not in filled]
    _try_out(LetterTemplate(fixed, filled, day))
    return LetterTemplate(fixed, filled, day, frozenset(whole))


def _text(data: bytes) -> str:
    """A part as text; whatever its encoding, as UTF-8 with the declaration of it."""
    return str(etree.tostring(parsed(data), encoding="unicode"))


def _check_places(text: str) -> None:
    """Refuse placeholders where no text of Word stands: in attributes, or outside runs."""
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
        is_text = element.tag == _W_TEXT or element.tag.startswith(f"{{{_DC}")
        loose = [element.text or ""] if not is_text else []
        loose += [inner.tail or "" for inner in element]
        if not is_text and element.tag.startswith(f"{{{_CP}"):
            continue
        if any("{{" in text for text in loose):
            raise BadTemplate("write {{ name }}, without a letter such as r or p before the name.")


def _try_out(template: LetterTemplate) -> None:
    """Fill the template in with every list full and every list empty, so that it fails now or never."""
    from calculator.letters.placeholders import PLACEHOLDERS

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
    from typing import get_type_hints

    return ("a", "a") if get_type_hints(row)[name] == tuple[str, ...] else "a"


def _dated(parts: dict[str, bytes], day: date) -> None:
    """Set title, language and days of the document's properties, adding the part where there is none."""
    if _CORE not in parts:
        parts[_CORE] = _NEW_CORE
        _declare_core(parts)
    root = parsed(parts[_CORE])
    stamp = f"{day.isoformat()}T00:00:00Z"
    title = root.find(f"{{{_DC}}}title")
    if title is None or "{{" not in (title.text or ""):
        _property(root, _DC, "title", "{{ subject }}")
    _property(root, _DC, "language", "en-GB")
    for name in ("created", "modified"):
        _property(root, _DCTERMS, name, stamp).set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    parts[_CORE] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _property(root: etree._Element, space: str, name: str, text: str) -> etree._Element:
    found = root.find(f"{{{space}}}{name}")
    if found is None:
        found = etree.SubElement(root, f"{{{space}}}{name}")
    found.text = text
    return found


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
    """The day of an entry of a zip file: these begin in 1980."""
    return max(day, FIRST_ZIP_DAY)


def _zipped(parts: list[_Packed], day: date, offset: int) -> tuple[bytes, bytes]:
    """Parts as they stand in a zip file from ``offset`` on, and their entries of its directory."""
    on = zip_day(day)
    stamp = (on.year - FIRST_ZIP_DAY.year) << 9 | on.month << 5 | on.day
    data, directory = [], []
    for part in parts:
        sizes = (part.check, len(part.data), part.size)
        local = _LOCAL.pack(
            b"PK\x03\x04", 20, _UTF_8, part.method, 0, stamp, *sizes, len(part.name), 0
        )
        directory += [
            _CENTRAL.pack(
                *(b"PK\x01\x02", 20, 20, _UTF_8, part.method, 0, stamp),
                *sizes,
                *(len(part.name), 0, 0, 0, 0, 0, offset),
            ),
            part.name,
        ]
        data += [local, part.name, part.data]
        offset += len(local) + len(part.name) + len(part.data)
    return b"".join(data), b"".join(directory)
