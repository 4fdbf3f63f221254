"""What the commands write is all there or nothing is, and their last line says truly which."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import ROOT
from tests.jobs.helpers import gone
from tests.test_commands import exitcap

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and signals of other systems")
HEADINGS = "case_ref,exit_date,severance_due,severance_paid"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small file of cases, in.csv, one that takes seconds, many.csv, and an old output."""
    rows = [f"C{n},2020-12-31,100000,95000" for n in range(40_000)]
    (tmp_path / "in.csv").write_text("\n".join([HEADINGS, *rows[:200]]), encoding="utf-8")
    (tmp_path / "many.csv").write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    (tmp_path / "old.xlsx").write_text("old", encoding="utf-8")
    return tmp_path


def limited(limit: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command run under a limit of the shell."""
    return subprocess.run(  # noqa: S603 - our own command
        [
            "/bin/sh",
            "-c",
            f'ulimit {limit}; exec "$@"',
            "sh",
            sys.executable,
            "-m",
            "calculator",
            *words,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("limit", ["-f 4", "-n 10"])
@pytest.mark.parametrize(
    "words",
    [
        ["template", "new.xlsx"],
        ["assess", "in.csv", "old.xlsx", "--force"],
        ["assess", "in.csv", "new.csv", "--problems", "problems.xlsx", "--save-map", "map.toml"],
        ["letters", "in.csv", "new.zip"],
        ["letters", "--save-template", "new.docx"],
    ],
    ids=" ".join,
)
def test_a_full_disk_or_few_files_at_once_is_one_line_and_nothing_is_lost(
    folder: Path, limit: str, words: list[str]
) -> None:
    before = content(folder)
    done = limited(limit, folder, *words)
    if done.returncode == 2:
        (line,) = done.stderr.splitlines()
        assert ": cannot be " in line
        assert any(word in line for word in words if "." in word)
        assert content(folder) == before
    else:
        assert limit != "-f 4", "it needs more room"
        assert done.stderr.splitlines()[-1].startswith("Written to ")


@pytest.mark.parametrize(
    "words",
    [
        ["assess", "in.csv", "new.csv", "--map", "notes=notes", "--save-map", "in.csv", "--force"],
        ["assess", "in.csv", "new.csv", "--save-map", "old.xlsx"],
        ["assess", "in.csv", "new.csv", "--save-map", "new.csv"],
        ["assess", "in.csv", "new.xlsx", "--problems", "new.xlsx"],
        [
            "assess",
            "in.csv",
            "new.csv",
            "--map-file",
            "old.xlsx",
            "--save-map",
            "old.xlsx",
            "--force",
        ],
        ["letters", "in.csv", "--save-template", "in.csv", "--force"],
        ["assess", "in.csv"],
        ["assess", "in.csv", "out.csv", "--none"],
        ["assess", "new\nline.csv", "out.csv"],
        ["case", "new\nline.json"],
        ["template", "in\n.csv"],
        ["assess", "in.csv", "out.csv", "--positions", "wrong\nname.toml"],
        ["assess", "in.csv", "out.csv", "--rates", "wrong\nname.toml"],
        ["letters", "in.csv", "out.zip", "--sender", "wrong\nname.toml"],
        ["letters", "in.csv", "out.zip", "--template", "wrong\nname.toml"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    folder: Path, words: list[str]
) -> None:
    (folder / "wrong\nname.toml").write_text("wrong = true", encoding="utf-8")
    before = content(folder)
    done = exitcap(*words, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert content(folder) == before


def test_all_that_was_written_is_said(folder: Path) -> None:
    words = ["--problems", "p.xlsx", "--save-map", "map.toml"]
    done = exitcap("assess", "in.csv", "new.csv", *words, cwd=folder)
    assert done.stderr.splitlines()[-1] == "Written to new.csv, p.xlsx and map.toml."
    assert {"new.csv", "p.xlsx", "map.toml"} <= content(folder).keys()


def test_what_a_killed_run_left_goes_with_the_next(folder: Path) -> None:
    command = [sys.executable, "-m", "calculator", "assess", "many.csv", "out.csv"]
    with subprocess.Popen(command, cwd=folder) as working:  # noqa: S603 - our own command
        while not list(folder.glob(".unfinished-*/*")):
            time.sleep(0.01)
        assert exitcap("template", "a.xlsx", cwd=folder).returncode == 0
        assert list(folder.glob(".unfinished-*")), "one that runs is left alone"
        working.kill()
    assert list(folder.glob(".unfinished-*"))
    assert exitcap("template", "b.xlsx", cwd=folder).returncode == 0
    assert sorted(content(folder)) == ["a.xlsx", "b.xlsx", "in.csv", "many.csv", "old.xlsx"]


def test_a_signal_after_the_last_line_changes_nothing(folder: Path) -> None:
    command = [sys.executable, "-m", "calculator", "assess", "in.csv", "new.csv"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as working:  # noqa: S603
        assert working.stderr is not None
        while not working.stderr.readline().startswith("Written to"):
            pass
        working.send_signal(signal.SIGTERM)
        assert working.wait(20) == 0


def test_a_stop_while_the_program_is_loaded_is_one_line() -> None:
    program = (
        "import os, signal, sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from calculator.__main__ import main\nmain()"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "Stopped. Nothing was written.\n")


def test_a_stop_in_code_made_from_text_has_its_own_status_too(tmp_path: Path) -> None:
    program = (
        "import os, signal\n"
        "from calculator.command_line import run_safely\n"
        "text = 'os.kill(os.getpid(), signal.SIGTERM)'\n"
        "run_safely(lambda: exec(text))"
    )
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "program"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "Stopped. Nothing was written.\n")


def test_an_output_that_is_closed_is_an_error(folder: Path) -> None:
    (folder / "case.json").write_text('{"case_ref": "A"}', encoding="utf-8")
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            'exec "$@" >&-',
            "sh",
            sys.executable,
            "-m",
            "calculator",
            "case",
            "case.json",
        ],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "exitcap: the output cannot be written\n")


SOFFICE = """#!/bin/sh
for word; do case "$word" in *.docx) cp "$word" "${word%.docx}.pdf";; esac; done
sleep 30 & echo $! > "$STARTED"; wait
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_stop_while_libreoffice_works_leaves_no_letter(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from calculator.letters.recipients import Recipient
    from calculator.letters.word.house_letter import house_template

    (folder / "own.docx").write_bytes(house_template(Recipient.MEMBER))
    program, temporary, started = folder / "bin", folder / "tmp", folder / "started"
    program.mkdir()
    temporary.mkdir()
    (program / "soffice").write_text(SOFFICE, encoding="utf-8")
    (program / "soffice").chmod(0o700)
    words = ["letters", "in.csv", "out.zip", "--to", "member", "--template", "own.docx", "--pdf"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "calculator", *words],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
            "TMPDIR": str(temporary),
            "STARTED": str(started),
        },
        stderr=subprocess.PIPE,
        text=True,
    ) as working:
        signal.signal(signal.SIGINT, before)
        while not (started.is_file() and started.read_text(encoding="utf-8")):
            assert working.poll() is None
            time.sleep(0.02)
        assert list(temporary.rglob("*.pdf"))
        working.send_signal(number)
        _, said = working.communicate(timeout=20)
    assert gone(int(started.read_text(encoding="utf-8")))
    if number == signal.SIGKILL:
        assert list(temporary.iterdir())
        monkeypatch.setenv("TMPDIR", str(temporary))
        assert exitcap("employer", "Leeds").returncode == 0, "any command removes it"
    else:
        assert (working.returncode, said) == (130, "Stopped. Nothing was written.\n")
    assert list(temporary.iterdir()) == []
    assert not (folder / "out.zip").exists()
