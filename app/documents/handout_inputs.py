"""What is handed out before and between the meetings: frozen records without ids, and without anything confidential."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.inputs import ProgrammeSheet
from app.domain.programmes import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """A sheet that is the same for everybody. ``greeting``: the patron's; ``participants``: how many take part."""

    programme: ProgrammeSheet
    greeting: str = ""
    participants: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who fills in an expectation sheet, and what they said already."""

    name: str
    role: Role
    department: str = ""
    organisation: str = ""
    expectations: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationSheets:
    """One page for each person, a blank one where there is nobody. ``topics``: those of the programme, by name."""

    programme: ProgrammeSheet
    topics: tuple[str, ...] = ()
    people: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCheck:
    """What the vault knows of a programme before it starts, as counts.

    ``consents`` of ``members`` in tandems; ``expecting`` of ``participants`` with written expectations; of ``tandems``
    so many ``agreed`` and ``aiming``, those with a signed agreement and with a goal.
    """

    programme: ProgrammeSheet
    participants: int = 0
    expecting: int = 0
    tandems: int = 0
    members: int = 0
    consents: int = 0
    agreed: int = 0
    aiming: int = 0
