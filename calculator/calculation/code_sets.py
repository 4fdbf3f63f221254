"""Codes set on rows - reasons, missing facts, assumptions, questions - held as bits, written as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from calculator.facts.columns import Column
from rules.arrays import Counts, Mask

_WORD = 64
"""Codes in one array of bits; a longer list takes as many arrays as it needs."""
_BLOCK = 16_384
_Bits = npt.NDArray[np.uint64]


class CodeSets:
    """Which codes of a fixed list hold for each row, in the order of the list."""

    def __init__(self, codes: Iterable[str], size: int) -> None:
        self.codes = tuple(codes)
        self._at = {code: divmod(index, _WORD) for index, code in enumerate(self.codes)}
        words = -(-len(self.codes) // _WORD)
        self._bits: _Bits = np.zeros((words, size), dtype=np.uint64)

    def add(self, code: str, where: Mask) -> None:
        """Set a code on the rows where the mask is True. KeyError for a code not in the list."""
        word, bit = self._at[code]
        held = self._bits[word]
        np.bitwise_or(held, np.uint64(1 << bit), out=held, where=where)

    def put(self, rows: Counts, other: CodeSets) -> None:
        """Take over the codes of some rows from a table of those rows."""
        self._bits[:, rows] = other._bits

    def has(self, code: str) -> Mask:
        """Return the rows on which a code is set."""
        word, bit = self._at[code]
        held: Mask = (self._bits[word] & np.uint64(1 << bit)) != 0
        return held

    def of(self, row: int) -> list[str]:
        """Return the codes of one row."""
        return self._codes(self._bits[:, row])

    def used(self) -> list[str]:
        """Return the codes that at least one row has."""
        return self._codes(np.bitwise_or.reduce(self._bits, axis=1))

    def column(
        self,
        separator: str,
        words: Mapping[str, str] | None = None,
        rows: slice | Counts = slice(None),
    ) -> Column:
        """Return one text a row: its codes, or the words for them, with the separator between."""
        bits = self._bits[:, rows]
        first, which = _distinct(bits)
        texts = []
        for index in first.tolist():
            held = self._codes(bits[:, index])
            texts.append(
                separator.join(words[code] for code in held) if words else separator.join(held)
            )
        return Column(texts, which)

    def _codes(self, words: _Bits) -> list[str]:
        bits = sum(word << index * _WORD for index, word in enumerate(words.tolist()))
        return [code for index, code in enumerate(self.codes) if bits >> index & 1]


def _distinct(bits: _Bits) -> tuple[Counts, Counts]:
    """Return a row of each distinct set of bits, and for each row which of them it has."""
    which: Counts = np.zeros(bits.shape[1], dtype=np.int64)
    for word in bits:
        values, of_word = _unique(word)
        if len(values) > 1:
            _, which = _unique(which * len(values) + of_word) if which.any() else (values, of_word)
    first: Counts = np.zeros(which.max(initial=-1) + 1, dtype=np.int64)
    first[which] = np.arange(len(which))
    return first, which


def _unique(numbers: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Counts]:
    """Return the distinct numbers in order, and for each number which of them it is; few are distinct.

    Blocks that a processor's cache holds are sorted several times faster than the complete array.
    """
    which: Counts = np.zeros(len(numbers), dtype=np.int64)
    found, count = [numbers[:0]], 0
    for start in range(0, len(numbers), _BLOCK):
        rows = slice(start, start + _BLOCK)
        values, of_block = np.unique(numbers[rows], return_inverse=True)
        which[rows] = count + of_block
        found.append(values)
        count += len(values)
    values, again = np.unique(np.concatenate(found), return_inverse=True)
    return values, again[which]
