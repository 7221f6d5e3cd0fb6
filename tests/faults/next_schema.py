"""A program one schema further than this one: what a migration does is tried before there is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.store import migrate

_genuine = migrate.scripts
# Moves every note and adds a table: enough to spill into many pages.
_STEP = """
CREATE TABLE faults_next (id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
INSERT INTO faults_next (note_id, body) SELECT id, body FROM note;
UPDATE note SET title = title || ' (neu)', body = body || body;
"""


def _scripts() -> dict[int, str]:
    known = _genuine()
    return {**known, max(known) + 1: _STEP}


@contextmanager
def with_next_schema() -> Iterator[None]:
    """Inside, opening a vault migrates it to a schema that no release has."""
    migrate.scripts = _scripts
    try:
        yield
    finally:
        migrate.scripts = _genuine
