"""What a page says of a file that is calculated: words, tables and the figures of charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import (
    AMBER_DAYS,
    ASSUMPTIONS,
    CONFIDENCES,
    QUESTIONS,
    REASONS,
    RED_DAYS,
    STATUSES,
    TO_CHECK,
)
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.later_rates import rows_of
from calculator.facts.money import shown_money
from calculator.jobs.case_list import TILES, Exit
from calculator.jobs.corrections import Correction
from calculator.jobs.messages import Progress
from calculator.jobs.work import Summary
from calculator.one_case.case_file import MOST_EXITS
from rules.late_benefits import LaterRates
from rules.positions import Positions

TRIAGES = tuple(triage.name.lower() for triage in Triage)
URGENCIES = ("expired", "advice", "red", "amber", "green", "")
"""Most pressing first; "" is no deadline."""
_URGENCY_WORDS = {
    "red": f"Red: {RED_DAYS} days or fewer",
    "amber": f"Amber: {RED_DAYS + 1} to {AMBER_DAYS} days",
    "green": f"Green: more than {AMBER_DAYS} days",
    "expired": "Expired: no day left",
    "advice": "Scotland: ask a Scots lawyer",
    "": "No deadline",
}
_CODES = {
    "triage": STATUSES,
    "urgency": _URGENCY_WORDS,
    "confidence": CONFIDENCES,
    "reasons": REASONS,
    "assumptions": ASSUMPTIONS,
    "questions": QUESTIONS,
    "to_check": TO_CHECK,
}
_STAGES: dict[str, tuple[str, float, float]] = {
    "reading": ("Reading the file", 0.0, 0.15),
    "checking": ("Reading the cells", 0.15, 0.55),
    "working": ("Calculating the cases", 0.55, 0.65),
    "sorting": ("Putting the most urgent first", 0.65, 1.0),
    "letters": ("Writing the letter figures", 0.0, 0.02),
    "csv": ("Writing the results as CSV", 0.02, 0.15),
    "workbook": ("Writing the results workbook", 0.15, 0.4),
    "calendar": ("Writing the calendar", 0.7, 1.0),
    "writing letters": ("Writing the letters", 0.3, 1.0),
    "explaining": ("Writing the explanations into the workbook", 0.4, 0.85),
    "problems": ("Marking the problems in your workbook", 0.85, 1.0),
}
"""The words for each stage, and from where to where it moves the bar."""
_LONG_WAIT = 90
_TODAY = {"expired": "Run out: ask a lawyer. ", "advice": "Scots law: ask a lawyer. "}
_SURE = {
    "documented": "Backed by documents",
    "stated": "Not yet backed by documents",
    "estimated": "Estimate",
}
_CHECKS = {
    "nhs_pension_cost": "cost of the NHS pension",
    "teachers_compensation": "teachers' compensation",
    "strain_under_55": "strain under age 55",
    "entitlement": "what the member was entitled to",
    "settlement_agreement": "settlement agreement",
    "cash_alternative": "cash alternative",
    "scots_law": "Scots law",
    "representative": "who acts for the estate",
    "one_person_two_births": "two dates of birth",
}
"""The codes of what is to be checked, in a few words."""


def status_words(triage: str, urgency: str, days_left: int | None = None) -> str:
    """The status of a case in words, with what is to be done today."""
    today = "Start a claim today. " if days_left == 0 else _TODAY.get(urgency, "")
    return f"{today}{STATUSES[triage]}"


def sure_words(confidence: str) -> str:
    """How sure the figures of a case are, in a few words."""
    return _SURE.get(confidence, "")


def tile_words(name: str, cases: int) -> str:
    """A tile with its count."""
    return f"**{cases:,}** {TILES[name][0]}"


def urgency_label(name: str) -> str:
    """An urgency as a person reads it, with what it means."""
    return _URGENCY_WORDS[name]


def counted(number: int, noun: str) -> str:
    """``1 case``, ``1,200 cases``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def columns_sentence(columns: int, known: int) -> str:
    """How many of their columns are read, and what is done with the others."""
    if known == columns:
        return (
            f"All {counted(columns, 'column')} are read." if columns > 1 else "Its column is read."
        )
    kept = columns - known
    return (
        f"Of {counted(columns, 'column')}, {known} {'is' if known == 1 else 'are'} read. The other "
        f"{f'{kept} are' if kept > 1 else 'one is'} kept: not used, and given back beside the results."
    )


def counts_sentence(summary: Summary) -> str:
    """What was read is what was calculated and what needs a correction."""
    words = f"{summary.computed:,} of {counted(summary.read, 'case')} calculated."
    if not summary.in_error:
        return words
    return (
        f"{words} {summary.in_error:,} {'needs' if summary.in_error == 1 else 'need'} a correction."
    )


def problems_sentence(summary: Summary) -> str:
    """How much is to be corrected and how much to be confirmed."""
    return (
        f"{counted(summary.must_fix, 'cell')} to correct: the case is not calculated until then. "
        f"{summary.to_confirm:,} to confirm: the case is calculated."
    )


def problem_words(wrong: str, enter: str) -> str:
    """What is wrong and what to enter. Choices without underscores: the reader takes them so, too."""
    return f"{wrong} {enter}".replace("_", " ")


