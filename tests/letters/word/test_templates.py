"""A union's own Word template: what it may say, what is refused and how, and what survives."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from calculator.facts.problems import FileProblem
from calculator.files.limited import Limits
from calculator.letters.letter import LettersWanted
from calculator.letters.make import letters, plans_for
from calculator.letters.placeholders import Value
from calculator.letters.recipients import Recipient, WithoutConsent, Writer
from calculator.letters.word import templates
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.language import BadTemplate, check, environment
from calculator.letters.word.letter_parts import letter_parts
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.templates import LetterTemplate, our_template, their_template
from tests.letters_helpers import (
    AS_AT,
    CAPPED,
    SENDER,
    capped,
    made_from,
    one,
    own,
    part,
    text_of,
    worked,
)

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 2, 0, 0, 0)
    + struct.pack(">I", zlib.crc32(b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)))
    + struct.pack(">I4s", 12, b"IDAT")
    + zlib.compress(b"\0\xff\0\0", 0)[:12].ljust(12, b"\0")
    + struct.pack(">I", 0)
    + struct.pack(">I4sI", 0, b"IEND", zlib.crc32(b"IEND"))
)


def template(tmp_path: Path, *lines: str, change: Callable[[Any], None] | None = None) -> Path:
    """A Word file with some paragraphs, changed further by ``change``."""
    document: Any = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if change is not None:
        change(document)
    path = tmp_path / "letter.docx"
    document.save(str(path))
    return path


def filled(path: Path, case: dict[str, Any] | None = None) -> str:
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), own=own(path))
    return text_of(list(one(case or CAPPED, request=request).found))


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """The file with each part changed; None drops a part."""
    with ZipFile(path) as source:
        parts = {name: change(name, source.read(name)) for name in source.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name, data in {**parts, **more}.items():
            if data is not None:
                out.writestr(name.replace("__", "/"), data)
    return path


def test_placeholders_conditions_and_lists_are_filled_in(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        "Re {{ member_name }}, {{ exit_date }}, {{ member_total }} ({{ employer_name|upper }})",
        "{% if owed_to_scheme %}Scheme: {{ scheme_total }}{% else %}none{% endif %}",
        "{%p if is_estimate %}",
        "An estimate.",
        "{%p endif %}",
        "{%p for line in law %}",
        "{{ loop.index }}. {{ line }}",
        "{%p endfor %}",
        "{{ 'A' if triage == 'capped_exact' and not is_estimate else 'B' }}",
        "{{ documents_missing }}",
        "{{ documents_held|length }} held; {{ questions|join('; ') }}",
    )
    text = filled(path)
    assert "Re Ann Example, 31 December 2020, £2,936.77 (ANYTOWN COUNCIL)" in text
    assert "Scheme: £" in text
    assert "An estimate." not in text
    assert "1. First, regulation 4 of the Restriction" in text
    assert "\nA\n" in text
    assert "0 held; " in text


def test_a_placeholder_that_word_split_over_runs_is_found(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph()
        for piece in ("{", "{ mem", "ber_", "name }", "}"):
            paragraph.add_run(piece).bold = piece == "ber_"

    assert "Ann Example" in filled(template(tmp_path, change=change))


def test_a_table_has_a_row_for_each_payment(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        table = document.add_table(rows=3, cols=2)
        for row, cells in enumerate(
            (
                ("{%tr for row in payments %}", ""),
                ("{{ row.title }}", "{{ row.difference }}"),
                ("{%tr endfor %}", ""),
            )
        ):
            for place, text in enumerate(cells):
                table.cell(row, place).text = text

    text = filled(template(tmp_path, change=change))
    assert "Redundancy pay | £2,000.00\nPension strain | £13,000.00" in text


def test_headers_footers_logos_and_styles_survive(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].add_run("Public Workers' Union").bold = True
        section.footer.paragraphs[0].text = "Ref {{ reference }}"
        document.add_picture(io.BytesIO(PNG))
        style = document.styles.add_style("Union red", 1)
        style.font.name = "Georgia"
        document.add_paragraph("Dear {{ addressee }}", "Union red")

    path = template(tmp_path, change=change)
    letter = one(CAPPED, request=LettersWanted(SENDER, own=own(path))).letter.docx
    before, after = ZipFile(path), ZipFile(io.BytesIO(letter))
    assert sorted(before.namelist()) == sorted(after.namelist())
    for name in before.namelist():
        if not name.startswith(("word/document", "word/footer", "docProps/core")):
            assert before.read(name) == after.read(name), name
    opened: Any = docx.Document(io.BytesIO(letter))
    assert opened.sections[0].header.paragraphs[0].runs[0].bold
    assert opened.sections[0].footer.paragraphs[0].text == "Ref A1"
    assert opened.paragraphs[-1].style.name == "Union red"
    assert len(opened.inline_shapes) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ membr_total }}", "{{ membr_total }} is no placeholder. The nearest is member_total."),
        ("{{ employer }}", "{{ employer }} is no placeholder. The nearest is employer_name."),
        ("{% if estimate_ %}{% endif %}", "The nearest is estimate."),
        ("{% for p in payment %}{{ p.due }}{% endfor %}", "The nearest is payments."),
        (
            "{% for p in payments %}{{ p.titel }}{% endfor %}",
            "{{ p.titel }} is no placeholder. The nearest is title.",
        ),
        ("{{ xyzzyqq }}", "{{ xyzzyqq }} is no placeholder."),
        ("{{ member_name", "write {{ member_name }}"),
        ("{% if is_estimate %}never closed", "needs {% endif %} after it"),
        ("{{ member_name.upper }}", "member_name has no parts"),
        ("{% for x in member_name %}{% endfor %}", "member_name is one text and no list"),
        ("{% for law in law %}{% endfor %}", "law is a placeholder; use another word"),
    ],
)
def test_a_name_nobody_knows_is_refused_with_the_nearest(
    tmp_path: Path, line: str, said: str
) -> None:
    with pytest.raises(FileProblem) as refused:
        their_template(OwnLetter.read(template(tmp_path, line)), AS_AT)
    assert str(refused.value).startswith("letter.docx: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "line",
    [
        "{{ member_name.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ self }}{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum() }}",
        "{{ range(10) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ member_name ~ member_name }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ member_name|center(1000000000) }}",
        "{{ member_name|safe }}",
        "{{ member_name|attr('__class__') }}",
        "{{ law|map('upper')|list }}",
        "{{ law|join(member_name) }}",
        "{{ law[0] }}",
        "{{ member_name is defined }}",
        "{{ member_name > 'a' }}",
        "{% set x = 1 %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{% autoescape false %}{{ member_name }}{% endautoescape %}",
        "{% for a in law recursive %}{{ loop(law) }}{% endfor %}",
        "{% for a in [1, 2] %}{% endfor %}",
        "{% for a, b in payments %}{% endfor %}",
        "{% for a in law if a %}{% endfor %}",
        "{% for a in law %}{% for b in law %}{% for c in law %}{% for d in law %}{{ d }}{% endfor %}"
        "{% endfor %}{% endfor %}{% endfor %}",
        "{% call f() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% raw %}{{ x }}{% endraw %}{{ y }}",
        "{% with x = law %}{% endwith %}",
        "{{ {}.items() }}",
        "{{ -1 }}",
        "{{ " + "(" * 3_000 + "member_name" + ")" * 3_000 + " }}",
        "{{ " + "1" * 5_000 + " }}",
        "{{ 1|length }}",
        "{{ loop }}",
        "{{ loop.index }}",
        "{% for a in law %}{% endfor %}{{ a }}",
        "{% for a in law %}{{ a.title }}{% endfor %}",
        "{% for a in law %}{{ a.format }}{% endfor %}",
        "{% for a in law %}{{ loop.cycle }}{% endfor %}",
        "{% for a in law %}{{ loop.index|length }}{% endfor %}",
        "{% for a in law %}{% for b in a %}{{ b }}{% endfor %}{% endfor %}",
        "{% for a in payments %}{{ a.index }}{% endfor %}",
        "{% for a in payments %}{{ a.heading }}{% endfor %}",
        "{{ law|join(', ', 'title') }}",
        "{% for a in notes|upper %}{% endfor %}",
    ],
)
def test_a_template_cannot_compute_call_or_reach_out(tmp_path: Path, line: str) -> None:
    with pytest.raises(FileProblem) as refused:
        their_template(OwnLetter.read(template(tmp_path, line)), AS_AT)
    assert len(str(refused.value)) < 400


def test_the_sandbox_stops_what_the_check_of_the_tree_would_not() -> None:
    """The second safeguard alone: the template is run without being checked first."""
    env = environment(in_word=True)
    for said in (
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ ['a']|join('', '__class__') }}",
        "{{ 'a'.title }}",
        "{{ 'a' * 9 }}",
        "{{ x }}",
        "{{ range(3) }}",
    ):
        with pytest.raises(Exception, match=r".") as stopped:
            env.from_string(said).render()
        assert type(stopped.value).__name__ in ("SecurityError", "UndefinedError")
    assert env.from_string("{{ x }}").render(x="<a>") == "&lt;a&gt;"


def test_loops_that_would_make_a_letter_without_end_are_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calculator.letters.word.templates.MOST_RENDERED", 200_000)
    path = template(
        tmp_path,
        "{% for a in law %}{% for b in law %}{% for c in law %}" + "x" * 9_000 + "{% endfor %}" * 3,
        "{{ member_name }}",
    )
    with pytest.raises(FileProblem, match="far too long"):
        filled(path)


def test_too_many_placeholders_are_refused_before_they_are_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "patched", lambda _: pytest.fail("put together"), raising=True)
    with pytest.raises(FileProblem, match="more than 2,000 placeholders"):
        filled(template(tmp_path, "{{ claimant }}" * 2_001))


def test_a_template_that_takes_too_long_to_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "LIMITS", Limits(wall_seconds=0))
    with pytest.raises(FileProblem, match="takes too long to read as a template"):
        filled(template(tmp_path, "{{ claimant }}"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda name, data: data if name != "word/document.xml" else b"<w:broken",
            "cannot be opened",
        ),
        (
            lambda name, data: (
                data
                if name != "word/document.xml"
                else b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
            ),
            "cannot be opened",
        ),
        (
            lambda name, data: data.replace(
                b"wordprocessingml.document.main", b"wordprocessingml.x.main"
            ),
            "not a Word document",
        ),
        (
            lambda name, data: data.replace(
                b"wordprocessingml.document.main", b"word.document.macroEnabled.main"
            ),
            "macros",
        ),
        (lambda name, data: None if name == "[Content_Types].xml" else data, "not a Word document"),
    ],
)
def test_a_file_that_is_damaged_or_acts_when_opened_is_refused(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None], said: str
) -> None:
    path = rewritten(template(tmp_path, "{{ member_name }}"), change)
    with pytest.raises(FileProblem, match=said):
        their_template(OwnLetter.read(path), AS_AT)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a Word document"),
        (b"Dear {{ member_name }}", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file"),
        (b"PK\x03\x04" + bytes(100), "cannot be opened"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    with pytest.raises(FileProblem, match=said):
        their_template(OwnLetter.read(path), AS_AT)


def test_a_part_that_inflates_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = rewritten(template(tmp_path, "x"), lambda _, data: data, word__bomb=b"\0" * 300_000_000)
    with pytest.raises(FileProblem, match="far larger"):
        their_template(OwnLetter.read(path), AS_AT)


def test_a_placeholder_in_a_setting_is_refused(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("x").runs[0]._r.set(qn("w:rsidR"), "{{ member_name }}")

    with pytest.raises(FileProblem, match="in text only"):
        their_template(OwnLetter.read(template(tmp_path, change=change)), AS_AT)


@pytest.mark.parametrize("line", ["{{r member_name }}", "{{p member_name }}"])
def test_rich_text_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(FileProblem, match="without a letter such as r or p"):
        their_template(OwnLetter.read(template(tmp_path, line)), AS_AT)


def test_a_condition_across_cells_is_refused_and_not_left_to_word(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{% if is_estimate %}a")
        document.add_table(rows=1, cols=2).cell(0, 1).text = "b{% endif %}c"

    with pytest.raises(FileProblem, match="begins and ends in different places"):
        their_template(OwnLetter.read(template(tmp_path, change=change)), AS_AT)


@pytest.mark.parametrize(
    ("source", "role", "well_formed"),
    [
        ("<a>{% if role %}<b/>{% else %}<c>x</c>{% endif %}</a>", "<b> & ]]> {{", True),
        ("<a>{% if role %}<b>{% endif %}</a>", "x", False),
        ("<a>{% if role %}<b>{% endif %}</a>", "", True),
        ("<a>{{ role }}</a>", "</a> & ]]> <!-- {{", True),
        ("<a><!-- {{ role }} --></a>", "--", False),
        ("<a/>{{ role }}", "x", False),
        ("<a>{% for line in law %}</a><a>{% endfor %}</a>", "", False),
        ("<a>{{ role }}", "", False),
    ],
)
def test_a_part_is_well_formed_xml_or_refused(source: str, role: str, well_formed: bool) -> None:
    made = LetterTemplate({}, {"a": environment(in_word=False).from_string(source)}, AS_AT)
    words: dict[str, Value] = {"role": role, "law": ("one",)}
    if well_formed:
        ElementTree.fromstring(made.xml("a", words))  # noqa: S314 - made here
    else:
        with pytest.raises(BadTemplate, match="begins and ends in different places"):
            made.xml("a", words)


def test_a_letter_that_would_be_no_document_is_refused_by_the_name_of_its_template() -> None:
    source = environment(in_word=True).from_string(
        "<a>{% if triage == 'capped_exact' %}<b>{% endif %}</a>"
    )
    broken = LetterTemplate({}, {"word/document.xml": source}, AS_AT)
    request = LettersWanted(
        SENDER, (Recipient.EMPLOYER,), own={Recipient.EMPLOYER: OwnLetter("own.docx", b"")}
    )
    outcome = worked(CAPPED)
    made = letters(
        outcome, plans_for(request, outcome), request, {(Recipient.EMPLOYER, Writer.UNION): broken}
    )
    with pytest.raises(
        FileProblem, match=r"^own\.docx: a condition or loop begins and ends in different"
    ):
        next(made)


def test_a_cell_or_table_left_with_nothing_stays_a_document(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        table = document.add_table(rows=3, cols=1)
        for row, text in enumerate(
            ("{%tr for row in received %}", "{{ row.what }}", "{%tr endfor %}")
        ):
            table.cell(row, 0).text = text
        other = document.add_table(rows=1, cols=1)
        cell = other.cell(0, 0)
        cell.text = "{%p if is_estimate %}"
        cell.add_paragraph("an estimate")
        cell.add_paragraph("{%p endif %}")

    path = template(tmp_path, change=change)
    letter = one(CAPPED, request=LettersWanted(SENDER, own=own(path))).letter.docx
    opened: Any = docx.Document(io.BytesIO(letter))
    assert len(opened.tables) == 1
    assert len(opened.tables[0].cell(0, 0).paragraphs) == 1


def test_hostile_text_in_a_unions_template(tmp_path: Path) -> None:
    path = template(tmp_path, "A {{ member_name }} B", "{{ notes }}", "end")
    case = {**CAPPED, "member_name": "</w:t> <x> {{ notes }}", "notes": "{% for %} & " * 400}
    text = filled(path, case)
    assert text.startswith("A </w:t> <x> {{ notes }} B\n{% for %} & {% for %}")
    assert text.endswith("\nend")


def test_a_members_own_letter_is_never_made_from_the_unions_template(tmp_path: Path) -> None:
    path = template(tmp_path, "UNION LETTERHEAD {{ member_name }}")
    case = {**CAPPED, "consent_to_disclose": "no"}
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), WithoutConsent.MEMBER, own=own(path))
    made = made_from(worked(case), request)[0]
    assert made.letter.plan.writer is Writer.MEMBER
    assert "UNION LETTERHEAD" not in made.text
    assert "not_from_template" in made.letter.plan.notes


def test_our_own_letter_saved_and_used_as_a_template_gives_the_same_text(tmp_path: Path) -> None:
    for to in Recipient:
        path = tmp_path / f"{to}.docx"
        path.write_bytes(house_template(to))
        ours = one(capped(to), to)
        theirs = one(capped(to), to, LettersWanted(SENDER, own=own(path)))
        assert ours.text == theirs.text


def test_our_letter_says_the_same_as_docxtpl_makes_of_it() -> None:
    from docxtpl import DocxTemplate

    for to in Recipient:
        made = one(capped(to), to)
        slow = DocxTemplate(io.BytesIO(house_template(to)))
        slow.render(made.letter.words, environment(in_word=True), autoescape=True)
        held = io.BytesIO()
        slow.save(held)
        assert text_of(letter_parts(held.getvalue())) == made.text


def test_the_same_words_give_the_same_bytes() -> None:
    words = one(CAPPED).letter.words
    first, second = (our_template(Recipient.EMPLOYER, AS_AT) for _ in range(2))
    assert first.letter(words) == second.letter(words)
    assert "2026-11-22T00:00:00Z" in part(first.letter(words), "docProps/core.xml")
    with ZipFile(io.BytesIO(first.letter(words))) as parts:
        assert parts.testzip() is None
        assert {info.date_time for info in parts.infolist()} == {(2026, 11, 22, 0, 0, 0)}


def test_a_template_without_properties_gets_title_and_language(tmp_path: Path) -> None:
    path = rewritten(
        template(tmp_path, "{{ member_name }}"),
        lambda name, data: (
            None
            if name == "docProps/core.xml"
            else data.replace(
                b'<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-'
                b'package.core-properties+xml"/>',
                b"",
            )
            if name == "[Content_Types].xml"
            else data
        ),
    )
    letter = one(CAPPED, request=LettersWanted(SENDER, own=own(path))).letter
    opened: Any = docx.Document(io.BytesIO(letter.docx))
    assert opened.core_properties.title == letter.words["subject"]


def test_the_language_is_read_the_same_with_any_spacing() -> None:
    env = environment(in_word=True)
    check("{{member_name}}{%if is_estimate%}x{%endif%}{# a remark #}", env)
    with pytest.raises(BadTemplate):
        check("{%if is_estimat%}x{%endif%}", env)
