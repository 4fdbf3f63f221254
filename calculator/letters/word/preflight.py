"""Checks a union's Word template before it is used: size, text and pictures alone, nothing that acts.

A letter made from it is opened by others. So only what a letterhead needs is let in: listed kinds of parts,
listed fields, and links that a reader has to click.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO

from lxml import etree

from calculator.facts.text import shortened
from calculator.files.kinds import DAMAGED, OLE, PROTECTED, part_name, parts_of
from calculator.files.limited import Refused

MOST_BYTES = 20_000_000
"""A letterhead with its pictures; most have some hundred kB."""
MOST_XML = 5_000_000
"""The text of one part; a letter of ten pages has some hundred kB."""
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOTX = _DOCUMENT.replace("document.main", "template.main")
_FILLED = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("document.main", "header", "footer", "footnotes", "endnotes")
)
_TYPES = "[content_types].xml"

NOT_WORD = "this is not a Word document. Save your letterhead in Word as .docx."
OLD_WORD = (
    "this is an old Word file or has a password. Save it in Word as .docx without a password."
)
BROKEN = "cannot be opened as a Word document. Open it in Word and save it again as .docx."
MACROS = "holds macros or controls. Save it in Word as .docx without them."
FETCHES = (
    "fetches something from outside when it is opened: {what}. Put it into the document instead, or remove "
    "it."
)
CHANGES = (
    "holds tracked changes, and every letter would show what was changed. Accept all changes in Word "
    "(Review, Accept) and save it."
)
COMMENTS = (
    "holds comments, and every letter would show them. Delete all comments in Word (Review, Delete) and "
    "save it."
)
STRICT = "is saved as Strict Open XML. Save it in Word as Word Document (.docx)."
FIELD = (
    "holds a field that may fetch or run something{name}. Press Alt+F9 in Word to see the fields, and remove it. "
    "Page numbers, dates, references, a table of contents and links to web pages may stay."
)
HOLDS_MORE = (
    "holds more than text and pictures: an embedded object, file, add-in, chart, mail-merge source or the "
    "like. Remove it, or put it in as a picture (PNG or JPEG)."
)
TOO_BIG = "is far larger than a letterhead. Remove large pictures and save it again."


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RELATIONS = _words(
    "officedocument core-properties extended-properties custom-properties thumbnail styles "
    "styleswitheffects settings websettings fonttable font numbering theme header footer footnotes "
    "endnotes comments commentsextended commentsids commentsextensible people image hdphoto hyperlink "
    "customxml customxmlprops glossarydocument printersettings diagramdata diagramlayout "
    "diagramquickstyle diagramcolors diagramdrawing classificationlabels"
)
"""How a part of a letterhead may be related to another: the last word of the type of the relation."""
_MACROS = ("vba", "activex", "control", "macro", "keymap", "toolbar", "extensibility")
_TEMPLATE = "attachedtemplate"
_LEFT_OUT = {_TEMPLATE, "databinding", "trackrevisions"}
"""Elements left out of the letters. Word would open the template that a document was made from; it would show
what a content control is bound to in place of what is filled in; it would track what is changed in a letter."""
_CHANGED = _words(
    "ins del movefrom moveto cellins celldel cellmerge deltext delinstrtext rprchange pprchange sectprchange "
    "tblprchange tblprexchange tblgridchange tcprchange trprchange numberingchange"
)
"""Elements of Word that track a change."""
_COMMENTED = {"comment", "commentreference", "commentrangestart"}
_BINARY = {"font", "printersettings"}
"""What is neither XML nor a picture, and read as nothing else."""
_ACTING = _words(
    "altchunk subdoc object oleobject control movie embed mailmerge datasource externaldata "
    "sourcefilename savethroughxslt script foreignobject webvideopr entrymacro exitmacro"
)
"""Elements that put in, run or fetch something."""
_FIELDS = _words(
    "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE AUTHOR TITLE SUBJECT "
    "KEYWORDS COMMENTS DOCPROPERTY FILENAME REF PAGEREF NOTEREF STYLEREF TOC TC SEQ HYPERLINK MERGEFIELD "
    "FORMTEXT FORMCHECKBOX FORMDROPDOWN SYMBOL"
)
"""Fields that take what they show from the document itself."""
_FIELD = re.compile(r'\s*([A-Za-z]+)(?=[\s\\"]|$)')
_LINK = re.compile(r"\s*(https?://|mailto:|tel:)", re.IGNORECASE)
_FIELD_LINK = re.compile(
    r"""\s*HYPERLINK(\s+("(https?://|mailto:|tel:)[^"]*"|(https?://|mailto:|tel:)[^\s"\\]*))?"""
    r"""(\s*\\([lot]\s+("[^"]*"|[^\s"\\]+)|[hmn](?=\s|\\|$)))*\s*""",
    re.IGNORECASE,
)
"""A link of a field: its address, then where in it, what is told of it and in which window."""
_LINKING = {("hyperlink", "id"), ("hlinkclick", "id"), ("hlinkhover", "id")}
"""The element and attribute of a link that a reader clicks."""
_OUTSIDE = re.compile(r"[^/]*:|\s*//|.*\\")
"""A target that is no part of the file: with a scheme, a host, or a path of Windows."""
_PICTURES = (
    *(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II\xbc\x01"),
    *(b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0", b"\2\0\x09\0"),
)
"""How PNG, JPEG, GIF, BMP, TIFF, JPEG XR and WMF begin."""
_XML_STARTS = (b"<", b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"
_W = f"{{{_WORD}}}"
_SVG = "http://www.w3.org/2000/svg"


def read_parts(data: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the parts of a .docx or .dotx by name, in the order of the file, and the names of those to fill in.

    They are those of a document. The template that it was made from is left out with its relation. For a file of others to be
    called in a limited process. Raises Refused for a file that is damaged, too large, not Word, or that acts.
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
    types = _types_of(parts)
    if _DOTX in types.values():
        _make_document(parts)
        types = _types_of(parts)
    if any(word in kind for kind in types.values() for word in ("macro", "activex", "vba")):
        raise Refused(MACROS)
    if _DOCUMENT not in types.values():
        raise Refused(NOT_WORD)
    filled = tuple(name for name, kind in types.items() if kind in _FILLED)
    if any(len(parts[name]) > MOST_XML for name in filled):
        raise Refused(TOO_BIG)
    _check(parts, types)
    if any(etree.QName(parsed(parts[name])).namespace == _STRICT_WORD for name in filled):
        raise Refused(STRICT)
    return parts, filled


def parsed(data: bytes) -> etree._Element:
    """The root of XML, without entities, declarations of types or a network. Refused where damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(BROKEN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(BROKEN)
    return root


def _make_document(parts: dict[str, bytes]) -> None:
    """Declare a Word template to be a document."""
    name = next(name for name in parts if part_name(name) == _TYPES)
    root = parsed(parts[name])
    for entry in root:
        if str(entry.get("ContentType", "")).strip().casefold() == _DOTX:
            entry.set("ContentType", _DOCUMENT)
    parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _types_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of each part, by its own name or by its ending, whatever their capitals."""
    data = next((data for name, data in parts.items() if part_name(name) == _TYPES), None)
    if data is None:
        raise Refused(NOT_WORD)
    of_name, of_ending = {}, {}
    for entry in parsed(data):
        kind = str(entry.get("ContentType", "")).strip().casefold()
        of_name[part_name(str(entry.get("PartName", "")))] = kind
        of_ending[str(entry.get("Extension", "")).casefold()] = kind
    return {
        name: of_name.get(part_name(name), of_ending.get(part_name(name).rpartition(".")[2], ""))
        for name in parts
    }


def _check(parts: dict[str, bytes], types: Mapping[str, str]) -> None:
    """Refuse what acts in any part, whatever its name; leave out what no letter is to hold."""
    roots = {
        part_name(name): parsed(data)
        for name, data in parts.items()
        if _is_xml(name, types[name], data)
    }
    related: dict[str, set[str]] = {}
    changed = set()
    for name, root in roots.items():
        if _local(root) == "relationships":
            folder, _, source = name.rpartition("_rels/")
            source = folder + source.removesuffix(".rels")
            for relation in list(root.iter(etree.Element)):
                if relation is root:
                    continue
                kind = str(relation.get("Type", "")).strip().rpartition("/")[2].casefold()
                if kind == _TEMPLATE:
                    root.remove(relation)
                    changed.add(name)
                    continue
                target = _checked_target(relation, kind, roots.get(source))
                related.setdefault(
                    part_name(posixpath.normpath(posixpath.join("/", folder, target))), set()
                ).add(kind)
        else:
            changed |= {name} if _checked_text(root) else set()
    for name, data in parts.items():
        key = part_name(name)
        if key in changed:
            parts[name] = etree.tostring(
                roots[key], encoding="UTF-8", xml_declaration=True, standalone=True
            )
        elif key not in roots and not _is_picture(data):
            kinds = related.get(key, set())
            if not kinds or not kinds <= _BINARY:
                raise Refused(HOLDS_MORE)


def _is_xml(name: str, kind: str, data: bytes) -> bool:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    named = name.casefold().endswith((".xml", ".rels", ".svg"))
    return named or kind.endswith("xml") or start.startswith(_XML_STARTS)


def _is_picture(data: bytes) -> bool:
    return data.startswith(_PICTURES) or data[40:44] == b" EMF" or data[8:12] == b"WEBP"


def _local(element: etree._Element) -> str:
    """The name of an element without its namespace, in small letters: Word has two namespaces for each."""
    return str(etree.QName(element).localname).casefold()


def _checked_target(relation: etree._Element, kind: str, source: etree._Element | None) -> str:
    """Return the target of a relation. Refused unless it is a part of the file, or a link that is clicked."""
    given = {str(name).casefold(): str(value) for name, value in relation.attrib.items()}
    if kind not in _RELATIONS:
        raise Refused(MACROS if any(word in kind for word in _MACROS) else HOLDS_MORE)
    target, mode = given.get("target", ""), given.get("targetmode", "").strip().casefold()
    if mode in ("", "internal") and not _OUTSIDE.match(target):
        return target
    clicked = kind == "hyperlink" and source is not None and _LINK.match(target)
    if not clicked or source is None or not _only_clicked(source, given.get("id", "")):
        what = "a link to" if kind == "hyperlink" else f"the linked {kind}"
        raise Refused(FETCHES.format(what=f"{what} {shortened(target)}"))
    return ""


def _only_clicked(source: etree._Element, name: str) -> bool:
    """Whether a relation is used for nothing but links that a reader clicks."""
    return all(
        (_local(element), etree.QName(attribute).localname.casefold()) in _LINKING
        for element in source.iter(etree.Element)
        for attribute, value in element.attrib.items()
        if value.strip() == name and "{" in attribute and not attribute.startswith(_W)
    )


def _checked_text(root: etree._Element) -> bool:
    """Refuse elements, addresses and fields that act, comments and changes. Returns whether something was left out."""
    is_picture = etree.QName(root).namespace == _SVG
    for element in root.iter(etree.Element):
        if _local(element) in _ACTING:
            raise Refused(HOLDS_MORE)
        for attribute, value in element.attrib.items():
            name = etree.QName(attribute).localname.casefold()
            if name in ("src", "href", "althref", "doclocation") and _leads_out(value):
                raise Refused(FETCHES.format(what=f"the picture or file {shortened(value)}"))
            if is_picture and _style_leads_out(value):
                raise Refused(FETCHES.format(what="what a picture is drawn from"))
        if is_picture and _style_leads_out(element.text or ""):
            raise Refused(FETCHES.format(what="what a picture is drawn from"))
    for code in field_codes(root):
        _check_field(code)
    for element in root.iter(f"{{{_WORD}}}*", f"{{{_STRICT_WORD}}}*"):
        if _local(element) in _COMMENTED:
            raise Refused(COMMENTS)
        if _local(element) in _CHANGED:
            raise Refused(CHANGES)
    left_out = [each for each in root.iter(etree.Element) if _is_left_out(each)]
    for each in left_out:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    return bool(left_out)


def _is_left_out(element: etree._Element) -> bool:
    """Whether an element is left out of the letters: one of the list, or the name of who wrote in the document."""
    local = _local(element)
    return local in _LEFT_OUT or (
        local == "person" and etree.QName(element).namespace == _WORD_2012
    )


def _leads_out(value: str) -> bool:
    return not value.strip().startswith(("#", "data:image/")) and bool(_OUTSIDE.match(value))


def _style_leads_out(text: str) -> bool:
    rest = text.replace(" ", "").casefold()
    return "@import" in rest or any(
        not after.lstrip("'\"").startswith(("#", "data:image/")) for after in rest.split("url(")[1:]
    )


def field_codes(root: etree._Element) -> Iterator[str]:
    """Give the instruction of each field, nested ones each for itself; text that belongs to none is one too.

    In the instruction of an outer field a nested one stands as a full stop, so that no name of a field can
    come out of it.
    """
    open_codes: list[list[str] | None] = []  # None: the field shows its result
    for element in root.iter(etree.Element):
        name = _local(element)
        if name == "fldsimple":
            yield "".join(
                str(value)
                for attribute, value in element.attrib.items()
                if etree.QName(attribute).localname.casefold() == "instr"
            )
        elif name == "fldchar":
            kind = next(
                (
                    str(value).strip()
                    for attribute, value in element.attrib.items()
                    if etree.QName(attribute).localname == "fldCharType"
                ),
                "",
            )
            if kind == "begin":
                if open_codes and open_codes[-1] is not None:
                    open_codes[-1].append(".")
                open_codes.append([])
            elif open_codes:
                if (code := open_codes[-1]) is not None:
                    yield "".join(code)
                open_codes[-1] = None
                if kind != "separate":
                    open_codes.pop()
        elif name in ("instrtext", "delinstrtext"):
            if not open_codes or (code := open_codes[-1]) is None:
                yield element.text or ""
            else:
                code.append("".join(element.itertext()))
        elif name in ("t", "deltext") and open_codes and (code := open_codes[-1]) is not None:
            code.append(element.text or "")
    yield from ("".join(code) for code in open_codes if code is not None)


def _check_field(code: str) -> None:
    """Refuse a field that is not listed, or whose instruction could become another."""
    if not code.strip():
        return
    known = _FIELD.match(code)
    name = known[1].upper() if known is not None else ""
    if name not in _FIELDS or "{" in code:
        raise Refused(FIELD.format(name=f" ({name[:20]})" if name and "{" not in code else ""))
    if name == "HYPERLINK" and not _FIELD_LINK.fullmatch(code):
        raise Refused(FIELD.format(name=" (HYPERLINK to a file)"))
