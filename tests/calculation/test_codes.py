"""Every code has a sentence, and every result a word."""

from __future__ import annotations

import pytest

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import (
    ASSUMPTIONS,
    CONFIDENCES,
    QUESTIONS,
    REASONS,
    TRIAGES,
    URGENCIES,
)
from calculator.calculation.signals import Confidence, Urgency


@pytest.mark.parametrize(
    "words", [REASONS, ASSUMPTIONS, QUESTIONS, TRIAGES, URGENCIES, CONFIDENCES]
)
def test_every_code_has_a_sentence(words: dict[str, str]) -> None:
    for code, sentence in words.items():
        assert code == code.lower()
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith((".", "?"))


def test_every_result_word_is_explained() -> None:
    assert list(TRIAGES) == [triage.name.lower() for triage in Triage]
    assert set(URGENCIES) == {code.name.lower() for code in Urgency if code.value}
    assert set(CONFIDENCES) == {code.name.lower() for code in Confidence if code.value}
