"""A text that tries every way of being drawn as something other than text, and what a screen drew of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from google.protobuf.message import Message  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token
from streamlit.proto.Html_pb2 import Html
from streamlit.testing.v1 import AppTest

WORD = "Qz7Marker"
FETCHED = "127.0.0.1:9/qz7"
MARKER = (
    f"{WORD} ![i](http://{FETCHED}.png) <img src=http://{FETCHED}.gif> [l](http://qz7.example) "
    "http://qz7.example/c <http://qz7.example> www.qz7.example WWW.qz7.example qz7@mail.example "
    ":material/home: :material_home: :smile: :streamlit: :red[r] :red-badge[r] $x^2$ $$y$$ **b** _i_ `c` "
    "~~s~~ a -> b <- c <-> d -- e >= f <= g ~= h &copy; [^1] \\* # end"
)
LINES = f"    {MARKER}\n=\n    {MARKER}\n---\n- {MARKER}\r# {MARKER}\n\n    {MARKER}"
_NOT_DRAWN = {
    "id",
    "options",
    "value",
    "raw_value",
    "default",
    "placeholder",
    "alt",
    "file_name",
    "url",
    "set_value",
}
_FOUND_IN_TEXT = re.compile(
    r"https?://|www\.|\w@\w|:material[/_]|:[\w+-]+:|:\w+(-badge)?\[|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    re.IGNORECASE,
)
"""What Streamlit 1.67 looks for in text, after the Markdown is read."""
_OF_PRINT = {
    *("h1", "h2", "h3", "h4", "p", "ul", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_HARMLESS = {"text", "softbreak", "hardbreak", "strong_open", "strong_close"}


def drawn_texts(app: AppTest) -> Iterator[str]:
    """All that a screen gave to be drawn as Markdown: every text of every element but those known as plain."""
    for table in app.table:
        frame = table.value
        yield from (str(cell) for cell in frame.columns)
        yield from (str(cell) for row in frame.values for cell in row)
    for element in _elements(app):
        if not isinstance(element, Html):
            yield from _texts(element)


def _elements(app: AppTest) -> Iterator[Message]:
    todo: list[Any] = [app._tree]
    while todo:
        node = todo.pop()
        todo += getattr(node, "children", {}).values()
        if isinstance(proto := getattr(node, "proto", None), Message):
            yield proto


def _texts(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _NOT_DRAWN:
            continue
        if field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                if isinstance(each, Message):
                    yield from _texts(each)
        elif field.type == field.TYPE_STRING:
            yield from value if field.is_repeated else [value]


def drawn_as_markup(text: str) -> list[str]:
    """What of a text with a marker would be drawn as something other than text."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    inline = [token for token in tokens if token.type == "inline" and WORD in token.content]
    if not inline:
        return ["no paragraph: " + text]
    found = []
    for paragraph in inline:
        children = paragraph.children or []
        found += [child.type for child in children if child.type not in _HARMLESS]
        plain = _joined(children)
        if match := _FOUND_IN_TEXT.search(plain):
            found.append(match[0])
    return found


def _joined(children: list[Token]) -> str:
    return "".join(child.content if child.type == "text" else "\n" for child in children)


class _Written(HTMLParser):
    """The elements of a piece of HTML that the print does not write itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, value in attrs if name.startswith("on") or WORD in (value or "")}
        if tag not in _OF_PRINT or names - {"aria-label", "data-of"}:
            self.foreign.append(f"{tag} {attrs}")


def foreign_in_html(html: str) -> list[str]:
    """What of a piece of HTML is more than tables, headings, lists and links that hold no text from outside."""
    return _Written(html).foreign


def all_as_text(app: AppTest) -> int:
    """Check each text of a screen that holds the marker. Gives how many there are."""
    texts = [text for text in drawn_texts(app) if WORD in text]
    for text in texts:
        assert drawn_as_markup(text) == [], text
    written = [each.body for each in _elements(app) if isinstance(each, Html) and WORD in each.body]
    for html in written:
        assert foreign_in_html(html) == []
    return len(texts) + len(written)
