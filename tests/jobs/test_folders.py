"""Folders of sessions: those of a server that runs are left alone."""

from __future__ import annotations

from pathlib import Path

from calculator.jobs import (
    folders,
)


def test_folders_of_a_server_that_runs_are_left_alone(tmp_path: Path) -> None:
    young = tmp_path / "exit-cap-young"
    young.mkdir()
    other = tmp_path / "another"
    other.mkdir()
    used = tmp_path / "exit-cap-used"
    used.mkdir()
    with folders._locked(used / "alive"):
        folders.remove_leftovers(tmp_path)
        assert used.is_dir()
    folders.remove_leftovers(tmp_path)
    assert not used.exists()
    assert young.is_dir()
    assert other.is_dir()
