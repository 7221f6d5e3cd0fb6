"""The backups of the open vault in words, and the two things that are done with them everywhere: make and copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import Fault
from app.i18n import date_text, number_text, time_text, tr
from app.store import backups as shelf
from app.store import checks, houses
from app.store.backups import Backup
from app.store.checks import Health
from app.store.shelves import Kept
from ui import tasks
from ui.desk import Desk
from ui.parts.banner import Tone
from ui.parts.table import Column
from ui.words import sentence

SECOND_PLACE = "backup_second_place"


def moment_text(backup: Backup) -> str:
    """When a backup was made, in the time of this computer."""
    at = backup.at.astimezone()
    return f"{date_text(at.date())}, {time_text(at)}"


def restore_text(backups: Path, vault: Path) -> str:
    """What the button says that puts the newest backup in the place of a closed vault: of when it is."""
    newest = shelf.newest(shelf.of_closed_vault(backups, vault))
    if newest is None:
        return tr("Restore the newest backup …")
    return tr("Restore the backup of {moment} …").format(moment=moment_text(newest))


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
    """Makes a backup on this computer; runs in a worker thread. The second place is another errand: it may hang."""
    return desk.vault.back_up(desk.places.backups, task.progress.emit)


def copy_away(desk: Desk) -> Callable[[tasks.Task], bool]:
    """The far job that copies the newest backup to the second place; it gives False where that is not there.

    A stick that is not there, or full, is no reason to be without a backup here: the list shows how old its copy is.
    """
    place, vault_id = second_place(desk), desk.vault.id
    folder = shelf.folder_of(desk.places.backups, vault_id)
    return lambda task: place is None or shelf.catch_up(folder, place, vault_id, task.step)


def place_text(place: Path | None, vault_id: int) -> str:
    """Where the second place is and how new its copy; looks at it, so it belongs into a far job."""
    if place is None:
        return tr("No second place yet: a copy on a stick or a share helps when this computer is lost.")
    if not place.is_dir():
        return tr("Second place: {folder}. It is not there now.").format(folder=place)
    last = shelf.newest(shelf.listed(shelf.folder_at(place, vault_id)))
    if last is None:
        return tr("Second place: {folder}. No backup lies there.").format(folder=place)
    return tr("Second place: {folder}. Its last copy is of {moment}.").format(folder=place, moment=moment_text(last))


def check_text(desk: Desk) -> str:
    """When the vault was last checked as a whole."""
    last = checks.last_check(desk.vault)
    if last is None:
        return tr("This vault was not checked as a whole yet.")
    return tr("Last full check: {date}, no damage found.").format(date=date_text(last))


def health_text(health: Health) -> tuple[Tone, str]:
    """What a check found, and what to do next."""
    if not health.sound:
        return "danger", sentence(Fault("checks.damaged"))
    if health.rebuilt:
        return "ok", tr("The vault is sound. The index for finding notes was out of step and was built anew.")
    if health.idle_pages:
        return "ok", tr("The vault is sound. Damage was found only in places of the file that hold nothing.")
    return "ok", tr("The vault is sound: every page, every record and every reference was read and is in order.")


def columns() -> tuple[Column[Kept], ...]:
    """The list of all backups."""
    return (
        Column(
            key="made",
            title=tr("Made on"),
            text=lambda kept: moment_text(kept.backup),
            sort_key=lambda kept: kept.backup.at,
            width=190,
        ),
        Column(
            key="size",
            title=tr("Size"),
            text=lambda kept: f"{number_text(kept.backup.size / 1e6, 1)} MB",
            sort_key=lambda kept: kept.backup.size,
            kind="number",
            width=90,
        ),
        Column(
            key="state",
            title=tr("State"),
            text=lambda kept: tr("Verified") if kept.backup.verified else tr("Not verified"),
            kind="pill",
            tone=lambda kept: "ok" if kept.backup.verified else "warn",
            width=140,
        ),
        Column(
            key="passphrase",
            title=tr("Passphrase"),
            text=lambda kept: tr("The current one") if kept.present else tr("An earlier one"),
            width=130,
        ),
        Column(key="where", title=tr("Where"), text=_where_text, width=220),
    )


def _where_text(kept: Kept) -> str:
    if kept.here and kept.away:
        return tr("Here and at the second place")
    return tr("This computer") if kept.here else tr("Second place")
