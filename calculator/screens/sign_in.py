"""Sign-in for a team's server, by the organisation's own OpenID Connect provider. Off unless it is set up.

It is asked for exactly when the server's secrets hold an ``[auth]`` section; docs/hosting.md says how.
"""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def asked_for() -> bool:
    """True if the server's secrets set sign-in up."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def let_in() -> bool:
    """True if the person may go on; else shows the sign-in screen."""
    if not asked_for() or st.user.get("is_logged_in", False):
        return True
    st.title("Sign in")
    st.markdown("This calculator is for signed-in people of your organisation.")
    st.button("Sign in", on_click=st.login)
    return False
