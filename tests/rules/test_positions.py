"""Positions: each is declared once, with its default, its words and what it changes."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest

from rules.interest import RATE_PERCENT
from rules.positions import (
    NEAR_LINE_MARGIN,
    POSITIONS,
    WEEK_DIVISORS,
    Position,
    PositionError,
    Positions,
)


def test_a_position_without_its_line_on_the_law_page_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="changes"):
        Position("open", ("yes", "no"), "Is it open?", "Nobody knows.")  # type: ignore[call-arg]


def test_each_field_is_a_position_with_its_default() -> None:
    assert [field.name for field in fields(Positions)] == [each.name for each in POSITIONS]
    assert asdict(Positions()) == {each.name: each.default for each in POSITIONS}


def test_every_position_has_its_words() -> None:
    for position in POSITIONS:
        assert position.question.endswith("?")
        assert position.why_open.endswith(".")
        assert position.changes.endswith(".")
        assert len(position.answers) == (0 if position.any_amount else len(position.values))


def test_the_question_of_interest_names_the_rate_of_the_rule() -> None:
    assert f"{RATE_PERCENT}%" in POSITIONS[0].question


def test_any_amount_in_pounds_is_a_margin() -> None:
    positions = Positions.from_mapping({"near_line_margin": "2500.50"})
    assert positions.near_line_pence == 250_050
    for wrong in ("-1", "1_000", "1.234", "9999999999", ""):
        with pytest.raises(PositionError, match=r"near_line_margin cannot be .* such as 5000"):
            NEAR_LINE_MARGIN.check(wrong)


def test_a_number_is_taken_where_the_default_is_one() -> None:
    assert Positions.from_mapping({"week_divisor": 52, "near_line_margin": 0}).near_line_pence == 0
    for name in ("interest_start", "cut_order"):
        with pytest.raises(PositionError, match="enter text in quotes"):
            Positions.from_mapping({name: 1})


def test_every_divisor_can_be_chosen() -> None:
    assert [Positions(week_divisor=each).weeks_in_year for each in WEEK_DIVISORS] == list(
        WEEK_DIVISORS.values()
    )
