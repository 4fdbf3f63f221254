"""The ``exitcap`` commands: case, assess, letters, template, employer, check, app.

Status 0: done. 1: done, some rows in error or an example failed. 2: nothing done, one line says why.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from calculator.facts.days import FIRST_DAY, LAST_DAY, shown_day
from calculator.facts.problems import FileProblem, Problem
from calculator.files.unfinished import is_stopped, remove_left, replacing, stop
from rules import VERSION
from rules.positions import PositionError, Positions

if TYPE_CHECKING:
    from calculator.facts.case_table import Cases
    from calculator.one_case.case_file import CaseFile
    from calculator.one_case.person import Worked

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
SheetName = Annotated[
    str | None, typer.Option("--sheet", help="The sheet, where several could hold cases.")
]
Headings = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEADING=FIELD", help="What a heading of theirs means."),
]
MappingFile = Annotated[
    Path | None, typer.Option("--map-file", metavar="FILE.toml", help="A saved mapping.")
]
WIDTH = 100


@app.command()
def case(
    file: Annotated[Path, typer.Argument(metavar="CASE.json", help="One case, as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_at: AsAt = None,
    positions: PositionsFile = None,
) -> None:
    """Explain one case."""
    with _one_line_errors():
        day, settings = _day(as_at), _positions(positions)
        exits = _case_file(file).exits
    from calculator.one_case.person import work

    worked = work(exits, settings, day)
    if as_json:
        found = [_case_dict(worked, row) for row in range(len(exits))]
        print(json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2))
    else:
        from calculator.explanation.explain import explain
        from calculator.explanation.terminal import in_words

        outcome = worked.outcome
        for row in range(len(exits)):
            words = in_words(outcome, row, explain(outcome, row), worked.of(row), WIDTH)
            print(printable(words if row == 0 else f"\n{words}"))
    raise typer.Exit(1 if bool(worked.outcome.cases.in_error.any()) else 0)


def _case_dict(worked: Worked, row: int) -> dict[str, object]:
    """One exit as the object that ``--json`` prints."""
    from calculator.explanation.explain import explain

    explanation = explain(worked.outcome, row)
    return {
        "results": worked.outcome.row(row),
        "steps": [
            {
                "label": step.label,
                "amount": step.amount,
                "working": step.working,
                "citations": [
                    {"label": c.label, "url": c.url, "seen": c.seen.value} for c in step.citations
                ],
            }
            for step in explanation.steps
        ],
        "assumptions": list(explanation.assumptions),
        "problems": [_problem_dict(problem) for problem in worked.of(row)],
    }


def _problem_dict(problem: Problem) -> dict[str, str]:
    return {
        "field": problem.field,
        "severity": problem.severity.value,
        "wrong": problem.wrong,
        "enter": problem.enter,
    }


@app.command("assess")
def assess_table(
    cases: Annotated[
        Path,
        typer.Argument(
            metavar="CASES", help="A spreadsheet of cases: .xlsx, .xlsm, .xls, .ods or .csv."
        ),
    ],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The results to write: .xlsx or .csv.")
    ],
    as_at: AsAt = None,
    positions: PositionsFile = None,
    sheet_name: SheetName = None,
    headings: Headings = None,
    mapping_file: MappingFile = None,
    save_mapping: Annotated[
        Path | None, typer.Option("--save-map", metavar="FILE.toml", help="Save the mapping used.")
    ] = None,
    problems_file: Annotated[
        Path | None,
        typer.Option(
            "--problems",
            metavar="FILE.xlsx",
            help="Also write the cases with what to mend marked in its cell, to be mended and read again.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Work out a spreadsheet of cases and write the results beside the person's own columns."""
    with _one_line_errors():
        day, settings = _day(as_at), _positions(positions)
        from calculator.calculation.assess import assess
        from calculator.calculation.confirmations import confirmations, summed_up
        from calculator.facts.headings import mapping_text, parsed_mapping, read_mapping
        from calculator.spreadsheets.problems_workbook import write_problems
        from calculator.spreadsheets.read import read_cases, read_sheet
        from calculator.spreadsheets.results import WRITABLE, write_results

        if out.suffix.casefold() not in WRITABLE:
            raise FileProblem(f"{out.name}: results are written to .xlsx or .csv.")
        _may_be_written(out, cases, force)
        if problems_file:
            if problems_file.suffix.casefold() != ".xlsx":
                raise FileProblem(f"{problems_file.name}: problems are written to .xlsx.")
            _may_be_written(problems_file, cases, force)
        mapping = read_mapping(mapping_file) if mapping_file else {}
        mapping |= parsed_mapping(headings or [])
        sheet = read_sheet(cases, sheet_name, mapping)
        table = read_cases(sheet)
        problems = sorted([*table.problems, *confirmations(table)], key=lambda p: p.row)
        with _progress("Working out", table.size) as advance:
            outcome = assess(table, settings, day, advance)
        with _progress("Writing", table.size) as advance:
            write_results(out, sheet, outcome, problems, advance)
        if problems_file:
            with replacing(problems_file) as unfinished:
                write_problems(unfinished, sheet, problems)
        if save_mapping:
            save_mapping.write_text(mapping_text(mapping), encoding="utf-8")
    for notice in sheet.notices:
        _say(notice)
    for line in summed_up(problems, lambda problem: sheet.locate(problem)[0]):
        _say(line)
    from calculator.explanation.terminal import table_summary

    for line in table_summary(outcome):
        _say(line)
    _say(f"Written to {out}.")
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
        typer.Option(
            "--to", metavar="WHOM", help="employer, scheme or member; all three if left out."
        ),
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
            metavar="skip|member",
            help="Where the member has not agreed to be named as a union member: no letter, or one from "
            "the member in their own name.",
        ),
    ] = "skip",
    pdf: Annotated[bool, typer.Option("--pdf", help="Also a tagged PDF of each letter.")] = False,
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
    sheet_name: SheetName = None,
    headings: Headings = None,
    mapping_file: MappingFile = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write the letters of cases: Word files, an index, and figures for mail merge, in one zip."""
    if list_fields:
        from tools.reference import placeholder_lines

        for line in placeholder_lines():
            print(line)
        return
    with _one_line_errors():
        day, settings = _day(as_at), _positions(positions)
        from calculator.letters.plan import Recipient, WithoutConsent

        recipients = _words_of(Recipient, to, "--to") or tuple(Recipient)
        consent = _words_of(WithoutConsent, [without_consent], "--without-consent")[0]
        if save_template is not None:
            from calculator.letters.word.house_letter import plain_template

            _may_be_written(save_template, None, force)
            with replacing(save_template) as unfinished:
                unfinished.write_bytes(plain_template(recipients[0]))
            _say(f"Written to {save_template}.")
            return
        if cases is None or out is None:
            raise FileProblem("letters needs CASES and OUT.zip, or --list-fields.")
        if out.suffix.casefold() != ".zip":
            raise FileProblem(f"{out.name}: letters are written to .zip.")
        if not out.parent.is_dir():
            raise FileProblem(f"{out.parent}: there is no such folder.")
        _may_be_written(out, cases, force)
        from calculator.calculation.assess import assess
        from calculator.letters.bundle import write_letters
        from calculator.letters.letter import LettersWanted
        from calculator.letters.sender import Sender, read_sender
        from calculator.letters.word.own import OwnLetter

        request = LettersWanted(
            read_sender(sender_file) if sender_file else Sender(),
            recipients,
            consent,
            dict.fromkeys(recipients, OwnLetter.read(own_template)) if own_template else {},
            pdf,
        )
        if cases.suffix.casefold() == ".json":
            from calculator.one_case.person import work

            outcome = work(_case_file(cases).exits, settings, day).outcome
        else:
            outcome = assess(_table(cases, sheet_name, mapping_file, headings), settings, day)
        with (
            _progress("Writing letters") as advance,
            replacing(out) as unfinished,
        ):
            done = write_letters(unfinished, outcome, request, advance)
    for line in done.sentences():
        _say(line)
    if request.sender.incomplete:
        _say("Words in [brackets] are yours to fill in, in Word or with --sender FILE.toml.")
    _say(f"Written to {out}. Read index.xlsx in it first.")
    raise typer.Exit(1 if bool(outcome.cases.in_error.any()) else 0)


Choice = TypeVar("Choice", bound=StrEnum)


def _words_of(
    choices: type[Choice], given: Sequence[str] | None, option: str
) -> tuple[Choice, ...]:
    """Words of an option as choices, in the order of the choices."""
    names = [choice.value for choice in choices]
    if not set(given or ()) <= set(names):
        raise FileProblem(f"{option} must be one of {', '.join(names)}.")
    return tuple(choice for choice in choices if choice.value in (given or ()))


def _table(
    path: Path, sheet_name: str | None, mapping_file: Path | None, headings: list[str] | None
) -> Cases:
    from calculator.facts.headings import parsed_mapping, read_mapping
    from calculator.spreadsheets.read import read_cases, read_sheet

    mapping = read_mapping(mapping_file) if mapping_file else {}
    return read_cases(read_sheet(path, sheet_name, mapping | parsed_mapping(headings or [])))


def _may_be_written(out: Path, source: Path | None, force: bool) -> None:
    """FileProblem where the output is the input, or is there already and not to be written over."""
    if not out.exists():
        return
    if source is not None and source.exists() and out.samefile(source):
        raise FileProblem(f"{out.name}: the results need a name of their own.")
    if not force:
        raise FileProblem(f"{out.name} is there already. Choose another name, or add --force.")


@app.command()
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write a workbook to fill in, with guidance, drop-downs, checks and examples."""
    with _one_line_errors():
        from calculator.spreadsheets.template.workbook import write_template

        _may_be_written(out, None, force)
        write_template(out)
    _say(f"Written to {out}.")


