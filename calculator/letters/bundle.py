"""The zip of letters of a table of cases: Word files, perhaps PDFs, an index, mail-merge files.

The same cases, settings and day give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from calculator.calculation.outcome import Outcome
from calculator.files.replacing import go_on
from calculator.letters.file_names import file_names, path_in_zip
from calculator.letters.index import write_index
from calculator.letters.letter import Letter, LettersWanted, Written
from calculator.letters.mail_merge import MailMerge
from calculator.letters.make import letters, plans_for, templates_for
from calculator.letters.plan import Plan
from calculator.letters.word.fonts import moves_lines
from calculator.letters.word.templates import zip_day

PDF_BATCH = 20


def write_letters(
    path: Path,
    outcome: Outcome,
    request: LettersWanted,
    progress: Callable[[int, int], None] | None = None,
) -> Written:
    """Write the zip of letters to ``path``, with ``index.xlsx`` and the folder ``merge``.

    ``progress`` is called with the number of letters written and the number to write. FileProblem where a
    template cannot be used, or a PDF is wanted and cannot be made. Where no letter is written the index
    says why.
    """
    plans = plans_for(request, outcome)
    templates = templates_for(request, outcome)
    pdf = _pdf_maker(request) if request.pdf else None
    names = file_names(outcome.cases.text["case_ref"].tolist())
    moment = datetime.combine(zip_day(outcome.as_at), time())
    with (
        TemporaryDirectory(dir=path.parent) as scratch,
        ZipFile(path, "w") as out,
    ):
        folder = Path(scratch)
        merges = MailMerge(folder, moment, request.to)
        done, total = 0, sum(not plan.skipped for plan in plans)
        without_pdf: list[Plan] = []
        for some in _batches(letters(outcome, plans, request, templates), PDF_BATCH if pdf else 1):
            go_on()
            pdfs = pdf(some) if pdf else [None] * len(some)
            for letter, made in zip(some, pdfs, strict=True):
                base = path_in_zip(letter.plan, names, letter.day)
                _put(out, f"{base}.docx", letter.docx, moment, ZIP_STORED)
                if made is not None:
                    _put(out, f"{base}.pdf", made, moment, ZIP_STORED)
                elif pdf is not None:
                    without_pdf.append(letter.plan)
                merges.add(letter)
                done += 1
            if progress is not None:
                progress(done, total)
        merges.close()
        for file in merges.files:
            _put(out, f"merge/{file.name}", file.read_bytes(), moment, ZIP_DEFLATED)
        if pdf is not None:
            plans = _with_pdf_notes(plans, request, without_pdf)
        index = folder / "index.xlsx"
        write_index(index, outcome, plans, names, request, moment)
        _put(out, "index.xlsx", index.read_bytes(), moment, ZIP_STORED)
    return Written(done, dict(Counter(plan.skipped for plan in plans if plan.skipped)))


def _batches(made: Iterator[Letter], size: int) -> Iterator[list[Letter]]:
    while some := list(islice(made, size)):
        yield some


def _pdf_maker(request: LettersWanted) -> Callable[[Sequence[Letter]], list[bytes | None]]:
    from calculator.letters.word.pdf import pdf_maker

    return pdf_maker(request)


def _with_pdf_notes(
    plans: Sequence[Plan], request: LettersWanted, without_pdf: Sequence[Plan]
) -> list[Plan]:
    """The plans, with what is to know of their PDFs: that there is none, or that its lines may move."""
    moving = {own for own in request.own.values() if moves_lines(own)}
    noted = []
    for plan in plans:
        if without_pdf and plan in without_pdf:
            noted.append(replace(plan, notes=(*plan.notes, "no_pdf")))
        elif not plan.skipped and request.own_of(plan) in moving:
            noted.append(replace(plan, notes=(*plan.notes, "other_font")))
        else:
            noted.append(plan)
    return noted


def _put(out: ZipFile, name: str, data: bytes, moment: datetime, how: int) -> None:
    info = ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
    info.compress_type, info.external_attr, info.create_system = how, 0o644 << 16, 3
    out.writestr(info, data)
