"""Marked-up parts of a Word template made ready for Jinja by docxtpl.

Word splits what a person types over several runs. docxtpl puts ``{{ name }}`` together again and lifts
``{%p %}`` and ``{%tr %}`` out of the paragraph or row they stand in.
"""

from __future__ import annotations

from calculator.files.limited import Limits

LIMITS = Limits(memory=1_000_000_000, cpu_seconds=20, wall_seconds=40)
"""What reading and patching a template of others may use, in a limited process."""


def patched(texts: dict[str, str]) -> dict[str, str]:
    """Return the XML of parts by name, ready for Jinja. For a template of others call it in a limited process."""
    from docxtpl import DocxTemplate

    template = DocxTemplate("")
    return {name: template.patch_xml(text) for name, text in texts.items()}
