"""Files appear whole or not at all, whenever the work is stopped."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from calculator.facts.problems import FileProblem
from calculator.files import replacing as replacing_module
from calculator.files.replacing import folder_beside, replacing

OURS = (replacing_module.__file__, contextlib.__file__)


class StopAt:
    """Ctrl-C before the nth line of what makes the folder, moves the file and removes the folder."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, frame: FrameType, event: str, _arg: object) -> Any:
        if frame.f_code.co_filename not in OURS:
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


def write_stopped_at(path: Path, nth: int) -> bool:
    """Write a file and a second one on the way, stopped at a line; whether the stop came."""
    before = sys.gettrace()
    try:
        sys.settrace(StopAt(nth))
        with replacing(path) as whole, folder_beside(whole) as folder:
            (folder / "part").write_text("part", encoding="utf-8")
            whole.write_text("new", encoding="utf-8")
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


class AtExit:
    """What is registered to be done at the end of the program."""

    def __init__(self) -> None:
        self.registered: list[Callable[[], None]] = []

    def register(self, act: Callable[[], None]) -> None:
        self.registered.append(act)

    def unregister(self, act: Callable[[], None]) -> None:
        self.registered = [other for other in self.registered if other != act]


@pytest.fixture
def at_exit(monkeypatch: pytest.MonkeyPatch) -> AtExit:
    own = AtExit()
    monkeypatch.setattr(replacing_module, "atexit", own)
    return own


def test_a_stop_at_any_line_leaves_the_old_file_or_the_new_and_nothing_else(
    tmp_path: Path, at_exit: AtExit
) -> None:
    path = tmp_path / "out.csv"
    nth, seen = 1, set()
    while True:
        path.write_text("old", encoding="utf-8")
        stopped = write_stopped_at(path, nth)
        for act in at_exit.registered:
            act()
        assert [each.name for each in tmp_path.iterdir()] == ["out.csv"], nth
        seen.add(path.read_text(encoding="utf-8"))
        if not stopped:
            break
        nth += 1
    assert nth > 20
    assert seen == {"old", "new"}


def test_what_a_stop_has_left_goes_at_the_end_of_the_program(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from calculator.files.replacing import folder_beside; "
        "left = folder_beside(Path(sys.argv[1])); print(left.__enter__().is_dir())"
    )
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", program, str(tmp_path / "out")], check=True, capture_output=True
    )
    assert done.stdout.split() == [b"True"]
    assert not list(tmp_path.iterdir())


def test_a_folder_that_could_not_be_removed_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_exit: AtExit
) -> None:
    with folder_beside(tmp_path / "out"):
        pass
    assert (at_exit.registered, list(tmp_path.iterdir())) == ([], [])
    with monkeypatch.context() as locked:
        locked.setattr(replacing_module, "partial", lambda *_args, **_more: lambda: None)
        with folder_beside(tmp_path / "out"):
            pass
    assert len(list(tmp_path.iterdir())) == len(at_exit.registered) == 1


def test_a_mistake_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), replacing(path) as whole:
        whole.write_text("half \udc00", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"^out\.csv: cannot be written there"):  # noqa: SIM117
        with replacing(tmp_path / "none" / "out.csv"):
            pass


def write_and_lose_the_stop(path: Path) -> None:
    with replacing(path) as whole:
        whole.write_text("new", encoding="utf-8")
        with contextlib.suppress(KeyboardInterrupt):
            replacing_module.stop(15, None)


def test_a_stop_that_is_lost_on_its_way_stops_the_work_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing_module, "_stops", [])
    with pytest.raises(KeyboardInterrupt):
        write_and_lose_the_stop(tmp_path / "out.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_written_file_has_the_usual_permissions(tmp_path: Path) -> None:
    beside = tmp_path / "beside"
    beside.touch()
    with replacing(tmp_path / "out") as path:
        path.write_text("complete", encoding="utf-8")
    assert (tmp_path / "out").stat().st_mode == beside.stat().st_mode
