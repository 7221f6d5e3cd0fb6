"""Which step a programme is at: the one thing that its officer does next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app.domain.programmes import EnrolmentState, Programme
from app.domain.tandems import OPEN_STATES, Tandem, TandemState
from app.services.due import NOT_BEGUN, Due, DueKind
from app.store import drafts, people, programmes
from app.store.vault import Source


class NextStep(StrEnum):
    """In the order of a programme."""

    IMPORT = "import"  # nobody is known
    PROGRAMME = "programme"  # people, and no programme for them
    ENROL = "enrol"
    PAIR = "pair"
    PUBLISH = "publish"  # pairs are kept in the draft, and there is no tandem yet
    START = "start"  # tandems wait for consents, agreement or their start
    PLAN = "plan"  # an active tandem has no date ahead
    FOLLOW = "follow"  # all goes its way
    EVALUATE = "evaluate"  # the time is over, tandems are still open
    CERTIFICATES = "certificates"  # every tandem is over


def before_programme(source: Source) -> NextStep:
    """The step where there is no programme yet."""
    return NextStep.PROGRAMME if people.count(source) else NextStep.IMPORT


def next_step(
    source: Source, programme: Programme, pairs: Sequence[Tandem], found: Sequence[Due], today: date
) -> NextStep:
    """The step of a programme with these tandems, of which ``found`` is due."""
    states = {one.state for one in pairs}
    if not states:
        return _to_pair(source, programme)
    if states.isdisjoint(OPEN_STATES):
        return NextStep.CERTIFICATES if TandemState.COMPLETED in states else _to_pair(source, programme)
    if programme.ends_on is not None and programme.ends_on < today:
        return NextStep.EVALUATE
    if not states.isdisjoint(NOT_BEGUN):
        return NextStep.START
    kinds = {one.kind for one in found}
    if DueKind.NO_MEETING_PLANNED in kinds:
        return NextStep.PLAN
    return NextStep.PAIR if DueKind.UNPAIRED in kinds else NextStep.FOLLOW


def _to_pair(source: Source, programme: Programme) -> NextStep:
    enrolled = programmes.enrolments(source, programme.id)
    if all(one.state is EnrolmentState.WITHDRAWN for one in enrolled):
        return NextStep.ENROL if people.count(source) else NextStep.IMPORT
    return NextStep.PUBLISH if drafts.draft(source, programme.id).locked else NextStep.PAIR
