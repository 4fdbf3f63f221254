"""What a person must check before a letter opens the explanation."""

from __future__ import annotations

from calculator.calculation.codes import TO_CHECK
from calculator.explanation.as_json import as_json
from tests.comparing import calculated
from tests.explanation.explained import AS_AT, explained

OVER = {"severance_due": "100000", "severance_paid": "95000"}


def test_the_sentence_of_each_code_opens_the_headline_before_the_answer() -> None:
    facts = {**OVER, "entitlement": "discretionary", "settlement_agreement": "yes"}
    explanation = explained(**facts, exit_date="2020-11-10")
    assert explanation.to_check == ("entitlement", "settlement_agreement")
    assert explanation.headline[:2] == tuple(TO_CHECK[code] for code in explanation.to_check)
    assert explanation.headline[2].startswith("The last day for a claim in contract was")
    checked = explained(**facts, checked="entitlement;settlement_agreement")
    assert checked.to_check == ()
    assert not set(TO_CHECK.values()) & set(checked.headline)


def test_json_holds_the_codes_with_their_sentences() -> None:
    row = {"case_ref": "A", "exit_date": "2020-12-31", "settlement_agreement": "yes", **OVER}
    made = as_json(calculated([row], {}, AS_AT), 0, [])
    assert made["to_check"] == [
        {"code": "settlement_agreement", "sentence": TO_CHECK["settlement_agreement"]}
    ]
