"""What a workbook loses when openpyxl opens and saves it, found in its parts before anything is written."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from lxml import etree
from xlsxwriter.utility import xl_cell_to_rowcol

from calculator.files.kinds import ArchiveKind, archive_kind, parts_of

_KEPT = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|docprops/.*|"
    r"xl/(workbook|styles|sharedstrings|calcchain)\.xml|"
    r"xl/(_rels|theme|worksheets|tables|externallinks|pivottables|pivotcache|chartsheets|printersettings)/.*|"
    r"xl/drawings/.*|.*/_rels/.*"
)
"""Parts that are kept, that Excel makes anew, or whose content is looked at below."""
_LOST = (
    (r"xl/media/.*", "pictures"),
    (r"xl/charts/.*|xl/diagrams/.*", "the look of charts and diagrams"),
    (r"xl/(slicer|timeline)(cache)?s/.*", "slicers and timelines"),
    (r"xl/(ctrlprops|activex)/.*", "buttons and other form controls"),
    (r"xl/embeddings/.*", "files embedded in it"),
    (r"xl/(threadedcomments|persons)/.*", "who answered whom in comments"),
    (r"xl/comments.*", "the size and the look of notes"),
    (r"xl/connections\.xml|xl/(querytables|model)/.*|customxml/.*", "data connections and queries"),
    (r"xl/metadata\.xml|xl/richdata/.*", "data types and formulas that spill over several cells"),
    (r"xl/revisions/.*", "tracked changes"),
)
_OTHER = "parts that this program does not know"
_DRAWN = (
    (re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]"), "shapes and text boxes"),
    (re.compile(rb"<(?:\w+:)?pic[ >]"), "pictures"),
)
_MERGED = "values hidden under merged cells"
_IN_SHEETS = (
    (re.compile(rb"<(?:\w+:)?protectedRanges[ >]"), "ranges that stay open under protection"),
    (re.compile(rb"<(?:\w+:)?mergeCell[ >]"), _MERGED),
    (re.compile(rb"<(?:\w+:)?(?:scenarios|customSheetViews)[ >]"), "scenarios and own views"),
)
_EXTENSION = re.compile(rb"<(?:\w+:)?ext\s[^>]*?uri=[\"']\{([0-9A-Fa-f-]+)\}")
DROP_DOWNS, SPARKLINES = (
    "CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF",
    "05C60535-1F16-4FD2-B633-F4F36F0B64E0",
)
"""Extensions of a sheet that say everything themselves, and are copied as they are."""
_EXTENSIONS = {
    DROP_DOWNS: "",
    SPARKLINES: "",
    "01252117-D84E-4E92-8308-4BE1C098FCBB": "",  # warnings of Excel that were dismissed
    "B025F937-C7B1-47D3-B67F-A62EFF666E3E": "",  # the number of a conditional format below
    "78C0D931-6437-407D-A8EE-F0AAD7539E65": "some newer conditional formats",
    "A8765BA9-456A-4DAB-B4F3-ACF838C121DE": "slicers and timelines",
    "3A4CF648-6AED-40F4-86FF-DC5316D8AED3": "slicers and timelines",
    "7E03D99C-DC04-49D9-9315-930204A7B6E9": "slicers and timelines",
}
_MACROS = re.compile(r"vbaproject\.bin$|^xl/(macrosheets|dialogsheets)/|^customui/")
_BLOCK = 1 << 22
_OVERLAP = 400


@dataclass(frozen=True)
class Loss:
    """Whether a workbook can be marked, and what it then loses, in words."""

    can_mark: bool
    macros: bool = False
    lost: tuple[str, ...] = ()
    links: bool = False


def look_for_losses(path: Path) -> tuple[bool, bool, tuple[str, ...], bool]:
    """Return the fields of a Loss. To be called in a limited process."""
    with zipfile.ZipFile(path) as archive:
        parts = parts_of(archive)
        if archive_kind(archive, parts) is not ArchiveKind.XLSX:
            return False, False, (), False
        if any(_MACROS.search(name) for name in parts):
            return False, True, (), False
        lost: set[str] = set()
        for name, part in parts.items():
            if name.endswith("/") or _KEPT.fullmatch(name):
                lost |= _in_part(archive, name, part)
                continue
            lost |= {next((words for like, words in _LOST if re.fullmatch(like, name)), _OTHER)}
        links = any(name.startswith("xl/externallinks/") for name in parts)
    order = [words for _, words in (*_LOST, *_DRAWN, *_IN_SHEETS)]
    order += [*_EXTENSIONS.values(), _OTHER]
    return True, False, tuple(dict.fromkeys(words for words in order if words in lost)), links


def _in_part(archive: zipfile.ZipFile, name: str, part: zipfile.ZipInfo) -> set[str]:
    """What is lost of a drawing or of a sheet that is kept."""
    if re.fullmatch(r"xl/drawings/drawing[^/]*\.xml", name):
        return _found(archive, part, _DRAWN)
    if re.fullmatch(r"xl/worksheets/[^/]*\.xml", name):
        lost = _found(archive, part, _IN_SHEETS, extensions=True)
        if _MERGED in lost and not _hides_values(archive, part):
            lost.remove(_MERGED)
        return lost
    return set()


def _hides_values(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a cell that others of its merged range cover holds a value."""
    filled: set[tuple[int, int]] = set()
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    with archive.open(part) as file:
        tags = ("{*}c", "{*}mergeCell")
        for _, element in etree.iterparse(file, ("end",), tag=tags, **options):
            if element.tag.endswith("}c"):
                if len(element):
                    filled.add(xl_cell_to_rowcol(element.get("r", "")))
                element.clear()
                continue
            first, _, last = element.get("ref", "").partition(":")
            (top, left), (bottom, right) = (
                xl_cell_to_rowcol(first),
                xl_cell_to_rowcol(last or first),
            )
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            if len(rows) * len(columns) < len(filled):
                inside = sum(cell in filled for cell in product(rows, columns))
            else:
                inside = sum(row in rows and column in columns for row, column in filled)
            if inside > ((top, left) in filled):
                return True
    return False


def _found(
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    patterns: tuple[tuple[re.Pattern[bytes], str], ...],
    extensions: bool = False,
) -> set[str]:
    lost, end = set(), b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            searched = end + block
            lost |= {words for pattern, words in patterns if pattern.search(searched)}
            if extensions:
                lost |= {
                    _EXTENSIONS.get(uri.decode().upper(), _OTHER)
                    for uri in _EXTENSION.findall(searched)
                }
            end = searched[-_OVERLAP:]
    return lost - {""}
