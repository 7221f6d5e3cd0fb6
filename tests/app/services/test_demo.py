"""The demo: its shape, and that it is the same at every start."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from snapshots import check_search, do, run

from app import i18n
from app.domain.ids import ProgrammeId
from app.domain.meetings import MeetingState
from app.domain.tandems import Instead, TandemState
from app.services import demo, pairing
from app.services.due import DueKind, due
from app.store import alternatives, goals, houses, meetings, notes, people, programmes, tandems
from app.store.vault import Vault, create_vault

TODAY = date(2026, 11, 22)


@pytest.fixture
def filled(vault: Vault) -> ProgrammeId:
    with i18n.speaking("de"):
        return run(vault, demo.fill, TODAY)


def test_it_is_one_step_that_undo_takes_back_whole(vault: Vault) -> None:
    do(vault, demo.fill, TODAY)


@pytest.mark.parametrize("today", [TODAY, date(2024, 2, 29), date(2026, 7, 4), date(2027, 1, 1)])
def test_thirty_four_tandems_meet_six_times(vault: Vault, today: date) -> None:
    programme_id = run(vault, demo.fill, today)
    found = tandems.of_programme(vault, programme_id)
    met = meetings.of_programme(vault, programme_id)
    assert [tandem.number for tandem in found] == list(range(1, 35))
    assert {tandem.id: len(met[tandem.id]) for tandem in found} == {tandem.id: 6 for tandem in found}
    assert sum(map(len, met.values())) == 204
    states = Counter(one.state(today) for several in met.values() for one in several)
    assert states[MeetingState.HELD] > 80
    assert states[MeetingState.PLANNED] > 60
    assert states[MeetingState.DUE] >= 3
    assert states[MeetingState.LATE] >= 5
    assert all(one.held_on <= today for several in met.values() for one in several if one.held_on)
    programme = programmes.programme(vault, programme_id)
    assert programme is not None
    assert programme.starts_on is not None
    assert programme.ends_on is not None
    assert 180 <= (programme.ends_on - programme.starts_on).days <= 184
    assert programme.starts_on < today < programme.ends_on


def test_its_people(vault: Vault, filled: ProgrammeId) -> None:
    everybody = people.all_people(vault)
    assert len(everybody) == 80
    assert len({one.family_name for one in everybody}) == 80
    assert len({one.email for one in everybody}) == 80
    assert all(one.email.endswith(".example") and one.email.isascii() for one in everybody)
    departments = Counter(one.department for one in everybody if one.organisation is None and one.level != 1)
    assert len(departments) == 8
    assert len(people.all_confidences(vault)) >= 5
    assert houses.house(vault)["current_programme"] == str(filled)


def test_states_consents_and_scores_fit(vault: Vault, filled: ProgrammeId) -> None:
    found = tandems.of_programme(vault, filled)
    states = Counter(tandem.state for tandem in found)
    assert states[TandemState.ACTIVE] == 26
    assert set(states) == set(TandemState)
    for tandem in found:
        assert tandem.consented == (tandem.number not in demo.WITHOUT_CONSENT)
        assert 0 < tandem.score == sum(reason.points for reason in tandem.reasons)
    aims = goals.of_programme(vault, filled)
    assert sum(map(len, aims.values())) > 60
    assert any(goal.attainment == 1 for several in aims.values() for goal in several)


def test_something_of_everything_is_due(vault: Vault, filled: ProgrammeId) -> None:
    kinds = Counter(one.kind for one in due(vault, filled, TODAY))
    assert kinds[DueKind.MEETING_LATE] >= 5
    waited_for = {DueKind.NO_CONSENT, DueKind.NO_AGREEMENT, DueKind.GOAL_REVIEW, DueKind.MEETING_DUE, DueKind.UNPAIRED}
    assert waited_for <= set(kinds)


def test_some_are_left_to_be_paired(vault: Vault, filled: ProgrammeId) -> None:
    plan = pairing.propose(vault, filled)
    assert len(plan.pairs) >= 2
    ended = next(one for one in tandems.of_programme(vault, filled) if one.state is TandemState.ENDED)
    assert (ended.mentor.enrolment, ended.mentee.enrolment) not in {(pair.mentor, pair.mentee) for pair in plan.pairs}


def test_private_notes_are_searchable(vault: Vault, filled: ProgrammeId) -> None:
    assert filled
    assert len(notes.all_notes(vault)) == 6
    assert [hit.note.title for hit in notes.search(vault, "verschob")] == ["Termin stockt"]
    run(vault, check_search)


def everything(vault: Vault) -> list[object]:
    """All that is shown, without ids that are drawn afresh and without times of writing."""
    (programme,) = programmes.all_programmes(vault)
    topics = vault.rows("SELECT id, name_de FROM topic ORDER BY id")
    shown = [(one.list_name, one.skills, one.supervisor, one.languages, one.phone) for one in people.all_people(vault)]
    return [
        programme,
        topics,
        shown,
        tandems.of_programme(vault, programme.id),
        meetings.of_programme(vault, programme.id),
        goals.of_programme(vault, programme.id),
        [(one.title, one.body) for one in notes.all_notes(vault)],
    ]


@pytest.mark.usefixtures("quick_key")
def test_two_fillings_are_alike_and_the_languages_differ_in_words_alone(tmp_path: Path) -> None:
    vaults = []
    for name, language in (("a", "de"), ("b", "de"), ("c", "en")):
        vaults.append(create_vault(tmp_path / name, "demo"))
        with i18n.speaking(language):
            run(vaults[-1], demo.fill, TODAY)
    german, again, english = (everything(one) for one in vaults)
    assert german == again
    titles = [programmes.all_programmes(one)[0].title for one in vaults]
    assert titles == ["Reverse Mentoring 2026", "Reverse Mentoring 2026", "Reverse mentoring 2026"]
    written = [str(rows) for rows in english[-1:]]
    assert not any(character in "".join(written) for character in "äöüß")
    for one in vaults:
        one.close()


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
@pytest.mark.parametrize("today", [TODAY, date(2024, 2, 29)])
def test_the_kept_ratings_are_what_the_pairing_says(vault: Vault, today: date, spoken: str) -> None:
    with i18n.speaking(spoken):
        programme_id = run(vault, demo.fill, today, rate_anew=True)
        kept = demo.kept_ratings()
        rated = [(tandem.score, tandem.reasons) for tandem in tandems.of_programme(vault, programme_id)]
        assert rated == [(one.score, one.reasons) for one in kept], "run packaging/demo_ratings.py"
        enrolled = {one.person: one.id for one in programmes.enrolments(vault, programme_id)}
        for tandem, one in zip(tandems.of_programme(vault, programme_id), kept, strict=True):
            others = alternatives.of_tandem(vault, tandem.id).items()
            assert {Instead(side, enrolled[who], points) for side, (who, points) in others} == set(one.instead)
            assert len(others) == 2
