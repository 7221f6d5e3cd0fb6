"""Strongly connected parts of a directed graph (Tarjan 1972, SIAM Journal on Computing 1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.pairing.ordered import each_once

Index = NDArray[np.intp]
_TRIMS = 30  # rounds in which nodes without a way in or out are left out at once
_FEW = 500  # nodes up to which all parts are found as quickly as some
_WORTH_A_TRIM = 0.95  # where more edges than that would be kept, it is quicker to walk them


def spread(begins: Index, lines: Index) -> Index:
    """The places of all that stands in some lines, one after the other; line k goes from begins[k] to begins[k + 1]."""
    counts = begins[lines + 1] - begins[lines]
    ends = np.cumsum(counts)
    found: Index = np.repeat(begins[lines] - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
    return found


def strongly_connected(count: int, from_: Index, to: Index, some: Index | None = None) -> Index:
    """For each node 0 … count - 1 the number of its part from 0, or -1 for a node alone in its own.

    ``some``: nodes whose parts alone are wanted, and perhaps others; the rest has -1.
    """
    edges = each_once((from_ * count + to)[from_ != to])
    tails, heads = np.divmod(edges, count)
    if some is not None and count > _FEW:
        tails, heads = _round_about(count, tails, heads, some)
    for _ in range(_TRIMS):
        alive = (np.bincount(tails, minlength=count) > 0) & (np.bincount(heads, minlength=count) > 0)
        kept = alive[tails] & alive[heads]
        if np.count_nonzero(kept) > _WORTH_A_TRIM * len(kept):
            break
        tails, heads = tails[kept], heads[kept]
    begins = np.searchsorted(tails, np.arange(count + 1)).tolist()
    nodes = tails[np.flatnonzero(np.r_[True, tails[1:] != tails[:-1]])].tolist() if len(tails) else []
    part_of = np.full(count, -1)
    for part, members in enumerate(_tarjan(count, nodes, begins, heads.tolist())):
        part_of[members] = part
    return part_of


def _round_about(count: int, tails: Index, heads: Index, some: Index) -> tuple[Index, Index]:
    """The edges between nodes that lead to one of ``some`` and can be reached from one; ``tails`` are in order."""
    for _ in range(2):  # forth, then back
        inside = _reached(count, tails, heads, some)
        kept = inside[tails] & inside[heads]
        tails, heads = heads[kept], tails[kept]
        order = np.argsort(tails, kind="stable")
        tails, heads = tails[order], heads[order]
    return tails, heads


def _reached(count: int, tails: Index, heads: Index, some: Index) -> NDArray[np.bool_]:
    begins = np.searchsorted(tails, np.arange(count + 1))
    there, gone_through = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    there[some] = True
    while len(last := np.flatnonzero(there & ~gone_through)):
        gone_through[last] = True
        there[heads[spread(begins, last)]] = True
    return there


def _tarjan(count: int, roots: list[int], begins: list[int], heads: list[int]) -> list[list[int]]:
    """The parts of several nodes, without recursion."""
    number = [0] * count  # in order of discovery from 1
    low = [0] * count
    at = begins[:]
    on_stack = [False] * count
    stack: list[int] = []
    found, next_number = [], 1
    for root in roots:
        if number[root]:
            continue
        path = [root]
        number[root] = low[root] = next_number
        next_number += 1
        stack.append(root)
        on_stack[root] = True
        while path:
            node = path[-1]
            if at[node] < begins[node + 1]:
                head = heads[at[node]]
                at[node] += 1
                if not number[head]:
                    number[head] = low[head] = next_number
                    next_number += 1
                    stack.append(head)
                    on_stack[head] = True
                    path.append(head)
                elif on_stack[head] and number[head] < low[node]:
                    low[node] = number[head]
                continue
            path.pop()
            if path and low[node] < low[path[-1]]:
                low[path[-1]] = low[node]
            if low[node] == number[node]:
                first = _last(stack, node)
                members = stack[first:]
                del stack[first:]
                for member in members:
                    on_stack[member] = False
                if len(members) > 1:
                    found.append(members)
    return found


def _last(stack: list[int], node: int) -> int:
    """Where ``node`` stands, searched from the end."""
    at = len(stack) - 1
    while stack[at] != node:
        at -= 1
    return at
