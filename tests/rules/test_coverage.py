"""Who and when: SI 2020/1122 Schedule and reg 1(2); SI 2021/197 regs 1 to 3."""

from __future__ import annotations

import numpy as np
import pytest

from rules import coverage
from rules.choices import EmployerKind, Nation
from tests.rules.values import days, mask


def test_the_schedule_is_complete() -> None:
    """SI 2020/1122 Schedule."""
    entries = coverage.schedule()
    assert len(entries) == 552
    counts = {(part, kind): 0 for part in (1, 2) for kind in ("named", "class")}
    for entry in entries:
        counts[entry.part, entry.kind] += 1
    assert counts == {(1, "named"): 423, (1, "class"): 37, (2, "named"): 75, (2, "class"): 17}


@pytest.mark.parametrize(
    "name",
    [
        "Arts Council England",
        "the ARTS COUNCIL, England",
        "Guys and St Thomas Enterprises Limited",
        "Guy's & St Thomas' Enterprises Limited",
        "Corff Adnoddau Naturiol Cymru",
        "Natural Resources Wales",
        "Natural Resources Wales / Corff Adnoddau Naturiol Cymru",
        "The Pension Protection Fund Ombudsman",
        "HM Courts and Tribunals Service",
    ],
)
def test_a_name_matches_when_only_case_punctuation_and_and_or_the_differ(name: str) -> None:
    """SI 2020/1122 Schedule, Part 1."""
    assert coverage.named_in_schedule(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "the",
        "Arts Council",
        "Arts Councl England",
        "HMRC",
        "A district council",
        "Sheriff Clerk",
        "Anytown Council",
    ],
)
def test_nothing_less_than_the_name_itself_decides(name: str) -> None:
    """SI 2020/1122 Schedule, Part 1."""
    assert coverage.named_in_schedule(name) is None


@pytest.mark.parametrize(
    ("kind", "nation", "covered"),
    [
        (EmployerKind.COUNCIL, Nation.ENGLAND, True),
        (EmployerKind.COUNCIL, Nation.WALES, True),
        (EmployerKind.NOT_LISTED, Nation.ENGLAND, False),
        (EmployerKind.UNKNOWN, Nation.ENGLAND, True),
        (EmployerKind.NOT_GIVEN, Nation.WALES, True),
        (EmployerKind.COUNCIL, Nation.SCOTLAND, False),
        (EmployerKind.UNKNOWN, Nation.SCOTLAND, False),
        (EmployerKind.CIVIL_SERVICE, Nation.SCOTLAND, True),
        (EmployerKind.OTHER_LISTED, Nation.NORTHERN_IRELAND, True),
        (EmployerKind.NHS, Nation.NORTHERN_IRELAND, False),
    ],
)
def test_coverage_by_kind_and_nation_without_a_name(
    kind: EmployerKind, nation: Nation, covered: bool
) -> None:
    """SI 2020/1122 Schedule; SBEEA 2015 s.153A(10)."""
    result = coverage.employer_covered(mask(False), np.array([kind]), np.array([nation]))
    assert result.tolist() == [covered]
    named = coverage.employer_covered(mask(True), np.array([kind]), np.array([nation]))
    assert named.tolist() == [True]


@pytest.mark.parametrize(
    ("kind", "nation", "to_be_checked"),
    [
        (EmployerKind.CIVIL_SERVICE, Nation.SCOTLAND, True),
        (EmployerKind.OTHER_LISTED, Nation.NORTHERN_IRELAND, True),
        (EmployerKind.COUNCIL, Nation.SCOTLAND, False),
        (EmployerKind.CIVIL_SERVICE, Nation.ENGLAND, False),
    ],
)
def test_some_bodies_of_scotland_and_northern_ireland_are_to_be_checked(
    kind: EmployerKind, nation: Nation, to_be_checked: bool
) -> None:
    """SI 2020/1122 Schedule: unless the body is named."""
    kinds, nations = np.array([kind, kind]), np.array([nation, nation])
    result = coverage.schedule_to_be_checked(mask(False, True), kinds, nations)
    assert result.tolist() == [to_be_checked, False]


def test_without_name_and_kind_the_employer_is_unconfirmed() -> None:
    """SI 2020/1122 Schedule."""
    kinds = [EmployerKind.NOT_GIVEN, EmployerKind.UNKNOWN, EmployerKind.COUNCIL]
    named, kind = mask(False, False, False, True), np.array([*kinds, EmployerKind.UNKNOWN])
    assert coverage.employer_unconfirmed(named, kind).tolist() == [True, True, False, False]


EDGES = days(
    "2020-11-03", "2020-11-04", "2021-02-12", "2021-02-13", "2021-03-19", "2021-03-20", "NaT"
)


def test_reg_1_2_the_cap_applies_to_exits_from_4_november_2020() -> None:
    """SI 2020/1122 reg 1(2): the twenty-first day after 14 October 2020."""
    assert coverage.exit_before_cap(EDGES).tolist() == [True] + 6 * [False]


def test_reg_3_the_cap_applies_to_exits_to_19_march_2021() -> None:
    """SI 2021/197 regs 1, 3."""
    assert coverage.exit_after_cap(EDGES).tolist() == 5 * [False] + [True, False]


def test_reg_2_the_relevant_period_includes_both_its_days() -> None:
    """SI 2021/197 reg 2."""
    assert coverage.in_relevant_period(EDGES).tolist() == [False] + 4 * [True] + 2 * [False]


def test_an_exit_on_12_february_2021_is_on_the_boundary() -> None:
    """LGA on the directions of 12 February 2021."""
    assert coverage.on_boundary_day(EDGES).tolist() == [False, False, True] + 4 * [False]


def test_an_exit_after_12_february_2021_is_late_to_the_day_of_revocation() -> None:
    """LGA on the directions of 12 February 2021; SI 2021/197 regs 1, 3."""
    assert coverage.late_exit(EDGES).tolist() == 3 * [False] + [True, True, False, False]


def test_reg_1_2_an_exit_before_the_cap_is_left_out_unless_the_payment_decides() -> None:
    """SI 2020/1122 reg 1(2): in force from 4 November 2020; SI 2021/197 reg 4(2)(a) dates the payment."""
    exits = days("2020-11-03", "2020-11-04")
    assert coverage.excluded_as_before_cap(exits, "out_of_scope").tolist() == [True, False]
    assert not coverage.excluded_as_before_cap(exits, "in_scope").any()
