"""The private panel of a tandem: notes about it and the skill gaps of whoever learns, behind the veil when wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import NoteId, TandemId, TopicId
from app.domain.notes import Note, SkillGap
from app.domain.people import Person
from app.domain.topics import Topic
from app.i18n import date_text, tr
from app.services import notes
from app.store.notes import about_tandem, tags
from ui import theme
from ui.desk import Desk
from ui.parts import buttons
from ui.parts.buttons import Button
from ui.parts.card import Card, IconLabel, PlainLabel, Separator, column, heading, row
from ui.parts.gaps_panel import GapsPanel
from ui.parts.note_editor import NoteEditor
from ui.parts.note_list import title_of
from ui.parts.veil import VeilButton, Veiled


class PrivatePanel(Card):
    """Looks private and says so; nothing in it ever leaves the vault. ``opened``: a note is there to be written."""

    opened = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("private")
        self.desk = desk
        self._tandem: TandemId | None = None
        self.chosen: NoteId | None = None
        self.note_buttons: dict[NoteId, Button] = {}
        self.body.addLayout(row(IconLabel("lock", "violet"), heading(tr("Private")), 1, VeilButton()))
        self.body.addWidget(PlainLabel(tr("Stays in this vault, is never printed"), "violet", 0.94, wrap=True))
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        self.add_button = buttons.secondary(tr("New note"), "plus")
        self.add_button.clicked.connect(self.add)
        whole.addLayout(row(PlainLabel(tr("Notes"), weight=theme.SEMIBOLD), 1, self.add_button))
        self.empty = PlainLabel(tr("No notes about this tandem yet."), "text", wrap=True)
        whole.addWidget(self.empty)
        self.lines = column(spacing=4)
        whole.addLayout(self.lines)
        self.editor = NoteEditor(desk, lambda: tags(desk.vault), lines=6)
        self.editor.hide()
        whole.addWidget(self.editor)
        whole.addWidget(Separator())
        self.gaps = GapsPanel(desk)
        whole.addWidget(self.gaps)
        self.other_gaps: GapsPanel | None = None  # of a mutual tandem's second partner
        self._whole = whole
        self.veiled = Veiled(inside)
        self.body.addWidget(self.veiled)

    def show_private(
        self,
        tandem: TandemId,
        found: Sequence[Note],
        learners: Sequence[tuple[Person, Sequence[SkillGap]]],
        topics: Mapping[TopicId, Topic],
        first: Sequence[TopicId],
    ) -> None:
        """Notes about the tandem and what was seen of those who learn in it, two at most; what is being written stays.

        ``first``: the topics that are offered before all others.
        """
        if tandem != self._tandem:
            self.editor.flush()
            self.editor.forget()
            self.chosen = None
        self._tandem = tandem
        self._show_notes(found)
        if len(learners) > 1 and self.other_gaps is None:
            self.other_gaps = GapsPanel(self.desk)
            self._whole.addWidget(self.other_gaps)
        for at, panel in enumerate(self._panels()):
            panel.setVisible(at < len(learners))
            if at < len(learners):
                person, gaps = learners[at]
                title = tr("Skill gaps of {name}").format(name=person.full_name)
                panel.show_gaps(person.id, gaps, topics, first, title, person.full_name if len(learners) > 1 else "")

    def _panels(self) -> tuple[GapsPanel, ...]:
        return (self.gaps,) if self.other_gaps is None else (self.gaps, self.other_gaps)

    def complete(self) -> None:
        """Makes the fields behind all pencils."""
        for panel in self._panels():
            panel.complete()

    def _show_notes(self, found: Sequence[Note]) -> None:
        for button in self.note_buttons.values():
            self.lines.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.note_buttons = {}
        if self.chosen not in [note.id for note in found]:
            self.chosen = None
        for note in found:
            self.note_buttons[note.id] = self._line(note)
            self.lines.addWidget(self.note_buttons[note.id])
        self.empty.setVisible(not found)
        current = next((note for note in found if note.id == self.chosen), None)
        if current is None:
            self.editor.forget()
        else:
            self.editor.show_note(current)
        self.editor.setVisible(current is not None)

    def _line(self, note: Note) -> Button:
        title, day = title_of(note), date_text(note.changed_at.astimezone().date())
        line = buttons.secondary("", "pin" if note.pinned else "notebook-pen")
        line.setAccessibleName(tr("Note: {title}").format(title=title))
        line.setCheckable(True)
        line.setChecked(note.id == self.chosen)
        room = self.width() - theme.px(36 + 28 + 40) if self.width() > theme.px(200) else theme.px(240)
        said = line.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight,
                                             room - line.fontMetrics().horizontalAdvance(f"{day}    "))  # fmt: skip
        line.setText(f"{said}  \u00b7  {day}".replace("&", "&&"))
        line.setStyleSheet("text-align: left;")
        line.clicked.connect(lambda: self.choose(None if note.id == self.chosen else note.id))
        return line

    def choose(self, note: NoteId | None) -> None:
        """Opens a note for writing, or closes the one that is open."""
        self.editor.flush()
        self.chosen = note
        self.refresh()
        if note is not None:
            self.opened.emit()

    def refresh(self) -> None:
        if self._tandem is not None:
            self._show_notes(about_tandem(self.desk.vault, self._tandem))

    def add(self) -> None:
        if self._tandem is None:
            return
        self.editor.flush()
        self.chosen = self.desk.do(notes.add, tandem=self._tandem)
        self.refresh()
        self.editor.start()
        self.opened.emit()

    def flush(self) -> None:
        self.editor.flush()
        for panel in self._panels():
            panel.flush()
