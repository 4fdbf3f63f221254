"""What is needed to send letters: addresses, labels, and one PDF for each kind of recipient to print."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from calculator.calculation.outcome import Outcome
from calculator.facts.problems import FileProblem
from calculator.facts.text import one_line
from calculator.letters.claim import MOST_ADDRESS
from calculator.letters.letter import Letter
from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient, Writer, for_every_recipient
from calculator.letters.text_workbook import TextSheet, write_text_workbook
from calculator.spreadsheets.rows import CHUNK

if TYPE_CHECKING:
    from pypdf import PdfWriter

EMAILS = for_every_recipient(
    {
        Recipient.EMPLOYER: "employer_email",
        Recipient.SCHEME: "fund_email",
        Recipient.MEMBER: "member_email",
        Recipient.ISSUE_PACK: "",
        Recipient.DATA_REQUEST: "employer_email",
        Recipient.FUND_DATA_REQUEST: "fund_email",
        Recipient.SCHEME_FACTS: "fund_email",
    }
)
"""The field of the e-mail address of each recipient; "" where no field has one."""
NO_PYPDF = (
    "PDFs for printing need pypdf, which is not installed. Install it with: pip install 'exit-cap[pdf]', or "
    "go without PDFs."
)
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", re.ASCII
)
_BOUNDARY = "=_exit_payments_letter"
"""Between the parts of a draft; always the same, so that the same letters give the same bytes."""
_LABEL_HEADS = (
    ("Case", 16),
    ("Letter to", 11),
    ("File", 34),
    ("Name", 30),
    *((f"Line {number}", 28) for number in range(1, MOST_ADDRESS + 1)),
)


def letter_head(letter: Letter) -> str:
    """Return the lines at the top of a letter: the union's, or those of a member who writes it."""
    words = letter.words
    if letter.plan.writer is Writer.MEMBER:
        own = words["own_address"] or ("[Your address and how to reach you]",)
        lines = (str(words["signed_by"]), *own)
    else:
        lines = (
            str(words["organisation"]),
            *words["organisation_address"],
            str(words["contact"]),
        )
    return "\n".join(line for line in lines if line)


def _lives(outcome: Outcome, row: int) -> bool:
    return bool(np.isnat(outcome.cases.days["died_on"][row]))


class Labels:
    """Collects the addresses of the letters, in the order of the letters."""

    def __init__(self) -> None:
        self.without = 0
        """Letters whose recipient has no address."""
        self._rows: list[list[str]] = []

    def add(self, letter: Letter, reference: str, file: str) -> None:
        """Add the label of a letter."""
        address = letter.words["addressee_address"]
        if not address:
            self.without += 1
            return
        empty = [""] * (MOST_ADDRESS - len(address))
        addressee = str(letter.words["addressee"])
        self._rows.append(
            [one_line(reference), letter.plan.to.value, file, addressee, *address, *empty]
        )

    def write(self, path: Path, moment: datetime) -> None:
        """Write the workbook of labels."""
        rows = [self._rows[n : n + CHUNK] for n in range(0, len(self._rows), CHUNK)]
        write_text_workbook(path, [TextSheet("Labels", _LABEL_HEADS, rows)], "Labels", moment)


class PrintFiles:
    """Joins the PDFs of each kind of recipient, each letter beginning on an odd page.

    FileProblem where pypdf is not installed.
    """

    def __init__(self) -> None:
        if find_spec("pypdf") is None:
            raise FileProblem(NO_PYPDF)
        self._writers: dict[Recipient, PdfWriter] = {}

    def add(self, to: Recipient, pdf: bytes) -> None:
        """Add a letter."""
        from pypdf import PdfReader, PdfWriter

        writer = self._writers.setdefault(to, PdfWriter())
        if len(writer.pages) % 2:
            writer.add_blank_page()
        writer.append(PdfReader(io.BytesIO(pdf)), import_outline=False)

    def write(self, folder: Path) -> list[Path]:
        """Write a file for each kind of recipient."""
        files = []
        for to, writer in self._writers.items():
            writer.add_metadata({"/Title": f"Letters to print: {to.label.lower()}"})
            path = folder / f"print_{to}.pdf"
            with path.open("wb") as file:
                writer.write(file)
            writer.close()
            files.append(path)
        return files


class Address(NamedTuple):
    """An e-mail address to use, or the key of LETTER_NOTES that says why not; both empty where none is given."""

    email: str = ""
    note: str = ""


class Emails:
    """Which e-mail address may be used for which letter.

    A letter to the member may hold what the employer must not read. So an address is used for one recipient
    only, a member's never at the domain of the employer or the fund; nor does the union send for the member.
    """

    def __init__(self, outcome: Outcome) -> None:
        texts, persons = outcome.cases.text, outcome.cases.person
        self._given = {
            name: [_plain(text) for text in texts[name]] for name in set(EMAILS.values()) if name
        }
        owners: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for name, addresses in self._given.items():
            of_members = name == EMAILS[Recipient.MEMBER]
            for row, address in enumerate(addresses):
                if address:
                    owners[address].add((name, int(persons[row]) if of_members else 0))
        self._shared = {address for address, whose in owners.items() if len(whose) > 1}
        self._outcome = outcome

    def of(self, plan: Plan) -> Address:
        """Return the address for a letter, or why there is none."""
        name = EMAILS[plan.to]
        address = self._given[name][plan.row] if name else ""
        if not address or (plan.to is Recipient.MEMBER and not _lives(self._outcome, plan.row)):
            return Address()
        if plan.writer is Writer.MEMBER:
            return Address(note="email_own_name")
        as_given = str(self._outcome.cases.text[name][plan.row]).strip()
        if not _domain(as_given):
            return Address(note="email_unreadable")
        if address in self._shared:
            return Address(note="email_shared")
        opponents = (Recipient.EMPLOYER, Recipient.SCHEME)
        if plan.to is Recipient.MEMBER and any(
            _same_house(_domain(address), _domain(self._given[EMAILS[to]][plan.row]))
            for to in opponents
        ):
            return Address(note="email_at_opponent")
        return Address(as_given)


def _plain(text: str) -> str:
    return text.strip().casefold()


def _domain(address: str) -> str:
    """Return what follows the @; "" where the text is not one address."""
    found = _EMAIL.fullmatch(address)
    return found[1] if found else ""


def _same_house(one: str, other: str) -> bool:
    """Return whether two domains are one, or one is part of the other."""
    return bool(one and other) and (
        f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}")
    )


def email_draft(letter: Letter, address: str, name: str, pdf: bytes) -> bytes:
    """Write an e-mail that is not sent: programs open it as a draft (X-Unsent). The letter is attached."""
    words = letter.words
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = address
    message["Subject"] = str(words["subject"])
    signed = [str(words[part]) for part in ("signed_by", "role", "organisation", "contact")]
    body = (
        str(words["salutation"]),
        f"Please read our letter of {words['letter_date']}, which is attached.",
        "\n".join([str(words["farewell"]), *(line for line in signed if line)]),
    )
    message.set_content("\n\n".join(body) + "\n", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    message.set_boundary(_BOUNDARY)
    return message.as_bytes()
