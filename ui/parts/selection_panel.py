"""The panel beside the list when several people are selected, or none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.programmes import ProgrammeKind, Role
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts.avatar import Avatar, initials
from ui.parts.buttons import danger, secondary
from ui.parts.card import PlainLabel, heading, muted
from ui.parts.roster import Entry

FACES = 6


class SelectionPanel(QWidget):
    """How many are selected, and what can be done with all of them at once."""

    edit_wanted = Signal()
    enrol_wanted = Signal(object)  # Role
    export_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(18)] * 4)
        column.setSpacing(theme.px(10))
        self.count = heading("")
        self.hint = muted("", wrap=True)
        self._told: object = None  # what is shown
        self._faces = QHBoxLayout()
        self._faces.setSpacing(theme.px(4))
        self.edit = secondary(tr("Edit together"), "pencil")
        self.mentors = secondary(tr("Enrol as mentors"), "user-plus")
        self.mentees = secondary(tr("Enrol as mentees"), "user-plus")
        self.partners = secondary(tr("Enrol as tandem partners"), "user-plus")
        self.export = secondary(tr("Export these"), "download")
        self.remove = danger(tr("Remove"), "trash-2")
        column.addWidget(self.count)
        column.addLayout(self._faces)
        column.addWidget(self.hint)
        column.addSpacing(theme.px(6))
        self.buttons = (self.edit, self.mentors, self.mentees, self.partners, self.export, self.remove)
        for button in self.buttons:
            column.addWidget(button)
        column.addStretch(1)
        self.edit.clicked.connect(self.edit_wanted)
        self.mentors.clicked.connect(lambda: self.enrol_wanted.emit(Role.MENTOR))
        self.mentees.clicked.connect(lambda: self.enrol_wanted.emit(Role.MENTEE))
        self.partners.clicked.connect(lambda: self.enrol_wanted.emit(Role.BOTH))
        self.export.clicked.connect(self.export_wanted)
        self.remove.clicked.connect(self.removal_wanted)

    def show_selection(self, entries: list[Entry], *, kind: ProgrammeKind | None) -> None:
        """Shows the selected people; for nobody what the panel is for. ``kind``: of the programme, if there is one."""
        n = len(entries)
        told = (n, kind, *((entry.person.id, entry.person.list_name) for entry in entries[:FACES]))
        if told == self._told:
            return  # asked at each key of a search
        self._told = told
        text = trn("{n} person selected", "{n} people selected", n).format(n=number_text(n))
        self.count.setText(text if n else tr("Nobody selected"))
        self.hint.setText(
            tr("What you do here is one step for all of them, and Ctrl+Z takes it back.")
            if n
            else tr("Click a person to see and edit everything about them; hold Ctrl or Shift to choose several.")
        )
        for button in self.buttons:
            button.setVisible(bool(n))
        mutual = kind is ProgrammeKind.MUTUAL
        for button in (self.mentors, self.mentees):
            button.setVisible(bool(n) and kind is not None and not mutual)
        self.partners.setVisible(bool(n) and mutual)
        self._show_faces(entries)

    def _show_faces(self, entries: list[Entry]) -> None:
        while self._faces.count():
            item = self._faces.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()  # at once: until it is gone it would be painted with the new ones
                widget.deleteLater()
        for entry in entries[:FACES]:
            person = entry.person
            self._faces.addWidget(Avatar(initials(person.family_name, person.given_name), person.id))
        if len(entries) > FACES:
            more = PlainLabel(f"+{number_text(len(entries) - FACES)}", "muted")
            more.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            self._faces.addWidget(more)
        self._faces.addStretch(1)
