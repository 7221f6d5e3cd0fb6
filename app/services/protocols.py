"""The protocol of a programme's plan, a draft or a published one; it names no veto and no rival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from app import VERSION
from app.documents.inputs import ProgrammeSheet
from app.documents.protocol_inputs import PairSheet, ProtocolSheet
from app.domain.drafts import Method
from app.domain.ids import EnrolmentId, PublishingId, TopicId
from app.domain.programmes import Criterion, Number, Programme, Rule, Strictness
from app.domain.publishings import (
    BY_HAND,
    CONFIDENTIAL,
    Account,
    PlanFacts,
    PlannedPair,
    Publishing,
    RuleLine,
    ShareLine,
)
from app.domain.tandems import Reason
from app.errors import Fault
from app.i18n import language
from app.services.plans import Basis, Cancelled, basis_before, opened, plan_of
from app.services.records import present
from app.store import people, programmes, publishings, topics
from app.store.vault import Source

if TYPE_CHECKING:
    from app.pairing.plan import Plan
    from app.pairing.protocol import Protocol
    from app.pairing.rounds import Round

MOST_POINTS = 1000  # of a pair
_HIDDEN = frozenset({Rule.RIVALRY, Rule.VETO})
_NUMBERS = {Rule.LEVEL_NEAR: Number.LEVEL_MIN, Rule.LEVEL_FAR: Number.LEVEL_MAX}


def account_of(basis: Basis, round_: Round, plan: Plan) -> Account:
    """How a plan of the basis came to be, with every pair of it."""
    from app.pairing.protocol import protocol

    facts = protocol(round_, plan)
    return Account(
        facts=PlanFacts(
            version=VERSION,
            checksum=facts.checksum,
            people=facts.people,
            mentors=facts.mentors,
            mentees=facts.mentees,
            places=facts.places,
            existing=facts.existing,
            candidates=facts.candidates,
            allowed=facts.allowed,
            planned=len(facts.pairs),
            total=facts.total,
            left_mentors=facts.left_mentors,
            left_mentees=facts.left_mentees,
            free_places=facts.free_places,
            cycles=facts.cycles,
            rules=_rules(facts),
            shares=tuple(
                ShareLine(criterion=one.criterion, weight=one.weight, points=one.points, must=one.must)
                for one in facts.shares
            ),
            aim=basis.draft.aim,
            method=Method.STABLE if facts.method.value == Method.STABLE.value else Method.OPTIMAL,
            proved=facts.proved,
        ),
        pairs=tuple(
            PlannedPair(
                mentor=one.mentor,
                mentee=one.mentee,
                score=one.score,
                reasons=one.reasons,
                warnings=one.warnings,
                kept=one.locked,
                origin=basis.draft.origin((one.mentor, one.mentee)),
            )
            for one in facts.pairs
        ),
    )


def solved_account(basis: Basis, *, cancelled: Cancelled | None = None) -> Account:
    """Solves the basis anew and tells how its plan came to be."""
    round_ = opened(basis, cancelled=cancelled)
    return account_of(basis, round_, plan_of(round_, basis.draft.method))


def pairing_protocol(basis: Basis, *, cancelled: Cancelled | None = None) -> ProtocolSheet:
    """The protocol of the plan at hand."""
    account = solved_account(basis, cancelled=cancelled)
    names = {one: who.person.full_name for one, who in basis.participants.items()}
    return _sheet(account, _head(basis.programme), names, basis.topics)


def published_protocol(
    source: Source, identity: PublishingId, *, cancelled: Cancelled | None = None
) -> ProtocolSheet:
    """The protocol of a plan as it was when it was published, with what comes of making it again. Fault "record.gone".

    Pairs of people who were deleted since are counted and not named.
    """
    made = present(publishings.publishing(source, identity))
    named = {one.id: one.full_name for one in people.enrolled(source, made.programme)}
    names = {one.id: named[one.person] for one in programmes.enrolments(source, made.programme) if one.person in named}
    spoken = language()
    head = ProgrammeSheet(title=made.title, kind=made.kind, starts_on=made.starts_on, ends_on=made.ends_on)
    found = _sheet(made.account, head, names, {one.id: one.name(spoken) for one in topics.all_topics(source)})
    return replace(
        found,
        published_on=made.at.astimezone().date(),
        gone=made.account.facts.published - len(found.pairs),
        again=_again(source, made, cancelled),
    )


def _again(source: Source, made: Publishing, cancelled: Cancelled | None) -> bool | None:
    """Whether plan and checksum are still the same; None where none of the tandems is left to tell what came before."""
    basis = basis_before(source, made)
    if basis is None:
        return None
    try:
        account = solved_account(basis, cancelled=cancelled)
    except Fault:  # a pair that was kept then can be none now
        return False
    now = {one.ids: one.score for one in account.pairs}
    return account.facts.checksum == made.account.facts.checksum and all(
        now.get(one.ids) == one.score for one in made.account.pairs
    )


def _sheet(
    account: Account, head: ProgrammeSheet, names: Mapping[EnrolmentId, str], known: Mapping[TopicId, str]
) -> ProtocolSheet:
    """What may be printed: nobody shall read from it who asked for whom, or who not to be paired with whom."""
    told = {one.name: getattr(account.facts, one.name) for one in fields(account.facts)}
    pairs = tuple(
        PairSheet(
            mentor=names[one.mentor],
            mentee=names[one.mentee],
            score=one.score - _wished(one.reasons),
            reasons=tuple(reason for reason in one.reasons if reason.criterion != Criterion.WISHES),
            warnings=tuple(reason for reason in one.warnings if reason != CONFIDENTIAL),
            kept=one.kept,
            origin=one.origin,
        )
        for one in account.pairs
        if one.mentor in names and one.mentee in names
    )
    # Of the pairs printed alone: the wishes in a whole that others are part of can't be told any more.
    told["total"] = sum(one.score for one in pairs)
    return ProtocolSheet(
        **told,
        most=MOST_POINTS - sum(one.points for one in account.facts.shares if one.criterion == Criterion.WISHES),
        programme=head,
        pairs=pairs,
        names=tuple(known.items()),
    )


def _wished(reasons: Iterable[Reason]) -> int:
    return sum(reason.points for reason in reasons if reason.criterion == Criterion.WISHES)


def _head(programme: Programme) -> ProgrammeSheet:
    return ProgrammeSheet(
        title=programme.title, kind=programme.kind, starts_on=programme.starts_on, ends_on=programme.ends_on
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
