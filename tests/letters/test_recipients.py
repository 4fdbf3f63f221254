"""Every recipient has its wording, template, title, files and help, and is offered; what lacks one fails."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from calculator.letters.file_names import path_in_zip
from calculator.letters.letter import LettersWanted
from calculator.letters.plan import Plan
from calculator.letters.recipients import (
    USUAL,
    Recipient,
    Writer,
    for_every_recipient,
    one_of,
)
from calculator.letters.schedule import SCHEDULES
from calculator.letters.word.house_letter import HAS_ACTION, PAYMENTS_IN_TEXT, SCHEDULE_HEADINGS
from calculator.letters.word.house_styles import DRAFTS, SIZES
from calculator.letters.wording import ENCLOSURES, SECTIONS
from calculator.screens.letters import RECIPIENTS
from tests import ROOT
from tests.letters_helpers import capped, one
from tests.test_commands import exitcap

EACH = pytest.mark.parametrize("to", list(Recipient))


@EACH
def test_a_recipient_has_a_letter_with_its_own_words(to: Recipient) -> None:
    made = one(capped(to), to)
    assert made.letter.plan.to is to
    assert made.letter.words["letter_to"] == to.value
    assert made.letter.words["subject"]
    assert SCHEDULE_HEADINGS[to].split(" {{")[0] in made.text


def test_no_two_recipients_have_the_same_letter() -> None:
    assert len({one(capped(to), to).text for to in Recipient}) == len(Recipient)


def test_what_is_declared_by_recipient_is_declared_for_each() -> None:
    of_words = (SECTIONS, ENCLOSURES, SCHEDULES, SCHEDULE_HEADINGS, RECIPIENTS)
    for declared in (*of_words, PAYMENTS_IN_TEXT, HAS_ACTION, SIZES, DRAFTS):
        assert list(declared) == list(Recipient)


def test_a_payments_table_in_the_text_is_in_the_template_too() -> None:
    for to in Recipient:
        rows = one(capped(to), to).letter.words["sections"]
        assert any(row.shows_payments for row in rows) is PAYMENTS_IN_TEXT[to]  # type: ignore[union-attr]


def test_a_mapping_that_lacks_a_recipient_names_it() -> None:
    with pytest.raises(LookupError, match=r"letters to: scheme$"):
        for_every_recipient({to: 1 for to in Recipient if to is not Recipient.SCHEME})


@pytest.mark.parametrize("module", ["wording", "word.house_letter", "schedule"])
def test_a_new_recipient_without_words_fails_when_the_program_loads(module: str) -> None:
    source = (ROOT / "calculator" / "letters" / "recipients.py").read_text(encoding="utf-8")
    last = '    MEMBER = "member", "The member", False, "member_address"\n'
    assert last in source
    with_court = source.replace(last, f'{last}    COURT = "court", "The court", False\n')
    program = (
        "import sys, types; made = types.ModuleType('calculator.letters.recipients'); "
        "sys.modules[made.__name__] = made; exec(sys.argv[1], made.__dict__); "
        f"import calculator.letters.{module}"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, with_court],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert "LookupError: nothing is declared here for letters to: court" in done.stderr


@EACH
def test_a_recipient_has_a_folder_in_the_zip_and_a_place_in_the_guide(to: Recipient) -> None:
    path = path_in_zip(Plan(0, to, Writer.UNION, "", ()), ["A1"], date(2026, 11, 27))
    assert path == f"letters/{to.value}/A1_{to.value}_2026-11-27"
    guide = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    assert to.label.lower() in guide.lower()


def test_the_command_names_and_writes_to_each_recipient() -> None:
    said = " ".join(exitcap("letters", "--help").stdout.split())
    assert one_of(Recipient) in said
    assert "the first 3 if left out" in said
    assert LettersWanted().to == USUAL == tuple(Recipient)[:3]


def test_the_app_offers_each_recipient() -> None:
    labels = [to.label for to in Recipient]
    assert all(labels)
    app = AppTest.from_string(
        "from calculator.screens import settings\nsettings.show()", default_timeout=60
    ).run()
    offered = next(box for box in app.selectbox if box.label == "For letters to")
    assert offered.options == labels
