"""The second view of the pairing page: the heat map with its legend, or why there is none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import tr
from ui.parts import buttons, card
from ui.parts.empty import EmptyState
from ui.parts.flow import FlowLayout
from ui.parts.pairing_cells import Mark, Sample
from ui.parts.pairing_map import HeatMap
from ui.parts.pairing_map_sheet import MapSheet
from ui.parts.pairing_map_zoom import Zoom
from ui.parts.pairing_sheet import MOST_ON_MAP
from ui.parts.scroll import Scroll


class MapView(QWidget):
    """``map`` is the heat map; it scrolls below its names where it is larger than the view."""

    acted = Signal()  # the way on from an empty map
    reasons = Signal(bool)  # whether the reasons below are to be seen

    def __init__(self) -> None:
        super().__init__()
        self.map = HeatMap()
        self.area = Scroll()
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.map.setObjectName("scrolled")
        self.area.setWidget(self.map)
        for bar in (self.area.verticalScrollBar(), self.area.horizontalScrollBar()):
            bar.valueChanged.connect(self.map.update)  # the names stay in sight
        self.map.shown.connect(self._show)
        self.map.pulled.connect(self._scroll)
        sheet = card.Card(margin=10, spacing=8)
        sheet.body.addLayout(self._build_tools())
        sheet.body.addWidget(self.area, 1)
        sheet.body.addWidget(self._legend())
        self.empty = EmptyState("grid-3x3", tr("Nobody to pair"), "", tr("Go to the participants"))
        self.empty.acted.connect(self.acted)
        self.too_many = EmptyState(
            "grid-3x3",
            tr("Too many people for a map"),
            tr("The map shows up to {n} people on a side. The plan and the lists take any number.").format(
                n=MOST_ON_MAP
            ),
        )
        self.stack = QStackedWidget()
        for page in (sheet, self.empty, self.too_many):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _build_tools(self) -> QHBoxLayout:
        self.smaller = buttons.icon_button("minus", tr("Smaller cells (Ctrl+-)"))
        self.larger = buttons.icon_button("plus", tr("Larger cells (Ctrl++)"))
        self.whole = buttons.secondary(tr("Whole map"), "grid-3x3")
        self.whole.setToolTip(tr("All pairs at once (Ctrl+0); pointing at a cell says who it is."))
        self.why = buttons.secondary(tr("Reasons below"), "info")
        for button in (self.whole, self.why):
            button.setCheckable(True)
        self.why.setChecked(True)
        self.smaller.clicked.connect(self.map.smaller)
        self.larger.clicked.connect(self.map.larger)
        self.whole.clicked.connect(lambda whole: self.map.zoom(Zoom(whole=whole)))
        self.why.toggled.connect(self.reasons)
        self.map.zoomed.connect(self._zoomed)
        return card.row(self.whole, self.smaller, self.larger, 1, self.why, spacing=6)

    def _zoomed(self, zoom: Zoom) -> None:
        self.whole.setChecked(zoom.whole)
        cell = self.map.pair()
        if cell is not None:
            QTimer.singleShot(0, self.map, lambda: self.map.choose(cell))  # once the map has its new size

    def _legend(self) -> QWidget:
        made = QWidget()
        line = FlowLayout(made, 14)
        for sample, words in (
            (Sample(820), tr("82: 820 of 1,000 points")),
            (Sample(640, Mark.PROPOSED), tr("in the plan")),
            (Sample(640, Mark.LOCKED), tr("kept")),
            (Sample(0, Mark.BANNED, blocked=True), tr("ruled out by hand")),
            (Sample(0, blocked=True), tr("blocked by a rule")),
            (Sample(460, warned=True), tr("with a warning")),
        ):
            pair = QWidget()
            pair.setLayout(card.row(sample, card.PlainLabel(words, "muted", 0.92), spacing=6))
            line.addWidget(pair)
        return made

    def show_sheet(self, sheet: MapSheet | None, nothing: str) -> None:
        """Shows a map; None where there are too many people; ``nothing`` says why an empty one is empty."""
        if sheet is None:
            self.stack.setCurrentIndex(2)
            return
        self.empty.say(nothing)
        self.map.show_sheet(sheet)
        self.stack.setCurrentIndex(0 if sheet.mentors and sheet.mentees else 1)

    def _show(self, box: QRect) -> None:
        middle = box.center()
        self.area.ensureVisible(middle.x(), middle.y(), box.width() // 2, box.height() // 2)

    def _scroll(self, by: QPoint) -> None:
        for bar, pixels in ((self.area.horizontalScrollBar(), by.x()), (self.area.verticalScrollBar(), by.y())):
            bar.setValue(bar.value() + pixels)
