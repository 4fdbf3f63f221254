"""Self-check: the published examples calculated on this machine, expected beside got."""

from __future__ import annotations

import streamlit as st

from calculator.calculation.codes import REASONS
from calculator.calculation.result_columns import OUTPUTS
from calculator.jobs.progress_words import result_words
from calculator.screens.parts import escape_markdown, table
from calculator.self_check import Check, Example, examples, run

_HEADINGS = {output.name: output.heading for output in OUTPUTS}


def show() -> None:
    """Show the screen."""
    st.title("Self-check")
    st.markdown(
        "Published examples with known answers, worked here and now by the same rules as your cases. "
        "It takes a few seconds."
    )
    if st.button("Run the examples"):
        st.session_state["self-check"] = [(example, list(run(example))) for example in examples()]
    done: list[tuple[Example, list[Check]]] | None = st.session_state.get("self-check")
    if done is None:
        return
    values = [check for _, checks in done for check in checks]
    failed = [example for example, checks in done if not all(check.passed for check in checks)]
    line = (
        f"{len(done)} examples, {len(values)} values: {sum(check.passed for check in values)} as expected, "
        f"{sum(not check.passed for check in values)} not."
    )
    (st.error if failed else st.success)(line)
    table(
        [
            (
                escape_markdown(example.id),
                escape_markdown(example.topic),
                _source(example),
                "As expected" if all(check.passed for check in checks) else "NOT as expected",
            )
            for example, checks in done
        ],
        ("Example", "About", "Source", "Result"),
        "Each published example and whether it came out as expected",
    )
    chosen = st.selectbox(
        "Show the values of",
        range(len(done)),
        index=None,
        format_func=lambda index: f"{done[index][0].id}: {done[index][0].topic}",
        placeholder="Choose an example",
    )
    if chosen is not None:
        _values(*done[chosen])


def _source(example: Example) -> str:
    """Write the source in words, with a link to each of its addresses."""
    links = [address.strip() for address in example.source_url.split(";") if address.strip()]
    if len(links) == 1:
        return f"[{escape_markdown(example.source)}]({links[0]})"
    numbered = [f"[{number}]({link})" for number, link in enumerate(links, 1)]
    return " ".join([escape_markdown(example.source), *numbered])


def _values(example: Example, checks: list[Check]) -> None:
    st.markdown(escape_markdown(f"{example.source} ({example.provenance})"))
    table(
        [
            (
                escape_markdown(check.case_ref),
                escape_markdown(_heading(check.column)),
                escape_markdown(result_words(check.column, check.expected)),
                escape_markdown(result_words(check.column, check.got)),
                "Same" if check.passed else "DIFFERENT",
            )
            for check in checks
        ],
        ("Case", "Value", "Expected", "Got", "Same or different"),
        f"Expected and got for {example.id}",
    )


def _heading(column: str) -> str:
    """Name a result, or give the sentence of a reason."""
    kind, _, code = column.partition(" ")
    return REASONS[code] if kind == "reason" else _HEADINGS[column]
