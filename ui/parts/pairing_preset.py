"""Presets of weights and rules by name, those of other kinds below; what belongs to none is the officer's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.presets import PRESETS, Preset, preset_of, presets_of, usual
from app.domain.programmes import Programme, ProgrammeKind
from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.field import Field
from ui.parts.named_box import NamedBox
from ui.parts.programme_words import kind_text


class PresetField(Field):
    """``chosen`` gives a Preset that somebody picked; own values can't be picked, only made.

    One that belongs to another kind of programme says so, and brings its kind.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Preset"))
        self._presets: list[Preset | None] = []  # by the box's places; None: own values, and the line below
        self._kind: ProgrammeKind | None = None
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
        """Offers the presets, those of the programme's kind first, and shows which one it follows."""
        if programme.kind is not self._kind:
            self._kind = programme.kind
            self._offer(programme.kind)
        known = preset_of(programme)
        self._shown = self._presets.index(known)  # none: the officer's own
        self.input.setCurrentIndex(self._shown)
        said = tr("Weights and rules of your own.") if known is None else tr(known.sentence)
        self.sentence.setText(said)
        self.input.setAccessibleDescription(said)

    def _offer(self, kind: ProgrammeKind) -> None:
        mine = presets_of(kind)
        others = [one for one in PRESETS if one.kind is not kind]
        self._presets = [*mine, None, None, *others]
        self.input.clear()
        self.input.addItems([*(tr(one.title) for one in mine), tr("Own values")])
        self.input.insertSeparator(self.input.count())
        for one in others:
            self.input.addItem(_title_elsewhere(one))
            becomes = tr("Makes the programme “{kind}”.").format(kind=kind_text(one.kind))
            self.input.setItemData(self.input.count() - 1, f"{tr(one.sentence)} {becomes}", Qt.ItemDataRole.ToolTipRole)

    def choose(self, key: str) -> None:
        """As somebody who picks the preset of that key."""
        place = next(place for place, one in enumerate(self._presets) if one is not None and one.key == key)
        self.input.setCurrentIndex(place)
        self._activated(place)

    def _activated(self, place: int) -> None:
        picked = self._presets[place]
        if picked is not None and place != self._shown:
            self.chosen.emit(picked)
        else:
            self.input.setCurrentIndex(self._shown)


def _title_elsewhere(preset: Preset) -> str:
    """With the kind that it brings, where the name does not say it."""
    title, kind = tr(preset.title), kind_text(preset.kind)
    return title if preset is usual(preset.kind) else tr("{preset} (becomes {kind})").format(preset=title, kind=kind)
