"""The list of placeholders for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.letters.placeholders import PLACEHOLDERS


def placeholder_lines() -> Iterator[str]:
    """Give a line for each placeholder, below the name of its group."""
    group = ""
    for placeholder in PLACEHOLDERS:
        if placeholder.group != group:
            yield f"\n{placeholder.group}" if group else placeholder.group
            group = placeholder.group
        fields = f" Fields: {', '.join(placeholder.fields)}." if placeholder.fields else ""
        yield f"  {placeholder.name:<28} {placeholder.says.replace('`', '')}.{fields}"
