"""Sentences for what can go wrong with backups."""

from __future__ import annotations

from app.i18n import mark

SENTENCES: dict[str, str] = {
    "backups.source_damaged": mark(
        "This vault shows damage, so no backup of it was made. Your last good backup is kept: open the list of"
        " backups and restore it."
    ),
    "backups.unverified": mark(
        "The new backup was not equal to the vault and was thrown away. The backups before it are kept; please try"
        " again."
    ),
    "backups.disk_full": mark(
        "There is no room for the backup. Make room on the disk, then try again; the vault and the backups before"
        " are as they were."
    ),
    "backups.unwritable": mark(
        "The backup can't be written to this folder. Check that it is there and that you may write in it."
    ),
    "backups.copy_damaged": mark("This backup has gone bad and was not used. Choose another one from the list."),
    "backups.gone": mark("This backup is no longer there. Choose another one from the list."),
    "backups.none": mark("There is no backup of this vault on this computer. Look for a copy on a stick or a share."),
    "backups.no_place": mark("The other place is not there. Plug in the stick or connect the share, then try again."),
    "vault.not_migrated": mark(
        "This vault is of an earlier version, and bringing it up to date failed. It is as it was; the verified copy of"
        " it is called “{copy}”. Open it with the version you had, and report this error."
    ),
    "salvage.head": mark(
        "The list of contents of this vault is destroyed, so nothing can be read without it. Restore the newest backup;"
        " the damaged file is as it was."
    ),
    "salvage.nothing": mark(
        "Nothing in this vault can be read any more. Restore the newest backup; the damaged file is as it was."
    ),
    "checks.damaged": mark(
        "The check found damage in this vault, so do not go on working in it. Lock it (Ctrl+L): the first page then"
        " offers the newest backup, and to rescue what can be read."
    ),
    "moving.journal": mark(
        "A change was cut off in this vault. Unlock and lock it once, which takes that back, then move it."
    ),
    "moving.changed": mark(
        "Somebody wrote to the vault while it was copied, so it stayed where it was. Close it elsewhere and try again."
    ),
}
