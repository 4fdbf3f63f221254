"""What the tests of letters share: the sample worked once, letters made from it, and cases of their own."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw
from calculator.letters.letter import Letter, LettersWanted
from calculator.letters.make import letters, templates_for
from calculator.letters.plan import plan_letters
from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.sender import Sender
from calculator.letters.word.letter_parts import LetterPart, letter_parts
from calculator.letters.word.own import OwnLetter
from calculator.spreadsheets.read import read_cases, read_sheet
from rules.positions import Positions
from tests import ROOT

AS_AT = date(2026, 11, 22)
SAMPLE = ROOT / "sample_data" / "cases.csv"
SENDER = Sender(
    organisation="Public Workers' Union",
    address=("1 Example Street", "Anytown AN1 1AA"),
    contact="cases@union.example",
    signed_by="Jo Caseworker",
    role="Legal officer",
    reply_days=28,
)
REQUEST = LettersWanted(SENDER, without_consent=WithoutConsent.MEMBER)
CAPPED: dict[str, Raw] = {
    "case_ref": "A1",
    "member_name": "Ann Example",
    "employer_name": "Anytown Council",
    "employer_kind": "council",
    "consent_to_disclose": "yes",
    "exit_reason": "redundancy",
    "exit_date": "31/12/2020",
    "date_of_birth": "1962-05-01",
    "payment_date": "15/01/2021",
    "redundancy_due": "40000",
    "redundancy_paid": "38000",
    "pension_strain_due": "70000",
    "pension_strain_paid": "57000",
    "scheme": "lgps",
    "pension_outcome": "reduced",
}
"""One case with something owed to the member and to the scheme, the cap the cause."""


def capped(to: Recipient) -> dict[str, Raw]:
    """The same case, so that there is a letter of each kind: in another scheme where the letter is for one."""
    return {**CAPPED, "scheme": "civil_service"} if to is Recipient.SCHEME_FACTS else CAPPED


def worked(*cases: Mapping[str, Raw], positions: Positions | None = None) -> Outcome:
    """Some cases worked out as at the day of the tests."""
    names = {name for case in cases for name in case}
    columns = {name: [case.get(name) for case in cases] for name in names}
    return assess(Cases.from_raw(columns, len(cases)), positions or Positions(), AS_AT)


@functools.cache
def sample() -> Outcome:
    """The sample cases, all with the member's consent as entered."""
    return assess(read_cases(read_sheet(SAMPLE)), Positions(), AS_AT)


@dataclass(frozen=True)
class Made:
    """One letter of the sample with its text."""

    letter: Letter
    found: tuple[LetterPart, ...]

    @property
    def name(self) -> str:
        """Case, recipient and writer, as a test is named."""
        plan = self.letter.plan
        return f"{self.letter.words['case_ref']}-{plan.to}-{plan.writer}"

    @property
    def text(self) -> str:
        """All that the letter says, line by line."""
        return text_of(self.found)


def text_of(found: tuple[LetterPart, ...] | list[LetterPart]) -> str:
    """Blocks as lines of text; a table is a line for each row."""
    lines = []
    for block in found:
        if block.kind == "table":
            lines += [" | ".join(row) for row in block.rows]
        else:
            lines.append(f"{'# ' * block.kind.startswith('heading')}{block.text}")
    return "\n".join(lines)


def own(path: Path) -> dict[Recipient, OwnLetter]:
    """A union's template in a file, for all recipients."""
    return dict.fromkeys(Recipient, OwnLetter.read(path))


def made_from(outcome: Outcome, request: LettersWanted = REQUEST) -> list[Made]:
    """Every letter of an outcome, with its text."""
    plans = plan_letters(
        outcome,
        request.to,
        request.without_consent,
        request.sender.reply_days,
        request.own,
    )
    templates = templates_for(request, outcome)
    return [
        Made(letter, tuple(letter_parts(letter.docx)))
        for letter in letters(outcome, plans, request, templates)
    ]


@functools.cache
def sample_letters() -> list[Made]:
    """Every letter of the sample: by the union where there is consent, else in the member's own name."""
    return made_from(sample())


def one(
    case: Mapping[str, Raw],
    to: Recipient = Recipient.EMPLOYER,
    request: LettersWanted = REQUEST,
    positions: Positions | None = None,
) -> Made:
    """The letter of one case to one recipient."""
    found = made_from(
        worked(case, positions=positions),
        LettersWanted(request.sender, (to,), request.without_consent, request.own),
    )
    assert len(found) == 1
    return found[0]


def part(docx: bytes, name: str) -> str:
    """One part of a .docx as text."""
    with ZipFile(io.BytesIO(docx)) as parts:
        return parts.read(name).decode()
