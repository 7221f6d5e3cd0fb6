"""Documents: a gallery, the live page, what is missing, print and PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from app.documents.badge_inputs import NameWishes
from app.domain.ids import PublishingId, TandemId
from app.domain.kinds import Kind
from app.errors import Fault
from app.i18n import language, mark, speaking, tr
from app.store import programmes, publishings, tandems
from ui import tasks, theme
from ui.desk import Place
from ui.dialogs.pdf_out import PdfOut
from ui.parts import buttons, card
from ui.parts.document_choices import ALL, any_to_pair, choices_of
from ui.parts.document_gallery import DocumentGallery, picture_room
from ui.parts.document_sheets import SHEETS, Options, Printed, Sheet, gaps, reader
from ui.parts.empty import EmptyState
from ui.parts.flow import FlowLayout
from ui.parts.making import Making
from ui.parts.name_choices import NameChoices
from ui.parts.named_box import NamedBox
from ui.parts.page import Page
from ui.parts.pdf_file import proposed_name
from ui.parts.pdf_view import PdfView, thumbnail_of
from ui.parts.programme_choice import ProgrammeChoice
from ui.parts.scroll import Scroll
from ui.words import sentence

LEAST_PREVIEW = 300  # pixels: where the choices above leave less, all of it scrolls
NAMES_STATE = "names"


@dataclass(slots=True)
class Wanted:
    """What the preview shows or is about to."""

    sheet: Sheet
    language: str
    tandem: int = ALL  # or a publishing: those made by it
    plan: int | None = None  # the protocol's: DRAFT or a publishing; None: whichever there is
    design: str = "framed"
    names: NameWishes = NameWishes()


class DocumentsPage(Page):
    key = "documents"
    title = mark("Documents")
    icon = "printer"
    kinds_of_vault = ("programme",)
    listens: ClassVar[frozenset[Kind]] = frozenset(Kind) - {Kind.NOTE, Kind.SKILL_GAP}

    def build(self) -> Iterator[None]:
        self._task: tasks.Task | None = None
        self._turn = 0  # which of the makings is the newest: an earlier one has nothing to say any more
        self._drawing: tasks.Task | None = None  # the thumbnail that is being made
        self._left = False
        self._published: frozenset[int] = frozenset()
        self._wanted = Wanted(SHEETS[0], language())
        self._thumbnails: dict[str, QIcon] = {}
        self._out = PdfOut(self.desk, self)
        _, self.subtitle, actions = self.head()
        self.subtitle.setWordWrap(True)
        self.choice = ProgrammeChoice(self.desk, always=True)  # what is handed out should be about the right one
        actions.addWidget(self.choice)
        self.save = buttons.secondary(tr("Save as PDF"), "download")
        self.save.clicked.connect(self._save)
        self.print = buttons.primary(tr("Print"), "printer")
        self.print.clicked.connect(self._print)
        actions.addWidget(self.save)
        actions.addWidget(self.print)
        self.empty = EmptyState(
            "printer",
            tr("Documents come from a programme"),
            tr("Make a programme and pair people; then everything that is handed out can be printed here."),
            tr("Make a programme"),
        )
        self.empty.acted.connect(lambda: self.desk.go(Place("programme", part="new")))
        self.body.addWidget(self.empty, 1)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        self.gallery = DocumentGallery()
        self.gallery.currentRowChanged.connect(self._choose)
        self.gallery.itemActivated.connect(lambda item: self._choose(self.gallery.row(item)))
        row.addWidget(self.gallery)
        yield
        self._right = self._preview()
        yield
        row.addWidget(self._right, 1)
        self.body.addWidget(self._work, 1)
        self._soon = QTimer(self, interval=120, singleShot=True)
        self._soon.timeout.connect(self._render)

    def _preview(self) -> QWidget:
        made = card.Card(margin=16, spacing=10)
        self.language = self._combo(tr("Language of the document"), (("de", "Deutsch"), ("en", "English")))
        self.language.setCurrentIndex(self.language.findData(language()))
        self.tandem = self._combo(tr("Tandem"), ())
        designs = (("framed", tr("Framed")), ("plain", tr("Plain")), ("logo", tr("With the logo")))
        self.design = self._combo(tr("Design"), designs)
        self.plan = self._combo(tr("Plan"), ())
        self.names = NameChoices()
        self.names.restore(self.desk.settings.tables.get(NAMES_STATE))
        self.names.changed.connect(self._names_changed)
        choices = FlowLayout(spacing=10)
        for box in (self.language, self.tandem, self.plan, self.design):
            choices.addWidget(box)
        made.body.addLayout(choices)
        made.body.addWidget(self.names)
        self.missing = card.PlainLabel("", "warn", wrap=True)
        self.missing.hide()
        made.body.addWidget(self.missing)
        self.making = Making()
        self.making.cancelled.connect(self._stop)
        made.body.addWidget(self.making)
        self.pdf = PdfView()
        self.pdf.setMinimumHeight(LEAST_PREVIEW)
        made.body.addWidget(self.pdf, 1)
        area = Scroll()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(made)
        return area

    def _combo(self, name: str, options: tuple[tuple[str, str], ...]) -> QComboBox:
        box = NamedBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        for value, words in options:
            box.addItem(words, value)
        box.activated.connect(lambda _: self._chosen())
        return box

    def show_record(self, record: int | None, part: str = "") -> None:
        """``part`` is a document's key, ``record`` a tandem or a publishing."""
        row = next((row for row, sheet in enumerate(SHEETS) if sheet.key == part), None)
        if part:
            self._wanted.tandem, self._wanted.plan = record or ALL, record
        if part and self.desk.programme is not None:
            self._fill_choices()
        if row is not None:
            self.gallery.setCurrentRow(row)
            self._choose(row)

    def leave(self) -> None:
        """Somebody looks at another page: no further thumbnail is begun."""
        self._left = True

    def ensure_fresh(self) -> None:
        returned, self._left = self._left, False
        super().ensure_fresh()
        if returned and self._task is None and self._drawing is None and not self._soon.isActive():
            self._next_thumbnail()

    def refresh(self) -> None:
        chosen = self.desk.programme
        self.choice.refresh()
        self._work.setVisible(chosen is not None)
        self.empty.setVisible(chosen is None)
        self._allow(False)
        if chosen is None:
            self.subtitle.setText("")
            return
        self._fill_choices()
        kept = self._wanted.sheet.key
        self._thumbnails = {key: shown for key, shown in self._thumbnails.items() if key == kept}
        self._choose(self.gallery.currentRow())

    def _fill_choices(self) -> None:
        chosen = self.desk.programme
        assert chosen is not None
        found = choices_of(self.desk.vault, chosen)
        self._published = found.publishings
        if self._wanted.plan not in self._published:
            self._wanted.plan = None
        for box, choices, wanted in (
            (self.tandem, found.tandems, self._wanted.tandem),
            (self.plan, found.plans, self._wanted.plan),
        ):
            box.clear()
            for words, value in choices:
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(wanted), 0))

    def _suggest_plan(self) -> None:
        """Once nobody is left to be paired, the plan published last is the one that a protocol can be made of."""
        chosen = self.desk.programme
        if chosen is None or self._wanted.plan is not None or self._wanted.sheet.key != "pairing_protocol":
            return
        draft = not self._published or any_to_pair(self.desk.vault, chosen)
        self.plan.setCurrentIndex(0 if draft else 1)

    def _choose(self, row: int) -> None:
        if row < 0:
            return
        self._wanted.sheet = SHEETS[row]
        self._options_changed()

    def _chosen(self) -> None:
        """Somebody chose; what only was suggested stays a suggestion."""
        if self._wanted.sheet.key == "pairing_protocol":
            self._wanted.plan = self.plan.currentData()
        self._options_changed()

    def _names_changed(self) -> None:
        self.desk.change_settings(tables={**self.desk.settings.tables, NAMES_STATE: self.names.state()})
        self._options_changed()

    def _options_changed(self) -> None:
        self._suggest_plan()
        self._wanted.language = self.language.currentData()
        self._wanted.tandem = self.tandem.currentData() or ALL
        self._wanted.design = self.design.currentData()
        self.tandem.setVisible(self._wanted.sheet.per_tandem)
        self.plan.setVisible(self._wanted.sheet.key == "pairing_protocol" and self.plan.count() > 1)
        self.design.setVisible(self._wanted.sheet.key == "certificates")
        self.names.show_for(self._wanted.sheet.key)
        self._wanted.names = self.names.wishes()
        self.subtitle.setText(tr(self._wanted.sheet.purpose))
        self._allow(False)
        self._soon.start()

    def _allow(self, ready: bool) -> None:
        """Nothing else leaves the window than what the preview shows."""
        self.save.setEnabled(ready)
        self.print.setEnabled(ready)

    def _job(self, sheet: Sheet, *, first_only: bool = False) -> Callable[[tasks.Task], Printed] | None:
        """Reads the records now; the job that is given only needs them."""
        chosen = None if self.desk.vault.closed else self.desk.programme
        if chosen is None:
            return None
        options = Options(
            programme=chosen,
            language=self._wanted.language,
            tandems=self._tandems(),
            plan=PublishingId(self.plan.currentData()) if self.plan.currentData() else None,
            design=self._wanted.design,
            names=self._wanted.names,
            on=date.today(),
            first_only=first_only,
        )
        try:
            return reader(sheet, self.desk.vault, options)
        except Fault as fault:
            if sheet is self._wanted.sheet:
                self.pdf.clear()
                self.missing.setText(sentence(fault))
                self.missing.show()
            return None

    def _tandems(self) -> tuple[TandemId, ...] | None:
        wanted = self._wanted.tandem
        if wanted in self._published:
            return publishings.tandems_of(self.desk.vault, PublishingId(wanted))
        return None if wanted == ALL else (TandemId(wanted),)

    def _render(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._allow(False)
        self._turn += 1
        if self.desk.vault.closed:
            return
        self._show_missing()
        wanted, turn = replace(self._wanted), self._turn
        job = self._job(wanted.sheet)
        if job is not None:
            self._task = tasks.run(
                job,
                lambda made: self._rendered(wanted, made),
                lambda fault: self._failed(turn, fault),
                self.making.step,
                owner=self,
            )
            self.making.begin()

    def _rendered(self, wanted: Wanted, made: Printed) -> None:
        if wanted != self._wanted or self._soon.isActive() or self.desk.vault.closed:
            return  # something else is on its way
        given_up = self._task is not None and self._task.cancelled()
        self._task = None
        self.making.end()
        sheet = wanted.sheet
        self.pdf.show_pdf(made.pdf)
        self._show_missing(made.boxes)
        self._allow(True)
        self._show_thumbnail(sheet, self.pdf.thumbnail(picture_room()))
        if not given_up:
            self._next_thumbnail()

    def _show_thumbnail(self, sheet: Sheet, page: QPixmap) -> None:
        self._thumbnails[sheet.key] = self.gallery.show_picture(sheet, page)

    def _next_thumbnail(self) -> None:
        """The other documents' first pages, one after the other, while nothing else is wanted."""
        if self._left or self._drawing is not None or self.desk.vault.closed:
            return
        sheet, job = None, None
        for candidate in SHEETS:
            if candidate.key not in self._thumbnails and (job := self._job(candidate, first_only=True)) is not None:
                sheet = candidate
                break
        if sheet is None or job is None:
            return
        room, scale = picture_room(), self.devicePixelRatioF()

        def shown(made: Printed) -> None:
            ended = self._drawing
            self._drawing = None
            self._show_thumbnail(sheet, thumbnail_of(made.pdf, room, scale))
            if ended is None or not ended.cancelled():  # else the vault is about to close
                self._next_thumbnail()

        def not_shown(_fault: Fault) -> None:
            self._drawing = None

        self._drawing = tasks.run(job, shown, not_shown, owner=self)

    def _failed(self, turn: int, fault: Fault) -> None:
        if turn != self._turn or self._soon.isActive():
            return  # what was given up for something else
        self._task = None
        self.making.end()
        self.pdf.clear()
        if fault.code == "cancelled":
            self.missing.setText(tr("The document was not made. Choose it again to make it."))
            self.missing.show()
        else:
            self.desk.say_fault(fault)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _show_missing(self, boxes: tuple[str, ...] = ()) -> None:
        chosen = self.desk.programme
        wanted = self._wanted
        lacking = (
            list(gaps(wanted.sheet, self.desk.vault, chosen, wanted.design, self.plan.currentData()))
            if chosen is not None
            else []
        )
        if boxes:
            words = tr("These signs have no letter in the printed type and show as a box: {signs}")
            lacking.append(words.format(signs=" ".join(boxes[:12])))
        self.missing.setText(" ".join(lacking))
        self.missing.setVisible(bool(lacking))

    # Out of the window

    def _print(self) -> None:
        if self.pdf.pdf:
            self._out.print(self.pdf.pdf, self.pdf.page_count, self._name())

    def _save(self) -> None:
        if self.pdf.pdf:
            self._out.save(self.pdf.pdf, self._name())

    def _name(self) -> str:
        """What the file is called: the document in its own language, the tandem's number, the programme, the day."""
        chosen = self.desk.programme
        about = None if chosen is None else programmes.programme(self.desk.vault, chosen)
        named = [] if about is None else [about.title]
        with speaking(self._wanted.language):
            one = self._tandems() if self._wanted.sheet.per_tandem else None
            if one is not None and len(one) == 1 and (tandem := tandems.tandem(self.desk.vault, one[0])) is not None:
                named.insert(0, tr("Tandem {number}").format(number=tandem.number))
            return proposed_name(tr(self._wanted.sheet.title), " ".join(named), date.today())
