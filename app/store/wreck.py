"""A damaged vault, read through fresh connections: after one bad page a connection of SQLCipher gives nothing more."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.store.copies import CHUNK, faults_of_copying
from app.store.key import PAGE_BYTES

Row = tuple[Any, ...]
Take = Callable[[list[Row]], None]
BATCH = 200
_SETTINGS = (
    "PRAGMA writable_schema = ON",  # a file shorter than its first page says is read as far as it goes
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
)


class Wreck:
    """Reads a working copy of a damaged vault; nothing it meets there is raised."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._connection: Any = None

    def __enter__(self) -> Wreck:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def read(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[Row], bool]:
        """The rows up to the first that can't be read, and whether that was all of them."""
        found: list[Row] = []
        try:
            cursor = self._opened().execute(sql, parameters)
            while (row := cursor.fetchone()) is not None:
                found.append(row)
        except (sqlcipher.Error, UnicodeError, OSError):
            self._drop()
            return found, False
        return found, True

    def _opened(self) -> Any:
        if self._connection is None:
            self._connection = opened_wreck(self._path, self._key)
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(sqlcipher.Error):
                self._connection.close()
            self._connection = None


def opened_wreck(path: Path, key: str) -> Any:
    """A connection that takes a file as it is. sqlcipher.Error where its first page can't be read."""
    connection = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key}"')
        for setting in _SETTINGS:
            connection.execute(setting).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


