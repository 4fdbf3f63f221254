"""What tests need of the system: what is missing is named, and the tests that need it are left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests import needs
from tests.needs import NEEDS, skip_without

ROOT = Path(__file__).parent.parent


@pytest.fixture(params=NEEDS)
def missing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each thing in turn, missing."""
    name = str(request.param)
    monkeypatch.setitem(NEEDS, name, NEEDS[name]._replace(is_there=lambda: False))
    return name


def test_a_test_without_what_it_needs_is_left_out_with_a_sentence(missing: str) -> None:
    mark = needs.needs(missing).mark
    assert mark.args == (True,)
    assert mark.kwargs["reason"] == NEEDS[missing].sentence
    with pytest.raises(pytest.skip.Exception, match=re.escape(NEEDS[missing].sentence)):
        skip_without(missing)


def test_what_is_missing_is_told_with_its_packages(
    missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    needs.main()
    told = json.loads(capsys.readouterr().out)
    assert set(NEEDS[missing].packages) <= set(told["packages"])
    assert NEEDS[missing].sentence in told["sentences"]


def test_a_driver_that_does_not_start_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without libatomic1: the driver ends with status 127."""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/bin/false")
    needs._driver_starts.cache_clear()
    assert not NEEDS["driver"].is_there()
    needs._driver_starts.cache_clear()


def test_each_need_is_asked_for_by_a_test() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    asked = " ".join(re.findall(r"(?:@needs|skip_without)\(([^)]*)\)", sources))
    assert [name for name in NEEDS if f'"{name}"' not in asked] == []
