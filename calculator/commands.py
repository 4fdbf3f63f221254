"""The ``exitcap`` commands.

Status 0: done. 1: done, some rows in error or an example failed. 2: nothing done, one line says why.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from calculator.command_line import (
    WIDTH,
    choices_of,
    day_of,
    mapping_of,
    on_terminal,
    positions_of,
    progress,
    rates_of,
    reading,
    run_safely,
    say,
    say_first,
)
from calculator.facts.days import shown_day
from calculator.facts.problems import FileProblem
from calculator.facts.text import printable
from calculator.files.replacing import Outputs
from calculator.letters.recipients import USUAL, Extra, Recipient, WithoutConsent, one_of
from calculator.reading_cases import Reading, calculated, read_table
from rules import VERSION

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What is still owed after the £95,000 exit payment cap, to whom, with what interest, by when.",
)
AsAt = Annotated[
    str | None,
    typer.Option("--as-at", metavar="YYYY-MM-DD", help="Day of calculation. Today if left out."),
]
PositionsFile = Annotated[
    Path | None,
    typer.Option("--positions", metavar="FILE.toml", help="Positions on open questions of law."),
]
RatesFile = Annotated[
    Path | None,
    typer.Option("--rates", metavar="FILE.csv", help="Later Bank Rate, with its source."),
]
SheetName = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME|all",
        help="The sheet, where several could hold cases; all for all that have the same headings.",
    ),
]
AcceptGuesses = Annotated[
    bool,
    typer.Option("--accept-guesses", help="Also read the columns whose heading is only guessed."),
]
Headings = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEADING=FIELD", help="What a heading of theirs means."),
]
MappingFile = Annotated[
    Path | None, typer.Option("--map-file", metavar="FILE.toml", help="A saved mapping.")
]
Accepting = Annotated[
    bool,
    typer.Option(
        "--accept-suggestions",
        help="Take every value that a problem suggests, and say which.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@app.command()
def case(
    file: Annotated[Path, typer.Argument(metavar="CASE.json", help="One case, as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", metavar="OUT.pdf", help="Write a summary of a page for each exit."),
    ] = None,
    as_at: AsAt = None,
    positions: PositionsFile = None,
    rates: RatesFile = None,
    force: Force = False,
) -> None:
    """Explain one case, or write its summary."""
    day, settings, later = day_of(as_at), positions_of(positions), rates_of(rates)
    from calculator.one_case.case_file import case_at
    from calculator.one_case.person import work

    with reading(file):
        exits = case_at(file).exits
    worked = work(exits, settings, day, later)
    if pdf is not None:
        from calculator.letters.case_summary import case_summary_pdf

        if pdf.suffix.casefold() != ".pdf":
            raise FileProblem(f"{printable(pdf.name)}: the summary is written to .pdf.")
        with Outputs([file, positions, rates], force) as outputs, outputs.add(pdf) as unfinished:
            unfinished.write_bytes(case_summary_pdf(worked.outcome))
        say(outputs.sentence())
    elif as_json:
        from calculator.explanation.as_json import as_json as object_of

        objects = [object_of(worked.outcome, row, worked.of(row)) for row in range(len(exits))]
        text = json.dumps(objects if len(objects) > 1 else objects[0], ensure_ascii=False, indent=2)
        print("".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text))
    else:
        from calculator.explanation.explain import explain
        from calculator.explanation.terminal import in_words

        outcome = worked.outcome
        for row in range(len(exits)):
            words = in_words(outcome, row, explain(outcome, row), worked.of(row), WIDTH)
            print(on_terminal(words if row == 0 else f"\n{words}"))
    raise typer.Exit(1 if bool(worked.outcome.cases.in_error.any()) else 0)


@app.command("assess")
def assess_table(
    cases: Annotated[
        Path,
        typer.Argument(
            metavar="CASES", help="Cases: .xlsx, .xlsm, .xls, .ods, .csv, .tsv, .txt or .parquet."
        ),
    ],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The results to write: .xlsx, .csv or .parquet.")
    ],
    as_at: AsAt = None,
    positions: PositionsFile = None,
    rates: RatesFile = None,
    sheet_name: SheetName = None,
    headings: Headings = None,
    mapping_file: MappingFile = None,
    save_mapping: Annotated[
        Path | None, typer.Option("--save-map", metavar="FILE.toml", help="Save the mapping used.")
    ] = None,
    accept_guesses: AcceptGuesses = False,
    problems_file: Annotated[
        Path | None,
        typer.Option(
            "--problems",
            metavar="FILE.xlsx",
            help="Also write your workbook with every problem marked in its cell, to correct and read again; on a "
            "cluster a folder of .csv or .parquet.",
        ),
    ] = None,
    accepting: Accepting = False,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="dask", help="Calculate on a cluster; OUT is a folder."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="The scheduler of Dask.")
    ] = None,
    force: Force = False,
) -> None:
    """Calculate a spreadsheet of cases and write the results beside the person's own columns."""
    if engine is not None or scheduler is not None:
        if engine != "dask" or scheduler is None:
            raise FileProblem("A cluster needs --engine dask and --scheduler ADDRESS.")
        if sheet_name or save_mapping or force:
            raise FileProblem("A cluster takes no --sheet, --save-map or --force.")
        from calculator.cluster_command import assess_on_cluster

        read_as = Reading(None, mapping_of(mapping_file, headings), accept_guesses, accepting)
        what = (day_of(as_at), positions_of(positions), rates_of(rates))
        in_error = assess_on_cluster(cases, (out, problems_file), scheduler, what, read_as)
        raise typer.Exit(1 if in_error else 0)
    day, settings, later = day_of(as_at), positions_of(positions), rates_of(rates)
    from calculator.calculation.assess import assess
    from calculator.facts.headings import mapping_text
    from calculator.spreadsheets.problems_workbook import plan_for, write_problems
    from calculator.spreadsheets.results import WRITABLE, write_results

    if out.suffix.casefold() not in WRITABLE:
        raise FileProblem(f"{printable(out.name)}: results are written to .xlsx, .csv or .parquet.")
    if problems_file and problems_file.suffix.casefold() != ".xlsx":
        raise FileProblem(f"{printable(problems_file.name)}: problems are written to .xlsx.")
    with Outputs([cases, positions, rates, mapping_file], force) as outputs:
        results = outputs.add(out)
        marked = outputs.add(problems_file) if problems_file else None
        saved = outputs.add(save_mapping) if save_mapping else None
        mapping = mapping_of(mapping_file, headings)
        wanted = Reading(sheet_name, mapping, accept_guesses, accepting)
        by_cell = marked is not None or out.suffix.casefold() == ".xlsx"
        sheet, table, problems = read_table(cases, wanted, day, by_cell)
        with progress("Calculating", table.size) as advance:
            outcome = assess(table, settings, day, advance, later)
        with progress("Writing", table.size) as advance, results as unfinished:
            write_results(unfinished, sheet, outcome, problems, advance)
        if marked:
            plan = plan_for(sheet, problems)
            for sentence in plan.sentences:
                say(sentence)
            with marked as unfinished:
                say_first([*filter(None, [write_problems(unfinished, sheet, problems, plan)])])
        if saved:
            with saved as unfinished:
                unfinished.write_text(mapping_text(mapping), encoding="utf-8")
    from calculator.explanation.terminal import table_summary

    for line in table_summary(outcome):
        say(line)
    say(outputs.sentence())
    raise typer.Exit(1 if bool(table.in_error.any()) else 0)


