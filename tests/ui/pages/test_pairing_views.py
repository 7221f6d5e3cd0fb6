"""The heat map, the comparison and the ways out of the pairing page, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import add_person, enrolment_of, fill
from pairing_scene import opened, settled
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from app.domain.drafts import Aim, Decision, Method
from app.domain.ids import EnrolmentId, new_id
from app.domain.programmes import Number, Role, Rule, Strictness
from app.places import places
from app.services import people as person_verbs
from app.services import programmes as verbs
from app.settings import Settings
from app.store import drafts
from app.store.people import all_people
from app.store.programmes import programme
from app.store.tandems import of_programme
from app.store.vault import Vault
from ui import tasks, theme
from ui.desk import Desk, Place
from ui.pages.pairing import PairingPage
from ui.parts.pairing_cells import Mark, number, shade, tens
from ui.parts.pairing_map import HEAD_HEIGHT, HEAD_WIDTH, HeatMap
from ui.parts.pairing_map_sheet import Head, MapSheet
from ui.parts.pairing_rivals import Rival
from ui.parts.pairing_switch import COMPARED, MAP, PLAN

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


def looked(qtbot: QtBot, page: PairingPage) -> None:
    settled(qtbot, page)
    qtbot.waitUntil(lambda: not page.work.looking)


def someone(desk: Desk, family: str) -> EnrolmentId:
    assert desk.programme is not None
    return enrolment_of(desk.vault, desk.programme, family)


def heat(page: PairingPage) -> HeatMap:
    page.show_view(MAP)
    QApplication.processEvents()
    return page.map_view.map


# The heat map


def test_the_map_shows_every_pair_with_its_score_and_what_is_proposed(page: PairingPage) -> None:
    sheet = heat(page).sheet
    assert [one.name for one in sheet.mentors] == ["Adler, Ada", "Berg, Ben"]
    assert [one.name for one in sheet.mentees] == ["Celik, Cem", "Dorn, Dora"]
    scores = {(row.pair): row.score for row in page.board.proposals.rows()}
    assert sheet.scores[0][0] == scores[sheet.pair((0, 0))]
    assert sheet.scores[0][0] > sheet.scores[0][1]
    assert dict(sheet.marks) == {(0, 0): Mark.PROPOSED, (1, 1): Mark.PROPOSED}
    assert not sheet.blocked


def test_arrows_go_from_cell_to_cell_and_say_where_they_are(page: PairingPage) -> None:
    view = heat(page)
    view.setFocus()
    assert view.accessibleName().startswith("Heat map of all pairs: Ada Adler with Cem Celik")
    assert "in the plan" in view.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "Ada Adler with Dora Dorn" in view.accessibleName()
    assert "of 1000" in view.accessibleName()
    assert "Both" not in view.accessibleDescription()
    assert "not offered" in view.accessibleDescription()
    assert "Ada Adler" in page.panel.heading.text()
    assert "Dora Dorn" in page.panel.heading.text()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert "Ben Berg with Dora Dorn" in view.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert "Ben Berg with Dora Dorn" in view.accessibleName()  # the edge
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert "Ada Adler with Cem Celik" in view.accessibleName()


def test_enter_keeps_a_pair_delete_rules_it_out(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    view = heat(page)
    pair = someone(desk, "Adler"), someone(desk, "Dorn")
    view.choose(pair)
    QTest.keyClick(view, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert drafts.draft(desk.vault, desk.programme).decision(pair) is Decision.LOCKED
    assert dict(view.sheet.marks)[0, 1] is Mark.LOCKED
    assert view.pair() == pair  # where somebody was, they stay
    assert of_programme(desk.vault, desk.programme) == ()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert dict(view.sheet.marks)[0, 1] is Mark.BANNED
    assert "ruled out by hand" in view.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert drafts.draft(desk.vault, desk.programme).decision(pair) is None
    QTest.keyClick(view, Qt.Key.Key_L)
    settled(qtbot, page)
    assert drafts.draft(desk.vault, desk.programme).decision(pair) is Decision.LOCKED


def test_a_mentors_name_is_dragged_onto_a_mentee(qtbot: QtBot, page: PairingPage) -> None:
    view = heat(page)
    start = QPoint(40, int(view.cell_rect((1, 0)).center().y()))
    end = QPoint(int(view.cell_rect((0, 0)).center().x()), 30)  # the name of the first mentee
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    settled(qtbot, page)
    assert dict(view.sheet.marks) == {(1, 0): Mark.LOCKED, (0, 1): Mark.PROPOSED}


def dragged(view: HeatMap, end: QPoint, *, let_go: bool = True) -> None:
    """The second mentor's name, fetched and carried to ``end``."""
    start = QPoint(40, int(view.cell_rect((1, 0)).center().y()))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, end)
    if let_go:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_a_name_let_go_beside_the_mentees_pairs_nobody(page: PairingPage, desk: Desk) -> None:
    view = heat(page)
    steps = len(desk.vault.steps.done)
    column = view.cell_rect((0, 0)).center().toPoint().x()
    past = view.cell_rect((1, 0)).bottom() + 4
    for end in (QPoint(column, view.height() + 300), QPoint(column, int(past)), QPoint(column, -40), QPoint(20, 20)):
        dragged(view, end)
        assert len(desk.vault.steps.done) == steps, end


