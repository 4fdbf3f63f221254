"""The task list of one exit: every field in one task, and which task is done, needed or optional."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from calculator.facts import fields
from calculator.facts.cells import is_blank
from calculator.facts.fields import BY_NAME, FIELDS, Field
from calculator.one_case import form
from calculator.one_case.form import Entered


class Status(StrEnum):
    """How far a task is."""

    CORRECT = "To correct"
    NEEDED = "Needed"
    DONE = "Done"
    OPTIONAL = "Optional"


@dataclass(frozen=True)
class Task:
    """One task: its name, its title, a sentence at its head, its fields."""

    name: str
    title: str
    says: str
    fields: tuple[Field, ...]


_SPECIAL = ("died_on", "representative_name", "settlement_agreement", "debtor_name")
_PAYMENTS = (
    "Due is what the member was entitled to without the cap; leave out what was only hoped for. Paid is what was "
    "paid at the exit. Blank is not 0: blank is not known, 0 is known to be nothing."
)
SAYS = {
    "exit": "What decides whether the cap reached this exit.",
    "member": "The date of birth decides the redundancy weeks and whether a pension was due at once.",
    "dates": "Without them the day of exit is taken. The interest and the last days run from them.",
    "payments": _PAYMENTS,
    "pension": "In the LGPS the pension fund corrects the pension, not the employer. Strain goes to the fund: do not "
    "tell a member that they will receive it.",
    "since": "Only what was paid after the exit, towards the difference. If it came in parts, enter their sum and the "
    "day of the last, and have the interest checked: it comes out too high.",
    "special": "If the member has died, enter who acts for the estate. After a settlement agreement some claims may "
    "have been given up: a lawyer should read it first. If the employer is gone, ask whether its successor owes "
    "the debt.",
    "evidence": "Documents make the answer firm: one for what was due, one for what was paid.",
    "letters": "Used in letters only.",
}
"""What to know where a task is done, by the name of the task."""


def _tasks() -> tuple[Task, ...]:
    first = {*form.ASKED_FIRST}
    special = {*_SPECIAL}
    rest = [field for field in FIELDS if field.name not in first | special]

    def of(*sections: str) -> tuple[Field, ...]:
        return tuple(field for field in rest if field.section in sections)

    beside = {"strain_due_date", "strain_paid_on"}
    dates = tuple(
        f for f in of(fields.DATES, fields.PAY) if f.name not in {"date_of_birth", *beside}
    )
    payments = (*of(fields.PAYMENTS), *(BY_NAME[name] for name in sorted(beside)))
    member = (*of(fields.WHO), BY_NAME["date_of_birth"])
    now = tuple(field for field in of(fields.NOW))
    made = (
        ("exit", "The exit", tuple(BY_NAME[name] for name in form.ASKED_FIRST)),
        ("member", "Member", member),
        ("dates", "Dates and pay", dates),
        ("payments", "Payments", payments),
        ("pension", "Pension", of(fields.PENSION)),
        ("since", "Since paid", of(fields.SINCE)),
        (
            "special",
            "Special: died, settled, employer gone",
            (*(BY_NAME[n] for n in _SPECIAL), *now),
        ),
        ("evidence", "Evidence and notes", of(fields.EVIDENCE)),
        ("letters", "Addresses for letters", of(fields.LETTERS)),
    )
    return tuple(Task(name, title, SAYS[name], held) for name, title, held in made)


TASKS = _tasks()


def check_every_field_has_a_task() -> None:
    """Raise ValueError for a field that is in no task, or in two."""
    held = [field.name for task in TASKS for field in task.fields]
    if wrong := [name for name in BY_NAME if held.count(name) != 1]:
        raise ValueError(f"Not in one task: {', '.join(wrong)}.")


check_every_field_has_a_task()


def task_of(field_name: str) -> Task:
    """Find the task of a field."""
    return next(task for task in TASKS if any(f.name == field_name for f in task.fields))


def task_named(name: str) -> Task:
    """Find a task by its name."""
    return next(task for task in TASKS if task.name == name)


def task_after(task: Task) -> Task | None:
    """Give the task that follows; None after the last."""
    following = TASKS[TASKS.index(task) + 1 :]
    return following[0] if following else None


def statuses(
    entered: Entered, missing: Collection[str], wrong: Collection[str]
) -> Iterator[tuple[Task, Status]]:
    """Say how far each task is. ``missing``: the fields the answer asks for; ``wrong``: those to correct."""
    for task in TASKS:
        names = {field.name for field in task.fields}
        if names & set(wrong):
            yield task, Status.CORRECT
        elif names & set(missing):
            yield task, Status.NEEDED
        elif any(not is_blank(entered.get(name)) for name in names):
            yield task, Status.DONE
        else:
            yield task, Status.OPTIONAL


def given_facts(entered: Entered) -> Iterator[tuple[Task, list[Field]]]:
    """List the fields that hold something, task by task."""
    for task in TASKS:
        held = [field for field in task.fields if entered.get(field.name)]
        if held:
            yield task, held
