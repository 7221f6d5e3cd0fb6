"""A window in a home of its own, offscreen, and what tests do with it by keys and clicks."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent, QClipboard, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.places import Places, places
from app.services import demo
from app.settings import Settings
from app.store import key
from app.store.vault import Vault, create_vault
from ui import tasks, theme
from ui.desk import Desk, Place
from ui.dialogs import ask
from ui.parts.page import Page, take_keyboard
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.tongue import speak
from ui.shell.window import Window
from ui.shell.workplace import Workplace

TODAY = date(2026, 11, 22)
QUICK = {1: key.Profile(1, 8, 1)}


class Frozen(type):
    """Makes a ``date`` whose today is TODAY and of which every date is an instance."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, date)


class FrozenDate(date, metaclass=Frozen):
    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return TODAY


class PatientBot(QtBot):
    """Waits longer than pytest-qt's five seconds: what is waited for comes, on a machine with much to do later."""

    PATIENCE_MS = 40_000

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=max(timeout, self.PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=max(timeout, self.PATIENCE_MS), **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001
    return PatientBot(request)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """What pytest-qt has just closed goes at once, while the vault it shows is open still."""
    delete_now()
    yield


@pytest.fixture(autouse=True)
def no_widget_left() -> Iterator[None]:
    """Fails a test that leaves a window behind: every later one would be slower by dressing it again."""
    yield
    if QApplication.instance() is None:
        return
    delete_now()
    if QApplication.topLevelWidgets():
        gc.collect()  # what nobody holds any more may hold itself
    left = [one for one in QApplication.topLevelWidgets() if one.parent() is None]
    names = [type(one).__name__ for one in left]
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for one in left:
        take_keyboard(one)
        one.deleteLater()
    delete_now()
    assert names == []


def delete_now() -> None:
    """Deletes what waits to be deleted, which only an event loop does by itself."""
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_key_held() -> Iterator[None]:
    """Lets go of Ctrl and Shift: Qt holds the modifiers of the last key a test has sent to be down still."""
    yield
    if QApplication.instance() is not None and QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        anywhere = QWidget()
        QTest.keyRelease(anywhere, Qt.Key.Key_Control)
        assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@dataclass
class Answers:
    """Answers the questions that pages ask through ``ui.dialogs.ask``; a question without an answer fails."""

    files: list[Path] = field(default_factory=list)  # for save_file, open_file and folder, in this order
    choices: list[str | None] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    dialogs: list[Callable[[Any], bool]] = field(default_factory=list)  # each gets the shown dialog, gives its end
    asked: list[str] = field(default_factory=list)

    def choose(self, _parent: QWidget | None, _title: str, text: str, _choices: Sequence[ask.Choice]) -> str | None:
        self.asked.append(text)
        return self.choices.pop(0)

    def text(self, _parent: QWidget | None, _title: str, label: str, _value: str) -> str | None:
        self.asked.append(label)
        return self.texts.pop(0)

    def save_file(self, _parent: QWidget | None, title: str, _suggestion: Path, _kinds: str) -> Path | None:
        self.asked.append(title)
        return self.files.pop(0)

    def open_file(self, _parent: QWidget | None, title: str, _folder: Path, _kinds: str) -> Path | None:
        self.asked.append(title)
        return self.files.pop(0)

    def folder(self, _parent: QWidget | None, title: str, _folder: Path) -> Path | None:
        self.asked.append(title)
        return self.files.pop(0)

    def run(self, dialog: QDialog) -> bool:
        self.asked.append(type(dialog).__name__)
        dialog.show()
        ended = self.dialogs.pop(0)(dialog)
        dialog.hide()
        return ended


@dataclass
class Stage:
    """One window and its home. ``restarts`` are the arguments with which a lock began the next process."""

    qtbot: QtBot
    home: Path
    window: Window
    restarts: list[list[str]]

    @property
    def places(self) -> Places:
        return places(self.home)

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    @property
    def workplace(self) -> Workplace:
        assert self.window.workplace is not None
        return self.window.workplace

    @property
    def page(self) -> Page:
        return self.workplace.page

    def key(self, keys: str) -> None:
        """Presses a shortcut written as "Ctrl+K" in the window."""
        if not self.window.isActiveWindow():  # a dialog of ours had the keyboard
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        press(self.window, keys)

    def click(self, button: QAbstractButton) -> None:
        click(button)

    def go(self, page: str) -> Page:
        """To a page by its button in the rail."""
        self.click(self.workplace.rail.buttons[page])
        assert self.page.key == page
        return self.page

    def unlock(self, passphrase: str) -> None:
        unlock = self.window.unlock
        assert unlock is not None
        type_over(unlock.passphrase.line, passphrase)
        QTest.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.workplace is not None and self.window.workplace.isVisible())


OpenWindow = Callable[..., Stage]


def press(widget: QWidget, keys: str) -> None:
    *held, last = keys.split("+") if not keys.endswith("++") else [*keys[:-2].split("+"), "+"]
    names = {"Ctrl": "ControlModifier", "Shift": "ShiftModifier", "Alt": "AltModifier"}
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= getattr(Qt.KeyboardModifier, names[name])
    code = {"/": Qt.Key.Key_Slash}.get(last) or getattr(Qt.Key, f"Key_{last}")
    QTest.keyClick(widget, code, modifiers)


