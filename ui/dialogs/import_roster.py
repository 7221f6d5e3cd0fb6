"""Importing people: the file, its columns, a preview; nothing is written before "Import"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import PersonId, ProgrammeId
from app.domain.programmes import Programme, ProgrammeKind, Role
from app.errors import Cancelled, Fault
from app.exchange.columns import Mapping, guess_mapping
from app.exchange.grades import grades_of
from app.exchange.levels import scale_of
from app.exchange.roster import ImportPlan
from app.exchange.tables import Table
from app.i18n import language, number_text, tr, trn
from app.services.programmes import beginning
from app.services.roster import Imported, import_roster, remembered_levels
from app.store import programmes
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts import buttons
from ui.parts.banner import Banner, announce
from ui.parts.card import ElidedLabel, PlainLabel, heading, row
from ui.parts.dialog import Dialog
from ui.parts.import_columns import ColumnMapping
from ui.parts.import_enrolling import Goal
from ui.parts.import_facts import FileFacts
from ui.parts.import_preview import ImportPreview
from ui.parts.import_reading import Material, Reading, plan, read
from ui.parts.programme_words import proposed_title
from ui.words import sentence

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
FILE, COLUMNS, PREVIEW = range(3)


class ImportRoster(Dialog):
    """Accepted, ``plan`` is what to write; ``programme`` where to enrol or ``first`` what to make for it, or None."""

    def __init__(self, desk: Desk, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: tasks.Task | None = None
        self._table: Table | None = None
        self._stale = True
        self._people: frozenset[int] = frozenset()  # rows that look like a sum and are somebody all the same
        self.material = material
        self.plan = ImportPlan()
        self._first = beginning(proposed_title(ProgrammeKind.REVERSE, date.today().year, ()), date.today())
        self.setWindowTitle(tr("Import people"))
        self.resize(theme.px(980), theme.px(660))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(12))
        self._build_head(column)
        self.facts, self.columns, self.preview = FileFacts(), ColumnMapping(), ImportPreview()
        self.stack = QStackedWidget()
        for step in (self.facts, self.columns, self.preview):
            self.stack.addWidget(step)
        column.addWidget(self.stack, 1)
        self._build_foot(column)
        self.facts.reread_wanted.connect(self._reread)
        self.facts.header_moved.connect(self._move_header)
        self.columns.changed.connect(self._mapping_changed)
        self.preview.enrolling.changed.connect(self._show_import)
        self.preview.person_wanted.connect(self._take_row)
        self._show_step(FILE)
        self.read(material)

    # Widgets

    def _build_head(self, column: QVBoxLayout) -> None:
        self.name = ElidedLabel("", "muted")
        other = buttons.quiet(tr("Another file …"), "folder-open")
        other.clicked.connect(self._choose_file)
        paste = buttons.quiet(tr("Paste cells"), "copy")
        paste.setToolTip(tr("Copy the cells in your spreadsheet first; Ctrl+V does the same."))
        paste.clicked.connect(self.paste)
        head = row(heading(tr("Import people")), self.name, other, paste, spacing=12)
        head.setStretch(1, 1)
        column.addLayout(head)
        self._steps = [
            PlainLabel(words) for words in (tr("1  File"), tr("2  Columns"), tr("3  Preview"))
        ]
        self._told = QVBoxLayout()
        column.addLayout(row(*self._steps, 1, spacing=24))
        column.addLayout(self._told)
        self._banner: Banner | None = None

    def _build_foot(self, column: QVBoxLayout) -> None:
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Reading the file"))
        self.progress.hide()
        self.cancel = buttons.secondary(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.back = buttons.secondary(tr("Back"), "arrow-left")
        self.back.clicked.connect(lambda: self._show_step(self.stack.currentIndex() - 1))
        self.next = buttons.primary(tr("Next"))
        self.next.clicked.connect(self.go_on)
        column.addWidget(self.progress)
        self.hint = PlainLabel(tr("Nothing is written before you press Import."), "muted", wrap=True)
        foot = row(self.hint, self.cancel, self.back, self.next)
        foot.setStretch(0, 1)
        column.addLayout(foot)

    def _say(self, text: str) -> None:
        """A banner with what is wrong; nothing takes it away."""
        if self._banner is not None:
            self._told.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if text:
            self._banner = Banner("warn", text, closable=False)
            self._told.addWidget(self._banner)
            self._banner.announce()

    # Steps

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        for place, label in enumerate(self._steps):
            label.set_token("accent" if place == step else "muted")
            label.setFont(theme.font(1.0, theme.SEMIBOLD if place == step else theme.REGULAR))
            label.setAccessibleDescription(tr("This step is shown.") if place == step else "")
        self.back.setVisible(step > FILE)
        self._check()
        self.next.setFocus()
        announce(self, tr("Step {n} of {of}: {title}").format(
            n=step + 1, of=len(self._steps), title=self._steps[step].text().partition("  ")[2]
        ))  # fmt: skip

    def _check(self) -> None:
        """Which button leads on, and whether it can."""
        step = self.stack.currentIndex()
        busy = self._task is not None
        if step == PREVIEW:
            self._show_import()
            return
        self.next.set_text(tr("Next"))
        ready = self._table is not None and (step == FILE or self.columns.mapping.names_somebody)
        self.next.setEnabled(ready and not busy)
        if step == COLUMNS and not self.columns.mapping.names_somebody:
            self._say(sentence(Fault("exchange.no_name_column")))
        elif self._table is not None:
            self._say("")

    def go_on(self) -> None:
        """Next, or Import on the last step."""
        step = self.stack.currentIndex()
        if step == FILE:
            self._show_step(COLUMNS)
        elif step == COLUMNS:
            self._make_plan()
        else:
            self.accept()

    # The file

    def read(self, material: Material, reading: Reading | None = None) -> None:
        """Reads a file or pasted cells in a worker."""
        self.material = material
        self.name.setText(material.name or tr("cells from the clipboard"))
        self._run(lambda _: read(material, reading or Reading()), self._take_table)

    def _take_table(self, found: tuple[Table, Mapping]) -> None:
        self._table, mapping = found
        self._stale, self._people = True, frozenset()
        self.preview.enrolling.forget()
        self.facts.show_table(self._table, mapping.header_row)
        self._show_mapping(mapping)
        self._show_step(FILE)

    def _show_mapping(self, mapping: Mapping) -> None:
        assert self._table is not None
        self.columns.show_mapping(mapping, self.material.role)
        self._show_levels()

    def _show_levels(self) -> None:
        assert self._table is not None
        rows, mapping = self._table.rows, self.columns.mapping
        self.columns.grades.show_grades(grades_of(rows, mapping), remembered_levels(self._desk.vault))
        self.columns.direction.show_scale(scale_of(rows, mapping))

    def _reread(self) -> None:
        self.read(
            self.material,
            Reading(
                encoding=self.facts.encoding.value(),
                separator=self.facts.separator.value(),
                sheet=self.facts.sheet.value(),
            ),
        )

    def _move_header(self) -> None:
        if self._table is not None:
            self._stale = True
            header = self.facts.header_row()
            self.facts.show_table(self._table, header)
            self._show_mapping(guess_mapping(self._table.rows, header))
            self._check()

    def _mapping_changed(self) -> None:
        self._stale = True
        self._show_levels()
        self._check()

    def _choose_file(self) -> None:
        material = ask_for_table(self._desk, self)
        if material is not None:
            self.read(material)

    def paste(self) -> None:
        """Takes the cells that were copied in a spreadsheet."""
        material = cells_on_clipboard()
        if material is None:
            self._say(tr("There are no cells on the clipboard. Copy them in your spreadsheet, then try again."))
        else:
            self.read(material)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        super().keyPressEvent(event)

    # The plan

    def _make_plan(self) -> None:
        table = self._table
        if table is None:
            return
        if not self._stale:
            self._show_step(PREVIEW)
            return
        mapping, role, levels = self.columns.mapping, self.columns.role.value(), self.columns.grades.levels()
        top, taken = self.columns.direction.value(), self._people
        vault, spoken = self._desk.vault, language()
        self._run(
            lambda task: plan(
                task, vault, table, mapping, role=role, levels=levels, top=top, people=taken, language=spoken
            ),
            self._take_plan,
        )

    def _take_row(self, row: int) -> None:
        self._people |= {row}
        self._stale = True
        self._make_plan()

    def _take_plan(self, made: ImportPlan) -> None:
        self.plan = made
        self._stale = False
        levels = (self.columns.direction.summary(), self.columns.grades.summary())
        self.preview.show_plan(made, self._goals(), "\n".join(filter(None, levels)))
        self._show_step(PREVIEW)

    def _goals(self) -> list[Goal]:
        """The programmes to enrol in, the one shown first; the one to be made where there is none."""
        vault, shown = self._desk.vault, self._desk.programme
        if shown is None:
            return [Goal(id=None, title=self._first.title, kind=self._first.kind)]

        def roles(programme: ProgrammeId) -> dict[PersonId, Role]:
            return {one.person: one.role for one in programmes.enrolments(vault, programme)}

        return [
            Goal(id=one.id, title=one.title, kind=one.kind, enrolled=cache(partial(roles, one.id)))
            for one in sorted(programmes.all_programmes(vault), key=lambda one: one.id != shown)
        ]

    def _show_import(self) -> None:
        n = len(self.plan.people_to_insert) + len(self.plan.people_to_update)
        enrols = self.programme is not None or self.first is not None
        words = trn("Import {n} person", "Import {n} people", n) if n or not enrols else tr("Enrol")
        self.next.set_text(words.format(n=number_text(n)))
        self.next.setEnabled(n > 0 or enrols)

    @property
    def programme(self) -> ProgrammeId | None:
        """Where to enrol the people with a role; None for nowhere."""
        goal = self.preview.enrolling.goal()
        return None if goal is None else goal.id

    @property
    def first(self) -> Programme | None:
        """The programme to make for the people with a role, where the vault has none; None for nothing to make."""
        goal = self.preview.enrolling.goal()
        return self._first if goal is not None and goal.id is None else None

    # Work

    def _run(self, job: Callable[[tasks.Task], Any], done: Callable[[Any], None]) -> None:
        if self._task is not None:
            self._task.cancel()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.next.setEnabled(False)
        current: list[tasks.Task] = []

        def mine() -> bool:
            return bool(current) and self._task is current[0]

        def finished(result: Any) -> None:
            if mine():
                self._task = None
                self.progress.hide()
                done(result)
                self._check()

        def failed(fault: Fault) -> None:
            if mine():
                self._task = None
                self.progress.hide()
                self._check()
                if self._table is None:
                    self.facts.show_nothing()
                if not isinstance(fault, Cancelled):
                    self._say(sentence(fault))

        def far(share: float) -> None:
            if mine():
                self.progress.setRange(0, 1000)
                self.progress.setValue(round(share * 1000))

        current.append(tasks.run(job, finished, failed, far, owner=self))
        self._task = current[0]

    def reject(self) -> None:
        """Cancel stops the work that runs; without any it ends the dialog."""
        if self._task is not None and self.stack.currentIndex() == COLUMNS:
            self._task.cancel()
            return
        self._forget_task()
        super().reject()

    def _forget_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None


# Ways in


def ask_for_table(desk: Desk, parent: QWidget) -> Material | None:
    """A file chosen in the dialog of the system."""
    folder = Path(desk.settings.folder) if desk.settings.folder else Path.home()
    kinds = tr("Tables") + " (" + " ".join(f"*{ending}" for ending in ENDINGS) + ")"
    path = ask.open_file(parent, tr("Import people"), folder, kinds)
    return None if path is None else Material(path)


def dropped_table(dropped: QMimeData) -> Material | None:
    """The first table among files that were dropped."""
    for url in dropped.urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and path.suffix.lower() in ENDINGS:
            return Material(path)
    return None


def cells_on_clipboard() -> Material | None:
    """Cells copied in a spreadsheet: text of several lines or with tabs."""
    text = QGuiApplication.clipboard().text()
    return Material(text) if "\t" in text or "\n" in text.strip() else None


def start_import(desk: Desk, parent: QWidget, material: Material | None) -> None:
    """Shows the dialog and, once accepted, imports in one undoable step behind the progress bar."""
    if material is None:
        return
    dialog = ImportRoster(desk, material, parent)
    accepted = ask.run(dialog)
    made, programme, first, levels = dialog.plan, dialog.programme, dialog.first, dialog.columns.grades.told()
    dialog.deleteLater()
    if not accepted:
        return

    def done(imported: Imported) -> None:
        n = imported.added + imported.changed
        k = imported.enrolled
        said = [trn("{n} person imported", "{n} people imported", n).format(n=number_text(n))] if n else []
        if k or not n:
            said.append(trn("{n} person enrolled", "{n} people enrolled", k).format(n=number_text(k)))
        desk.say(" · ".join(said), undo=True)

    desk.do_slowly(tr("Importing …"), done, import_roster, made, programme, first=first, levels=levels)
