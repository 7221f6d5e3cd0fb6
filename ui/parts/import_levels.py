"""Which end of the file's career levels is the top: guessed, said with its reason, and turned by a choice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people import LOWEST_LEVEL, TOP_LEVEL
from app.exchange.levels import Scale, Sign
from app.i18n import mark, tr
from ui.parts.card import IconLabel, PlainLabel, row
from ui.parts.editors import ChoiceField, Labelled

_SIGNS = {
    Sign.SUPERVISORS: mark("Guessed from who supervises whom."),
    Sign.POSITIONS: mark("Guessed from the positions."),
    Sign.NONE: mark("Nothing in the file tells which end is the top. Please check."),
}


class LevelDirection(QWidget):
    """The number that stands for the top; hidden where the file has no levels to turn."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scale: Scale | None = None
        self._doubted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.top = ChoiceField(whole=True)
        self.top.committed.connect(lambda _: self._choose())
        self.said = PlainLabel("", "warn", 0.92, wrap=True)
        self._sign = IconLabel("triangle-alert", "warn", 16)
        line = row(Labelled(tr("Career levels of the file"), self.top), self._sign, self.said, spacing=8)
        line.setStretch(2, 1)
        column.addLayout(line)
        self.hide()

    def show_scale(self, scale: Scale | None) -> None:
        """Shows how the file counts; what was chosen stays while the levels are the same."""
        self.setVisible(scale is not None)
        if scale == self._scale:
            return
        self._scale = scale
        if scale is None:
            return
        tops = range(max(scale.highest, TOP_LEVEL + 1), LOWEST_LEVEL + 1)
        self.top.set_choices([
            (TOP_LEVEL, tr("{n} is the top").format(n=TOP_LEVEL)),
            *((top, tr("{n} is the top and becomes 1").format(n=top)) for top in tops),
        ])  # fmt: skip
        self.top.show_value(scale.top)
        self._doubted = scale.sign is Sign.NONE
        words = tr(_SIGNS[scale.sign])
        self.said.set_token("warn" if self._doubted else "muted")
        self.said.setText(words)
        self._sign.setVisible(self._doubted)
        self.top.setAccessibleDescription(words)

    def _choose(self) -> None:
        self._doubted = False
        self._sign.hide()
        self.said.setText("")
        self.changed.emit()

    def value(self) -> int:
        """The number of the file that is its top."""
        return int(self.top.value() or TOP_LEVEL) if self._scale is not None else TOP_LEVEL

    def summary(self) -> str:
        """For the preview: which end of the file's levels comes in as the top; "" where there are none."""
        scale = self._scale
        if scale is None:
            return ""
        top = self.value()
        if top == TOP_LEVEL:
            said = tr("Career levels: {lowest} is the highest in the file, {highest} the lowest.")
        else:
            said = tr("Career levels are turned round: {highest} in the file becomes {first}, {lowest} becomes {last}.")
        told = said.format(
            lowest=scale.lowest, highest=scale.highest, first=top + 1 - scale.highest, last=top + 1 - scale.lowest
        )
        return f"{told} {tr(_SIGNS[Sign.NONE])}" if self._doubted else told