def click(button: QWidget) -> None:
    """A click in the middle of a button that can be seen and clicked; for a box or radio button on its mark."""
    QApplication.processEvents()  # what was just made is shown then
    assert button.isVisible(), f"{button.accessibleName() or button} is not shown"
    assert button.isEnabled(), f"{button.accessibleName() or button} can't be clicked"
    on_mark = isinstance(button, QCheckBox | QRadioButton)  # their words may be shorter than the widget
    at = QPoint(10, button.height() // 2) if on_mark else button.rect().center()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def type_over(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def type_text(widget: QWidget, text: str) -> None:
    """Types; QTest itself ends the process at a letter outside ASCII."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def button_of(widget: QWidget, words: str) -> QAbstractButton:
    """The one shown button with these words (or this accessible name)."""
    QApplication.processEvents()  # what was just made is shown then
    found = [
        button
        for button in widget.findChildren(QAbstractButton)
        if button.isVisible() and words in (button.text().replace("&", ""), button.accessibleName())
    ]
    assert len(found) == 1, f"{len(found)} buttons say {words!r}"
    return found[0]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Answers:  # noqa: ARG001
    made = Answers()
    monkeypatch.setattr(ask, "answer", made)
    return made


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told to say, in its order."""
    said: list[str] = []

    def recorded(widget: QWidget, text: str) -> QAccessibleAnnouncementEvent:
        said.append(text)
        return QAccessibleAnnouncementEvent(widget, text)

    monkeypatch.setattr("PySide6.QtGui.QAccessibleAnnouncementEvent", recorded)
    return said


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """English words in light colours, at the usual size; what a task still says is heard before they go."""
    before = i18n.language()
    theme.apply(qapp, theme.Scheme.LIGHT)
    i18n.set_language("en")
    yield
    tasks.wait_for_all()
    i18n.set_language(before)
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture
def demo_desk(vault: Vault, home: Path, english: None) -> Iterator[Desk]:  # noqa: ARG001
    """The desk of a vault with the demo programme of TODAY, in English."""
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, TODAY)
    yield Desk(vault, places(home), Settings(language="en"))
    tasks.wait_for_all()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Every module of the program that asks for the day hears TODAY."""
    import ui.shell.palette
    import ui.shell.unlock
    import ui.shell.workplace  # noqa: F401
    from ui.shell import pages

    for page in pages.PAGES:
        page.load()  # so that each can be told

    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] in ("app", "ui") and getattr(module, "date", None) is date:
            monkeypatch.setattr(module, "date", FrozenDate)
    return TODAY


@pytest.fixture
def open_window(qtbot: QtBot, home: Path, quick_key: None, qapp: QApplication) -> Iterator[OpenWindow]:  # noqa: ARG001
    """Opens windows on the test's home: ``open_window(language="en", chosen=path, start=Place(...))``."""
    opened: list[Window] = []

    def make(
        *,
        chosen: Path | None = None,
        start: Place | None = None,
        settings: Settings | None = None,
        size: tuple[int, int] | None = (1280, 800),
        lost: bool = False,
        told: str = "",
        moved_from: Path | None = None,
        **wishes: Any,
    ) -> Stage:
        restarts: list[list[str]] = []
        wanted = settings or Settings(**{"language": "en", "scheme": "light", **wishes})
        window = Window(
            places(home), wanted, chosen=chosen, start=start, lost=lost, told=told,
            moved_from=moved_from,
            restart=lambda more: restarts.append(list(more)),
        )  # fmt: skip
        opened.append(window)
        if size is not None:
            window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Stage(qtbot, home, window, restarts)

    yield make
    tasks.wait_for_all()
    for window in opened:
        window.close()
        window.deleteLater()
    delete_now()
    speak(qapp, "en")
    QLocale.setDefault(QLocale.c())
    i18n.set_language("de")
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture(scope="session")
def demo_vaults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo programme of TODAY in a vault per language; DEMO_PASSPHRASE opens them. Copy, don't write."""
    folder = tmp_path_factory.mktemp("demo")
    made = {}
    genuine, key.PROFILES = key.PROFILES, QUICK
    try:
        for language in i18n.LANGUAGES:
            made[language] = folder / f"demo-{language}.tandembuch"
            with (
                create_vault(made[language], DEMO_PASSPHRASE) as vault,
                i18n.speaking(language),
                vault.change("demo.fill", undoable=False) as change,
            ):
                demo.fill(change, TODAY)
    finally:
        key.PROFILES = genuine
    return made


@pytest.fixture
def demo_vault(demo_vaults: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the demo of that language, of this test alone."""

    def copy(language: str = "en") -> Path:
        return Path(shutil.copy(demo_vaults[language], tmp_path / "Demo.tandembuch"))

    return copy


@pytest.fixture
def open_demo(open_window: OpenWindow, demo_vault: Callable[[str], Path], today: date) -> OpenWindow:  # noqa: ARG001
    """As ``open_window``, with the demo of TODAY unlocked."""

    def make(language: str = "en", **wishes: Any) -> Stage:
        stage = open_window(chosen=demo_vault(language), language=language, **wishes)
        stage.unlock(DEMO_PASSPHRASE)
        return stage

    return make


def clipboard() -> QClipboard:
    return QApplication.clipboard()
