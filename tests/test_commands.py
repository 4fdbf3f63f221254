"""The commands as a person types them."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from calculator.calculation.result_columns import OUTPUT_NAMES

AS_AT = "2026-11-22"
ONE = {
    "case_ref": "A1",
    "exit_date": "2020-12-31",
    "employer_kind": "council",
    "severance_due": "99500",
    "severance_paid": "95000",
}


def exitcap(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "calculator", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
    )


def case_file(tmp_path: Path, case: dict[str, str]) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    return path


def test_one_case_explained_in_words(tmp_path: Path) -> None:
    done = exitcap("case", case_file(tmp_path, ONE), "--as-at", AS_AT)
    assert done.returncode == 0
    assert "Owed to the member: £6,622.52." in done.stdout
    assert (
        "Next deadline: 31 December 2026, 39 days after 22 November 2026, in contract. Issue by"
        in done.stdout
    )
    assert "https://www.legislation.gov.uk/uksi/2021/197/regulation/4" in done.stdout
    assert done.stderr == ""


def test_one_case_as_json(tmp_path: Path) -> None:
    done = exitcap("case", case_file(tmp_path, ONE), "--json", "--as-at", AS_AT)
    found = json.loads(done.stdout)
    assert list(found) == ["results", "to_check", "steps", "assumptions", "problems"]
    assert list(found["results"]) == list(OUTPUT_NAMES)
    assert found["results"]["difference"] == "4500.00"
    assert found["results"]["over_reduced_by"] == "0.00"
    assert found["problems"] == []
    assert {"label", "amount", "working", "citations"} == set(found["steps"][0])


def test_a_case_in_error_says_what_to_enter_and_ends_with_1(tmp_path: Path) -> None:
    path = case_file(tmp_path, {**ONE, "exit_date": "31/12/20", "severence": "1"})
    done = exitcap("case", path, "--as-at", AS_AT)
    assert done.returncode == 1
    assert "exit_date: The year needs four figures." in done.stdout
    assert "severence: This is not a field." in done.stdout
    found = json.loads(exitcap("case", path, "--json", "--as-at", AS_AT).stdout)
    assert found["results"]["triage"] == "error"
    assert found["results"]["reasons"] == "cannot_read"
    assert [problem["severity"] for problem in found["problems"]] == ["must fix", "please confirm"]


@pytest.mark.parametrize(
    ("text", "words", "message"),
    [
        (None, [], "No such file"),
        ("{", [], "not valid JSON"),
        ("[1]", [], "one JSON object"),
        (json.dumps(ONE), ["--as-at", "22/11/2026"], "--as-at is not a day"),
        (json.dumps(ONE), ["--as-at", "20261122"], "written as 2026-11-30"),
        (json.dumps(ONE), ["--as-at", "2026-W01-1"], "written as 2026-11-30"),
        (json.dumps(ONE), ["--positions", "none.toml"], "No such file"),
    ],
)
def test_nothing_done_gives_one_clear_line_and_status_2(
    tmp_path: Path, text: str | None, words: list[str], message: str
) -> None:
    path = tmp_path / "case.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = exitcap("case", path, *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("interest_start = 'today'", "use one of payment, exit, revocation"),
        ("interest = 'payment'", "is not a position"),
        ("week_divisor = 53", "use one of 52, 52.143, 365/7"),
        ("cash_alternative = 1", "enter text in quotes"),
        ("near_line_margin = -1", "enter pounds"),
        ("near_line_margin = true", "enter text in quotes"),
        ("near_line_margin = 1e999999999", "enter pounds"),
        ("near_line_margin = 1e99999999999999999999", "not a TOML file"),
        ("near_line_margin = '1_000'", "enter pounds"),
        ("a = " + "[" * 5000, "not a TOML file"),
        ("interest_start =", "not a TOML file"),
    ],
)
def test_positions_that_cannot_be_taken_give_status_2(
    tmp_path: Path, toml: str, message: str
) -> None:
    path = tmp_path / "positions.toml"
    path.write_text(toml, encoding="utf-8")
    done = exitcap("case", case_file(tmp_path, ONE), "--positions", path)
    assert (done.returncode, message in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("effective_from," + "9" * 150_000, "rates.csv: the file is larger than 100 kB."),
        ('"' + ",a\n" * 10, "rates.csv: A file of rates has the columns"),
        ("\N{LATIN SMALL LETTER E WITH ACUTE}", "rates.csv: the text is not UTF-8."),
    ],
)
def test_a_file_of_rates_that_is_none_gives_one_line_and_status_2(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(text, encoding="latin-1")
    done = exitcap("case", case_file(tmp_path, ONE), "--rates", path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"exitcap: {said}")
    assert done.stderr.count("\n") == 1


def test_a_case_reference_without_end_is_cut_on_the_terminal(tmp_path: Path) -> None:
    done = exitcap("case", case_file(tmp_path, ONE | {"case_ref": "A" * 9_000}))
    assert max(map(len, done.stdout.splitlines())) < 300


def test_positions_change_the_result_and_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "positions.toml"
    path.write_text(
        "interest_start = 'revocation'\nweek_divisor = 52.143\nnear_line_margin = 2500.50\n",
        encoding="utf-8",
    )
    done = exitcap(
        "case", case_file(tmp_path, ONE), "--json", "--positions", path, "--as-at", AS_AT
    )
    found = json.loads(done.stdout)["results"]
    assert found["interest_from_member"] == "2021-03-19"
    assert "week_divisor 52.143" in found["assumptions"]
    assert "near_line_margin 2500.5" in found["assumptions"]


def test_a_spreadsheet_is_worked_out_and_summed_up(tmp_path: Path, sample_cases: Path) -> None:
    for name in ("out.csv", "out.xlsx"):
        done = exitcap("assess", sample_cases, tmp_path / name, "--as-at", AS_AT)
        assert done.returncode == 1, "the sample holds rows in error"
        assert (tmp_path / name).is_file()
        assert "rows read:" in done.stderr
        assert "Owed to pension schemes, with interest: £" in done.stderr
        assert done.stdout == ""


def test_a_clean_spreadsheet_ends_with_0(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("case_ref,exit_date\nA,2020-12-31\n", encoding="utf-8")
    assert exitcap("assess", tmp_path / "in.csv", tmp_path / "out.csv").returncode == 0


def test_letters_and_calendar_say_what_assess_says_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "Case,Name,Date left,Severance due,Severance paid,Strain cost (full)\n"
        "A,Ann Example,31/12/2020,100000,95000,80000\nTotal,,,100000,95000,\nB,Bob,never,1,1,\n",
        encoding="utf-8",
    )
    said = exitcap("assess", tmp_path / "in.csv", tmp_path / "out.csv", "--as-at", AS_AT).stderr
    told = exitcap("letters", tmp_path / "in.csv", tmp_path / "out.zip", "--as-at", AS_AT).stderr
    days = exitcap("calendar", tmp_path / "in.csv", tmp_path / "out.ics", "--as-at", AS_AT).stderr
    lines = said.splitlines()[:3]
    assert "'Strain cost (full)' holds sums and is no field: it is not used" in lines[0]
    assert lines[1].startswith("Row 3: taken as a total")
    assert lines[2].startswith("Date of exit (must fix)")
    assert told.splitlines()[:3] == days.splitlines()[:3] == lines


def test_a_bad_spreadsheet_leaves_no_output(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("nothing here\n", encoding="utf-8")
    done = exitcap("assess", tmp_path / "in.csv", tmp_path / "out.csv")
    assert done.returncode == 2
    assert done.stderr.startswith("exitcap: in.csv: no headings found in the first 100 rows.")
    assert not (tmp_path / "out.csv").exists()


def test_a_results_file_is_kept_unless_forced(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("case_ref,exit_date\nA,2020-12-31\n", encoding="utf-8")
    out.write_text("mine", encoding="utf-8")
    done = exitcap("assess", source, out)
    assert (done.returncode, "add --force" in done.stderr) == (2, True)
    assert out.read_text(encoding="utf-8") == "mine"
    assert exitcap("assess", source, out, "--force").returncode == 0
    assert out.read_text(encoding="utf-8") != "mine"


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    done = exitcap("case", case_file(tmp_path, {**ONE, "case_ref": "\x1b[31mRED"}))
    assert "\x1b" not in done.stdout
    assert "RED" in done.stdout


def test_output_is_utf_8_whatever_the_terminal(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "calculator", "case", str(case_file(tmp_path, ONE))],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert "£95,000.00 − £0.00" in done.stdout.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "calculator", "check"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.strip() == "exitcap: No space left on device"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_work_leaves_no_unfinished_file(tmp_path: Path, number: int) -> None:
    rows = "".join(f"C{n},2020-12-31,100000,1\n" for n in range(60_000))
    (tmp_path / "in.csv").write_text(
        f"case_ref,exit_date,severance_due,severance_paid\n{rows}", encoding="utf-8"
    )
    command = [sys.executable, "-m", "calculator", "assess", "in.csv", "out.xlsx"]
    # Tests started in the background ignore SIGINT, and what they start would too.
    before = signal.signal(number, signal.default_int_handler)
    working = subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    signal.signal(number, before)
    while not any(path.name.startswith(".unfinished") for path in tmp_path.iterdir()):
        assert working.poll() is None
        time.sleep(0.01)
    working.send_signal(number)
    _, said = working.communicate(timeout=60)
    assert working.returncode == 130
    assert said.strip() == "Stopped. Nothing was written."
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_problems_come_back_in_their_own_workbook_and_what_is_lost_is_said(tmp_path: Path) -> None:
    source, out = tmp_path / "in.xlsx", tmp_path / "problems.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        page = book.add_worksheet("Leavers")
        page.write_row(0, 0, ["Case reference", "Exit date", "Severance due"])
        page.write_row(1, 0, ["A1", "2020-12-31", "41k"])
        page.insert_textbox("F2", "Ask Jo.")
    done = exitcap("assess", source, tmp_path / "out.csv", "--problems", out)
    assert done.returncode == 1
    read, wrong, lost, *_ = done.stderr.splitlines()
    assert read == "Read: sheet Leavers."
    assert wrong.endswith("1234.50, £1,234.50 or 0. C2.")
    assert lost == (
        "The workbook of problems is your own file, marked, without: shapes and text boxes. Keep your own "
        "file for these."
    )
    assert openpyxl.load_workbook(out).sheetnames == ["Leavers", "Problems"]


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("case_ref,exit_date\nA,2020-12-31\n", encoding="utf-8")
    done = exitcap("assess", path, path)
    assert (done.returncode, "name of their own" in done.stderr) == (2, True)


def test_case_and_assess_give_identical_values(tmp_path: Path, sample_cases: Path) -> None:
    """Persons with one exit only: a single case knows nothing of a person's other exits."""
    from datetime import date

    from calculator.one_case.person import work
    from rules.positions import Positions

    assert exitcap("assess", sample_cases, tmp_path / "out.csv", "--as-at", AS_AT).returncode == 1
    with sample_cases.open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        results = list(csv.DictReader(file))
    alone = 0
    for case, result in zip(given, results, strict=True):
        if case.get("person_ref") or "duplicate_reference" in result["reasons"]:
            continue
        alone += 1
        outcome = work([dict(case)], Positions(), date.fromisoformat(AS_AT)).outcome
        assert outcome.row(0) == {name: result[name] for name in OUTPUT_NAMES}
    assert alone > 50


