"""Backups around a session: before the vault closes, behind a sheet that covers the window, and after unlocking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.errors import Bug, Fault
from app.i18n import tr
from app.store import backups as shelf
from app.store import checks, unlocking
from app.store.backups import Backup
from app.store.checks import Health
from app.store.moving import move_vault
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts import card
from ui.parts.backup_state import back_up, copy_away, health_text, second_place
from ui.parts.thin_bar import ThinBar
from ui.words import sentence

PATIENCE = 30_000  # ms after which a second place that does not answer is told


class Cover(QWidget):
    """An opaque sheet over the whole window: nothing of the vault is seen while its backup is made."""

    def __init__(self, window: QWidget, text: str) -> None:
        super().__init__(window)
        self.setAutoFillBackground(True)
        self.setAccessibleName(text)
        bar = ThinBar(text)
        bar.setFixedWidth(theme.px(280))
        label = card.heading(text)
        column = card.column(1, spacing=16)
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setLayout(column)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()


def end_all_work(window: QWidget) -> None:
    """Cancels what runs and waits for its end, behind a sheet. What reaches for a share is not waited for."""
    if not tasks.running():
        return
    cover = Cover(window, tr("The vault is being locked"))
    cover.repaint()  # now, for the window hears of no event while it waits
    tasks.wait_for_all()
    cover.hide()
    cover.deleteLater()


def back_up_before_closing(window: QWidget, desk: Desk) -> Fault | None:
    """Makes a backup if the vault holds a change that none has; what went wrong, or None. The vault stays open."""
    if desk.throwaway:
        return None
    try:
        if not desk.vault.needs_backup(desk.places.backups):
            return None
    except Fault as fault:
        return fault
    return _wait(window, tr("A backup is being made …"), lambda task: back_up(desk, task))


def may_close_without(window: QWidget, fault: Fault) -> bool:
    """Asks whether to close although there is no backup."""
    text = tr("There is no backup of your latest changes.\n\n{reason}\n\nThe changes themselves are saved.")
    return ask.yes_no(window, tr("No backup"), text.format(reason=sentence(fault)), tr("Close without a backup"))


def back_up_after_unlocking(desk: Desk) -> None:
    """What is due after unlocking: the backup that the last session could not make, because it was cut off or there
    was no room; the second place, where it was away; and once a day the full check, which gives way to everybody."""
    if desk.throwaway:
        return
    places = desk.places.backups
    unlocking.remember(shelf.folder_of(places, desk.vault.id), desk.vault.path, desk.vault.header)
    try:
        late = bool(desk.vault.backups(places)) and desk.vault.needs_backup(places)
    except Fault as fault:
        desk.say_fault(fault)
        return
    if late:

        def done(_: object) -> None:
            _catch_up(desk)
            check_once_a_day(desk)

        task = tasks.run(lambda task: back_up(desk, task), done, desk.say_fault)
        desk.busy.emit(task, tr("A backup is being made …"))
    else:
        _catch_up(desk)
        check_once_a_day(desk)


def _catch_up(desk: Desk) -> None:
    """Brings the second place up to date, without anybody waiting; says where it is away, or does not answer."""

    def done(there: bool) -> None:
        if not there:
            words = tr("The second place of the backups is not there. Its copy is made as soon as it is.")
            desk.say(words, tone="info")

    def say_if_it_hangs() -> None:
        if not task.ended() and not desk.vault.closed:
            words = tr("The second place of the backups does not answer. The backups on this computer are all there.")
            desk.say(words, tone="info")

    task = tasks.run(copy_away(desk), done, lambda _: None, owner=desk, far=True)
    QTimer.singleShot(PATIENCE, desk, say_if_it_hangs)


def away_of(desk: Desk) -> list[str]:
    """What the next life of the program is told about the second place: it copies the backup there, without a key."""
    try:
        place = None if desk.throwaway else second_place(desk)
    except (Fault, Bug):  # a vault that can't be read any more, or closed by itself, is locked all the same
        place = None
    return [] if place is None else ["--second-place", str(place)]


def copy_without_vault(backups: Path, vault: Path, place: Path) -> None:
    """Brings the second place up to date after the vault was closed; what fails is made up for at the next unlock."""

    def job(task: tasks.Task) -> None:
        folder = shelf.folder_of_closed_vault(backups, vault)
        vault_id = None if folder is None else shelf.vault_id_of(folder)
        if folder is not None and vault_id is not None:
            shelf.catch_up(folder, place, vault_id, task.step)

    tasks.run(job, lambda _: None, lambda _: None, far=True)


def check_once_a_day(desk: Desk) -> None:
    """Checks the vault in the background; damage is said above the page with what to do, and noted for later."""
    today = date.today()
    try:
        if desk.throwaway or desk.vault.closed or not checks.is_due(desk.vault, today):
            return
    except Fault as fault:
        desk.say_fault(fault)
        return

    def done(health: Health) -> None:
        if desk.vault.closed:
            return
        try:
            checks.note(desk.vault, desk.places.backups, health, today)
        except Fault as fault:
            desk.say_fault(fault)
        if not health.sound:
            desk.say_fault(Fault("checks.damaged"))
        elif health.rebuilt:
            desk.say(health_text(health)[1], tone="info")

    def failed(fault: Fault) -> None:
        if fault.code != "cancelled" and not desk.vault.closed:
            desk.say_fault(fault)

    tasks.run(lambda task: checks.quiet_check(desk.vault, task.cancelled), done, failed, owner=desk)


def restore(window: QWidget, desk: Desk, backup: Backup, shut: Callable[[], None]) -> Fault | None:
    """Puts the backup in the vault's place; the vault is open as before where the backup is no good.

    ``shut`` closes the vault, on the main thread: whatever the pages still had to read is over by then.
    """
    text, path, acts = tr("The backup is being restored …"), desk.vault.path, list[Callable[[], Path]]()
    fault = _wait(window, text, lambda _: acts.append(desk.vault.restorer(backup)))
    if fault is not None:
        return fault
    shut()

    def settle(_task: tasks.Task) -> None:
        acts[0]()
        checks.forget_damage(desk.places.backups, path)

    return _wait(window, text, settle)


def move_here(window: QWidget, vault: Path, folder: Path) -> list[str]:
    """Moves the closed vault into the folder of this computer; gives what the next life of the program is told."""
    moved, before = list[Path](), vault.resolve().parent
    fault = _wait(window, tr("The vault is being moved …"), lambda _: moved.append(move_vault(vault, folder)))
    if fault is not None:
        return [str(vault), "--told", fault.code]
    return [str(moved[0]), "--moved-from", str(before)]


def _wait(window: QWidget, text: str, job: Callable[[tasks.Task], object]) -> Fault | None:
    """Runs the job off the main thread; the window is painted meanwhile and takes no input."""
    cover = Cover(window, text)
    loop = QEventLoop()
    faults: list[Fault] = []
    task = tasks.run(job, lambda _: None, faults.append)
    task.over.connect(loop.quit)
    if task.ended():  # before it was connected: what it tells lies ready for the loop, the end would never come
        QTimer.singleShot(0, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    cover.hide()
    cover.deleteLater()
    return faults[0] if faults else None
