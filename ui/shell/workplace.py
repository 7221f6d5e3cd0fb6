"""What is seen of an open vault: the rail, the pages, and what lies over them (toast, progress, help)."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.kinds import Kind
from app.errors import Fault
from app.i18n import tr
from app.store.undo import Step
from ui import theme
from ui.desk import Desk, Place, Saying
from ui.parts import reading_order
from ui.parts.banner import Banner, Tone, announce
from ui.parts.page import Page, take_keyboard
from ui.parts.progress import Progress
from ui.parts.step_words import step_text
from ui.parts.toast import Toast
from ui.shell.help import HelpPanel
from ui.shell.pages import PageFacts, pages_of
from ui.shell.rail import Rail
from ui.system import folders
from ui.system.clipboard import clipboard
from ui.tasks import Task

TINY_S = 0.004  # a piece that took less processor time is followed by the next one at once


class Workplace(QWidget):
    """Holds one page of each class, built on first visit; hidden pages whose records changed are marked stale."""

    shown = Signal(str)  # the title of the page now shown

    def __init__(self, desk: Desk, start: Place) -> None:
        super().__init__()
        self.desk = desk
        self.place = start
        self.pages = pages_of(desk.vault.kind)
        self._built: dict[str, Page] = {}
        self._ahead: dict[str, Page] = {}  # made, and not visited yet
        self._pieces = self._all_ahead()
        self.rail = Rail(self.pages)
        self.rail.wanted.connect(lambda key: desk.go(Place(key)))
        self.rail.lock_wanted.connect(desk.lock_wanted)
        self.stack = QStackedWidget()
        self.help = HelpPanel()
        self.help.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self._warning: Banner | None = None
        self._banners = QVBoxLayout()
        self._banners.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._banners)
        column.addWidget(self.stack, 1)
        row.addLayout(column, 1)
        row.addWidget(self.help)
        self.toast = Toast(self)
        self.toast.undone.connect(self.undo)
        self.toast.file_wanted.connect(self._show_file)
        self.progress = Progress(self)
        self.progress.cancelled.connect(self._cancel)
        self._task: Task | None = None
        self._left: QWidget | None = None  # what had the focus before the pages rested
        self._resting: set[Page] = set()
        desk.changed.connect(self._changed)
        desk.went.connect(self.go)
        desk.said.connect(self._say)
        desk.flushing.connect(self.flush)
        desk.busy.connect(self._busy)
        if not desk.trail.places:  # else it is another look, and somebody is still where they were
            desk.trail.visit(start)
        self._show(start)

    @property
    def page(self) -> Page:
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def built(self) -> tuple[Page, ...]:
        """The pages visited so far."""
        return tuple(self._built.values())

    @property
    def here(self) -> Place:
        """The page and the record on it, as somebody sees them now."""
        return Place(self.page.key, self.page.record_shown() or self.place.record)

    def page_of(self, key: str) -> Page:
        """The page of that key, built if this is its first visit; the first page where the vault has none such."""
        found = next((page for page in self.pages if page.key == key), self.pages[0])
        if found.key not in self._built:
            page = self._ahead.pop(found.key, None) or found.load()(self.desk, self.stack, whole=False)
            try:
                page.finish()
            except Fault:
                page.give_up()
                raise
            self._built[found.key] = page
            self.stack.addWidget(page)
        return self._built[found.key]

    def make_ahead(self) -> bool:
        """Makes one more piece of the pages not visited yet, for quick first visits; for when nobody is at work.

        What can't be made is left to its first visit, which says what is wrong. False where nothing is left to make.
        """
        begun = time.thread_time()
        while next(self._pieces, self) is not self:
            if time.thread_time() - begun > TINY_S:
                return True
        return False

    def _all_ahead(self) -> Generator[None]:
        for one in self.pages:
            if one.key in self._built:
                continue
            try:
                yield from self._made_ahead(one)
            except Exception as wrong:
                if (page := self._ahead.pop(one.key, None)) is not None:
                    page.give_up()  # the half of it would be taken for the whole
                if not isinstance(wrong, Fault):  # the vault can't be read now, and nobody has asked for it
                    raise

    def _made_ahead(self, one: PageFacts) -> Iterator[None]:
        page = self._ahead[one.key] = one.load()(self.desk, self.stack, whole=False)
        while one.key in self._ahead and page.make_further():
            yield
        yield
        if one.key in self._ahead:  # else somebody was there in the meantime
            page.resize(self.stack.size())
        pieces = page.prepare()
        while one.key in self._ahead and next(pieces, self) is not self:
            yield
        yield

    def forget_ahead(self) -> None:
        """What is half made goes; no more pages are made ahead."""
        self._pieces.close()
        while self._ahead:
            self._ahead.popitem()[1].give_up()

    def step(self, by: int) -> None:
        """To the place before (-1) or after (1) this one among those visited."""
        from ui.shell.standing import stands

        place = self.desk.trail.step(by, lambda one: stands(self.desk.vault, one))
        if place is None:
            announce(self, tr("There is no page further back.") if by < 0 else tr("There is no page further on."))
        else:
            self.desk.go(place)

    def go(self, place: Place) -> None:
        self.desk.trail.visit(place)
        self._show(place)

    def _show(self, place: Place) -> None:
        before = self.stack.currentWidget()
        if isinstance(before, Page):
            before.flush()
            if before.key != place.page:
                before.leave()
                self._clear_warning()
        page = self.page_of(place.page)
        focus = self.focusWidget()  # also while a dialog has the keyboard: it comes back here
        leaves = before is not page and isinstance(before, Page) and focus is not None and before.isAncestorOf(focus)
        self.place = place
        page.ensure_fresh()
        known = page.focusWidget()
        self.stack.setCurrentWidget(page)
        if before is not page and focus is not None and self.isAncestorOf(focus):
            self._go_in(page, (page.start_at() if leaves else None) or known)
        in_rail = page.key if page.in_rail else "tandems"
        self.rail.show_current(in_rail)
        self.help.show_page(page.key)
        self.shown.emit(tr(page.title))
        if place.record is not None or place.part:
            page.show_record(place.record, place.part)  # last: it may ask for a file

    def _go_in(self, page: Page, known: QWidget | None) -> None:
        """The keyboard goes where somebody was on that page, or to its head; its name is heard either way."""
        if known is None or known is page or not known.isVisible() or not known.isEnabled():
            page.setFocus()
        else:
            known.setFocus()
            announce(page, page.accessibleName())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.rail.fit(self.width())
        super().resizeEvent(event)

    def read_as(self) -> tuple[QWidget, ...]:
        """The toast is a child of the window, and yet read with the pages."""
        warning = () if self._warning is None else (self._warning,)
        return self.rail, *warning, self.stack, self.help, self.progress, self.toast

    def to_message(self) -> None:
        """To what the program said last, where something can be done about it, and back to the page."""
        said = [one for one in (self.toast, self._warning) if one is not None and one.isVisible()]
        focus = QApplication.focusWidget()
        if focus is not None and any(one.isAncestorOf(focus) for one in said):
            self._back_to_page()
        elif said:
            said[0].take_keyboard()
        else:
            announce(self, tr("There is no message."))

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: N802
        return reading_order.step(self, on)

    def undo(self) -> None:
        words = (tr("There is nothing to undo."), tr("Undone."), tr("Undone: {what}."))
        self.desk.turn(lambda step: self._turned(step, *words), back=True)

    def redo(self) -> None:
        words = (tr("There is nothing to redo."), tr("Done again."), tr("Done again: {what}."))
        self.desk.turn(lambda step: self._turned(step, *words), back=False)

    def _turned(self, step: Step | None, nothing: str, bare: str, named: str) -> None:
        """Says which step it was: what it changed may stand on another page."""
        what = step_text(step.label, step.field) if step else ""
        said = named.format(what=what) if what else bare
        self.desk.say(said if step else nothing, tone="info")

    def flush(self) -> None:
        """Saves every half-typed text of every page; what one page can't save keeps no other from it."""
        for page in tuple(self._built.values()):
            try:
                page.flush()
            except Fault as fault:
                self.desk.say_fault(fault)

    def _changed(self, kinds: frozenset[Kind]) -> None:
        self.toast.outdate()
        for page in self._built.values():
            if kinds & page.listens:
                page.stale = True
        self.page.ensure_fresh()

    def _say(self, saying: Saying) -> None:
        if saying.tone == "danger":
            self._warn(saying.text)
        else:
            self.toast.say(saying.text, undoable=saying.undo, file=saying.file)

    def _show_file(self, file: Path) -> None:
        folders.show(file, lambda: self._tell_where(file) if isValid(self) else None)

    def _tell_where(self, file: Path) -> None:
        """No file manager is there: whoever has another way to the file gets its path."""
        words = tr("No file manager opened the folder. The file is here: {file}").format(file=file)
        self._warn(words, tr("Copy the path"), tone="info").acted.connect(lambda: self._copy(str(file)))

    def _copy(self, path: str) -> None:
        clipboard().put(path)
        self.desk.say(tr("The path was copied."))

    def _warn(self, text: str, action: str = "", *, tone: Tone = "danger") -> Banner:
        """What went wrong stays above the page until it is closed or another page is shown."""
        self._clear_warning()
        self._warning = Banner(tone, text, action)
        self._warning.closed.connect(self._clear_warning)
        self._banners.addWidget(self._warning)
        self._warning.announce()
        return self._warning

    def _back_to_page(self) -> None:
        (self.page.focusWidget() or self.page).setFocus()

    def _clear_warning(self) -> None:
        if self._warning is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self._warning.isAncestorOf(focus):
                self._back_to_page()
            self._warning.deleteLater()
            self._warning = None

    def _busy(self, task: Task, title: str) -> None:
        """The pages rest while it runs, so that nobody waits for a vault that another thread writes to."""
        self.toast.hide()  # its Undo would wait, and then take back what is being done now
        self.progress.start(title)
        self._left = self.focusWidget()
        self._rest(True)
        task.progress.connect(self.progress.step)
        task.over.connect(self._work_over)
        self._task = task
        if task.ended():
            self._work_over()

    def _work_over(self) -> None:
        now = self.focusWidget()
        self._rest(False)
        self._task = None
        left, self._left = self._left, None
        around = (self.rail, self.progress, self.toast)
        if left is not None and isValid(left) and (now is None or any(part.isAncestorOf(now) for part in around)):
            left.setFocus()  # resting took the focus away: who works by keyboard goes on where they were
        self.progress.stop()  # hidden last, or the focus would go on to the Undo of what was just done

    @property
    def at_work(self) -> bool:
        """Long work goes on behind the progress card."""
        return self._task is not None

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _rest(self, resting: bool) -> None:
        """Only the page that is seen: each one more has hundreds of widgets to be told."""
        if resting:
            self._resting.add(self.page)
        for page in self._resting:
            page.setEnabled(not resting)
        if not resting:
            self._resting.clear()
        self.rail.setEnabled(not resting)

    def toggle_help(self) -> None:
        if self.help.isVisible():
            self.help.close_help()
        else:
            self.help.open_help()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing nearer to the focus had a use for it, closes the help."""
        if event.key() == Qt.Key.Key_Escape and self.help.isVisible():
            self.help.close_help()
        else:
            super().keyPressEvent(event)

    def go_to_rail(self, number: int) -> None:
        """Ctrl+1 and so on: the pages as they stand in the rail."""
        keys = [page.key for page in self.pages if page.in_rail]
        if number <= len(keys):
            self.desk.go(Place(keys[number - 1]))

    def release(self) -> None:
        """Lets go of the desk and the keyboard, before another workplace takes them."""
        take_keyboard(self)
        self.forget_ahead()
        self.toast.come_back(self)
        for signal, slot in (
            (self.desk.changed, self._changed),
            (self.desk.went, self.go),
            (self.desk.said, self._say),
            (self.desk.flushing, self.flush),
            (self.desk.busy, self._busy),
        ):
            signal.disconnect(slot)
