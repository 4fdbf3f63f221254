"""One person's file and the process that works on it: taken, refused, stopped, removed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from calculator.files import folders
from calculator.jobs import (
    CASES,
    ERROR,
    LOOK,
    REQUEST,
    SCRATCH,
    STATUS_NO_ROOM,
    SUMMARY,
    UPLOAD,
    desk,
)
from calculator.jobs.desk import Desk, Stage
from calculator.jobs.look import (
    Look,
)
from calculator.jobs.messages import Failure, read_message
from tests import ROOT
from tests.hostile import MARKER
from tests.jobs.helpers import (
    SAMPLE,
    gone,
    likely_request,
    now,
    until,
)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cases.xlsx", b"PK\x03\x04" + MARKER.encode(), "damaged or not whole"),
        ("cases.xls", MARKER.encode(), "cannot be opened as a workbook"),
        ("cases.csv", b"", "holds no table"),
        ("cases.csv", f'case_ref,exit_date\n"{MARKER}'.encode(), "quote is not closed"),
        ("cases.pdf", MARKER.encode(), "one of these kinds"),
        ("cases.csv", "case_ref".encode("utf-32"), "UTF-32"),
        ("cases.csv", b"case_ref,exit_date\n" + b"x" * 25_000_001, "larger than 25 MB"),
    ],
    ids=["damaged", "no workbook", "empty", "open quote", "kind", "utf-32", "large"],
)
def test_a_file_that_cannot_be_used_gives_one_sentence(
    empty: Desk, name: str, data: bytes, says: str
) -> None:
    empty.take(name, data)
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.FAILED
    assert says.casefold() in empty.error.casefold()
    assert empty.error[0].isupper()
    assert "\n" not in empty.error
    assert MARKER not in empty.error
    assert UPLOAD not in empty.error
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.LOOKED
    assert empty.error == ""


def test_a_bomb_of_a_workbook_gives_one_sentence(empty: Desk, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        archive.writestr("xl/worksheets/sheet1.xml", "<x>" + " " * 300_000_000)
    empty.take(path.name, path.read_bytes())
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.FAILED
    assert "Cannot be opened as a workbook" in empty.error


def test_when_no_case_is_left_the_columns_can_be_changed(empty: Desk) -> None:
    empty.take("notes.csv", b"case_ref,exit_date\n,only a note\n")
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until(empty, Stage.WORKING)
    assert now(empty) is Stage.LOOKED
    assert empty.error == "There are no cases under the headings."


def test_what_nobody_foresaw_is_one_sentence_and_no_data_in_the_log(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / f"{UPLOAD}.csv")
    run_step(tmp_path, "look")
    wanted = likely_request(read_message(tmp_path / LOOK, Look))
    asked = {**wanted.model_dump(mode="json"), "positions": MARKER}
    (tmp_path / REQUEST).write_text(json.dumps(asked), encoding="utf-8")
    done = run_step(tmp_path, "work")
    assert done.returncode == 2
    assert "Something went wrong" in read_message(tmp_path / ERROR, Failure).sentence
    assert done.stderr.startswith(b"bulk_job work: ")
    assert MARKER.encode() not in done.stderr
    assert b"Traceback" not in done.stderr


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_without_room_is_said_whenever_it_fills(
    empty: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as full:
        full.setattr(tempfile, "tempdir", str(tmp_path))
        full.setattr(Path, "write_bytes", no_room)
        empty.take("cases.csv", SAMPLE.read_bytes())
        assert now(empty) is Stage.FAILED
        assert "cannot be kept on the server" in empty.error
        assert list(tmp_path.iterdir()) == []
    with monkeypatch.context() as full:
        full.setattr(desk, "start", no_room)
        empty.take("cases.csv", SAMPLE.read_bytes())
        assert now(empty) is Stage.FAILED
        assert "cannot be kept on the server" in empty.error
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    with monkeypatch.context() as full:
        full.setattr(desk, "write_message", no_room)
        empty.work(likely_request(empty.look))
        assert now(empty) is Stage.LOOKED
        assert "cannot be kept on the server" in empty.error
    full_disk = [sys.executable, "-c", f"raise SystemExit({STATUS_NO_ROOM})"]
    monkeypatch.setattr(desk, "start", lambda *_: subprocess.Popen(full_disk))  # noqa: S603
    empty.work(likely_request(empty.look))
    assert empty._process is not None
    assert empty._process.wait() == STATUS_NO_ROOM
    assert now(empty) is Stage.LOOKED
    assert "cannot be kept on the server" in empty.error


def test_a_step_without_room_for_its_sentence_says_so_by_its_status(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / f"{UPLOAD}.csv")
    first = (
        "import errno, pathlib\n"
        "def full(*_, **__): raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "pathlib.Path.write_text = full"
    )
    assert run_step(tmp_path, "look", first=first).returncode == STATUS_NO_ROOM


def run_step(
    folder: Path, step: str, seconds: float = 900, first: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """A step with its standard input held open, as a parent does; ``first``: code that runs before it."""
    code = (
        f"{first}\nimport sys; from pathlib import Path; from calculator.jobs.__main__ import main; "
        "sys.exit(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))"
    )
    reading, writing = os.pipe()
    try:
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", code, step, str(folder), str(seconds)],
            stdin=reading,
            capture_output=True,
            cwd=ROOT,
            check=False,
            start_new_session=True,
            timeout=300,
        )
    finally:
        os.close(reading)
        os.close(writing)


def start_without_end(_: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process in place of a step: it has begun to write, and works until it is stopped."""
    (folder / SCRATCH).mkdir(exist_ok=True)
    (folder / SCRATCH / "of LibreOffice").touch()
    (folder / ".unfinished-results").mkdir()
    return subprocess.Popen(
        [sys.executable, "-c", "while True: pass"],
        stdin=subprocess.PIPE,
        start_new_session=sys.platform != "win32",
    )


