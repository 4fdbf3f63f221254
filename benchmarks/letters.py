"""Letters made side by side in one run: ``python -m benchmarks.letters --write``.

Ours (compiled once, unchanged parts copied), with our own letter and with a union's template; docxtpl as
its manual shows it, the template opened anew for each letter; and python-docx replacing text in runs. All
four fill in the same words and put the letters into a zip.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from benchmarks.assess import AS_AT, memory_gb
from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw
from calculator.letters.bundle import write_letters
from calculator.letters.claim import claims
from calculator.letters.letter import LettersWanted
from calculator.letters.placeholders import Value, flat_words, letter_words
from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient, Writer
from calculator.letters.sender import Sender
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.language import environment
from calculator.letters.word.own import OwnLetter
from rules.positions import Positions

HERE = Path(__file__).parent
MANY = 10
"""Times as many letters are made by the fast ways too: reading the template then counts for little."""
SLOW = 200
"""Letters made by the slow ways; their rate does not change with the number."""


def outcome_of(size: int) -> Outcome:
    """Cases that are all to have a letter to their employer."""
    case: dict[str, Raw] = {
        "employer_name": "Anytown Council",
        "employer_kind": "council",
        "consent_to_disclose": "yes",
        "exit_reason": "redundancy",
        "exit_date": "2020-12-31",
        "date_of_birth": "1962-05-01",
        "payment_date": "2021-01-15",
        "redundancy_due": "40000",
        "redundancy_paid": "38000",
        "pension_strain_due": "70000",
        "pension_strain_paid": "57000",
        "scheme": "lgps",
        "pension_outcome": "reduced",
    }
    columns: dict[str, list[Raw]] = {name: [value] * size for name, value in case.items()}
    columns["case_ref"] = [f"C{n}" for n in range(size)]
    columns["member_name"] = [f"Member Number {n}" for n in range(size)]
    return assess(Cases.from_raw(columns, size), Positions(), AS_AT)


def words_of(outcome: Outcome) -> Iterator[dict[str, Value]]:
    """The words of each letter to the employer."""
    plan = Plan(0, Recipient.EMPLOYER, Writer.UNION, "", ())
    for claim in claims(outcome, range(outcome.cases.size)):
        yield letter_words(claim, plan, Sender())


def ours(size: int, folder: Path) -> float:
    """The whole of it: plans, words, letters, zip, index, mail merge."""
    outcome = outcome_of(size)
    start = time.process_time()
    write_letters(folder / "ours.zip", outcome, LettersWanted(to=(Recipient.EMPLOYER,)))
    return time.process_time() - start


def ours_with_template(size: int, folder: Path) -> float:
    """The same with a union's own template."""
    path = folder / "own.docx"
    path.write_bytes(house_template(Recipient.EMPLOYER))
    outcome = outcome_of(size)
    start = time.process_time()
    write_letters(
        folder / "own.zip",
        outcome,
        LettersWanted(to=(Recipient.EMPLOYER,), own={Recipient.EMPLOYER: OwnLetter.read(path)}),
    )
    return time.process_time() - start


def letters_alone(theirs: bool, size: int, folder: Path) -> float:
    """Words and letters in a zip, as the ways below make them: no index, no mail merge."""
    from calculator.letters.word.templates import our_template, their_template

    path = folder / "own.docx"
    path.write_bytes(house_template(Recipient.EMPLOYER))
    outcome = outcome_of(size)
    start = time.process_time()
    template = (
        their_template(OwnLetter.read(path), AS_AT)
        if theirs
        else our_template(Recipient.EMPLOYER, AS_AT)
    )
    with ZipFile(folder / "alone.zip", "w", ZIP_STORED) as out:
        for number, words in enumerate(words_of(outcome)):
            out.writestr(f"{number}.docx", template.letter(words))
    return time.process_time() - start


