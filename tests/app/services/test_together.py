from __future__ import annotations

from datetime import date

import pytest

from app.domain.ids import ProgrammeId, TandemId
from app.domain.tandems import Tandem, TandemSide, TandemState
from app.errors import Fault
from app.services import demo, tandems, together
from app.store import meetings, programmes
from app.store import tandems as stored
from app.store.vault import Vault

TODAY = date(2026, 11, 22)
DAY = date(2026, 11, 20)


@pytest.fixture
def programme(vault: Vault) -> ProgrammeId:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, TODAY)
    return programmes.all_programmes(vault)[0].id


def all_of(vault: Vault, programme: ProgrammeId) -> tuple[Tandem, ...]:
    return stored.of_programme(vault, programme)


def without_consents(vault: Vault, programme: ProgrammeId, count: int) -> tuple[TandemId, ...]:
    """Tandems that are proposed, as just accepted, of which the first mentor alone has consented."""
    chosen = tuple(one.id for one in all_of(vault, programme) if one.state is TandemState.ACTIVE)[:count]
    with vault.change("tandems.consent", undoable=False) as change:
        for identity in chosen:
            found = stored.tandem(change, identity)
            assert found is not None
            for member in found.members:
                tandems.consent(change, member.id, None)
        first = stored.tandem(change, chosen[0])
        assert first is not None
        tandems.consent(change, first.mentor.id, date(2026, 1, 7))
    return chosen


def consents(vault: Vault, ids: tuple[TandemId, ...]) -> list[tuple[date | None, date | None]]:
    found = [stored.tandem(vault, identity) for identity in ids]
    return [(one.mentor.consent_on, one.mentee.consent_on) for one in found if one is not None]


def test_open_consents_of_many_are_one_step_and_those_there_keep_their_day(
    vault: Vault, programme: ProgrammeId
) -> None:
    chosen = without_consents(vault, programme, 5)
    before = consents(vault, chosen)
    with vault.change("together.record_consents") as change:
        done = together.record_consents(change, chosen, together.BOTH_SIDES, DAY)
    assert done == together.Recorded(count=9)
    assert consents(vault, chosen) == [(date(2026, 1, 7), DAY)] + [(DAY, DAY)] * 4
    vault.undo()
    assert consents(vault, chosen) == before


def test_one_side_alone(vault: Vault, programme: ProgrammeId) -> None:
    chosen = without_consents(vault, programme, 3)
    with vault.change("together.record_consents") as change:
        assert together.record_consents(change, chosen, {TandemSide.MENTEE}, DAY).count == 3
    assert [mentee for _, mentee in consents(vault, chosen)] == [DAY] * 3
    assert [mentor for mentor, _ in consents(vault, chosen)] == [date(2026, 1, 7), None, None]


def test_a_tandem_that_is_over_gets_nothing(vault: Vault, programme: ProgrammeId) -> None:
    chosen = without_consents(vault, programme, 2)
    with vault.change("tandems.set_state") as change:
        tandems.set_state(change, chosen[1], TandemState.ENDED)
    found = tuple(one for one in all_of(vault, programme) if one.id in chosen)
    assert len(together.open_consents(found)) == 1
    assert chosen[1] not in together.open_agreements(found)
    with vault.change("together.record_consents") as change:
        assert together.record_consents(change, chosen, together.BOTH_SIDES, DAY).count == 1
    assert consents(vault, chosen)[1] == (None, None)


def test_agreements_not_yet_signed(vault: Vault, programme: ProgrammeId) -> None:
    running = tuple(one.id for one in all_of(vault, programme) if one.state is TandemState.ACTIVE)[:3]
    with vault.change("tandems.edit_agreement") as change:
        for identity, day in zip(running, (date(2026, 2, 2), None, None), strict=True):
            tandems.edit_agreement(change, identity, signed_on=day)
    with vault.change("together.record_agreements") as change:
        assert together.record_agreements(change, running, DAY) == together.Recorded(count=2)
    found = {one.id: one.agreement.signed_on for one in all_of(vault, programme)}
    assert [found[identity] for identity in running] == [date(2026, 2, 2), DAY, DAY]


