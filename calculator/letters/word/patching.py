"""Marked-up parts of a Word template made ready for Jinja by docxtpl, in a limited process where not ours.

Word splits what a person types over several runs. docxtpl puts ``{{ name }}`` together again and lifts
``{%p %}`` and ``{%tr %}`` out of the paragraph or row they stand in.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from calculator.spreadsheets.child import Limits, limit

_HERE = str(Path(__file__).parents[3])
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from calculator.letters.word.patching import main; main()"
)
LIMITS = Limits(memory=1_000_000_000, cpu_seconds=20, wall_seconds=40)


class TooMuch(Exception):
    """Reading the template takes more memory or time than a letter's template ever needs."""


def patched(texts: dict[str, str]) -> dict[str, str]:
    """The XML of parts by name, ready for Jinja."""
    from docxtpl import DocxTemplate

    template = DocxTemplate("")
    return {name: template.patch_xml(text) for name, text in texts.items()}


def patched_apart(texts: dict[str, str], limits: Limits = LIMITS) -> dict[str, str]:
    """As :func:`patched`, in a child process of limited memory and time, for a template not our own.

    TooMuch where it does not end within the limits.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _PROGRAM, _HERE, *map(str, limits)],
            input=json.dumps(texts).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise TooMuch from None
    if done.returncode or not isinstance(found, dict):
        raise TooMuch
    return {str(name): str(text) for name, text in found.items()}


def main() -> None:
    """Patch what standard input holds, within the limits of the command line."""
    limits = Limits(*map(int, sys.argv[1:]))
    import docxtpl  # noqa: F401 - loaded before memory is limited

    limit(limits)
    json.dump(patched(json.load(sys.stdin.buffer)), sys.stdout)
