"""A union's Word template that acts is refused by what it holds, wherever and under whatever name."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml

from calculator.files.limited import Refused
from calculator.letters.recipients import Recipient
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.preflight import BROKEN, FETCHES, HOLDS_MORE, MACROS, read_parts
from tests.letters.word.test_templates import PNG, rewritten, template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MARK = "WHERE-IT-STANDS"
FETCHING = FETCHES.partition("{")[0]
FIELD = "holds a field that may fetch or run something"
Change = Callable[[str, bytes], bytes | None]


def document(tmp_path: Path, inside: str = "", **more: bytes) -> Path:
    """A Word file with some XML of the document's body, and further parts."""
    path = template(tmp_path, MARK)
    return rewritten(path, _in_body(inside), **more) if inside or more else path


def _in_body(inside: str) -> Change:
    return lambda name, data: (
        data.replace(b"<w:sectPr", inside.encode() + b"<w:sectPr", 1)
        if name == "word/document.xml"
        else data
    )


def related(path: Path, kind: str, target: str, more: str = "", of: str = "document") -> Path:
    """The file with one relation more, rId77, in the document's own relations or those of the package."""
    whole = f'<Relationship Id="rId77" Type="{kind}" Target="{target}" {more}/></Relationships>'
    name = "_rels/.rels" if of == "package" else f"word/_rels/{of}.xml.rels"
    return rewritten(
        path,
        lambda part, data: (
            data.replace(b"</Relationships>", whole.encode()) if part == name else data
        ),
    )


def field(*pieces: str, space: str = "w") -> str:
    """A field whose instruction is written in pieces: text, or < and > for a field within it."""
    marks = {"<": "begin", ">": "end", "|": "separate"}
    runs = "".join(
        f'<w:r><w:fldChar w:fldCharType="{marks[piece]}"/></w:r>'
        if piece in marks
        else f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in ("<", *pieces, "|", ">")
    )
    return f"<w:p>{runs}</w:p>"


def said_of(path: Path) -> str:
    """Why a template is refused; "" where it is read."""
    try:
        read_parts(path.read_bytes())
    except Refused as refused:
        return str(refused)
    return ""


HONEST_FIELDS = (
    ("PAGE",),
    (" PAGE \\* MERGEFORMAT ",),
    ("NUM", "PAGES"),
    ('DATE \\@ "d MMMM yyyy"',),
    ("PAGEREF _Toc1 \\h",),
    ('TOC \\o "1-3" \\h',),
    ('HYPERLINK "https://union.example/a b" \\o "tip"',),
    ("HYPERLINK mailto:cases@union.example",),
    ("HYPERLINK \\l &quot;Top&quot;",),
    ("STYLEREF ", "<", "PAGE", "|", ">"),
    ("MERGEFIELD name",),
)


@pytest.mark.parametrize("pieces", HONEST_FIELDS)
def test_fields_that_a_letterhead_needs_are_read(tmp_path: Path, pieces: tuple[str, ...]) -> None:
    assert said_of(document(tmp_path, field(*pieces))) == ""


ACTING_FIELDS = (
    ('INCLUDETEXT "/etc/passwd"',),
    ("INCLUDE", 'PICTURE "http://x.example/y.png"'),
    ('PAGEDDEAUTO c "x" "y"',),
    ("PAGE", "DDEAUTO c:\\\\cmd.exe &quot;/k calc&quot;"),
    ("includetext x",),
    ("LINK Word.Document x",),
    ("MACROBUTTON x y",),
    ("DATABASE x",),
    ("RD x",),
    ("AUTOTEXT x",),
    ("FILLIN x",),
    ("IF 1 = 1 ", "<", 'INCLUDEPICTURE "http://x.example"', "|", ">"),
    ("<", "QUOTE INCLUDETEXT", "|", ">", ' "http://x.example"'),
    ("PAGE ", "<", "DDE x y", "|", ">"),
    ('HYPERLINK "file://host.example/x"',),
    ('HYPERLINK "\\\\\\\\host\\\\x"',),
    ("HYPERLINK ", "<", "PAGE", "|", ">"),
    ('HYPERLINK \\l "a" "file://host/x"',),
    ("PAGE {% if is_estimate %}",),
    ("= 1 + 1",),
    ("ĐATE",),
)


