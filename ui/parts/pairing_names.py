"""How people are called on the pairing page: as everywhere, and with what tells them apart where two share a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.drafts import PairIds
from app.domain.ids import EnrolmentId
from app.domain.people import Person, short_names, told_apart, with_more

if TYPE_CHECKING:
    from app.pairing.participants import Participant


def arrow(mutual: bool) -> str:
    """Between the names of two: from the mentor to the mentee, or both ways where both are both."""
    return " \u2194 " if mutual else " \u2192 "


class Called:
    """The names of those enrolled: "Jo Koch", or "Jo Koch (Einkauf)" where there is another Jo Koch."""

    def __init__(self, people: Mapping[EnrolmentId, Participant]) -> None:
        self._people = people
        self._more = told_apart([one.person for one in people.values()])

    def of(self, people: Mapping[EnrolmentId, Participant]) -> bool:
        """Whether these are the names of just these people."""
        return people is self._people

    def full(self, one: EnrolmentId) -> str:
        """ "Dr. Jo Koch (Einkauf)"."""
        return self._told(one, self._person(one).full_name)

    def listed(self, one: EnrolmentId) -> str:
        """ "Koch, Jo (Einkauf)"."""
        return self._told(one, self._person(one).list_name)

    def briefly(self, pair: PairIds) -> tuple[str, str]:
        """The family name of each of two; as much more as tells the two from each other."""
        people = [self._person(one) for one in pair]
        names = short_names(people)
        return names[people[0].id], names[people[1].id]

    def _person(self, one: EnrolmentId) -> Person:
        return self._people[one].person

    def _told(self, one: EnrolmentId, name: str) -> str:
        return with_more(name, self._more.get(self._person(one).id, ""))
