"""Which programme the window shows, chosen in the head of any page that shows one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy

from app.domain.programmes import Programme
from app.i18n import tr
from app.store import programmes
from ui import theme
from ui.desk import Desk
from ui.parts.field import ChoiceField

WIDTH, AIRY = 220, 300  # AIRY in pixels: wider than that only for a title that needs it


class ProgrammeChoice(ChoiceField[int]):
    """Chooses the programme of the whole window; there only where there is more than one, unless ``always``."""

    def __init__(self, desk: Desk, *, always: bool = False, width: int = WIDTH) -> None:
        super().__init__("")
        self._desk = desk
        self._always = always
        self._shown: list[tuple[int, str]] = []
        self.input.setAccessibleName(tr("Programme shown"))
        self.input.elide = Qt.TextElideMode.ElideMiddle  # titles of two years differ at their end
        self._width = theme.px(width * 1.1 if theme.crowded() else width)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.edited.connect(self._choose)
        self.hide()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest title, within the drawing's width; beside many buttons it gives way."""
        titles = max((self.fontMetrics().horizontalAdvance(title) for _, title in self._shown), default=0)
        needed = titles + self.input.width() - self.input.text_room().width() + theme.px(6)
        return QSize(min(self._width, max(AIRY, needed)), super().sizeHint().height())

    def refresh(self, known: Sequence[Programme] | None = None) -> None:
        """Reads the programmes again; ``known`` where the page has read them already."""
        found = programmes.all_programmes(self._desk.vault) if known is None else known
        choices = [(int(one.id), one.title) for one in found]
        if choices != self._shown:
            self._shown = choices
            self.set_choices(choices)
            self.updateGeometry()
        chosen = self._desk.programme
        if chosen is not None:
            self.set_value(chosen)
        self.setEnabled(len(choices) > 1)
        self.setVisible(len(choices) > 1 or (self._always and bool(choices)))

    def _choose(self) -> None:
        wanted = self.value()
        self._desk.flushing.emit()  # what is half-typed belongs to the programme shown until now
        found = next((one.id for one in programmes.all_programmes(self._desk.vault) if one.id == wanted), None)
        if found is not None:
            self._desk.choose_programme(found)
