"""What the people page shows before anybody is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from app.i18n import number_text, tr, trn
from app.services import topics
from ui.desk import Desk
from ui.parts.buttons import quiet
from ui.parts.empty import EmptyState


class EmptyRoster(EmptyState):
    """Offers the import, the first person by hand, and topics to begin with where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "users",
            tr("Nobody here yet"),
            tr(
                "This is the roster: everybody who might mentor or be mentored. Take it from the list your personnel "
                "system exports: drop the file here, or copy the cells in a spreadsheet and press Ctrl+V."
            ),
            tr("Import a staff list"),
            tr("Add the first person by hand"),
        )
        self.topics_button = quiet(tr("Add the starter topics"), "sparkles")
        self.topics_button.setToolTip(tr("What people want to learn and can pass on: a list to begin with"))
        self.topics_button.clicked.connect(self._add_topics)
        self._desk = desk
        column = self.layout()
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.count() - 1, self.topics_button, 0, Qt.AlignmentFlag.AlignHCenter)

    def offer_topics(self, offered: bool) -> None:
        self.topics_button.setVisible(offered)

    def _add_topics(self) -> None:
        n = self._desk.attempt(topics.add_starter)
        if n:
            said = trn("{n} topic was added", "{n} topics were added", n).format(n=number_text(n))
            self._desk.say(said, undo=True)
