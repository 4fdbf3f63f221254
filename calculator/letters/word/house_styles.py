"""The look of our own letter in Word: page, styles, head and foot."""

from __future__ import annotations

from functools import partial
from typing import Any

from calculator.letters.recipients import Recipient, for_every_recipient

FONT = "Arial"
DRAFT = "DRAFT: not to be sent before it is approved"
DRAFTS = for_every_recipient(
    dict.fromkeys(Recipient, DRAFT)
    | {Recipient.ISSUE_PACK: "DRAFT for a solicitor to settle: not to be issued or served"}
)
"""What stands at the head of each page: of an issue pack always, else until somebody has approved the letters."""
SIZES = for_every_recipient({to: 12 if to is Recipient.MEMBER else 10 for to in Recipient})
"""The size of the text in points; for the member that of clear print (RNIB)."""
ENCLOSED_NUMBER = "Letter number"


def lay_out(document: Any, to: Recipient) -> None:
    """Set the page, the styles, the head and the foot of our letter to one recipient."""
    from docx.oxml.ns import qn
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2)
    section.bottom_margin = Cm(1.8)
    section.header_distance = Cm(0.9)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _of_this_word(document)
    _styles(document.styles, SIZES[to])
    _numbers_begin_anew(document)
    head = section.header.paragraphs[0]
    head.style = document.styles["Letter address"]
    run = head.add_run(f"{{% if draft %}}{DRAFTS[to]}{{% endif %}}")
    run.bold = True
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Letter address"]
    _small(foot, "{{ reference }}{% if reference %} · {% endif %}{{ letter_date }} · page ")
    _field(foot, "PAGE")
    _small(foot, " of ")
    _field(foot, "NUMPAGES")


def _of_this_word(document: Any) -> None:
    """Name the Word of today in the settings: without it Word opens the letter in an older mode."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    for old in list(compat.iter(qn("w:compatSetting"))):
        if old.get(qn("w:name")) == "compatibilityMode":
            compat.remove(old)
    mode = OxmlElement("w:compatSetting")
    for name, value in (
        ("w:name", "compatibilityMode"),
        ("w:uri", "http://schemas.microsoft.com/office/word"),
        ("w:val", "15"),
    ):
        mode.set(qn(name), value)
    compat.append(mode)


def _numbers_begin_anew(document: Any) -> None:
    """Give the points of what is enclosed numbers of their own, from 1."""
    numbering = document.part.numbering_part.element
    number = document.styles["List Number"].element.pPr.numPr.numId.val
    again = numbering.add_num(numbering.num_having_numId(number).abstractNumId.val)
    again.add_lvlOverride(ilvl=0).add_startOverride(1)
    properties = document.styles[ENCLOSED_NUMBER].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = again.numId


def _small(paragraph: Any, text: str) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(8)
    return run


def _field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(_small(paragraph, "1")._r)
    paragraph._p.append(field)


def _styles(styles: Any, size: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    normal = styles["Normal"]
    _font(normal, size)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.space_after = Pt(size * 0.4)
    normal.paragraph_format.widow_control = True
    for name, larger, before in (("Heading 1", 3, 8), ("Heading 2", 0.5, 7), ("Heading 3", 0, 6)):
        style = styles[name]
        _font(style, size + larger)
        style.font.bold, style.font.color.rgb = True, RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(3)
        style.paragraph_format.keep_with_next = True
    for name in ("List Number", "List Bullet"):
        styles[name].paragraph_format.space_after = Pt(2)
    add = partial(_style, styles)
    add(ENCLOSED_NUMBER, styles["List Number"])
    add("Letter address", normal, after=0)
    sender = add("Letter sender", styles["Letter address"])
    sender.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add("Letter address first", styles["Letter address"], before=24)
    addressee = add("Letter addressee", styles["Letter address"])
    addressee.paragraph_format.left_indent = Cm(0.2)
    # The last section stays with the signature, so that no page holds the signature alone.
    add("Letter kept", normal, kept=True)
    add("Letter signed", styles["Letter address"], kept=True)
    add("Letter farewell", normal, before=6, after=26, kept=True)
    cell = add("Letter cell", normal, after=0)
    cell.font.size = Pt(max(9, size - 1))
    # A table fits on one page, so it moves to the next one rather than break.
    kept = add("Letter kept cell", cell, kept=True)
    figure = add("Letter figure", kept)
    figure.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    form = add("Letter form", kept, before=6)
    form.paragraph_format.space_after = Pt(6)
    gap = add("Letter gap", normal, after=0)
    gap.font.size = Pt(4)


def _style(
    styles: Any,
    name: str,
    base: Any,
    before: float | None = None,
    after: float | None = None,
    kept: bool | None = None,
) -> Any:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    if before is not None:
        style.paragraph_format.space_before = Pt(before)
    if after is not None:
        style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.keep_with_next = kept
    return style


def at_the_head(paragraph: Any) -> None:
    """Put a line into the block at the head of the letter, which ends 57 mm from the top of the page.

    What follows it is the address, where a DL envelope has its window.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    frame = OxmlElement("w:framePr")
    for name, centimetres in (("w", 17), ("h", 3.7), ("x", 2), ("y", 2)):
        frame.set(qn(f"w:{name}"), str(round(Cm(centimetres).twips)))
    for name, text in (
        *(("hRule", "atLeast"), ("wrap", "notBeside")),
        *(("hAnchor", "page"), ("vAnchor", "page")),
    ):
        frame.set(qn(f"w:{name}"), text)
    paragraph._p.get_or_add_pPr().insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:spacing", "w:ind", "w:jc"
    )


def _font(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
