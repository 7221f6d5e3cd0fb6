"""Buttons and signs inside the ends of a line that is typed into: as large as the text, told and pressed by name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui import icons, theme
from ui.parts.buttons import Button

EDGE, GAP, SIGN = 6, 4, 16


class InsideButton(Button):
    """An icon alone. Tab passes by unless it is a ``stop``: what it does can be done by a key in the field as well."""

    def __init__(self, icon: str, name: str, *, stop: bool = False) -> None:
        super().__init__("", icon, "inside")
        self.setFixedSize(QSize(theme.px(SIGN + 8), theme.px(SIGN + 8)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)
        self.call(name)

    def call(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What it has no use for is not typed into the field around it; Escape goes on to the dialog."""
        super().keyPressEvent(event)
        if event.key() != Qt.Key.Key_Escape:
            event.accept()


class Sign(QLabel):
    """A sign that is only seen; a click goes through it into the line."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setPixmap(icons.pixmap(icon, "muted", SIGN))
        self.setFixedSize(QSize(theme.px(SIGN + 8), theme.px(SIGN + 8)))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Inside(QObject):
    """Holds a widget at an end of ``line``, whose text keeps clear of it while it is shown."""

    def __init__(self, line: QLineEdit, widget: QWidget, *, leading: bool = False) -> None:
        super().__init__(line)
        self._line, self._widget, self._leading = line, widget, leading
        widget.setParent(line)
        for watched in (line, widget):
            watched.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._line and event.type() is QEvent.Type.Resize
        turned = watched is self._widget and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
        if resized or turned:
            self._place()
        return False

    def _place(self) -> None:
        line, widget = self._line, self._widget
        edge = theme.px(EDGE)
        left = edge if self._leading else line.width() - edge - widget.width()
        widget.move(left, (line.height() - widget.height()) // 2)
        margins = line.textMargins()
        hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        taken = 0 if hidden else widget.width() - theme.px(GAP)  # what is not shown yet will be
        if self._leading:
            margins.setLeft(taken)
        else:
            margins.setRight(taken)
        line.setTextMargins(margins)