@app.command()
def letters(
    cases: Annotated[
        Path | None,
        typer.Argument(
            metavar="CASES", help="A spreadsheet of cases, as for assess, or one case as .json."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT.zip", help="The zip of letters to write.")
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="WHOM", help=f"{one_of(Recipient)}; the first 3 if left out."),
    ] = None,
    own_template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE.docx", help="Your own Word template."),
    ] = None,
    sender_file: Annotated[
        Path | None,
        typer.Option("--sender", metavar="FILE.toml", help="Your name, address, who signs."),
    ] = None,
    without_consent: Annotated[
        str,
        typer.Option(
            "--without-consent",
            metavar="|".join(WithoutConsent),
            help="Where the member has not agreed to be named as a union member: no letter, or one from "
            "the member in their own name.",
        ),
    ] = "skip",
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out", metavar="WHAT", help=f"Write the letters without: {one_of(Extra)}."
        ),
    ] = None,
    pdf: Annotated[
        bool,
        typer.Option(
            "--pdf", help="Also a tagged PDF of each letter, one to print, and e-mail drafts."
        ),
    ] = False,
    chase: Annotated[
        Path | None,
        typer.Option(
            "--chase",
            metavar="INDEX.xlsx",
            help="Write chasers of the letters of this index that were sent and not answered.",
        ),
    ] = None,
    list_fields: Annotated[
        bool, typer.Option("--list-fields", help="Print the placeholders a template may use.")
    ] = False,
    save_template: Annotated[
        Path | None,
        typer.Option(
            "--save-template",
            metavar="FILE.docx",
            help="Save our letter as a template to change in Word; to the employer, or see --to.",
        ),
    ] = None,
    as_at: AsAt = None,
    positions: PositionsFile = None,
    rates: RatesFile = None,
    sheet_name: SheetName = None,
    headings: Headings = None,
    mapping_file: MappingFile = None,
    accept_guesses: AcceptGuesses = False,
    accepting: Accepting = False,
    force: Force = False,
) -> None:
    """Write the letters of cases: Word files, an index, and figures for mail merge, in one zip."""
    if list_fields:
        from calculator.letters.placeholder_list import placeholder_lines

        for line in placeholder_lines():
            print(line)
        return
    day, settings, later = day_of(as_at), positions_of(positions), rates_of(rates)
    recipients = choices_of(Recipient, to, "--to") or USUAL
    if own_template is not None and len(recipients) != 1:
        raise FileProblem(
            f"--template is for letters to one recipient: add --to {one_of(Recipient)}."
        )
    if chase is not None and not set(recipients) <= set(USUAL):
        raise FileProblem(f"--chase is for letters to {', '.join(USUAL)}.")
    consent = choices_of(WithoutConsent, [without_consent], "--without-consent")[0]
    without = choices_of(Extra, leave_out, "--leave-out")
    read = [cases, positions, own_template, sender_file, mapping_file, chase]
    if save_template is not None:
        from calculator.letters.word.house_letter import house_template

        with Outputs(read, force) as outputs, outputs.add(save_template) as unfinished:
            unfinished.write_bytes(house_template(recipients[0]))
        say(outputs.sentence())
        return
    if cases is None or out is None:
        raise FileProblem("letters needs CASES and OUT.zip, or --list-fields.")
    if out.suffix.casefold() != ".zip":
        raise FileProblem(f"{printable(out.name)}: letters are written to .zip.")
    with Outputs(read, force) as outputs:
        bundle = outputs.add(out)
        from calculator.letters.bundle import write_letters
        from calculator.letters.letter import LettersWanted
        from calculator.letters.sender import Sender, read_sender
        from calculator.letters.tracker import read_tracker
        from calculator.letters.word.own import OwnLetter

        sender = read_sender(sender_file) if sender_file else Sender()
        request = LettersWanted(
            sender.model_copy(update={"leave_out": without}) if without else sender,
            recipients,
            consent,
            dict.fromkeys(recipients, OwnLetter.read(own_template)) if own_template else {},
            pdf,
        )
        tracker = None
        if chase is not None:
            with reading(chase):
                tracker = read_tracker(chase, day)
        mapping = mapping_of(mapping_file, headings)
        wanted = Reading(sheet_name, mapping, accept_guesses, accepting)
        outcome, said = calculated(cases, settings, day, later, wanted)
        with progress("Writing letters") as advance, bundle as unfinished:
            done = write_letters(unfinished, outcome, request, advance, said, tracker)
    for line in done.sentences():
        say(line)
    if request.sender.incomplete:
        say("Words in [brackets] are yours to fill in, in Word or with --sender FILE.toml.")
    if not request.sender.approved_by:
        say("The letters are marked DRAFT until --sender FILE.toml names who approved them.")
    say(f"{outputs.sentence()} Read index.xlsx in it first.")
    raise typer.Exit(1 if bool(outcome.cases.in_error.any()) else 0)


