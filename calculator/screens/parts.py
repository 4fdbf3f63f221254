"""Parts that several screens show: text made safe for Markdown, tables, the footer, the leave warning."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st
from streamlit.components import v2

from calculator.explanation.explain import LIMITS
from calculator.facts.days import shown_day
from calculator.screens import state
from rules import VERSION
from rules.sources import Citation

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])")
_STYLE = """<style>
[data-testid="stMainBlockContainer"] {padding-top: 4.5rem; padding-left: clamp(1rem, 4vw, 4rem);
  padding-right: clamp(1rem, 4vw, 4rem);}
.stApp h1 {font-weight: 650; letter-spacing: -0.01em;}
.st-key-answer {border-left: 6px solid #1f5a99; padding-left: 1rem; gap: 0.15rem;}
.st-key-answer p {line-height: 1.4;}
[data-testid="stMetricValue"] {font-variant-numeric: tabular-nums;}
.stTable td, .stTable th {vertical-align: top; font-size: 0.875rem; font-variant-numeric: tabular-nums;}
.stTable td * {max-width: none !important;}
.st-key-only-printed {display: none;}
.st-key-short {display: none;}
@media screen and (min-width: 641px) and (min-height: 700px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-answer) {position: sticky; top: 3.75rem; z-index: 2; background: #ffffff;
    padding: 0.5rem 0; border-bottom: 1px solid #d5dae0;}
  .stMain {scroll-padding-top: 16rem;}
}
@media screen and (max-width: 640px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-short) {position: sticky; bottom: 0; z-index: 2; background: #ffffff;
    border-top: 2px solid #1f5a99; padding: 0.5rem 0;}
  .st-key-short {display: flex;}
  .stMain {scroll-padding-bottom: 6rem;}
}
@media screen and (max-width: 640px) {.st-key-working table {min-width: 40rem;}}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stExpander"],
  [data-react-aria-top-layer], .st-key-facts, .st-key-not-printed, .st-key-estimates,
  .st-key-short, .stDownloadButton, .stButton,
  [data-testid="stFileUploader"] {display: none !important;}
  .st-key-only-printed {display: block;}
  .stApp, .stMain, [data-testid="stAppViewContainer"] {position: static !important; height: auto !important;
    overflow: visible !important;}
  [data-testid="stMainBlockContainer"] {padding: 0 !important; max-width: none !important;}
  [data-testid="stVerticalBlock"] {gap: 0.15rem !important;}
  .stApp :is(p, li, td, th, caption) {font-size: 7.5pt !important; line-height: 1.2 !important; margin: 0 !important;}
  .stApp :is(ul, ol) {margin: 0 !important; padding: 0 0 0 1rem !important;}
  .stApp :is(h1, h2, h3) {font-size: 10pt !important; margin: 0 !important; padding: 0.2rem 0 !important;}
  .stApp [data-testid="stMetricValue"] * {font-size: 12pt !important; line-height: 1.2 !important;}
  .stApp :is(td, th) {padding: 0 3px !important;}
  .st-key-working :is(td, th, p) {font-size: 6.8pt !important;}
  .stApp hr {margin: 0.3rem 0 !important;}
  .stApp :is(table, .stTable, [data-testid="stTable"], [data-testid="stElementContainer"]) {break-inside: auto !important;}
  .stApp :is(h1, h2, h3) {break-after: avoid;}
  .stApp :is(h1, h2, h3) a {display: none !important;}
  [data-testid="stMetric"], .stMarkdown {min-height: 0 !important;}
  .st-key-working table {display: table !important; table-layout: fixed; width: 100%;}
  .st-key-working :is(th, td):nth-child(1) {width: 4%;}
  .st-key-working :is(th, td):nth-child(2) {width: 19%;}
  .st-key-working :is(th, td):nth-child(3) {width: 12%;}
  .st-key-working :is(th, td):nth-child(4) {width: 38%;}
  [data-testid="stColumn"]:has(.st-key-facts) {display: none;}
  .stApp .stMarkdownBadge {font-size: 7.5pt !important;}
  .stApp tr {break-inside: avoid;}
  .st-key-answer {gap: 0 !important;}
  @page {size: A4; margin: 11mm;}
}
</style>"""
_LEAVE = v2.component(
    "leave_warning",
    js="""export default function ({ data }) {
  window.onbeforeunload = data.entered ? (event) => { event.preventDefault(); return ""; } : null;
}""",
)
"""The browser asks before a page that holds a case is left or loaded again."""


def plain(text: str) -> str:
    """Text in which nothing is taken for Markdown, a formula, a colour or an icon."""
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", "  \n")


def law(citations: Sequence[Citation]) -> str:
    """The provisions as links, one after another."""
    return "; ".join(f"[{plain(c.label)}]({c.url})" for c in citations)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str], alt: str) -> None:
    """A real table with a row of headings. Cells are Markdown: pass people's text through :func:`plain`."""
    columns = zip(*rows, strict=True)
    st.table(dict(zip(headings, map(list, columns), strict=True)), hide_index=True, alt=alt)


def page_style() -> None:
    """The spacing, the print style and the little that the theme cannot say."""
    st.html(_STYLE)


def leave_warning() -> None:
    """Have the browser ask before the page is left while a case is entered or a file is worked on."""
    _LEAVE(data={"entered": not state.is_empty() or state.has_file()}, key="leave-warning")


def footer() -> None:
    """The limits, the rules version and the day, under every screen."""
    st.divider()
    st.caption(
        f"{LIMITS} Worked out as at {shown_day(state.as_at())}, rules {VERSION}. Nothing you enter is "
        "kept after the page is closed: save the case to keep it."
    )
