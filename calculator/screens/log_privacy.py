"""Keeps personal data out of the server's log: an error is logged by its kind and line, never its text."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

_LOGGERS = ("streamlit.error_util", "streamlit.runtime.backend_operation_handler")
"""What Streamlit logs of errors in a page, and of those in making a file to download."""


class WithoutText(logging.Filter):
    """Reduces an exception to its kind and its line in the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always kept."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            last = traceback.extract_tb(error.__traceback__)[-1:]
            position = f" at {Path(last[0].filename).name}:{last[0].lineno}" if last else ""
            record.msg = f"Error in the app: {type(error).__name__}{position}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def keep_facts_out_of_logs() -> None:
    """Filter the text of exceptions out of the server's log. Calling it again changes nothing."""
    for logger in map(logging.getLogger, _LOGGERS):
        if not any(isinstance(each, WithoutText) for each in logger.filters):
            logger.addFilter(WithoutText())
