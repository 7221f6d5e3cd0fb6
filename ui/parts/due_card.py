"""The card of what is due: the most urgent first, further ones added a few at a time, for there may be thousands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import number_text, tr, trn
from app.services.due import Due
from ui.desk import Place
from ui.parts import buttons, card
from ui.parts.due_words import button_words, due_icon, due_place, due_sentence

FIRST = 8  # lines at first
MORE = 50  # lines that one click brings
AT_ONCE = 6  # lines made before the window is let on


class DueCard(card.Card):
    """Shows ``wanted`` lines of what is due; ``grew`` tells how many are wanted now."""

    grew = Signal(int)

    def __init__(
        self,
        due: Sequence[Due],
        names: Mapping[int, str],
        go: Callable[[Place], None],
        wanted: int,
        *,
        mutual: bool = False,
    ) -> None:
        super().__init__(spacing=8)
        self._due, self._names, self._go, self._mutual = due, names, go, mutual
        self._wanted, self._lines = wanted, 0
        head = card.row(card.heading(tr("Due now")), 1)
        count = len(due)
        if count:
            head.addWidget(card.muted(trn("{n} thing", "{n} things", count).format(n=number_text(count))))
        self.body.addLayout(head)
        if not count:
            self.body.addWidget(card.muted(tr("Nothing is due. Everything goes as planned."), wrap=True))
        self._list = card.column(spacing=8)
        self.body.addLayout(self._list)
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
        self.grew.emit(self._wanted)
        self._add(AT_ONCE)

    def _step(self) -> int:
        left = len(self._due) - self._lines
        return left if left <= MORE else MORE

    def _add(self, most: int) -> None:
        end = min(self._lines + most, self._wanted, len(self._due))
        for place in range(self._lines, end):
            if place:
                self._list.addWidget(card.Separator())
            self._list.addLayout(self._line(self._due[place]))
        self._lines = end
        if end < min(self._wanted, len(self._due)):
            self._next.start()
        self._say_more()

    def _say_more(self) -> None:
        left, step = len(self._due) - self._lines, self._step()
        self.more_button.setVisible(left > 0 and not self._next.isActive())
        words = tr("Show all {n}").format(n=number_text(len(self._due)))
        self.more_button.setText(words if step == left else tr("Show {n} more").format(n=number_text(step)))

    def _line(self, one: Due) -> QHBoxLayout:
        sentence = due_sentence(one, self._names, mutual=self._mutual)
        words = button_words(one, mutual=self._mutual)
        act = buttons.quiet(words)
        act.setAccessibleName(f"{words}: {sentence}")
        act.clicked.connect(lambda: self._go(due_place(one)))
        icon, token = due_icon(one)
        line = card.row(card.IconLabel(icon, token), card.PlainLabel(sentence, wrap=True), act, spacing=10)
        line.setStretch(1, 1)
        return line
