"""What a document can be made of: all tandems, those published at one time, a single one; a draft, a published plan."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import ProgrammeId
from app.domain.publishings import PublishingHead
from app.i18n import date_text, tr, trn
from app.services.plans import read_basis
from app.store import people, publishings, tandems
from app.store.vault import Source

ALL = 0
DRAFT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Texts with what they stand for: ids, ALL or DRAFT; of the plans published the latest first."""

    tandems: tuple[tuple[str, int], ...]
    plans: tuple[tuple[str, int], ...]
    publishings: frozenset[int]


def choices_of(source: Source, programme: ProgrammeId) -> Choices:
    """Everything that can be chosen for the documents of a programme."""
    family = {one.id: one.family_name or one.given_name for one in people.enrolled(source, programme)}
    found = tandems.of_programme(source, programme)
    heads = publishings.heads(source, programme)
    every = trn("All {n} tandem", "All {n} tandems", len(found)).format(n=len(found))
    singles = tuple(
        (f"{one.number}  {' / '.join(family.get(member.person, '') for member in one.members)}", int(one.id))
        for one in found
    )
    still = tuple((published_text(one), int(one.id)) for one in heads if one.tandems)
    return Choices(
        tandems=((every, ALL), *still, *singles),
        plans=((tr("The plan at hand"), DRAFT), *((published_text(one), int(one.id)) for one in heads)),
        publishings=frozenset(int(one.id) for one in heads),
    )


def published_text(head: PublishingHead) -> str:
    """ "Published 22 Nov 2026, 14:02 (34 tandems)"."""
    here = head.at.astimezone()
    count = trn("{n} tandem", "{n} tandems", head.published).format(n=head.published)
    words = tr("Published {day}, {time} ({count})")
    return words.format(day=date_text(here.date()), time=f"{here:%H:%M}", count=count)


def any_to_pair(source: Source, programme: ProgrammeId) -> bool:
    """Whether there is a plan at hand: a mentor with a place and a mentee without a tandem."""
    basis = read_basis(source, programme)
    return bool(basis.places and basis.waiting)
