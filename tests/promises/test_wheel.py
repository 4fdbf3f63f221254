"""The built wheel holds all it needs: it runs with nothing of the checkout beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests import ROOT


def test_the_wheel_runs_alone(tmp_path: Path) -> None:
    subprocess.run(  # noqa: S603 - our own build
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    alone = tmp_path / "alone"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(alone)
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "tools/"))]
    assert "calculator/screens/style.css" in names
    texts = (ROOT / "calculator" / "letters" / "text").rglob("*.j2")
    assert {path.relative_to(ROOT).as_posix() for path in texts} <= set(names)
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import calculator, rules, runpy; "
        "sys.modules.update(tools=None, tests=None, benchmarks=None); "
        "assert 'alone' in calculator.__file__ and 'alone' in rules.__file__; "
        "runpy.run_module('calculator', run_name='__main__')"
    )
    for words, expected in (
        (["check"], ", 0 not; 0 examples failed."),
        (["letters", "--list-fields"], "member_name"),
    ):
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-P", "-c", code, str(alone), *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": ""},
        )
        assert done.returncode == 0, done.stderr
        assert expected in done.stdout
