"""The keys that work everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from ui.shell.help_keys import HelpKeys
from ui.shell.undo_keys import UndoKeys

if TYPE_CHECKING:
    from ui.shell.window import Window
    from ui.shell.workplace import Workplace


def make_shortcuts(window: Window) -> None:
    """Ties the keys to what the window does."""
    acts: tuple[tuple[str, Callable[[], None]], ...] = (
        ("Ctrl+L", window.lock_by_hand),
        ("Ctrl+K", window.show_palette),
        ("Ctrl+F", lambda: window.on_page(lambda place: _search(window, place))),
        ("Ctrl+Z", lambda: window.on_page(lambda place: place.undo())),
        ("Ctrl+Shift+Z", lambda: window.on_page(lambda place: place.redo())),
        ("Ctrl+Y", lambda: window.on_page(lambda place: place.redo())),
        ("Alt+Left", lambda: window.on_page(lambda place: place.step(-1))),
        ("Back", lambda: window.on_page(lambda place: place.step(-1))),
        ("Alt+Right", lambda: window.on_page(lambda place: place.step(1))),
        ("Forward", lambda: window.on_page(lambda place: place.step(1))),
        ("F1", lambda: _help(window)),
        ("Ctrl+/", lambda: _keys(window)),
        ("F6", lambda: window.on_page(lambda place: place.to_message())),
        ("Ctrl+Q", lambda: (window.close(), None)[1]),
    )
    for keys, act in acts:
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(act)
    for number in range(1, 10):
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), window)
        shortcut.activated.connect(lambda n=number: window.on_page(lambda place: place.go_to_rail(n)))
    window.idle.side_pressed.connect(lambda by: window.on_page(lambda place: place.step(by)))
    app = cast("QApplication", QApplication.instance())
    UndoKeys(app, window)
    HelpKeys(app, window)


def _search(window: Window, place: Workplace) -> None:
    """On a page without a search field somebody is looked for: on the page itself where it can show a person."""
    if not place.page.start_search():
        window.show_palette(place.page.key if place.page.finds_people else None)


def _on_first_page(window: Window) -> bool:
    """Whether there is no page yet beside which a panel could be shown, and no dialog over it."""
    return window.workplace is None and window.unlock is not None and QApplication.activeModalWidget() is None


def _help(window: Window) -> None:
    if _on_first_page(window):
        from ui.shell.help import PageHelp

        PageHelp("unlock", window).open()
    else:
        window.on_page(lambda place: place.toggle_help())


def _keys(window: Window) -> None:
    if _on_first_page(window):
        from ui.shell.help import Shortcuts

        Shortcuts(window).open()
    else:
        window.on_page(lambda place: place.help.show_shortcuts())
