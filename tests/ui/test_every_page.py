"""Every page, empty and full, in both languages and themes: reached by Tab, named, in one language, nothing cut off."""

from __future__ import annotations

import gettext
import string
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from window_fixtures import OpenWindow, Stage

from app.resources import resource
from app.store import tandems
from app.store.vault import create_vault
from ui import tasks
from ui.desk import Place
from ui.parts.page import Page
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.pages import PAGES

KEYS = [page.key for page in PAGES]
CONTROLS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractSlider, QTextEdit, QPlainTextEdit, QTabBar,
)  # fmt: skip


class View(NamedTuple):
    """What one window of the test looks like."""

    language: str
    scheme: str
    full: bool


VIEWS = [View(*view) for view in product(("de", "en"), ("light", "dark"), (False, True))]


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view.language}-{view.scheme}-{'demo' if view.full else 'empty'}")
def stage(
    request: pytest.FixtureRequest, open_window: OpenWindow, open_demo: OpenWindow, tmp_path: Path
) -> Iterator[Stage]:
    """The window with the demo or with an empty vault; the warnings of Qt are counted by pytest-qt."""
    view: View = request.param
    if view.full:
        yield open_demo(view.language, scheme=view.scheme)
    else:
        path = tmp_path / "Empty.tandembuch"
        create_vault(path, DEMO_PASSPHRASE).close()
        stage = open_window(chosen=path, language=view.language, scheme=view.scheme)
        stage.unlock(DEMO_PASSPHRASE)
        yield stage


def show(stage: Stage, key: str) -> Page:
    record = None
    if key == "tandem" and stage.desk.programme is not None:
        record = tandems.of_programme(stage.desk.vault, stage.desk.programme)[4].id
    stage.desk.go(Place(key, record))
    stage.qtbot.waitUntil(lambda: not tasks.running())
    settle()
    return stage.page


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def said(widget: QWidget) -> str:
    """How a message names the widget."""
    where = widget.parentWidget()
    return f"{type(widget).__name__} {widget.accessibleName()!r} in {type(where).__name__}"


def takes_tab(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )


def walk(stage: Stage) -> list[QWidget]:
    """Tab from the first button of the rail until it comes round; every widget that had the focus."""
    first = stage.workplace.rail.buttons[KEYS[0]]
    first.setFocus()
    passed: list[QWidget] = []
    for _ in range(1500):
        now = QApplication.focusWidget()
        assert now is not None, f"the focus went into nothing after {said(passed[-1]) if passed else 'the rail'}"
        if passed and now is passed[0]:
            return passed
        assert not passed or now is not passed[-1], f"Tab stays in {said(now)}"
        passed.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes round: {[said(one) for one in passed[-4:]]}")


def group_of(button: QWidget) -> bool:
    """One button of an exclusive group is enough: the arrow keys reach the others."""
    return isinstance(button, QAbstractButton) and button.autoExclusive() or bool(
        isinstance(button, QAbstractButton) and button.group() and button.group().exclusive()
    )


def missed_by_tab(stage: Stage, page: Page) -> list[str]:
    """What Tab passes by on its way round from the rail."""
    passed = set(walk(stage))
    return [
        said(widget)
        for widget in page.findChildren(QWidget)
        if takes_tab(widget) and widget not in passed and not group_of(widget)
    ]


def is_control(widget: QWidget) -> bool:
    """What a screen reader stops at; the inner pieces of boxes and tables are named by these."""
    inner = (QComboBox, QAbstractSpinBox, QLineEdit, QHeaderView)
    parent = widget.parentWidget()
    if isinstance(parent, inner) or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return False
    return isinstance(widget, CONTROLS) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def badly_named(stage: Stage, page: Page) -> list[str]:
    """Controls without a name for a screen reader, and names with spaces too many."""
    wrong = []
    for widget in [*page.findChildren(QWidget), *stage.workplace.rail.findChildren(QWidget)]:
        if not widget.isVisible() or not is_control(widget) or widget.focusProxy() is not None:
            continue
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not name.strip():
            wrong.append(f"nameless: {said(widget)}")
        elif isinstance(widget, QComboBox) and not labels_of(widget):
            wrong.append(f"called by what is chosen in it: {said(widget)}")
        elif name != name.strip() or "  " in name:
            wrong.append(f"untidy: {name}")
    return wrong


def labels_of(box: QComboBox) -> list[str]:
    """The names of a combo box: on Linux Qt tells the chosen words as its name, so that its label has to say it."""
    told = QAccessible.queryAccessibleInterface(box)
    assert told is not None
    labels = [label.text(QAccessible.Text.Name) for label, _ in told.relations(QAccessible.RelationFlag.Label)]
    return [label for label in labels if label.strip()]


