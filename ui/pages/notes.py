"""Private notes: all of them found as you type, one written, and beside it whom it is about."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QWidget

from app.domain.ids import NoteId, PersonId, TandemId
from app.domain.kinds import Kind
from app.i18n import mark, number_text, tr, trn
from app.services import notes as verbs
from app.store import notes
from ui import theme
from ui.parts import buttons
from ui.parts.card import Card, IconLabel, PlainLabel, column, row
from ui.parts.empty import EmptyState
from ui.parts.growing import WIDGETSIZE_MAX
from ui.parts.named_box import NamedBox
from ui.parts.note_context import NAMES, NoteContext
from ui.parts.note_editor import NoteEditor
from ui.parts.note_list import NoteList
from ui.parts.note_reading import Listed, listed
from ui.parts.page import Page
from ui.parts.reading import MUCH, Reading
from ui.parts.scroll import Scroll
from ui.parts.search import SearchField, found_text
from ui.parts.veil import VeilButton, Veiled, draw, listen

PEEK = 96  # pixels at 100 % of what a note is about that are seen below its text
THREE_COLUMNS = 860  # pixels at 100 %: below it whom a note is about stands under its text


class NotesPage(Page):
    key = "notes"
    title = mark("Private notes")
    icon = "notebook-pen"
    kinds_of_vault = ("programme", "notebook")
    listens = frozenset({Kind.NOTE, Kind.SKILL_GAP, Kind.PERSON, Kind.TANDEM, Kind.TOPIC})

    def build(self) -> Iterator[None]:
        self._alone = self.desk.vault.kind == "notebook"  # which knows no people: a note there is about nobody it knows
        self._listed = Listed()
        self._tags: list[str] = []
        self._anew = False  # what is being read is every note
        self._seeking = False  # the best hit is to be shown
        self._wanted: NoteId | None = None  # shown, and to be chosen as soon as it is listed
        self.reading = Reading(self, self.desk.say_fault)
        self.desk.changed.connect(self._changed)
        _, self.subtitle, head = self.head()
        self.veil_button = VeilButton()
        self.new_button = buttons.primary(tr("New note"), "plus")
        self.new_button.setToolTip(QKeySequence("Ctrl+N").toString(QKeySequence.SequenceFormat.NativeText))
        self.new_button.clicked.connect(self.new)
        head.addWidget(self.veil_button)
        head.addWidget(self.new_button)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        columns = QWidget()
        self.veiled = Veiled(columns, stretch=True)
        self.stack.addWidget(self.veiled)
        line = QHBoxLayout(columns)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        yield
        line.addWidget(self._build_list(), 29)
        yield
        area = Scroll()  # with large text the note and what it is about are higher than the window
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.addWidget(area, 69)
        right = QWidget()
        right.setObjectName("scrolled")
        self.sheet = QBoxLayout(QBoxLayout.Direction.TopToBottom, right)
        area.setWidget(right)
        self.sheet.setContentsMargins(0, 0, 0, 0)
        self.sheet.setSpacing(theme.px(12))
        self.sheet.addWidget(self._build_editor(), 42)
        yield
        self.sheet.addWidget(self._build_context(), 27)
        self.empty = EmptyState(
            "notebook-pen",
            tr("No private notes yet"),
            tr("Write down what you see, for yourself alone. "
               "Notes stay in this vault and are never printed or exported.")
            if self._alone else
            tr("Write down what you see, for yourself alone: about a person, a tandem or nothing in particular. "
               "Notes stay in this vault and are never printed or exported."),
            tr("Write the first note"),
        )  # fmt: skip
        self.empty.acted.connect(self.new)
        self.stack.addWidget(self.empty)
        self.veil_keys = listen(self)
        self.on_keys("Ctrl+N", self.new)

    def _build_list(self) -> QWidget:
        self.search = SearchField(tr("Search notes …"))
        self.search.searched.connect(lambda _: self._seek())
        self.search.left_downwards.connect(self._into_list)
        self.tags = NamedBox()
        self.tags.setAccessibleName(tr("Show notes with the tag"))
        self.tags.currentIndexChanged.connect(lambda _: self._seek())
        self.list = NoteList(tr("Notes"))
        self.list.chosen.connect(self._chosen)
        self.search.tell_of(self.list.notes, self._found_text)
        self.tags.activated.connect(lambda _: self.search.tell_soon())
        self.nothing = PlainLabel(tr("No note holds all of these words."), "muted", wrap=True)
        self.nothing.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        card = Card(margin=1, spacing=0)
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.list, 1)
        whole = QWidget()
        whole.setLayout(column(self.search, self.tags, spacing=8))
        side = whole.layout()
        assert side is not None
        side.addWidget(card)
        whole.setMinimumWidth(theme.px(200))
        return whole

    def _build_editor(self) -> QWidget:
        self.editor = NoteEditor(self.desk, lambda: self._tags)
        card = Card("private")
        promise = PlainLabel(tr("Stays in this vault, is never printed"), "violet", 0.94)
        card.body.addLayout(row(IconLabel("lock", "violet", 16), promise, 1))
        self.choose_hint = PlainLabel(tr("Choose a note, or write a new one."), "text", wrap=True)
        self.choose_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(self.editor, 1)
        card.body.addWidget(self.choose_hint, 1)
        self.editor_card = card
        return card

    def _build_context(self) -> QWidget:
        self.context = NoteContext(self.desk)
        self.context.committed.connect(self._about)
        card = Card()
        area = Scroll()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.context.setObjectName("scrolled")
        area.setWidget(self.context)
        area.setMinimumHeight(theme.px(60))
        card.body.addWidget(area)
        self.context_card = card
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_sheet()

    def showEvent(self, event: QShowEvent) -> None:
        """Made ahead it had no note yet, and its size need not change any more."""
        super().showEvent(event)
        self._lay_sheet()

    def _lay_sheet(self) -> None:
        directions = QBoxLayout.Direction
        wide = self.width() >= theme.px(THREE_COLUMNS)
        self.sheet.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._let_peek(wide)

    def _let_peek(self, wide: bool) -> None:
        """Where the two stand below each other the beginning of what a note is about is seen below its text."""
        card = self.editor_card
        room = self.height() - self.stack.y() - self.body.contentsMargins().bottom() - theme.px(PEEK)
        card.setMaximumHeight(WIDGETSIZE_MAX if wide or self._alone else max(room, card.minimumSizeHint().height()))

    # What is shown

    def refresh(self) -> None:
        self._read(anew=True)

    def _read(self, *, anew: bool) -> None:
        """Lists what the search finds; ``anew`` with every note read again, else of those known."""
        vault = self.desk.vault
        self._anew = anew or (self._anew and self.reading.under_way)
        query, tag, known = self.search.text().strip(), self.tags.currentData(), None if self._anew else self._listed
        much = notes.count(vault) > MUCH
        if much and self.stack.currentIndex() != 0:
            self.subtitle.setText(tr("Reading the notes …"))
            self.stack.setCurrentIndex(0)
        programme = self.desk.programme if self._anew else None
        self.reading.read(lambda: listed(vault, query, tag, known, programme), self._show, much=much)

    def _show(self, found: Listed) -> None:
        anew, self._anew = self._anew, False
        self._listed, before = found, self.list.current
        if anew:
            n = len(found.notes)
            count = trn("{n} note, for your eyes only", "{n} notes, for your eyes only", n)
            self.subtitle.setText(count.format(n=number_text(n)))
            self.stack.setCurrentIndex(0 if n else 1)
            self.new_button.set_look("primary" if n else "secondary")  # the empty page has a filled one of its own
            self._fill_tags(found.tags)
            self.context.know_tandems(found.tandems)
        self._show_list(found)
        if anew and self.list.current == before:  # another one is shown already
            self._show_note()

    def _fill_tags(self, used: list[str]) -> None:
        chosen = self.tags.currentData()
        self._tags = used
        self.tags.blockSignals(True)
        self.tags.clear()
        self.tags.addItem(tr("All tags"), None)
        for tag in used:
            self.tags.addItem(f"#{tag}", tag)
        self.tags.setCurrentIndex(max(self.tags.findData(chosen) if chosen else 0, 0))
        self.tags.blockSignals(False)
        self.tags.setVisible(bool(used))

    def _show_list(self, found: Listed) -> None:
        rows, query = found.rows, self.search.text().strip()
        self.list.set_rows(rows)
        few = tr("No note holds all of these words.")
        self.nothing.setText(tr("The best {n} are shown.").format(n=number_text(len(rows))) if found.more else few)
        self.nothing.setVisible(found.more or (not rows and bool(found.notes)))
        self.list.setVisible(bool(rows))
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.list.choose(wanted)
        first = self._seeking or (self.list.current is None and not query)
        if rows and first and self.list.notes.place_of(self.list.current) < 0:
            self.list.choose(rows[0].note.id)
        self._seeking = False

    def _found_text(self, n: int) -> str:
        return tr("The best {n} are shown.").format(n=number_text(n)) if self._listed.more else found_text(n)

    def _seek(self) -> None:
        """Another search shows its best hit; a note that is being written is saved first."""
        self._seeking = True
        self._read(anew=False)

    def _changed(self, kinds: frozenset[Kind]) -> None:
        """Names that stand beside notes can change with what the page does not listen to."""
        if kinds & NAMES and not kinds & self.listens:
            self.stale = True
            if self.isVisible():
                self.ensure_fresh()

    def _chosen(self, _note: NoteId | None) -> None:
        self.editor.flush()
        self.context.flush()
        self._show_note()

    def _show_note(self) -> None:
        note = None if self.list.current is None else notes.note(self.desk.vault, self.list.current)
        self.editor.setVisible(note is not None)
        self.context_card.setVisible(note is not None and not self._alone)
        self.choose_hint.setVisible(note is None)
        if note is None:
            self.editor.forget()
        else:
            self.editor.show_note(note)
            self.context.show_note(note)

    def show_record(self, record: int | None, part: str = "") -> None:  # noqa: ARG002
        if record is not None:
            self.search.clear()
            self.tags.setCurrentIndex(0)
            self._choose(NoteId(record))

    def record_shown(self) -> int | None:
        return self.list.current

    def start_search(self) -> bool:
        return self.search.start()

    def _into_list(self) -> None:
        if self.list.notes.rows:
            if self.list.current is None:
                self.list.choose(self.list.notes.rows[0].note.id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done

    def new(self) -> None:
        """An empty note, chosen, with the cursor in its title."""
        self.flush()
        draw(False)
        self.search.clear()
        self.tags.setCurrentIndex(0)
        note = self.desk.do(verbs.add)
        self._choose(note)
        self.editor.start()

    def _choose(self, note: NoteId) -> None:
        """Shows a note; its row is chosen as soon as it is listed."""
        if self.reading.under_way:
            self._wanted = note
            self.list.expect(note)
        else:
            self.list.choose(note)

    def _about(self, person: PersonId | None, tandem: TandemId | None) -> None:
        if self.list.current is not None:
            self.desk.attempt(verbs.edit, self.list.current, person=person, tandem=tandem, meeting=None)

    def flush(self) -> None:
        self.editor.flush()
        self.context.flush()

    def complete(self) -> None:
        self.context.complete()
