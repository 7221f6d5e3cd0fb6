"""The switch between the views of the pairing page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.i18n import tr
from ui.parts import buttons, card

PLAN, MAP, COMPARED = range(3)


class ViewSwitch(QWidget):
    """Three buttons of which one is pressed. ``chosen`` gives PLAN, MAP or COMPARED; arrow keys go along."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("View"))
        self._group = QButtonGroup(self)
        line = card.row(spacing=6)
        for view, (icon, text) in enumerate(
            (("list", tr("Pairs")), ("grid-3x3", tr("Heat map")), ("git-compare", tr("Compare")))
        ):
            button = buttons.secondary(text, icon)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # told as one of several and not as a box to tick
            self._group.addButton(button, view)
            line.addWidget(button)
        self._group.button(PLAN).setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self.setLayout(line)

    def _toggled(self, view: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(view)

    def view(self) -> int:
        return self._group.checkedId()

    def choose(self, view: int) -> None:
        self._group.button(view).setChecked(True)