@pytest.mark.parametrize("pieces", ACTING_FIELDS)
@pytest.mark.parametrize("tag", ["instrText", "delInstrText"])
def test_any_other_field_is_refused_however_it_is_split(
    tmp_path: Path, pieces: tuple[str, ...], tag: str
) -> None:
    inside = field(*pieces).replace("instrText", tag)
    assert said_of(document(tmp_path, inside)).startswith(FIELD)


@pytest.mark.parametrize(
    "inside",
    [
        '<w:fldSimple w:instr="INCLUDETEXT x"/>',
        '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:instrText>DDEAUTO c "x"</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE x</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>DDEAUTO x</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        f'<s:fldSimple xmlns:s="{STRICT}" s:instr="DDEAUTO c x"/>',
        f'<s:r xmlns:s="{STRICT}"><s:fldChar s:fldCharType="begin"/><s:instrText>DDE c x</s:instrText></s:r>',
    ],
)
def test_a_field_is_found_in_every_way_of_writing_one(tmp_path: Path, inside: str) -> None:
    assert said_of(document(tmp_path, f"<w:p>{inside}</w:p>")).startswith(FIELD)


OTHER_PARTS = ("word__comments.xml", "word__glossary__document.xml", "word__x.bin", "x.XML", "y")


@pytest.mark.parametrize("name", OTHER_PARTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_field_is_found_in_every_part_whatever_its_name(
    tmp_path: Path, name: str, encoding: str
) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><w:comments xmlns:w="{W}">'
    text += f"{field('INCLUDEPICTURE &quot;http://x.example&quot;')}</w:comments>"
    assert said_of(document(tmp_path, "", **{name: text.encode(encoding)})).startswith(FIELD)


PICTURE = f'<w:p><w:r><w:drawing><a:blip xmlns:a="{A}" xmlns:r="{R}" r:link="rId77"/></w:drawing></w:r></w:p>'
LINK = f'<w:p><w:hyperlink xmlns:r="{R}" r:id="rId77"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
OUTSIDE = (
    (f"{R}/image", "http://x.example/y.png", 'TargetMode="External"'),
    (f"{R}/image", "http://x.example/y.png", 'TargetMode=" External "'),
    (f"{R}/image", "http://x.example/y.png", 'TargetMode="EXTERNAL"'),
    (f"{R}/image", "http://x.example/y.png", 'TargetMode="Elsewhere"'),
    (f"{R}/image", "http://x.example/y.png", ""),
    (f"{R}/image", "file:///etc/passwd", ""),
    (f"{R}/image", "//host.example/y.png", ""),
    (f"{R}/image", "\\\\host\\y.png", ""),
    (f"{R}/image", "y.png", 'TargetMode="External"'),
    (f"{R}/hyperlink", "http://x.example/y.png", 'TargetMode="External"'),
)


@pytest.mark.parametrize(("kind", "target", "more"), OUTSIDE)
def test_a_picture_from_outside_is_refused_whatever_its_relation_is_called(
    tmp_path: Path, kind: str, target: str, more: str
) -> None:
    assert said_of(related(document(tmp_path, PICTURE), kind, target, more)).startswith(FETCHING)


@pytest.mark.parametrize("target", ["https://union.example", "mailto:cases@union.example"])
def test_a_link_that_a_reader_clicks_is_read(tmp_path: Path, target: str) -> None:
    more = 'TargetMode="External"'
    assert said_of(related(document(tmp_path, LINK), f"{R}/hyperlink", target, more)) == ""
    both = related(document(tmp_path, LINK + PICTURE), f"{R}/hyperlink", target, more)
    assert said_of(both).startswith(FETCHING)


@pytest.mark.parametrize("target", ["file:///c:/x.exe", "\\\\host\\x", "javascript:x", "x.docm"])
def test_a_link_to_anything_but_a_web_page_or_an_address_is_refused(
    tmp_path: Path, target: str
) -> None:
    linked = related(document(tmp_path, LINK), f"{R}/hyperlink", target, 'TargetMode="External"')
    assert said_of(linked).startswith(FETCHING)


def test_relations_are_read_under_any_name_of_their_part(tmp_path: Path) -> None:
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{R}/image" Target="http://x.example" TargetMode="External"/></Relationships>'
    ).encode()
    for name in ("word___rels__footer9.xml.RELS", "word___RELS__comments.xml.rels", "word__x.txt"):
        assert said_of(document(tmp_path, "", **{name: relations})).startswith(FETCHING), name


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (f"{R}/oleObject", HOLDS_MORE),
        (f"{R}/package", HOLDS_MORE),
        (f"{R}/aFChunk", HOLDS_MORE),
        (f"{R}/subDocument", HOLDS_MORE),
        (f"{R}/frame", HOLDS_MORE),
        (f"{R}/recipientData", HOLDS_MORE),
        (f"{R}/mailMergeSource", HOLDS_MORE),
        (
            "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
            HOLDS_MORE,
        ),
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", MACROS),
        ("http://schemas.microsoft.com/office/2006/relationships/VBAPROJECT", MACROS),
        ("http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary", MACROS),
        (f"{R}/control", MACROS),
        ("http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", MACROS),
    ],
)
def test_a_relation_that_no_letterhead_needs_is_refused(
    tmp_path: Path, kind: str, said: str
) -> None:
    path = document(tmp_path, "", word__media__x=PNG)
    assert said_of(related(path, kind, "media/x")) == said
    assert said_of(related(document(tmp_path), kind, "word/media/x", of="package")) == said


