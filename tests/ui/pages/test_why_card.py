"""The card of a tandem that says why the two were put together, and whom each would have had instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.ids import ProgrammeId, TandemId
from app.domain.programmes import Criterion, Role
from app.domain.tandems import Origin, Reason
from app.places import places
from app.services import demo, drafts, people, plans, programmes
from app.services import tandems as verbs
from app.settings import Settings
from app.store import people as people_store
from app.store import publishings, tandems
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk
from ui.pages.tandem import TandemPage
from ui.parts.why_card import WhyCard, read_why


@pytest.fixture
def desk(vault: Vault, home: Path, qapp: QApplication) -> Desk:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    made = Desk(vault, places(home), Settings(language="en"))
    made.do(demo.fill, date.today())
    return made


@pytest.fixture
def made(desk: Desk) -> TandemId:
    """A published tandem of the demo's people in a programme of their own."""
    some = [one.id for one in people_store.all_people(desk.vault)[:8]]
    programme = desk.do(programmes.add, replace(programmes.blank(), title="Two"))
    desk.do(programmes.enrol, programme, some[:4], Role.MENTOR)
    desk.do(programmes.enrol, programme, some[4:], Role.MENTEE)
    found = desk.do(drafts.publish, programme, plans.solve(plans.read_basis(desk.vault, programme)).pairs)
    return TandemId(found[0])


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> TandemPage:
    shown = TandemPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1068, 780)
    desk.changed.connect(lambda _: shown.refresh())
    shown.ensure_fresh()
    shown.show()
    return shown


def texts(card: WhyCard) -> str:
    return " ".join((card.score.text(), card.pros.text(), card.con.text()))


def test_it_tells_why_and_leads_to_the_others(desk: Desk, page: TandemPage, made: TandemId, qtbot: QtBot) -> None:
    page.show_record(made)
    card = page.why
    found = tandems.tandem(desk.vault, made)
    assert found is not None
    assert card.isVisibleTo(page)
    assert f"{found.score} of 1,000 points" in card.score.text()
    assert card.pros.text().startswith("For it: ")
    assert len(card.links) == 2
    link = card.links[0]
    assert link.accessibleName() == f"{link.text()}: show in People"
    mentor = people_store.person(desk.vault, found.mentor.person)
    assert mentor is not None
    assert link.accessibleDescription().startswith(f"Alternative for {mentor.full_name} (")
    assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
    link.setFocus()
    with qtbot.waitSignal(desk.went) as went:
        QTest.keyClick(link, Qt.Key.Key_Space)
    place = went.args[0]
    there = people_store.person(desk.vault, place.record)
    assert (place.page, there and there.full_name) == ("people", link.text())


def test_it_says_which_alternatives_are_in_a_tandem_by_now(desk: Desk, page: TandemPage, made: TandemId) -> None:
    found = tandems.tandem(desk.vault, made)
    assert found is not None
    other = desk.vault.row("SELECT enrolment_id FROM alternative WHERE tandem_id = ? AND side = 'mentor'", (made,))
    assert other is not None
    of_all = tandems.of_programme(desk.vault, found.programme)
    theirs = next(one for one in of_all if other[0] in {member.enrolment for member in one.members})
    page.show_record(made)
    assert f"now in tandem {theirs.number}" in page.why.links[0].accessibleDescription()
    desk.do(verbs.dissolve, [theirs.id])
    assert "now in tandem" not in page.why.links[0].accessibleDescription()


def test_who_asked_for_whom_and_a_confidential_warning_are_not_told(desk: Desk, made: TandemId) -> None:
    found = tandems.tandem(desk.vault, made)
    assert found is not None
    wished = Reason(Criterion.WISHES, 90, 100, ("mentor:1", "mentee:2"))
    with desk.vault.change("x") as change:
        text = tandems.reasons_text((*found.reasons, wished))
        change.execute("UPDATE tandem SET reasons = ? WHERE id = ?", (text, made))
        warned = '["confidential", "same_team"]'
        change.execute("UPDATE published_pair SET warnings = ? WHERE tandem_id = ?", (warned, made))
    found = tandems.tandem(desk.vault, made)
    assert found is not None
    assert publishings.warnings_of(desk.vault, made) == ("confidential", "same_team")
    why = read_why(desk.vault, found, {})
    assert why is not None
    assert "ish" not in repr((why.pros, why.con))
    assert why.con == "both work in the same team"


def test_a_person_deleted_for_good_is_gone_from_it_and_undo_keeps_it_right(
    desk: Desk, page: TandemPage, made: TandemId
) -> None:
    page.show_record(made)
    name = page.why.links[0].text()
    there = next(one for one in people_store.all_people(desk.vault) if one.full_name == name)
    desk.do(verbs.remove, [one.id for one in tandems.of_person(desk.vault, there.id)])
    if tandems.tandem(desk.vault, made) is None:
        pytest.fail("the alternative is not a member of the same tandem")
    desk.do(people.remove, [there.id])
    assert name not in [link.text() for link in page.why.links]
    desk.undo()
    assert name in [link.text() for link in page.why.links]


def test_a_tandem_of_which_nothing_is_known_has_no_such_card(desk: Desk, page: TandemPage, made: TandemId) -> None:
    page.show_record(made)
    assert page.why.isVisibleTo(page)
    with desk.vault.change("x") as change:
        change.execute("UPDATE tandem SET reasons = '[]' WHERE id = ?", (made,))
    page.refresh()
    assert not page.why.isVisibleTo(page)


def test_a_pair_made_by_hand_tells_why_without_others(desk: Desk, page: TandemPage) -> None:
    some = [one.id for one in people_store.all_people(desk.vault)[:2]]
    programme = ProgrammeId(desk.do(programmes.add, replace(programmes.blank(), title="Two")))
    (mentor,) = desk.do(programmes.enrol, programme, some[:1], Role.MENTOR)
    (mentee,) = desk.do(programmes.enrol, programme, some[1:], Role.MENTEE)
    made = desk.do(verbs.pair, programme, mentor, mentee, Origin.BY_HAND)
    page.show_record(made)
    assert texts(page.why).count("points") == 1
    assert page.why.links == []


def test_it_speaks_german(desk: Desk, made: TandemId, qtbot: QtBot) -> None:
    i18n.set_language("de")
    card = WhyCard()
    qtbot.addWidget(card)
    found = tandems.tandem(desk.vault, made)
    assert found is not None
    members = {one.person: people_store.person(desk.vault, one.person) for one in found.members}
    card.show_why(made, read_why(desk.vault, found, {key: one for key, one in members.items() if one is not None}))
    assert card.heading.text() == "Warum diese beiden"
    assert "Punkten" in card.score.text()
    assert card.links[0].accessibleName().endswith("bei den Personen zeigen")
