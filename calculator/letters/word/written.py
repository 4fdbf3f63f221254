"""Checks how the placeholders of a union's template are written, and quotes the paragraph where one is wrong.

What it refuses would stay in the letters as it is, or be refused by Jinja in words for programmers. What a
template may say is decided in :mod:`calculator.letters.word.language`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from rapidfuzz import fuzz, process

from calculator.facts.text import shortened
from calculator.letters.placeholders import BY_NAME
from calculator.letters.word.language import ONLY, BadTemplate, checked_tree, environment
from calculator.letters.word.preflight import field_codes, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{([^{}]*)\}\}|\{%([^{}]*)%\}|\{#[^{}]*#\}")
_LOOSE = re.compile(r"([\w-]*)[ %]*[{}][{} %]*([\w-]*)")
_OTHER_KINDS = re.compile(
    r"«([^«»]{1,60})»|<<([^<>]{1,60})>>|<([^<>]{1,60})>|\[([^\[\]]{1,60})\]|%([A-Za-z_]{1,60})%"
)
_STRAIGHT = str.maketrans("“”„‘’‚\u00a0", "\"\"\"'''\u0020")
_WORDS = re.compile(r"\w+(?:[ -]+\w+)+")
_BLOCKS = {"if": "endif", "for": "endfor"}
_KEYWORDS = ("if", "elif", "else", "endif", "for", "endfor")
_MEANT = {
    "end if": "endif",
    "end for": "endfor",
    "end": "endif",
    "next": "endfor",
    "else if": "elif",
    "elseif": "elif",
    "elsif": "elif",
}
_LETTERED = re.compile(r"(tr|tc|p|r)\s+(.*)", re.DOTALL)
_UNITS = {"p": ("p", "on a line"), "tr": ("tr", "in a row"), "tc": ("tc", "in a cell")}
"""What {%p %}, {%tr %} and {%tc %} take away with themselves, and where they are to be written."""
NO_PLACEHOLDER = (
    "holds no placeholder, so every letter would be the same. Write {{ member_name }} where the name goes. "
    "exitcap letters --list-fields prints all names."
)


def check_written(parts: Mapping[str, bytes], names: Sequence[str]) -> int:
    """Check the parts of a template that are filled in. Return how many placeholders they hold.

    BadTemplate says what is wrong and how to write it.
    """
    env = environment(in_word=True)
    filled_in = 0
    for name in names:
        root = parsed(parts[name])
        _check_merge_fields(root)
        open_blocks: list[tuple[str, str, str]] = []
        for paragraph in root.iter(f"{_W}p"):
            text = _text(paragraph).translate(_STRAIGHT)
            try:
                filled_in += _check_paragraph(paragraph, text, open_blocks, env)
            except BadTemplate as problem:
                raise BadTemplate(f"{problem} {_where(text)}") from None
        if open_blocks:
            keyword, letter, text = open_blocks[-1]
            end = f"{{%{letter} {_BLOCKS[keyword]} %}}"
            raise BadTemplate(f"{{%{letter} {keyword} … %}} needs {end} after it. {_where(text)}")
    return filled_in


def _where(text: str) -> str:
    return f"It is in the paragraph “{shortened(' '.join(text.split()))}”."


def _text(element: etree._Element) -> str:
    """Return the text of a paragraph, without that of paragraphs within it, as in a text box."""
    return "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    for inner in element:
        if inner.tag == f"{_W}t":
            yield inner.text or ""
        elif inner.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif inner.tag != f"{_W}p":
            yield from _texts(inner)


def _check_merge_fields(root: etree._Element) -> None:
    for code in field_codes(root):
        words = code.split()
        if words and words[0].upper() == "MERGEFIELD":
            name = words[1].strip('"') if len(words) > 1 else ""
            raise BadTemplate(
                f"the merge field {shortened(name)} would not be filled in. Write {_example(name)} in its place."
            )


def _check_paragraph(
    paragraph: etree._Element,
    text: str,
    open_blocks: list[tuple[str, str, str]],
    env: ImmutableSandboxedEnvironment,
) -> int:
    """Check one paragraph. Return how many placeholders it fills in."""
    filled_in = 0
    for tag in _TAG.finditer(text):
        if tag[1] is not None:
            _check_name(tag[1], env)
            filled_in += 1
        elif tag[2] is not None:
            letter = _check_block(tag[2], text, open_blocks, env)
            if letter in _UNITS:
                _check_alone(paragraph, letter)
    _check_rest(_TAG.sub("\n", text))
    return filled_in


def _check_name(inside: str, env: ImmutableSandboxedEnvironment) -> None:
    """Check what is between {{ and }}."""
    if re.match(r"(tr|tc|p|r)\s", inside):
        raise BadTemplate("write {{ name }}, without a letter such as r or p before the name.")
    name = inside.strip()
    if not name:
        raise BadTemplate("{{ }} holds no name: write {{ member_name }}.")
    if name.split()[0] in _KEYWORDS:
        raise BadTemplate(f"write {{% {shortened(name)} %}}, for it is no placeholder.")
    if _WORDS.fullmatch(name) and not {"if", "else", "and", "or", "not"} & set(name.split()):
        one_word = _known(name) or re.sub(r"[ -]+", "_", name)
        raise BadTemplate(
            f"{{{{ {shortened(name)} }}}}: a name is one word: {shortened(one_word)}."
        )
    _check_syntax(f"{{{{ {name} }}}}", f"{{{{ {name} }}}}", env)


def _check_block(
    inside: str,
    text: str,
    open_blocks: list[tuple[str, str, str]],
    env: ImmutableSandboxedEnvironment,
) -> str:
    """Check what is between {% and %}, and that blocks begin and end. Return the letter before it, as in {%p."""
    inside = inside.removeprefix("-").removesuffix("-")
    lettered = _LETTERED.match(inside)
    letter, said = (lettered[1], lettered[2].strip()) if lettered else ("", inside.strip())
    keyword, _, rest = said.partition(" ")
    if keyword not in _KEYWORDS or (keyword == "else" and rest):
        raise BadTemplate(_meant(letter, said))
    if keyword in _BLOCKS:
        shown, end = f"{{%{letter} {said} %}}", _BLOCKS[keyword]
        _check_syntax(shown, f"{{% {said} %}}{{% {end} %}}", env)
        open_blocks.append((keyword, letter, text))
        return letter
    if not open_blocks:
        begins = "for … in" if keyword == "endfor" else "if"
        raise BadTemplate(f"{{%{letter} {keyword} %}} needs {{%{letter} {begins} … %}} before it.")
    begun, begun_letter, _ = open_blocks[-1]
    if keyword in ("endif", "endfor") and keyword != _BLOCKS[begun]:
        raise BadTemplate(
            f"{{%{begun_letter} {begun} … %}} ends with {{%{begun_letter} {_BLOCKS[begun]} %}}, "
            f"not with {{%{letter} {keyword} %}}."
        )
    if letter != begun_letter:
        raise BadTemplate(
            f"after {{%{begun_letter} {begun} … %}} write {{%{begun_letter} {said} %}}, "
            f"not {{%{letter} {said} %}}."
        )
    if keyword == "elif":
        _check_syntax(
            f"{{%{letter} {said} %}}", f"{{% if is_estimate %}}{{% {said} %}}{{% endif %}}", env
        )
    if keyword in ("endif", "endfor"):
        open_blocks.pop()
    return letter


def _meant(letter: str, said: str) -> str:
    """Say how to write a block that is not known."""
    words = said.casefold().split()
    meant = _MEANT.get(" ".join(words[:2])) or _MEANT.get(words[0] if words else "")
    rest = " …" if meant == "elif" else ""
    if meant is None and words and words[0] in _KEYWORDS:
        meant, rest = words[0], " …" if words[0] in (*_BLOCKS, "elif") else ""
    if meant is None and words and words[0] in ("p", "tr", "tc"):
        return f"write {{%{words[0]} … %}}, with the {words[0]} next to the sign."
    if meant is None:
        return f"{ONLY}."
    return f"write {{%{letter} {meant}{rest} %}}, not {{%{letter} {shortened(said)} %}}."


def _check_syntax(shown: str, source: str, env: ImmutableSandboxedEnvironment) -> None:
    try:
        checked_tree(source, env)
    except RecursionError:
        raise BadTemplate("the template is nested too deeply.") from None
    except (TemplateError, ValueError) as error:
        if isinstance(error, BadTemplate):
            raise
        raise BadTemplate(f"{shortened(shown)} cannot be read.") from None


def _check_alone(paragraph: etree._Element, letter: str) -> None:
    """Refuse {%p … %} beside other text: docxtpl takes the paragraph, row or cell away with it."""
    tag, where = _UNITS[letter]
    unit = next(paragraph.iterancestors(f"{_W}{tag}"), None) if tag != "p" else paragraph
    if unit is None:
        raise BadTemplate(f"{{%{letter} … %}} belongs in a table.")
    paragraphs = [paragraph] if tag == "p" else list(unit.iter(f"{_W}p"))
    text = "".join(_text(each) for each in paragraphs)
    if len(_TAG.findall(text)) > 1 or _TAG.sub("", text).strip():
        raise BadTemplate(f"write {{%{letter} … %}} {where} of its own.")


def _check_rest(text: str) -> None:
    """Refuse braces that belong to no placeholder, and names marked in another way."""
    if loose := _LOOSE.search(text):
        before, after = loose.groups()
        name = after if "{" in loose[0] and after else before or after
        if "%" in loose[0]:
            raise BadTemplate(
                "a condition is not closed: write {% if name %}, all in one paragraph."
            )
        raise BadTemplate(f"a placeholder is not filled in: write {_example(name)}.")
    for other in _OTHER_KINDS.finditer(text):
        name = _known(next(group for group in other.groups() if group is not None))
        if name:
            raise BadTemplate(f"{other[0]} would not be filled in: write {{{{ {name} }}}}.")


def _known(name: str) -> str:
    """Return the placeholder that a name means, whatever its capitals, spaces and hyphens; "" for none."""
    return _KNOWN.get(re.sub(r"[\W_]", "", name).casefold(), "")


_KNOWN = {name.replace("_", ""): name for name in BY_NAME}


def _example(name: str) -> str:
    """Show how to write the placeholder that a name means, or the one nearest to it."""
    known = _known(name)
    if not known and name:
        nearest = process.extractOne(name, list(BY_NAME), scorer=fuzz.ratio, score_cutoff=50)
        known = nearest[0] if nearest else ""
    return f"{{{{ {known or 'member_name'} }}}}"
