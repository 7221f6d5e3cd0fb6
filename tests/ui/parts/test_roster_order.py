"""The roster keeps its own order, whatever the vault keeps."""

from __future__ import annotations

from dataclasses import replace

from app.services import people
from app.store.vault import Vault
from ui.parts.roster import empty_roster


def test_somebody_is_found_where_the_vault_orders_names_otherwise(vault: Vault) -> None:
    with vault.change("add") as change:
        known = [people.add(change, replace(people.blank(), family_name=name)) for name in ("Abel", "Berg", "Zorn")]
        change.execute("UPDATE person SET sort_name = '' WHERE family_name = 'Zorn'")
    roster = empty_roster().read(vault, None, "en")
    with vault.change("edit") as change:
        people.edit(change, known[2], team="Blau")
    difference = roster.reread(vault, known[2:], None)
    assert [entry.person.team for entry in difference.changed] == ["Blau"]
    assert [entry.person.family_name for entry in roster.entries] == ["Abel", "Berg", "Zorn"]
