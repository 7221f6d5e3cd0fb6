"""People whom no pair links: each group of them is a problem of its own, and together they are a smaller one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.pairing.weight import Index, Weight

Group = tuple[Index, Index]  # rows, columns

_FEW = 10_000  # cells from which on it pays
_MOST = 16  # groups that are worth finding
_WORTH_IT = 0.85  # of the cells, all groups together, that are worth leaving the others out


def groups(weight: Weight) -> list[Group]:
    """The rows and columns that pairs link with each other, directly or through others; nobody without a pair.

    None at all where it is not worth it: few people, most of them linked, or very many groups.
    """
    if weight.values.size < _FEW:
        return []
    packed = np.packbits(weight.read(slice(None)) >= weight.low, axis=1)
    wide = np.zeros((len(packed), -(-packed.shape[1] // 8) * 8), np.uint8)  # a row in words of 64 columns
    wide[:, : packed.shape[1]] = packed
    words = wide.view(np.uint64).T.copy()
    left, found, cells = np.bitwise_or.reduce(words, axis=0) != 0, list[Group](), 0
    while left.any():
        rows, reach = _linked(words, int(np.argmax(left)))
        columns = np.flatnonzero(np.unpackbits(reach.view(np.uint8), count=weight.shape[1]))
        found.append((rows, columns))
        cells += len(rows) * len(columns)
        if len(found) > _MOST or cells > _WORTH_IT * weight.shape[0] * weight.shape[1]:
            return []
        left[rows] = False
    return found


def _linked(words: NDArray[np.uint64], row: int) -> tuple[Index, NDArray[np.uint64]]:
    """All rows that columns link with ``row``, and these columns as bits; ``words``: the bits of each row, turned."""
    rows, count = np.array([row], np.intp), 0
    reach = words[:, row].copy()
    while len(rows) > count:
        count = len(rows)
        reach = np.bitwise_or.reduce(words[:, rows], axis=1)
        rows = np.flatnonzero(np.bitwise_or.reduce(words & reach[:, None], axis=0))
    return rows, reach
