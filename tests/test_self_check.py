"""Published worked examples and vectors from the instruments, one named test each, to the penny."""

from __future__ import annotations

import pytest

from calculator.self_check import Example, examples, run

ALL = examples()


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.id)
def test_published(example: Example) -> None:
    checks = list(run(example))
    assert checks, "an example that expects nothing proves nothing"
    failed = [check for check in checks if not check.passed]
    assert not failed, f"{example.source} {example.source_url}: {failed}"


def test_every_example_names_its_source_and_provenance() -> None:
    assert len({example.id for example in ALL}) == len(ALL)
    for example in ALL:
        assert example.source
        assert example.source_url.startswith("http")
        assert example.provenance
