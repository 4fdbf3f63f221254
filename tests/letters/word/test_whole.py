"""A template part said to be always whole is whole XML, however its conditions and loops turn out."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from calculator.letters.plan import Recipient
from calculator.letters.word.house_letter import plain_template
from calculator.letters.word.language import check, environment
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.templates import our_template, their_template
from calculator.letters.word.whole import always_whole
from tests.letters_helpers import AS_AT

ENV, IN_WORD = environment(in_word=False), environment(in_word=True)
IF, LOOP, END_IF, END = (
    "{% if role %}",
    "{% for line in assumptions %}",
    "{% endif %}",
    "{% endfor %}",
)


def is_xml(text: str) -> bool:
    try:
        expat.ParserCreate().Parse(text.encode(), True)
    except expat.ExpatError:
        return False
    return True


def fillings(source: str, env: ImmutableSandboxedEnvironment = ENV) -> list[str]:
    template = env.from_string(source)
    hostile = "<b> & ]]> {{"
    return [
        template.render(role=role, assumptions=lines, member_name=hostile)
        for role in ("", hostile)
        for lines in ((), (hostile,), (hostile, "two\nthree"))
    ]


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("<a><b>{{ role }}</b></a>", True),
        (f"<a>{IF}<b/>{{% else %}}<c>x</c>{END_IF}</a>", True),
        (f"<a>{LOOP}<b>{{{{ line }}}}</b>{IF}<c/>{END_IF}{END}</a>", True),
        (f"<a>{IF}<b>{{% elif member_name %}}<b/>{END_IF}</a>", False),
        (f"<a><b>{IF}</b><b>{END_IF}</b></a>", False),
        (f"<a>{LOOP}</a><a>{END}</a>", False),
        (f"{IF}<a/>{{% else %}}<b/>{END_IF}", False),
        (f"<a/>{IF}<b/>{END_IF}", False),
        ("<a/><b/>", False),
        ("<a>{{ role }}", False),
        ("<a/>{{ role }}", False),
        ("x<a/>", False),
        ("<a>{{ role|upper }}</a>", False),
        ("<a><!-- {{ role }} --></a>", False),
        ("<a x='{{ role }}'/>", False),
        ('<a>{{ "x" }}</a>', False),
        ("<a>{#<b>#}{{ role }}{#</b>#}</a>", False),
        ('<a>{% if role == "x" %}<b/>{% endif %}</a>', True),
        ("<a>{{ role }} & b</a>", False),
    ],
)
def test_what_is_seen_to_be_whole(source: str, whole: bool) -> None:
    check(source, ENV)
    assert always_whole(source, ENV) is whole


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("<w:p><w:t>{{ assumptions }}</w:t></w:p>", True),
        ("<w:t>{{ assumptions }}</w:t>", False),
        (f"<w:p>{LOOP}<w:t>{IF}{{{{ line }}}}{END_IF}</w:t>{END}</w:p>", True),
        ("<x:t>{{ assumptions }}</x:t>", False),
        (f"<w:t>{IF}<x:t>{{{{ assumptions }}}}</x:t>{END_IF}</w:t>", False),
    ],
)
def test_lines_break_only_where_text_of_word_stands(source: str, whole: bool) -> None:
    assert always_whole(source, IN_WORD, "w:t") is whole
    assert not whole or all(map(is_xml, fillings(source, IN_WORD)))


pieces = st.sampled_from(
    [
        *("<a>", "</a>", "<b>", "</b>", "<c/>", '<a x="1">', "text", "{{ role }}", " "),
        *(IF, "{% else %}", END_IF, LOOP, END, "{{ line }}", "&amp;", "<", ">", '"'),
        *("<w:t>", "</w:t>", "{{ assumptions }}", "{#", "#}", "<!--", "-->", '{{ "x" }}'),
    ]
)
balanced = st.recursive(
    st.sampled_from(["<c/>", "text", "{{ role }}", "&amp;", "", "<w:t>{{ assumptions }}</w:t>"]),
    lambda inner: st.builds(
        lambda shape, parts: shape.format("".join(parts)),
        st.sampled_from(
            [
                *("<a>{}</a>", '<b x="1">{}</b>'),
                "{{% if role %}}{}{{% else %}}<c/>{{% endif %}}",
                "{{% for line in assumptions %}}{}{{% endfor %}}",
            ]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(balanced)
def test_what_closes_all_it_opens_is_seen_to_be_whole(inside: str) -> None:
    source = f"<a>{inside}</a>"
    assert always_whole(source, ENV)
    assert all(map(is_xml, fillings(source)))


@given(balanced, st.lists(st.tuples(pieces, st.integers(0, 200)), min_size=1, max_size=4))
def test_nothing_is_seen_to_be_whole_that_is_not(inside: str, more: list[tuple[str, int]]) -> None:
    source = f"<a>{inside}</a>"
    for piece, at in more:
        place = at % (len(source) + 1)
        source = source[:place] + piece + source[place:]
    try:
        filled = fillings(source)
    except TemplateError:
        return
    assert not always_whole(source, ENV) or all(map(is_xml, filled))
    seen = always_whole(source, IN_WORD, "w:t")
    assert not seen or all(map(is_xml, fillings(source, IN_WORD)))


@pytest.mark.parametrize("to", Recipient)
def test_the_plain_letter_is_whole_and_as_a_template_too(to: Recipient, tmp_path: Path) -> None:
    path = tmp_path / "plain.docx"
    path.write_bytes(plain_template(to))
    for template in (our_template(to, AS_AT), their_template(OwnLetter.read(path), AS_AT)):
        assert template.whole == set(template.filled)
