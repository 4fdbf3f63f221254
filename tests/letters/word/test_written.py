"""A union's Word template as Word and people make it: what is filled in, and what is refused in plain words."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml

from calculator.facts.problems import FileProblem
from calculator.letters.letter import LettersWanted
from calculator.letters.recipients import Recipient
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.templates import their_template
from tests.letters.word.test_templates import filled, rewritten, template
from tests.letters_helpers import AS_AT, CAPPED, SENDER, one, own, part

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refused(path: Path) -> str:
    """Why a template is refused, without the name of its file."""
    with pytest.raises(FileProblem) as problem:
        their_template(OwnLetter.read(path), AS_AT)
    said = str(problem.value)
    assert len(said) < 300, "the end would be cut off"
    return said.removeprefix("letter.docx: ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Dear {member_name}", "write {{ member_name }}. It is in the paragraph “Dear {member_name}”"),
        ("We claim {member_total}} and", "not filled in: write {{ member_total }}"),
        ("{{ employer_name }} owes {{ member_total }", "not filled in: write {{ member_total }}"),
        ("{ { scheme_total } }", "not filled in: write {{ scheme_total }}"),
        ("${member_name}", "not filled in: write {{ member_name }}"),
        ("{{ addressee }} «Member Name»", "«Member Name» would not be filled in: write {{ member_name }}"),
        ("{{ addressee }} <<member-total>>", "write {{ member_total }}"),
        ("{{ addressee }} [exit_date]", "write {{ exit_date }}"),
        ("{{ addressee }} %exit_date%", "write {{ exit_date }}"),
        ("{{ member name }}", "a name is one word: member_name"),
        ("{{ Member-Name }}", "a name is one word: member_name"),
        ("{{ some words of mine }}", "a name is one word: some_words_of_mine"),
        ("{{ }}", "holds no name"),
        ("{{ endif }}", "write {% endif %}"),
        ("{{ member_name | }}", "{{ member_name | }} cannot be read. It is in the paragraph"),
        ("{% if is_estimate %}a{% end if %}", "write {% endif %}, not {% end if %}"),
        ("{% if is_estimate %}a{% else if role %}b{% endif %}", "write {% elif … %}, not {% else if role %}"),
        ("{% If is_estimate %}a{% endif %}", "write {% if … %}, not {% If is_estimate %}"),
        ("{% if is_estimate and %}a{% endif %}", "{% if is_estimate and %} cannot be read"),
        ("{% if is_estimate %}a", "{% if … %} needs {% endif %} after it"),
        ("a{% endif %}", "{% endif %} needs {% if … %} before it"),
        ("{% for x in law %}{{ x }}{% endif %}", "{% for … %} ends with {% endfor %}, not with {% endif %}"),
        ("{% if is_estimate a {{ role }}", "a condition is not closed"),
        ("{%p if role %} Yours {%p endif %}", "write {%p … %} on a line of its own"),
        ("{% p if role %}", "write {%p … %}, with the p next to the sign"),
        ("{%tr for x in law %}", "{%tr … %} belongs in a table"),
        ("No name at all", "holds no placeholder, so every letter would be the same"),
    ],
)  # fmt: skip
def test_what_would_not_be_filled_in_is_refused_with_how_to_write_it(
    tmp_path: Path, line: str, said: str
) -> None:
    assert said in refused(template(tmp_path, "We act for our member.", line))


def test_a_block_of_paragraphs_that_ends_as_one_within_a_line_is_refused(tmp_path: Path) -> None:
    path = template(tmp_path, "{%p if role %}", "{{ role }}{% endif %}")
    assert "after {%p if … %} write {%p endif %}, not {% endif %}" in refused(path)


def test_text_in_the_row_of_a_loop_is_refused(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "{%tr for row in payments %}", "{{ row.due }}"

    assert "write {%tr … %} in a row of its own" in refused(template(tmp_path, change=change))


def test_brackets_and_signs_that_name_no_placeholder_may_stay(tmp_path: Path) -> None:
    text = filled(template(tmp_path, "[Our bank] «Unité» 8% < 9% {{ “x” if role else ‘y’ }}"))
    assert text == "[Our bank] «Unité» 8% < 9% x"


def test_a_mail_merge_field_is_refused_by_its_name(tmp_path: Path) -> None:
    field = f'<w:fldSimple {W} w:instr=" MERGEFIELD Member_total "><w:r><w:t>«x»</w:t></w:r></w:fldSimple>'
    path = template(
        tmp_path,
        "{{ member_name }}",
        change=lambda document: document.paragraphs[0]._p.append(parse_xml(field)),
    )
    said = "the merge field Member_total would not be filled in. Write {{ member_total }}"
    assert refused(path).startswith(said)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<w:del {} w:id="1" w:author="Jo"><w:r><w:delText>x</w:delText></w:r></w:del>', "changes"),
        ('<w:ins {} w:id="1" w:author="Jo"><w:r><w:t>x</w:t></w:r></w:ins>', "changes"),
        ('<w:r {}><w:rPr><w:rPrChange w:id="1" w:author="Jo"/></w:rPr></w:r>', "changes"),
        ('<w:pPr {}><w:rPr><w:ins w:id="1" w:author="Jo"/></w:rPr></w:pPr>', "changes"),
        ('<w:r {}><w:commentReference w:id="0"/></w:r>', "comments"),
    ],
)
def test_tracked_changes_and_comments_are_refused(tmp_path: Path, inside: str, said: str) -> None:
    path = template(
        tmp_path,
        "Dear {{ addressee }}",
        change=lambda document: document.paragraphs[0]._p.append(parse_xml(inside.format(W))),
    )
    assert refused(path).startswith(f"holds {'tracked ' * (said == 'changes')}{said}")


def test_a_letterhead_saved_as_a_word_template_makes_documents(tmp_path: Path) -> None:
    kinds = (b"document.main+xml", b"template.main+xml")
    path = rewritten(
        template(tmp_path, "Dear {{ addressee }}"),
        lambda name, data: data.replace(*kinds) if name == "[Content_Types].xml" else data,
    )
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), own=own(path))
    letter = one(CAPPED, request=request)
    assert letter.text == "Dear Anytown Council"
    types = part(letter.letter.docx, "[Content_Types].xml")
    assert "document.main+xml" in types
    assert "template.main+xml" not in types


def test_a_control_bound_to_a_property_shows_what_is_filled_in(tmp_path: Path) -> None:
    control = (
        f"<w:sdt {W}><w:sdtPr><w:dataBinding w:xpath='/ns0:Properties[1]/ns0:Company[1]' w:storeItemID="
        "'{6668398D-A668-4E3E-A5EB-62B293D839F1}'/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>"
        "{{ employer_name }}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    company = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<Company>{{ employer_name }}</Company></Properties>"
    )
    path = rewritten(
        template(
            tmp_path,
            "For ",
            change=lambda document: document.paragraphs[0]._p.append(parse_xml(control)),
        ),
        lambda name, data: company if name == "docProps/app.xml" else data,
    )
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), own=own(path))
    letter = one({**CAPPED, "employer_name": "A & B <Council>"}, request=request)
    assert letter.text == "For A & B <Council>"
    assert "dataBinding" not in part(letter.letter.docx, "word/document.xml")
    assert "<Company>A &amp; B &lt;Council&gt;</Company>" in part(
        letter.letter.docx, "docProps/app.xml"
    )


def test_no_letter_names_who_wrote_the_template(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        properties = document.core_properties
        properties.author = properties.last_modified_by = "Jo Writer"
        properties.comments = "Jo to check"

    people = (
        b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:person w15:author="Jo Writer"/></w15:people>'
    )
    path = rewritten(
        template(tmp_path, "{{ member_name }}", change=change),
        lambda _, data: data,
        **{"word__people.xml": people},
    )
    request = LettersWanted(SENDER, (Recipient.EMPLOYER,), own=own(path))
    with ZipFile(io.BytesIO(one(CAPPED, request=request).letter.docx)) as letter:
        assert b"Jo " not in b"".join(letter.read(name) for name in letter.namelist())


def test_a_text_without_the_table_does_not_speak_of_it(tmp_path: Path) -> None:
    loop = ("{%p for part in sections %}", "{%p for line in part.paragraphs %}", "{{ line }}")
    alone = filled(template(tmp_path, "{{ claim }}", *loop, "{%p endfor %}", "{%p endfor %}"))
    assert "To our member: £" in alone
    assert "The table" not in alone