def test_case_json_and_assess_agree_through_the_commands_themselves(tmp_path: Path) -> None:
    case = {**ONE, "pension_strain_due": "20000", "notes": "n"}
    found = json.loads(
        exitcap("case", case_file(tmp_path, case), "--json", "--as-at", AS_AT).stdout
    )
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(case))
        writer.writeheader()
        writer.writerow(case)
    exitcap("assess", tmp_path / "in.csv", tmp_path / "out.csv", "--as-at", AS_AT)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        result = next(csv.DictReader(file))
    assert {name: result[name] for name in OUTPUT_NAMES} == found["results"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Arts", "Council", "England"], "Arts Council England"),
        (["HMRC"], "Her Majesty's Revenue and Customs"),
        (["Anytown", "Council"], "A district council"),
        (["University", "of", "Nowhere"], "does not mean that the employer was not covered"),
    ],
)
def test_the_schedule_is_searched(words: list[str], expected: str) -> None:
    done = exitcap("employer", *words)
    assert (done.returncode, expected in done.stdout) == (0, True)


def test_check_prints_every_example_with_its_source() -> None:
    done = exitcap("check")
    assert done.returncode == 0
    assert "City of York Council" in done.stdout
    assert ", 0 not; 0 examples failed." in done.stdout


@pytest.mark.parametrize("words", [["employer", "HMRC"], ["--version"]])
def test_commands_start_without_pandas(words: list[str]) -> None:
    assert not _imports(words) & {"pandas", "streamlit", "xlsxwriter", "openpyxl"}


