"""The routes: one sentence each, with its law, picked by name."""

from __future__ import annotations

import pytest

from calculator.explanation.routes import ROUTES, Route, routes


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
