"""A mutual programme knows partners, not mentors and mentees; and numbers that don't come out even are said plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import add_person, fill
from pairing_scene import opened as pairing_page
from pairing_scene import settled
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemSide
from app.places import places
from app.services import goals, notes, programmes, tandems
from app.services import people as person_verbs
from app.settings import Settings
from app.store import tandems as stored
from app.store import topics
from app.store.people import all_people
from app.store.programmes import enrolments
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk, Saying
from ui.dialogs.enrol_people import EnrolPeople
from ui.pages.overview import OverviewPage
from ui.pages.programme import PEOPLE, ProgrammePage
from ui.pages.tandem import TandemPage
from ui.pages.tandems import TandemsPage
from ui.parts.pairing_board import LEFT_TAB
from ui.parts.pairing_switch import MAP

ONE_SIDED = re.compile("mentor(?!ing)|mentee", re.IGNORECASE)


@pytest.fixture(params=("en", "de"))
def desk(vault: Vault, home: Path, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Desk]:
    i18n.set_language(request.param)
    theme.apply(qapp, "light")
    made = Desk(vault, places(home), Settings(language=request.param))
    made.do(programmes.edit, fill(vault), kind=ProgrammeKind.MUTUAL)
    yield made
    i18n.set_language("en")


def words_of(widget: QWidget) -> str:
    """All that labels say, and all names for screen readers."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return " | ".join([*labels, *(one.accessibleName() for one in widget.findChildren(QWidget) if one.isVisible())])


def shown(qtbot: QtBot, page: ProgrammePage | TandemsPage | TandemPage | OverviewPage) -> None:
    qtbot.addWidget(page)
    page.resize(1068, 780)
    page.show()
    page.ensure_fresh()


def titles(model: TandemsPage) -> list[str]:
    return [column.title for column in model.model.columns]


def test_a_programme_that_becomes_mutual_makes_everybody_a_partner_in_one_step(desk: Desk) -> None:
    assert desk.programme is not None
    assert {one.role for one in enrolments(desk.vault, desk.programme)} == {Role.BOTH}
    desk.undo()
    assert {one.role for one in enrolments(desk.vault, desk.programme)} == {Role.MENTOR, Role.MENTEE}
    desk.redo()
    new = add_person(desk.vault, "Eva", "Ernst")
    desk.do(programmes.enrol, desk.programme, [new], Role.MENTEE)
    assert {one.role for one in enrolments(desk.vault, desk.programme)} == {Role.BOTH}


def test_once_it_is_mutual_no_longer_the_officer_hears_that_all_stay_both(desk: Desk, qtbot: QtBot) -> None:
    page = ProgrammePage(desk)
    shown(qtbot, page)
    said: list[Saying] = []
    desk.said.connect(said.append)
    choice = page.form.kind.input
    choice.setCurrentIndex(list(ProgrammeKind).index(ProgrammeKind.CLASSIC))
    choice.activated.emit(choice.currentIndex())
    (told,) = said
    assert told.undo
    four = {"en": "4 people are mentors and mentees still", "de": "4 Personen sind weiterhin Mentor:innen und Mentees"}
    assert four[i18n.language()] in told.text


def test_no_page_speaks_of_mentors_or_mentees(desk: Desk, qtbot: QtBot) -> None:
    page = pairing_page(desk, qtbot)
    assert page.outcome is not None
    pair = page.outcome.plan.pairs[0]
    assert not ONE_SIDED.search(words_of(page.board))
    assert not [one for one in page.board.tandem_model.columns if ONE_SIDED.search(one.title)]
    made = desk.do(tandems.pair, page.outcome.basis.programme.id, pair.mentor, pair.mentee)
    desk.do(goals.add, made, baseline=1, target=3)
    listed, one, programme, overview = TandemsPage(desk), TandemPage(desk), ProgrammePage(desk), OverviewPage(desk)
    shown(qtbot, listed)
    assert not [title for title in titles(listed) if ONE_SIDED.search(title)]
    shown(qtbot, one)
    one.show_record(made)
    assert not ONE_SIDED.search(words_of(one))
    found = stored.tandem(desk.vault, made)
    assert found is not None
    assert one.shown is not None
    assert one.shown.partners() == {
        side: one.shown.people[found.on(side)[0].person].full_name for side in TandemSide
    }
    item = next(iter(one.goals.items.values()))
    assert any(name in item.facts.text() for name in one.shown.partners().values())
    shown(qtbot, programme)
    programme.tabs.setCurrentIndex(PEOPLE)
    programme.table.choose(programme.model.record(0).id)
    assert not ONE_SIDED.search(programme.subtitle.text() + words_of(programme.panel))
    assert not programme.panel.role.isVisible()
    assert not programme.panel.capacity.isVisible()
    assert {programme.model.index(row, 1).data() for row in range(programme.model.rowCount())} == {i18n.tr("Partner")}
    shown(qtbot, overview)
    assert not ONE_SIDED.search(words_of(overview))


