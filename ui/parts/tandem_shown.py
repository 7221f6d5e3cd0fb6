"""What the page of a tandem shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import PersonId, TandemId
from app.domain.people import Person
from app.domain.programmes import Programme, ProgrammeKind
from app.domain.tandems import Tandem, TandemSide


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows, read once."""

    tandem: Tandem
    programme: Programme
    people: dict[PersonId, Person]
    siblings: tuple[TandemId, ...]

    def learners(self) -> tuple[Person, ...]:
        """The mentee; in a mutual programme both partners, the mentee's side first as in every other."""
        sides = [TandemSide.MENTEE, *([TandemSide.MENTOR] if self.programme.kind is ProgrammeKind.MUTUAL else [])]
        first = (next(iter(self.tandem.on(side)), None) for side in sides)
        return tuple(self.people[member.person] for member in first if member and member.person in self.people)

    def partners(self) -> dict[TandemSide, str]:
        """The names of both where no role tells them apart: in a mutual programme."""
        if self.programme.kind is not ProgrammeKind.MUTUAL:
            return {}
        return {one.side: self.people[one.person].full_name for one in self.tandem.members if one.person in self.people}