def test_case_starts_without_pandas(tmp_path: Path) -> None:
    path = case_file(tmp_path, ONE)
    assert not _imports(["case", str(path)]) & {"pandas", "streamlit", "xlsxwriter", "openpyxl"}


def _imports(words: list[str]) -> set[str]:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['exitcap', *{words!r}]\n"
        "try:\n    runpy.run_module('calculator', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print('\\n' + ' '.join({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_calendar_of_a_case_says_how_many_have_days(tmp_path: Path) -> None:
    out = tmp_path / "days.ics"
    done = exitcap("calendar", case_file(tmp_path, ONE), out, "--as-at", AS_AT)
    assert done.returncode == 0
    assert done.stderr == f"1 case of 1 with days still to come.\nWritten to {out}.\n"
    assert "SUMMARY:A1: issue the claim today" in out.read_text(encoding="utf-8")


def test_every_suggestion_is_taken_on_request_and_listed(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(
        "case_ref,exit_date,employer_kind,severance_due,severance_paid\n"
        "A,12/31/2020,Acad,120k,95000\nB,12/11/2020,council,some,0\n",
        encoding="utf-8",
    )
    without = exitcap("assess", path, out, "--as-at", AS_AT)
    assert "2 rows read: 0 calculated, 2 in error." in without.stderr
    done = exitcap("assess", path, out, "--as-at", AS_AT, "--accept-suggestions", "--force")
    assert done.returncode == 1
    for line in (
        "Date of exit: 1 taken as suggested, where: The month comes first here",
        "Date of exit: 1 taken as suggested, where: Another day of this column has the month first",
        "Date of exit (please confirm): Taken as suggested: 11 December 2020. Check it against the papers. B3.",
        "Kind of employer (please confirm): Taken as suggested: academy.",
        "(please confirm): Taken as suggested: £120,000.00. Check it against the papers. D2.",
        "(must fix): This is not an amount of money.",
        "2 rows read: 1 calculated, 1 in error.",
    ):
        assert line in done.stderr
    assert "120k" not in done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        first, _ = csv.DictReader(file)
    assert (first["triage"], first["difference"]) == ("capped_exact", "25000.00")


def test_letters_take_suggestions_on_request_too(tmp_path: Path) -> None:
    facts = {
        "case_ref": "A",
        "exit_date": "31/12/20",
        "consent_to_disclose": "yes",
        "severance_due": "120k",
        "severance_paid": "95000",
        "employer_kind": "council",
    }
    sheet = tmp_path / "in.csv"
    sheet.write_text(f"{','.join(facts)}\n{','.join(facts.values())}\n", encoding="utf-8")
    for path in (case_file(tmp_path, facts), sheet):
        words = (
            "letters",
            path,
            tmp_path / "out.zip",
            "--as-at",
            AS_AT,
            "--to",
            "member",
            "--force",
        )
        assert exitcap(*words).returncode == 1
        done = exitcap(*words, "--accept-suggestions")
        assert done.returncode == 0
        assert "Date of exit: 1 taken as suggested" in done.stderr
        assert "1 letters written" in done.stderr


def test_no_output_shows_the_guard_of_a_reference(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "case_ref,person_ref,exit_date,severance_due\n"
        '"=""00041""",\'00412,31/12/2020,120k\n\'00042,"=""00412""",31/12/2020,5\n',
        encoding="utf-8",
    )
    outputs = [tmp_path / name for name in ("out.csv", "problems.xlsx")]
    exitcap("assess", path, outputs[0], "--problems", outputs[1], "--as-at", AS_AT)
    text = outputs[0].read_text(encoding="utf-8-sig")
    cells = [cell for row in openpyxl.load_workbook(outputs[1])["Cases"].values for cell in row]
    assert "00041,00412" in text
    assert {"00041", "00042", "00412"} <= {*cells}
    assert not [
        each for each in (*text.split(","), *map(str, cells)) if each.startswith(("'", "="))
    ]


def test_names_that_were_encoded_twice_are_read_as_typed_on_request(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(
        "Case,Forename,Surname,Date left,Severance due,Severance paid\n"
        "A,Zo\u00c3\u00ab,N\u00c3\u00ba\u00c3\u00b1ez,31/12/2020,\u00c2\u00a3120000,95000\n",
        encoding="utf-8",
    )
    done = exitcap("assess", path, out, "--as-at", AS_AT, "--accept-suggestions")
    assert done.returncode == 0
    assert "Member name: 1 taken as suggested" in done.stderr
    assert "Taken as suggested: Zoë Núñez. Check it against the papers. B2." in done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Forename"], row["Surname"], row["difference"]) == ("Zoë Núñez", "", "25000.00")
