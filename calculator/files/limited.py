"""Runs one of our functions in a process with limited memory and time, for a file that we cannot trust.

A file made to exhaust memory or time ends that process and nothing else. The function is imported there by
its name; its arguments are pickled. What comes back may only be plain data: numbers, texts, days and
containers of them, and nothing that could run. Windows limits the time alone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import GeneratorType
from typing import IO, Any, ParamSpec, TypeVar

from calculator.facts.problems import FileProblem

P = ParamSpec("P")
T = TypeVar("T")

_HOME = str(Path(__file__).parents[2])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from calculator.files import limited; limited.serve()"
_PLAIN_CLASSES = {("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal")}


class Refused(ValueError):
    """A file that must not be read: the message is what to say after its name."""


class TooMuch(Exception):
    """The function took more memory or time than it may, or was stopped from outside."""


class Failed(Exception):
    """The function raised an unexpected error, whose class is the message."""


@dataclass(frozen=True)
class Limits:
    """What one run may use."""

    memory: int = 2_000_000_000
    """Bytes beyond those at the start."""
    cpu_seconds: int | None = None
    wall_seconds: float = 240
    sent: int = 400_000_000
    """Bytes sent back."""


def run_limited(function: Callable[P, T], limits: Limits, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``function`` returns when run in a limited process.

    Raises Refused and FileProblem as the function does, TooMuch beyond the limits, Failed for other errors.
    """
    (result,) = _items(function, limits, args, kwargs)
    return result  # type: ignore[no-any-return]


def stream_limited(
    function: Callable[P, Iterator[T]], limits: Limits, *args: P.args, **kwargs: P.kwargs
) -> Generator[T, None, None]:
    """Yield what the generator ``function`` yields in a limited process, item by item, as it comes.

    Raises as :func:`run_limited`. Close it where it is not read to its end: that ends the process.
    """
    return _items(function, limits, args, kwargs)


def limit(limits: Limits) -> None:
    """Limit memory and time of this process where the platform can, and leave no dump of its memory.

    The processes that it runs with limits stay in its group, so that one signal ends them all.
    """
    _group.append(os.getpid())
    gc.disable()
    if sys.platform == "win32":
        return
    import resource

    wanted = {resource.RLIMIT_AS: _memory_now() + limits.memory, resource.RLIMIT_CORE: 0}
    if limits.cpu_seconds is not None:
        wanted[resource.RLIMIT_CPU] = limits.cpu_seconds
    for which, most in wanted.items():
        hard = resource.getrlimit(which)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (soft, hard))


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, and its group where it leads one."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform != "win32" and os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process as :func:`kill` does, wait until it is gone and close its pipes."""
    kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def serve() -> None:
    """Run in the limited process: call the function that standard input names and send what it gives."""
    module, name, limits, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our parent
    function = getattr(importlib.import_module(module), name)
    limit(limits)
    out = sys.stdout.buffer
    try:
        result = function(*args, **kwargs)
        sent = 0
        for item in result if isinstance(result, GeneratorType) else [result]:
            data = pickle.dumps(("item", item), 5)
            sent += len(data)
            if sent > limits.sent:
                raise MemoryError
            out.write(data)
            out.flush()
        last = ("done", "")
    except Refused as refused:
        last = ("refused", str(refused))
    except FileProblem as problem:
        last = ("problem", str(problem))
    except MemoryError:
        last = ("too much", "")
    except BaseException as error:
        # A panic of a library in Rust is no Exception.
        last = ("failed", type(error).__name__)
    with contextlib.suppress(OSError):
        pickle.dump(last, out, 5)
        out.flush()


_group: list[int] = []
"""This process where it is a limited one."""


def _items(
    function: Callable[..., Any], limits: Limits, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Generator[Any, None, None]:
    raised = {"refused": Refused, "problem": FileProblem, "too much": TooMuch, "failed": Failed}
    request = (function.__module__, function.__qualname__, limits, args, kwargs)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", _PROGRAM, _HOME],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=not _group,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    clock = threading.Timer(limits.wall_seconds, kill, (process,))
    try:
        clock.start()
        with contextlib.suppress(BrokenPipeError):
            _pipe(process.stdin).write(pickle.dumps(request, 5))
            _pipe(process.stdin).close()
        received = _pipe(process.stdout)
        while (answer := _Received(received).load())[0] == "item":
            yield answer[1]
        if answer[0] in raised:
            raise raised[answer[0]](answer[1])
    except (EOFError, pickle.UnpicklingError):
        raise TooMuch from None
    finally:
        clock.cancel()
        end(process)


class _Received(pickle.Unpickler):
    """Reads plain data only."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN_CLASSES:
            raise pickle.UnpicklingError
        return super().find_class(module, name)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both are pipes
    return pipe


def _memory_now() -> int:
    """Return the bytes of address space of this process; 0 where the platform does not say."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
