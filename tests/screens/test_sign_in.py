"""Sign-in on a server that asks for it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_sign_in_is_asked_for_only_where_the_server_sets_it_up() -> None:
    script = (
        "from calculator.screens.sign_in import let_in\nimport streamlit as st\nst.write(let_in())"
    )
    app = AppTest.from_string(script, default_timeout=60).run()
    assert app.markdown[0].value == "`True`"
    app = AppTest.from_string(script, default_timeout=60)
    app.secrets["auth"] = {"client_id": "example"}
    app.run()
    assert app.title[0].value == "Sign in"
