"""Finds a word in tens of thousands of texts at once, fast enough for every key that is pressed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any


class Haystack:
    """An index of the pairs of bytes in all texts: a search looks only where the word's rarest pair stands.

    A plain loop over 50,000 texts takes longer than a key press may. Costs about 9 bytes for each byte of text.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # Only long lists come here: a short one should not pay for loading NumPy.
        import numpy as np

        lines = [text.encode() + b"\n" for text in texts]
        self._np = np
        self._size = len(lines)
        self._changed: dict[int, str] = {}
        whole = b"".join([*lines, bytes(8)])  # from the last byte, too, eight can be looked at
        self._bytes = np.frombuffer(whole, dtype=np.uint8)[:-8]
        self._eights = np.ndarray(len(self._bytes), dtype="<u8", buffer=whole, strides=(1,))
        lengths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
        # Counted up at each first byte of a text: np.repeat would hold up all other threads.
        begins = np.zeros(len(self._bytes), dtype=np.int32)
        begins[np.cumsum(lengths)[:-1]] = 1
        text_of = np.cumsum(begins, dtype=np.int32)
        pairs = (self._bytes[:-1].astype(np.uint16) << 8) | self._bytes[1:]
        self._places = np.argsort(pairs, kind="stable").astype(np.int32)
        self._texts = text_of[self._places]
        self._count = len(lines)
        self._last: tuple[bytes, Any, Any] = b"", None, None  # what was looked for, where it begins, in which texts
        self._ends = np.concatenate(([0], np.cumsum(np.bincount(pairs, minlength=1 << 16)))).tolist()
        # The first letter of a search stands in nearly every text: where, is worked out beforehand.
        self._letters = {letter: self._with_letter(letter) for letter in b"abcdefghijklmnopqrstuvwxyz0123456789"}

    def _with_letter(self, letter: int) -> Any:
        """Which texts hold a letter, one truth value for each."""
        holds = self._np.zeros(self._count, dtype=self._np.bool_)
        holds[self._texts[self._ends[letter << 8] : self._ends[(letter + 1) << 8]]] = True
        return holds

    def change(self, place: int, text: str) -> None:
        """Another text in a place, or behind the last one; it is looked through by itself from then on."""
        self._changed[place] = text
        self._size = max(self._size, place + 1)

    def narrowed(self, among: array[int], word: str) -> array[int]:
        """Those of these texts (typecode "i") that hold the word, in the order given. No line break in the word."""
        np, needle = self._np, word.encode()
        holds = np.zeros(self._size, dtype=np.bool_)
        if len(needle) == 1:
            known = self._letters.get(needle[0])
            holds[: self._count] = self._with_letter(needle[0]) if known is None else known
        else:
            holds[self._texts_with(needle)] = True
        for place, text in self._changed.items():
            holds[place] = word in text
        candidates = np.frombuffer(among, dtype=np.int32)
        return array("i", candidates[holds[candidates]].tobytes())

    def row_of(self, among: array[int], place: int) -> int:
        """Where a text stands among these, -1 where it does not: the array itself would look at each in turn."""
        rows = (self._np.frombuffer(among, dtype=self._np.int32) == place).nonzero()[0]
        return int(rows[0]) if len(rows) else -1

    def _texts_with(self, needle: bytes) -> Any:
        """The texts that hold two bytes or more, some of them repeatedly."""
        np = self._np
        first, last, shift = self._rarest(needle)
        known, starts, texts = self._last
        if not (known and needle.startswith(known) and len(starts) < last - first):
            # No text goes past its line break: what begins before the first or ends behind the last is never the same.
            known, starts, texts = b"", self._places[first:last] - shift, self._texts[first:last]
        for at in range(len(known), len(needle) if len(needle) > 2 else 0, 8):
            piece = needle[at : at + 8]
            mask, wanted = np.uint64((1 << 8 * len(piece)) - 1), np.uint64(int.from_bytes(piece, "little"))
            same = (self._eights[starts + at] & mask == wanted).nonzero()[0]
            starts, texts = starts[same], texts[same]
        self._last = needle, starts, texts
        return texts

    def _rarest(self, needle: bytes) -> tuple[int, int, int]:
        """Where in the index the word's rarest pair begins and ends, and how far it is from the word's start."""
        ranges = []
        for shift in range(len(needle) - 1):
            pair = needle[shift] << 8 | needle[shift + 1]
            ranges.append((self._ends[pair], self._ends[pair + 1], shift))
        return min(ranges, key=lambda found: found[1] - found[0])
