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


def always_whole(source: str, env: ImmutableSandboxedEnvironment) -> bool:
    """Whether every filling in of a checked template part is whole. False says nothing.

    Takes the part as :func:`calculator.letters.language.check` has passed it. Filters and all that is no
    plain tag or text count as not seen.
    """
    tree = env.parse(source)
    return next(tree.find_all(nodes.Filter), None) is None and _whole(tree.body, document=True)


def _whole(body: Sequence[nodes.Node], document: bool = False) -> bool:
    """Whether a body closes what it opens, and nothing else; a document has one root and no text beside it."""
    opened: list[str] = []
    roots = 0
    for part in _parts(body):
        if not isinstance(part, nodes.TemplateData):
            if (document and not opened) or not all(_whole(inner) for inner in _bodies(part)):
                return False
            continue
        end = 0
        for tag in _TAG.finditer(part.data):
            if not _is_text(part.data[end : tag.start()], document and not opened):
                return False
            closes, opens, is_empty = tag.groups()
            if closes:
                if not opened or opened.pop() != closes:
                    return False
            else:
                roots += not opened
                if not is_empty:
                    opened.append(opens)
            end = tag.end()
        if not _is_text(part.data[end:], document and not opened):
            return False
    return not opened and (roots == 1 or not document)


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
