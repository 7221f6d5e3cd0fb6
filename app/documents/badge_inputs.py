"""What name badges and table cards are made of: frozen records without ids, and the sheets of labels by measure.

No note, no skill gap, no e-mail address and no phone number has a place in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.documents.inputs import ProgrammeSheet
from app.i18n import mark

MOST_BLANKS = 200  # more blank badges than that are a mistyped number


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """An A4 sheet of equal places; all lengths in millimetres, the left and the top margin as far as the first place.

    ``cut``: plain paper, which is cut along marks; otherwise labels that come off by themselves.
    """

    title: str
    wide: float
    high: float
    columns: int
    rows: int
    left: float
    top: float
    gap_across: float = 0.0
    gap_down: float = 0.0
    cut: bool = False

    @property
    def places(self) -> int:
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a place counted from 0, row by row, from the paper's upper left corner."""
        row, column = divmod(place, self.columns)
        return self.left + column * (self.wide + self.gap_across), self.top + row * (self.high + self.gap_down)


class Measure(StrEnum):
    """Which sheet the badges are printed on."""

    CUT = "cut"
    LARGE = "90x54"
    MIDDLE = "80x50"
    SMALL = "75x40"


# Each grid stands in the middle of the page, as sheets of labels do.
LABEL_SHEETS: dict[Measure, LabelSheet] = {
    Measure.CUT: LabelSheet(
        title=mark("To be cut, 90 × 54 mm (10)"),
        wide=90, high=54, columns=2, rows=5, left=15, top=13.5, cut=True,
    ),
    Measure.LARGE: LabelSheet(
        title=mark("Labels 90 × 54 mm (10)"),
        wide=90, high=54, columns=2, rows=5, left=15, top=13.5,
    ),
    Measure.MIDDLE: LabelSheet(
        title=mark("Labels 80 × 50 mm (10)"),
        wide=80, high=50, columns=2, rows=5, left=17.5, top=13.5, gap_across=15, gap_down=5,
    ),
    Measure.SMALL: LabelSheet(
        title=mark("Labels 75 × 40 mm (12)"),
        wide=75, high=40, columns=2, rows=6, left=22.5, top=16, gap_across=15, gap_down=5,
    ),
}  # fmt: skip


class Below(StrEnum):
    """What can stand below a name."""

    AFFILIATION = "affiliation"
    ROLE = "role"
    PARTNER = "partner"


class Who(StrEnum):
    """Whose names are printed: everybody enrolled, or those in tandems that are open, or open or completed."""

    ALL = "all"
    OPEN = "open"
    TANDEM = "tandem"


class Tent(StrEnum):
    """How a table card stands: A4 across folded to 297 x 105 mm a face, or A4 upright folded to 210 x 148.5 mm."""

    WIDE = "wide"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWishes:
    """What was chosen. ``start`` is the first place of a half used sheet, from 1; guests and blank ones come last.

    A guest is "Name", or "Name; Organisation".
    """

    who: Who = Who.ALL
    below: frozenset[Below] = frozenset(Below)
    measure: Measure = Measure.CUT
    tent: Tent = Tent.WIDE
    start: int = 1
    blanks: int = 0
    guests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSheet:
    """Somebody's badge or card. ``affiliation``: the organisation of externals, else the department."""

    name: str
    affiliation: str = ""
    mentor: bool = False
    mentee: bool = False
    guest: bool = False
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSheets:
    """All names to be printed, in the order of a phone book; those of the wishes' guests and blanks not among them."""

    programme: ProgrammeSheet
    people: tuple[NameSheet, ...]
    wishes: NameWishes = NameWishes()

    def every(self) -> tuple[NameSheet, ...]:
        """People, guests, and a sheet without a name for each blank one."""
        guests = tuple(_guest(line) for line in self.wishes.guests)
        return *self.people, *guests, *(NameSheet(name="", guest=True) for _ in range(self.wishes.blanks))


def _guest(line: str) -> NameSheet:
    name, _, organisation = (part.strip() for part in line.partition(";"))
    if not name:
        name, organisation = organisation, ""
    return NameSheet(name=name, affiliation=organisation, guest=True)
