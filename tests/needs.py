"""What some tests need of the system besides Python. tasks.py installs it, or says which tests are left out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from calculator.letters.word.fonts import has_widths_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SOFFICE = shutil.which("soffice") or ""


class Need(NamedTuple):
    """A thing of the system: its name, Debian's packages of it, the tests that need it, whether it is there."""

    name: str
    packages: tuple[str, ...]
    tests: str
    is_there: Callable[[], bool]

    @property
    def sentence(self) -> str:
        """What is missing, what is left out for it, and what to install."""
        packages = " and ".join(self.packages)
        return (
            f"{self.name} is missing, so {self.tests} are left out. Install {packages} to run them."
        )


def _libreoffice_has(part: str) -> bool:
    """Whether LibreOffice has one of its programs, which Debian packs one by one."""
    program = Path(SOFFICE).resolve().parent
    return bool(SOFFICE) and (sys.platform != "linux" or any(program.glob(f"lib{part}*lo.so")))


@cache
def _driver_starts() -> bool:
    asked = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603


NEEDS = {
    "chromium": Need(
        "Chromium", ("chromium",), "the tests of tests/browser", lambda: CHROMIUM is not None
    ),
    "driver": Need(
        "A library of Playwright's driver",
        ("libatomic1",),
        "the tests of tests/browser",
        _driver_starts,
    ),
    "calc": Need(
        "LibreOffice Calc",
        ("libreoffice-calc-nogui",),
        "the tests that save a workbook in LibreOffice",
        lambda: _libreoffice_has("sc"),
    ),
    "writer": Need(
        "LibreOffice Writer",
        ("libreoffice-writer-nogui",),
        "the tests of PDFs from a union's own template",
        lambda: _libreoffice_has("sw"),
    ),
    "poppler": Need(
        "Poppler",
        ("poppler-utils",),
        "the tests that read a PDF",
        lambda: None not in (shutil.which("pdfinfo"), shutil.which("pdftotext")),
    ),
    "font": Need(
        "A font with the widths of Arial",
        ("fonts-liberation",),
        "the tests that count a letter's pages",
        lambda: has_widths_of("Arial"),
    ),
}


def needs(*names: str) -> pytest.MarkDecorator:
    """Leave a test out where something that it needs is missing."""
    missing = [NEEDS[name].sentence for name in names if not NEEDS[name].is_there()]
    return pytest.mark.skipif(bool(missing), reason=" ".join(missing))


def skip_without(*names: str) -> None:
    """Leave out the test that is running where something that it needs is missing."""
    for name in names:
        if not NEEDS[name].is_there():
            pytest.skip(NEEDS[name].sentence)


def main() -> None:
    """Print what is missing as JSON: packages, and a sentence for each thing."""
    missing = [need for need in NEEDS.values() if not need.is_there()]
    packages = [package for need in missing for package in need.packages]
    print(json.dumps({"packages": packages, "sentences": [need.sentence for need in missing]}))


if __name__ == "__main__":
    main()