def cut_off(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if widget.wordWrap() or not widget.text() or "Elided" in type(widget).__name__:
            return widget.wordWrap() and widget.heightForWidth(widget.width()) > widget.height() + 2
        return widget.sizeHint().width() > widget.width() + 1
    return isinstance(widget, QPushButton) and widget.minimumSizeHint().width() > widget.width() + 1


def nothing_cut_off(page: Page) -> None:
    short = [
        f"{widget.text()!r}: {said(widget)}"  # type: ignore[attr-defined]
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and cut_off(widget)
    ]
    assert not short, page.key


def sideways(page: Page) -> list[str]:
    """Areas that are to be scrolled to and fro."""
    return [
        said(area)
        for area in page.findChildren(QScrollArea)
        if area.isVisible() and (area.horizontalScrollBar().maximum() > 0 or wider(area))
    ]


def wider(area: QScrollArea) -> bool:
    inner = area.widget()
    return inner is not None and inner.width() > area.viewport().width() + 1


class Flashes(QObject):
    """Notes each window that shows up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(said(watched))
        return False


def test_every_page_is_named_whole_and_reached_by_tab_and_flashes_no_window(stage: Stage, qapp: QApplication) -> None:
    """One window for all: it takes longer to fill its pages than to look at them."""
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    wrong: dict[str, list[str]] = {}
    for key in KEYS:
        flashes.seen = []
        page = show(stage, key)
        assert not flashes.seen, key
        assert stage.window.isActiveWindow(), key
        assert (stage.window.width(), stage.window.height()) == (1280, 800), key
        # a plan that came just now is laid out with the loop's next turn
        stage.qtbot.waitUntil(partial(nothing_cut_off, page))
        wrong[f"scrolls on {key}"] = sideways(page)
        wrong[f"names on {key}"] = badly_named(stage, page)
        wrong[f"missed on {key}"] = missed_by_tab(stage, page)
    qapp.removeEventFilter(flashes)
    assert not any(wrong.values()), {where: some for where, some in wrong.items() if some}


# One language at a time


def pairs_of_texts() -> dict[str, str]:
    with resource("translations", "de.mo").open("rb") as stream:
        known: dict[object, str] = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    return {source: german for source, german in known.items() if isinstance(source, str) and "\x04" not in source}


def alike() -> set[str]:
    """Texts that are the same in both languages, like "Passphrase"."""
    return {source for source, german in pairs_of_texts().items() if source == german}


def catalogue() -> dict[str, str]:
    """English texts and their German ones, where they differ and neither is filled in later."""
    plain = {source: german for source, german in pairs_of_texts().items() if source and source != german}
    return {source: german for source, german in plain.items() if not filled_in(source)}


def filled_in(text: str) -> bool:
    return any(name for _, name, _, _ in string.Formatter().parse(text))


def texts(widget: QWidget) -> list[str]:
    found = []
    for one in widget.findChildren(QWidget):
        if one.isVisible():
            found += [one.accessibleName(), one.toolTip()]
            if isinstance(one, QLabel | QAbstractButton):
                found.append(one.text().replace("&", ""))
            if isinstance(one, QComboBox) and not one.isEditable():
                found += [one.itemText(row) for row in range(one.count())]
            if isinstance(one, QLineEdit | QPlainTextEdit):
                found.append(one.placeholderText())
            if isinstance(one, QAbstractScrollArea) and isinstance(one, QHeaderView) and one.model() is not None:
                found += [str(one.model().headerData(at, one.orientation())) for at in range(one.count())]
    return [text for text in found if text]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("full", [True, False])
def test_a_window_speaks_one_language(
    open_demo: OpenWindow, open_window: OpenWindow, tmp_path: Path, language: str, full: bool
) -> None:
    pairs = catalogue()
    own = set(pairs.values()) if language == "de" else set(pairs)
    own |= alike()
    foreign = set(pairs if language == "de" else pairs.values()) - own
    if full:
        stage = open_demo(language)
    else:
        create_vault(tmp_path / "Empty.tandembuch", DEMO_PASSPHRASE).close()
        stage = open_window(chosen=tmp_path / "Empty.tandembuch", language=language)
        stage.unlock(DEMO_PASSPHRASE)
    stage.workplace.toggle_help()
    wrong = []
    for key in KEYS:
        show(stage, key)
        wrong += [f"{key}: {text}" for text in texts(stage.window) if text in foreign]
    assert not wrong


def test_the_check_of_languages_would_see_a_text_left_in_english() -> None:
    label = QLabel("Close help")
    assert "Close help" in catalogue()
    holder = QWidget()
    label.setParent(holder)
    holder.show()
    assert [text for text in texts(holder) if text in catalogue()] == ["Close help"]
    holder.close()


def test_the_unlock_page_speaks_one_language_and_is_named(
    open_window: OpenWindow, demo_vault: Callable[[str], Path]
) -> None:
    pairs = catalogue()
    stage = open_window(chosen=demo_vault("de"), language="de")
    settle()
    assert stage.window.unlock is not None
    assert not [text for text in texts(stage.window) if text in set(pairs) - set(pairs.values())]
    for widget in stage.window.unlock.findChildren(QWidget):
        if widget.isVisible() and is_control(widget) and widget.focusProxy() is None:
            name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            assert name.strip(), said(widget)
