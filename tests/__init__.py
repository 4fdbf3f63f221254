"""The tests, laid out as the program is; ``promises`` holds those that cut across it."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The project's folder."""
