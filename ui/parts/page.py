"""The base of every page: built on first visit, re-read when something it listens to has changed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.kinds import Kind
from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.card import PlainLabel
from ui.parts.pieces import at_once, styled
from ui.parts.scroll import Scroll

if TYPE_CHECKING:
    from ui.desk import Desk

LEAST_WORDS = 170  # beside the head's buttons, at normal text size


def take_keyboard(going: QWidget) -> None:
    """Takes the focus out of a widget that is about to be deleted.

    While a widget is deleted its children go one after the other; one that has the focus then would be told that it
    lost it when what it works with, a list of offers for example, is gone already.
    """
    focus = QApplication.focusWidget()
    if focus is not None and (focus is going or going.isAncestorOf(focus)):
        focus.clearFocus()


class Page(QWidget):
    """A page of the window. Subclasses set the class attributes and override ``build`` and ``refresh``.

    ``title`` is an English message id, ``help_page`` the key of its help text. ``build`` makes the widgets into
    ``self.body``, in pieces where it yields; ``refresh`` reads the vault again and keeps selection and scroll position.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    kinds_of_vault: ClassVar[tuple[str, ...]] = ("programme", "notebook")
    listens: ClassVar[frozenset[Kind]] = frozenset()
    in_rail: ClassVar[bool] = True
    finds_people: ClassVar[bool] = False  # ``show_record`` takes a person of the programme, whom Ctrl+F looks for

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """``parent``: where it will stand. All widgets in it would be styled again for another one.

        Not ``whole``: `make_further` makes it piece by piece, and `finish` what is left of it.
        """
        super().__init__(parent)
        self.desk = desk
        self.stale = True
        self.setAccessibleName(tr(self.title))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        self.body.setSpacing(theme.px(12))
        self._head: QBoxLayout | None = None
        self._words: tuple[PlainLabel, ...] = ()
        self._actions: QHBoxLayout | None = None
        self._pieces = self._building()
        if whole:
            self.finish()

    def build(self) -> Iterator[None] | None:
        """Makes the widgets, once; one of many widgets yields where the window may do something else in between."""

    def _building(self) -> Generator[None]:
        yield from self.build() or ()

    def make_further(self) -> bool:
        """Makes the next piece; False where that was the last."""
        return next(self._pieces, self) is not self

    def finish(self) -> None:
        at_once(self._pieces)

    def give_up(self) -> None:
        """It is never made whole: what has no place in it yet goes too, for nobody else knows it."""
        self._pieces.close()
        for part in vars(self).values():
            if isinstance(part, QWidget) and part.parent() is None:
                part.deleteLater()
        self.deleteLater()

    def prepare(self) -> Iterator[None]:
        """Before the first visit, while nobody waits: what that would take long for. ``refresh`` comes after it."""
        yield from styled(self)
        self.grab()  # lays all widgets out and draws their icons

    def refresh(self) -> None:
        """Reads the vault again."""

    def show_record(self, record: int | None, part: str = "") -> None:
        """Shows a record of this page, or its start for None."""

    def record_shown(self) -> int | None:
        """The record to show again after a lock or another look; None where the page has no such."""
        return None

    def start_at(self) -> QWidget | None:
        """What has the focus when the page is come to by anything but the rail; None: whatever Qt takes."""
        return None

    def start_search(self) -> bool:
        """Ctrl+F: puts the cursor into the page's search field; False where the page has none, or none to be seen."""
        return False

    def on_keys(self, keys: str, act: Callable[[], None]) -> None:
        """The keys act wherever the focus is on this page."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def flush(self) -> None:
        """Saves half-typed text; called before lock, close, undo and leaving."""

    def complete(self) -> None:
        """Makes the fields that are made only when somebody opens them: after a lock a text goes back into its own."""

    def leave(self) -> None:
        """Called when another page is shown."""

    def ensure_fresh(self) -> None:
        if self.stale:
            self.stale = False
            self.refresh()

    def head(self, title: str = "", subtitle: str = "") -> tuple[PlainLabel, PlainLabel, QHBoxLayout]:
        """The page's head: its title, a muted line, and a row at the right for buttons (one of them primary).

        The buttons go below the words where the window is too narrow for both.
        """
        heading = card.title(title or tr(self.title))
        line = card.muted(subtitle)
        buttons = card.row(spacing=10)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(theme.px(10))
        self._head.addLayout(card.column(heading, line, spacing=2), 1)
        self._head.addLayout(buttons)
        self._words, self._actions = (heading, line), buttons
        self.body.addLayout(self._head)
        return heading, line, buttons

    def add_scrolled(self, area: Scroll) -> None:
        """Fills the rest of the page with it. Its bar lies in the margin: what scrolls ends where the head ends."""
        bar = area.verticalScrollBar().sizeHint().width()
        margins = self.body.contentsMargins()
        self.body.setContentsMargins(margins.left(), margins.top(), margins.right() - bar, margins.bottom())
        for at in range(self.body.count()):
            item = self.body.itemAt(at)
            above = None if item is None else item.layout()
            if above is not None:
                above.setContentsMargins(0, 0, bar, 0)
        self.body.addWidget(area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_head()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._lay_head()  # a button has other words now, or is hidden; also since it was made ahead
        elif event.type() is QEvent.Type.DeferredDelete:
            take_keyboard(self)
        return super().event(event)

    def _lay_head(self) -> None:
        if self._head is None or self._actions is None:
            return
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._head.spacing()
        room -= self._head.contentsMargins().right()
        words = max(theme.px(LEAST_WORDS), *(label.minimumSizeHint().width() for label in self._words))
        below = words + self._actions.sizeHint().width() > room
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if way != self._head.direction():
            self._head.setDirection(way)
            self._head.setAlignment(self._actions, Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag(0))
