"""The routes: one sentence each, with its law, picked by name."""

from __future__ import annotations

import pytest

from calculator.explanation.routes import ROUTES, Route, routes
from tests.explanation.explained import explained

SHORT = {"severance_due": "120000.00", "severance_paid": "95000.00"}
CAP = {"A waiver that had to be given", "Means-tested benefits"}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_route_is_one_sentence_with_its_law(route: Route) -> None:
    says = route.says
    assert says.endswith(".")
    assert ". " not in says
    assert route.law


def test_routes_are_picked_by_name_in_one_order() -> None:
    assert [route.name for route in routes(("ombudsman", "who_decides"))] == [
        "who_decides",
        "ombudsman",
    ]
    assert routes(()) == []
    with pytest.raises(KeyError, match="no_such_route"):
        routes(("ombudsman", "no_such_route"))


def test_no_two_routes_have_one_name() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES) == 14


def test_the_routes_of_a_case_are_those_its_facts_call_for() -> None:
    assert _shown(**SHORT) == {"Court claim, and its cost", "Interest in the alternative", *CAP}
    assert _shown(died_on="2026-03-01", **SHORT) >= {"A member who has died"}
    assert _shown(refused_on="2026-10-20", **SHORT) >= {"Judicial review of a refusal"}
    assert not _shown(severance_due="9.00", severance_paid="9.00")


@pytest.mark.parametrize("nation", ["scotland", "northern_ireland"])
def test_no_route_of_english_law_is_shown_elsewhere(nation: str) -> None:
    facts = {"died_on": "2026-03-01", "refused_on": "2026-02-20", **SHORT}
    assert _shown(nation=nation, **facts) <= CAP


def _shown(**facts: str) -> set[str]:
    return {
        each.label.removeprefix("Route: ")
        for each in explained(**facts).steps
        if each.label.startswith("Route: ")
    }
