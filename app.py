"""The browser app's front door: page settings, navigation, footer. Run it with ``exitcap app``."""

from __future__ import annotations

import streamlit as st

from calculator.screens import (
    drafts,
    employers,
    ended_sessions,
    help_page,
    log_privacy,
    parts,
    self_check,
    settings,
    sign_in,
    start,
    the_law,
)

log_privacy.keep_facts_out_of_logs()
ended_sessions.forget_when_ended()
st.set_page_config(page_icon=parts.ICON, layout="wide", initial_sidebar_state="auto")
page = st.navigation(
    [
        st.Page(start.show, title="Start", default=True),
        start.member_page(),
        start.list_page(),
        st.Page(employers.show, title="Employers", url_path="employers"),
        st.Page(the_law.show, title="The law", url_path="law"),
        st.Page(self_check.show, title="Self-check", url_path="self-check"),
        st.Page(settings.show, title="Settings", url_path="settings"),
        st.Page(help_page.show, title="Help", url_path="help"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} - {start.NAME}")
parts.page_style()
st.logo(parts.ICON)
if sign_in.let_in():
    head = st.container(key="draft")
    with head:
        drafts.restore()
    if page.url_path in ("member", "list"):
        parts.say_settings()
    page.run()
    with head:
        drafts.keep()
    parts.footer(of_case=page.url_path == "member")
