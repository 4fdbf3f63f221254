"""A spreadsheet of cases worked in a process of its own, for the browser app.

The child (``python -m calculator.jobs STEP FOLDER``) reads and writes files of one folder that belongs
to one person's session. The parent (:mod:`calculator.jobs.desk`) starts it, reads its progress and stops
it. In between stand only the files named here.
"""

from __future__ import annotations

UPLOAD = "upload"
"""The file to work, with the ending of the one that was given."""
SHEETS = "sheets.pickle"
LOOK = "look.json"
REQUEST = "request.json"
PROGRESS = "progress.json"
ERROR = "error.json"
SUMMARY = "summary.json"
"""Written when the table of cases is ready to be shown; the files to download follow."""
CASES = "cases.sqlite"
RESULTS = "results.xlsx"
RESULTS_CSV = "results.csv"
LETTER_FIGURES = "letter_figures.csv"
PROBLEMS = "problems.xlsx"
CORRECTED = "corrected.xlsx"
"""The sheet of the file with the corrections made on the screen."""
STATUS_NO_ROOM = 3
"""How a process ends where there is no room left even for the file of errors."""
SCRATCH = "scratch"
"""The folder for temporary files of one process."""
LETTERS_REQUEST = "letters.json"
LETTERS = "letters.zip"
LETTERS_SUMMARY = "letters_summary.json"
FILLED_INDEX = "index.xlsx"
"""The index of letters as its owner filled it in, for reminders."""
OF_LETTERS = (PROGRESS, ERROR, LETTERS, LETTERS_SUMMARY, FILLED_INDEX)
"""What one run of the step "letters" leaves, removed before the next."""
CALENDAR_REQUEST = "calendar.json"
CALENDAR = "calendar.ics"
OF_CALENDAR = (PROGRESS, ERROR, CALENDAR)
"""What one run of the step "calendar" leaves, removed before the next."""
OF_ONE_RUN = (
    *OF_LETTERS,
    CALENDAR,
    SUMMARY,
    CASES,
    RESULTS,
    RESULTS_CSV,
    LETTER_FIGURES,
    PROBLEMS,
    CORRECTED,
)
"""What one run of the step "work" leaves, removed before the next."""