class Table:
    """One table of the wreck, walked by its key from both ends and from the ids that its indexes know."""

    BLIND = 100  # fruitless probes in a row, where no index knows the ids, until the rest is given up
    NARROW = 1 << 42  # ids are random: in a gap this narrow hardly any row is expected

    def __init__(self, wreck: Wreck, name: str, columns: Sequence[str], indexes: Sequence[str]) -> None:
        self._wreck, self._indexes = wreck, indexes
        self._key = columns[0]
        self._select = f'SELECT {", ".join(columns)} FROM main."{name}"'
        self._ids = f'SELECT {self._key} FROM main."{name}" INDEXED BY'
        self._take: Take = lambda _: None
        self.seen: set[Any] = set()
        self.lost: int | None = 0  # None: some, and nobody knows how many

    def rescue(self, take: Take) -> None:
        """Hands over each row that can be read, once."""
        self._take = take
        low, whole = self._climb(None, None)
        known, sure = self._known_ids()
        if not whole:
            high, _ = self._descend(None, low)
            self._probe(low, high, known, sure)
        missing = known - self.seen
        self.lost = len(missing) if whole or sure else None

    def _climb(self, low: Any, high: Any) -> tuple[Any, bool]:
        """Reads upwards between two keys, both excluded: the last key read (or ``low``), and whether it was all."""
        return self._walk(low, high, upwards=True)

    def _descend(self, high: Any, low: Any) -> tuple[Any, bool]:
        return self._walk(high, low, upwards=False)

    def _walk(self, start: Any, end: Any, *, upwards: bool) -> tuple[Any, bool]:
        beyond, before = (">", "<") if upwards else ("<", ">")
        order = "" if upwards else " DESC"
        at = start
        while True:
            limits = [(beyond, at)] * (at is not None) + [(before, end)] * (end is not None)
            where = " AND ".join(f"{self._key} {sign} ?" for sign, _ in limits) or "1"
            sql = f"{self._select} WHERE {where} ORDER BY {self._key}{order} LIMIT {BATCH}"
            rows, whole = self._wreck.read(sql, [value for _, value in limits])
            fresh = [row for row in rows if row[0] not in self.seen]
            self.seen.update(row[0] for row in fresh)
            if fresh:
                self._take(fresh)
            if rows:
                if not self._goes_on(at, rows[-1][0], upwards=upwards):
                    return at, False  # a broken tree led back to where it was
                at = rows[-1][0]
            if not whole:
                if rows:
                    continue  # the rows behind the last one may lie on a page that can still be read
                return at, False
            if len(rows) < BATCH:
                return at, True

    @staticmethod
    def _goes_on(at: Any, reached: Any, *, upwards: bool) -> bool:
        if at is None:
            return True
        try:
            return bool(reached > at if upwards else reached < at)
        except TypeError:  # another kind of key than this table has
            return False

    def _known_ids(self) -> tuple[set[Any], bool]:
        """The ids that the indexes of every row still know, and whether one of them could be read whole."""
        known: set[Any] = set()
        sure = False
        for index in self._indexes:
            sql = index if index.startswith("SELECT") else f'{self._ids} "{index}"'
            rows, whole = self._wreck.read(sql)
            known.update(row[0] for row in rows)
            sure = sure or whole
        return known, sure

    def _probe(self, low: Any, high: Any, known: set[Any], sure: bool) -> None:
        """Reads from points inside the gap in both directions, until no point is left."""
        gaps = deque([(low, high, sorted(one for one in known if _between(low, one, high)))])
        blind = 0 if sure else self.BLIND
        while gaps:
            low, high, inside = gaps.popleft()  # the widest first
            inside = [one for one in inside if one not in self.seen and _between(low, one, high)]
            at = inside[len(inside) // 2] if inside else _middle(low, high, self.NARROW)
            if at is None or (not inside and blind <= 0):
                continue
            before = len(self.seen)
            up, down = self._around(at, low, high)
            if not inside:
                blind = self.BLIND if len(self.seen) > before else blind - 1
            if up is not None:
                gaps.append((up, high, inside))
            if down is not None:
                gaps.append((low, down, inside))

    def _around(self, at: Any, low: Any, high: Any) -> tuple[Any, Any]:
        """Reads the row at a point, and from there up and down: how far each way went, None where it went all it."""
        rows, found = self._wreck.read(f"{self._select} WHERE {self._key} = ?", (at,))
        if not found:
            return at, at  # its page is bad: so are the ways that begin there
        fresh = [row for row in rows if row[0] not in self.seen]
        self.seen.update(row[0] for row in fresh)
        if fresh:
            self._take(fresh)
        up, all_above = self._climb(at, high)
        down, all_below = self._descend(at, low)
        return None if all_above else up, None if all_below else down


def _between(low: Any, one: Any, high: Any) -> bool:
    return (low is None or low < one) and (high is None or one < high)


def _middle(low: Any, high: Any, narrow: int) -> int | None:
    """The middle of a gap between numbers; None where it is too narrow, or its keys are words."""
    if isinstance(low, str) or isinstance(high, str):
        return None
    bottom, top = 0 if low is None else low, (1 << 63) - 1 if high is None else high
    return (bottom + top) // 2 if top - bottom > narrow else None


# The working copy


def copy_broken(source: Path, target: Path) -> None:
    """Copies a damaged file and its journal page by page: zeros for what the disk does not give, whole pages only.

    Faults "backups.disk_full", "backups.unwritable".
    """
    with faults_of_copying():
        for one, other, page in ((source, target, PAGE_BYTES), (journal_of(source), journal_of(target), 1)):
            other.unlink(missing_ok=True)
            if one.exists():
                descriptor = os.open(other, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
                with os.fdopen(descriptor, "wb") as writing:
                    size = sum(writing.write(block) for block in _blocks(one))
                    writing.write(bytes(-size % page))


def _blocks(source: Path) -> Iterator[bytes]:
    size = source.stat().st_size
    with source.open("rb", buffering=0) as reading:
        for start in range(0, size, CHUNK):
            length = min(CHUNK, size - start)
            block = _block(reading, start, length)
            if len(block) < length:
                pages = range(start, start + length, PAGE_BYTES)
                parts = ((at, min(PAGE_BYTES, start + length - at)) for at in pages)
                block = b"".join(_block(reading, at, wanted).ljust(wanted, b"\0") for at, wanted in parts)
            yield block


def _block(reading: Any, at: int, length: int) -> bytes:
    with suppress(OSError):
        reading.seek(at)
        return bytes(reading.read(length))
    return b""


def staged_beside(vault: Path) -> Path:
    """Where a rescued vault waits to be taken or thrown away."""
    return vault.with_name(f"{vault.name}.salvaged")


def working_beside(vault: Path) -> Path:
    """Where the copy of a damaged vault lies that a rescue reads."""
    return vault.with_name(f"{vault.name}.working")


def clear(vault: Path) -> None:
    """Removes what a rescue that was cut off has left; the caller holds the vault's lock."""
    working = working_beside(vault)
    for leftover in (working, working.with_name(f"{working.name}.first"), staged_beside(vault)):
        remove(leftover)


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def remove(path: Path) -> None:
    """Removes a file of ours and its journal, where they are."""
    for one in (path, journal_of(path)):
        with suppress(OSError):
            one.unlink(missing_ok=True)
