"""Codes set on rows - reasons, missing fields, assumptions, questions - kept as bits, written as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from rules.arrays import Counts, Mask


class Marks:
    """Which of a fixed list of codes hold for each row: one bit a code, in the order of the list."""

    def __init__(self, codes: Iterable[str], size: int) -> None:
        self.codes = tuple(codes)
        self._bit = {code: np.int64(1 << place) for place, code in enumerate(self.codes)}
        self.bits: Counts = np.zeros(size, dtype=np.int64)

    def add(self, code: str, where: Mask) -> None:
        """Set a code on the rows where the mask is True. KeyError for a code not in the list."""
        np.bitwise_or(self.bits, self._bit[code], out=self.bits, where=where)

    def has(self, code: str) -> Mask:
        """The rows on which a code is set."""
        held: Mask = (self.bits & self._bit[code]) != 0
        return held

    def of(self, row: int) -> list[str]:
        """The codes of one row, in the order of the list."""
        bits = int(self.bits[row])
        return [code for place, code in enumerate(self.codes) if bits >> place & 1]

    def texts(
        self,
        separator: str,
        words: Mapping[str, str] | None = None,
        rows: slice | Counts = slice(None),
    ) -> list[str]:
        """One text a row: its codes, or the words for them, with the separator between."""
        distinct, which = np.unique(self.bits[rows], return_inverse=True)
        texts = []
        for bits in distinct.tolist():
            held = [code for place, code in enumerate(self.codes) if bits >> place & 1]
            texts.append(
                separator.join(words[code] for code in held) if words else separator.join(held)
            )
        return [texts[place] for place in which.tolist()]
