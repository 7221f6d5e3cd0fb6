"""Ten half-days as two rows of small toggles."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.domain.people import SLOTS
from app.i18n import tr
from ui import theme
from ui.parts.card import PlainLabel
from ui.parts.labels import day_names


class HalfDays(QWidget):
    """Which half-days somebody has time; a bit per slot. Arrow keys go from one to the next."""

    committed = Signal(object)  # the bits

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(4))
        self.toggles: list[QPushButton] = []
        halves = (tr("morning"), tr("afternoon"))
        for row, half in enumerate((tr("a.m."), tr("p.m."))):
            grid.addWidget(PlainLabel(half, "muted", 0.92), row + 1, 0)
        for day, name in enumerate(day_names()):
            label = PlainLabel(name, "muted", 0.92)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(label, 0, day + 1)
        for slot in range(len(SLOTS)):
            toggle = QPushButton()
            toggle.setCheckable(True)
            toggle.setAccessibleName(f"{day_names()[slot // 2]} {halves[slot % 2]}")
            toggle.setToolTip(toggle.accessibleName())
            toggle.setStyleSheet("QPushButton, QPushButton:focus { padding: 0; min-height: 0; border-radius: 6px; }")
            toggle.setFixedHeight(theme.px(24))
            toggle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            toggle.setMinimumWidth(theme.px(26))
            toggle.toggled.connect(lambda on, button=toggle: button.setText("✓" if on else ""))
            toggle.clicked.connect(lambda _: self.committed.emit(self.value()))
            self.toggles.append(toggle)
            grid.addWidget(toggle, slot % 2 + 1, slot // 2 + 1)

    def value(self) -> int:
        return sum(1 << slot for slot, toggle in enumerate(self.toggles) if toggle.isChecked())

    def show_value(self, bits: int) -> None:
        for slot, toggle in enumerate(self.toggles):
            toggle.setChecked(bool(bits >> slot & 1))

    def commit(self) -> None:
        """Nothing waits here: each click is told at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -2, Qt.Key.Key_Right: 2, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        focused = self.focusWidget()
        step = moves.get(Qt.Key(event.key()))
        if step is not None and isinstance(focused, QPushButton) and focused in self.toggles:
            at = self.toggles.index(focused) + step
            if 0 <= at < len(self.toggles):
                self.toggles[at].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)
