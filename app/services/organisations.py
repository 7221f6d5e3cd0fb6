"""Verbs on the houses people work for."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.ids import PersonId
from app.services import people
from app.store.vault import Change


def employ(change: Change, ids: Iterable[PersonId], name: str) -> int:
    """People work for the organisation of that name, made where there is none yet; "" is the house itself.

    Gives how many changed.
    """
    organisation = people.add_organisation(change, name) if name.strip() else None
    return people.edit_many(change, ids, organisation=organisation)
