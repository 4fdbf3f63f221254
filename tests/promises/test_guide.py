"""The guide says what the app shows: every amount and day, every label, every picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from calculator.calculation.assess import assess
from calculator.calculation.codes import CONFIDENCES, TRIAGES, URGENCIES
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUTS
from calculator.explanation.answer import answer_of
from calculator.explanation.charts import payments_and_cap, timeline
from calculator.explanation.explain import explain
from calculator.explanation.law import rates, windows
from calculator.facts import fields
from calculator.facts.choice_words import labels, listed_words
from calculator.facts.days import parse_day, shown_day
from calculator.facts.fields import BY_NAME, Field
from calculator.facts.money import parse_money, shown_money
from calculator.one_case.case_file import as_text, exits_of_upload, read_case_file
from calculator.one_case.person import RawExit, work
from calculator.spreadsheets.read import read_cases, read_sheet
from rules.positions import Positions
from tests import ROOT
from tests.guide_cases import AS_AT, MANY, ONE_EXIT, PENSION, TWO_EXITS

DOCS = ROOT / "docs"
MOST_BYTES = 200_000
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_AMOUNT = re.compile(r"£\d+(?:,\d{3})*(?:\.\d\d)?")
_DAY = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS}) \d{{4}}|\b\d\d/\d\d/\d{{4}}")
_LEFT = re.compile(r"\b\d+ days left")
_PICTURE = re.compile(r"!\[[^\]]+\]\(images/([a-z-]+\.png)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The text of each section by its heading; what stands before the first under "Start"."""
    parts = re.split(r"^## (.+)$", "## Start\n" + text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


SECTIONS = sections(GUIDE)


def figures(text: str) -> set[str]:
    """The amounts, days and days left named in a text, each written in one way."""
    amounts = {shown_money(parse_money(found) or 0) for found in _AMOUNT.findall(text)}
    days = {shown_day(parse_day(found) or date.min) for found in _DAY.findall(text)}
    return amounts | days | set(_LEFT.findall(text))


def one_exit() -> dict[str, str]:
    return as_text(read_case_file(ONE_EXIT.read_text(encoding="utf-8")).exits[0])


def not_known() -> dict[str, str]:
    facts = one_exit()
    return {
        name: facts[name]
        for name in facts
        if name not in ("redundancy_paid", "pension_strain_paid")
    }


def worked(*exits: RawExit, positions: Positions | None = None) -> Outcome:
    return work(exits, positions or Positions(), AS_AT).outcome


@cache
def many() -> Outcome:
    return assess(read_cases(read_sheet(MANY)), Positions(), AS_AT)


def row_of(outcome: Outcome, reference: str) -> int:
    return list(outcome.cases.text["case_ref"]).index(reference)


def texts(outcome: Outcome, row: int) -> Iterator[str]:
    """Everything the app says of an exit, and what was entered of it."""
    found = explain(outcome, row)
    yield from found.headline
    yield from (f"{step.formatted} {step.working}" for step in found.steps)
    yield payments_and_cap(outcome, row).words
    yield timeline(outcome, row).words
    results = outcome.row(row)
    for output in OUTPUTS:
        value = results[output.name]
        if value and output.kind is OutputKind.MONEY:
            yield shown_money(parse_money(value) or 0)
        elif value and output.kind is OutputKind.DAY:
            yield shown_day(date.fromisoformat(value))


def shown(outcome: Outcome, row: int) -> set[str]:
    return figures("\n".join(texts(outcome, row)))


def totals(outcome: Outcome) -> set[str]:
    """What is owed in all, payee by payee."""
    return {
        shown_money(int(outcome.figures(name).values[outcome.figures(name).filled].sum()))
        for name in ("member_total", "scheme_total")
    }


def of_the_example() -> dict[str, set[str]]:
    """The figures that the app shows, by the section of the guide that speaks of them."""
    first = one_exit()
    two = [as_text(facts) for facts in read_case_file(TWO_EXITS.read_text("utf-8")).exits]
    together = worked(*two)
    entered = {
        figure
        for facts in (first, *two)
        for figure in figures(" ".join(str(value) for value in facts.values()))
    }
    changed = {**first, "redundancy_paid": "£34,000"}
    pension = worked({**first, **PENSION})
    return {
        "One case from start to end": shown(worked(first), 0) | entered,
        "The same case, what was paid is not known": shown(worked(not_known()), 0),
        "Two exits of one person": shown(together, 0) | shown(together, 1) | entered,
        "What the pension lost, and what tax may take": shown(pension, 0)
        | figures(" ".join(PENSION.values()))
        | {"£30,000.00"},
        "What if": shown(worked(first), 0) | shown(worked(changed), 0),
        "Check a list": shown(many(), row_of(many(), "S004")) | totals(many()),
    }


def of_the_law() -> set[str]:
    """The figures that hold for every case."""
    words = [amount for _, amount, _ in rates()]
    words += [day for _, first, last, _ in windows() for day in (first, last)]
    return figures(" ".join(words)) | {shown_day(AS_AT), "18 March 2027"}


EXAMPLES = of_the_example()


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_amount_and_day_is_what_the_app_shows(heading: str) -> None:
    allowed = EXAMPLES.get(heading, set()) | of_the_law()
    assert figures(SECTIONS[heading]) - allowed == set()


@pytest.mark.parametrize(
    ("heading", "least"),
    [
        ("One case from start to end", 20),
        ("The same case, what was paid is not known", 3),
        ("Two exits of one person", 6),
        ("What the pension lost, and what tax may take", 6),
        ("What if", 4),
        ("Check a list", 4),
    ],
)
def test_the_sections_of_the_examples_quote_figures_of_theirs(heading: str, least: int) -> None:
    assert heading in SECTIONS
    assert len(figures(SECTIONS[heading]) & EXAMPLES[heading]) >= least


def test_the_days_left_are_quoted_for_the_urgency_that_the_app_gives() -> None:
    assert worked(one_exit()).row(0)["urgency"] == "amber"
    row = many().row(row_of(many(), "S004"))
    assert row["urgency"] == "red"
    assert f"{row['contract_days_left']} days left" in SECTIONS["Check a list"]


def test_the_answers_quoted_are_those_given() -> None:
    said = " ".join(SECTIONS["One case from start to end"].split())
    verdict = answer_of(worked(one_exit()), 0).verdict.removeprefix("Yes: ")
    assert verdict.partition(". ")[0].casefold() in said.casefold()
    assert worked(not_known()).row(0)["triage"] == "capped_estimate"
    assert worked(not_known()).row(0)["confidence"] == "estimated"
    cash_first = worked(not_known(), positions=Positions(cut_order="cash_first")).row(0)
    assert cash_first["member_total"] not in ("", "0.00")


def test_the_counts_of_the_sample_are_those_told() -> None:
    size, wrong = many().cases.size, int(many().cases.in_error.sum())
    assert (
        f"{size - wrong} of {size} cases calculated. {wrong} need a correction."
        in SECTIONS["Check a list"]
    )


def _words(field: Field, value: str) -> str:
    if field.listed:
        return ", ".join(listed_words(name) for name in value.split(";"))
    return labels(field).get(value, value) if field.choices is not None else value


def test_the_facts_to_enter_are_those_of_the_case_file() -> None:
    told = dict(_ROW.findall(SECTIONS["One case from start to end"]))
    told.pop("field")
    told = {name: value for name, value in told.items() if set(name) != {"-"}}
    assert told == {
        BY_NAME[name].heading: _words(BY_NAME[name], value) for name, value in one_exit().items()
    }


@pytest.mark.parametrize("path", [ONE_EXIT, TWO_EXITS])
def test_the_app_opens_the_case_files_of_the_guide(path: Path) -> None:
    file = exits_of_upload(path.name, path.read_bytes())
    outcome = work(file.exits, Positions(), AS_AT)
    assert not outcome.outcome.cases.in_error.any()
    assert [problem for problem in outcome.problems if problem.code == "unknown_key"] == []


@cache
def words_on_the_screens() -> str:
    """The words that the screens are made of, in small letters."""
    sources = [ROOT / "app.py", *(ROOT / "calculator").rglob("*.py")]
    sources.append(ROOT / "calculator" / "screens" / "drafts.js")
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = [words for field in fields.FIELDS for words in labels(field).values()]
    named += [listed_words(name) for field in fields.FIELDS for name in field.listed]
    named += [field.heading for field in fields.FIELDS]
    return re.sub(r'"\s*\n\s*f?"', "", "\n".join([written, *named])).casefold()


def labels_in_bold() -> list[str]:
    """What the guide names in bold: words of a screen, where no whole sentence."""
    bold = {" ".join(found.split()) for found in _BOLD.findall(GUIDE)}
    return sorted(words for words in bold if not words.endswith((".", ":")))


@pytest.mark.parametrize("label", labels_in_bold())
def test_every_label_in_bold_stands_on_a_screen(label: str) -> None:
    words = re.sub(r"^exit \d$", "exit ", label.casefold())
    assert words in words_on_the_screens()


def test_every_word_of_a_result_is_explained() -> None:
    told = SECTIONS["What the words mean"]
    both: Mapping[str, str] = {**TRIAGES, **URGENCIES, **CONFIDENCES}
    assert [word for word in both if f"| `{word}` |" not in told] == []


def test_every_picture_is_used_and_small() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    there = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}
    assert set(_PICTURE.findall(pages)) == set(there)
    assert [name for name, size in there.items() if size > MOST_BYTES] == []


@pytest.mark.parametrize("name", ["guide.md", "hosting.md"])
def test_the_links_within_the_docs_lead_somewhere(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-") for words in headings}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors
        elif not target.startswith("http"):
            assert (DOCS / target).is_file()
