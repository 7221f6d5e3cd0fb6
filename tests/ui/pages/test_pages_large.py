"""Every page at 200 % text size in a window of 1280 x 800, in both languages: no word, button or card is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, click, press

from app.store import tandems
from ui import tasks, theme
from ui.desk import Place
from ui.pages.documents import DocumentsPage
from ui.pages.pairing import PairingPage
from ui.pages.programme import ProgrammePage
from ui.pages.tandem import TandemPage
from ui.parts.card import ElidedLabel
from ui.parts.document_gallery import AROUND, in_two_lines
from ui.parts.document_sheets import SHEETS

PAGES = (
    "overview", "people", "programme", "pairing", "tandems", "tandem", "notes", "documents", "security", "settings",
)  # fmt: skip
RING = 4  # pixels: the ring of the focus is a part of what a button wants, and letters are measured in whole pixels


def shown(stage: Stage, key: str) -> QWidget:
    desk = stage.desk
    assert desk.programme is not None
    record = tandems.of_programme(desk.vault, desk.programme)[2].id if key == "tandem" else None
    desk.go(Place(key, record))
    stage.qtbot.waitUntil(lambda: not tasks.running(), timeout=60_000)
    at_rest(stage.page)
    return stage.page


def at_rest(page: QWidget) -> None:
    """Until layouts in layouts have told each other how high they are."""
    before: list[tuple[int, int]] = []
    for _ in range(20):
        QApplication.processEvents()
        now = [(one.width(), one.height()) for one in page.findChildren(QWidget)]
        if now == before:
            return
        before = now


def widget_cut(one: QWidget) -> bool:
    """Whether it is smaller than its words."""
    if isinstance(one, QPushButton):
        return bool(one.text()) and one.width() < one.sizeHint().width() - RING
    if not isinstance(one, QLabel) or isinstance(one, ElidedLabel) or not one.text():
        return False
    if one.wordWrap():
        return one.height() < one.heightForWidth(one.width()) - RING
    return one.width() < max(QFontMetrics(one.font()).horizontalAdvance(line) for line in one.text().split("\n")) - RING


def outside(page: QWidget, one: QWidget) -> bool:
    """Whether it ends right of what holds it: the page, or the area it scrolls up and down in."""
    around = one.parentWidget()
    while around is not None and around is not page and not isinstance(around, QAbstractScrollArea):
        around = around.parentWidget()
    if isinstance(around, QAbstractScrollArea) and around.horizontalScrollBar().maximum() > 0 and not isinstance(
        around, QScrollArea
    ):
        return False  # a table scrolls to both sides
    room = around.viewport() if isinstance(around, QAbstractScrollArea) else page
    place = QRect(one.mapTo(room, one.rect().topLeft()), one.size())
    return place.right() > room.rect().right() + 1 or place.left() < -1


def defects(page: QWidget) -> list[str]:
    found = []
    for one in page.findChildren(QWidget):
        if not one.isVisibleTo(page) or one.visibleRegion().isEmpty() and not one.height():
            continue
        if isinstance(one, QLabel | QPushButton) and one.text() and (widget_cut(one) or outside(page, one)):
            why = "cut" if widget_cut(one) else "outside"
            found.append(f"{why}: {one.text()!r} {one.width()}x{one.height()} of {one.sizeHint().toTuple()}")
    return found


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_cut(open_demo: OpenWindow, language: str) -> None:
    stage = open_demo(language, text_size=200)
    assert theme.text_size() == 200
    found = {key: cut for key in PAGES if (cut := defects(shown(stage, key)))}
    assert found == {}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_documents_titles_have_room_in_two_lines_each(open_demo: OpenWindow, language: str, size: int) -> None:
    stage = open_demo(language, text_size=size)
    page = shown(stage, "documents")
    assert isinstance(page, DocumentsPage)
    stage.qtbot.waitUntil(lambda: len(page._thumbnails) == len(SHEETS), timeout=60_000)
    gallery = page.gallery
    metrics = QFontMetrics(gallery.font())
    for row, sheet in enumerate(SHEETS):
        item = gallery.item(row)
        assert item.sizeHint().height() >= max(2 * metrics.lineSpacing(), gallery.iconSize().height())
        assert gallery.width() >= gallery.iconSize().width() + theme.px(AROUND) + in_two_lines(item.text(), metrics)
        picture = page._thumbnails[sheet.key].availableSizes()[0] / page.devicePixelRatioF()
        assert picture == gallery.iconSize()  # paper that lies and paper that stands: the words begin at one line
    assert page.pdf.width() > page.width() / 3


def test_both_names_of_a_tandem_are_read_whole(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo("de", text_size=200)
    page = shown(stage, "tandem")
    assert isinstance(page, TandemPage)
    for label in (page.heading, page.subtitle):
        qtbot.waitUntil(lambda label=label: label.height() >= label.heightForWidth(label.width()))  # type: ignore[misc]
        assert label.wordWrap()


def test_large_text_leaves_the_participants_the_whole_width_until_one_is_opened(open_demo: OpenWindow) -> None:
    stage = open_demo("en", text_size=200)
    page = shown(stage, "programme")
    assert isinstance(page, ProgrammePage)
    assert not page.panel.isVisible()
    assert page.table.width() == page.beside.width()
    page.table.setFocus()
    page.table.selectRow(0)
    press(page.table, "Return")
    assert page.panel.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.panel.role.isAncestorOf(focus)
    assert defects(page.panel) == []
    box = page.panel.role.input
    stage.qtbot.waitUntil(lambda: box.visibleRegion().boundingRect() == box.rect())
    click(page.beside.button)
    assert not page.panel.isVisible()
    page.table.selectAll()
    assert not page.panel.isVisible()  # put away by hand


@pytest.mark.parametrize(("size", "beside"), [(100, True), (200, False)])
def test_the_programmes_own_fields_lie_below_each_other_where_two_columns_have_no_room(
    open_demo: OpenWindow, size: int, beside: bool
) -> None:
    stage = open_demo("de", text_size=size)
    page = shown(stage, "programme")
    assert isinstance(page, ProgrammePage)
    page.tabs.setCurrentWidget(page.form)
    QApplication.processEvents()
    assert defects(page) == []
    lefts = {one.x() for one in page.form._cards}
    assert len(lefts) == (2 if beside else 1)
    assert len({one.geometry().topLeft().toTuple() for one in page.form._cards}) == 4


def test_the_two_of_a_pair_are_read_whole_in_their_sums(open_demo: OpenWindow) -> None:
    stage = open_demo("de", text_size=200)
    page = shown(stage, "pairing")
    assert isinstance(page, PairingPage)
    stage.qtbot.waitUntil(lambda: "→" in page.panel.heading.text())
    stage.qtbot.waitUntil(lambda: not widget_cut(page.panel.heading))


@pytest.mark.parametrize(("size", "wide", "beside"), [(100, 1280, True), (150, 1920, True), (200, 1920, False)])
def test_the_lists_beside_the_plan_keep_room_for_names_or_go_below_it(
    open_demo: OpenWindow, size: int, wide: int, beside: bool
) -> None:
    stage = open_demo("en", text_size=size, size=(wide, 1080))
    page = shown(stage, "pairing")
    assert isinstance(page, PairingPage)
    name = QFontMetrics(theme.font()).horizontalAdvance("Ackermann, Dieter")

    def besides() -> bool:
        middle = page.board.tabs.mapTo(page, page.board.tabs.rect().bottomLeft())
        return page.board.mentors.mapTo(page, page.board.mentors.rect().topLeft()).y() < middle.y()

    stage.qtbot.waitUntil(lambda: "→" in page.panel.heading.text() and besides() is beside)
    for view in (page.board.mentors, page.board.mentees):
        stage.qtbot.waitUntil(lambda view=view: view.viewport().width() > name + theme.px(30))  # type: ignore[misc]
    stage.qtbot.waitUntil(lambda: defects(page.panel) == [])
