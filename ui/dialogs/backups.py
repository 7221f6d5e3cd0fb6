"""The backups of this vault: which there are, a new one, a copy elsewhere, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QGridLayout, QProgressBar, QWidget

from app.errors import Fault
from app.i18n import date_text, number_text, time_text, tr
from app.services.houses import set_house
from app.store import backups as shelf
from app.store import houses
from app.store.backups import Backup, Contents
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts import buttons, card
from ui.parts.banner import Banner, Tone
from ui.parts.table import Column, RecordModel, RecordTable
from ui.words import sentence

SECOND_PLACE = "backup_second_place"


def moment_text(backup: Backup) -> str:
    """When a backup was made, in the time of this computer."""
    at = backup.at.astimezone()
    return f"{date_text(at.date())}, {time_text(at)}"


def state_text(desk: Desk) -> tuple[str, str]:
    """The last backup in a pill: its words and its tone."""
    if desk.throwaway:
        return tr("The demo makes none"), "muted"
    last = shelf.newest(desk.vault.backups(desk.places.backups))
    if last is None:
        return tr("None yet"), "warn"
    return tr("Verified"), "ok"


def last_text(desk: Desk) -> str:
    """When the last verified backup was made; empty where there is none."""
    last = shelf.newest(desk.vault.backups(desk.places.backups))
    return "" if last is None else moment_text(last)


def second_place(desk: Desk) -> Path | None:
    """The folder of the user's choice into which each backup is copied too."""
    kept = houses.house(desk.vault).get(SECOND_PLACE, "")
    return Path(kept) if kept else None


def back_up(desk: Desk, task: tasks.Task) -> Backup:
    """Makes a backup, and copies it to the second place where that is there now; runs in a worker thread.

    A stick that is not there, or full, is no reason to be without a backup here: the list shows how old its copy is.
    """
    place = second_place(desk)
    made = desk.vault.back_up(desk.places.backups, task.progress.emit)
    if place is not None and place.is_dir():
        with suppress(Fault):
            shelf.copy_to(made, place, desk.vault.id)
    return made


def place_text(desk: Desk) -> str:
    """Where the second place is and how new its copy; looks at it, which may take long on a share."""
    place = second_place(desk)
    if place is None:
        return tr("No second place yet: a copy on a stick or a share helps when this computer is lost.")
    if not place.is_dir():
        return tr("Second place: {folder}. It is not there now.").format(folder=place)
    last = shelf.newest(shelf.listed(shelf.folder_at(place, desk.vault.id)))
    if last is None:
        return tr("Second place: {folder}. No backup lies there.").format(folder=place)
    return tr("Second place: {folder}. Its last copy is of {moment}.").format(folder=place, moment=moment_text(last))