def plain_docxtpl(size: int, folder: Path) -> float:
    """The docxtpl of its manual, made safe: a new template for each letter."""
    from docxtpl import DocxTemplate

    outcome, data = outcome_of(size), house_template(Recipient.EMPLOYER)
    start = time.process_time()
    with ZipFile(folder / "docxtpl.zip", "w", ZIP_STORED) as out:
        for number, words in enumerate(words_of(outcome)):
            template, held = DocxTemplate(io.BytesIO(data)), io.BytesIO()
            template.render(words, environment(in_word=True), autoescape=True)
            template.save(held)
            out.writestr(f"{number}.docx", held.getvalue())
    return time.process_time() - start


def python_docx(size: int, folder: Path) -> float:
    """The python-docx way: one text for another in every run. It can fill no lists and no tables."""
    from docx import Document

    outcome = outcome_of(size)
    data = house_template(Recipient.EMPLOYER)
    start = time.process_time()
    with ZipFile(folder / "python_docx.zip", "w", ZIP_STORED) as out:
        for number, words in enumerate(words_of(outcome)):
            flat = flat_words(words)
            document: Any = Document(io.BytesIO(data))
            cells = [cell for table in document.tables for cell in table._cells]
            paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
            for run in (run for paragraph in paragraphs for run in paragraph.runs):
                if "{{" in run.text:
                    run.text = _NAME.sub(partial(_filled, flat), run.text)
            held = io.BytesIO()
            document.save(held)
            out.writestr(f"{number}.docx", held.getvalue())
    return time.process_time() - start


_NAME = re.compile(r"\{\{ (\w+) \}\}")


def _filled(flat: dict[str, str], found: re.Match[str]) -> str:
    return flat.get(found[1], "")


def with_pdf(size: int, folder: Path) -> float:
    """Our letters with a tagged PDF beside each."""
    outcome = outcome_of(size)
    start = time.process_time()
    write_letters(folder / "pdf.zip", outcome, LettersWanted(to=(Recipient.EMPLOYER,), pdf=True))
    return time.process_time() - start


WAYS: dict[str, tuple[Callable[[int, Path], float], bool, str]] = {
    "ours": (ours, True, "`exitcap letters`: letters, index, mail merge"),
    "own": (
        ours_with_template,
        True,
        "the same with a union's own template, index and merge included",
    ),
    "alone": (partial(letters_alone, False), True, "our letters alone, in a zip"),
    "own_alone": (partial(letters_alone, True), True, "the same with a union's own template"),
    "docxtpl": (plain_docxtpl, False, "plain docxtpl, a new template each"),
    "python_docx": (python_docx, False, "python-docx, text replaced in runs (no lists, no tables)"),
    "pdf": (with_pdf, False, "ours with a tagged PDF each"),
}


def report(size: int, times: int) -> str:
    """Every way in a process of its own, best of some runs."""
    lines = [
        f"Machine: {os.cpu_count()} cores, {memory_gb()} GB, Python {platform.python_version()}. "
        f"Command: `python -m benchmarks.letters`, best of {times}.",
        "",
        "The same letter of two pages and a schedule, with conditions, loops and tables. Seconds are of the "
        "processor, as other programs ran beside; from worked-out cases to the zip, words included, the "
        "start of Python not.",
        "",
        "| way | letters | CPU seconds | letters a second | peak MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, (_, full, label) in WAYS.items():
        for count in (size, MANY * size) if full else (min(size, SLOW),):
            found = min((alone(name, count) for _ in range(times)), key=lambda one: one["seconds"])
            rate = count / found["seconds"]
            lines.append(
                f"| {label} | {count:,} | {found['seconds']:.2f} | {rate:,.0f} | {found['peak_mb']:.0f} |"
            )
    return "\n".join(lines) + "\n"


def alone(name: str, size: int) -> dict[str, float]:
    """One way in a process of its own: seconds and peak memory."""
    command = [sys.executable, "-m", "benchmarks.letters", "--way", name, "--letters", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure one way, or print the whole comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--letters", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.way:
        with tempfile.TemporaryDirectory() as folder:
            seconds = WAYS[given.way][0](given.letters, Path(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak_mb": peak}))
        return
    text = report(given.letters, given.times)
    print(text)
    if given.write:
        (HERE / "letters_results.md").write_text(f"# Last results\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
