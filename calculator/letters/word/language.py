"""What a template may say: the placeholders, conditions on them, and loops over the lists; nothing else.

Jinja can calculate, call and import. A letter needs none of it, so every other kind of node of its syntax
tree is refused. What is left always ends, as loops run over our lists alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

from jinja2 import StrictUndefined, meta, nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from rapidfuzz import fuzz, process

from calculator.letters.placeholders import BY_NAME

FILTERS = ("upper", "lower", "capitalize", "join", "length")
MOST_DEPTH = 3
"""Loops within loops."""
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For),
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
)
_ROWS = [placeholder.row for placeholder in BY_NAME.values() if placeholder.row is not None]
_FIELDS: dict[type, frozenset[str]] = {
    LoopContext: frozenset(("index", "first", "last", "length")),
    **{row: frozenset(get_type_hints(row)) for row in _ROWS},
}
_ALL_FIELDS = frozenset().union(*_FIELDS.values())
_LIST_FIELDS = frozenset(
    name for row in _ROWS for name, kind in get_type_hints(row).items() if kind is not str
)
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
ONLY = (
    "a template may hold {{ names }}, {% if name %} … {% endif %} and {% for line in list %} … "
    "{% endfor %} only"
)
_UNREADABLE = (
    "a placeholder, condition or loop cannot be read. Close each with }} or %}, each if with endif and each for "
    "with endfor."
)
_LISTS_ONLY = "a loop may run over one of the lists only."


class BadTemplate(ValueError):
    """A template that says something it may not; the message is what to tell the person."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with arithmetic switched off, in which only our rows and loops have parts."""

    intercepted_binops = frozenset(["//", "%", "+", "*", "-", "/", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a field of a row or of ``loop``; everything else is undefined."""
        if attribute in _FIELDS.get(type(obj), ()):
            return getattr(obj, attribute)
        return self.undefined(f"there is no {attribute[:40]} in what it is read from.")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Read a field, as :meth:`getattr`; filters may ask for one so."""
        return self.getattr(obj, str(argument))

    def call_binop(self, *_arguments: Any) -> Any:
        """Refuse arithmetic."""
        raise SecurityError(ONLY)

    def call_unop(self, *_arguments: Any) -> Any:
        """Refuse arithmetic."""
        raise SecurityError(ONLY)


def environment(in_word: bool) -> ImmutableSandboxedEnvironment:
    """Make the environment for text of Word, or for plain XML, where a list is separated by spaces.

    It escapes what it fills in, stops at an unknown name, and has no globals, tests or loader.
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
    """Write a list as lines of one text, with Word's line breaks."""
    if isinstance(value, tuple):
        value = "\n".join(str(part) for part in value)
    if isinstance(value, str) and "\n" in value:
        return _BREAK.join(escape(line) for line in value.split("\n"))
    return value


def _one_line(value: Any) -> Any:
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else value


def check(source: str, env: ImmutableSandboxedEnvironment) -> None:
    """Refuse a template part that says more than placeholders, conditions and loops over lists.

    BadTemplate names up to five unknown placeholders with the nearest right ones, or the construction
    that is not allowed.
    """
    try:
        tree = checked_tree(source, env)
        if _depth(tree) > MOST_DEPTH:
            raise BadTemplate(f"loops may stand in one another at most {MOST_DEPTH} deep.")
        unknown = list(_unknown(tree))
        run_over = [
            loop.iter.name for loop in tree.find_all(nodes.For) if isinstance(loop.iter, nodes.Name)
        ]
    except BadTemplate:
        raise
    except RecursionError:
        raise BadTemplate("the template is nested too deeply.") from None
    except (TemplateError, ValueError):
        raise BadTemplate(_UNREADABLE) from None
    if unknown:
        raise BadTemplate(" ".join(list(_suggestions(unknown))[:5]))
    if not set(run_over) <= BY_NAME.keys():
        raise BadTemplate(_LISTS_ONLY)


def checked_tree(source: str, env: ImmutableSandboxedEnvironment) -> nodes.Template:
    """Parse a template. BadTemplate for a construction that is not allowed; Jinja's error for its syntax."""
    tree = env.parse(source)
    for node in tree.find_all(nodes.Node):
        _check_node(node)
    return tree


def _check_node(node: nodes.Node) -> None:
    if not isinstance(node, _ALLOWED):
        raise BadTemplate(f"{ONLY}.")
    if isinstance(node, nodes.Operand) and node.op not in ("eq", "ne"):
        raise BadTemplate("a condition may compare with == and != only.")
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise BadTemplate(f"the filter {node.name[:40]} cannot be used.")
        if not all(isinstance(argument, nodes.Const) for argument in node.args):
            raise BadTemplate(f"{ONLY}.")
    if isinstance(node, nodes.Getattr):
        if not isinstance(node.node, nodes.Name):
            raise BadTemplate(f"{ONLY}.")
        if (name := node.node.name) in BY_NAME:
            raise BadTemplate(f"{name} has no parts; write {{{{ {name} }}}}.")
    if isinstance(node, nodes.For):
        _check_loop(node)


def _check_loop(node: nodes.For) -> None:
    if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
        raise BadTemplate(f"{ONLY}.")
    if (name := node.target.name) in BY_NAME:
        raise BadTemplate(f"{{% for {name} in … %}}: {name} is a placeholder; use another word.")
    runs_over = node.iter
    if isinstance(runs_over, nodes.Getattr) and runs_over.attr in _LIST_FIELDS:
        return
    if not isinstance(runs_over, nodes.Name):
        raise BadTemplate(_LISTS_ONLY)
    placeholder = BY_NAME.get(runs_over.name)
    if placeholder is not None and not placeholder.is_list:
        name = placeholder.name
        raise BadTemplate(f"{name} is one text and no list; write {{{{ {name} }}}}.")


def _depth(node: nodes.Node) -> int:
    inner = max(map(_depth, node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def _unknown(tree: nodes.Template) -> Iterator[str]:
    """Yield the names that mean nothing, in the order of the template."""
    # Jinja declares ``self`` itself: it is the template, with what is inside it.
    undeclared = (meta.find_undeclared_variables(tree) | {"self"}) - BY_NAME.keys()
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        if isinstance(node, nodes.Name) and node.name in undeclared:
            yield node.name
        elif isinstance(node, nodes.Getattr) and node.attr not in _ALL_FIELDS:
            yield f"{getattr(node.node, 'name', '')}.{node.attr}"


def _suggestions(names: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        shortened = name if len(name) <= 40 else f"{name[:39]}…"
        choices = sorted(_ALL_FIELDS) if "." in name else list(BY_NAME)
        nearest = process.extractOne(
            name.rpartition(".")[2], choices, scorer=fuzz.ratio, score_cutoff=50
        )
        suggestion = f" The nearest is {nearest[0]}." if nearest else ""
        yield f"{{{{ {shortened} }}}} is no placeholder.{suggestion}"