def triage_rows(summary: Summary) -> list[tuple[str, str, str, str, str]]:
    """Each result with its cases, those that press, and what they come to by payee."""
    return [
        (
            STATUSES[line.triage],
            f"{line.cases:,}",
            f"{line.pressing:,}",
            shown_money(line.member),
            shown_money(line.scheme),
        )
        for line in summary.triage
    ]


def owed_bars(summary: Summary) -> list[tuple[str, str, int]]:
    """The bars of the chart of what is owed: status, payee, pence. Those that owe nothing are left out."""
    bars = []
    for line in summary.triage:
        if line.member or line.scheme:
            name = STATUSES[line.triage]
            bars += [
                (name, "To members", line.member),
                (name, "To pension schemes", line.scheme),
            ]
    return bars


def owed_words(summary: Summary) -> str:
    """The chart of what is owed, in words."""
    said = [
        f"{STATUSES[line.triage]}: {shown_money(line.member)} to members, "
        f"{shown_money(line.scheme)} to pension schemes"
        for line in summary.triage
        if line.member or line.scheme
    ]
    return f"Owed with interest, by status. {'; '.join(said)}." if said else ""


def days_left_bars(summary: Summary) -> list[tuple[str, int]]:
    """The bars of the chart of days left: urgency and cases."""
    return [(urgency_label(name), summary.urgency[name]) for name in URGENCIES if name]


def days_left_words(summary: Summary) -> str:
    """The chart of days left, in words."""
    said = [
        f"{label.lower()}, {counted(cases, 'case')}" for label, cases in days_left_bars(summary)
    ]
    return f"Cases by days left to claim: {'; '.join(said)}."


def result_words(name: str, value: str) -> str:
    """Say the value of a result in the words of the screens."""
    if not value:
        return "empty"
    if name == "missing":
        return missing_words(value)
    words = _CODES.get(name, {})
    return " ".join(words.get(code, code) for code in value.split(";")) if words else value


def missing_words(missing: str) -> str:
    """What is missing of a case, by headings."""
    return ", ".join(_missing(name) for name in missing.split(";") if name)


def check_words(to_check: str) -> str:
    """What is to be checked before a letter goes out, in a few words each."""
    words = ", ".join(_CHECKS[code] for code in to_check.split(";") if code)
    return words[:1].upper() + words[1:]


def _missing(name: str) -> str:
    if name.startswith("case:"):
        return f"case {name.removeprefix('case:')}"
    return BY_NAME[name].heading if name in BY_NAME else name.capitalize()


def since_changed(
    summary: Summary, positions: Positions, as_at: date, rates: LaterRates | None = None
) -> str:
    """A sentence where the settings are no longer those of the results; else ""."""
    changed = []
    if summary.as_at != as_at:
        changed.append(f"the day of calculation is now {shown_day(as_at)}")
    if summary.positions != positions:
        changed.append("the answers to open questions of law were changed")
    if summary.rates != rows_of(rates):
        changed.append("the later Bank Rates were changed")
    if not changed:
        return ""
    return (
        f"These results were calculated as at {shown_day(summary.as_at)}. Since then {' and '.join(changed)}. Calculate "
        "the file again to use the settings as they are now."
    )


def progress_words(progress: Progress | None, now: float) -> tuple[float, str]:
    """How much of the work is done, from 0 to 1, and a sentence with the rate and the time left."""
    if progress is None:
        return 0.0, "Starting"
    words, begin, end = _STAGES.get(progress.stage, ("Working", 0.0, 1.0))
    done, total = progress.done, progress.total
    seconds = max(0.0, now - progress.started)
    if not done or not total:
        so_far = f", {seconds:.0f} seconds so far" if seconds >= 2 else ""
        return begin, f"{words}{so_far}"
    things = "letters" if progress.stage == "writing letters" else "cases"
    words += f": {done:,} of {total:,} {things}"
    if seconds > 0.5:
        rate = done / seconds
        words += f", {rate:,.0f} a second, {_time_left((total - done) / rate)}"
    return begin + (end - begin) * min(1.0, done / total), words


def _time_left(seconds: float) -> str:
    if seconds > _LONG_WAIT:
        return f"about {seconds / 60:.0f} minutes left"
    return f"about {max(1, round(seconds))} second{'s' if round(seconds) > 1 else ''} left"


def download_name(name: str, what: str) -> str:
    """The name of a file to download, after that of the file it was made from."""
    stem = "".join(c if c.isalnum() or c in " -_" else "-" for c in PurePath(name).stem)[
        :60
    ].strip()
    return f"{stem or 'cases'}-{what}"


def too_many_to_edit(exits: Sequence[Exit]) -> str:
    """A sentence where a person has more exits than one case takes; else ""."""
    if len(exits) <= MOST_EXITS:
        return ""
    return (
        f"This person has more than {MOST_EXITS} exits in the file, more than one case takes. Check the "
        "person reference."
    )


def other_exits(exits: Sequence[Exit], row: int) -> Iterator[str]:
    """The references of the person's other exits."""
    return (each.case_ref or f"row {each.row + 1}" for each in exits if each.row != row)


def corrected_fields(corrections: Sequence[Correction]) -> str:
    """The headings of the fields that were corrected, each once."""
    return ", ".join(dict.fromkeys(BY_NAME[each.field].heading for each in corrections))
