"""What documents are made of: frozen records without ids. No private note and no skill gap has a place in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.meetings import GoalOwner
from app.domain.people import Salutation
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import TandemState
from app.evaluation.figures import ProgrammeFigures
from app.i18n import mark

Progress = Callable[[int, int], None]  # items done, items in all
Cancelled = Callable[[], bool]  # True when the document is no longer wanted

HOUSE_COLOUR = "#2f5fd0"
HOUSE_COLOURS: tuple[tuple[str, str], ...] = (  # offered in the settings; any other can be chosen
    (HOUSE_COLOUR, mark("Blue")),
    ("#0b6e6e", mark("Teal")),
    ("#1c7c4a", mark("Green")),
    ("#8a5a00", mark("Ochre")),
    ("#b3401f", mark("Rust")),
    ("#a61e4d", mark("Crimson")),
    ("#6a3fb5", mark("Violet")),
    ("#3a4250", mark("Slate")),
)


class Design(StrEnum):
    """How a certificate looks; LOGO puts the house's logo on top and needs ``House.logo``."""

    PLAIN = "plain"
    FRAMED = "framed"
    LOGO = "logo"


class ListOrder(StrEnum):
    NUMBER = "number"
    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Who prints: name, accent colour as #rrggbb, place of signing, up to two signatories, logo as PNG or JPEG."""

    name: str = ""
    colour: str = HOUSE_COLOUR
    place: str = ""
    signatories: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSheet:
    """A programme as it stands at the head of each document. ``contact`` is the coordination's."""

    title: str
    kind: ProgrammeKind = ProgrammeKind.REVERSE
    starts_on: date | None = None
    ends_on: date | None = None
    planned_meetings: int = 6
    rhythm_days: int = 28
    contact: str = ""
    patron: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSheet:
    """One of the people of a tandem. ``sorting`` is the name by which lists are ordered (family name first)."""

    name: str
    sorting: str = ""
    position: str = ""
    department: str = ""
    organisation: str = ""
    expectations: str = ""
    consented_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TandemRow:
    """A tandem's line in the list of tandems."""

    number: int
    state: TandemState
    mentors: tuple[PartnerSheet, ...]
    mentees: tuple[PartnerSheet, ...]
    held: int = 0
    planned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TandemList:
    programme: ProgrammeSheet
    tandems: tuple[TandemRow, ...]
    order: ListOrder = ListOrder.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSheet:
    """A goal: levels 0 to 4 at the start and aimed at."""

    owner: GoalOwner = GoalOwner.MENTEE
    topic: str = ""
    title: str = ""
    baseline: int = 0
    target: int = 3
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TandemSheet:
    """A tandem with what it agrees on. ``rhythm`` in the partners' own words replaces the programme's."""

    number: int
    mentors: tuple[PartnerSheet, ...]
    mentees: tuple[PartnerSheet, ...]
    topics: tuple[str, ...] = ()
    goals: tuple[GoalSheet, ...] = ()
    planned_meetings: int | None = None
    rhythm: str = ""
    place: str = ""
    signed_on: date | None = None
    confidentiality: bool = True
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSheets:
    """One agreement for each tandem, in one file."""

    programme: ProgrammeSheet
    tandems: tuple[TandemSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCount:
    name: str
    meetings: int
    tandems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSheet:
    """The figures of a programme with its topics' names, ranked as in the figures."""

    programme: ProgrammeSheet
    figures: ProgrammeFigures
    topics: tuple[TopicCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSheet:
    """One person's certificate: the roles held, meetings held and their minutes, topics.

    In a mutual programme nobody has a role, and both are False.
    """

    name: str
    salutation: Salutation = Salutation.NONE
    mentor: bool = False
    mentee: bool = False
    meetings: int = 0
    minutes: int = 0
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSheets:
    """One page for each person, in one file; signatures are dated and placed as the house says."""

    programme: ProgrammeSheet
    people: tuple[CertificateSheet, ...]
    design: Design = Design.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """``code``: nine groups of four, joined by hyphens. ``valid_from``: when its passphrase was set."""

    vault: str
    vault_id: int
    code: str
    valid_from: date
