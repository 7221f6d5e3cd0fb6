"""What would free those left over: the fewest rules to loosen, the fewest single exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.programmes import Rule
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts import buttons, card
from ui.parts.pairing_apart import Apart, pairs_text
from ui.parts.pairing_names import Called
from ui.parts.pairing_words import rule_text

if TYPE_CHECKING:
    from app.pairing.ways_out import WaysOut

MOST_TOLD = 3


class WaysOutBar(QWidget):
    """The smallest changes that would give more pairs, a line each with its button. Nothing where none helps.

    ``ease`` gives the rules that are only to warn, ``keep`` the pairs that are to be made against a rule or once more,
    ``allow`` those that were ruled out by hand and may be again.
    """

    allow = Signal(object)  # tuple[PairIds, ...]
    ease = Signal(object)  # frozenset[Rule]
    keep = Signal(object)  # tuple[PairIds, ...]

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._lines: list[QWidget] = []
        self.mutual = False  # whether pairs have no direction

    def clear(self) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        self.hide()  # the list above has its room then

    def show_apart(self, called: Called, kept: Apart) -> None:
        """What decisions alone keep from those who have nobody else."""
        self.clear()
        if kept.banned:
            text = trn("You ruled this pair out: {pairs}", "You ruled these pairs out: {pairs}", len(kept.banned))
            button = buttons.secondary(tr("Allow again"), "undo-2")
            button.clicked.connect(lambda: self.allow.emit(kept.banned))
            self._add(text.format(pairs=pairs_text(called, kept.banned, mutual=self.mutual)), button)
        for pair in kept.former[:MOST_TOLD]:
            button = buttons.secondary(tr("Pair again"), "handshake")
            button.clicked.connect(lambda _=False, pair=pair: self.keep.emit((pair,)))
            text = tr("They were a tandem in this programme: {pairs}")
            self._add(text.format(pairs=pairs_text(called, [pair], mutual=self.mutual)), button)

    def show_ways(self, called: Called, kept: Apart, now: int, found: WaysOut) -> None:
        """Below what decisions do, what rules do. ``now``: how many pairs the plan has."""
        self.show_apart(called, kept)
        for one in found.rules[:MOST_TOLD]:
            more = one.pairs - now
            if more > 0:
                text = trn("{rules}: {n} pair more", "{rules}: {n} pairs more", more)
                button = buttons.secondary(tr("Only warn"), "sliders-horizontal")
                button.clicked.connect(lambda _=False, rules=one.rules: self.ease.emit(rules))
                self._add(text.format(rules=rules_text(one.rules), n=number_text(more)), button)
        more = found.pairs_with_exceptions - now
        if found.exceptions and more > 0:
            pairs = pairs_text(called, found.exceptions, mutual=self.mutual)
            text = trn("By exception {pairs}: {n} pair more", "By exception {pairs}: {n} pairs more", more)
            button = buttons.secondary(tr("Keep"), "lock")
            button.clicked.connect(lambda: self.keep.emit(found.exceptions))
            self._add(text.format(pairs=pairs, n=number_text(more)), button)

    def lines(self) -> list[str]:
        """What is offered, in words."""
        return [line.accessibleName() for line in self._lines]

    def _add(self, text: str, button: buttons.Button) -> None:
        button.setAccessibleDescription(text)
        line = QWidget()
        line.setAccessibleName(text)
        row = card.row(card.PlainLabel(text, wrap=True), button)
        row.setStretch(0, 1)
        line.setLayout(row)
        self._column.addWidget(line)
        self._lines.append(line)
        self.show()


def rules_text(rules: Sequence[Rule] | frozenset[Rule]) -> str:
    """The names of rules, in their order of telling."""
    return ", ".join(rule_text(rule) for rule in Rule if rule in rules)
