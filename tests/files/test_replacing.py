"""Files appear whole or not at all, whenever the work is stopped."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from calculator.facts.problems import FileProblem
from calculator.files import folders
from calculator.files import replacing as replacing_module
from calculator.files.replacing import NotWritten, Outputs, replacing

OURS = (replacing_module.__file__, folders.__file__, contextlib.__file__)


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
    """Write a file, stopped at a line; whether the stop came."""
    before = sys.gettrace()
    try:
        sys.settrace(StopAt(nth))
        with replacing(path) as whole:
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
    monkeypatch.setattr(folders, "atexit", own)
    return own


@pytest.mark.filterwarnings("ignore::ResourceWarning")
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


def test_a_mistake_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), replacing(path) as whole:
        whole.write_text("half \udc00", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an input and two files, a link to each kind, and what is no file."""
    (tmp_path / "in.csv").write_text("in", encoding="utf-8")
    (tmp_path / "old.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("old.csv")
    (tmp_path / "to_input.csv").symlink_to("in.csv")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "in.csv")
    (tmp_path / "dangling.csv").symlink_to("none.csv")
    (tmp_path / "round.csv").symlink_to("round.csv")
    (tmp_path / "folder.csv").mkdir()
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize(
    ("names", "force", "sentence"),
    [
        (["in.csv"], True, "in.csv: the results need a name of their own."),
        (["to_input.csv"], True, "to_input.csv: the results need a name of their own."),
        (["hard.csv"], True, "hard.csv: the results need a name of their own."),
        (["a.csv", "a.csv"], True, "a.csv: each file to write needs a name of its own."),
        (["a.csv", "A.csv"], True, "A.csv: each file to write needs a name of its own."),
        (["old.csv", "link.csv"], True, "link.csv: each file to write needs a name of its own."),
        (["old.csv"], False, "old.csv is there already. Choose another name, or add --force."),
        (["link.csv"], False, "link.csv is there already. Choose another name, or add --force."),
        (["folder.csv"], True, "folder.csv is no ordinary file. Choose another name."),
        (["round.csv"], True, "round.csv is no ordinary file. Choose another name."),
        (["a\nb/out.csv"], True, "a?b: there is no such folder."),
    ],
)
def test_what_may_not_be_written_is_refused_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], force: bool, sentence: str
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    with pytest.raises(FileProblem) as raised, Outputs([Path("in.csv"), None], force) as outputs:  # noqa: PT012
        for name in names:
            outputs.add(Path(name))
    assert str(raised.value) == sentence
    assert sorted(folder.iterdir()) == before
    assert (folder / "old.csv").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize(
    ("link", "target"), [("link.csv", "old.csv"), ("dangling.csv", "none.csv")]
)
def test_a_link_is_kept_and_what_it_points_to_is_written(
    folder: Path, link: str, target: str
) -> None:
    with replacing(folder / link) as path:
        path.write_text("new", encoding="utf-8")
    assert (folder / link).is_symlink()
    assert (folder / target).read_text(encoding="utf-8") == "new"


def test_files_that_cannot_be_written_while_the_clock_is_before_1980(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 86_400.0)
    with pytest.raises(FileProblem, match=r"^out\.zip: cannot be written .* before 1980\.$"):
        Outputs().add(tmp_path / "out.zip")


def test_all_files_of_a_run_are_moved_at_its_end(tmp_path: Path) -> None:
    with Outputs() as outputs:
        for name in ("a.csv", "b.csv", "c.csv"):
            with outputs.add(tmp_path / name) as path:
                path.write_text(name, encoding="utf-8")
        assert not any(each.is_file() for each in tmp_path.iterdir())
    a, b, c = sorted(tmp_path.iterdir())
    assert outputs.sentence() == f"Written to {a}, {b} and {c}."


def test_all_files_are_on_the_disk_before_the_first_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def second_fails(number: int) -> None:
        synced.append(os.fstat(number).st_size)
        if len(synced) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(NotWritten, match=r"^b\.csv: cannot be written \("), Outputs() as outputs:  # noqa: PT012
        for name in ("a.csv", "b.csv"):
            with outputs.add(tmp_path / name) as path:
                path.write_text("new", encoding="utf-8")
    assert synced == [3, 3]
    assert not list(tmp_path.iterdir())


def test_a_fault_between_the_moves_says_what_was_written(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    with pytest.raises(NotWritten) as raised, Outputs() as outputs:  # noqa: PT012
        for path in (first, second):
            with outputs.add(path) as unfinished:
                unfinished.write_text("new", encoding="utf-8")
        second.mkdir()
    assert str(raised.value).startswith("b.csv: cannot be written (")
    assert str(raised.value).endswith(f" Written to {first}.")
    assert first.read_text(encoding="utf-8") == "new"
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_a_stop_once_the_files_are_moved_comes_too_late(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from calculator.files.replacing import replacing, stop\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "with replacing(Path(sys.argv[1])) as path: path.touch()\n"
        "os.kill(os.getpid(), signal.SIGTERM); print('done')"
    )
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", program, str(tmp_path / "out")], check=True, capture_output=True
    )
    assert done.stdout.split() == [b"done"]


def test_a_file_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / f"{'long' * 70}.csv"
    with (
        pytest.raises(NotWritten, match=r"long\.csv: cannot be written \("),
        replacing(path) as whole,
    ):
        whole.touch()
    assert not list(tmp_path.iterdir())


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
