"""The calculator against a second implementation, scalar and written from the instruments alone."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import generated, pools
from tests.comparing import differences
from tests.generated import Row

AS_AT = st.sampled_from([date.fromisoformat(day) for day in pools.AS_AT])
POSITIONS = st.fixed_dictionaries(
    {name: st.sampled_from(values) for name, values in pools.POSITIONS.items()}
)


@given(rows=generated.tables(), as_at=AS_AT)
def test_every_output_agrees_with_the_oracle(rows: list[Row], as_at: date) -> None:
    assert differences(rows, {}, as_at) == []


@given(rows=generated.tables(), positions=POSITIONS, as_at=AS_AT)
def test_every_output_agrees_under_every_position(
    rows: list[Row], positions: dict[str, str], as_at: date
) -> None:
    assert differences(rows, positions, as_at) == []


@pytest.mark.parametrize("seed", range(20))
def test_large_random_tables_agree_with_the_oracle(seed: int) -> None:
    source = random.Random(seed)
    positions = {name: source.choice(values) for name, values in pools.POSITIONS.items()}
    as_at = date.fromisoformat(source.choice(pools.AS_AT))
    rows = generated.random_rows(seed, 150, persons=40)
    assert differences(rows, positions if seed % 2 else {}, as_at) == []


def test_references_in_other_letters_and_fillers_agree_with_the_oracle() -> None:
    rows = generated.random_rows(7, 150, persons=40)
    for place, row in enumerate(rows):
        if row.get("person_ref") == "P0":
            row["person_ref"] = ("P0", "p0", "P0 ", "n/a", "See file")[place % 5]
    assert differences(rows, {}, date(2026, 11, 22)) == []
