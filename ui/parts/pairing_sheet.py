"""A plan as rows for the window: made off the main thread, since hundreds of people take their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.ids import EnrolmentId
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import Reason
from app.i18n import tr, trn
from app.services.plans import Basis
from ui.parts.pairing_apart import Apart, apart
from ui.parts.pairing_cells import Mark
from ui.parts.pairing_map_sheet import Head, MapSheet
from ui.parts.pairing_names import Called
from ui.parts.pairing_people import Free
from ui.parts.pairing_rows import Proposal
from ui.parts.pairing_tables import OpenTandem, Remaining, open_tandems
from ui.parts.pairing_uneven import blocked_text, left_words, uneven, uneven_text
from ui.parts.tandem_words import side_word

if TYPE_CHECKING:
    from app.pairing.plan import Plan, ProposedPair
    from app.pairing.rounds import Round

MOST_ON_MAP = 120  # people on a side; more are no picture any longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All rows of the board."""

    mentors: list[Free]
    mentees: list[Free]
    proposals: list[Proposal]
    tandems: list[OpenTandem]
    remaining: list[Remaining]
    uneven: str  # why somebody is left over, where the numbers or rules alone do it, and what helps; else ""
    called: Called
    apart: Apart  # what decisions alone keep from those who have nobody else


def sheet_of(basis: Basis, round_: Round, plan: Plan, before: tuple[Basis, Sheet] | None = None) -> Sheet:
    """Puts a plan of the round and its people into rows and words.

    ``before``: the rows of the same people that may stand still.
    """
    known: dict[tuple[EnrolmentId, bool], Free] = {}
    if before is not None and before[0].participants is basis.participants and before[0].tandems is basis.tandems:
        known = {(row.id, row.teaches): row for row in (*before[1].mentors, *before[1].mentees)}
    proposed = {one for pair in plan.pairs for one in (pair.mentor, pair.mentee)}
    mutual = basis.programme.kind is ProgrammeKind.MUTUAL
    same = before is not None and before[1].called.of(basis.participants)
    called = before[1].called if before is not None and same else Called(basis.participants)
    stand = same and before is not None and before[0].tandems is basis.tandems
    left = (*plan.left_mentees, *plan.left_mentors)
    why = uneven(basis, len(plan.pairs), left)
    kept = apart(basis, round_, left)
    told = [left_words(one, why, kept.of(one.enrolment, one.side, mutual=mutual), mutual=mutual) for one in left]
    return Sheet(
        mentors=[_free(basis, one, proposed, known, teaches=not mutual) for one in basis.places],
        mentees=[_free(basis, one, proposed, known, teaches=False) for one in basis.waiting],
        proposals=proposals(basis, plan, called),
        tandems=before[1].tandems if before is not None and stand else open_tandems(basis, called),
        remaining=[
            Remaining(
                id=one.enrolment,
                person=basis.person(one.enrolment),
                name=called.listed(one.enrolment),
                side=one.side,
                role=side_word(one.side, basis.programme.kind),
                cause=cause,
                way_out=way_out,
            )
            for one, (cause, way_out) in zip(left, told, strict=True)
        ],
        uneven=" ".join(filter(None, (uneven_text(basis, why, len(left)), blocked_text(basis, left, kept)))),
        called=called,
        apart=kept,
    )


def _free(
    basis: Basis,
    enrolment: EnrolmentId,
    proposed: set[EnrolmentId],
    known: Mapping[tuple[EnrolmentId, bool], Free],
    *,
    teaches: bool,
) -> Free:
    before = known.get((enrolment, teaches))
    if before is not None and before.proposed == (enrolment in proposed):
        return before
    person = basis.person(enrolment)
    line = person.department or person.position or person.location
    if teaches and basis.enrolment(enrolment).capacity > 1:
        n = basis.places[enrolment]
        places = trn("{n} place", "{n} places", n).format(n=n)
        line = " \u00b7 ".join(text for text in (places, line) if text)
    said = [person.full_name, line]
    if enrolment in proposed:
        said.append(tr("in a proposed pair"))
    return Free(
        id=enrolment,
        person=person,
        line=line,
        proposed=enrolment in proposed,
        said=", ".join(filter(None, said)),
        teaches=teaches,
    )


def proposals(basis: Basis, plan: Plan, called: Called) -> list[Proposal]:
    """The plan's pairs as rows: those kept first, then by their points; a mentor's mentees stand together."""
    rows = []
    best: dict[tuple[bool, EnrolmentId], int] = {}
    for pair in plan.pairs:
        place = (pair.locked, pair.mentor)
        best[place] = max(pair.score, best.get(place, 0))
    for pair in plan.pairs:
        rows.append(
            Proposal(
                pair=(pair.mentor, pair.mentee),
                mentor=basis.person(pair.mentor),
                mentee=basis.person(pair.mentee),
                names_said=(called.full(pair.mentor), called.full(pair.mentee)),
                score=pair.score,
                settings=basis.programme,
                why=partial(_reasons, pair),
                warnings=pair.warnings,
                names=basis.topics,
                locked=pair.locked,
                origin=basis.draft.origin(pair.ids),
            )
        )

    def order(row: Proposal) -> tuple[object, ...]:
        mentor = row.pair[0]
        return not row.locked, -best[row.locked, mentor], row.mentor.order, mentor, -row.score

    return sorted(rows, key=order)


def _reasons(pair: ProposedPair) -> tuple[Reason, ...]:
    return pair.reasons


def map_of(basis: Basis, called: Called, round_: Round, plan: Plan) -> MapSheet | None:
    """The heat map's cells, people by name; None where there are too many for a map."""
    if max(len(round_.mentors), len(round_.mentees)) > MOST_ON_MAP:
        return None
    matrix = round_.matrix()
    rows, columns = _by_name(basis, matrix.mentors), _by_name(basis, matrix.mentees)
    down, right = list(rows.values()), list(columns.values())
    at_row = {one: place for place, one in enumerate(rows)}
    at_column = {one: place for place, one in enumerate(columns)}
    marks: dict[tuple[int, int], Mark] = {}
    proposed = {one.ids: Mark.LOCKED if one.locked else Mark.PROPOSED for one in plan.pairs}
    for pair, mark in (*((pair, Mark.BANNED) for pair in sorted(basis.draft.banned)), *proposed.items()):
        for mentor, mentee in ((pair, pair[::-1]) if basis.mutual else (pair,)):
            if mentor in at_row and mentee in at_column:
                marks[at_row[mentor], at_column[mentee]] = mark
    return MapSheet(
        mentors=tuple(_head(called, one) for one in rows),
        mentees=tuple(_head(called, one) for one in columns),
        scores=tuple(tuple(row) for row in matrix.score[down][:, right].tolist()),
        blocked=_cells(matrix.blocked[down][:, right]),
        warned=_cells(matrix.warned[down][:, right]),
        marks=tuple(marks.items()),
    )


def _by_name(basis: Basis, there: Sequence[EnrolmentId]) -> dict[EnrolmentId, int]:
    """Where each stands in the matrix, in the order of a phone book."""
    place = {one: at for at, one in enumerate(there)}
    return {one: place[one] for one in basis.participants if one in place}


def _head(called: Called, one: EnrolmentId) -> Head:
    return Head(id=one, name=called.listed(one), full=called.full(one))


def _cells(where: Any) -> frozenset[tuple[int, int]]:
    rows, columns = where.nonzero()
    return frozenset(zip(rows.tolist(), columns.tolist(), strict=True))
