"""Messages between the app and the process of a job: each a small JSON file, never half written."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from calculator.jobs import PROGRESS

_LEAST_SECONDS = 0.2
"""Between two writes of the progress."""


class Message(BaseModel):
    """What one process tells another. An error on reading one never shows what it holds."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )


class Progress(Message):
    """How far a step is: ``started`` is when its stage began, in seconds of the clock."""

    stage: str
    done: int
    total: int
    started: float


class Failure(Message):
    """What stopped a step, in one sentence."""

    sentence: str


AnyMessage = TypeVar("AnyMessage", bound=Message)


def write_message(path: Path, message: Message) -> None:
    """Write a file so that a reader finds either the old one or the new one."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(message.model_dump_json(), encoding="utf-8")
    unfinished.replace(path)


def read_message(path: Path, kind: type[AnyMessage]) -> AnyMessage:
    """Read the message of a file. FileNotFoundError where it is not there."""
    return kind.model_validate_json(path.read_bytes())


def message_if_any(path: Path, kind: type[AnyMessage]) -> AnyMessage | None:
    """Read the message of a file, or None where it is not there."""
    try:
        return read_message(path, kind)
    except FileNotFoundError:
        return None


def reporter(folder: Path) -> Callable[[str, int, int], None]:
    """Make a function to call with stage, done and total as the work goes on."""
    stage_now, started, written = "", 0.0, 0.0

    def report(stage: str, done: int, total: int) -> None:
        nonlocal stage_now, started, written
        now = time.time()
        if stage != stage_now:
            stage_now, started = stage, now
        elif now - written < _LEAST_SECONDS and done < total:
            return
        written = now
        progress = Progress(stage=stage, done=done, total=total, started=started)
        write_message(folder / PROGRESS, progress)

    return report
