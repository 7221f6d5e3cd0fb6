"""Lists of numbers and of pairs, told in other ways."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]


def each_once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different ones of whole numbers, in order; some thousands are sorted sooner than looked up in a table."""
    if not len(values):
        return values
    ordered = np.sort(values)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]]


def rows_and_columns(pairs: Collection[tuple[int, int]]) -> tuple[Index, Index]:
    """The first of each pair, and the second."""
    flat = np.fromiter(chain.from_iterable(pairs), np.intp, 2 * len(pairs))
    return flat[::2].copy(), flat[1::2].copy()
