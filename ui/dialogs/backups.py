"""The backups of this vault: which there are and where, a new one, copies elsewhere, a check, and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import Fault
from app.i18n import tr
from app.services.erase import restoring
from app.services.houses import set_house
from app.store import backups as shelf
from app.store import checks
from app.store.backups import Backup
from app.store.checks import Health
from app.store.shelves import Kept, everywhere
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs import ask
from ui.dialogs.bring_back import BringBack
from ui.dialogs.earlier_passphrase import EarlierPassphraseDialog
from ui.dialogs.restore_preview import RestorePreview
from ui.dialogs.sticks import choose_stick
from ui.parts import buttons, card
from ui.parts.backup_state import (
    SECOND_PLACE,
    back_up,
    check_text,
    columns,
    copy_away,
    health_text,
    moment_text,
    place_text,
    second_place,
)
from ui.parts.banner import Banner, Tone
from ui.parts.dialog import Dialog
from ui.parts.flow import FlowLayout
from ui.parts.table import RecordModel, RecordTable
from ui.parts.thin_bar import ThinBar
from ui.words import sentence

__all__ = ["SECOND_PLACE", "Backups", "RestorePreview", "back_up", "second_place"]


class Backups(Dialog):
    """Asks the desk to restore, then closes; everything else happens here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(tr("Backups"))
        self.resize(theme.px(860), theme.px(560))
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
        self._model = RecordModel[Kept](
            columns(), lambda kept: moment_text(kept.backup), record_id=lambda kept: kept.backup.path.name
        )
        self.table = RecordTable[Kept](self._model, tr("Backups"), many=False)
        self.table.chosen.connect(lambda _: self._enable())
        self._build_tools()
        self._column.addWidget(self.table, 1)
        self.place = card.muted("", wrap=True)
        self.checked = card.muted("", wrap=True)
        self._column.addWidget(self.place)
        self._column.addWidget(self.checked)
        self._build_foot()
        self.setLayout(self._column)
        self.show_all()

    def _build_tools(self) -> None:
        self.now = buttons.primary(tr("Back up now"), "shield-check")
        self.now.clicked.connect(self._back_up)
        self.stick = buttons.secondary(tr("Copy to stick"), "copy")
        self.stick.clicked.connect(self._copy_to_stick)
        self.copy = buttons.secondary(tr("Second place …"), "folder-open")
        self.copy.clicked.connect(self._choose_place)
        self.check = buttons.secondary(tr("Check the vault"), "search")
        self.check.clicked.connect(self._check)
        tools = FlowLayout(spacing=10)
        for tool in (self.now, self.stick, self.copy, self.check):
            tools.addWidget(tool)
        self._column.addLayout(tools)

    def _build_foot(self) -> None:
        self.busy = ThinBar(tr("Working"), 1000)
        self.busy.hide()
        self.single = buttons.secondary(tr("Take single records …"), "download")
        self.single.clicked.connect(self._take_single)
        self.restore = buttons.danger(tr("Restore all …"), "undo-2")
        self.restore.clicked.connect(self._restore)
        self.close_button = buttons.secondary(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self._column.addWidget(self.busy)
        self._column.addLayout(card.row(self.single, self.restore, 1, self.close_button, spacing=10))

    # What is there

    def show_all(self) -> None:
        """Reads the list; the second place, and whether each file is what it was, off the main thread."""
        desk, place = self.desk, second_place(self.desk)
        self._show(everywhere(desk.vault, desk.places.backups, None))
        self.checked.setText(check_text(desk))
        vault, backups, show = desk.vault, desk.places.backups, self.place.setText
        tasks.run(lambda _: place_text(place, vault.id), show, self._failed, owner=self, far=True)
        job = lambda _: everywhere(vault, backups, place, hashed=True)  # noqa: E731
        tasks.run(job, self._show, self._failed, owner=self, far=True)

    def _show(self, found: tuple[Kept, ...]) -> None:
        self._model.set_records(found)
        if found and self.table.current_record() is None:
            self.table.choose(found[0].backup.path.name)
        self._enable()

    def _enable(self) -> None:
        free = self._task is None
        self.close_button.set_text(tr("Cancel") if self._task is not None and self._task.far else tr("Close"))
        self.close_button.setEnabled(free or (self._task is not None and self._task.far))
        kept = self.table.current_record()
        usable = free and kept is not None and kept.backup.verified
        self.check.setEnabled(free)
        for button in (self.now, self.copy):
            button.setEnabled(free and not self.desk.throwaway)
        self.stick.setEnabled(usable)
        self.single.setEnabled(usable)
        self.restore.setEnabled(free and kept is not None and not self.desk.throwaway)

    # What is done

    def _back_up(self) -> None:
        def done(made: Backup) -> None:
            self._show(everywhere(self.desk.vault, self.desk.places.backups, None))
            self.table.choose(made.path.name)
            self._say("ok", tr("The backup was made and is equal to the vault."))
            if second_place(self.desk) is not None:
                self._run(copy_away(self.desk), lambda _: None, far=True)

        self.desk.flushing.emit()
        self._run(lambda task: back_up(self.desk, task), done)

    def _copy_to_stick(self) -> None:
        kept = self.table.current_record()
        stick = choose_stick(self)
        if kept is None or stick is None:
            return

        def done(_: Path) -> None:
            self._say("ok", tr("The backup was copied to {folder} and compared.").format(folder=stick))

        vault_id = self.desk.vault.id
        self._run(lambda task: shelf.copy_to(kept.backup, stick, vault_id, task.step), done, far=True)

    def _choose_place(self) -> None:
        """Another second place, or none; the newest backup goes there at once."""
        before = second_place(self.desk)
        if before is not None:
            text = tr("Each backup is copied to {folder} as well.").format(folder=before)
            choices = [ask.Choice("other", tr("Another place …")), ask.Choice("none", tr("No second place"))]
            answer = ask.choose(self, tr("Second place"), text, choices)
            if answer is None:
                return
            if answer == "none":
                self._keep_place("")
                self.show_all()
                return
        folder = ask.folder(self, tr("Second place"), before or Path.home())
        if folder is None:
            return
        newest, vault_id = shelf.newest(self.desk.vault.backups(self.desk.places.backups)), self.desk.vault.id

        def done(_: object) -> None:
            self._keep_place(str(folder))
            self._say("ok", tr("From now on each backup is copied to {folder} as well.").format(folder=folder))

        def job(task: tasks.Task) -> None:
            if newest is not None:
                shelf.copy_to(newest, folder, vault_id, task.step)

        self._run(job, done, far=True)

    def _keep_place(self, folder: str) -> None:
        with self.desk.vault.change("houses.set_house", undoable=False) as change:
            set_house(change, **{SECOND_PLACE: folder})

    def _check(self) -> None:
        def done(health: Health) -> None:
            checks.note(self.desk.vault, self.desk.places.backups, health, date.today())
            self._say(*health_text(health))

        self.desk.flushing.emit()
        self._run(lambda task: checks.full_check(self.desk.vault, task.step), done)

    def _take_single(self) -> None:
        kept = self.table.current_record()
        if kept is None:
            return
        self.desk.flushing.emit()
        secret = None
        if not kept.present:
            earlier = EarlierPassphraseDialog(kept.backup, self)
            if not ask.run(earlier) or self.desk.vault.closed:
                return
            secret = earlier.secret
        ask.run(BringBack(self.desk, kept.backup, self, secret))

    def _restore(self) -> None:
        kept = self.table.current_record()
        if kept is None:
            return
        self.desk.flushing.emit()
        try:
            then = restoring(self.desk.vault, kept.backup)
        except Fault as fault:
            self._failed(fault)
            return
        if ask.run(RestorePreview(kept.backup, shelf.contents_of(self.desk.vault), then, self)):
            self.accept()
            self.desk.restore_wanted.emit(kept.backup)

    def _run(self, job: Callable[[tasks.Task], Any], done: Callable[[Any], None], *, far: bool = False) -> None:
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
            self._task = tasks.run(job, finish, failed, self._step, owner=self, far=far)
            self._enable()

    def _step(self, share: float) -> None:
        self.busy.setValue(round(share * 1000))

    def _over(self) -> None:
        self._task = None
        self.busy.hide()
        self._enable()

    def reject(self) -> None:
        """Closes; while something is copied to another place, which may hang, gives that up instead."""
        if self._task is None:
            super().reject()
        elif self._task.far:
            tasks.give_up(self._task)
            self._over()
            self._say("warn", tr("The copy was given up. The backups on this computer are all there."))

    def _failed(self, fault: Fault) -> None:
        if fault.code == "vault.wrong_passphrase":
            words = tr("This backup was made under an earlier passphrase. Open it as a vault of its own to see it.")
        elif fault.code in ("vault.damaged", "vault.not_a_vault"):
            words = sentence(Fault("backups.copy_damaged"))
        else:
            words = sentence(fault)
        self._say("danger", words)

    def _say(self, tone: Tone, text: str) -> None:
        if self._banner is not None:
            self._banner.deleteLater()
        self._banner = Banner(tone, text, closable=False)
        self._column.insertWidget(2, self._banner)
        self._banner.announce()