@app.command()
def employer(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="The employer's name, or part of it.")
    ],
) -> None:
    """Search the Schedule of bodies that the cap applied to."""
    from calculator.facts.employers import descriptions, search

    asked = " ".join(words)
    found, described = search(asked), descriptions(asked)
    for suggestion in found:
        entry = suggestion.entry
        how = "the name itself" if suggestion.exact else f"{suggestion.likeness}% alike, to confirm"
        print(f"{entry.words}\n    Part {entry.part}, {entry.nation}; {how}")
    if described:
        print("Bodies covered by description; apply it to the facts:")
        for entry in described:
            print(textwrap.fill(f"- {entry.words} ({entry.nation})", WIDTH, subsequent_indent="  "))
    if not found and not described:
        print(
            "No entry is like this. That alone does not mean that the employer was not covered: most "
            "councils, schools and trusts are covered by description."
        )


@app.command()
def check() -> None:
    """Run the published examples and print each with its source, what is expected and what came out."""
    from calculator.self_check import examples, run

    counts: Counter[bool] = Counter()
    failed_examples = 0
    for example in examples():
        checks = list(run(example))
        good = all(found.passed for found in checks)
        failed_examples += not good
        print(f"{'ok  ' if good else 'FAIL'} {example.id}: {example.topic}")
        print(f"     {example.source} ({example.provenance})")
        print(f"     {example.source_url}")
        for found in checks:
            counts[found.passed] += 1
            mark = "  " if found.passed else "✗ "
            print(
                f"     {mark}{found.case_ref} {found.column}: expected {found.expected or 'empty'}, "
                f"got {found.got or 'empty'}"
            )
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
        _say("exitcap: the browser app needs streamlit. Install the project with its extra: app.")
        raise typer.Exit(2)
    script = _front_door()
    words = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    raise typer.Exit(subprocess.run([*words, *context.args], check=False).returncode)  # noqa: S603


