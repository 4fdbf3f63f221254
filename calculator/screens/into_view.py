"""Scrolls to what was just opened where it is out of sight."""

from __future__ import annotations

from streamlit.components import v2

_INTO_VIEW = v2.component(
    "into-view",
    js="""
export default function ({ data }) {
  if (window.exitCapInView === data.what) return;
  window.exitCapInView = data.what;
  const found = document.querySelector(`.st-key-${data.key}`);
  const top = found ? found.getBoundingClientRect().top : 0;
  if (top < 0 || top > 0.7 * innerHeight) found.scrollIntoView();
}
""",
    isolate_styles=False,
)


def bring_into_view(key: str, what: str) -> None:
    """Scroll once to the container with this key; ``what`` names what it shows now."""
    _INTO_VIEW(data={"key": key, "what": what}, key="into-view")
