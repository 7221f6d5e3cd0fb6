"""Moves a closed vault to another folder: copied, compared, and only then taken away from where it was."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import Fault
from app.store import restore
from app.store.connections import make_folder, sync_folder
from app.store.copies import copy_file, faults_of_copying, file_hash
from app.store.lockfile import LockFile


def move_vault(vault: Path, folder: Path) -> Path:
    """Gives where the vault is then. Whatever stops it, the vault is whole in one of the two places, or in both.

    VaultInUse; Faults "moving.journal" where a change was cut off (unlocking takes it back), "moving.changed" where
    somebody wrote to the file meanwhile, "backups.disk_full", "backups.unwritable": the vault is where it was.
    A link to it goes with it.
    """
    link, vault = vault, vault.resolve()
    lock = LockFile(vault)
    try:
        restore.finish(vault)
        journal = vault.with_name(f"{vault.name}-journal")
        if journal.exists() and journal.stat().st_size:
            raise Fault("moving.journal")
        with faults_of_copying():
            make_folder(folder)
        target = _free(folder / link.name)
        written = copy_file(vault, target)
        with faults_of_copying():
            if file_hash(vault) != written:
                target.unlink()
                raise Fault("moving.changed")
            os.unlink(vault)
            if link.is_symlink():
                os.unlink(link)
        sync_folder(vault.parent)
        return target
    finally:
        lock.release()


def _free(wanted: Path) -> Path:
    target, number = wanted, 2
    while target.exists():
        target = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        number += 1
    return target
