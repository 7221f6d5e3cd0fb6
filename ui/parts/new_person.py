"""A person who is just being typed: in the vault from the first name on, and nowhere before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app.domain.people import Confidence, Person
from app.errors import Fault
from app.i18n import tr
from app.services import people
from ui.parts.banner import announce
from ui.parts.person_panel import PersonPanel
from ui.parts.roster import Entry, Roster

NAMES = ("given_name", "family_name")


class NewPerson:
    """Fills the panel with somebody who has no name yet. Left like that, nobody was there.

    ``add`` puts the person into the vault and shows them; it gives what went wrong, or None.
    """

    def __init__(self, panel: PersonPanel, add: Callable[[Person], Fault | None]) -> None:
        self._panel, self._add = panel, add
        self._person: Person | None = None
        self._adding = False

    @property
    def under_way(self) -> bool:
        return self._person is not None

    @property
    def is_shown(self) -> bool:
        """Whether the panel's fields are theirs."""
        return self._person is not None and self._panel.person == self._person.id

    def begin(self) -> None:
        """Somebody new, or the one who has no name yet."""
        self._person = self._person or people.blank()
        announce(self._panel, tr("New person"))

    def goes_on(self, chosen: Sequence[Entry], roster: Roster) -> bool:
        """Shows them as long as nobody is chosen in the list; choosing somebody leaves them."""
        if self._person is None:
            return False
        if chosen:
            if not self._adding:
                self.leave()
            return False
        entry = roster.by_id.get(self._person.id) or roster.around.entry(self._person)
        self._panel.show_person(entry, roster, Confidence())
        return True

    def save(self, verb: Callable[..., Any], **fields: Any) -> Fault | None:
        """The first name adds them; whatever was typed before it waits in its field and is kept then."""
        person, named = self._person, verb is people.edit and any(fields.get(name) for name in NAMES)
        if person is None or not named:
            return Fault("people.nameless")
        self._adding = True
        try:
            fault = self._add(replace(person, **fields))
        finally:
            self._adding = False
        if fault is None:
            self._person = None
            self._panel.flush()
        return fault

    def leave(self) -> None:
        """A name that is half typed counts; without one nothing is left."""
        if self.is_shown:
            self._panel.flush()
        self._person = None
