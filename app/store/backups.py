"""The backups of a vault: verified copies in a folder of their own, the old ones rotated out.

``<backups>/<vault id>/2026-11-22 06-50-33 schema 1.tandembuch`` is a vault like any other; the record beside it
(``….json``) holds its hash, so that a copy that went bad is seen without the key. No name of a person is in either.

A copy takes the vault's one connection (0.4 s for 20 MB) and readers wait: it is made on closing and locking, before a
migration, and on demand behind the progress overlay, never while somebody types.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.store import rotation
from app.store.connections import make_folder
from app.store.copies import (
    Step,
    copy_file,
    file_hash,
    is_whole,
    move,
    no_step,
    opened_copy,
    source_read,
    write_copy,
    write_small,
)
from app.store.key import HEADER_BYTES
from app.store.migrate import version
from app.store.references import Rows

_NAME = re.compile(r"^(\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) schema (\d+)(?: (\d+))?\.tandembuch$")
_FOLDER = re.compile("[0-9a-f]{16}")
_MOMENT = "%Y-%m-%d %H-%M-%S"
_WHERE = "where.json"
_STALE = 3600  # seconds after which a half-written copy belongs to nobody
_PLACES = 8
_one_at_a_time = threading.Lock()  # two copies of the same file would take each other's place


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a vault. ``at`` in UTC; ``header`` says which passphrase opens it; ``changes`` how far it reaches.

    ``verified``: it was proved equal to the vault when it was made, and its file has not changed since.
    """

    path: Path
    at: datetime
    schema: int
    size: int
    header: bytes
    verified: bool
    sha256: str
    changes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a vault holds, kind by kind."""

    people: int
    programmes: int
    tandems: int
    meetings: int
    goals: int
    notes: int
    skill_gaps: int


# Making them


def folder_of(backups: Path, vault_id: int) -> Path:
    """Where the backups of that vault lie, below the folder of all backups."""
    return backups / f"{vault_id:016x}"


def vault_id_of(folder: Path) -> int | None:
    """Whose backups lie in a folder; None where it is none of ours."""
    return int(folder.name, 16) if _FOLDER.fullmatch(folder.name) else None


def make(connection: Any, key: str, vault_id: int, vault: Path, backups: Path, step: Step = no_step) -> Backup:
    """Makes one verified backup and rotates the old ones; the caller keeps the vault from changing meanwhile.

    Faults of ``write_copy``; the backups made before are untouched then.
    """
    folder = folder_of(backups, vault_id)
    try:
        make_folder(folder)
    except OSError:
        raise Fault("backups.unwritable") from None
    _clear_leftovers(folder)
    with source_read():
        target, reached = _free_name(folder, version(connection)), changes(connection)
    part = target.with_name(f"{target.name}.part")
    write_copy(connection, key, part, step)
    try:
        # The record first: a copy never stands there under its name without the hash that proves it.
        write_small(_record_of(target), _record(part, reached))
        move(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
            _record_of(target).unlink(missing_ok=True)
        raise
    with suppress(Fault):
        remember(folder, vault)
    rotate(folder)
    step(1.0)
    made = _read(target, hashed=False)
    if made is None:
        raise Fault("backups.unverified")
    return made


def _free_name(folder: Path, schema: int) -> Path:
    moment = datetime.now(UTC).strftime(_MOMENT)
    # After the highest number of this second, never into a gap: the name says which is newer.
    names = (_NAME.match(entry.name) for entry in folder.iterdir())
    taken = [int(match[3] or 1) for match in names if match and match[1] == moment]
    number = f" {max(taken) + 1}" if taken else ""
    return folder / f"{moment} schema {schema}{number}.tandembuch"


def _record_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _record(part: Path, reached: tuple[int, int]) -> str:
    try:
        entry = {"sha256": file_hash(part), "size": part.stat().st_size, "changes": reached}
    except OSError:
        raise Fault("backups.unwritable") from None
    return json.dumps(entry)


def changes(connection: Any) -> tuple[int, int]:
    """How far a vault has come: the number of its changes, and the moment of the last one in ms."""
    count, last = connection.execute("SELECT count(*), coalesce(max(at), 0) FROM journal").fetchone()
    return int(count), int(last)


def is_needed(reached: tuple[int, int], found: Iterable[Backup]) -> bool:
    """Whether a vault that has come so far has anything that no verified backup has."""
    return reached[0] > 0 and not any(backup.verified and backup.changes == reached for backup in found)


def rotate(folder: Path) -> None:
    """Removes the copies that the rotation does not keep."""
    found = listed(folder)
    stay = rotation.kept(rotation.Copy(one.path.name, one.at, one.schema, one.verified) for one in found)
    for backup in found:
        if backup.path.name not in stay:
            remove(backup)


def remove(backup: Backup) -> None:
    """Deletes a copy and its record; one that can't be deleted stays."""
    with suppress(OSError):
        backup.path.unlink()
        _record_of(backup.path).unlink(missing_ok=True)


def _clear_leftovers(folder: Path) -> None:
    """What a crash left: half-written copies, and records without a copy."""
    oldest = time.time() - _STALE
    with suppress(OSError):
        for entry in [*folder.glob("*.part"), *folder.glob("*.part-journal"), *folder.glob("*.tandembuch.json")]:
            orphan = entry.suffix != ".json" or not entry.with_suffix("").exists()
            if orphan and entry.stat().st_mtime < oldest:
                entry.unlink()


