"""The code of a recovery sheet typed group by group: nine boxes of four signs that pass the keyboard on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.i18n import tr
from app.store.recovery import GROUPS, LETTERS
from ui import theme
from ui.parts import card

COLUMNS = 3
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})  # letters that no code has, for the digits they look like


class CodeField(QWidget):
    """``edited`` at each change, ``entered`` at Return. Nothing of it ever gets into the clipboard."""

    edited = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Code of the recovery sheet"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        self.boxes = tuple(_Box(place) for place in range(GROUPS))
        for place, box in enumerate(self.boxes):
            number = card.muted(str(place + 1))
            number.setFixedWidth(theme.px(10))
            grid.addLayout(card.row(number, box, spacing=6), place // COLUMNS, place % COLUMNS)
            box.typed.connect(lambda signs, at=place: self._typed(at, signs))
            box.back.connect(lambda at=place: self._step(at - 1))
            box.ahead.connect(lambda at=place: self._step(at + 1))
            box.returnPressed.connect(self.entered)
        self.setFocusProxy(self.boxes[0])

    def text(self) -> str:
        """The groups joined by hyphens."""
        return "-".join(self.groups())

    def groups(self) -> tuple[str, ...]:
        return tuple(box.text() for box in self.boxes)

    def complete(self) -> bool:
        return all(len(group) == LETTERS for group in self.groups())

    def clear(self) -> None:
        for box in self.boxes:
            box.setText("")
        self.mark_wrong(())

    def mark_wrong(self, groups: Iterable[int]) -> None:
        """Frames these groups (1 to 9) as wrong and puts the keyboard into the first of them."""
        wrong = sorted(groups)
        for place, box in enumerate(self.boxes, start=1):
            box.set_faulty(place in wrong)
        if wrong:
            self.boxes[wrong[0] - 1].setFocus()
            self.boxes[wrong[0] - 1].end(False)

    def _typed(self, at: int, signs: str) -> None:
        """``signs`` stand in a box now; what is too much for it goes on into the next ones."""
        self.boxes[at].set_faulty(False)
        kept, rest = signs[:LETTERS], signs[LETTERS:]
        self.boxes[at].setText(kept)
        pasted = len(rest) > 1
        while rest and at + 1 < GROUPS:
            at += 1
            room = LETTERS if pasted else LETTERS - len(self.boxes[at].text())
            before = "" if pasted else self.boxes[at].text()
            self.boxes[at].setText(before + rest[:room])
            self.boxes[at].set_faulty(False)
            rest = rest[room:] if pasted else ""
        if len(self.boxes[at].text()) == LETTERS and self.boxes[at].cursorPosition() == LETTERS:
            at += 1
        if at < GROUPS and not self.boxes[at].hasFocus():
            self._step(at)
        self.edited.emit()

    def _step(self, at: int) -> None:
        if 0 <= at < GROUPS:
            self.boxes[at].setFocus()
            self.boxes[at].deselect()
            self.boxes[at].end(False)


class _Box(QLineEdit):
    """One group. Takes letters and digits alone, as capitals; gives nothing to the clipboard or to a drag."""

    typed = Signal(str)
    back = Signal()
    ahead = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        self.setAccessibleName(tr("Group {n} of {of}").format(n=place + 1, of=GROUPS))
        self.setFont(theme.font(1.25, theme.MEDIUM, tabular=True))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("WWWW") + theme.px(24))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhUppercaseOnly
        )
        self.textEdited.connect(self._edited)

    def set_faulty(self, faulty: bool) -> None:
        if bool(self.property("faulty")) != faulty:
            self.setProperty("faulty", faulty)
            self.style().unpolish(self)
            self.style().polish(self)
            self.setAccessibleDescription(tr("differs from the sheet") if faulty else "")

    def _edited(self, text: str) -> None:
        signs = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum()).translate(_MEANT)
        at_end = self.cursorPosition() == len(text)
        place = self.cursorPosition()
        self.typed.emit(signs)
        if not at_end and self.hasFocus():
            self.setCursorPosition(min(place, len(self.text())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            return
        if at_start and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left):
            self.back.emit()
            return
        if event.key() == Qt.Key.Key_Right and self.cursorPosition() == len(self.text()):
            self.ahead.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.deselect()  # on X11 a selection is a clipboard too
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
