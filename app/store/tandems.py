"""Tandems with their members, consents and agreement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.ids import EnrolmentId, MemberId, PersonId, ProgrammeId, TandemId, new_id
from app.domain.tandems import Agreement, Member, Origin, Reason, Tandem, TandemSide, TandemState
from app.store.columns import day, delete, differences, insert, insert_many, update
from app.store.vault import Change, Row, Source

_SELECT = (
    "SELECT t.id, t.programme_id, t.number, t.state, t.origin, t.locked, t.score, t.reasons,"
    " a.tandem_id, a.signed_on, a.place, a.rhythm, a.topics, a.confidentiality, a.remarks"
    " FROM tandem t LEFT JOIN agreement a ON a.tandem_id = t.id"
)
_MEMBERS = (
    "SELECT m.id, m.tandem_id, m.enrolment_id, e.person_id, m.side,"
    " (SELECT max(c.given_on) FROM consent c WHERE c.member_id = m.id AND c.withdrawn_on IS NULL)"
    " FROM member m JOIN enrolment e ON e.id = m.enrolment_id JOIN tandem t ON t.id = m.tandem_id"
)
_MEMBER_ORDER = "ORDER BY m.tandem_id, m.side = 'mentee', m.id"
_OF_PERSON = (
    "t.id IN (SELECT x.tandem_id FROM member x JOIN enrolment y ON y.id = x.enrolment_id WHERE y.person_id = ?)"
)
_OF_ENROLMENTS = (
    "t.id IN (SELECT x.tandem_id FROM member x WHERE x.enrolment_id IN (SELECT value FROM json_each(?)))"
)
_COLUMNS = {"state": "state", "origin": "origin", "locked": "locked", "score": "score"}
_AGREEMENT = {
    "signed_on": "signed_on",
    "place": "place",
    "rhythm": "rhythm",
    "topics": "topics",
    "confidentiality": "confidentiality",
    "remarks": "remarks",
}


def reasons_of(text: str) -> tuple[Reason, ...]:
    """Reasons from the JSON of their column."""
    return tuple(
        Reason(criterion=one["criterion"], points=one["points"], most=one["most"], facts=tuple(one["facts"]))
        for one in json.loads(text)
    )


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Reasons as the JSON of their column."""
    return json.dumps(
        [
            {"criterion": str(one.criterion), "points": one.points, "most": one.most, "facts": list(one.facts)}
            for one in reasons
        ],
        ensure_ascii=False,
    )


def _tandem(row: Row, members: tuple[Member, ...]) -> Tandem:
    agreement = Agreement()
    if row[8] is not None:
        agreement = Agreement(
            signed_on=day(row[9]),
            place=row[10],
            rhythm=row[11],
            topics=row[12],
            confidentiality=bool(row[13]),
            remarks=row[14],
        )
    return Tandem(
        id=row[0],
        programme=row[1],
        number=row[2],
        state=TandemState(row[3]),
        origin=Origin(row[4]),
        locked=bool(row[5]),
        score=row[6],
        reasons=reasons_of(row[7]),
        members=members,
        agreement=agreement,
    )


def _member(row: Row) -> Member:
    return Member(id=row[0], enrolment=row[2], person=row[3], side=TandemSide(row[4]), consent_on=day(row[5]))


def _found(source: Source, where: str, value: int | str) -> tuple[Tandem, ...]:
    members: dict[TandemId, list[Member]] = {}
    for row in source.rows(f"{_MEMBERS} WHERE {where} {_MEMBER_ORDER}", (value,)):
        members.setdefault(row[1], []).append(_member(row))
    rows = source.rows(f"{_SELECT} WHERE {where} ORDER BY t.programme_id, t.number", (value,))
    return tuple(_tandem(row, tuple(members.get(row[0], ()))) for row in rows)


def of_programme(source: Source, programme_id: ProgrammeId) -> tuple[Tandem, ...]:
    """The tandems of a programme by their number."""
    return _found(source, "t.programme_id = ?", programme_id)


