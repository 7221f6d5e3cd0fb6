"""A first page made anew for a vault whose own is destroyed, or whose list of tables is.

That list begins on the first page, but its entries lie on later ones. A file of our own with the same key, as many
pages and an entry for each page lends its first page; every page of the wreck is read through it as if it were a piece
of the list. What counts as found is only what this program wrote there once, word for word. SQLCipher proves each page
as ever: nothing is read that the key does not seal.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import Fault, NewerVault
from app.store import migrate
from app.store.connections import connect
from app.store.copies import CHUNK, Step, faults_of_copying, no_step, source_read
from app.store.key import PAGE_BYTES
from app.store.wreck import Row, opened_wreck, remove, working_beside

_OVERFLOW_BYTES = 4012  # of a long value, on each page: 4096 without SQLCipher's seal and the number of the next page
_KINDS = ("table", "index")
_SOME = 64
Entry = tuple[str, str, str, str | None]  # type, name, table, statement; as in sqlite_master, without the root page


def make_anew(working: Path, key: str, step: Step = no_step) -> bool:
    """Gives the working copy of a damaged vault a first page that names the tables its other pages still tell of.

    False where none does under this key. NewerVault where they tell of tables that this program does not know; Faults
    "backups.disk_full", "backups.unwritable". Cancelled by ``step``.
    """
    pages = working.stat().st_size // PAGE_BYTES
    _lend(working, key, pages, _probes(pages), 0)
    roots = _roots(working, key, pages, step)
    with faults_of_copying():
        os.truncate(working, pages * PAGE_BYTES)
    if not roots:
        return False
    version = _version(frozenset(roots))
    known = schemas()[version]
    # One entry read at two places is no entry: which of them is today's, nobody knows.
    found = [(*one[:3], *here, one[3]) for one, here in roots.items() if len(here) == 1 and one in known]
    _lend(working, key, pages, found, version)
    return True


def is_sealed_with(vault: Path, key: str) -> bool:
    """Whether the key opens any of the first pages of a closed vault behind the first: then only that one is damaged.

    Writes a small file beside the vault and removes it; False where that can't be done.
    """
    some = working_beside(vault)
    try:
        with vault.open("rb") as reading:
            content = reading.read((_SOME + 1) * PAGE_BYTES)
        pages = len(content) // PAGE_BYTES
        remove(some)
        descriptor = os.open(some, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as writing:
            writing.write(content[: pages * PAGE_BYTES])
        _lend(some, key, pages, _probes(pages), 0)
        with closing(_Pages(some, key, pages)) as wreck:
            return wreck.are_sealed_with_the_key()
    except (Fault, OSError):
        return False
    finally:
        remove(some)


def _probes(pages: int) -> list[Row]:
    return [("table", f"page_{page}", f"page_{page}", page, _probe(page)) for page in range(2, pages + 1)]


def _probe(page: int) -> str:
    return f"CREATE TABLE page_{page} (type, name, tbl_name, rootpage, sql)"


@cache
def schemas() -> dict[int, frozenset[Entry]]:
    """The list of tables of each version of the schema."""
    found = {}
    for version in migrate.scripts():
        with closing(sqlcipher.connect(":memory:", isolation_level=None)) as connection:
            migrate.migrate(connection, 0, version)
            rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
            found[version] = frozenset((kind, name, table, sql) for kind, name, table, sql in rows)
    return found


def _version(found: frozenset[Entry]) -> int:
    """The latest version of the schema that has most of these entries.

    What it has beside them may be lost with its page, even if an earlier version has exactly these: nothing that may
    have been there is left out of the report.
    """
    known = schemas()
    return max(known, key=lambda version: (len(found & known[version]), version))


def _lend(working: Path, key: str, pages: int, entries: Iterable[Row], version: int) -> None:
    """Puts the first page of a file of as many pages, which lists these entries, in front of the working copy's."""
    lender = working.with_name(f"{working.name}.first")
    remove(lender)
    try:
        with faults_of_copying(), source_read(writing=True):
            os.close(os.open(lender, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(connect(lender, key)) as connection:
                _fill(connection, pages, entries, version)
            with lender.open("rb") as reading, working.open("rb+") as writing:
                writing.write(reading.read(PAGE_BYTES))
                reading.seek(pages * PAGE_BYTES)
                writing.seek(pages * PAGE_BYTES)
                while block := reading.read(CHUNK):
                    writing.write(block)
    finally:
        remove(lender)


def _fill(connection: Any, pages: int, entries: Iterable[Row], version: int) -> None:
    """The pages of our own that are needed come behind those that stand for the wreck's."""
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF").fetchall()
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE room (filled)")
    connection.execute("INSERT INTO room VALUES (zeroblob(?))", (pages * _OVERFLOW_BYTES,))
    connection.execute("CREATE TABLE known (value)")
    connection.execute("INSERT INTO known VALUES (1)")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'room'")
    connection.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entries)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
    connection.execute("COMMIT")


class _Pages:
    """The pages of the wreck, each read as if it were a piece of the list of tables."""

    def __init__(self, working: Path, key: str, pages: int) -> None:
        self._working, self._key, self._pages = working, key, pages
        self._connection = opened_wreck(working, key)

    def are_sealed_with_the_key(self) -> bool:
        """Whether the key opens any of some pages from everywhere in the file."""
        some = range(2, self._pages + 1, max(1, self._pages // _SOME))
        return any(self.read(page) is not None for page in some)

    def read(self, page: int) -> list[Row] | None:
        """What looks like entries; None where the page, or one that it leads to, can't be opened with the key."""
        try:
            return self._connection.execute(_question(page), _KINDS).fetchall()  # type: ignore[no-any-return]
        except (sqlcipher.Error, UnicodeError):
            if _goes_on(self._connection):
                return []
            self.close()
            self._connection = opened_wreck(self._working, self._key)
            return None

    def close(self) -> None:
        with suppress(sqlcipher.Error):
            self._connection.close()


def _roots(working: Path, key: str, pages: int, step: Step) -> dict[Entry, set[int]]:
    """The entries of the list of tables, wherever they lie, and the root pages that they name."""
    known = frozenset[Entry]().union(*schemas().values())
    found: dict[Entry, set[int]] = {}
    with closing(_Pages(working, key, pages)) as wreck:
        for page in range(2, pages + 1) if wreck.are_sealed_with_the_key() else ():
            step(page / pages)
            for kind, name, table, root, sql in wreck.read(page) or ():
                entry = (kind, name, table, sql)
                if entry in known and 1 < root <= pages:
                    found.setdefault(entry, set()).add(root)
                elif entry not in known and str(sql).startswith("CREATE "):
                    raise NewerVault()
    return found


def _question(page: int) -> str:
    return (
        f"SELECT type, name, tbl_name, rootpage, sql FROM main.page_{page}"
        " WHERE type IN (?, ?) AND typeof(name) = 'text' AND typeof(rootpage) = 'integer'"
    )


def _goes_on(connection: Any) -> bool:
    """Whether a connection that met a page it could not read still reads others: after a broken seal it does not."""
    try:
        connection.execute("PRAGMA shrink_memory").fetchall()  # what is kept in memory would tell nothing
        return bool(connection.execute("SELECT value FROM main.known").fetchone() == (1,))
    except sqlcipher.Error:
        return False