def test_return_on_a_partner_leads_to_the_first_field_there_is(desk: Desk, qtbot: QtBot) -> None:
    page = ProgrammePage(desk)
    shown(qtbot, page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.tabs.setCurrentIndex(PEOPLE)
    page.table.choose(page.model.record(0).id)
    page.table.opened.emit(page.model.record(0))
    assert page.panel.expectations.text.hasFocus()


@pytest.mark.usefixtures("desk")
def test_who_is_enrolled_is_asked_no_role(qtbot: QtBot) -> None:
    dialog = EnrolPeople(None, ProgrammeKind.MUTUAL)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.role.isVisible()
    assert not dialog.capacity.isVisible()
    assert dialog.role.value() is Role.BOTH
    assert not ONE_SIDED.search(words_of(dialog))


def test_an_odd_number_is_said_to_be_odd(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    desk.do(programmes.enrol, desk.programme, [add_person(desk.vault, "Eva", "Ernst")], Role.BOTH)
    page = pairing_page(desk, qtbot)
    assert page.outcome is not None
    assert len(page.outcome.plan.pairs) == 2
    page.board.tabs.setCurrentIndex(LEFT_TAB)
    odd = i18n.tr("One person remains because the number of people is odd ({n}).").format(n=5)
    assert page.board.uneven.text().startswith(odd)
    assert page.board.remaining_model.record(0).cause == i18n.tr("The number is odd: everybody else has a partner")
    assert page.board.remaining_model.record(0).role == i18n.tr("Partner")
    desk.do(programmes.enrol, desk.programme, [add_person(desk.vault, "Finn", "Falk")], Role.BOTH)
    qtbot.waitUntil(lambda: page.outcome is not None and len(page.outcome.plan.pairs) == 3)
    assert not page.board.uneven.isVisible()


def test_one_alone_and_nobody_left_are_said(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    one, *others = [enrolment.id for enrolment in enrolments(desk.vault, desk.programme)]
    desk.do(programmes.leave, others)
    page = pairing_page(desk, qtbot)
    assert page.outcome is not None
    assert list(page.outcome.basis.waiting) == [one]
    assert page.board.nothing.isVisible()
    said = "One person alone is without a tandem. Enrol one more, then the two can be paired."
    assert i18n.tr(said) in words_of(page.board.nothing)


def test_too_few_places_and_too_few_mentees_are_said_in_numbers(vault: Vault, home: Path, qtbot: QtBot) -> None:
    i18n.set_language("en")
    desk = Desk(vault, places(home), Settings(language="en"))
    programme = fill(vault)
    more = [add_person(vault, "Extra", f"Mentee{n}") for n in range(3)]
    ids = desk.do(programmes.enrol, programme, more, Role.MENTEE)
    page = pairing_page(desk, qtbot)
    assert page.outcome is not None
    assert page.board.uneven.text().startswith("3 mentees remain: 2 free places with mentors for 5 mentees.")
    assert "Partners at most" in page.board.uneven.text()
    assert {row.cause for row in page.outcome.sheet.remaining} == {"More mentees than places with mentors"}
    desk.do(programmes.leave, ids)
    desk.do(programmes.enrol, programme, [add_person(vault, "Extra", "Mentor")], Role.MENTOR)
    qtbot.waitUntil(lambda: page.board.uneven.text().startswith("1 mentor remains because every mentee has a partner"))


def test_the_roster_enrols_partners_alone(desk: Desk, qtbot: QtBot) -> None:
    from ui.pages.people import PeoplePage

    page = PeoplePage(desk)
    qtbot.addWidget(page)
    page.resize(1068, 780)
    page.show()
    page.ensure_fresh()
    qtbot.waitUntil(lambda: page.roster.around.kind is ProgrammeKind.MUTUAL)
    page.list.table.selectAll()
    qtbot.waitUntil(page.selection.partners.isVisible)
    assert not page.selection.mentors.isVisible()
    assert not page.selection.mentees.isVisible()
    assert not ONE_SIDED.search(words_of(page.selection))


def test_the_roster_says_partner_and_finds_by_it(desk: Desk, qtbot: QtBot) -> None:
    from ui.pages.people import PeoplePage

    page = PeoplePage(desk)
    qtbot.addWidget(page)
    page.resize(1068, 780)
    page.show()
    page.ensure_fresh()
    qtbot.waitUntil(lambda: page.roster.around.kind is ProgrammeKind.MUTUAL)
    role = [column.key for column in page.list.model.columns].index("role")
    partner = i18n.tr("Partner")
    assert {page.list.model.index(row, role).data() for row in range(page.list.model.rowCount())} == {partner}
    assert all(partner.casefold() in entry.hay for entry in page.roster.entries)
    assert desk.programme is not None
    desk.do(programmes.edit, desk.programme, kind=ProgrammeKind.CLASSIC)  # everybody's part stays as it is
    page.ensure_fresh()
    page.refresh()
    qtbot.waitUntil(lambda: page.roster.around.kind is ProgrammeKind.CLASSIC)
    assert {page.list.model.index(row, role).data() for row in range(page.list.model.rowCount())} == {i18n.tr("Both")}


def test_the_private_panel_holds_the_skill_gaps_of_both(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    one, two = (enrolment.id for enrolment in enrolments(desk.vault, desk.programme)[:2])
    made = desk.do(tandems.pair, desk.programme, one, two)
    tandem = stored.tandem(desk.vault, made)
    assert tandem is not None
    mentor, mentee = (tandem.on(side)[0].person for side in (TandemSide.MENTOR, TandemSide.MENTEE))
    topic, alone = (one.id for one in list(topics.all_topics(desk.vault))[:2])
    for person, about in ((mentor, topic), (mentee, topic), (mentor, alone)):
        desk.do(notes.add_gap, person, about, seen=1, wanted=3)
    page = TandemPage(desk)
    page.show_record(made)
    shown(qtbot, page)
    other = page.private.other_gaps
    assert other is not None
    assert (page.private.gaps.person, other.person) == (mentee, mentor)
    assert other.isVisible()
    assert (list(page.private.gaps.items), list(other.items)) == ([topic], sorted((topic, alone)))
    page.private.complete()
    called = [
        [one.more_button, one.again_button, one.remove_button, *one.seen.buttons()]
        for one in (page.private.gaps.items[topic], other.items[topic])
    ]
    for ours, theirs in zip(*called, strict=True):  # of the same topic: each says whose it is
        assert ours.accessibleName() != theirs.accessibleName()
    assert page.private.gaps.adder.input.accessibleName() != other.adder.input.accessibleName()
    desk.do(programmes.edit, desk.programme, kind=ProgrammeKind.CLASSIC)
    page.refresh()
    assert not other.isVisible()
    assert page.private.gaps.person == mentee


def test_both_cells_of_a_planned_pair_tell_the_same(desk: Desk, qtbot: QtBot) -> None:
    page = pairing_page(desk, qtbot)
    page.show_view(MAP)
    assert page.outcome is not None
    pair = page.outcome.plan.pairs[0].ids
    told = []
    for cell in (pair, pair[::-1]):
        page.map_view.map.choose(cell)
        assert page.explainer.pair() == pair
        told.append(page.panel.said())
    assert told[0] == told[1]
    page.map_view.map.choose(pair[::-1])
    page.toggle_ban(pair)
    settled(qtbot, page)
    assert page.outcome.basis.draft.banned == {pair}


def test_who_is_left_over_by_a_rule_is_not_said_to_be_so_by_an_odd_number(desk: Desk, qtbot: QtBot) -> None:
    new = add_person(desk.vault, "Eva", "Ernst")
    assert desk.programme is not None
    desk.do(programmes.enrol, desk.programme, [new], Role.BOTH)
    others = [one.id for one in all_people(desk.vault) if one.id != new]
    desk.do(person_verbs.set_vetoes, new, others)
    page = pairing_page(desk, qtbot)
    hint = page.board.uneven.text()
    assert {"en": "nobody who fits", "de": "passt niemand"}[i18n.language()] in hint
    assert {"en": "odd", "de": "ungerade"}[i18n.language()] not in hint
