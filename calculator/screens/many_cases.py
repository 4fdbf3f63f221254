"""Many cases: a spreadsheet in; who is owed what, most urgent first, the problems by cell, and the files out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from calculator.bulk_job import (
    LETTER_FIGURES,
    LETTERS,
    PROBLEMS,
    RESULTS,
    RESULTS_CSV,
    shown,
)
from calculator.bulk_job.desk import Desk, Stage
from calculator.bulk_job.look import (
    Table,
    field_at,
    free_for,
    lacking,
    read_as,
    remembered,
)
from calculator.bulk_job.store import MOST_OF_PERSON, ORDERS, Line, Wanted, as_entered, explained
from calculator.bulk_job.work import Summary, request_for
from calculator.days import shown_day
from calculator.fields import BY_NAME
from calculator.letters.bundle import Request
from calculator.letters.fonts import moves_lines
from calculator.money import shown_money
from calculator.screens import drawings, one_case, state
from calculator.screens.letters import (
    RECIPIENTS,
    can_be_pdf,
    letters_of_case,
    sender_reminder,
    without_consent,
)
from calculator.screens.parts import plain, table
from calculator.screens.result import show_result
from calculator.sheets.read import READABLE
from calculator.sheets.template import template_bytes
from calculator.words import CONFIDENCES, LETTER_NOTES, TRIAGES, URGENCIES

KEPT = "Kept as it is"
MOST_ASKED = 30
"""Columns of unknown meaning asked about one by one; the others can be chosen from a list."""
PAGE_ROWS = 200
PROBLEM_ROWS = 25
_OPEN, _COLUMNS, _REMEMBERED = "bulk-open", "bulk-columns", "bulk-remembered"
_DOWNLOADS = (
    (RESULTS, "results.xlsx", "Results workbook", "Everything, with the working of each case."),
    (RESULTS_CSV, "results.csv", "Results as CSV", "Your columns and the results beside them."),
    (
        LETTER_FIGURES,
        "letter-figures.csv",
        "Letter figures",
        "A row for each case and payee with something owed, for mail merge.",
    ),
    (
        PROBLEMS,
        "problems.xlsx",
        "Problems workbook",
        "Your cases with every problem marked in its cell. Mend it and upload it here again.",
    ),
)


def show() -> None:
    """Show the screen."""
    st.title("Many cases")
    desk = _desk()
    stage = desk.stage
    if stage in (Stage.EMPTY, Stage.FAILED):
        if stage is Stage.FAILED:
            st.error(f"{plain(desk.name)}: {plain(desk.error)}")
        _template()
        _upload(desk)
        return
    st.markdown(f"File: **{plain(desk.name)}**")
    with st.expander("Use another file, or get the template"):
        st.markdown("Another file takes the place of this one: its results and files are removed.")
        _template()
        _upload(desk)
    if stage in (Stage.LOOKING, Stage.WORKING):
        _progress(desk)
    elif stage is Stage.LOOKED:
        _prepare(desk)
    else:
        _results(desk)


# The session


@dataclass
class _Held:
    """The desk of a session, and whether its page is still there."""

    desk: Desk
    is_here: Callable[[], bool]


def _desk() -> Desk:
    desk: Desk = state.kept(state.DESK, Desk)
    _hold(desk)
    return desk


@st.cache_resource(
    scope="session", on_release=lambda held: held.desk.let_go(held.is_here), show_spinner=False
)
def _hold(_desk: Desk) -> _Held:
    """Released when the connection is lost; the desk lives on for as long as the page can come back."""
    context = get_script_run_ctx()
    session = context.session_id if context is not None else ""
    return _Held(_desk, lambda: exists() and get_instance().is_active_session(session))


# The template and the file


def _template() -> None:
    st.header("1. Get the template")
    st.markdown(
        "A workbook with a column for each fact, drop-down lists, guidance and examples. You can also use a "
        "spreadsheet of your own."
    )
    st.download_button(
        "Download the template",
        data=template_bytes,
        file_name="exit-cap-template.xlsx",
        on_click="ignore",
        key="bulk-template",
    )


def _upload(desk: Desk) -> None:
    st.header("2. Upload your cases")
    key = f"bulk-file-{desk.number}"
    st.file_uploader(
        "Your spreadsheet, one row for each exit",
        type=[suffix.removeprefix(".") for suffix in READABLE],
        key=key,
        on_change=_take,
        args=(desk, key),
    )
    st.caption(
        "Your file is read on this server and sent nowhere. It and its results are kept in a folder of this "
        "page alone, and removed when you use another file or close the page."
    )


def _take(desk: Desk, key: str) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return
    for name in (_OPEN, _COLUMNS):
        st.session_state.pop(name, None)
    desk.take(upload.name, upload.getvalue())


@st.fragment(run_every=1.0)
def _progress(desk: Desk) -> None:
    if desk.stage not in (Stage.LOOKING, Stage.WORKING):
        st.rerun()
    if desk.waiting:
        st.progress(0.0, text="Other files are worked out first. Yours follows by itself.")
    else:
        done, words = shown.progress_words(desk.progress, time.time())
        st.progress(done, text=plain(words))
    st.button("Cancel", on_click=desk.cancel)
    st.caption("You can use the other pages meanwhile.")


# The columns


def _prepare(desk: Desk) -> None:
    if desk.error:
        st.error(plain(desk.error))
    found = desk.look
    for notice in found["notices"]:
        st.info(plain(notice))
    chosen = found["tables"][found["likely"]]
    if len(found["tables"]) > 1:
        chosen = st.selectbox(
            "Sheet with the cases",
            found["tables"],
            index=found["likely"],
            format_func=lambda each: f"{each['name']} ({shown.counted(each['rows'], 'row')})",
            key=f"bulk-sheet-{desk.number}",
            persist_state="session",
        )
    for notice in chosen["notices"]:
        st.info(plain(notice))
    taken = _taken(desk, chosen)
    st.header("3. Check the columns")
    st.markdown(
        f"{shown.counted(chosen['rows'], 'row')} below the headings. "
        f"{shown.columns_sentence(len(chosen['columns']), len(taken))}"
    )
    asked = _ask(desk, chosen, taken)
    _all_columns(desk, chosen, taken, asked)
    missing = lacking(taken)
    if missing:
        st.warning(
            f"Say which column holds: {plain(', '.join(missing))}. Without it no case can be worked out."
        )
    st.markdown(
        f"Worked out as at {shown_day(state.as_at())}, with your answers to open questions of law. Both are "
        "under Settings."
    )
    st.button(
        f"Work out {shown.counted(chosen['rows'], 'case')}",
        type="primary",
        disabled=bool(missing) or not chosen["rows"],
        on_click=_work,
        args=(desk, chosen, taken),
    )


def _taken(desk: Desk, chosen: Table) -> dict[str, int]:
    """The place of each field, as found by name and changed by the person, for this file and sheet."""
    columns: dict[tuple[int, str], dict[str, int]] = state.kept(_COLUMNS, dict)
    key = desk.number, chosen["name"]
    if key not in columns:
        columns[key] = remembered(chosen["taken"], chosen["columns"], state.kept(_REMEMBERED, dict))
    return columns[key]


def _read_as(desk: Desk, chosen: Table, place: int, key: str) -> None:
    name = st.session_state[key]
    name = None if name == KEPT else name
    columns = st.session_state[_COLUMNS]
    number = desk.number, chosen["name"]
    columns[number] = read_as(columns[number], place, name)
    heading = chosen["columns"][place]["heading"]
    if heading:
        state.kept(_REMEMBERED, dict)[heading] = name


def _column_choice(
    desk: Desk, chosen: Table, taken: dict[str, int], place: int, label: str
) -> None:
    key = f"bulk-column-{desk.number}-{chosen['name']}-{place}"
    options = [KEPT, *free_for(taken, place)]
    now = field_at(taken, place)
    st.selectbox(
        label,
        options,
        index=options.index(now) if now else 0,
        format_func=lambda name: name if name == KEPT else BY_NAME[name].heading,
        key=key,
        on_change=_read_as,
        args=(desk, chosen, place, key),
        persist_state="session",
    )


def _ask(desk: Desk, chosen: Table, taken: dict[str, int]) -> list[int]:
    """Ask what each heading means that is not known. Gives the places asked about."""
    asked = [
        place
        for place, column in enumerate(chosen["columns"])
        if place not in chosen["taken"].values() and (column["heading"] or column["sample"])
    ][:MOST_ASKED]
    if asked:
        st.markdown("What do these columns hold? A meaning that another column has is not offered.")
    for start in range(0, len(asked), 2):
        for side, place in zip(st.columns(2), asked[start : start + 2], strict=False):
            column = chosen["columns"][place]
            near = column["near"]
            with side:
                _column_choice(desk, chosen, taken, place, plain(_heading(chosen, place)))
                says = f"First value: {column['sample']}." if column["sample"] else "No values."
                if near and near not in taken:
                    says += f" It may be: {BY_NAME[near].heading}."
                st.caption(plain(says))
    return asked


def _heading(chosen: Table, place: int) -> str:
    return chosen["columns"][place]["heading"] or f"Column {place + 1}, without a heading"


def _all_columns(desk: Desk, chosen: Table, taken: dict[str, int], asked: list[int]) -> None:
    with st.expander("See and change every column"):
        others = [place for place in range(len(chosen["columns"])) if place not in asked]
        left, right = st.columns(2)
        with left:
            place = st.selectbox(
                "Column to change",
                others,
                index=None,
                format_func=lambda place: _heading(chosen, place),
                key=f"bulk-change-{desk.number}-{chosen['name']}",
                placeholder="Choose one of your columns",
            )
        if place is not None:
            with right:
                _column_choice(desk, chosen, taken, place, "What it holds")
        table(
            [
                (
                    plain(_heading(chosen, place)),
                    plain(column["sample"]),
                    plain(BY_NAME[name].heading if (name := field_at(taken, place)) else KEPT),
                )
                for place, column in enumerate(chosen["columns"])
            ],
            ("Your column", "First value", "Read as"),
            "Each of your columns, its first value and what it is read as",
        )


def _work(desk: Desk, chosen: Table, taken: dict[str, int]) -> None:
    st.session_state.pop(_OPEN, None)
    desk.work(
        request_for(
            chosen["name"],
            chosen["heading_row"],
            taken,
            state.as_at(),
            state.settings().positions,
        )
    )


# The results


def _results(desk: Desk) -> None:
    summary = desk.summary
    st.header(shown.counts_sentence(summary))
    for notice in summary["notices"]:
        st.info(plain(notice))
    changed = shown.since_changed(summary, state.settings().positions, state.as_at())
    if changed:
        st.warning(plain(changed))
    st.button(
        "Back to the columns",
        on_click=desk.cancel,
        help="Change what a column is read as, or work the file out again with other settings.",
    )
    _owed(summary)
    (_downloads_under_way if desk.busy else _downloads)(desk)
    cases, problems, charts, letters = st.tabs(
        [
            "Cases",
            f"Problems ({summary['must_fix'] + summary['to_confirm']:,})",
            "Charts",
            "Letters",
        ]
    )
    with cases:
        _cases(desk, summary)
    with problems:
        _problems(desk, summary)
    with charts:
        _charts(summary)
    with letters:
        _letters(desk)


def _owed(summary: Summary) -> None:
    for column, (words, pence) in zip(
        st.columns(2),
        (("members", summary["member"]), ("pension schemes", summary["scheme"])),
        strict=True,
    ):
        with column.container(border=True):
            st.metric(f"Owed to {words}, with interest", shown_money(pence))
    st.caption(
        f"Worked out as at {shown_day(shown.worked_with(summary)[1])}, rules {plain(summary['rules_version'])}. "
        "Two debts to different payees: do not add them."
    )


def _downloads(desk: Desk) -> None:
    if desk.error:
        st.error(plain(desk.error))
    for column, (file, ending, label, says) in zip(
        st.columns(len(_DOWNLOADS)), _DOWNLOADS, strict=True
    ):
        with column:
            st.download_button(
                label,
                data=partial(desk.content, file),
                file_name=shown.download_name(desk.name, ending),
                on_click="ignore",
                disabled=not desk.has(file),
                key=f"bulk-{file}-{desk.number}-{desk.runs}",
                help=says,
                width="stretch",
            )


@st.fragment(run_every=1.0)
def _downloads_under_way(desk: Desk) -> None:
    if not desk.busy:
        st.rerun()
    done, words = shown.progress_words(desk.progress, time.time())
    st.progress(done, text=plain(f"The files are being written. {words}"))
    _downloads(desk)


# The cases


def _cases(desk: Desk, summary: Summary) -> None:
    run = f"{desk.number}-{desk.runs}"
    wanted = _wanted(run, summary)
    count = desk.table.count(wanted)
    if not count:
        st.info("No case fits. Take a filter away to see more.")
        return
    pages = -(-count // PAGE_ROWS)
    sought = f"{run}-{hash(wanted)}"
    here = min(int(st.session_state.get(f"bulk-page-{sought}", 1)), pages)
    lines = desk.table.page(wanted, (here - 1) * PAGE_ROWS, PAGE_ROWS)
    first = (here - 1) * PAGE_ROWS + 1
    of_all = f" of {summary['read']:,} read" if count < summary["read"] else ""
    st.markdown(
        f"Cases {first:,} to {first + len(lines) - 1:,} of {count:,}{of_all}. Select a row to open it."
    )
    _case_table(f"bulk-table-{sought}-{here}", f"bulk-choose-{sought}-{here}", lines)
    if pages > 1:
        st.pagination(pages, key=f"bulk-page-{sought}", persist_state="session")
    label = "Open a case" if pages == 1 else "Open a case of this page"
    _choose(f"bulk-choose-{sought}-{here}", label, lines)
    with st.expander("What the words mean"):
        words = [
            *((shown.triage_label(name), text) for name, text in TRIAGES.items()),
            *((name.capitalize(), text) for name, text in URGENCIES.items()),
            *((name.capitalize(), text) for name, text in CONFIDENCES.items()),
        ]
        table(
            [(plain(word), plain(text)) for word, text in words],
            ("Word", "What it means"),
            "Each word of the table and what it means",
        )
    if _OPEN in st.session_state:
        _opened(desk, summary, st.session_state[_OPEN])


def _wanted(run: str, summary: Summary) -> Wanted:
    """The filters and the order, as chosen."""
    there = [line["triage"] for line in summary["triage"]]
    counts = {line["triage"]: line["cases"] for line in summary["triage"]}
    left, middle, right = st.columns(3)
    with left:
        triages = st.multiselect(
            "Triage",
            there,
            format_func=lambda name: f"{shown.triage_label(name)} ({counts[name]:,})",
            key=f"bulk-triage-{run}",
            placeholder="Any",
            persist_state="session",
        )
        employer = st.text_input(
            "Employer, or part of the name",
            key=f"bulk-employer-{run}",
            max_chars=200,
            persist_state="session",
        )
    with middle:
        urgencies = st.multiselect(
            "Urgency",
            shown.URGENCIES,
            format_func=shown.urgency_label,
            key=f"bulk-urgency-{run}",
            placeholder="Any",
            persist_state="session",
        )
        reference = st.text_input(
            "Case reference, or part of it",
            key=f"bulk-reference-{run}",
            max_chars=200,
            persist_state="session",
        )
    with right:
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=lambda name: ORDERS[name][0],
            key=f"bulk-order-{run}",
            persist_state="session",
        )
    return Wanted(tuple(triages), tuple(urgencies), employer, reference, order)


def _case_table(key: str, choose_key: str, lines: list[Line]) -> None:
    day, count = st.column_config.DateColumn, st.column_config.NumberColumn
    money = partial(count, format="£%,.2f")
    st.dataframe(
        {
            "Row": [line.number for line in lines],
            "Case reference": [line.case_ref for line in lines],
            "Employer": [line.employer for line in lines],
            "Urgency": [line.urgency.capitalize() for line in lines],
            "Triage": [shown.triage_label(line.triage) for line in lines],
            "Owed to the member": [_pounds(line.member) for line in lines],
            "Owed to the scheme": [_pounds(line.scheme) for line in lines],
            "Contract: last day": [line.contract_day for line in lines],
            "Contract: days left": [line.contract_left for line in lines],
            "SI 2021/197: last day": [line.statute_day for line in lines],
            "SI 2021/197: days left": [line.statute_left for line in lines],
            "Confidence": [line.confidence.capitalize() for line in lines],
            "Missing": [shown.missing_words(line.missing) for line in lines],
        },
        hide_index=True,
        key=key,
        on_select=lambda: _select(key, choose_key, lines),
        selection_mode="single-row",
        placeholder="",
        column_config={
            "Row": count(format="%d", pinned=True, help="The row of your file."),
            "Case reference": st.column_config.TextColumn(pinned=True),
            "Contract: last day": day(format="D MMMM YYYY"),
            "SI 2021/197: last day": day(format="D MMMM YYYY"),
            "Contract: days left": count(format="%d", help="Below 0: days since it passed."),
            "SI 2021/197: days left": count(format="%d", help="Below 0: days since it passed."),
            "Owed to the member": money(),
            "Owed to the scheme": money(),
        },
        alt="The cases with result, urgency, last days and what is owed by payee. Any case can also be opened "
        "by its reference below.",
    )


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


def _select(key: str, choose_key: str, lines: list[Line]) -> None:
    """Open the row that was selected in the table."""
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.session_state[_OPEN] = lines[rows[0]].row
        st.session_state[choose_key] = lines[rows[0]].row


def _choose(key: str, label: str, lines: list[Line]) -> None:
    names = {
        line.row: f"{line.case_ref or 'No reference'}, {line.employer or 'no employer'}, row {line.number}"
        for line in lines
    }
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=key,
        on_change=_choose_row,
        args=(key,),
        placeholder="Choose or type a case reference",
    )


def _choose_row(key: str) -> None:
    if st.session_state[key] is None:
        st.session_state.pop(_OPEN, None)
    else:
        st.session_state[_OPEN] = st.session_state[key]


def _opened(desk: Desk, summary: Summary, row: int) -> None:
    line = desk.table.line(row)
    if line is None:
        return
    exits = desk.table.exits_with(row)
    st.divider()
    st.header(
        plain(f"Case {line.case_ref or 'without a reference'}, row {line.number} of your file")
    )
    found = explained(exits, row, *shown.worked_with(summary))
    if found is None:
        st.warning(
            f"More than {MOST_OF_PERSON} exits have the person reference of this case. They are worked out, and "
            "too many to show together. Check the person reference."
        )
        return
    others = list(shown.other_exits(exits, row))
    if others:
        st.markdown(f"Other exits of this person in the file: {plain(', '.join(others))}.")
    too_many = shown.too_many_to_edit(exits)
    if too_many:
        st.info(plain(too_many))
    elif st.button(
        "Edit as one case",
        help="Opens this case, with the person's other exits, under One case. The file and its results stay "
        "as they are.",
    ):
        state.replace_exits(as_entered(exits))
        state.show_exit(found.place)
        st.switch_page(st.Page(one_case.show, url_path="one-case"))
    if not too_many and not state.is_empty():
        st.caption(
            "The case that is now under One case is replaced. Save it there first if you need it."
        )
    show_result(
        found.outcome,
        found.place,
        found.problems,
        partial(letters_of_case, found.outcome, found.place, f"bulk-letter-{row}"),
    )


# The letters


def _letters(desk: Desk) -> None:
    """Ask which letters to write, and give them when they are written."""
    run = f"{desk.number}-{desk.runs}"
    st.markdown(
        "Letters of every case for which one should be written, in one zip. Its index.xlsx lists each letter "
        "written or not, and why. One case's letter can be read and downloaded under Cases."
    )
    to = st.multiselect(
        "Letters to",
        list(RECIPIENTS),
        default=list(RECIPIENTS),
        format_func=RECIPIENTS.__getitem__,
        key=f"bulk-to-{run}",
        persist_state="session",
        select_all=False,
    )
    consent = without_consent(f"bulk-consent-{run}")
    pdf = can_be_pdf() and st.checkbox("A PDF beside each letter", key=f"bulk-pdf-{run}")
    for recipient, own in state.own_letters().items():
        st.caption(plain(f"{own.name} is used for letters to {RECIPIENTS[recipient].lower()}."))
        if pdf and moves_lines(own):
            st.warning(plain(f"{own.name}: {LETTER_NOTES['other_font']}"))
    sender_reminder()
    asked = Request(state.settings().sender, tuple(to), consent, state.own_letters(), pdf)
    st.button(
        "Write the letters",
        on_click=desk.write_letters,
        args=(asked,),
        disabled=desk.busy or not to,
        key=f"bulk-write-letters-{run}",
    )
    if desk.writes_letters:
        st.button("Stop writing letters", on_click=desk.stop_letters, key=f"bulk-stop-{run}")
    elif desk.busy:
        st.caption("The files above are written first.")
    written = desk.letters
    if written is None or desk.busy:
        return
    st.success(f"{shown.counted(written['written'], 'letter')} written.")
    st.download_button(
        "Download the letters (zip)",
        data=partial(desk.content, LETTERS),
        file_name=shown.download_name(desk.name, "letters.zip"),
        on_click="ignore",
        key=f"bulk-letters-{run}",
    )
    if written["skipped"]:
        table(
            [(plain(why), f"{count:,}") for why, count in written["skipped"]],
            ("Not written", "Letters"),
            "Why letters were not written, and how many",
        )


# The problems


def _problems(desk: Desk, summary: Summary) -> None:
    if not summary["groups"]:
        st.success("Nothing to mend and nothing to confirm.")
        return
    st.markdown(
        f"{plain(shown.problems_sentence(summary))} The problems workbook marks each one in its cell."
    )
    st.subheader("By column")
    table(
        [
            (
                plain(group["heading"]),
                plain(group["severity"].capitalize()),
                plain(shown.problem_words(group["wrong"], group["enter"])),
                plain(f"{group['count']:,}: {group['cells']}"),
            )
            for group in summary["groups"]
        ],
        ("Column", "Severity", "What is wrong and what to enter", "Cells"),
        "Problems by column, with the number of cells and the first few",
    )
    if summary["groups_left_out"]:
        st.caption(
            f"And {summary['groups_left_out']:,} more kinds of problem, in the problems workbook."
        )
    st.subheader("Cell by cell")
    cells = summary["cells"]
    pages = -(-len(cells) // PROBLEM_ROWS)
    key = f"bulk-problems-{desk.number}-{desk.runs}"
    first = (min(int(st.session_state.get(key, 1)), pages) - 1) * PROBLEM_ROWS
    table(
        [
            (
                plain(f"{cell['cell']}, {cell['heading']}"),
                plain(cell["case_ref"]),
                plain(cell["severity"].capitalize()),
                plain(shown.problem_words(cell["wrong"], cell["enter"])),
            )
            for cell in cells[first : first + PROBLEM_ROWS]
        ],
        ("Cell", "Case", "Severity", "What is wrong and what to enter"),
        "Problems cell by cell",
    )
    if pages > 1:
        st.pagination(pages, key=key, persist_state="session")
    left = summary["must_fix"] + summary["to_confirm"] - len(cells)
    if left:
        st.caption(f"And {left:,} more, in the problems workbook.")


# The charts


def _charts(summary: Summary) -> None:
    owed = shown.owed_bars(summary)
    if owed:
        st.subheader("Owed with interest, by triage")
        drawings.owed_by_triage(owed, shown.owed_words(summary))
    table(
        shown.triage_rows(summary),
        ("Triage", "Cases", "Red or expired", "Owed to members", "Owed to pension schemes"),
        "Each triage with its cases and what is owed by payee",
    )
    st.subheader("Cases by days left to claim")
    left = shown.days_left_bars(summary)
    drawings.cases_by_days(left, shown.days_left_words(summary))
    table(
        [(plain(name), f"{cases:,}") for name, cases in left],
        ("Days left", "Cases"),
        "Cases by days left to claim",
    )
