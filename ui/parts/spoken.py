"""What is said to a screen reader that Qt would leave unsaid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui import theme
from ui.parts.banner import announce
from ui.parts.card import PlainLabel

PAUSE_MS = 600  # who types hears the keys first, and then what came of them


class SpokenLabel(PlainLabel):
    """A screen reader says each new text once, after a pause in which nothing newer came; an empty one is silent.

    What stands in it when its window opens is read with the window and not said again. ``patient`` lets keys be heard
    first: for what is judged while somebody types.
    """

    def __init__(
        self,
        token: str = "text",
        scale: float = 1.0,
        *,
        weight: int = theme.REGULAR,
        wrap: bool = False,
        patient: bool = False,
    ) -> None:
        self._soon: QTimer | None = None  # setText comes before the widget is whole
        super().__init__("", token, scale, weight, wrap=wrap)
        self._said = ""
        self._soon = QTimer(self, interval=PAUSE_MS if patient else 0, singleShot=True)
        self._soon.timeout.connect(self._say)

    def setText(self, text: str) -> None:  # noqa: N802
        news = text != self.text()
        super().setText(text)
        if not text:
            self._said = ""
        if news and self._soon is not None and self.isVisible():
            self._soon.start()

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        shown_again = visible and self.isHidden()
        super().setVisible(visible)
        if not visible:
            self._said = ""  # shown again, the same is news
        elif shown_again and self._soon is not None:
            self._soon.start()

    def show(self) -> None:
        self.setVisible(True)

    def hide(self) -> None:
        self.setVisible(False)

    def _say(self) -> None:
        if self.isVisible() and self.text() and self.text() != self._said:
            self._said = self.text()
            announce(self, self._said)


class CurrentTold(QObject):
    """Tells the current row of a list, or the tab in front, when it takes the keyboard; Qt tells the whole alone."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._tell)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and watched is self._view:
            self._soon.start()
        return False

    def _tell(self) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # as in ``announce``

        if not (QAccessible.isActive() and self._view.hasFocus()):
            return
        whole = QAccessible.queryAccessibleInterface(self._view)
        row = None if whole is None else whole.focusChild()
        if whole is not None and row is not None:
            event = QAccessibleEvent(self._view, QAccessible.Event.Focus)
            event.setChild(whole.indexOfChild(row))
            QAccessible.updateAccessibility(event)


def follow_selection(view: QAbstractItemView) -> None:
    """What is pressed by a screen reader becomes the current row, as by a click: Qt only selects it."""

    def follow() -> None:
        rows = view.selectionModel().selectedIndexes()
        if rows and rows[0].row() != view.currentIndex().row():
            view.setCurrentIndex(rows[0])

    soon = QTimer(view, interval=0, singleShot=True)  # Qt selects a row before it makes it the current one
    soon.timeout.connect(follow)
    view.selectionModel().selectionChanged.connect(lambda *_: soon.start())


def tell_renamed(widget: QWidget, place: int | None = None) -> None:
    """Tells that what a widget or its piece at ``place`` says is new: a screen reader keeps a name until then."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # as in ``announce``

    if QAccessible.isActive():
        event = QAccessibleEvent(widget, QAccessible.Event.NameChanged)
        if place is not None:
            event.setChild(place)
        QAccessible.updateAccessibility(event)
