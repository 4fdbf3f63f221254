"""A function run in a limited process gives its result, or one clear error, and leaves no process behind."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculator.facts.problems import FileProblem
from calculator.files import limited
from calculator.files.limited import (
    Failed,
    Limits,
    Refused,
    TooMuch,
    run_limited,
    stream_limited,
)

LINUX = sys.platform == "linux"
PLAIN = {"a": [1, 2.5, "text", b"bytes", None, True], "b": (date(2020, 12, 31), Decimal("0.10"))}


def same(value: object, times: int = 1) -> list[object]:
    return [value] * times


def refuse(error: type[Exception]) -> None:
    raise error("it is no table.")


def panic() -> None:
    raise SystemExit("a person's data")


def use_memory(size: int) -> int:
    return len(bytearray(size))


def use_processor() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(600)


def numbers(most: int) -> Iterator[int]:
    yield from range(most)
    raise Refused("there are no more.")


def not_plain() -> object:
    return os.system


def start_another() -> Iterator[int]:
    """Start a process that would outlive this one, give its number and wait."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield other.pid
    time.sleep(600)


def group() -> str:
    return str(os.getpgrp())


def own_group() -> tuple[int, str]:
    return os.getpgrp(), run_limited(group, Limits())


def core_limit() -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)[0]


class Watched(subprocess.Popen[bytes]):
    """Remembers the processes that were started."""

    started: list[subprocess.Popen[bytes]] = []  # noqa: RUF012

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.started.append(self)


@pytest.fixture(autouse=True)
def no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After each test every process is gone and its pipes are closed."""
    monkeypatch.setattr(subprocess, "Popen", Watched)
    Watched.started.clear()
    yield
    assert Watched.started
    for process in Watched.started:
        assert process.returncode is not None
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            assert pipe.closed


def test_the_result_is_that_of_the_function() -> None:
    assert run_limited(same, Limits(), PLAIN, times=2) == [PLAIN, PLAIN]


@pytest.mark.parametrize("error", [Refused, FileProblem])
def test_a_refusal_is_raised_as_it_is(error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^it is no table\.$"):
        run_limited(refuse, Limits(), error)


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (lambda: run_limited(refuse, Limits(), KeyError), "KeyError"),
        (lambda: run_limited(panic, Limits()), "SystemExit"),
    ],
)
def test_an_unexpected_error_is_named_and_repeats_no_data(
    act: Callable[[], object], name: str
) -> None:
    with pytest.raises(Failed, match=f"^{name}$"):
        act()


@pytest.mark.skipif(not LINUX, reason="memory is limited on Linux")
def test_too_much_memory_ends_it() -> None:
    assert run_limited(use_memory, Limits(memory=200_000_000), 50_000_000) == 50_000_000
    with pytest.raises(TooMuch):
        run_limited(use_memory, Limits(memory=200_000_000), 300_000_000)


@pytest.mark.skipif(not LINUX, reason="processor time is limited on Linux")
def test_too_much_processor_time_ends_it() -> None:
    with pytest.raises(TooMuch):
        run_limited(use_processor, Limits(cpu_seconds=1))


def test_too_much_time_on_the_clock_ends_it() -> None:
    with pytest.raises(TooMuch):
        run_limited(sleep, Limits(wall_seconds=0.5))


def test_too_much_sent_back_ends_it() -> None:
    with pytest.raises(TooMuch):
        run_limited(same, Limits(sent=1_000), "x" * 2_000)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_dump_of_memory_is_left() -> None:
    assert run_limited(core_limit, Limits()) == 0


def test_what_comes_back_can_run_nothing() -> None:
    with pytest.raises(TooMuch):
        run_limited(not_plain, Limits())


def test_items_come_one_by_one_and_then_the_refusal() -> None:
    items = stream_limited(numbers, Limits(), 3)
    assert [next(items), next(items), next(items)] == [0, 1, 2]
    with pytest.raises(Refused, match="no more"):
        next(items)


def test_items_closed_early_end_the_process() -> None:
    items = stream_limited(numbers, Limits(), 10_000_000)
    assert next(items) == 0
    items.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interrupt_here_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(limited._Received, "load", stop)
    with pytest.raises(error):
        run_limited(sleep, Limits())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes")
def test_what_it_has_started_ends_with_it() -> None:
    items = stream_limited(start_another, Limits())
    number = next(items)
    items.close()
    for _ in range(200):
        if not is_running(number):
            return
        time.sleep(0.05)
    os.kill(number, signal.SIGKILL)
    pytest.fail("the process is still running")


def is_running(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8") if LINUX else ""
        os.kill(number, 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    return ") Z" not in status


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes")
def test_a_limited_process_within_another_is_of_its_group() -> None:
    outer, inner = run_limited(own_group, Limits())
    assert str(outer) == inner
    assert outer != os.getpgrp()


def test_a_stop_from_outside_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pickle.dumps(("item", "x" * 1_000), 5)

    class Half(limited._Received):
        def load(self) -> Any:
            return pickle.loads(whole[:-10])  # noqa: S301 - our own bytes

    monkeypatch.setattr(limited, "_Received", Half)
    with pytest.raises(TooMuch):
        run_limited(sleep, Limits())
