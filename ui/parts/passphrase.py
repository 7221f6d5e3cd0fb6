"""A field for a passphrase: shown on wish, with a warning while caps lock is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import tr
from ui import icons, theme
from ui.parts import card
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
        self._eye = QAction(self)
        self._eye.triggered.connect(self._toggle)
        self.line.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show_eye()
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
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show_eye()

    def _show_eye(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self._eye.setIcon(icons.icon("eye" if hidden else "eye-off", "muted"))
        words = tr("Show passphrase") if hidden else tr("Hide passphrase")
        self._eye.setText(words)
        self._eye.setToolTip(words)
        for button in self.line.findChildren(QWidget):
            if button.metaObject().className() == "QLineEditIconButton":
                button.setAccessibleName(words)
