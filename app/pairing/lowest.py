"""Among all optimal assignments the one with the lowest indices, found by exchanges along tight pairs.

Every optimal assignment consists of tight pairs (price + surplus = weight), and any two of them differ by cycles of
exchanges. So the pairs are gone through in order, mentor by mentor: a tight pair is taken if a cycle leads to it that
leaves everything settled before as it is. Sets of people are bits of Python integers, which makes a step through 5,000
of them a few hundred nanoseconds; strongly connected parts (Kosaraju and Sharir 1981) tell first where nothing
can change.

Tokens are what rows own: the columns, and "blanks", one kind per row, for a place left empty. One more owner, NOBODY,
owns the columns without a row and as many blanks as are wanted. That makes every change an exchange of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.prices import Prices

_BLOCK = 256


def lowest(
    weight: NDArray[Any], places: NDArray[np.int64], owner: NDArray[np.int64], prices: Prices
) -> NDArray[np.int64]:
    """The optimal assignment whose sorted list of (row, column) comes first; arguments as for `prices.certify`."""
    exchange = _Exchange(weight, places, owner, prices)
    exchange.settle_all()
    rows = weight.shape[0]
    return np.array([row if row < rows else -1 for row in exchange.owner], np.int64)


def _bits(matrix: NDArray[np.bool_]) -> list[int]:
    """Each row of a bool matrix as an integer, column 0 the lowest bit."""
    packed = np.packbits(matrix, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def _each(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


class _Exchange:
    """Who owns which token, which tokens each would take at the same total, and what is settled."""

    def __init__(
        self, weight: NDArray[Any], places: NDArray[np.int64], owner: NDArray[np.int64], prices: Prices
    ) -> None:
        price, surplus = prices
        self.rows, self.columns = weight.shape
        self.nobody = self.rows
        self.owner: list[int] = np.where(owner < 0, self.nobody, owner).tolist()
        used = np.bincount(owner[owner >= 0], minlength=self.rows)
        self.spare: list[int] = (places - used).tolist()
        tight = np.empty(weight.shape, np.bool_)
        for start in range(0, self.rows, _BLOCK):
            part = slice(start, start + _BLOCK)
            np.equal(weight[part] - price[part, None], surplus, out=tight[part])
        free_column, free_row = _bits((surplus == 0)[None])[0], _bits((price == 0)[None])[0]
        nobodys_blank = 1 << (self.columns + self.nobody)
        self.takes = [bits | nobodys_blank * (free_row >> row & 1) for row, bits in enumerate(_bits(tight))]
        self.takes.append(free_column | free_row << self.columns)
        self.taken_by = _bits(tight.T)
        for column in _each(free_column):
            self.taken_by[column] |= 1 << self.nobody
        self.blank_taken_by = free_row
        self.own = [0] * (self.rows + 1)
        for column, row in enumerate(self.owner):
            self.own[row] |= 1 << column
        for row, left in enumerate(self.spare):
            if left:
                self.own[row] |= 1 << (self.columns + row)
        self.own[self.nobody] |= nobodys_blank
        self.open = 0  # tokens whose owner may still change
        for tokens in self.own:
            self.open |= tokens

    def settle_all(self) -> None:
        part_of = self._parts()
        tokens_of: dict[int, int] = {}
        for node, part in enumerate(part_of):
            tokens_of[part] = tokens_of.get(part, 0) | self.own[node]
        all_columns = (1 << self.columns) - 1
        for row in range(self.rows):
            tokens = tokens_of[part_of[row]]
            if tokens != self.own[row]:
                self._settle(row, self.takes[row] & self.open & tokens & all_columns)
            self.open &= ~self.own[row]

    def _settle(self, row: int, wanted: int) -> None:
        """Fix the columns of ``row``, lowest first, out of ``wanted``, by exchanges where it does not own them."""
        while wanted and self.own[row]:
            low = wanted & -wanted
            if not low & self.own[row]:
                path, dead_end = self._path(row, low.bit_length() - 1)
                if path is None:
                    wanted &= ~dead_end
                    continue
                for token, new_owner in path:
                    self._give(token, new_owner)
            self.own[row] ^= low
            self.open ^= low
            wanted ^= low

    def _holder(self, token: int) -> int:
        return self.owner[token] if token < self.columns else token - self.columns

    def _path(self, row: int, token: int) -> tuple[list[tuple[int, int]] | None, int]:
        """Exchanges that give ``token`` to ``row``; or None, and the tokens from which no exchange leads there."""
        steps: list[tuple[int, int, int]] = []  # who, the tokens they reach first, the token they lose
        seen, waiting, lost = 0, 0, token
        while True:
            node = self._holder(lost)
            seen |= self.own[node]
            reached = self.takes[node] & self.open & ~seen
            steps.append((node, reached, lost))
            hit = reached & self.own[row]
            if hit:
                return self._chain(row, (hit & -hit).bit_length() - 1, steps), 0
            seen |= reached
            waiting = (waiting | reached) & ~self.own[node]
            if not waiting:
                return None, seen
            lost = (waiting & -waiting).bit_length() - 1
            waiting &= ~self.own[self._holder(lost)]

    @staticmethod
    def _chain(row: int, token: int, steps: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
        chain = []
        for node, reached, lost in reversed(steps):
            if reached >> token & 1:
                chain.append((token, node))
                token = lost
        chain.append((token, row))
        return chain

    def _give(self, token: int, new_owner: int) -> None:
        old = self._holder(token)
        if token < self.columns:
            self.own[old] ^= 1 << token
            self.own[new_owner] ^= 1 << token
            self.owner[token] = new_owner
            return
        for node, change in ((old, -1), (new_owner, 1)):  # a blank: only the count of places left matters
            if node == self.nobody:
                continue
            self.spare[node] += change
            blank = 1 << (self.columns + node)
            if self.spare[node]:
                self.own[node] |= blank
                self.open |= blank
            else:
                self.own[node] &= ~blank
                self.open &= ~blank

    def _parts(self) -> list[int]:
        """The strongly connected part of each owner, as a number; exchanges never leave one."""
        part_of = [-1] * (self.rows + 1)
        left = (1 << (self.rows + 1)) - 1
        for part, root in enumerate(reversed(self._finished())):
            if part_of[root] != -1:
                continue
            left &= ~(1 << root)
            part_of[root] = part
            stack = [root]
            while stack:
                before = self._takers(stack.pop()) & left
                left &= ~before
                for node in _each(before):
                    part_of[node] = part
                    stack.append(node)
        return part_of

    def _takers(self, node: int) -> int:
        """Who would take a token of ``node``."""
        takers = self.blank_taken_by if node == self.nobody else 0
        for token in _each(self.own[node]):
            takers |= self.taken_by[token] if token < self.columns else (1 << self.nobody) * (node != self.nobody)
        return takers

    def _finished(self) -> list[int]:
        """The owners in the order in which a depth-first walk is done with them."""
        order: list[int] = []
        visited = [False] * (self.rows + 1)
        unseen = self.open
        for root in range(self.rows + 1):
            if visited[root]:
                continue
            visited[root] = True
            unseen &= ~self.own[root]
            stack = [root]
            while stack:
                reached = self.takes[stack[-1]] & unseen
                if not reached:
                    order.append(stack.pop())
                    continue
                node = self._holder((reached & -reached).bit_length() - 1)
                visited[node] = True
                unseen &= ~self.own[node]
                stack.append(node)
        return order