def _front_door() -> Path:
    """``app.py``: in a checkout beside the package, else inside the installed one; its settings beside it."""
    here = Path(__file__).resolve().parent
    beside = here.parent / "app.py"
    return beside if beside.is_file() else here / "front" / "app.py"


@contextmanager
def _one_line_stop() -> Iterator[None]:
    """Turn a stop into one line on standard error and status 130."""
    try:
        yield
    except BaseException as error:
        # What is being closed when a stop comes may raise something of its own.
        if not isinstance(error, KeyboardInterrupt) and not is_stopped():
            raise
        _say("Stopped. Nothing was written.")
        raise typer.Exit(130) from None


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn what cannot be done, or is stopped, into one line on standard error and status 2 or 130."""
    try:
        with _one_line_stop():
            yield
    except (FileProblem, PositionError) as error:
        _say(f"exitcap: {error}")
        raise typer.Exit(2) from None
    except OSError as error:
        _say(f"exitcap: {error.strerror or 'the file cannot be used'}: {error.filename or ''}")
        raise typer.Exit(2) from None


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FileProblem("--as-at is not a day: write it as 2026-11-30.") from None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) or not FIRST_DAY <= day <= LAST_DAY:
        raise FileProblem("--as-at must be a day from 1900 to 2100, written as 2026-11-30.")
    return day


def _positions(path: Path | None) -> Positions:
    if path is None:
        return Positions()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise FileProblem(f"{path.name}: not a TOML file of name = value lines.") from None
    return Positions.from_mapping(given)


def _case_file(path: Path) -> CaseFile:
    from calculator.one_case.case_file import read_case_file

    try:
        return read_case_file(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise FileProblem(f"{path.name}: the text is not UTF-8.") from None


@contextmanager
def _progress(doing: str, rows: int | None = None) -> Iterator[Callable[..., None]]:
    """A progress bar on a terminal, with the rate and the time left; nothing in a file or a pipe.

    It is moved on by what is done, and by what there is to do where that is not known at first.
    """
    if not sys.stderr.isatty():
        yield lambda done, total=rows: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TaskProgressColumn

    columns = (
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(doing, total=rows)
        yield lambda done, total=rows: bar.update(task, completed=done, total=total)


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr)


def printable(text: str) -> str:
    """Text without characters that would steer a terminal; lines stay lines."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


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
    """Run the command line. What stops it from outside is said in one line, too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        app(prog_name="exitcap")
    except OSError as error:
        _say(f"exitcap: {error.strerror or 'the output cannot be written'}")
        remove_left()
        os._exit(2)


if __name__ == "__main__":
    main()
