"""The letter of one case, chosen and read on the page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from tests.screens.screen import AS_AT, LOST, labels, part, pick, screen, tabled, words


def test_a_letter_is_read_on_the_page_and_holds_the_figures() -> None:
    app = screen("one_case", [{**LOST, "consent_to_disclose": "yes", "member_name": "Ann Example"}])
    totals = [str(metric.value) for metric in (app.metric[0], app.metric[2])]
    pick(part(app, "Letters"), "Letter to", Recipient.EMPLOYER)
    assert not app.exception
    letter = words(app) + "".join(tabled(each.value) for each in app.table)
    assert "Ann Example" in letter
    assert all(total in letter for total in totals)
    downloads = [b.proto.label for b in app.get("download_button")]
    assert "Word, the employer" in downloads
    assert "Download all letters (Word and PDF)" in downloads


def test_a_letter_to_every_recipient_is_offered() -> None:
    app = part(screen("one_case", [dict(LOST)]), "Letters")
    offered = next(each for each in app.selectbox if each.label == "Letter to")
    assert offered.options == [to.label for to in Recipient]


def test_a_letter_without_a_card_is_read_and_downloaded_or_why_there_is_none() -> None:
    app = screen("one_case", [{**LOST, "consent_to_disclose": "yes"}])
    pick(part(app, "Letters"), "Letter to", Recipient.ISSUE_PACK)
    assert "Word, the solicitor: issue pack" in [b.proto.label for b in app.get("download_button")]
    pick(app, "Letter to", Recipient.SCHEME_FACTS)
    assert "which has a letter of its own" in words(app)
    assert not app.exception


def test_each_letter_has_a_card_with_its_state() -> None:
    app = part(screen("one_case", [{**LOST, "settlement_agreement": "yes"}]), "Letters")
    shown = words(app)
    assert "**The employer**: Held" in shown
    assert "A settlement agreement was signed: a lawyer must read it first." in shown
    assert "**The member**: Ready" in shown


def test_a_letter_that_waits_for_a_fact_leads_to_its_field() -> None:
    app = part(screen("one_case", [{**LOST, "scheme": ""}]), "Letters")
    next(each for each in app.button if each.label == "Enter: Pension scheme").click().run()
    assert not app.exception
    assert "Pension scheme" in labels(app)


def test_without_consent_no_letter_names_the_union() -> None:
    app = screen("one_case", [dict(LOST)])
    pick(part(app, "Letters"), "Letter to", Recipient.EMPLOYER)
    assert "The member has not agreed that a letter may show union membership." in words(app)
    next(each for each in app.radio if "has not agreed" in each.label).set_value(
        WithoutConsent.MEMBER
    ).run()
    assert "From the member in their own name" in words(app)
    assert not app.exception


def test_their_own_letter_is_used_for_its_recipient() -> None:
    own = OwnLetter("ours.docx", house_template(Recipient.EMPLOYER))
    app = AppTest.from_string(
        "from calculator.screens import one_case\none_case.show()", default_timeout=60
    )
    app.session_state["settings"] = AS_AT
    app.session_state["own-letters"] = {Recipient.EMPLOYER: own}
    app.session_state["exits"] = [{**LOST, "consent_to_disclose": "yes"}]
    app.run()
    pick(part(app, "Letters"), "Letter to", Recipient.EMPLOYER)
    assert not app.exception
    assert any("Made from your own letter" in str(each.value) for each in app.caption)
    pick(app, "Letter to", Recipient.MEMBER)
    assert not any("Made from your own letter" in str(each.value) for each in app.caption)
