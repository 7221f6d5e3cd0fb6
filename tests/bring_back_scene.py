"""A filled vault, a backup of it, and records out of that, for the tests of what comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.ids import ProgrammeId, TandemId
from app.services import bring_back, demo, drafts, plans
from app.store import backups as shelf
from app.store import excerpts
from app.store import programmes as stored_programmes
from app.store.excerpts import What
from app.store.references import PARENTS_FIRST, columns
from app.store.vault import Vault

Do = Callable[..., Any]


@pytest.fixture
def filled(vault: Vault) -> Vault:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
    return vault


@pytest.fixture
def backup(filled: Vault, tmp_path: Path) -> shelf.Backup:
    return filled.back_up(tmp_path / "backups")


@pytest.fixture
def do(filled: Vault) -> Do:
    def act(verb: Callable[..., Any], *arguments: Any, **fields: Any) -> Any:
        with filled.change("test") as change:
            return verb(change, *arguments, **fields)

    return act


@pytest.fixture
def published(filled: Vault, do: Do) -> tuple[ProgrammeId, TandemId]:
    """A plan of the demo's programme that was published, and its first tandem."""
    programme = stored_programmes.all_programmes(filled)[0].id
    plan = plans.solve(plans.read_basis(filled, programme))
    made = do(drafts.publish, programme, plan.pairs[:2])
    return programme, made[0]


def content(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Every row without its changed_at."""
    found = {}
    for table in PARENTS_FIRST:
        names = [name for name in columns(vault, table) if name != "changed_at"]
        found[table] = sorted(vault.rows(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
    return found


def back(vault: Vault, backup: shelf.Backup, what: What, identity: int) -> bring_back.Return:
    with vault.reading(backup) as then:
        found = excerpts.excerpt(then, vault, what, identity)
    with vault.change("bring_back") as change:
        return bring_back.bring_back(change, found)


def busiest(vault: Vault) -> TandemId:
    """An open tandem with meetings, goals and an agreement."""
    sql = (
        "SELECT t.id FROM tandem t JOIN goal g ON g.tandem_id = t.id JOIN meeting m ON m.tandem_id = t.id"
        " JOIN agreement a ON a.tandem_id = t.id WHERE t.state = 'active' GROUP BY t.id"
        " ORDER BY count(*) DESC, t.number"
    )
    return TandemId(vault.rows(sql)[0][0])
