"""The fonts that a union's own template names, and whether a PDF made on this machine keeps their widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree

from calculator.files.limited import Failed, Refused, TooMuch, run_limited
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.patching import LIMITS
from calculator.letters.word.preflight import parsed, read_parts

SAME_WIDTHS = (
    {"Arial", "Liberation Sans", "Arimo", "Helvetica", "Nimbus Sans"},
    {"Times New Roman", "Liberation Serif", "Tinos", "Times", "Nimbus Roman"},
    {"Courier New", "Liberation Mono", "Cousine", "Courier", "Nimbus Mono PS"},
    {"Calibri", "Carlito"},
    {"Cambria", "Caladea"},
)
"""Families whose letters are of the same widths, so that LibreOffice may take one for another."""
_WORDS_OWN = "Times New Roman"
"""The font of a document that names none (ECMA-376 part 1, 17.3.2.26, leaves it to the program)."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def moves_lines(own: OwnLetter) -> bool:
    """Whether the PDF of a template may break lines and pages elsewhere than Word does, for want of a font.

    True where its fonts cannot be read.
    """
    try:
        return not all(map(has_widths_of, run_limited(named_fonts, LIMITS, own.data)))
    except (Refused, TooMuch, Failed):
        return True


def has_widths_of(font: str) -> bool:
    """Whether a font, or one with the same widths, is installed."""
    same = next((group for group in SAME_WIDTHS if font in group), {font})
    return not same.isdisjoint(installed())


@cache
def installed() -> frozenset[str]:
    """The families of this machine's fonts; none where Typst, which lists them, is not installed."""
    try:
        import typst
    except ImportError:
        return frozenset()
    return frozenset(typst.Fonts(include_embedded_fonts=False).families())


def named_fonts(docx: bytes) -> set[str]:
    """The fonts of a document's text: its default, those of the styles it uses, and those named in it.

    For a file of others to be called in a limited process.
    """
    parts, filled = read_parts(docx)
    texts = [parsed(parts[name]) for name in filled]
    used = {
        style.get(f"{_W}val") for text in texts for style in text.iter(f"{_W}pStyle", f"{_W}rStyle")
    }
    themes = [parsed(data) for name, data in parts.items() if name.startswith("word/theme/theme")]
    styles = parsed(parts.get("word/styles.xml", b"<styles/>"))
    default, fonts = set(_fonts(styles.iter(f"{_W}docDefaults"), themes)), set()
    for style in styles.iter(f"{_W}style"):
        own = set(_fonts([style], themes))
        if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph":
            default = own or default
        elif style.get(f"{_W}styleId") in used:
            fonts |= own
    return fonts | (default or {_WORDS_OWN}) | set(_fonts(texts, themes))


def _fonts(roots: Iterable[etree._Element], themes: Iterable[etree._Element]) -> Iterator[str]:
    """The fonts that parts of a document name for Latin letters, those of its theme by their names."""
    for root in roots:
        for fonts in root.iter(f"{_W}rFonts"):
            of_theme = str(fonts.get(f"{_W}asciiTheme", ""))[:5]  # "minor" or "major"
            named = [
                latin.get("typeface")
                for theme in themes
                if of_theme
                for latin in theme.iterfind(f".//{_A}{of_theme}Font/{_A}latin")
            ] or [fonts.get(f"{_W}ascii")]
            yield from (str(name) for name in named if name)
