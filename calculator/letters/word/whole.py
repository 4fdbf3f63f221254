"""Whether a template makes a whole XML document of whatever it is filled in with.

So it does where each condition and each loop closes the elements that it opens, as all that is filled in is
escaped. Seen once, it need not be seen again letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ENTITY = r"&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);"
_TEXT = re.compile(rf"(?:[^<>&]|{_ENTITY})*")
_TAG = re.compile(
    rf'<(?:/([\w:.-]+)\s*|([\w:.-]+)(?:\s+[\w:.-]+="(?:[^"<>&]|{_ENTITY})*")*\s*(/?))>'
)
_READ_OTHERWISE = ("<!", "{#")
"""What XML and Jinja leave out, each in its own way: what one does not see the other may."""


def always_whole(source: str, env: ImmutableSandboxedEnvironment, text: str | None = None) -> bool:
    """Whether every filling in of a checked template part is whole. False says nothing.

    Takes the part as :func:`calculator.letters.word.language.check` has passed it. ``text`` is the element that
    alone may hold what is filled in, and may end and begin again there; None where any may. Filters,
    constants and all that is no plain tag or text count as not seen.
    """
    if any(mark in source for mark in _READ_OTHERWISE):
        return False
    tree = env.parse(source)
    shown = [part for found in tree.find_all(nodes.Output) for part in found.nodes]
    if any(
        isinstance(part, (nodes.Filter, nodes.Const))
        or any(part.find_all((nodes.Filter, nodes.Const)))
        for part in shown
    ):
        return False
    return _whole(tree.body, None, text)


def _whole(body: Sequence[nodes.Node], outer: str | None, text: str | None) -> bool:
    """Whether a body closes what it opens, and nothing else.

    ``outer`` is the element it stands in; None for a document, which has one root and nothing beside it.
    """
    opened: list[str] = []
    roots = 0
    for part in _parts(body):
        if not isinstance(part, nodes.TemplateData):
            inside = opened[-1] if opened else outer
            is_filled_in = isinstance(part, nodes.Expr)
            if inside is None or (is_filled_in and text not in (None, inside)):
                return False
            if not all(_whole(inner, inside, text) for inner in _bodies(part)):
                return False
            continue
        end = 0
        for tag in _TAG.finditer(part.data):
            if not _is_text(part.data[end : tag.start()], beside=outer is None and not opened):
                return False
            closes, opens, is_empty = tag.groups()
            if closes:
                if not opened or opened.pop() != closes:
                    return False
            else:
                if not opened and outer is None and opens == text:
                    return False
                roots += not opened
                if not is_empty:
                    opened.append(opens)
            end = tag.end()
        if not _is_text(part.data[end:], beside=outer is None and not opened):
            return False
    return not opened and (roots == 1 or outer is not None)


def _is_text(between: str, beside: bool) -> bool:
    """Whether what stands between two tags is text, or nothing where it stands beside the root."""
    return not between.strip() if beside else _TEXT.fullmatch(between) is not None


def _parts(body: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    for node in body:
        if isinstance(node, nodes.Output):
            yield from node.nodes
        else:
            yield node


def _bodies(part: nodes.Node) -> tuple[Sequence[nodes.Node], ...]:
    if isinstance(part, nodes.If):
        return part.body, part.elif_, part.else_
    return (part.body, part.else_) if isinstance(part, nodes.For) else ()