@pytest.mark.parametrize(
    "inside",
    [
        f'<w:altChunk xmlns:r="{R}" r:id="rId1"/>',
        "<w:p><w:r><w:object/></w:r></w:p>",
        f'<w:subDoc xmlns:r="{R}" r:id="rId1"/>',
        f'<s:altChunk xmlns:s="{STRICT}"/>',
        "<w:p><w:r><w:control/></w:r></w:p>",
        "<w:mailMerge><w:connectString w:val='x'/></w:mailMerge>",
        '<q:webVideoPr xmlns:q="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing" '
        'embeddedHtml="x"/>',
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:entryMacro w:val='x'/></w:ffData>"
        "</w:fldChar></w:r></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:exitMacro w:val='x'/></w:ffData>"
        "</w:fldChar></w:r></w:p>",
    ],
)
def test_elements_that_put_something_in_are_refused(tmp_path: Path, inside: str) -> None:
    assert said_of(document(tmp_path, inside)) == HOLDS_MORE


def test_mail_merge_in_the_settings_is_refused(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        merged = b'<w:mailMerge><w:connectString w:val="DSN=x"/></w:mailMerge></w:settings>'
        return data.replace(b"</w:settings>", merged) if name == "word/settings.xml" else data

    assert said_of(rewritten(document(tmp_path), change)) == HOLDS_MORE


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"MZ" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"%PDF-1.7",
        b"\x1f\x8b\x08" + bytes(100),
        b"{\\rtf1 }",
    ],
)
def test_a_part_that_is_neither_text_nor_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    assert said_of(document(tmp_path, "", word__media__image1=data)) == HOLDS_MORE


@pytest.mark.parametrize(
    "drawing",
    [
        '<image xlink:href="http://x.example/y.png"/>',
        "<style>@import 'http://x.example/y.css';</style>",
        "<style>p { fill: url( http://x.example/y ) }</style>",
        "<rect style=\"fill: url('http://x.example/y')\"/>",
    ],
)
def test_a_drawing_that_fetches_is_refused(tmp_path: Path, drawing: str) -> None:
    start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
    fetching = document(tmp_path, "", word__media__x=start.format(drawing).encode())
    assert said_of(fetching).startswith(FETCHING)
    good = '<defs/><use xlink:href="#a"/><rect style="fill: url(#a)"/>'
    assert said_of(document(tmp_path, "", word__media__x=start.format(good).encode())) == ""


