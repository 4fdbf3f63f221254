"""What a template may say: the placeholders, conditions on them, and loops over the lists; nothing else.

Jinja can compute, call and import. A letter needs none of it, so a template is read as a syntax tree and
every other kind of node is refused. What is left always ends: loops run over our lists alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from rapidfuzz import fuzz, process

from calculator.letters.placeholders import BY_NAME

FILTERS = ("upper", "lower", "capitalize", "join", "length")
MOST_DEPTH = 3
"""Loops within loops."""
_LOOP = ("index", "first", "last", "length")
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_ONLY = (
    "a template may hold {{ names }}, {% if name %} … {% endif %} and {% for line in list %} … "
    "{% endfor %} only"
)


_FIELDS = {found.row: frozenset(found.fields) for found in BY_NAME.values() if found.row}


class BadTemplate(ValueError):
    """A template that says something it may not; the message is what to tell the person."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which besides no operator computes, neither when run nor when compiled."""

    intercepted_binops = frozenset(["//", "%", "+", "*", "-", "/", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of one of our rows at once; anything else by the sandbox's own rules."""
        if attribute in _FIELDS.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, *_arguments: Any) -> Any:
        raise SecurityError(_ONLY)

    def call_unop(self, *_arguments: Any) -> Any:
        raise SecurityError(_ONLY)


def environment(in_word: bool) -> ImmutableSandboxedEnvironment:
    """The environment for parts with text of Word, or for plain XML, where lines are set apart by spaces.

    Escapes what it fills in, stops at a name it does not know, and has no globals, tests or loader.
    """
    made = _Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_lines if in_word else _one_line,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.tests.clear()
    for name in list(made.filters):
        if name not in FILTERS:
            del made.filters[name]
    return made


def _lines(value: Any) -> Any:
    """A list as lines of one text, as Word breaks lines."""
    if isinstance(value, tuple):
        value = "\n".join(str(part) for part in value)
    if isinstance(value, str) and "\n" in value:
        return _BREAK.join(escape(line) for line in value.split("\n"))
    return value


def _one_line(value: Any) -> Any:
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else value


@dataclass
class _Reading:
    """What is known while a tree is read: loop variables, and the names nobody knows."""

    scope: dict[str, tuple[str, type[tuple[Any, ...]] | None]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    depth: int = 0


def check(source: str, env: ImmutableSandboxedEnvironment) -> None:
    """Refuse a template part that says anything but placeholders, conditions and loops over lists.

    BadTemplate names what is wrong: an unknown placeholder with the nearest right one, or a construction
    that is not allowed.
    """
    try:
        tree = env.parse(source)
    except RecursionError:
        raise BadTemplate("the template is nested too deeply.") from None
    except TemplateError as error:
        said = " ".join(str(error.message or "").split())[:120]
        raise BadTemplate(f"a placeholder or condition cannot be read: {said}") from None
    reading = _Reading()
    try:
        for node in tree.body:
            _statement(node, reading)
    except RecursionError:
        raise BadTemplate("the template is nested too deeply.") from None
    if reading.unknown:
        raise BadTemplate(" ".join(list(_suggestions(reading.unknown))[:5]))


def _suggestions(names: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        shown = name if len(name) <= 40 else f"{name[:39]}…"
        found = process.extractOne(
            name.rpartition(".")[2], _choices(name), scorer=fuzz.ratio, score_cutoff=50
        )
        nearest = f" The nearest is {found[0]}." if found else ""
        yield f"{{{{ {shown} }}}} is no placeholder.{nearest}"


def _choices(name: str) -> list[str]:
    if "." not in name:
        return list(BY_NAME)
    return sorted({field for placeholder in BY_NAME.values() for field in placeholder.fields})


def _statement(node: nodes.Node, reading: _Reading) -> None:
    if isinstance(node, nodes.Output):
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                _expression(part, reading)
    elif isinstance(node, nodes.If):
        _expression(node.test, reading)
        for inner in (*node.body, *node.elif_, *node.else_):
            _statement(inner, reading)
    elif isinstance(node, nodes.For):
        _loop(node, reading)
    else:
        raise BadTemplate(f"{_ONLY}.")


def _loop(node: nodes.For, reading: _Reading) -> None:
    if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
        raise BadTemplate(f"{_ONLY}.")
    row = _list_row(node.iter, reading)
    name = node.target.name
    if name in BY_NAME:
        raise BadTemplate(f"{{% for {name} in … %}}: {name} is a placeholder; use another word.")
    if reading.depth >= MOST_DEPTH:
        raise BadTemplate(f"loops may stand in one another at most {MOST_DEPTH} deep.")
    before = dict(reading.scope)
    reading.scope[name] = ("row" if row else "text", row)
    reading.scope["loop"] = ("loop", None)
    reading.depth += 1
    for inner in node.body:
        _statement(inner, reading)
    reading.depth -= 1
    reading.scope = before
    for inner in node.else_:
        _statement(inner, reading)


def _list_row(node: nodes.Node, reading: _Reading) -> type[tuple[Any, ...]] | None:
    """The rows of what a loop runs over, None for texts. BadTemplate for what is no list."""
    if isinstance(node, nodes.Name) and node.name not in reading.scope:
        placeholder = BY_NAME.get(node.name)
        if placeholder is None:
            reading.unknown.append(node.name)
            return None
        if placeholder.is_list:
            return placeholder.row
        raise BadTemplate(f"{node.name} is one text and no list; write {{{{ {node.name} }}}}.")
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        _, row = reading.scope.get(node.node.name, ("", None))
        if row is not None and get_type_hints(row).get(node.attr) == tuple[str, ...]:
            return None
    raise BadTemplate("a loop may run over one of the lists only.")


def _expression(node: nodes.Node, reading: _Reading) -> None:
    if isinstance(node, nodes.Const):
        return
    if isinstance(node, nodes.Name):
        if node.name not in BY_NAME and node.name not in reading.scope:
            reading.unknown.append(node.name)
        return
    if isinstance(node, nodes.Getattr):
        _field(node, reading)
        return
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS or node.node is None or node.kwargs or node.dyn_args:
            raise BadTemplate(f"the filter {node.name[:40]} cannot be used.")
        if any(not isinstance(argument, nodes.Const) for argument in node.args):
            raise BadTemplate(f"{_ONLY}.")
        _expression(node.node, reading)
        return
    if isinstance(node, nodes.Compare):
        if any(operand.op not in ("eq", "ne") for operand in node.ops):
            raise BadTemplate("a condition may compare with == and != only.")
        for compared in (node.expr, *(operand.expr for operand in node.ops)):
            _expression(compared, reading)
        return
    if isinstance(node, (nodes.And, nodes.Or, nodes.Not, nodes.CondExpr)):
        for inner in node.iter_child_nodes():
            _expression(inner, reading)
        return
    raise BadTemplate(f"{_ONLY}.")


def _field(node: nodes.Getattr, reading: _Reading) -> None:
    if not isinstance(node.node, nodes.Name):
        raise BadTemplate(f"{_ONLY}.")
    name = node.node.name
    kind, row = reading.scope.get(name, ("", None))
    if kind == "loop":
        allowed: tuple[str, ...] = _LOOP
    elif kind == "row":
        allowed = getattr(row, "_fields", ())
    elif not kind and name in BY_NAME:
        raise BadTemplate(f"{name} has no parts; write {{{{ {name} }}}}.")
    else:
        allowed = ()
    if node.attr not in allowed:
        reading.unknown.append(f"{name}.{node.attr}")
