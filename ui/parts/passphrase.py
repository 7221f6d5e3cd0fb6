"""A field for a passphrase: shown on wish, with a warning while caps lock is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.banner import announce
from ui.parts.inside import Inside, InsideButton
from ui.parts.spoken import SpokenLabel


class PassphraseField(QWidget):
    """``line`` is the field itself. The label above it is its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.installEventFilter(self)
        self.eye = InsideButton("eye", tr("Show passphrase"), stop=True)
        self.eye.clicked.connect(self._toggle)
        Inside(self.line, self.eye)
        self.caps = SpokenLabel("warn")
        self.caps.setText(tr("Caps lock seems to be on."))
        self.caps.hide()
        label = card.PlainLabel(name, weight=theme.MEDIUM)
        label.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(label)
        column.addWidget(self.line)
        column.addWidget(self.caps)
        label.raise_()  # in the accessible tree the field comes first: both bear the same name
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._watch_caps(event)
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        # Qt tells no lock state; a letter whose case contradicts Shift gives it away.
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps.hide()
        elif len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(letter.isupper() != shifted)

    def _toggle(self) -> None:
        shown = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye-off" if shown else "eye")
        self.eye.call(tr("Hide passphrase") if shown else tr("Show passphrase"))
        announce(self.eye, tr("What is typed here can be seen now.") if shown else tr("It is hidden again."))