def of_person(source: Source, person_id: PersonId) -> tuple[Tandem, ...]:
    """Every tandem a person is or was a member of."""
    return _found(source, _OF_PERSON, person_id)


def among(source: Source, wanted: Iterable[TandemId]) -> tuple[Tandem, ...]:
    """Those of these that are there, by programme and number."""
    return _found(source, "t.id IN (SELECT value FROM json_each(?))", json.dumps(list(wanted)))


def of_enrolments(source: Source, wanted: Iterable[EnrolmentId]) -> tuple[Tandem, ...]:
    """Every tandem that one of these is or was a member of."""
    return _found(source, _OF_ENROLMENTS, json.dumps(list(wanted)))


def tandem(source: Source, identity: TandemId) -> Tandem | None:
    return next(iter(_found(source, "t.id = ?", identity)), None)


def of_member(source: Source, identity: MemberId) -> Tandem | None:
    return next(iter(_found(source, "t.id = (SELECT x.tandem_id FROM member x WHERE x.id = ?)", identity)), None)


def counts(source: Source, programme_id: ProgrammeId) -> dict[TandemState, int]:
    """How many tandems of a programme are in each state; states without any are left out."""
    rows = source.rows("SELECT state, count(*) FROM tandem WHERE programme_id = ? GROUP BY state", (programme_id,))
    return {TandemState(state): count for state, count in rows}


def ids_of_programme(source: Source, programme_id: ProgrammeId) -> tuple[TandemId, ...]:
    """The tandems of a programme by their number, without reading them."""
    rows = source.rows("SELECT id FROM tandem WHERE programme_id = ? ORDER BY number", (programme_id,))
    return tuple(row[0] for row in rows)


def members_of_programme(
    source: Source, programme_id: ProgrammeId
) -> list[tuple[TandemId, int, list[tuple[str, str]]]]:
    """The tandems of a programme by their number, each with the given and family name of its members."""
    found: dict[TandemId, tuple[TandemId, int, list[tuple[str, str]]]] = {}
    for identity, number, given, family in source.rows(
        "SELECT t.id, t.number, p.given_name, p.family_name FROM tandem t"
        " LEFT JOIN member m ON m.tandem_id = t.id LEFT JOIN enrolment e ON e.id = m.enrolment_id"
        " LEFT JOIN person p ON p.id = e.person_id"
        " WHERE t.programme_id = ? ORDER BY t.number, m.side = 'mentee', m.id", (programme_id,),
    ):  # fmt: skip
        one = found.setdefault(identity, (identity, number, []))
        if given is not None:
            one[2].append((given, family))
    return list(found.values())


def numbers(source: Source, identities: Iterable[TandemId]) -> dict[TandemId, int]:
    """The number of each of these tandems, as far as they are there."""
    wanted = json.dumps(list(identities))
    return dict(source.rows("SELECT id, number FROM tandem WHERE id IN (SELECT value FROM json_each(?))", (wanted,)))


def number_of(source: Source, programme_id: ProgrammeId) -> int:
    """How many tandems a programme has, whatever their state."""
    row = source.row("SELECT count(*) FROM tandem WHERE programme_id = ?", (programme_id,))
    return 0 if row is None else int(row[0])


def people_in_tandems(source: Source) -> frozenset[PersonId]:
    """Everybody who is or was a member of a tandem."""
    rows = source.rows("SELECT DISTINCT e.person_id FROM member m JOIN enrolment e ON e.id = m.enrolment_id")
    return frozenset(row[0] for row in rows)


def earlier_partners(source: Source, programme_id: ProgrammeId) -> dict[PersonId, frozenset[PersonId]]:
    """With whom people were a tandem: in this programme one that is over, in another one that went beyond a proposal.

    People who were in none are left out.
    """
    found: dict[PersonId, set[PersonId]] = {}
    for one, other in source.rows(
        "SELECT DISTINCT e.person_id, f.person_id FROM tandem t"
        " JOIN member m ON m.tandem_id = t.id JOIN enrolment e ON e.id = m.enrolment_id"
        " JOIN member n ON n.tandem_id = t.id AND n.side <> m.side JOIN enrolment f ON f.id = n.enrolment_id"
        " WHERE t.state IN ('completed', 'ended') OR t.programme_id <> ? AND t.state <> 'proposed'",
        (programme_id,),
    ):
        found.setdefault(one, set()).add(other)
    return {one: frozenset(others) for one, others in found.items()}


