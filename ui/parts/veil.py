"""The veil over private text: one key hides all of it at once, whoever looks over a shoulder."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.i18n import tr
from ui.parts.buttons import Button, secondary
from ui.parts.card import IconLabel, PlainLabel, row

KEYS = "Ctrl+Shift+H"


class _Veil(QObject):
    changed = Signal(bool)  # True: hidden now

    def __init__(self) -> None:
        super().__init__()
        self.drawn = False


_veil = _Veil()
changed = _veil.changed


def hidden() -> bool:
    """True while private text is hidden."""
    return _veil.drawn


def draw(hide: bool) -> None:
    """Hides or shows the private text of all pages."""
    if hide != _veil.drawn:
        _veil.drawn = hide
        _veil.changed.emit(hide)


def toggle() -> None:
    draw(not _veil.drawn)


def listen(page: QWidget) -> QShortcut:
    """Makes the keys work wherever the focus is on this page."""
    shortcut = QShortcut(QKeySequence(KEYS), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(toggle)
    return shortcut


def keys_text() -> str:
    """The keys as the system spells them."""
    return QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)


class VeilButton(Button):
    """The open or closed eye that draws the veil."""

    def __init__(self) -> None:
        super().__init__("", "eye-off", "icon")
        self.clicked.connect(toggle)
        changed.connect(self._show_state)
        self._show_state(hidden())

    def _show_state(self, drawn: bool) -> None:
        said = tr("Show private text") if drawn else tr("Hide private text")
        self.set_icon("eye" if drawn else "eye-off")
        self.setAccessibleName(said)
        self.setToolTip(f"{said} ({keys_text()})")


class Veiled(QWidget):
    """Shows ``content``, or in its place a line that says it is hidden and how to see it again."""

    def __init__(self, content: QWidget, *, stretch: bool = False) -> None:
        super().__init__()
        self.content = content
        self._instead = QWidget()
        column = QVBoxLayout(self._instead)
        column.setContentsMargins(0, 0, 0, 0)
        if stretch:
            column.addStretch(1)
        said = PlainLabel(tr("Private text is hidden."), "violet")
        column.addLayout(row(1, IconLabel("eye-off", "violet"), said, 1))
        self.show_button = secondary(tr("Show private text"), "eye")
        self.show_button.setToolTip(keys_text())
        self.show_button.clicked.connect(lambda: draw(False))
        column.addLayout(row(1, self.show_button, 1))
        if stretch:
            column.addStretch(1)
            self._instead.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(content)
        whole.addWidget(self._instead)
        changed.connect(self._show_state)
        self._show_state(hidden())

    def _show_state(self, drawn: bool) -> None:
        self.content.setVisible(not drawn)
        self._instead.setVisible(drawn)


