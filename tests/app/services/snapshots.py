"""Runs verbs as the window does, and holds what they leave in the vault against what was there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest

from app.domain.kinds import TABLE_KINDS
from app.errors import Fault
from app.store.vault import Change, Vault

P = ParamSpec("P")
R = TypeVar("R")


def contents(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a verb can write."""
    return {table: vault.rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLE_KINDS}


def run(vault: Vault, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The verb as one change, without asking what it did."""
    with vault.change(verb.__name__) as change:
        return verb(change, *args, **kwargs)


def do(vault: Vault, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The verb as one step: it changes something, undo restores every table exactly, redo brings it back."""
    before = contents(vault)
    steps = len(vault.steps.done)
    result = run(vault, verb, *args, **kwargs)
    after = contents(vault)
    assert after != before, "the verb changed nothing"
    assert len(vault.steps.done) == steps + 1
    assert vault.undo() is not None
    assert contents(vault) == before, "undo did not restore the vault"
    assert vault.redo() is not None
    assert contents(vault) == after, "redo did not bring the change back"
    run(vault, check_search)
    return result


def check_search(change: Change) -> None:
    """Raises where the full-text index and the notes differ."""
    change.execute("INSERT INTO note_fts (note_fts, rank) VALUES ('integrity-check', 1)")


def idle(vault: Vault, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The verb has nothing to do: nothing is written and there is nothing to undo."""
    before, steps = contents(vault), list(vault.steps.done)
    result = run(vault, verb, *args, **kwargs)
    assert contents(vault) == before
    assert vault.steps.done == steps
    return result


def refused(
    vault: Vault, code: str, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs
) -> Fault:
    """The verb raises the fault of this code and changes nothing."""
    before, steps = contents(vault), list(vault.steps.done)
    with pytest.raises(Fault) as caught:
        run(vault, verb, *args, **kwargs)
    assert caught.value.code == code
    assert contents(vault) == before
    assert vault.steps.done == steps
    return caught.value