class Backups(QDialog):
    """Asks the desk to restore, then closes; everything else happens here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(tr("Backups"))
        self.resize(theme.px(640), theme.px(520))
        self._banner: Banner | None = None
        self._task: tasks.Task | None = None
        self._column = card.column(spacing=12)
        self._column.setContentsMargins(*[theme.px(24)] * 4)
        self._column.addWidget(card.heading(tr("Backups")))
        self._column.addWidget(
            card.muted(
                tr(
                    "When you lock or close the vault after a change, a backup is made and compared with the vault."
                    " The newest three stay, one for each of the last 7 days, and one for each of the last 4 weeks."
                ),
                wrap=True,
            )
        )
        self._model = RecordModel[Backup](_columns(), moment_text, record_id=lambda backup: backup.path.name)
        self.table = RecordTable[Backup](self._model, tr("Backups"), many=False)
        self.table.chosen.connect(lambda _: self._enable())
        self._column.addWidget(self.table, 1)
        self.place = card.muted("", wrap=True)
        self._column.addWidget(self.place)
        self._build_foot()
        self.setLayout(self._column)
        self.show_all()

    def _build_foot(self) -> None:
        self.busy = QProgressBar()
        self.busy.setRange(0, 1000)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(theme.px(4))
        self.busy.setAccessibleName(tr("A backup is being made"))
        self.busy.hide()
        self.now = buttons.primary(tr("Back up now"), "shield-check")
        self.now.clicked.connect(self._back_up)
        self.copy = buttons.secondary(tr("Copy to another place …"), "copy")
        self.copy.clicked.connect(self._copy)
        self.restore = buttons.danger(tr("Restore …"), "undo-2")
        self.restore.clicked.connect(self._restore)
        self.close_button = buttons.secondary(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self._column.addWidget(self.busy)
        self._column.addLayout(card.row(self.now, self.copy, self.restore, 1, self.close_button, spacing=10))

    # What is there

    def show_all(self) -> None:
        """Reads the list; each file is compared with its hash, off the main thread."""
        desk = self.desk
        self._show(desk.vault.backups(desk.places.backups))
        tasks.run(lambda _: place_text(desk), self.place.setText, self._failed, owner=self)
        tasks.run(lambda _: desk.vault.backups(desk.places.backups, hashed=True), self._show, self._failed, owner=self)

    def _show(self, found: tuple[Backup, ...]) -> None:
        self._model.set_records(found)
        if found and self.table.current_record() is None:
            self.table.choose(found[0].path.name)
        self._enable()

    def _enable(self) -> None:
        free = self._task is None
        chosen = self.table.current_record()
        for button in (self.now, self.close_button):
            button.setEnabled(free)
        self.now.setEnabled(free and not self.desk.throwaway)
        self.copy.setEnabled(free and chosen is not None and chosen.verified)
        self.restore.setEnabled(free and chosen is not None and not self.desk.throwaway)

    # What is done

    def _back_up(self) -> None:
        def done(made: Backup) -> None:
            self._model.set_records(self.desk.vault.backups(self.desk.places.backups))
            self.table.choose(made.path.name)
            self._say("ok", tr("The backup was made and is equal to the vault."))

        self.desk.flushing.emit()
        self._run(lambda task: back_up(self.desk, task), done)

    def _copy(self) -> None:
        backup = self.table.current_record()
        if backup is None:
            return
        folder = ask.folder(self, tr("Copy to another place"), second_place(self.desk) or Path.home())
        if folder is None:
            return

        def done(_: Path) -> None:
            if folder != second_place(self.desk):
                with self.desk.vault.change("houses.set_house", undoable=False) as change:
                    set_house(change, **{SECOND_PLACE: str(folder)})
            self._say("ok", tr("The backup was copied and compared."))

        self._run(lambda _: shelf.copy_to(backup, folder, self.desk.vault.id), done)

    def _restore(self) -> None:
        backup = self.table.current_record()
        if backup is None:
            return
        self.desk.flushing.emit()
        try:
            then = self.desk.vault.contents_of(backup)
        except Fault as fault:
            self._say("danger", self._reason(fault))
            return
        if ask.run(RestorePreview(backup, shelf.contents_of(self.desk.vault), then, self)):
            self.accept()
            self.desk.restore_wanted.emit(backup)

    def _run(self, job: Callable[[tasks.Task], Any], done: Callable[[Any], None]) -> None:
        def finish(result: Any) -> None:
            self._over()
            if not self.desk.vault.closed:  # locked meanwhile
                done(result)
                self.show_all()

        def failed(fault: Fault) -> None:
            self._over()
            self._failed(fault)

        if self._task is None:
            self.busy.setValue(0)
            self.busy.show()
            self._task = tasks.run(job, finish, failed, self._step, owner=self)
            self._enable()

    def _step(self, share: float) -> None:
        self.busy.setValue(round(share * 1000))

    def _failed(self, fault: Fault) -> None:
        self._say("danger", self._reason(fault))

    def _over(self) -> None:
        self._task = None
        self.busy.hide()
        self._enable()

    def reject(self) -> None:
        if self._task is None:
            super().reject()

    def _reason(self, fault: Fault) -> str:
        if fault.code == "vault.wrong_passphrase":
            return tr("This backup was made under an earlier passphrase. Open it as a vault of its own to see it.")
        if fault.code in ("vault.damaged", "vault.not_a_vault"):
            return sentence(Fault("backups.copy_damaged"))
        return sentence(fault)

    def _say(self, tone: Tone, text: str) -> None:
        if self._banner is not None:
            self._banner.deleteLater()
        self._banner = Banner(tone, text, closable=False)
        self._column.insertWidget(2, self._banner)
        self._banner.announce()


def _columns() -> tuple[Column[Backup], ...]:
    return (
        Column(key="made", title=tr("Made on"), text=moment_text, sort_key=lambda backup: backup.at, width=220),
        Column(
            key="size",
            title=tr("Size"),
            text=lambda backup: f"{number_text(backup.size / 1e6, 1)} MB",
            sort_key=lambda backup: backup.size,
            kind="number",
            width=110,
        ),
        Column(
            key="state",
            title=tr("State"),
            text=lambda backup: tr("Verified") if backup.verified else tr("Not verified"),
            kind="pill",
            tone=lambda backup: "ok" if backup.verified else "warn",
            width=160,
        ),
    )


class RestorePreview(QDialog):
    """What the backup holds against today, and what becomes of the vault of today."""

    def __init__(self, backup: Backup, today: Contents, then: Contents, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore a backup"))
        self.setMinimumWidth(theme.px(480))
        column = card.column(spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addWidget(card.heading(tr("Restore the backup of {moment}?").format(moment=moment_text(backup))))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        for at, words in enumerate(("", tr("Today"), tr("In the backup"))):
            grid.addWidget(card.muted(words), 0, at)
        for line, (name, now, before) in enumerate(_compared(today, then), start=1):
            grid.addWidget(card.PlainLabel(name), line, 0)
            grid.addWidget(card.PlainLabel(number_text(now)), line, 1)
            grid.addWidget(card.PlainLabel(number_text(before), weight=theme.SEMIBOLD), line, 2)
        column.addLayout(grid)
        column.addWidget(
            card.PlainLabel(
                tr(
                    "The vault closes and you unlock it again. The vault of today is not removed: it stays in the"
                    " same folder under its name with “before” and the date."
                ),
                wrap=True,
            )
        )
        cancel = buttons.secondary(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go = buttons.danger(tr("Restore"), "undo-2")
        self.go.clicked.connect(self.accept)
        column.addLayout(card.row(1, cancel, self.go, spacing=10))
        self.setLayout(column)


def _compared(today: Contents, then: Contents) -> tuple[tuple[str, int, int], ...]:
    return (
        (tr("People"), today.people, then.people),
        (tr("Programmes"), today.programmes, then.programmes),
        (tr("Tandems"), today.tandems, then.tandems),
        (tr("Meetings"), today.meetings, then.meetings),
        (tr("Goals"), today.goals, then.goals),
        (tr("Notes"), today.notes, then.notes),
        (tr("Skill gaps"), today.skill_gaps, then.skill_gaps),
    )
