"""The start page: what the program does, for whom, how long is left, and the ways in."""

from __future__ import annotations

from datetime import date

import numpy as np
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from calculator.explanation.words import plural
from calculator.facts.days import shown_day
from calculator.screens import drafts, many_cases, one_case, state
from calculator.screens.one_case import case_file
from calculator.spreadsheets.template.examples import SAMPLES
from rules.coverage import CAP_IN_FORCE
from rules.time_limits import STATUTE_LAST_DAY, six_years_on

NAME = "Exit cap: what is still owed"
_PAPERS = (
    "the redundancy letter and calculation",
    "payslips or the P45",
    "the fund's quote or invoice for the pension strain",
    "the pension statement",
    "any settlement agreement",
)


def member_page() -> StreamlitPage:
    """Give the page that checks one member."""
    return st.Page(one_case.show, title="Check one member", url_path="member")


def list_page() -> StreamlitPage:
    """Give the page that checks a list."""
    return st.Page(many_cases.show, title="Check a list", url_path="list")


def show() -> None:
    """Show the screen."""
    st.title(NAME)
    st.markdown(
        "For union caseworkers. This calculates what a public employer still owes a leaver whose exit payment "
        "was cut to £95,000 between 4 November 2020 and 12 February 2021: to whom, with what interest, and by "
        "when to claim it."
    )
    st.error(_last_days(state.as_at()))
    drafts.offer()
    if not state.is_empty():
        st.info("A case is entered on this page. **Check one member** goes on with it.")
    member, many, saved = st.columns(3)
    with member.container(border=True, height="stretch", key="door-member"):
        st.page_link(member_page(), label="**Check one member**", icon=":material/person:")
        st.markdown("Eight questions; five answers are enough to begin.")
    with many.container(border=True, height="stretch", key="door-list"):
        st.page_link(list_page(), label="**Check a list**", icon=":material/table_view:")
        st.markdown("A spreadsheet of cases, up to thousands of rows.")
    with saved.container(border=True, height="stretch", key="door-saved"):
        st.page_link(
            member_page(),
            label="**Open a saved case**",
            icon=":material/folder_open:",
            query_params={case_file.OPEN: "yes"},
        )
        st.markdown("A .json or .xlsx file that you saved: choose it at the top of the page.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("New here?", width="content")
        if st.button("Try an example", icon=":material/school:"):
            undo = "" if state.is_empty() else "The example is opened in place of your case."
            state.replace_exits([dict(facts) for facts in SAMPLES[0].cases], undo=undo)
            st.switch_page(member_page())
        st.markdown("An invented case, with its answer and letters.", width="content")
    st.header("What you need")
    st.markdown("\n".join(f"- {paper}" for paper in _PAPERS))
    st.markdown(
        "Leave out what you do not have: the answer says what is missing and what to ask for."
    )


def _last_days(today: date) -> str:
    """Say which claims have begun to run out, and how long the last ones are open."""
    first: date = six_years_on(np.array([CAP_IN_FORCE]))[0].astype(object)
    last: date = STATUTE_LAST_DAY.astype(object)
    left = (last - today).days
    began = "have been running out since" if today > first else "begin to run out on"
    ends = (
        f"end on {shown_day(last)}: {plural(left, 'day')} left"
        if left >= 0
        else f"ended on {shown_day(last)}"
    )
    return (
        f"Contract claims {began} {shown_day(first)}. Claims under the 2021 regulations (SI 2021/197, regulation "
        f"4) {ends}."
    )
