"""A long text that saves itself and says when it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.i18n import time_text, tr
from ui import theme
from ui.parts.card import PlainLabel
from ui.system import clipboard

WAITS_MS = 800


class LongText(QPlainTextEdit):
    """Plain text; Tab leaves it. ``save`` comes 800 ms after the last key, on leaving, and on ``flush``.

    Only a text that differs from the one last set or saved is saved.
    """

    save = Signal(str)
    unsaved = Signal()

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._kept = ""
        self._keep: Callable[[str], object] | None = None
        self.timer = QTimer(self, interval=WAITS_MS, singleShot=True)
        self.timer.timeout.connect(self.flush)
        self.textChanged.connect(self._changed)

    def value(self) -> str:
        return self.toPlainText()

    def bind(self, text: str, keep: Callable[[str], object]) -> None:
        """Shows another record's text and saves to its ``keep`` from now on.

        What was half typed goes to the former ``keep`` first, so it can never land in the wrong record. A ``keep``
        that returns False or raises has not saved; the text is tried again at the next flush.
        """
        self.set_value(text)
        self._keep = keep

    def set_value(self, text: str) -> None:
        """Shows a text that is already saved. A half-typed one is saved first; the same text leaves the cursor."""
        self.flush()
        self._kept = text
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def half_typed(self) -> bool:
        """Whether what stands here is not saved, because it is just being typed or because saving failed."""
        return self.toPlainText() != self._kept

    def let_go(self) -> None:
        """The vault is about to close: what stands here is not saved any more."""
        self.timer.stop()
        self._kept = self.toPlainText()

    def flush(self) -> None:
        """Saves now what is not saved."""
        self.timer.stop()
        text = self.toPlainText()
        if text == self._kept or (self._keep is not None and self._keep(text) is False):
            return
        self._kept = text
        self.save.emit(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied, cut, dragged or merely selected here."""
        return clipboard.private(self.textCursor().selection().toPlainText())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        super().focusOutEvent(event)

    def _changed(self) -> None:
        if self.toPlainText() != self._kept:
            self.timer.start()
            self.unsaved.emit()
        else:
            self.timer.stop()


class SavedText(QWidget):
    """A ``LongText`` as ``text`` with a quiet "Saved 14:02" below; ``told_saved`` after the vault has taken it."""

    save = Signal(str)

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.text = LongText(name, placeholder)
        self.label = PlainLabel("", "muted", 0.92)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.text, 1)
        column.addWidget(self.label)
        self.text.save.connect(self._save)
        self.text.unsaved.connect(lambda: self.label.setText(tr("Not saved yet …")))

    def value(self) -> str:
        return self.text.value()

    def set_value(self, text: str) -> None:
        self.text.set_value(text)
        self.label.setText("")

    def bind(self, text: str, keep: Callable[[str], object]) -> None:
        """As ``LongText.bind``."""
        self.text.bind(text, keep)
        self.label.setText("")

    def flush(self) -> None:
        self.text.flush()

    def told_saved(self, moment: datetime) -> None:
        """Shows when the text was saved, in the moment's own zone."""
        self.label.setText(tr("Saved {time}").format(time=time_text(moment)))

    def _save(self, text: str) -> None:
        self.save.emit(text)
        self.told_saved(datetime.now().astimezone())