def test_escape_puts_a_dragged_name_back(page: PairingPage, desk: Desk) -> None:
    view = heat(page)
    steps = len(desk.vault.steps.done)
    end = view.cell_rect((0, 0)).center().toPoint()
    dragged(view, end, let_go=False)
    assert view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert len(desk.vault.steps.done) == steps


def test_the_column_below_a_dragged_name_is_marked(page: PairingPage) -> None:
    view = heat(page)
    other = view.cell_rect((0, 0)).toRect().adjusted(4, 4, 0, 0).topLeft()
    before = view.grab().toImage().pixelColor(other)
    dragged(view, view.cell_rect((1, 0)).center().toPoint(), let_go=False)
    assert view.grab().toImage().pixelColor(other) != before
    QTest.mouseMove(view, QPoint(20, 20))
    assert view.grab().toImage().pixelColor(other) == before
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_the_map_scrolls_below_a_name_held_at_its_edge(qtbot: QtBot, page: PairingPage) -> None:
    view = heat(page)
    page.map_view.area.setFixedSize(theme.px(HEAD_WIDTH) + 40, theme.px(HEAD_HEIGHT) + 40)
    bars = page.map_view.area.horizontalScrollBar(), page.map_view.area.verticalScrollBar()
    qtbot.waitUntil(lambda: all(bar.maximum() > 0 for bar in bars))
    corner = view.visibleRegion().boundingRect().bottomRight()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(40, corner.y() - 4))
    QTest.mouseMove(view, corner - QPoint(2, 2))
    qtbot.waitUntil(lambda: all(bar.value() == bar.maximum() for bar in bars))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corner - QPoint(2, 2))


def test_the_whole_map_is_seen_at_once_and_cells_grow_and_shrink(qtbot: QtBot, page: PairingPage) -> None:
    view, area = heat(page), page.map_view.area
    page.explainer.wait()  # these people are nobody's
    people = [Head(id=EnrolmentId(new_id()), name="Ott, Udo", full="Udo Ott") for _ in range(120)]
    scores = ((500,) * 60,) * 60
    view.show_sheet(MapSheet(mentors=tuple(people[:60]), mentees=tuple(people[60:]), scores=scores))
    bars = area.horizontalScrollBar(), area.verticalScrollBar()
    qtbot.waitUntil(lambda: all(bar.maximum() > 0 for bar in bars))
    QTest.mouseClick(page.map_view.whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bars[0].maximum() == 0)
    if bars[1].maximum():  # a low view: the panel below makes room
        QTest.mouseClick(page.map_view.why, Qt.MouseButton.LeftButton)
        assert not page.panel.isVisible()
    qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars))
    assert view.rect().contains(view.cell_rect((59, 59)).toRect())
    small = view.cell_rect((0, 0)).width()
    assert "Udo Ott" in view.cell_text((59, 59))
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.cell_rect((0, 0)).width() > small
    assert not page.map_view.whole.isChecked()
    QTest.mouseClick(page.map_view.smaller, Qt.MouseButton.LeftButton)
    grown = view.cell_rect((0, 0)).width()
    QTest.mouseClick(page.map_view.larger, Qt.MouseButton.LeftButton)
    assert view.cell_rect((0, 0)).width() > grown
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert page.map_view.whole.isChecked()
    view.grab()


def test_criteria_fall_below_each_other_where_there_is_no_room_for_two_columns(page: PairingPage) -> None:
    page.board.proposals.choose_nearest()
    (sheet, _), *_ = page.panel._lines.values()
    for width, down in ((300, True), (900, False)):
        sheet.resize(theme.px(width), 300)
        QApplication.sendEvent(sheet, QResizeEvent(sheet.size(), sheet.size()))
        assert (sheet.sides.direction() is QBoxLayout.Direction.TopToBottom) is down


def test_pointing_at_a_cell_explains_it_and_leaving_takes_it_back(page: PairingPage) -> None:
    view = heat(page)
    QTest.mouseMove(view, view.cell_rect((0, 1)).center().toPoint())
    assert "Dora Dorn" in page.panel.heading.text()
    QTest.mouseMove(view, view.cell_rect((0, 0)).center().toPoint())
    assert "Cem Celik" in page.panel.heading.text()


