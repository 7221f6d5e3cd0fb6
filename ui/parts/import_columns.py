"""Second step of an import: what each column of the file means."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.programmes import Role
from app.exchange.columns import Column, Mapping
from app.exchange.fields import Field, label, reason_text
from app.i18n import tr
from ui import theme
from ui.parts.card import ElidedLabel, IconLabel, PlainLabel, row
from ui.parts.editors import ChoiceField, Labelled
from ui.parts.import_grades import GradeLevels
from ui.parts.import_levels import LevelDirection
from ui.parts.labels import role_text
from ui.parts.scroll import Scroll


class ColumnMapping(QWidget):
    """A line per column: its header, some of its cells, where it goes. ``mapping`` is what holds now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mapping = Mapping(header_row=None, columns=())
        self._choices: dict[int, ChoiceField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        roles = [(None, tr("as the file says")), *((role, role_text(role)) for role in Role)]
        self.role = ChoiceField(roles)
        self.role.show_value(None)
        self.role.setMinimumWidth(theme.px(280))
        self.role.committed.connect(lambda _: self.changed.emit())
        column.addLayout(row(Labelled(tr("Everybody in this file is"), self.role), 1))
        self.grades = GradeLevels(self)
        self.grades.changed.connect(self.changed)
        self.direction = LevelDirection()
        self.direction.changed.connect(self.changed)
        column.addWidget(self.direction)
        self._scroll = Scroll()
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(tr("Columns of the file"))
        column.addWidget(self._scroll, 1)

    def show_mapping(self, mapping: Mapping, role: Role | None) -> None:
        """Shows a guess."""
        self.role.show_value(role)
        self.mapping = mapping
        self._choices = {}
        inside = QWidget()
        inside.setObjectName("scrolled")
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, theme.px(10), 0)
        body.setSpacing(theme.px(14))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(8))
        for place, (words, stretch) in enumerate(
            ((tr("Column in the file"), 3), (tr("For example"), 4), (tr("Goes to"), 3))
        ):
            grid.addWidget(PlainLabel(words, "muted", weight=theme.MEDIUM), 0, place)
            grid.setColumnStretch(place, stretch)
        self._notes: dict[int, QWidget] = {}
        for column in mapping.columns:
            self._line(grid, column)
        body.addLayout(grid)
        body.addWidget(self.grades)  # out of the body before, which goes now
        body.addStretch(1)
        self._scroll.setWidget(inside)

    def _line(self, grid: QGridLayout, column: Column) -> None:
        line = grid.rowCount()
        name = column.header or tr("Column {n}").format(n=column.index + 1)
        grid.addWidget(ElidedLabel(name, weight=theme.MEDIUM), line, 0)
        grid.addWidget(ElidedLabel(" · ".join(column.samples), "muted"), line, 1)
        choice = ChoiceField([(None, tr("left out")), *((field, label(field)) for field in Field)])
        choice.setAccessibleName(tr("“{column}” goes to").format(column=name))
        choice.show_value(column.field)
        choice.committed.connect(lambda field: self._map(column.index, field))
        grid.addWidget(choice, line, 2)
        self._choices[column.index] = choice
        if column.left_out is not None:
            reason = reason_text(column.left_out)
            choice.setAccessibleDescription(reason)
            note = QWidget()
            note.setLayout(row(IconLabel("shield", "warn", 16), PlainLabel(reason, "warn", 0.92, wrap=True), spacing=6))
            lay = note.layout()
            assert lay is not None
            lay.setStretch(1, 1)  # type: ignore[attr-defined]
            grid.addWidget(note, line + 1, 0, 1, 3)
            self._notes[column.index] = note

    def _map(self, index: int, field: Field | None) -> None:
        self.mapping = self.mapping.with_field(index, field)
        for column in self.mapping.columns:
            self._choices[column.index].show_value(column.field)
            if column.index in self._notes:
                self._notes[column.index].setVisible(column.field is None)
        self.changed.emit()

    def choice(self, index: int) -> ChoiceField:
        """The box that says where a column goes."""
        return self._choices[index]
