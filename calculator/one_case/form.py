"""Which fields the form shows, and when: what decides scope first, the rest where it matters.

A field that holds something is always shown, so that nothing hidden decides a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from calculator.facts import fields
from calculator.facts.cells import is_blank
from calculator.facts.checks import CHECKS
from calculator.facts.fields import BY_NAME, FIELDS, Field
from rules.exit_payments import KINDS, PaymentKind

Entered = Mapping[str, str]
"""What was typed or chosen for one exit, by field name; a field not in it is blank."""

ASKED_FIRST = (
    "case_ref",
    "exit_date",
    "nation",
    "employer_kind",
    "employer_name",
    "exit_reason",
)
"""What decides whether the cap reached the exit, and how it is calculated. Every other field is asked later."""
OF_THE_PERSON = ("person_ref", "member_name", "date_of_birth", "consent_to_disclose")
"""What a further exit of the same person has in common with the first, and is asked of the member."""
_SAME_PERSON = (
    *OF_THE_PERSON,
    "nation",
    "died_on",
    "representative_name",
    "member_address",
    "member_email",
    "ni_number",
)
"""Everything that a further exit takes over."""
QUESTIONS = ("exit_date", "nation", "employer_name", "employer_kind", "exit_reason", "cap_applied")
"""The first questions, before those about payments and the pension."""
LAST_QUESTION = "pension_outcome"
SCHEME = "scheme"
"""Asked after the last question where the pension was cut: the scheme decides its last days."""
_OF_REASON = {
    "redundancy": ("redundancy", "pension_strain"),
    "business_efficiency": ("pension_strain", "severance"),
    "voluntary": ("voluntary_exit", "pension_strain"),
    "settlement": ("settlement", "notice_pay"),
}
_OF_ANY_REASON = ("redundancy", "pension_strain", "notice_pay")
"""The kinds of payment asked for where the reason for leaving is another or not given."""


@dataclass(frozen=True)
class Section:
    """One section of the form: its title and the fields it shows now, payments left out."""

    title: str
    fields: tuple[Field, ...]


def _given(entered: Entered, *names: str) -> bool:
    return any(not is_blank(entered.get(name)) for name in names)


def _paid_since(entered: Entered) -> bool:
    return _given(entered, "top_up_member", "top_up_scheme", "top_up_interest")


def _has_strain(entered: Entered) -> bool:
    return entered.get("scheme") == "lgps" or _given(
        entered, "pension_strain_due", "pension_strain_paid"
    )


def _reduced_or_deferred(entered: Entered) -> bool:
    return entered.get("pension_outcome") in ("reduced", "deferred")


def _lgps_loss(entered: Entered) -> bool:
    return entered.get("scheme") == "lgps" and _reduced_or_deferred(entered)


def _pension_lost(entered: Entered) -> bool:
    return _reduced_or_deferred(entered) or entered.get("pension_outcome") == "self_funded"


def last_questions(entered: Entered) -> tuple[str, ...]:
    """Name what is asked after the payments: the pension and, where it was cut, its scheme."""
    return (LAST_QUESTION, SCHEME) if _reduced_or_deferred(entered) else (LAST_QUESTION,)


_BESIDE = {
    "redundancy": ("statutory_redundancy",),
    "pension_strain": ("strain_due_date", "strain_paid_on", "cash_alternative_paid"),
}
"""The fields that are shown right under a kind of payment."""
_SHOWN_WHEN: dict[str, Callable[[Entered], bool]] = {
    "monthly_hours": lambda _: False,
    "weekly_pay": lambda e: e.get("exit_reason") in ("redundancy", "unknown", None, ""),
    "statutory_redundancy": lambda e: _given(e, "redundancy_due", "redundancy_paid"),
    "strain_due_date": _has_strain,
    "strain_paid_on": _has_strain,
    "cash_alternative_paid": _has_strain,
    "pension_outcome": lambda e: e.get("scheme") not in (None, "", "none"),
    "pension_started_on": _reduced_or_deferred,
    "pension_restored_on": _pension_lost,
    "pension_due": _pension_lost,
    "pension_paid": _pension_lost,
    "lump_sum_due": _pension_lost,
    "lump_sum_paid": _pension_lost,
    "pension_to_2008": _lgps_loss,
    "lump_sum_to_2008": _lgps_loss,
    "pension_2008_2014": _lgps_loss,
    "pension_care": _lgps_loss,
    "member_funded_strain": lambda e: e.get("pension_outcome") == "self_funded",
    "top_up_date": _paid_since,
    "entitlement": lambda e: has_payments(e),
    "fund_acknowledged_on": lambda e: _has_strain(e) or _pension_lost(e),
    "pension_decision_on": _reduced_or_deferred,
    "representative_name": lambda e: _given(e, "died_on"),
}
"""Fields that matter only beside another. Every other field is shown with its section."""


def first_section() -> Section:
    """What is asked before anything else."""
    return Section(fields.WHO, tuple(BY_NAME[name] for name in ASKED_FIRST))


def later_sections(entered: Entered) -> list[Section]:
    """The further sections with the fields that matter. The rest of "Who and where" is about the member."""
    drawn = {*ASKED_FIRST, *OF_THE_PERSON, *_with_payments()}
    sections = []
    for title in fields.SECTIONS:
        rest = [field for field in FIELDS if field.section == title and field.name not in drawn]
        if title == fields.WHO:
            title, rest = "The member", [*(BY_NAME[name] for name in OF_THE_PERSON), *rest]
        shown = tuple(field for field in rest if _shown(field.name, entered))
        sections.append(Section(title, shown))
    return sections


def fields_of(names: Container[str], entered: Entered) -> list[Field]:
    """Give those of the fields named that matter now, without those drawn with a kind of payment."""
    drawn = _with_payments()
    return [
        f for f in FIELDS if f.name in names and f.name not in drawn and _shown(f.name, entered)
    ]


def _with_payments() -> set[str]:
    """The fields drawn with a kind of payment: its amounts and those beside it."""
    amounts = {f"{kind.name}_{side}" for kind in KINDS for side in ("due", "paid")}
    return amounts | {name for names in _BESIDE.values() for name in names}


def not_drawn() -> list[str]:
    """Name the fields that no section draws when each holds something."""
    given = dict.fromkeys((field.name for field in FIELDS), "x")
    drawn = {field.name for section in later_sections(given) for field in section.fields}
    for kind in shown_kinds(given):
        drawn |= {f"{kind.name}_due", f"{kind.name}_paid"}
        drawn |= {field.name for field in beside(kind, given)}
    return [name for name in given if name not in {*ASKED_FIRST, *drawn}]


def _shown(name: str, entered: Entered) -> bool:
    if name == "checked":
        return _cannot_be_ticked(entered)
    when = _SHOWN_WHEN.get(name)
    return when is None or _given(entered, name) or when(entered)


def _cannot_be_ticked(entered: Entered) -> bool:
    """True where ``checked`` holds a code that has no tick box beside the result."""
    held = (entered.get("checked") or "").split(";")
    return any(code.strip() and code.strip() not in CHECKS for code in held)


def usual_kinds(entered: Entered) -> tuple[str, ...]:
    """The kinds of payment that the reason for leaving calls for."""
    return _OF_REASON.get(entered.get("exit_reason") or "", _OF_ANY_REASON)


def shown_kinds(entered: Entered, added: Sequence[str] = ()) -> list[PaymentKind]:
    """The kinds of payment to show: the usual ones, those with an amount, those asked for."""
    usual = usual_kinds(entered)
    return [
        kind
        for kind in KINDS
        if kind.name in usual
        or kind.name in added
        or _given(entered, f"{kind.name}_due", f"{kind.name}_paid")
    ]


def beside(kind: PaymentKind, entered: Entered) -> list[Field]:
    """The fields that belong under a kind of payment, where they matter."""
    return [BY_NAME[name] for name in _BESIDE.get(kind.name, ()) if _shown(name, entered)]


def next_exit(entered: Entered, number: int) -> dict[str, str]:
    """A further exit of the same person, with what both have in common."""
    same = {name: entered[name] for name in _SAME_PERSON if entered.get(name)}
    return {**same, "case_ref": f"{entered.get('case_ref') or 'Case'}-{number}"}


def label(field: Field) -> str:
    """Name a field on the form. The result waits for the date of exit alone; a reference is given if blank."""
    return f"{field.heading} (needed)" if field.name == "exit_date" else field.heading


def hint(field: Field) -> str:
    """Say under the label of a field what to enter: its help, without what only a spreadsheet needs.

    What is used in letters only is said once, above those fields.
    """
    return _HINTS.get(field.name, "" if field.section == fields.LETTERS else field.help)


_HINTS = {
    "case_ref": "Your own reference for this exit.",
    "exit_date": "As on the P45, such as 31/12/2020.",
    "nation": "Where the member worked. England is taken if this is blank.",
    "employer_name": "As on the contract or payslip. Type a part of the name to search the Schedule, or any "
    "other name.",
    "employer_kind": "Colleges, universities and housing associations were not in the Schedule.",
    "exit_reason": "Voluntary redundancy is redundancy. It decides which payments are asked for.",
    "cap_applied": "In a letter, an e-mail or a calculation, or by word of mouth.",
    "entitlement": "By the contract, a policy, a decision made before or at the exit, or statute. Leave out what "
    "was only hoped for.",
    "redundancy_due": "Statutory part included.",
    "pension_strain_due": "What the fund charged, or would have.",
    "pension_outcome": "What the member got when the cap was applied.",
    "evidence": "The documents you hold.",
    "checked": "What you have checked before a letter goes out.",
    "debtor_name": "The successor of an employer that was abolished, merged or converted. Check that it owes the "
    "debt.",
    "relaxed_amount": "If the cap was waived for this exit, in all or in part. Enter all if it was wholly waived.",
    "member_name": "Shown in letters and on the answer.",
}
_NOT_KNOWN_PAID = "Blank if you do not know, 0 if nothing was paid."
_HINTS |= {f"{kind.name}_paid": _NOT_KNOWN_PAID for kind in KINDS}


def has_payments(entered: Entered) -> bool:
    """True where at least one payment due or paid is entered, or a total."""
    names = [f"{kind.name}_{side}" for kind in KINDS for side in ("due", "paid")]
    return _given(entered, *names, "total_paid")


def check_all_drawn() -> None:
    """Raise ValueError for a field that the form would never show."""
    if missed := not_drawn():
        raise ValueError(f"No section of the form draws {', '.join(missed)}.")


check_all_drawn()
