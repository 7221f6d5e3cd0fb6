"""What the letters to the members of tandems are made of: frozen records without ids.

Topics and interests only as far as the people themselves were asked for them; no score, no rule, no note.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.inputs import ProgrammeSheet
from app.domain.people import Salutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody of a tandem as letters address them and as their partner may reach them."""

    name: str
    title: str = ""
    family_name: str = ""
    salutation: Salutation = Salutation.NONE
    position: str = ""
    department: str = ""
    organisation: str = ""
    location: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    """A letter to one member. ``teaches`` and ``learns``: the member's own part, both in mutual programmes.

    ``offered`` and ``sought`` are the partners' topics, ``own_offered`` and ``own_sought`` the member's, those that
    meet first; ``interests`` are common to all. ``first_meeting``: the day that is planned already; ``met``:
    there was one; ``signed``: the agreement is.
    """

    number: int
    to: Addressee
    partners: tuple[Addressee, ...]
    teaches: bool = False
    learns: bool = False
    offered: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    own_offered: tuple[str, ...] = ()
    own_sought: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    first_meeting: date | None = None
    consented: bool = False
    met: bool = False
    signed: bool = False
    self_found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheets:
    """A page for each letter, in one file. ``greeting``: the patron's words."""

    programme: ProgrammeSheet
    letters: tuple[LetterSheet, ...]
    greeting: str = ""
