"""The protocol of a programme's plan, gathered from what the vault holds; it names no veto and no rival."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import VERSION
from app.documents.inputs import ProgrammeSheet
from app.documents.protocol_inputs import BY_HAND, CONFIDENTIAL, PairSheet, ProtocolSheet, RuleLine, ShareLine
from app.domain.drafts import Method
from app.domain.programmes import Number, Programme, Rule, Strictness
from app.services.plans import Basis, Cancelled, opened, plan_of

if TYPE_CHECKING:
    from app.pairing.protocol import Protocol

_HIDDEN = frozenset({Rule.RIVALRY, Rule.VETO})
_NUMBERS = {Rule.LEVEL_NEAR: Number.LEVEL_MIN, Rule.LEVEL_FAR: Number.LEVEL_MAX}


def pairing_protocol(basis: Basis, *, cancelled: Cancelled | None = None) -> ProtocolSheet:
    """Solves the basis anew and tells how its plan came to be."""
    from app.pairing.protocol import protocol

    round_ = opened(basis, cancelled=cancelled)
    facts = protocol(round_, plan_of(round_, basis.draft.method))
    return ProtocolSheet(
        programme=_head(basis.programme),
        version=VERSION,
        checksum=facts.checksum,
        people=facts.people,
        mentors=facts.mentors,
        mentees=facts.mentees,
        places=facts.places,
        existing=facts.existing,
        candidates=facts.candidates,
        allowed=facts.allowed,
        rules=_rules(facts),
        shares=tuple(
            ShareLine(criterion=one.criterion, weight=one.weight, points=one.points, must=one.must)
            for one in facts.shares
        ),
        pairs=tuple(
            PairSheet(
                mentor=basis.person(one.mentor).full_name,
                mentee=basis.person(one.mentee).full_name,
                score=one.score,
                reasons=one.reasons,
                warnings=one.warnings,
                kept=one.locked,
            )
            for one in facts.pairs
        ),
        left_mentors=facts.left_mentors,
        left_mentees=facts.left_mentees,
        free_places=facts.free_places,
        total=facts.total,
        aim=basis.draft.aim,
        method=Method.STABLE if facts.method.value == Method.STABLE.value else Method.OPTIMAL,
        proved=facts.proved,
        cycles=facts.cycles,
        names=tuple(basis.topics.items()),
    )


def _head(programme: Programme) -> ProgrammeSheet:
    return ProgrammeSheet(
        title=programme.title,
        kind=programme.kind,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        planned_meetings=programme.planned_meetings,
        rhythm_days=programme.rhythm_days,
        contact=programme.contact,
        patron=programme.patron,
    )


def _rules(facts: Protocol) -> tuple[RuleLine, ...]:
    """Every rule that is on, the confidential ones as a single line, and what was ruled out by hand."""
    excluded = {one.reason: one.count for one in facts.excluded}
    warned = {one.reason: one.count for one in facts.warned}
    programme = facts.programme
    lines = []
    strictest = [programme.rule(rule) for rule in Rule if rule in _HIDDEN]
    hidden = next((one for one in Strictness if one in strictest), Strictness.OFF)
    for rule in Rule:
        idle = rule is Rule.MUST and not programme.musts
        if rule is Rule.SAME_PERSON or rule in _HIDDEN or idle or programme.rule(rule) is Strictness.OFF:
            continue
        number = _NUMBERS.get(rule)
        lines.append(
            RuleLine(
                reason=rule.value,
                strictness=programme.rule(rule),
                levels=None if number is None else programme.number(number),
                excluded=excluded.get(rule.value, 0),
                warned=warned.get(rule.value, 0),
            )
        )
    if hidden is not Strictness.OFF:
        count, told = excluded.get(CONFIDENTIAL, 0), warned.get(CONFIDENTIAL, 0)
        lines.append(RuleLine(reason=CONFIDENTIAL, strictness=hidden, excluded=count, warned=told))
    if BY_HAND in excluded:
        lines.append(RuleLine(reason=BY_HAND, strictness=None, excluded=excluded[BY_HAND]))
    return tuple(lines)