def test_an_old_drawing_that_names_an_address_is_refused(tmp_path: Path) -> None:
    picture = (
        '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
        'src="http://x.example/y.png"/></w:pict></w:r></w:p>'
    )
    assert said_of(document(tmp_path, picture)).startswith(FETCHING)


def test_a_link_that_names_a_file_beside_its_address_is_refused(tmp_path: Path) -> None:
    link = (
        '<w:p><w:hyperlink w:docLocation="file:///c:/x"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
    )
    said = FETCHES.format(what="the picture or file file:///c:/x")
    assert said_of(document(tmp_path, link)) == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_types_are_refused_in_every_part_wherever_they_stand(
    tmp_path: Path, encoding: str
) -> None:
    declared = f'<!--{"x" * 5_000}--><!DOCTYPE w SYSTEM "http://x.example/w.dtd"><w/>'
    part = f'<?xml version="1.0" encoding="{encoding}"?>{declared}'.encode(encoding)
    assert said_of(document(tmp_path, "", **{"word__notes.xml": part})) == BROKEN


def test_a_text_tied_to_data_in_the_file_stays_the_text_that_was_filled_in(tmp_path: Path) -> None:
    tied = (
        "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a' w:storeItemID='{1}'/><w:text/></w:sdtPr>"
        "<w:sdtContent><w:p><w:r><w:t>{{ subject }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    parts, _ = read_parts(document(tmp_path, tied).read_bytes())
    assert b"{{ subject }}" in parts["word/document.xml"]
    assert b"dataBinding" not in parts["word/document.xml"]


@pytest.mark.parametrize(
    ("target", "more"),
    [("http://x.example/t.dotm", 'TargetMode="External"'), ("file:///c:/t.dotm", "")],
)
def test_an_attached_template_is_left_out_with_its_relation(
    tmp_path: Path, target: str, more: str
) -> None:
    def change(name: str, data: bytes) -> bytes:
        attached = f'<w:attachedTemplate xmlns:r="{R}" r:id="rId77"/></w:settings>'.encode()
        return data.replace(b"</w:settings>", attached) if name == "word/settings.xml" else data

    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    ).replace("/>", "></Relationships>")
    path = rewritten(
        document(tmp_path, "", **{"word___rels__settings.xml.rels": relations.encode()}), change
    )
    parts, _ = read_parts(
        related(path, f"{R}/attachedTemplate", target, more, of="settings").read_bytes()
    )
    whole = b"".join(parts.values())
    assert b"attachedTemplate" not in whole
    assert target.encode() not in whole
    assert b"Relationships" in parts["word/_rels/settings.xml.rels"]


def test_the_document_is_known_by_its_ending_too(tmp_path: Path) -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    def change(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            data = data.replace(
                b'<Override PartName="/word/document.xml" ContentType="' + kind + b'"/>',
                b'<Default Extension="MAIN" ContentType="' + kind + b'"/>',
            )
        return data

    whole = f'<w:document xmlns:w="{W}"><w:body>{field("DDE x y")}</w:body></w:document>'
    assert said_of(rewritten(document(tmp_path), change, word__d__main=b"")) != ""
    acting = rewritten(document(tmp_path), change, **{"word__d.main": whole.encode()})
    assert said_of(acting).startswith(FIELD)
    good = rewritten(
        document(tmp_path), change, **{"word__d.main": whole.replace("DDE x y", "PAGE").encode()}
    )
    assert "word/d.main" in read_parts(good.read_bytes())[1]


@pytest.mark.parametrize("to", Recipient)
def test_our_own_letters_pass(to: Recipient) -> None:
    assert read_parts(house_template(to))[1]


def test_a_letterhead_with_logo_footer_and_contents_passes(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.add_picture(io.BytesIO(PNG))
        footer = made.sections[0].footer.paragraphs[0]
        footer._p.append(
            parse_xml(
                f'<w:fldSimple xmlns:w="{W}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            )
        )

    assert said_of(template(tmp_path, "{{ member_name }}", change=change)) == ""