def first_made(source: Source) -> dict[ProgrammeId, int]:
    """When each programme came to its first tandem of those that are there, UTC in milliseconds."""
    rows = source.rows(
        "SELECT t.programme_id, min(m.changed_at) FROM tandem t JOIN member m ON m.tandem_id = t.id"
        " GROUP BY t.programme_id"
    )
    return {ProgrammeId(programme): at for programme, at in rows}


def took_part(source: Source, programme_id: ProgrammeId) -> dict[PersonId, bool]:
    """Who took part in a programme, and whether they ever had a tandem in it; not who withdrew without one."""
    rows = source.rows(
        "SELECT e.person_id, EXISTS (SELECT 1 FROM member m WHERE m.enrolment_id = e.id) AS had, e.state"
        " FROM enrolment e WHERE e.programme_id = ?",
        (programme_id,),
    )
    return {PersonId(person): bool(had) for person, had, state in rows if had or state != "withdrawn"}


def enrolments_in_tandems(source: Source) -> frozenset[EnrolmentId]:
    return frozenset(row[0] for row in source.rows("SELECT DISTINCT enrolment_id FROM member"))


def next_number(source: Source, programme_id: ProgrammeId) -> int:
    row = source.row("SELECT coalesce(max(number), 0) + 1 FROM tandem WHERE programme_id = ?", (programme_id,))
    return int(row[0]) if row else 1


def add_tandems(change: Change, records: Sequence[Tandem]) -> None:
    """Writes new tandems and their members, without consents; an agreement only where it says something."""
    insert_many(
        change,
        "tandem",
        ("id", "programme_id", "number", "state", "origin", "locked", "score", "reasons"),
        (
            (one.id, one.programme, one.number, one.state, one.origin, one.locked, one.score, reasons_text(one.reasons))
            for one in records
        ),
    )
    insert_many(
        change,
        "member",
        ("id", "tandem_id", "enrolment_id", "side"),
        ((member.id, one.id, member.enrolment, member.side) for one in records for member in one.members),
    )
    for one in records:
        write_agreement(change, one.id, Agreement(), one.agreement)


def write_tandem(change: Change, before: Tandem, after: Tandem) -> None:
    """Writes state, origin, lock and score where they differ."""
    update(change, "tandem", after.id, differences(before, after, _COLUMNS))


def write_agreement(change: Change, identity: TandemId, before: Agreement, after: Agreement) -> None:
    values = differences(before, after, _AGREEMENT)
    if not values:
        return
    if change.row("SELECT 1 FROM agreement WHERE tandem_id = ?", (identity,)):
        update(change, "agreement", identity, values, key="tandem_id")
    else:
        everything = {name: getattr(after, field) for field, name in _AGREEMENT.items()}
        insert(change, "agreement", {"tandem_id": identity, **everything})


def remove_tandems(change: Change, identities: Iterable[TandemId]) -> None:
    """Removes tandems with members, consents, agreement, goals and meetings; notes stay, about nothing."""
    delete(change, "tandem", identities)


def give_consent(change: Change, member: MemberId, on: date) -> None:
    """Notes a consent, or moves the one that stands to another day."""
    row = change.row("SELECT id FROM consent WHERE member_id = ? AND withdrawn_on IS NULL", (member,))
    if row:
        update(change, "consent", row[0], {"given_on": on})
    else:
        insert(change, "consent", {"id": new_id(), "member_id": member, "given_on": on})


def withdraw_consent(change: Change, member: MemberId, on: date) -> None:
    change.execute(
        "UPDATE consent SET withdrawn_on = ?, changed_at = ? WHERE member_id = ? AND withdrawn_on IS NULL",
        (on.isoformat(), change.now, member),
    )
