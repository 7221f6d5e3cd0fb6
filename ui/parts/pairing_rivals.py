"""Plans to lay beside the one at hand: other aims, the other method, the usual values, the plan before a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.drafts import Aim, Method
from app.i18n import tr
from app.services.plans import Basis, opened, plan_of, turned
from ui.parts.pairing_fares import Fare, fares

if TYPE_CHECKING:
    from app.pairing.comparing import Comparison
    from app.pairing.plan import Plan
    from app.pairing.rounds import Round


class Rival(StrEnum):
    NOW = "now"
    PARTICIPATION = "participation"
    QUALITY = "quality"
    STABLE = "stable"
    USUAL = "usual"
    BEFORE = "before"


def rival_text(rival: Rival) -> str:
    return {
        Rival.NOW: tr("The plan now"),
        Rival.PARTICIPATION: tr("Participation first"),
        Rival.QUALITY: tr("Quality first"),
        Rival.STABLE: tr("Stable: nobody wants to swap"),
        Rival.USUAL: tr("The usual weights and rules"),
        Rival.BEFORE: tr("Before the last change"),
    }[rival]


def rival_sentence(rival: Rival) -> str:
    """When a plan of this kind is the one to take."""
    return {
        Rival.NOW: tr("With the weights, rules and decisions as they are."),
        Rival.PARTICIPATION: tr("For a programme in which nobody should be left out: as many pairs as possible."),
        Rival.QUALITY: tr("For a pilot or few places: the highest total, even if somebody is left over."),
        Rival.STABLE: tr(
            "For rounds in which both sides ranked their wishes: no two would rather have each other than the "
            "partners they got. It keeps people from swapping in secret; the total may be lower."
        ),
        Rival.USUAL: tr("With the values that this kind of programme starts with."),
        Rival.BEFORE: tr("What the last change of weights, rules or decisions has moved."),
    }[rival]


def second_plan_text(chosen: tuple[Rival, Rival], *, stable: bool, before: bool) -> str:
    """How to get a second plan where both that were ``chosen`` are one; what there is to choose: see `CompareView`."""
    said = [tr("The same plan is chosen twice.")] if chosen[0] is chosen[1] else []
    if before and Rival.BEFORE not in chosen:
        said.append(tr("Choose \u201cBefore the last change\u201d to see what your last change has moved."))
    else:
        said.append(tr("Choose another plan above."))
        said.append(
            tr("Or rule a pair out, keep another one or move a weight: then the plan before it can be compared here.")
        )
    if not stable:
        said.append(tr("A stable plan comes with wishes of both sides."))
    return " ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two plans for the same people; ranks and totals by the scores of the round at hand."""

    basis: Basis
    plans: tuple[Plan, Plan]
    comparison: Comparison
    fares: tuple[Fare, ...]  # everybody who is to be paired


def compared(basis: Basis, one: Rival, other: Rival, former: Plan | None) -> Compared:
    """Solves both and lays them side by side; on a round of its own, so that any thread may."""
    round_ = opened(basis)
    plans = _plan(basis, round_, one, former), _plan(basis, round_, other, former)
    comparison = round_.compared(*plans)
    return Compared(basis=basis, plans=plans, comparison=comparison, fares=fares(basis, comparison))


def _plan(basis: Basis, round_: Round, rival: Rival, former: Plan | None) -> Plan:
    draft = basis.draft
    match rival:
        case Rival.NOW:
            return plan_of(round_, draft.method)
        case Rival.BEFORE:
            return former if former is not None else plan_of(round_, draft.method)
        case Rival.STABLE:
            return plan_of(round_, Method.STABLE)
        case Rival.USUAL:
            usual = replace(basis.programme, rules={}, weights={}, numbers={}, musts=frozenset())
            return plan_of(turned(round_, replace(basis, programme=usual)), draft.method)
        case _:
            aim = Aim.QUALITY if rival is Rival.QUALITY else Aim.PARTICIPATION
            return turned(round_, replace(basis, draft=replace(draft, aim=aim))).plan
