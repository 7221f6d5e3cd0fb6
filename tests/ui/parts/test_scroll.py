"""A screen reader may ask any scroll area for any child, at any moment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject
from PySide6.QtGui import QAccessible
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from ui import theme
from ui.desk import Place
from ui.parts.scroll import MarginScroll, Scroll, told_as_widget
from ui.shell.pages import PAGES

CHECKED = ("QWidget", "QPlainTextEdit", "QTextEdit", "QTextBrowser")


def told_as(area: QAbstractScrollArea) -> str:
    """The class by the name of which Qt chooses what it tells; "" for what it takes for a scroll area."""
    known: QMetaObject | None = area.metaObject()
    while known is not None and known.className() not in (*CHECKED, "QAbstractScrollArea"):
        known = known.superClass()
    assert known is not None
    return known.className() if known.className() in CHECKED else ""


def ask_after_hiding(area: QAbstractScrollArea) -> None:
    """What ends the program where Qt takes the widget for a scroll area."""
    assert told_as(area), f"{area.metaObject().className()} ends the program when asked for its scroll bar"
    told = QAccessible.queryAccessibleInterface(area)
    assert told is not None
    last = told.childCount()
    shown = not area.isHidden()
    area.hide()
    for child in range(last + 3):
        told.child(child)
    assert told.child(last + 1000) is None
    area.setVisible(shown)


@pytest.mark.parametrize("made", [Scroll, MarginScroll, told_as_widget(QPdfView)])
def test_a_hidden_area_answers_for_every_child(qtbot: QtBot, made: type[QAbstractScrollArea]) -> None:
    area = made()
    qtbot.addWidget(area)
    inner = QWidget()
    inner.setMinimumSize(100, 5000)
    if isinstance(area, QScrollArea):
        area.setWidget(inner)
    area.resize(200, 200)
    area.show()
    qtbot.waitExposed(area)
    ask_after_hiding(area)


def test_it_tells_the_same_as_a_scroll_area(qtbot: QtBot) -> None:
    told = []
    for area in (QScrollArea(), Scroll()):
        qtbot.addWidget(area)
        inner = QWidget()
        inner.setMinimumSize(100, 5000)
        inner.setAccessibleName("inner")
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setAccessibleName("area")
        area.resize(200, 200)
        area.show()
        qtbot.waitExposed(area)
        interface = QAccessible.queryAccessibleInterface(area)
        within = interface.child(0).child(0)
        told.append((interface.role(), *(one.text(QAccessible.Text.Name) for one in (interface, within))))
        seen = [
            interface.child(place).object()
            for place in range(interface.childCount())
            if not interface.child(place).state().invisible
        ]
        assert seen == [area.viewport(), area.verticalScrollBar().parentWidget()]
    assert told[0] == told[1]


def test_no_page_has_an_area_that_is_not_shielded(open_demo: OpenWindow) -> None:
    stage = open_demo()
    for page in PAGES:
        stage.desk.go(Place(page.key))
    stage.workplace.toggle_help()
    every = stage.window.findChildren(QAbstractScrollArea)
    areas = [area for area in every if not isinstance(area, QAbstractItemView)]  # Qt checks what a list is asked for
    assert sum(isinstance(area, QScrollArea) for area in areas) > 6
    assert any(isinstance(area, QPdfView) for area in areas)
    for area in areas:
        ask_after_hiding(area)


def test_no_other_module_makes_scroll_areas() -> None:
    areas = "(QScrollArea|QAbstractScrollArea|QPdfView)"
    made = re.compile(rf"{areas}\(|class .*\({areas}\)")
    ui = Path(__file__).resolve().parents[3] / "ui"
    found = [path.name for path in ui.rglob("*.py") if made.search(path.read_text("utf-8"))]
    assert found == ["scroll.py"]


def test_what_lies_beside_a_bar_in_the_margin_is_as_wide_without_it(qtbot: QtBot) -> None:
    area, inner = MarginScroll(), QWidget()
    qtbot.addWidget(area)
    area.setWidget(inner)
    area.resize(200, 200)
    area.show()
    qtbot.waitExposed(area)
    inner.setMinimumHeight(5000)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    with_bar = inner.width()
    inner.setMinimumHeight(0)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: inner.width() == with_bar)
    assert with_bar < area.width()


@pytest.mark.parametrize("height", [700, 2400])
@pytest.mark.parametrize("key", ["overview", "security", "settings"])
def test_what_scrolls_ends_where_the_head_ends(open_demo: OpenWindow, qtbot: QtBot, key: str, height: int) -> None:
    stage = open_demo("de")
    stage.window.resize(1280, height)
    page = stage.go(key)
    area = next(one for one in page.findChildren(QScrollArea) if one.parent() is page)
    inner = area.widget()
    assert inner is not None

    def ends() -> bool:
        return inner.mapTo(page, inner.rect().topRight()).x() + 1 == page.width() - theme.px(24)

    qtbot.waitUntil(ends)
    assert page.body.contentsMargins().left() == theme.px(24)
