"""Presets of weights and rules by name; what belongs to no preset is called the officer's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.presets import Preset, preset_of, presets_of
from app.domain.programmes import Programme
from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.field import Field
from ui.parts.named_box import NamedBox


class PresetField(Field):
    """``chosen`` gives a Preset that somebody picked; own values can't be picked, only made."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Preset"))
        self._presets: tuple[Preset, ...] = ()
        self._shown = -1
        self.input = NamedBox()
        self.input.activated.connect(self._activated)
        self.sentence = card.muted("", wrap=True)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.input)
        column.addWidget(self.sentence)
        self.put(box, self.input)

    def show_programme(self, programme: Programme) -> None:
        """Offers the presets of the programme's kind and shows which one it follows."""
        offered = presets_of(programme.kind)
        known = preset_of(programme)
        if offered != self._presets:
            self._presets = offered
            self.input.clear()
            for one in offered:
                self.input.addItem(tr(one.title))
            self.input.addItem(tr("Own values"))
        self._shown = offered.index(known) if known in offered else len(offered)
        self.input.setCurrentIndex(self._shown)
        own = tr("Weights and rules of your own.")
        said = tr(offered[self._shown].sentence) if self._shown < len(offered) else own
        self.sentence.setText(said)
        self.input.setAccessibleDescription(said)

    def choose(self, key: str) -> None:
        """As somebody who picks the preset of that key."""
        place = next(place for place, one in enumerate(self._presets) if one.key == key)
        self.input.setCurrentIndex(place)
        self._activated(place)

    def _activated(self, place: int) -> None:
        if place < len(self._presets) and place != self._shown:
            self.chosen.emit(self._presets[place])
        else:
            self.input.setCurrentIndex(self._shown)
