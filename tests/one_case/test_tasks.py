"""The task list: every field in one task, and how far each task is."""

from __future__ import annotations

import pytest

from calculator.facts.fields import BY_NAME
from calculator.one_case import tasks
from calculator.one_case.tasks import TASKS, Status, given_facts, statuses, task_after, task_of


def test_every_field_is_in_one_task_and_every_task_says_something() -> None:
    assert sorted(f.name for task in TASKS for f in task.fields) == sorted(BY_NAME)
    assert all(task.says for task in TASKS)


def test_a_field_that_no_task_has_is_an_error_when_the_program_loads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "TASKS", TASKS[1:])
    with pytest.raises(ValueError, match="exit_date"):
        tasks.check_every_field_has_a_task()


def test_a_task_is_done_needed_to_correct_or_optional() -> None:
    entered = {"exit_date": "31/12/2020", "evidence": "p45", "service_start": "29 years"}
    found = {
        task.name: status
        for task, status in statuses(entered, ["evidence", "scheme"], ["service_start"])
    }
    assert found["exit"] is Status.DONE
    assert found["dates"] is Status.CORRECT
    assert found["pension"] is Status.NEEDED
    assert found["evidence"] is Status.NEEDED
    assert found["since"] is Status.OPTIONAL


def test_each_task_but_the_last_is_followed_by_one() -> None:
    chain = [TASKS[0]]
    while (following := task_after(chain[-1])) is not None:
        chain.append(following)
    assert chain == list(TASKS)


def test_the_facts_given_are_listed_task_by_task() -> None:
    entered = {"exit_date": "31/12/2020", "died_on": "1 May 2022", "notes": ""}
    listed = [(task.name, [f.name for f in held]) for task, held in given_facts(entered)]
    assert listed == [("exit", ["exit_date"]), ("special", ["died_on"])]
    assert task_of("settlement_agreement").name == "special"