# Finding them


def listed(folder: Path, *, hashed: bool = False) -> tuple[Backup, ...]:
    """The backups in a vault's folder, newest first. ``hashed`` reads each file whole to see whether it changed."""
    try:
        entries = list(folder.iterdir())
    except OSError:
        return ()
    found = (_read(entry, hashed=hashed) for entry in entries)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.path.name), reverse=True))


def _read(path: Path, *, hashed: bool) -> Backup | None:
    match = _NAME.match(path.name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC, microsecond=int(match[3] or 0))
        size = path.stat().st_size
        with path.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
        record = _kept_record(path)
        verified = record is not None and record[1] == size and (not hashed or file_hash(path) == record[0])
    except (OSError, ValueError):
        return None
    sha256, reached = (record[0], record[2]) if record else ("", (0, 0))
    return Backup(path, at, int(match[2]), size, header, verified, sha256, reached)


def _kept_record(path: Path) -> tuple[str, int, tuple[int, int]] | None:
    try:
        kept = json.loads(_record_of(path).read_text(encoding="utf-8"))
        count, last = kept["changes"]
        return str(kept["sha256"]), int(kept["size"]), (int(count), int(last))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def newest(found: Iterable[Backup]) -> Backup | None:
    """The newest verified one of a list that begins with the newest."""
    return next((backup for backup in found if backup.verified), None)


def of_closed_vault(backups: Path, vault: Path) -> tuple[Backup, ...]:
    """The backups of a vault that can't be opened."""
    folder = folder_of_closed_vault(backups, vault)
    return () if folder is None else listed(folder)


def folder_of_closed_vault(backups: Path, vault: Path) -> Path | None:
    """Where the backups of a vault lie that can't be opened: known by its header, or by the place where it lies."""
    try:
        with vault.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
    except OSError:
        header = b""
    try:
        folders = [entry for entry in backups.iterdir() if entry.is_dir()]
    except OSError:
        return None
    here = _place_hash(vault)
    by_place = None
    for folder in folders:
        if any(backup.header == header for backup in listed(folder)):
            return folder
        if here in _known_places(folder):
            by_place = by_place or folder
    return by_place


def _place_hash(vault: Path) -> str:
    return hashlib.sha256(str(vault.resolve()).encode("utf-8", "surrogatepass")).hexdigest()


def _known_places(folder: Path) -> list[str]:
    try:
        return [str(place) for place in json.loads((folder / _WHERE).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def remember(folder: Path, vault: Path) -> None:
    """Keeps a hash of the vault's place: the only way back to its backups when its header is gone."""
    here = _place_hash(vault)
    known = _known_places(folder)
    if known[:1] != [here]:
        write_small(folder / _WHERE, json.dumps([here, *(place for place in known if place != here)][:_PLACES]))


# Using them


def opens(backup: Backup, key: str) -> bool:
    """Whether the key opens the backup."""
    try:
        with opened_copy(backup.path, key):
            return True
    except (Fault, OSError):
        return False


def check(backup: Backup, key: str) -> None:
    """Proves a backup before it is used.

    Faults "backups.gone", "backups.copy_damaged"; WrongPassphrase where the key is another vault's or an older one.
    """
    try:
        changed = backup.sha256 != "" and file_hash(backup.path) != backup.sha256
    except OSError:
        raise Fault("backups.gone") from None
    if changed:
        raise Fault("backups.copy_damaged")
    with opened_copy(backup.path, key):
        pass
    if not is_whole(backup.path, key):
        raise Fault("backups.copy_damaged")


def contents_of(source: Rows) -> Contents:
    """What a vault or a backup holds."""
    tables = ("person", "programme", "tandem", "meeting", "goal", "note", "skill_gap")
    counted = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    return Contents(*source.rows(f"SELECT {counted}")[0])


def folder_at(place: Path, vault_id: int) -> Path:
    """Where the copies of that vault lie on a stick or a share."""
    return place / f"Tandembuch {vault_id:016x}"


def copy_to(backup: Backup, place: Path, vault_id: int, step: Step = no_step) -> Path:
    """Copies a backup to a stick or a share and rotates what lies there; gives where it is now.

    Cancelled by ``step``; Faults of ``copy_file``; "backups.no_place" where the folder is not there.
    """
    if not place.is_dir():
        raise Fault("backups.no_place")
    folder = folder_at(place, vault_id)
    target = folder / backup.path.name
    try:
        make_folder(folder)
    except OSError:
        raise Fault("backups.unwritable") from None
    _clear_leftovers(folder)
    sha256 = copy_file(backup.path, target, backup.sha256, step)
    entry = {"sha256": sha256, "size": backup.size, "changes": backup.changes}
    write_small(_record_of(target), json.dumps(entry))
    rotate(folder)
    return target


def catch_up(folder: Path, place: Path, vault_id: int, step: Step = no_step) -> bool:
    """Copies the newest backup of a vault's folder to the second place where that has it not yet; False where it is not
    there.

    A share may hang in here for as long as it likes, so nothing of an open vault is needed. As ``copy_to``.
    """
    with _one_at_a_time:
        if not place.is_dir():
            return False
        last = newest(listed(folder))
        there = listed(folder_at(place, vault_id))
        if last is not None and not any(one.path.name == last.path.name and one.verified for one in there):
            copy_to(last, place, vault_id, step)
        return True
