"""Makes the reference pages of the docs from the lists that the program itself uses.

``python3 tasks.py docs`` writes them; a test keeps them the same as the lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from calculator.calculation.codes import (
    ASSUMPTIONS,
    CONFIDENCES,
    QUESTIONS,
    REASONS,
    TO_CHECK,
    TRIAGES,
    URGENCIES,
)
from calculator.calculation.result_columns import OUTPUTS
from calculator.calculation.schema import SCHEMAS
from calculator.facts.aliases import ALIASES, LAST
from calculator.letters.placeholders import PLACEHOLDERS
from calculator.letters.word.language import FILTERS
from calculator.spreadsheets.template.book import choices, template_fields
from rules.positions import POSITIONS
from tools import provisions


def pages() -> dict[str, str]:
    """Make each page by its file name in docs."""
    return {
        "fields.md": "\n".join(_fields()) + "\n",
        "columns.md": "\n".join(_columns()) + "\n",
        "reasons.md": "\n".join(_reasons()) + "\n",
        "positions.md": "\n".join(_positions()) + "\n",
        "placeholders.md": "\n".join(_placeholders()) + "\n",
        "provisions.md": "\n".join(provisions.lines()),
        **{
            f"{name}.schema.json": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
            for name, schema in SCHEMAS.items()
        },
    }


def _fields() -> Iterator[str]:
    yield "# Input fields\n"
    yield (
        "One row is one exit. Only the case reference and the date of exit are required. A heading may be "
        "the name, the heading or one of the other headings; case, spaces, punctuation and £ do not "
        "matter."
    )
    section = ""
    for field in template_fields():
        if field.section != section:
            section = field.section
            yield f"\n## {section}\n"
            yield "| name | heading | kind | what to enter | other headings |"
            yield "|---|---|---|---|---|"
        kind = ", ".join(f"`{name}`" for name in field.choice_names) or field.kind.value
        if field.listed:
            kind += ": " + ", ".join(f"`{name}`" for name in choices(field))
        aliases = ", ".join(
            (*field.aliases, *ALIASES.get(field.name, ()), *LAST.get(field.name, ()))
        )
        required = " Required." if field.required else ""
        yield f"| `{field.name}` | {field.heading} | {kind} | {field.help}{required} | {aliases} |"


def _columns() -> Iterator[str]:
    yield "# Output columns\n"
    yield (
        "In this order, after the person's own columns. Money in CSV and JSON is text with two decimals, "
        "days are ISO; an unknown figure is empty, never 0.\n"
    )
    yield "| name | heading | kind |"
    yield "|---|---|---|"
    for output in OUTPUTS:
        yield f"| `{output.name}` | {output.heading} | {output.kind.value} |"


def _reasons() -> Iterator[str]:
    yield "# Codes and their sentences\n"
    for heading, words in (
        ("Triage: what is to be done with a case", TRIAGES),
        ("Urgency", URGENCIES),
        ("Confidence", CONFIDENCES),
        ("Reasons", REASONS),
        ("To check before a letter to the employer or the scheme", TO_CHECK),
        ("Assumptions", ASSUMPTIONS),
        ("Questions to the employer", QUESTIONS),
    ):
        yield f"## {heading}\n"
        yield "| code | sentence |"
        yield "|---|---|"
        for code, sentence in words.items():
            yield f"| `{code}` | {sentence} |"
        yield ""


def _positions() -> Iterator[str]:
    yield "# Positions\n"
    yield (
        "Open questions of law, each with a default. They are shown on every output and can be changed "
        "with `--positions FILE.toml`, a file of lines such as `interest_start = 'revocation'`.\n"
    )
    yield "| name | default | other values | question | why it is open |"
    yield "|---|---|---|---|---|"
    for position in POSITIONS:
        others = ", ".join(f"`{value}`" for value in position.values[1:]) or "any amount in pounds"
        yield (
            f"| `{position.name}` | `{position.values[0]}` | {others} | {position.question} | "
            f"{position.why_open} |"
        )


def _placeholders() -> Iterator[str]:
    yield "# Placeholders of letters\n"
    yield (
        "The names a Word template may use, as `{{ name }}`; how to use them is in [letters](letters.md). "
        "Money is shown as £1,234.56 and a day as 31 December 2020; what is not known is empty. "
        f"Filters: {', '.join(f'`{name}`' for name in FILTERS)}."
    )
    group = ""
    for placeholder in PLACEHOLDERS:
        if placeholder.group != group:
            group = placeholder.group
            yield f"\n## {group}\n"
            yield "| name | what it says | fields |"
            yield "|---|---|---|"
        fields = ", ".join(f"`{name}`" for name in placeholder.fields)
        yield f"| `{placeholder.name}` | {placeholder.says} | {fields} |"


def main() -> None:
    """Write the pages to the folder docs."""
    docs = Path(__file__).resolve().parent.parent / "docs"
    for name, text in pages().items():
        (docs / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
