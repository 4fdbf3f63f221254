"""Errors of the app in the server's log: what and where, never the text, which may hold a person's facts."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

_STREAMLIT_ERRORS = "streamlit.error_util"


class WithoutText(logging.Filter):
    """Leaves of an exception its kind and the place in the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always kept."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            last = traceback.extract_tb(error.__traceback__)[-1:]
            place = f" at {Path(last[0].filename).name}:{last[0].lineno}" if last else ""
            record.msg = f"Error in the app: {type(error).__name__}{place}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def keep_facts_out_of_logs() -> None:
    """Have the server's log hold no text of an exception. Calling it again changes nothing."""
    logger = logging.getLogger(_STREAMLIT_ERRORS)
    if not any(isinstance(each, WithoutText) for each in logger.filters):
        logger.addFilter(WithoutText())
