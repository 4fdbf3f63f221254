"""Nothing from a file or a person is drawn as markup: markers everywhere, on every screen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from calculator.explanation.blocks import Block
from calculator.facts.fields import FIELDS, Field, Kind
from calculator.letters.recipients import Recipient
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from calculator.screens.hypertext import block_html
from calculator.screens.parts import escape_markdown
from tests.hostile import package, row, sheet, zipped
from tests.markers import LINES, MARKER, WORD, all_as_text, drawn_as_markup, foreign_in_html
from tests.screens.screen import AS_AT, LOST, part, pick, screen
from tests.screens.test_many_cases import SCREEN, click, select, until_button, until_words, upload
from tests.screens.test_many_cases import part as list_part

TEXTS = [field.name for field in FIELDS if field.kind is Kind.TEXT]


@pytest.mark.parametrize("text", [MARKER, LINES])
def test_text_from_outside_is_drawn_as_it_is(text: str) -> None:
    assert drawn_as_markup(escape_markdown(text)) == []
    assert drawn_as_markup(text) != []


def test_figures_days_and_sentences_hold_no_hidden_character() -> None:
    for text in ("£1,234.56", "31/12/2020", "Must fix: enter a day (31/12/2020).", "A-1_b"):
        assert "\N{WORD JOINER}" not in escape_markdown(text)


@pytest.mark.parametrize("text", [MARKER, LINES])
def test_text_from_outside_is_written_as_text_on_paper(text: str) -> None:
    columns = (text, f'{text}" onclick="x')
    block = Block(text, (text,), (text,), columns, ((text, f"<b>{text}"),), (text,))
    assert foreign_in_html(block_html(block)) == []
    assert foreign_in_html(f"<p>{text}</p>") != []


def one_case(facts: dict[str, str]) -> AppTest:
    app = screen("one_case", [facts, dict(LOST)])
    assert not app.exception
    return app


def test_markers_in_the_texts_of_a_case_and_its_letter() -> None:
    facts = {**LOST, **dict.fromkeys(TEXTS, MARKER), "consent_to_disclose": "yes"}
    app = one_case(facts)
    seen = all_as_text(app)
    pick(part(app, "Letters"), "Letter to", Recipient.EMPLOYER)
    assert not app.exception
    assert all_as_text(app) > seen > 0


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_marker_in_any_field(field: Field) -> None:
    facts = {**LOST, field.name: MARKER}
    all_as_text(one_case(facts))


def case_file(app: AppTest, content: object) -> None:
    app.file_uploader[0].upload(
        f"{WORD}.json", json.dumps(content).encode(), "application/json"
    ).run()
    assert not app.exception


@pytest.mark.parametrize("results", [[], [{"member_total": MARKER, "triage": MARKER}]])
def test_markers_in_what_a_case_file_saved(results: list[dict[str, str]]) -> None:
    app = screen("one_case")
    saved = {
        "rules_version": MARKER,
        "as_at": "2026-01-01",
        "positions": {},
        "results": results,
    }
    case_file(app, {"case_ref": MARKER, "exit_date": "31/12/2020", "saved": saved})
    assert all_as_text(app) > 0


@pytest.mark.parametrize(
    "content",
    [
        {MARKER: "x"},
        {"case_ref": "A", "exit_date": "31/12/2020", MARKER: MARKER},
        {"case_ref": "A", "exit_date": "31/12/2020", "saved": {MARKER: MARKER}},
        {
            "case_ref": "A",
            "exit_date": "31/12/2020",
            "saved": {
                "rules_version": "1",
                "as_at": MARKER,
                "positions": {MARKER: MARKER},
                "results": [],
            },
        },
    ],
)
def test_markers_in_the_keys_of_a_case_file(content: object) -> None:
    app = screen("one_case")
    case_file(app, content)
    all_as_text(app)


@pytest.fixture
def many() -> Iterator[AppTest]:
    made = AppTest.from_string(SCREEN, default_timeout=60)
    made.session_state["settings"] = AS_AT
    own = OwnLetter(f"{MARKER}.docx", house_template(Recipient.EMPLOYER))
    made.session_state["own-letters"] = {Recipient.EMPLOYER: own}
    made.run()
    yield made
    made.session_state["bulk-desk"].drop()


def rows() -> list[list[str]]:
    text = dict.fromkeys(TEXTS, MARKER)
    good = {**LOST, **text, "consent_to_disclose": "yes", "person_ref": MARKER}
    bad = {**dict.fromkeys((field.name for field in FIELDS), MARKER), "case_ref": f"{MARKER} 2"}
    names = list({**good, **bad})
    return [
        [*names, MARKER, f"{MARKER} 2"],
        *([case.get(name, "") for name in names] + [MARKER, ""] for case in (good, bad)),
    ]


def as_csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows())
    return out.getvalue().encode()


def test_markers_in_a_file_its_name_headings_and_cells(many: AppTest) -> None:
    upload(many, f"{MARKER}.csv", as_csv())
    until_button(many, "Calculate ")
    assert all_as_text(many) > 3
    click(many, "Calculate ")
    until_button(many, "Back to the columns")
    list_part(many, "Correct")
    assert all_as_text(many) > 3
    list_part(many, "Cases")
    select(many, "Open a case", 0)
    seen = all_as_text(many)
    pick(part(many, "Letters"), "Letter to", Recipient.EMPLOYER)
    assert all_as_text(many) > seen > 3


def test_markers_in_the_names_of_sheets(many: AppTest, tmp_path: Path) -> None:
    names = [f":red[{WORD}] www.a.example", f":smile: {WORD} a -&gt; b"]
    table = row(1, ("case_ref", "exit_date", WORD + " :smile:")) + row(2, ("A", "soon", WORD))
    broken = table + row(3, ("B", "31/12/2020"), '<c r="C3" t="e"><v>#REF!</v></c>')
    zipped(tmp_path / "x.xlsx", package([(name, sheet(broken)) for name in names]))
    upload(many, f"{MARKER}.xlsx", (tmp_path / "x.xlsx").read_bytes())
    until_words(many, "Several sheets could hold the cases")
    all_as_text(many)
    next(each for each in many.selectbox if each.label == "Sheet with the cases").select_index(
        2
    ).run()
    until_button(many, "Calculate ")
    all_as_text(many)
    click(many, "Calculate ")
    until_button(many, "Back to the columns")
    all_as_text(many)


def test_markers_in_a_file_that_cannot_be_used(many: AppTest) -> None:
    upload(many, f"{MARKER}.xlsx", b"PK\x03\x04 and no more")
    while not many.error:
        many.run()
    assert all_as_text(many) > 0


def test_markers_in_the_settings() -> None:
    app = screen("settings")
    for each in (*app.text_input, *app.text_area):
        each.set_value(MARKER if each.label != "Address" else LINES)
    app.run()
    assert not app.exception
    all_as_text(app)
    loader = next(each for each in app.file_uploader if each.label.startswith("Load saved"))
    for text in (
        f'organisation = "x"\n"{WORD} :smile:" = "{WORD}"',
        f'[positions]\n"{WORD} www.a.example" = "x"',
    ):
        loader = next(each for each in app.file_uploader if each.label.startswith("Load saved"))
        loader.upload("a.toml", text.encode(), "application/toml").run()
        assert not app.exception
        all_as_text(app)
    own = next(each for each in app.file_uploader if each.label.startswith("Use your own"))
    own.upload(f"{MARKER}.docx", b"no", "application/x").run()
    assert all_as_text(app) > 0
    app.session_state["own-letters"] = {
        Recipient.EMPLOYER: OwnLetter(f"{MARKER}.docx", house_template(Recipient.EMPLOYER))
    }
    app.run()
    assert all_as_text(app) > 0


@pytest.mark.parametrize("name", ["employers", "the_law", "self_check"])
def test_the_other_screens_hold_nothing_from_outside(name: str) -> None:
    app = screen(name)
    for each in app.text_input:
        each.set_value(MARKER)
    app.run()
    assert not app.exception
    all_as_text(app)
