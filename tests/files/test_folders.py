"""Folders of programs that run no more are removed; those of programs that run are left alone."""

from __future__ import annotations

import atexit
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from calculator.files import folders
from calculator.files.folders import Folder, remove_leftovers, temporary_folder

PROGRAM = (
    "import os, sys; from pathlib import Path; from calculator.files.folders import Folder\n"
    "folder = Folder(Path(sys.argv[1])).path; (folder / 'letter').touch(); print(folder, flush=True)\n"
    "sys.stdin.read()"
)


def program_with_folder(where: Path) -> tuple[subprocess.Popen[str], Path]:
    """A program that holds a folder until its input ends, and the folder."""
    program = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", PROGRAM, str(where)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    return program, Path(program.stdout.readline().strip())


def test_what_a_killed_program_left_goes_with_the_next_folder(tmp_path: Path) -> None:
    program, left = program_with_folder(tmp_path)
    Folder(tmp_path).remove()
    assert list(left.iterdir())
    with program:
        program.kill()
    assert list(left.iterdir())
    Folder(tmp_path).remove()
    assert not list(tmp_path.iterdir())


def test_a_folder_goes_at_the_end_of_the_program(tmp_path: Path) -> None:
    program, left = program_with_folder(tmp_path)
    assert left.is_dir()
    program.communicate()
    assert not list(tmp_path.iterdir())


def test_only_folders_of_ours_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    young = tmp_path / "exit-cap-young"
    young.mkdir()
    theirs = tmp_path / "exit-cap-theirs"
    theirs.mkdir()
    (theirs / "mine.txt").touch()
    (tmp_path / "another").mkdir()
    (tmp_path / "exit-cap-link").symlink_to(theirs)
    remove_leftovers(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    remove_leftovers(tmp_path)
    assert not young.exists()
    assert len(list(tmp_path.iterdir())) == 3
    assert (theirs / "mine.txt").is_file()


def test_a_temporary_folder_is_removed_after_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuntimeError), temporary_folder() as folder:  # noqa: PT012
        (folder / "part").touch()
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_a_folder_that_could_not_be_removed_is_tried_again_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: list[object] = []
    monkeypatch.setattr(atexit, "register", registered.append)
    monkeypatch.setattr(atexit, "unregister", registered.remove)
    Folder(tmp_path).remove()
    assert (registered, list(tmp_path.iterdir())) == ([], [])
    with monkeypatch.context() as locked:
        locked.setattr(folders, "remove", lambda _: None)
        Folder(tmp_path).remove()
    assert len(registered) == len(list(tmp_path.iterdir())) == 1