@app.command()
def calendar(
    cases: Annotated[
        Path,
        typer.Argument(
            metavar="CASES", help="A spreadsheet of cases, as for assess, or one case as .json."
        ),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT.ics", help="The calendar to write.")],
    as_at: AsAt = None,
    positions: PositionsFile = None,
    rates: RatesFile = None,
    sheet_name: SheetName = None,
    headings: Headings = None,
    mapping_file: MappingFile = None,
    accept_guesses: AcceptGuesses = False,
    accepting: Accepting = False,
    force: Force = False,
) -> None:
    """Write the last days of cases, the days to issue by and reminders, for a diary."""
    day, settings, later = day_of(as_at), positions_of(positions), rates_of(rates)
    if out.suffix.casefold() != ".ics":
        raise FileProblem(f"{printable(out.name)}: a calendar is written to .ics.")
    from calculator.calculation.signals import Urgency
    from calculator.explanation.calendar import calendar_of, has_days
    from calculator.explanation.words import plural

    with Outputs([cases, positions, rates, mapping_file], force) as outputs:
        entries = outputs.add(out)
        mapping = mapping_of(mapping_file, headings)
        wanted = Reading(sheet_name, mapping, accept_guesses, accepting)
        outcome, _ = calculated(cases, settings, day, later, wanted)
        rows = range(outcome.cases.size)
        with entries as unfinished:
            unfinished.write_bytes(calendar_of(outcome, rows, datetime.now(UTC)))
    dated = sum(has_days(outcome, row) for row in rows)
    say(f"{plural(dated, 'case')} of {len(rows)} with days still to come.")
    if scots := int((outcome.signals.urgency == Urgency.ADVICE).sum()):
        say(f"{plural(scots, 'Scottish case')} without a day: ask a Scots lawyer today.")
    if expired := int((outcome.signals.urgency == Urgency.EXPIRED).sum()):
        say(f"{plural(expired, 'case')} with no day still open: ask a lawyer today.")
    say(outputs.sentence())
    raise typer.Exit(1 if bool(outcome.cases.in_error.any()) else 0)


@app.command()
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")],
    force: Force = False,
) -> None:
    """Write a workbook to fill in, with guidance, drop-downs, checks and examples."""
    from calculator.spreadsheets.template.workbook import write_template

    if out.suffix.casefold() != ".xlsx":
        raise FileProblem(f"{printable(out.name)}: the template is written to .xlsx.")
    with Outputs(force=force) as outputs, outputs.add(out) as unfinished:
        write_template(unfinished)
    say(outputs.sentence())


