"""How the pairing desk is laid out: the views, the panel that explains, the weights beside them or, with large text,
above them. Whatever has no room is scrolled to; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.parts.pairing_board import PairingBoard, at_most
from ui.parts.pairing_map_view import MapView
from ui.parts.pairing_panel import PairingPanel
from ui.parts.pairing_switch import COMPARED, MAP, PLAN
from ui.parts.pairing_weights import WeightsPanel
from ui.parts.pieces import at_once
from ui.parts.scroll import Scroll

WEIGHTS_SIDE, WEIGHTS_ABOVE, PANEL_HEIGHT = 340, 210, 200
TALL = {PLAN: 230, MAP: 300, COMPARED: 420}  # the least height of each view; below it the page scrolls


class DeskFrame(QWidget):
    """Holds the three views in ``views``; ``area`` is what scrolls."""

    def __init__(
        self,
        board: PairingBoard,
        others: tuple[MapView, QWidget],
        panel: PairingPanel,
        weights: WeightsPanel,
        parent: QWidget | None = None,
        *,
        whole: bool = True,
    ) -> None:
        """Not ``whole``: `build` puts them in piece by piece, for each is styled again for its place."""
        super().__init__(parent)
        self._board, self._panel, self._weights = board, panel, weights
        self._board.stacked.connect(self._keep_height)
        self._map, self._others = others[0], others
        self._map.reasons.connect(lambda _shown: self._show_panel())
        panel.setFixedHeight(at_most(PANEL_HEIGHT))
        weights.hide()
        if whole:
            at_once(self.build())

    def build(self) -> Iterator[None]:
        weights = self._weights
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.area = Scroll()  # for large text: the views keep their room
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(self.area, 1)
        self.area.setWidget(sheet)
        if theme.crowded():
            weights.setFixedHeight(theme.px(WEIGHTS_ABOVE))
            column.addWidget(weights)
        else:
            weights.setFixedWidth(at_most(WEIGHTS_SIDE))
            whole.addWidget(weights)
        self.views = QStackedWidget()
        column.addWidget(self.views, 1)
        for view in (self._board, *self._others):
            yield
            self.views.addWidget(view)
        column.addWidget(self._panel)
        self._keep_height()
        yield

    def show_weights(self, shown: bool) -> None:
        self._weights.setVisible(shown)
        self._board.make_room(shown and not theme.crowded())
        if shown:
            self.area.verticalScrollBar().setValue(0)

    def show_view(self, view: int) -> None:
        self.views.setCurrentIndex(view)
        self._show_panel()
        self._keep_height()

    def _show_panel(self) -> None:
        """Below the lists; below the map while its reasons are wanted; not below the comparison."""
        view = self.views.currentIndex()
        self._panel.setVisible(view == PLAN or (view == MAP and self._map.why.isChecked()))

    def _keep_height(self) -> None:
        view = self.views.currentIndex()
        least = TALL[view] + (self._board.below() if view == PLAN else 0)
        self.views.setMinimumSize(theme.px(200), theme.px(least))
