"""Who sends the letters: what is read, and what is refused without being repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from calculator.facts.problems import FileProblem
from calculator.letters.sender import Sender, read_sender


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reply_days = 21", "reply_days must be 14 or 28"),
        ("name = 'x'", "no such setting"),
        ("organisation = 3", "must be text"),
        ("address = 3", "list of lines"),
        ("organisation = '" + "x" * 301 + "'", "at most 300"),
        ("organisation =", "not a TOML file"),
    ],
)
def test_a_sender_that_cannot_be_taken_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "sender.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblem, match=said):
        read_sender(path)


def test_a_sender_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sender.toml"
    path.write_text(
        "organisation = 'U'\naddress = ['1 Road', 'Town']\ncontact = 'c'\nsigned_by = 's'\n"
        "role = 'r'\nreply_days = 28\n",
        encoding="utf-8",
    )
    found = read_sender(path)
    assert found == Sender(
        organisation="U",
        address=("1 Road", "Town"),
        contact="c",
        signed_by="s",
        role="r",
        reply_days=28,
    )
    assert not found.incomplete
    assert Sender().incomplete


def test_an_address_is_a_text_of_lines_or_a_list_of_them() -> None:
    by_text = Sender.from_mapping({"address": "1 Road\nTown"})
    assert by_text == Sender.from_mapping({"address": ["1 Road", "Town"]})
    assert by_text.given() == {"address": ["1 Road", "Town"], "reply_days": 14}
    assert Sender.from_mapping(by_text.given()) == by_text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"address": ["Zaphod"] * 9}, "address has at most 8 lines of 300 characters."),
        ({"address": ["Zaphod" * 60]}, "address has at most 8 lines of 300 characters."),
        ({"address": ["Zaphod", 3]}, "address must be a list of lines of text."),
        ({"role": "Zaphod" * 60}, "role must be text of at most 300 characters."),
        ({"reply_days": True}, "reply_days must be 14 or 28."),
        ({"reply_days": "Zaphod"}, "reply_days must be 14 or 28."),
        (
            {"Zaphod": 1, "role": 3},
            "There is no such setting: use address, approved_by, contact, leave_out, organisation, "
            "reply_days, role, signed_by.",
        ),
        (
            {"leave_out": ["Zaphod"]},
            "leave_out is a list of practice_direction, reply_form, acknowledgment, standstill, authority or information_request.",
        ),
        ({"role": 3, "Zaphod": 1}, "role must be text of at most 300 characters."),
    ],
)
def test_the_first_fault_is_told_in_one_sentence_without_its_value(
    given: dict[str, object], said: str
) -> None:
    with pytest.raises(FileProblem) as caught:
        Sender.from_mapping(given)
    assert str(caught.value) == said
    assert not isinstance(caught.value.__context__, ValidationError)