@app.command()
def employer(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="The employer's name, or part of it.")
    ],
) -> None:
    """Search the Schedule of bodies that the cap applied to, and the bodies abolished since."""
    from calculator.facts.employer_lines import search_lines

    for line in search_lines(" ".join(words), WIDTH):
        print(line)


@app.command()
def schema(
    of: Annotated[str, typer.Argument(metavar="case|result", help="What the schema is of.")],
) -> None:
    """Print the JSON Schema of a case, or of the result that case --json prints."""
    from calculator.calculation.schema import SCHEMAS

    if of not in SCHEMAS:
        raise FileProblem(f"A schema is of {' or '.join(SCHEMAS)}.")
    print(json.dumps(SCHEMAS[of](), ensure_ascii=False, indent=2))


@app.command()
def check() -> None:
    """Run the published examples and print each with its source, what is expected and what came out."""
    from calculator.self_check import example_lines, examples, run

    counts: Counter[bool] = Counter()
    failed_examples = 0
    for example in examples():
        checks = list(run(example))
        counts.update(check.passed for check in checks)
        failed_examples += not all(check.passed for check in checks)
        for line in example_lines(example, checks):
            print(line)
    print(
        f"{counts[True]} values as expected, {counts[False]} not; {failed_examples} examples failed."
    )
    raise typer.Exit(1 if failed_examples else 0)


@app.command("app", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def browser_app(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", help="The port on this machine.")] = 8501,
) -> None:
    """Open the browser app, on this machine only. Further options are passed to streamlit."""
    from importlib.util import find_spec

    if find_spec("streamlit") is None:
        say("exitcap: the browser app needs streamlit. Install the project with its extra: app.")
        raise typer.Exit(2)
    from calculator.screens.server import front_door, serve

    serve(["run", str(front_door()), f"--server.port={port}", *context.args])


def _version(wanted: bool) -> None:
    if wanted:
        print(f"exitcap, rules {VERSION}, {shown_day(date.today())}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before a command."""


def main() -> None:
    """Run the command line."""
    run_safely(lambda: app(prog_name="exitcap", standalone_mode=False))
