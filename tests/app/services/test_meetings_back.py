"""A tandem out of a backup is as it was, and its meetings stand at their numbers again, which count without a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.meetings import Meeting
from app.domain.tandems import OPEN_STATES
from app.services import bring_back, demo, meetings
from app.services import tandems as verbs
from app.store import backups as shelf
from app.store import excerpts, programmes, tandems
from app.store import meetings as stored
from app.store.excerpts import State, What
from app.store.vault import Vault


@pytest.fixture
def filled(vault: Vault) -> Vault:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
    return vault


def act(vault: Vault, verb: Callable[..., Any], *arguments: Any) -> Any:
    with vault.change("test") as change:
        return verb(change, *arguments)


def back(vault: Vault, backup: shelf.Backup, what: What, identity: int) -> None:
    with vault.reading(backup) as then:
        found = excerpts.excerpt(then, vault, what, identity)
    act(vault, bring_back.bring_back, found)


def six_meetings(vault: Vault) -> tuple[Meeting, ...]:
    """Of a tandem with six."""
    (programme, *_) = programmes.all_programmes(vault)
    found = (stored.of_tandem(vault, one.id) for one in tandems.of_programme(vault, programme.id))
    return next(held for held in found if len(held) == 6)


def test_an_open_tandem_that_came_back_is_told_as_unchanged(filled: Vault, tmp_path: Path) -> None:
    identity = six_meetings(filled)[0].tandem
    found = tandems.tandem(filled, identity)
    assert found is not None
    assert found.state in OPEN_STATES
    backup = filled.back_up(tmp_path / "backups")
    act(filled, verbs.remove, [identity])
    back(filled, backup, What.TANDEM, identity)
    with filled.reading(backup) as then:
        states = {one.id: one.state for one in excerpts.entries(then, filled, What.TANDEM)}
    assert states[identity] is State.SAME


@pytest.mark.parametrize("gone", [(1,), (1, 2), (0, 2, 4), (0, 1, 2), (5,)])
@pytest.mark.parametrize("what", [What.TANDEM, What.PROGRAMME])
def test_removed_meetings_take_their_places_again(
    filled: Vault, tmp_path: Path, what: What, gone: tuple[int, ...]
) -> None:
    before = six_meetings(filled)
    backup = filled.back_up(tmp_path / "backups")
    act(filled, meetings.remove, [before[place].id for place in gone])
    (programme, *_) = programmes.all_programmes(filled)
    back(filled, backup, what, programme.id if what is What.PROGRAMME else before[0].tandem)
    assert stored.of_tandem(filled, before[0].tandem) == before
    filled.undo()
    assert [one.number for one in stored.of_tandem(filled, before[0].tandem)] == list(range(1, 7 - len(gone)))


@pytest.mark.parametrize("what", [What.TANDEM, What.PROGRAMME])
def test_a_meeting_that_came_since_moves_behind_them(filled: Vault, tmp_path: Path, what: What) -> None:
    before = six_meetings(filled)
    backup = filled.back_up(tmp_path / "backups")
    act(filled, meetings.remove, [before[1].id])
    since = act(filled, meetings.add, before[0].tandem)
    (programme, *_) = programmes.all_programmes(filled)
    back(filled, backup, what, programme.id if what is What.PROGRAMME else before[0].tandem)
    now = stored.of_tandem(filled, before[0].tandem)
    assert [one.number for one in now] == list(range(1, 8))
    assert [one.id for one in now] == [*(one.id for one in before), since]