def test_a_blocked_pair_is_hatched_said_and_refused(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    desk.do(person_verbs.set_vetoes, by_name["Adler"], [by_name["Celik"]])
    settled(qtbot, page)
    view = heat(page)
    assert view.sheet.blocked == {(0, 0)}
    view.choose((someone(desk, "Adler"), someone(desk, "Celik")))
    assert "blocked by a rule" in view.accessibleName()
    assert "confidential" in view.accessibleDescription()
    assert "veto" not in (view.accessibleName() + view.accessibleDescription()).lower()
    steps = len(desk.vault.steps.done)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(desk.vault.steps.done) == steps


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_number_can_be_read_on_its_shade(qapp: QApplication, scheme: str) -> None:
    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    theme.apply(qapp, scheme)
    ink = light(theme.colour("text"))
    for score in range(0, 1001, 50):
        ground = light(shade(score))
        assert max(ink, ground) / min(ink, ground) >= 4.5, score
    assert number(824) == "82"
    assert shade(900) != shade(300)


def test_the_map_is_painted(page: PairingPage) -> None:
    view = heat(page)
    drawn = view.grab().toImage()
    high, low = (view.cell_rect(cell).toRect().adjusted(4, 4, 0, 0).topLeft() for cell in ((0, 0), (0, 1)))
    assert drawn.pixelColor(high) == shade(tens(view.sheet.scores[0][0]))
    assert drawn.pixelColor(low) == shade(tens(view.sheet.scores[0][1]))


# Two plans side by side


def compared(qtbot: QtBot, page: PairingPage, other: Rival) -> None:
    page.show_view(COMPARED)
    page.compare_view.other.field.set_value(other)
    page.compare_view.other.field.edited.emit()
    qtbot.waitUntil(lambda: not page.work.comparing)


def test_two_plans_lie_side_by_side(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    page.keep_pair((someone(desk, "Adler"), someone(desk, "Dorn")))
    settled(qtbot, page)
    compared(qtbot, page, Rival.BEFORE)
    view = page.compare_view
    rows = {row.person.family_name: row for row in view.model.records()}
    assert set(rows) == {"Adler", "Berg", "Celik", "Dorn"}
    assert (rows["Adler"].one, rows["Adler"].other) == ("Dora Dorn", "Cem Celik")
    assert (rows["Adler"].one_rank, rows["Adler"].other_rank) == ("2 of 2", "1 of 2")
    assert "The second gains" in view.said.text()
    assert "2 pairs" in view.one.figures.text()
    assert not page.panel.isVisible()
    page.show_view(PLAN)
    assert page.panel.isVisible()


def test_equal_plans_are_called_so_and_stable_is_offered_only_with_wishes(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    compared(qtbot, page, Rival.QUALITY)
    view = page.compare_view
    assert view.said.text() == "Both plans hold the same pairs."
    assert view.model.rowCount() == 0
    view.only.setChecked(False)
    assert view.model.rowCount() == 4
    assert view.other.field.input.findText("Stable: nobody wants to swap") == -1
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    desk.do(person_verbs.set_wishes, by_name["Adler"], [by_name["Dorn"]])
    desk.do(person_verbs.set_wishes, by_name["Dorn"], [by_name["Adler"]])
    settled(qtbot, page)
    qtbot.waitUntil(lambda: not page.work.comparing)
    assert view.other.field.value() is Rival.QUALITY
    compared(qtbot, page, Rival.STABLE)
    assert "ranked their wishes" in view.other.sentence.text()
    assert any(row.other == "Dora Dorn" for row in view.model.records())


def test_a_plan_of_the_comparison_is_taken(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    compared(qtbot, page, Rival.QUALITY)
    view = page.compare_view
    assert view.one.take.isHidden()
    QTest.mouseClick(view.other.take, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    draft = drafts.draft(desk.vault, desk.programme)
    assert (draft.aim, draft.method) == (Aim.QUALITY, Method.OPTIMAL)
    page.take(Rival.STABLE)
    assert drafts.draft(desk.vault, desk.programme).method is Method.STABLE
    desk.undo()
    desk.undo()
    assert drafts.draft(desk.vault, desk.programme).aim is Aim.PARTICIPATION
    qtbot.waitUntil(lambda: not page.work.comparing)


# Alternatives and ways out


def test_each_proposal_tells_its_alternative_and_what_it_costs(qtbot: QtBot, page: PairingPage) -> None:
    looked(qtbot, page)
    rows = {row.mentor.family_name: row for row in page.board.proposals.rows()}
    assert rows["Adler"].instead.startswith("Otherwise (costs")
    assert "mentee with Ben Berg, mentor with Dora Dorn" in rows["Adler"].instead
    assert rows["Adler"].instead in rows["Adler"].said


def test_who_is_blocked_is_freed_by_the_fewest_rules(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    boss = add_person(desk.vault, "Eva", "Ernst", level=1)
    desk.do(verbs.enrol, desk.programme, [boss], Role.MENTEE)
    third = add_person(desk.vault, "Fritz", "Falk", level=6)
    desk.do(verbs.enrol, desk.programme, [third], Role.MENTOR)
    desk.do(person_verbs.edit, boss, languages=("Deutsch",))
    for one in all_people(desk.vault):
        if one.family_name in ("Adler", "Berg", "Falk"):
            desk.do(person_verbs.edit, one.id, languages=("Englisch",))
    looked(qtbot, page)
    page.board.tabs.setCurrentIndex(2)
    row = next(at for at, left in enumerate(page.board.remaining_model.records()) if left.person.family_name == "Ernst")
    page.board.remaining.selectRow(row)
    assert "language" in page.panel.words.text().lower()
    assert page.panel.ease.isVisible()
    assert page.board.ways_out.lines()
    offered = [one for one in page.board.ways_out.findChildren(QPushButton) if one.isVisible()]
    assert offered
    QTest.mouseClick(page.panel.ease, Qt.MouseButton.LeftButton)
    looked(qtbot, page)
    stored = programme(desk.vault, desk.programme)
    assert stored is not None
    assert stored.rule(Rule.LANGUAGE) is Strictness.WARNING
    assert len(page.board.proposals.rows()) == 3


def test_the_protocol_is_one_click_away(page: PairingPage, desk: Desk) -> None:
    went: list[Place] = []
    desk.went.connect(went.append)
    QTest.mouseClick(page.protocol_button, Qt.MouseButton.LeftButton)
    assert went == [Place("documents", part="pairing_protocol")]


# Large text


@pytest.fixture
def large(qtbot: QtBot, desk: Desk, qapp: QApplication) -> Iterator[PairingPage]:
    """The page at 150 %, as wide as in a window of 1280 pixels."""
    theme.apply(qapp, "light", text_size=150)
    made = PairingPage(desk)
    qtbot.addWidget(made)
    made.resize(960, 720)
    made.show()
    made.ensure_fresh()
    qtbot.waitUntil(lambda: made.outcome is not None, timeout=20_000)
    yield made
    qtbot.waitUntil(lambda: not tasks.running())  # it reads the vault


def test_with_large_text_and_weights_open_everything_can_be_scrolled_to(qtbot: QtBot, large: PairingPage) -> None:
    large.weights_button.setChecked(True)
    board = large.board
    parts = (board.mentors, board.mentees, board.tabs, large.panel, large.weights)
    assert all(part.isVisible() for part in parts)
    area = large.frame.area

    def laid_out() -> bool:
        sheet = area.widget()
        assert sheet is not None
        ends = [part.mapTo(sheet, part.rect().bottomRight()) for part in parts]
        fits = all(end.x() < sheet.width() and end.y() < sheet.height() for end in ends)
        return fits and sheet.width() <= area.viewport().width()

    qtbot.waitUntil(laid_out)
    assert area.verticalScrollBar().maximum() > 0
    large.show_view(COMPARED)
    assert large.compare_view.isVisible()
    assert large.weights.isVisible()


def test_with_large_text_no_tab_is_cut(qtbot: QtBot, large: PairingPage) -> None:
    for shown in (False, True):
        large.weights_button.setChecked(shown)
        bar = large.board.tabs.tabBar()
        assert bar.elideMode() is Qt.TextElideMode.ElideNone
        qtbot.waitUntil(lambda bar=bar: large.board.tabs.width() >= bar.sizeHint().width())  # type: ignore[misc]


def test_a_number_of_levels_can_be_read_while_its_rule_is_off(large: PairingPage) -> None:
    large.weights_button.setChecked(True)
    for levels in (Number.LEVEL_MIN, Number.LEVEL_MAX):
        box = large.weights.rules.number(levels).input
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        room = box.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
        )
        assert box.currentText()
        assert room.width() >= box.fontMetrics().horizontalAdvance(box.currentText())


def test_a_page_that_goes_while_plans_are_compared_hears_no_more_of_it(desk: Desk, qtbot: QtBot) -> None:
    page = PairingPage(desk)
    page.show()
    page.ensure_fresh()
    settled(qtbot, page)
    page.show_view(COMPARED)
    assert page.work.comparing
    page.deleteLater()
    QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not tasks.running())  # an answer told now would find its labels gone