def test_cancel_ends_the_process_and_keeps_the_columns(
    empty: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    monkeypatch.setattr(desk, "start", start_without_end)
    empty.work(likely_request(empty.look))
    assert now(empty) is Stage.WORKING
    process, folder = empty._process, empty._folder
    assert process is not None
    assert folder is not None
    assert list(folder.glob(".unfinished-*"))
    empty.cancel()
    assert gone(process.pid)
    assert not (folder / SCRATCH).exists()
    assert now(empty) is Stage.LOOKED
    assert empty.error == ""
    assert not list(folder.glob(".unfinished-*"))
    assert not (folder / CASES).exists()
    assert not (folder / SUMMARY).exists()


def test_cancel_while_it_is_looked_at_drops_the_file(empty: Desk, many: bytes) -> None:
    empty.take("many.csv", many)
    folder = empty._folder
    assert folder is not None
    empty.cancel()
    assert now(empty) is Stage.EMPTY
    assert not folder.exists()


def test_a_new_file_drops_the_old_one_and_its_results(empty: Desk, many: bytes) -> None:
    empty.take("many.csv", many)
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    process, folder, number = empty._process, empty._folder, empty.number
    assert process is not None
    assert folder is not None
    empty.take("cases.csv", SAMPLE.read_bytes())
    assert gone(process.pid)
    assert not folder.exists()
    assert empty.number > number
    until(empty, Stage.LOOKING)
    assert not empty.has(SUMMARY)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_the_process_ends_when_its_parent_is_gone(tmp_path: Path, many: bytes) -> None:
    (tmp_path / "many.csv").write_bytes(many)
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom datetime import date\n"
        "from calculator.jobs.desk import Desk, Stage\n"
        "from tests.jobs.helpers import likely_request, until\n"
        "d = Desk(); d.take('many.csv', Path(sys.argv[1]).read_bytes()); until(d, Stage.LOOKING)\n"
        "d.work(likely_request(d.look)); print(d._process.pid, d._folder, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", code, str(tmp_path / "many.csv")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        text=True,
    ) as parent:
        assert parent.stdout is not None
        process, folder = parent.stdout.readline().split()
        assert Path(folder).is_dir()
        time.sleep(0.5)
        parent.send_signal(signal.SIGKILL)
    assert gone(int(process))
    folders.remove_leftovers(tmp_path)
    assert not Path(folder).exists()


def test_it_ends_by_itself_after_its_time(tmp_path: Path) -> None:
    endless = (
        "import threading; from calculator.jobs import look; "
        "look.run = lambda *_: threading.Event().wait()"
    )
    run_step(tmp_path, "look", 0.5, endless)
    assert "takes longer than" in read_message(tmp_path / ERROR, Failure).sentence


def test_others_wait_their_turn(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 0)
    empty.take("cases.csv", SAMPLE.read_bytes())
    assert now(empty) is Stage.LOOKING
    assert empty.waiting
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 2)
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.LOOKED


def test_a_slow_file_does_not_hold_up_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large files wait for large ones only, and a small one gives its place when it is not quick."""

    def endless(*_: object) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", "import time; time.sleep(60)"]
        return subprocess.Popen(words, stdin=subprocess.PIPE)  # noqa: S603 - our own program

    clock = time.monotonic
    monkeypatch.setattr(desk, "start", endless)
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(desk, "_at_work", [])
    large, small = b"x" * desk.SMALL, b"x"
    desks = [Desk() for _ in range(5)]
    try:
        for one, data in zip(desks, (large, large, small, small, small), strict=True):
            one.take("cases.csv", data)
        assert [one.waiting for one in desks] == [False, True, False, True, True]
        monkeypatch.setattr(time, "monotonic", lambda: clock() + desk.QUICK_SECONDS)
        assert [now(one) for one in desks] == [Stage.LOOKING] * 5
        assert [one.waiting for one in desks] == [False, True, False, False, True]
        desks[0].drop()
        desks[2].drop()
        now(desks[1])
        assert not desks[1].waiting
    finally:
        for one in desks:
            one.drop()


def let_go(desk_: Desk, still_here: bool) -> None:
    """Lose the connection of a page, and wait until what that brings is done."""
    desk_.let_go(lambda: still_here, 0.05)
    assert desk_._leaving is not None
    desk_._leaving.join()


def test_a_page_that_does_not_come_back_loses_its_files(empty: Desk) -> None:
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    folder = empty._folder
    assert folder is not None
    let_go(empty, still_here=True)
    assert folder.is_dir()
    let_go(empty, still_here=False)
    assert not folder.exists()
    assert now(empty) is Stage.EMPTY
