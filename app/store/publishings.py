"""Plans that were published, with how they came to be."""

from __future__ import annotations

import json

from app.domain.drafts import Aim, Method
from app.domain.ids import ProgrammeId, PublishingId, TandemId, new_id
from app.domain.programmes import Criterion, ProgrammeKind, Strictness
from app.domain.publishings import (
    FIGURES,
    Account,
    PlanFacts,
    PlannedPair,
    Publishing,
    PublishingHead,
    RuleLine,
    ShareLine,
)
from app.domain.tandems import Origin
from app.store.columns import day, insert, insert_many, moment
from app.store.tandems import reasons_of, reasons_text
from app.store.vault import Change, Row, Source

_SELECT = (
    "SELECT id, programme_id, published_at, title, kind, starts_on, ends_on, version, checksum, aim, method, proved,"
    " figures, rules, shares FROM publishing"
)
_PAIRS = "SELECT mentor_id, mentee_id, tandem_id, score, reasons, warnings, kept, origin FROM published_pair"


def heads(source: Source, programme_id: ProgrammeId) -> tuple[PublishingHead, ...]:
    """The publishings of a programme, the latest first."""
    rows = source.rows(
        "SELECT u.id, u.published_at, json_extract(u.figures, '$.published'), count(p.tandem_id)"
        " FROM publishing u LEFT JOIN published_pair p ON p.publishing_id = u.id"
        " WHERE u.programme_id = ? GROUP BY u.id ORDER BY u.published_at DESC, u.id",
        (programme_id,),
    )
    return tuple(
        PublishingHead(id=identity, at=moment(at), published=published or 0, tandems=there)
        for identity, at, published, there in rows
    )


def tandems_of(source: Source, identity: PublishingId) -> tuple[TandemId, ...]:
    """The tandems of a publishing that are still there, in the order of their plan."""
    rows = source.rows(
        "SELECT tandem_id FROM published_pair WHERE publishing_id = ? AND tandem_id IS NOT NULL ORDER BY position",
        (identity,),
    )
    return tuple(row[0] for row in rows)


def of_tandem(source: Source, identity: TandemId) -> PublishingId | None:
    """The publishing that made a tandem."""
    row = source.row("SELECT publishing_id FROM published_pair WHERE tandem_id = ?", (identity,))
    return row[0] if row else None


def warnings_of(source: Source, identity: TandemId) -> tuple[str, ...]:
    """What a published tandem broke all the same, as ``PlannedPair.warnings``."""
    row = source.row("SELECT warnings FROM published_pair WHERE tandem_id = ?", (identity,))
    return tuple(json.loads(row[0])) if row else ()


def publishing(source: Source, identity: PublishingId) -> Publishing | None:
    row = source.row(f"{_SELECT} WHERE id = ?", (identity,))
    pairs = source.rows(f"{_PAIRS} WHERE publishing_id = ? ORDER BY position", (identity,))
    return _publishing(row, tuple(_pair(one) for one in pairs)) if row else None


def _publishing(row: Row, pairs: tuple[PlannedPair, ...]) -> Publishing:
    facts = PlanFacts(
        version=row[7],
        checksum=row[8],
        aim=Aim(row[9]),
        method=Method(row[10]),
        proved=bool(row[11]),
        rules=tuple(
            RuleLine(
                reason=reason,
                strictness=Strictness(strictness) if strictness else None,
                levels=levels,
                excluded=excluded,
                warned=warned,
            )
            for reason, strictness, levels, excluded, warned in json.loads(row[13])
        ),
        shares=tuple(
            ShareLine(criterion=Criterion(criterion), weight=weight, points=points, must=must)
            for criterion, weight, points, must in json.loads(row[14])
        ),
        **{name: count for name, count in json.loads(row[12]).items() if name in FIGURES},
    )
    return Publishing(
        id=row[0],
        programme=row[1],
        at=moment(row[2]),
        title=row[3],
        kind=ProgrammeKind(row[4]),
        starts_on=day(row[5]),
        ends_on=day(row[6]),
        account=Account(facts=facts, pairs=pairs),
    )


def _pair(row: Row) -> PlannedPair:
    return PlannedPair(
        mentor=row[0],
        mentee=row[1],
        tandem=row[2],
        score=row[3],
        reasons=reasons_of(row[4]),
        warnings=tuple(json.loads(row[5])),
        kept=bool(row[6]),
        origin=Origin(row[7]),
    )


def add(change: Change, made: Publishing) -> None:
    """Keeps a publishing with its pairs, in their order."""
    facts = made.account.facts
    insert(
        change,
        "publishing",
        {
            "id": made.id,
            "programme_id": made.programme,
            "published_at": change.now,
            "title": made.title,
            "kind": made.kind,
            "starts_on": made.starts_on,
            "ends_on": made.ends_on,
            "version": facts.version,
            "checksum": facts.checksum,
            "aim": facts.aim,
            "method": facts.method,
            "proved": int(facts.proved),
            "figures": json.dumps({name: getattr(facts, name) for name in FIGURES}),
            "rules": json.dumps(
                [[one.reason, one.strictness, one.levels, one.excluded, one.warned] for one in facts.rules]
            ),
            "shares": json.dumps([[one.criterion, one.weight, one.points, one.must] for one in facts.shares]),
        },
    )
    names = (
        "id", "publishing_id", "position", "mentor_id", "mentee_id", "tandem_id", "score", "reasons", "warnings",
        "kept", "origin",
    )  # fmt: skip
    insert_many(
        change,
        "published_pair",
        names,
        (
            (
                new_id(), made.id, position, one.mentor, one.mentee, one.tandem, one.score, reasons_text(one.reasons),
                json.dumps(one.warnings), int(one.kept), one.origin,
            )
            for position, one in enumerate(made.account.pairs)
        ),
    )  # fmt: skip
