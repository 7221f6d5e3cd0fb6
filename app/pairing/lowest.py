"""Among all optimal assignments the one with the lowest indices, found by exchanges along tight pairs.

Every optimal assignment consists of tight pairs (price + surplus = weight), and any two of them differ by cycles of
exchanges. So the pairs are gone through in order, mentor by mentor: a tight pair is taken if a cycle leads to it that
leaves everything settled before as it is. Cycles stay within a strongly connected part of the graph of exchanges, so
each part is settled by itself. Sets of people are bits of Python integers.

Tokens are what rows own: the columns, and "blanks", one kind per row, for a place left empty. One more owner, NOBODY,
owns the columns without a row and as many blanks as are wanted. That makes every change an exchange of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.pairing.close import Tight
from app.pairing.parts import strongly_connected
from app.pairing.prices import Prices
from app.pairing.weight import Index, Weight, tight_pairs

Ints = NDArray[np.int64]

_TIGHT = 48  # tight pairs for each row and column; more are kept as bits of the whole matrix


def most_tight(weight: Weight) -> int:
    """So many tight pairs are worth a list of them."""
    return _TIGHT * sum(weight.shape)


def lowest(
    weight: Weight,
    places: Ints,
    owner: Ints,
    prices: Prices,
    tight: Tight | None = None,
    before: tuple[Ints, Tight | None] | None = None,
) -> Ints:
    """The optimal assignment whose sorted list of (row, column) comes first; arguments as for `prices.certify`.

    ``tight``: the tight pairs, where they are known already. ``before``: such an assignment of a similar problem with
    its tight pairs; what is still as it was there need not be gone through again.
    """
    if tight is None:
        tight = tight_pairs(weight, *prices, most=most_tight(weight))
    spare = places - np.bincount(owner[owner >= 0], minlength=len(places))
    if tight is not None:
        return _by_parts(tight, owner, spare, prices, before)
    exchange = _Whole(weight, spare, owner, prices)
    exchange.settle_all()
    rows = weight.shape[0]
    return np.array([row if row < rows else -1 for row in exchange.owner], np.int64)


def _by_parts(tight: Tight, owner: Ints, spare: Ints, prices: Prices, before: tuple[Ints, Tight | None] | None) -> Ints:
    """Settles each part of the exchanges by itself."""
    price, surplus = prices
    nobody = len(price)
    i, j = tight
    held = np.where(owner < 0, nobody, owner)
    free_rows, free_columns = np.flatnonzero(price == 0), np.flatnonzero(surplus == 0)
    blanks = free_rows[spare[free_rows] > 0]
    # Who would take something from whom.
    takers = np.concatenate([i, np.full(len(free_columns) + len(blanks), nobody), free_rows])
    givers = np.concatenate([held[j], held[free_columns], blanks, np.full(len(free_rows), nobody)])
    other = _changed(tight, owner, before)
    part_of = strongly_connected(nobody + 1, takers, givers, None if other is None else np.append(other, nobody))
    several = np.flatnonzero(part_of >= 0)
    held_in = np.flatnonzero(part_of[held] >= 0)
    inside = np.flatnonzero((part_of[i] == part_of[held[j]]) & (part_of[i] >= 0))
    pairs = dict(_by_key(part_of[i[inside]], inside))
    columns = dict(_by_key(part_of[held[held_in]], held_in))
    none = np.zeros(0, np.intp)
    changed = set(part_of.tolist() if other is None else part_of[[*other.tolist(), nobody]].tolist())
    for part, nodes in _by_key(part_of[several], several):
        if part not in changed:
            continue
        mine = pairs.get(part, none)
        local = _Part(nodes, nobody, columns.get(part, none), (i[mine], j[mine]), held, spare, prices)
        local.settle_all(held)
    return np.where(held == nobody, -1, held)


def _changed(tight: Tight, owner: Ints, before: tuple[Ints, Tight | None] | None) -> Index | None:
    """The rows with something new: a tight pair, a column. None where nothing is known of ``before``.

    A part without them is the lowest as it stands: whatever it can exchange it could before, when it, perhaps as a
    piece of a larger part, was the lowest. NOBODY's part is never among those, for what is left empty has changed
    elsewhere as well.
    """
    if before is None or before[1] is None or len(before[0]) != len(owner):
        return None
    (i, j), wide = tight, len(owner)
    now, then = i * wide + j, before[1][0] * wide + before[1][1]
    at = np.searchsorted(then, now)
    old = np.zeros(len(now), np.bool_)
    old[at < len(then)] = then[at[at < len(then)]] == now[at < len(then)]
    given = owner[(owner != before[0]) & (owner >= 0)]
    return np.unique(np.concatenate([i[~old], given]))


def _by_key(keys: Index, values: Index) -> Iterator[tuple[int, Index]]:
    """The values of each key, in their order."""
    if not len(keys):
        return
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    for first, last in zip(begins.tolist(), [*begins[1:].tolist(), len(keys)], strict=True):
        yield int(keys[first]), values[first:last]


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
    """Who owns which token, which tokens each would take at the same total, and what is settled.

    Tokens: columns, then a blank for each owner; the last owner is NOBODY.
    """

    def __init__(self, owner: list[int], spare: list[int], takes: list[int]) -> None:
        self.columns, self.rows = len(owner), len(spare)
        self.nobody = self.rows
        self.owner, self.spare, self.takes = owner, spare, takes
        self.own = [0] * (self.rows + 1)
        for column, row in enumerate(owner):
            self.own[row] |= 1 << column
        for row, left in enumerate(spare):
            if left:
                self.own[row] |= 1 << (self.columns + row)
        self.own[self.nobody] |= 1 << (self.columns + self.nobody)
        self.open = 0  # tokens whose owner may still change
        for tokens in self.own:
            self.open |= tokens

    def settle(self, row: int, wanted: int) -> None:
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


class _Part(_Exchange):
    """A strongly connected part as a small problem of its own, rows and columns numbered anew in their order."""

    def __init__(
        self, nodes: Index, nobody: int, columns: Index, tight: Tight, held: Ints, spare: Ints, prices: Prices
    ) -> None:
        price, surplus = prices
        self.nodes, self.its_columns = nodes, columns
        rows = nodes[:-1] if nodes[-1] == nobody else nodes  # in order, NOBODY is the last
        place = {node: k for k, node in enumerate(nodes.tolist())}
        column_at = {column: k for k, column in enumerate(columns.tolist())}
        takes = [0] * (len(rows) + 1)
        for row, column in zip(tight[0].tolist(), tight[1].tolist(), strict=True):
            takes[place[row]] |= 1 << column_at[column]
        if len(rows) < len(nodes):
            wide = len(columns)
            for row in np.flatnonzero(price[rows] == 0).tolist():
                takes[row] |= 1 << (wide + len(rows))
                takes[-1] |= 1 << (wide + row)
            for column in np.flatnonzero(surplus[columns] == 0).tolist():
                takes[-1] |= 1 << column
        super().__init__([place[one] for one in held[columns].tolist()], spare[rows].tolist(), takes)
        if len(rows) == len(nodes):
            self.open &= ~(1 << (self.columns + self.nobody))  # NOBODY takes no part

    def settle_all(self, held: Ints) -> None:
        """Changes ``held``, the owners of all columns."""
        all_columns = (1 << self.columns) - 1
        for row in range(self.rows):
            self.settle(row, self.takes[row] & self.open & all_columns)
            self.open &= ~self.own[row]
        held[self.its_columns] = self.nodes[np.array(self.owner, np.intp)]


class _Whole(_Exchange):
    """The whole problem at once, for matrices of which many pairs are tight; parts as by Kosaraju and Sharir (1981)."""

    def __init__(self, weight: Weight, spare: Ints, owner: Ints, prices: Prices) -> None:
        price, surplus = prices
        rows, columns = weight.shape
        tight = np.empty(weight.shape, np.bool_)
        for part in weight.blocks():
            np.equal(weight.block(part) - price[part, None], surplus, out=tight[part])
        free_column, free_row = _bits((surplus == 0)[None])[0], _bits((price == 0)[None])[0]
        takes = [bits | (free_row >> row & 1) << (columns + rows) for row, bits in enumerate(_bits(tight))]
        takes.append(free_column | free_row << columns)
        self.taken_by = _bits(tight.T)
        for column in _each(free_column):
            self.taken_by[column] |= 1 << rows
        self.blank_taken_by = free_row
        super().__init__(np.where(owner < 0, rows, owner).tolist(), spare.tolist(), takes)

    def settle_all(self) -> None:
        part_of = self._parts()
        tokens_of: dict[int, int] = {}
        for node, part in enumerate(part_of):
            tokens_of[part] = tokens_of.get(part, 0) | self.own[node]
        all_columns = (1 << self.columns) - 1
        for row in range(self.rows):
            tokens = tokens_of[part_of[row]]
            if tokens != self.own[row]:
                self.settle(row, self.takes[row] & self.open & tokens & all_columns)
            self.open &= ~self.own[row]

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
