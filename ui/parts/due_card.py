"""The card of what is due: the most urgent first, further ones added a few at a time, for there may be thousands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import number_text, tr, trn
from app.services.due import Due, DueKind, Heap, gathered
from ui.desk import Place
from ui.parts import buttons, card
from ui.parts.buttons import Button
from ui.parts.due_words import button_words, due_icon, due_place, due_sentence, heap_button, heap_sentence

FIRST = 8  # lines at first
MORE = 50  # lines that one click brings
AT_ONCE = 6  # lines made before the window is let on


class DueCard(card.Card):
    """Shows ``wanted`` lines of what is due, several of a kind as one unless they are among the ``unfolded``.

    ``grew`` tells how many lines are wanted now and which kinds are unfolded.
    """

    grew = Signal(int, object)

    def __init__(
        self,
        due: Sequence[Due],
        names: Mapping[int, str],
        go: Callable[[Place], None],
        wanted: int,
        *,
        mutual: bool = False,
        unfolded: frozenset[DueKind] = frozenset(),
    ) -> None:
        super().__init__(spacing=8)
        self._due, self._unfolded, self._shown = due, unfolded, gathered(due, unfolded)
        self._names, self._go, self._mutual = names, go, mutual
        self._wanted, self._lines = wanted, 0
        head = card.row(card.heading(tr("Due now")), 1)
        count = len(due)
        if count:
            head.addWidget(card.muted(trn("{n} thing", "{n} things", count).format(n=number_text(count))))
        self.body.addLayout(head)
        if not count:
            self.body.addWidget(card.muted(tr("Nothing is due. Everything goes as planned."), wrap=True))
        self._rows, self._acts = QWidget(), list[Button]()
        self._list = _lines_in(self._rows)
        self.body.addWidget(self._rows)
        self.more_button = buttons.quiet("", "chevron-down")
        self.more_button.clicked.connect(self.show_more)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(lambda: self._add(AT_ONCE))
        self._add(FIRST)

    def show_more(self) -> None:
        """All of them, or the next ones of very many."""
        self._wanted += self._step()
        self.grew.emit(self._wanted, self._unfolded)
        self._add(AT_ONCE)

    def _act(self, line: int) -> None:
        """Goes where the thing is done; several are shown one by one, with the keyboard on the first of them."""
        one = self._shown[line]
        place = due_place(one)
        if place is not None:
            self._go(place)
            return
        self._unfolded |= {one.kind}
        self._shown = gathered(self._due, self._unfolded)
        self._wanted += min(sum(each.kind is one.kind for each in self._due), MORE)
        self.grew.emit(self._wanted, self._unfolded)
        old, self._acts, self._lines = self._rows, [], 0
        self._rows = QWidget()
        self._list = _lines_in(self._rows)
        self.body.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()  # it holds the button that was pressed
        self._add(max(line + 1, FIRST))
        self._acts[line].setFocus()

    def _step(self) -> int:
        left = len(self._shown) - self._lines
        return left if left <= MORE else MORE

    def _add(self, most: int) -> None:
        end = min(self._lines + most, self._wanted, len(self._shown))
        for place in range(self._lines, end):
            if place:
                self._list.addWidget(card.Separator())
            self._list.addLayout(self._line(place))
        self._lines = end
        if end < min(self._wanted, len(self._shown)):
            self._next.start()
        self._say_more()

    def _say_more(self) -> None:
        left, step = len(self._shown) - self._lines, self._step()
        self.more_button.setVisible(left > 0 and not self._next.isActive())
        words = tr("Show all {n}").format(n=number_text(len(self._shown)))
        self.more_button.setText(words if step == left else tr("Show {n} more").format(n=number_text(step)))

    def _line(self, place: int) -> QHBoxLayout:
        one = self._shown[place]
        if isinstance(one, Heap):
            sentence, words = heap_sentence(one, mutual=self._mutual), heap_button(one)
        else:
            sentence = due_sentence(one, self._names, mutual=self._mutual)
            words = button_words(one, mutual=self._mutual)
        act = buttons.quiet(words)
        act.setAccessibleName(f"{words}: {sentence}")
        act.clicked.connect(lambda: self._act(place))
        self._acts.append(act)
        icon, token = due_icon(one)
        line = card.row(card.IconLabel(icon, token), card.PlainLabel(sentence, wrap=True), act, spacing=10)
        line.setStretch(1, 1)
        return line


def _lines_in(rows: QWidget) -> QVBoxLayout:
    column = card.column(spacing=8)
    column.setContentsMargins(0, 0, 0, 0)
    rows.setLayout(column)
    return column
