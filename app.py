"""The browser app's front door: page settings, navigation, footer. Run it with ``exitcap app``."""

from __future__ import annotations

import streamlit as st

from calculator.screens import (
    drafts,
    employers,
    ended_sessions,
    log_privacy,
    many_cases,
    one_case,
    parts,
    self_check,
    settings,
    sign_in,
    the_law,
)

log_privacy.keep_facts_out_of_logs()
ended_sessions.forget_when_ended()
st.set_page_config(layout="wide", initial_sidebar_state="auto")
page = st.navigation(
    [
        st.Page(one_case.show, title="One case", url_path="one-case", default=True),
        st.Page(many_cases.show, title="Many cases", url_path="many-cases"),
        st.Page(employers.show, title="Employers", url_path="employers"),
        st.Page(the_law.show, title="The law", url_path="law"),
        st.Page(self_check.show, title="Self-check", url_path="self-check"),
        st.Page(settings.show, title="Settings", url_path="settings"),
    ],
    position="top",
)
parts.page_style()
if sign_in.let_in():
    head = st.container(key="draft")
    with head:
        drafts.restore()
    page.run()
    with head:
        drafts.keep()
    parts.footer()