def test_the_next_meeting_of_each_active_tandem_once_a_day(vault: Vault, programme: ProgrammeId) -> None:
    everybody = all_of(vault, programme)
    active = [one for one in everybody if one.state is TandemState.ACTIVE]
    planned = meetings.of_programme(vault, programme)
    waiting = [one for one in active if any(meeting.held_on is None for meeting in planned[one.id])]
    assert 0 < len(waiting) < len(everybody)
    ids = tuple(one.id for one in everybody)
    free = date(2026, 11, 21)
    assert all(meeting.held_on != free for found in planned.values() for meeting in found)
    with vault.change("together.record_meetings") as change:
        assert together.record_meetings(change, ids, free, 90) == len(waiting)
        assert together.record_meetings(change, ids, free, 90) == 0
    after = meetings.of_programme(vault, programme)
    for one in everybody:
        new = [new for new, old in zip(after.get(one.id, ()), planned.get(one.id, ()), strict=True) if new != old]
        assert len(new) == (one in waiting)
        if new:
            assert (new[0].held_on, new[0].minutes) == (free, 90)
            assert all(m.held_on for m in after[one.id] if m.number < new[0].number)


def test_a_tandem_that_is_gone_refuses_all(vault: Vault, programme: ProgrammeId) -> None:
    chosen = without_consents(vault, programme, 2)
    before = consents(vault, chosen)
    with pytest.raises(Fault, match="record.gone"), vault.change("together.record_consents") as change:
        together.record_consents(change, (*chosen, TandemId(1)), together.BOTH_SIDES, DAY)
    assert consents(vault, chosen) == before


def proposed_anew(vault: Vault, programme: ProgrammeId, count: int) -> tuple[TandemId, ...]:
    """Pairs that were just accepted: nobody has consented, nothing is signed, no meeting is planned."""
    chosen = tuple(one for one in all_of(vault, programme) if one.state is TandemState.ACTIVE)[:count]
    with vault.change("tandems.accept", undoable=False) as change:
        tandems.remove(change, [one.id for one in chosen])
        return tuple(tandems.pair(change, programme, one.mentor.enrolment, one.mentee.enrolment) for one in chosen)


def states(vault: Vault, ids: tuple[TandemId, ...]) -> list[TandemState]:
    found = {one.id: one.state for one in stored.of_programme(vault, programmes.all_programmes(vault)[0].id)}
    return [found[identity] for identity in ids]


def test_consents_and_agreements_of_many_carry_them_on_in_the_same_step(vault: Vault, programme: ProgrammeId) -> None:
    chosen = proposed_anew(vault, programme, 3)
    with vault.change("tandems.edit_agreement") as change:
        assert tandems.edit_agreement(change, chosen[0], signed_on=DAY) is None
    found = tuple(one for one in all_of(vault, programme) if one.id in chosen)
    promised = together.with_consents(found, together.BOTH_SIDES, DAY)
    assert together.with_consents(found, {TandemSide.MENTOR}, DAY) == together.Recorded(count=3)
    with vault.change("together.record_consents") as change:
        done = together.record_consents(change, chosen, together.BOTH_SIDES, DAY)
    assert done == promised == together.Recorded(count=6, agreed=2, active=1)
    assert states(vault, chosen) == [TandemState.ACTIVE, TandemState.AGREED, TandemState.AGREED]
    found = tuple(one for one in all_of(vault, programme) if one.id in chosen)
    promised = together.with_agreements(found, DAY)
    with vault.change("together.record_agreements") as change:
        done = together.record_agreements(change, chosen, DAY)
    assert done == promised == together.Recorded(count=2, active=2)
    assert states(vault, chosen) == [TandemState.ACTIVE] * 3
    assert all(len(meetings.of_tandem(vault, identity)) == 6 for identity in chosen)
    vault.undo()
    assert states(vault, chosen) == [TandemState.ACTIVE, TandemState.AGREED, TandemState.AGREED]
    assert [len(meetings.of_tandem(vault, identity)) for identity in chosen] == [6, 0, 0]
    vault.undo()
    assert states(vault, chosen) == [TandemState.PROPOSED] * 3
