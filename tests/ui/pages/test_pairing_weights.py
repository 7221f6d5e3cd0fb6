"""Weights, rules and presets beside the plan: they solve anew, are kept and undone. Wishes and the stable plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import fill
from pairing_scene import opened, settled, shown_pairs
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.drafts import Method
from app.domain.presets import PRESETS, preset_of
from app.domain.programmes import Criterion, Number, Programme, Rule, Strictness
from app.places import places
from app.services import people as person_verbs
from app.settings import Settings
from app.store.people import all_people
from app.store.programmes import programme
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk, Saying
from ui.pages.pairing import PairingPage
from ui.parts.pairing_rivals import Rival
from ui.parts.pairing_switch import COMPARED

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Desk:
    fill(vault)
    return Desk(vault, places(home), Settings())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[PairingPage]:
    made = opened(desk, qtbot)
    yield made
    qtbot.waitUntil(lambda: not tasks.running())  # it reads the vault


def test_a_weight_solves_while_it_moves_and_is_kept_when_let_go(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    page.weights_button.setChecked(True)
    skills = {row.pair: row.parts[0].share for row in page.board.proposals.rows()}
    page.weights.slider(Criterion.SKILLS).setValue(2)
    qtbot.waitUntil(lambda: all(row.parts[0].share < skills[row.pair] for row in page.board.proposals.rows()))
    stored = programme(desk.vault, desk.programme)
    assert stored is not None
    assert stored.weight(Criterion.SKILLS) == 10
    page.flush()
    stored = programme(desk.vault, desk.programme)
    assert stored is not None
    assert stored.weight(Criterion.SKILLS) == 2
    desk.undo()
    stored = programme(desk.vault, desk.programme)
    assert stored is not None
    assert stored.weight(Criterion.SKILLS) == 10


def test_a_rule_is_chosen_and_kept(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    field = page.weights.rule(Rule.SAME_TEAM)
    field.set_value(Strictness.HARD)
    field.edited.emit()
    stored = programme(desk.vault, desk.programme)
    assert stored is not None
    assert stored.rules == {Rule.SAME_TEAM: Strictness.HARD}
    settled(qtbot, page)


def test_a_number_of_levels_a_must_and_a_preset_are_one_step_each(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    weights = page.weights

    def stored() -> Programme:
        assert desk.programme is not None
        found = programme(desk.vault, desk.programme)
        assert found is not None
        return found

    usual = stored()
    levels = weights.rules.number(Number.LEVEL_MAX)
    levels.set_value(3)
    levels.edited.emit()
    weights.rule(Rule.LEVEL_FAR).set_value(Strictness.HARD)
    weights.rule(Rule.LEVEL_FAR).edited.emit()
    settled(qtbot, page)
    assert stored().number(Number.LEVEL_MAX) == 3
    assert shown_pairs(page) == set()  # all pairs are four levels apart
    assert weights.preset.input.currentText() == "Own values"
    weights.preset.choose("reverse")
    settled(qtbot, page)
    assert stored() == usual
    assert len(shown_pairs(page)) == 2
    weights.weights.must(Criterion.WISHES).click()
    settled(qtbot, page)
    assert stored().musts == {Criterion.WISHES}
    desk.undo()
    assert stored() == usual
    desk.undo()
    assert stored().rule(Rule.LEVEL_FAR) is Strictness.HARD


def test_own_values_can_not_be_picked(page: PairingPage) -> None:
    field = page.weights.preset
    field.input.activated.emit(field.input.findText("Own values"))
    assert field.input.currentIndex() == 0
    assert field.sentence.text()


def test_presets_of_other_kinds_are_there_and_bring_their_kind(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    said: list[Saying] = []
    desk.said.connect(said.append)
    field = page.weights.preset
    shown = [field.input.itemText(place) for place in range(field.input.count())]
    assert [text for text in shown if text.startswith("Buddies")] == ["Buddies (becomes Mutual mentoring)"]
    field.choose("buddy")
    settled(qtbot, page)
    stored = programme(desk.vault, desk.programme)
    assert stored is not None
    assert preset_of(stored) == next(one for one in PRESETS if one.key == "buddy")
    assert said[-1].text == "4 people are tandem partners now"
    assert said[-1].undo
    assert field.input.currentText() == "Buddies"
    field.choose("group")
    settled(qtbot, page)
    assert "4 people are mentors and mentees still" in said[-1].text
    desk.undo()
    desk.undo()
    settled(qtbot, page)
    assert field.input.currentText() == "Reverse mentoring"


# Wishes


def wish(desk: Desk, who: str, *whom: str) -> None:
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    desk.do(person_verbs.set_wishes, by_name[who], [by_name[one] for one in whom])


def compared(qtbot: QtBot, page: PairingPage, other: Rival) -> None:
    page.show_view(COMPARED)
    page.compare_view.other.field.set_value(other)
    page.compare_view.other.field.edited.emit()
    qtbot.waitUntil(lambda: not page.work.comparing)


def test_two_plans_tell_wishes_and_points_each_as_what_they_are(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    compared(qtbot, page, Rival.QUALITY)
    view = page.compare_view
    hidden = {column.key: view.table.isColumnHidden(at) for at, column in enumerate(view.model.columns)}
    assert hidden["one_wish"]
    assert hidden["other_wish"]
    assert view.one.best.text() == "By points: 4 of 4 people get whom they score best with"
    wish(desk, "Adler", "Dorn", "Celik")  # contrary to what they offer and seek
    wish(desk, "Dorn", "Adler")
    settled(qtbot, page)
    compared(qtbot, page, Rival.STABLE)
    qtbot.waitUntil(lambda: "By wishes" in view.other.best.text())
    assert "By wishes: 0 of 2 who gave wishes get the first one" in view.one.best.text()
    assert "By wishes: 2 of 2 who gave wishes get the first one" in view.other.best.text()
    assert "By points: 4 of 4" in view.one.best.text()
    assert "By points: 0 of 4" in view.other.best.text()
    rows = {row.person.family_name: row for row in view.model.records()}
    assert (rows["Adler"].one_wish, rows["Adler"].other_wish) == ("wish 2", "wish 1")
    assert (rows["Dorn"].one_wish, rows["Dorn"].other_wish) == ("no wish", "wish 1")
    assert (rows["Berg"].one_wish, rows["Berg"].other_wish) == ("", "")
    assert (rows["Adler"].one_rank, rows["Adler"].other_rank) == ("1 of 2", "2 of 2")
    shown = [column.key for at, column in enumerate(view.model.columns) if not view.table.isColumnHidden(at)]
    assert {"one_wish", "other_wish", "one_rank", "other_rank"} <= set(shown)


def test_a_stable_plan_says_what_else_by_its_own_method(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    wish(desk, "Adler", "Dorn", "Celik")
    wish(desk, "Dorn", "Adler")
    settled(qtbot, page)
    assert page.outcome is not None
    best = page.outcome.plan
    with qtbot.waitSignal(page.work.looked) as looked:
        page.seek(method=Method.STABLE)
    stable = page.outcome.plan
    assert stable.ids() != best.ids()
    assert tuple(looked.args[0].alternatives) == stable.ids()


def test_stable_is_grey_without_wishes_and_a_plan_that_was_to_be_stable_says_what_it_is(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    page.weights_button.setChecked(True)
    field = page.weights.method

    def offered() -> bool:
        return bool(field.input.model().flags(field.input.model().index(1, 0)) & Qt.ItemFlag.ItemIsEnabled)

    assert not offered()
    assert "nobody here gave any" in field.input.accessibleDescription()
    wish(desk, "Adler", "Celik")
    settled(qtbot, page)
    assert not offered()
    assert "no mentee here" in field.input.accessibleDescription()
    wish(desk, "Dorn", "Celik")  # both are mentees
    settled(qtbot, page)
    assert not offered()
    wish(desk, "Dorn", "Adler")
    settled(qtbot, page)
    assert offered()
    page.seek(method=Method.STABLE)
    settled(qtbot, page)
    assert "stable by the wishes" in page.subtitle.text()
    assert "proved" not in page.subtitle.text()
    wish(desk, "Dorn")
    settled(qtbot, page)
    assert field.value() is Method.STABLE
    assert "highest total, since a stable plan needs wishes of both sides" in page.subtitle.text()
    assert "no mentee here" in field.input.accessibleDescription()
    page.seek(method=Method.OPTIMAL)
    settled(qtbot, page)
    assert "since" not in page.subtitle.text()
