"""What the pairing page says about a plan as a whole, about other plans, and about who is left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.drafts import Method as Wanted
from app.domain.ids import EnrolmentId
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import TandemSide
from app.i18n import number_text, tr, trn
from app.services.plans import Basis
from ui.desk import Place
from ui.parts.pairing_apart import decision_text
from ui.parts.pairing_names import Called
from ui.parts.pairing_words import broken_texts

if TYPE_CHECKING:
    from app.pairing.alternatives import Alternative
    from app.pairing.comparing import Candidate
    from app.pairing.plan import Plan
    from app.pairing.ranking import Rankings
    from ui.parts.pairing_work import Outcome

MOST_CANDIDATES = 12


def counts_text(basis: Basis, plan: Plan, *, titled: bool = True) -> str:
    """The programme where ``titled``, how many pairs, how good, whether that is proved, and what was to be instead."""
    from app.pairing.plan import Method

    n = len(plan.pairs)
    words = [basis.programme.title] if titled else []
    words.append(trn("{n} pair", "{n} pairs", n).format(n=n))
    if n and not plan.total:
        words.append(tr("no points: nothing that has a weight speaks for any of them"))
    elif n:
        words.append(tr("{points} points on average").format(points=number_text(round(plan.total / n))))
        if plan.method is Method.STABLE:
            words.append(tr("stable by the wishes"))
        else:
            words.append(tr("proved the best plan") if plan.proved else tr("the best plan found"))
    if plan.method is not Method.STABLE and basis.draft.method is Wanted.STABLE:
        words.append(tr("highest total, since a stable plan needs wishes of both sides"))
    return " \u00b7 ".join(words)


def let_go_text(count: int) -> str:
    """Pairs that were kept and are no longer, for others were put in their place."""
    words = trn(
        "{n} pair is no longer kept: there is no place left for it.",
        "{n} pairs are no longer kept: there is no place left for them.",
        count,
    )
    return words.format(n=number_text(count))


def no_stable_text(basis: Basis, found: Rankings) -> str:
    """Why no stable plan can be sought; "" where it can."""
    if found.usable:
        return ""
    if basis.mutual:
        return tr("Stable needs two sides: here everybody can be anybody's partner.")
    if not found.mentors and not found.mentees:
        return tr("Stable needs wishes: nobody here gave any for somebody of the other side.")
    if not found.mentors:
        return tr("Stable needs wishes of both sides: no mentor here gave any for a mentee of this round.")
    return tr("Stable needs wishes of both sides: no mentee here gave any for a mentor of this round.")


def list_words(kind: ProgrammeKind) -> tuple[tuple[str, str], tuple[str, str]]:
    """Of the lists at the left and at the right: the title with its count {n}, and the name for a screen reader."""
    if kind is ProgrammeKind.MUTUAL:
        return (tr("Partners ({n})"), tr("Without a tandem")), (tr("With ({n})"), tr("Without a tandem, to pair with"))
    return (tr("Mentors ({n})"), tr("Mentors with a free place")), (tr("Mentees ({n})"), tr("Mentees without a tandem"))


def choose_text(basis: Basis, side: TandemSide) -> str:
    """Whom to choose next by hand, on which side."""
    if basis.mutual:
        left = tr("Now select the other partner at the left.")
        return left if side is TandemSide.MENTOR else tr("Now select the other partner at the right.")
    return tr("Now select a mentor at the left.") if side is TandemSide.MENTOR else tr(
        "Now select a mentee at the right."
    )


def nothing_text(basis: Basis) -> str:
    """Why there is no pair."""
    if not basis.participants:
        return tr("Nobody is enrolled yet. Enrol the people who want to take part first.")
    if basis.mutual and not basis.waiting:
        return tr("Everybody has a tandem.")
    if basis.mutual and len(basis.waiting) == 1:
        return tr("One person alone is without a tandem. Enrol one more, then the two can be paired.")
    if not _enrolled(basis, TandemSide.MENTEE):
        return tr("Only mentors are enrolled so far. Enrol mentees too.")
    if not _enrolled(basis, TandemSide.MENTOR):
        return tr("Only mentees are enrolled so far. Enrol mentors too.")
    if not basis.waiting:
        return tr("Every mentee has a tandem.")
    if not basis.places:
        return tr("No mentor has a place left. Enrol more mentors, or raise how many partners they take.")
    return tr("No pair is possible under these rules. The third tab says who is blocked by which rule.")


def after_nothing(basis: Basis | None) -> tuple[str, Place]:
    """What to do when there is no pair, as the words of a button, and where that is."""
    if basis is not None and _enrolled(basis, TandemSide.MENTEE) and not basis.waiting:
        return tr("Go to the tandems"), Place("tandems")
    return tr("Go to the participants"), Place("programme", part="participants")


def _enrolled(basis: Basis, side: TandemSide) -> bool:
    """Whether there is anybody for this side, with a tandem or without; in mutual programmes either side is."""
    people = basis.participants.values()
    if basis.mutual:
        return bool(people)
    return any(one.teaches if side is TandemSide.MENTOR else one.learns for one in people)


def bans_text(before: Outcome | None, now: Outcome) -> str:
    """How many pairs are ruled out, and what the last one costs against ``before``, unless it was undone."""
    banned = now.basis.draft.banned
    n = len(banned)
    said = trn("{n} pair is ruled out.", "{n} pairs are ruled out.", n).format(n=n) if n else ""
    if before is None or not banned > before.basis.draft.banned:
        return said
    return f"{said} {change_text(before.plan, now.plan)}"


def change_text(before: Plan, after: Plan) -> str:
    """What the next best plan costs against the one before."""
    from app.pairing.plan import Method

    fewer = len(before.pairs) - len(after.pairs)
    lost = before.total - after.total
    if fewer > 0:
        text = trn("The next best plan has {n} pair less.", "The next best plan has {n} pairs less.", fewer)
        return text.format(n=fewer)
    if after.method is Method.STABLE and (fewer < 0 or lost < 0):  # no stable plan has the highest total
        return tr("The next stable plan has {cost} more.").format(cost=cost_text(-fewer, -lost))
    if fewer < 0 or lost < 0:
        return tr("The next best plan is better: what was kept had cost {cost}.").format(cost=cost_text(-fewer, -lost))
    if not lost:
        return tr("The next best plan is just as good.")
    text = trn("The next best plan costs {n} point.", "The next best plan costs {n} points.", lost)
    return text.format(n=number_text(lost))


def candidates_text(
    basis: Basis, called: Called, left: tuple[EnrolmentId, TandemSide], found: Sequence[Candidate]
) -> str:
    """Everybody whom one ``left`` over could be paired with: blocked by what, or how many points; the nearest first."""
    lines = []
    who, side = left
    for one in found[:MOST_CANDIDATES]:
        pair = (who, one.enrolment) if side is TandemSide.MENTOR else (one.enrolment, who)
        if one.blocked_by:
            why = broken_texts(one.blocked_by)
        elif one.ruled_out:
            why = decision_text(basis, pair)
        else:
            why = tr("{n} points, now in another pair").format(n=number_text(one.score))
        lines.append(tr("{name}: {why}").format(name=called.full(one.enrolment), why=why))
    if len(found) > MOST_CANDIDATES:
        more = len(found) - MOST_CANDIDATES
        lines.append(trn("and {n} more", "and {n} more", more).format(n=number_text(more)))
    return "\n".join(lines)


def cost_text(pairs_lost: int, points_lost: int) -> str:
    """What another plan costs: "12 points", "1 pair", "nothing"."""
    if pairs_lost > 0:
        return trn("{n} pair", "{n} pairs", pairs_lost).format(n=number_text(pairs_lost))
    if points_lost <= 0:
        return tr("nothing")
    return trn("{n} point", "{n} points", points_lost).format(n=number_text(points_lost))


def instead_text(basis: Basis, called: Called, found: Alternative) -> str:
    """Whom the two of a pair would get otherwise, and what the whole plan would lose by it."""
    gets = [None if one is None else called.full(one) for one in (found.mentor_gets, found.mentee_gets)]
    if basis.mutual:
        first, second = (_fate(one, got) for one, got in zip(called.briefly(found.pair), gets, strict=True))
        said = tr("Otherwise (costs {cost}): {mentee}, {mentor}")
        return said.format(mentee=second, mentor=first, cost=cost_text(found.pairs_lost, found.points_lost))
    free = tr("mentor free") if basis.enrolment(found.pair[0]).capacity == 1 else tr("mentor with a place free")
    mentor = free if gets[0] is None else tr("mentor with {name}").format(name=gets[0])
    mentee = tr("mentee left over") if gets[1] is None else tr("mentee with {name}").format(name=gets[1])
    text = tr("Otherwise (costs {cost}): {mentee}, {mentor}")
    return text.format(mentee=mentee, mentor=mentor, cost=cost_text(found.pairs_lost, found.points_lost))


def _fate(name: str, gets: str | None) -> str:
    """Whom one of two partners would get; ``name`` is brief, since the line is short."""
    return tr("{name} left over").format(name=name) if gets is None else tr("{name} with {partner}").format(
        name=name, partner=gets
    )
