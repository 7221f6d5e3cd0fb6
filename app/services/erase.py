"""Deleting a person for good: everything about them goes, nothing can bring it back but an older backup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.domain.ids import PersonId
from app.domain.text import fold
from app.errors import Fault
from app.services.records import present
from app.store import backups as shelf
from app.store import people
from app.store.opening import REWRITE
from app.store.shelves import Kept, everywhere
from app.store.vault import Change, Source, Vault


@dataclass(frozen=True, slots=True)
class Erasure:
    """How much goes with a person: whole tandems with their meetings and goals, notes about them, gaps, enrolments.

    ``mentions``: notes, meetings and goals of others in which the name stands; they stay, to be looked through by hand.
    """

    tandems: int
    meetings: int
    goals: int
    notes: int
    skill_gaps: int
    enrolments: int
    mentions: int


_MINE = "SELECT m.tandem_id FROM member m JOIN enrolment e ON e.id = m.enrolment_id WHERE e.person_id = ?1"
_NOTES = (
    "SELECT n.id FROM note n WHERE n.person_id = ?1 OR n.tandem_id IN (SELECT id FROM going)"
    " OR n.meeting_id IN (SELECT id FROM meeting WHERE tandem_id IN (SELECT id FROM going))"
)
# A tandem of three or more goes on without the one who is erased; one of two can't.
_GOING = (
    f"WITH going (id) AS (SELECT t.id FROM tandem t WHERE t.id IN ({_MINE})"
    " AND (SELECT count(*) FROM member o WHERE o.tandem_id = t.id) <= 2)"
)


def foreseen(source: Source, person: PersonId) -> Erasure:
    """What ``erase`` will delete. Fault "record.gone"."""
    present(people.person(source, person))
    counted = source.row(
        f"{_GOING} SELECT (SELECT count(*) FROM going),"
        " (SELECT count(*) FROM meeting WHERE tandem_id IN (SELECT id FROM going)),"
        " (SELECT count(*) FROM goal WHERE tandem_id IN (SELECT id FROM going)),"
        f" (SELECT count(*) FROM ({_NOTES})),"
        " (SELECT count(*) FROM skill_gap WHERE person_id = ?1),"
        " (SELECT count(*) FROM enrolment WHERE person_id = ?1)",
        (person,),
    )
    assert counted is not None
    gone = (int(count) for count in counted)
    return Erasure(*gone, mentions=_mentions(source, person))  # type: ignore[misc]


def _mentions(source: Source, person: PersonId) -> int:
    """Texts that stay and hold the person's whole name, or their family name where it is long enough to tell."""
    one = present(people.person(source, person))
    words = [fold(one.family_name)] if len(one.family_name) >= 4 else [fold(f"{one.given_name} {one.family_name}")]
    texts = source.rows(
        f"{_GOING} SELECT title || ' ' || body || ' ' || tags FROM note WHERE id NOT IN ({_NOTES})"
        " UNION ALL SELECT summary || ' ' || next_steps FROM meeting WHERE tandem_id NOT IN (SELECT id FROM going)"
        " UNION ALL SELECT title FROM goal WHERE tandem_id NOT IN (SELECT id FROM going)"
        " UNION ALL SELECT topics || ' ' || remarks FROM agreement WHERE tandem_id NOT IN (SELECT id FROM going)"
        " UNION ALL SELECT remarks FROM person WHERE id <> ?1"
        " UNION ALL SELECT evidence FROM skill_gap WHERE person_id <> ?1"
        " UNION ALL SELECT expectations FROM enrolment WHERE person_id <> ?1"
        " UNION ALL SELECT patron || ' ' || greeting || ' ' || contact FROM programme",
        (person,),
    )
    return sum(any(word and word in fold(text) for word in words) for (text,) in texts)


def erase(change: Change, person: PersonId) -> Erasure:
    """Deletes a person, the tandems of two they are or were in, and every note about any of that.

    The caller opens the change as one that can't be undone, and forgets the steps before it.
    """
    found = foreseen(change, person)
    notes = [row[0] for row in change.rows(f"{_GOING} {_NOTES}", (person,))]
    going = [row[0] for row in change.rows(f"{_GOING} SELECT id FROM going", (person,))]
    change.executemany("DELETE FROM note WHERE id = ?", [(one,) for one in notes])
    change.executemany("DELETE FROM tandem WHERE id = ?", [(one,) for one in going])
    change.execute("DELETE FROM member WHERE enrolment_id IN (SELECT id FROM enrolment WHERE person_id = ?)", (person,))
    change.execute("DELETE FROM person WHERE id = ?", (person,))
    # The index of words keeps beginnings of words in its upper levels when rows are taken out; built anew it has none.
    change.execute("INSERT INTO note_fts (note_fts) VALUES ('rebuild')")
    change.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '')", (REWRITE,))
    return found


def erase_person(vault: Vault, person: PersonId) -> Erasure:
    """The whole of it: deletes, forgets every step of undo, for each could bring something back, and has the file
    written anew; a crash or a full disk in between leaves that to the next opening."""
    with vault.change("erase.erase", undoable=False) as change:
        found = erase(change, person)
    vault.forget_steps()
    vault.reopen()
    return found


def holding(
    vault: Vault, backups: Path, place: Path | None, person: PersonId
) -> tuple[tuple[Kept, ...], tuple[Kept, ...]]:
    """The backups that still hold a person, and those of which nobody can tell: bad ones, or of an earlier passphrase.

    Opens each; slow work.
    """
    still, unknown = [], []
    for kept in everywhere(vault, backups, place):
        try:
            with vault.reading(kept.backup) as then:
                if people.person(then, person) is not None:
                    still.append(kept)
        except (Fault, OSError):
            unknown.append(kept)
    return tuple(still), tuple(unknown)


def remove_backups(vault: Vault, wanted: Iterable[Kept], backups: Path, place: Path | None) -> int:
    """Deletes backups wherever they lie; gives how many are still there, because the place refused or is away."""
    names = {kept.backup.path.name for kept in wanted}
    for folder in [shelf.folder_of(backups, vault.id), *([shelf.folder_at(place, vault.id)] if place else [])]:
        for backup in shelf.listed(folder):
            if backup.path.name in names:
                shelf.remove(backup)
    return sum(kept.backup.path.name in names for kept in everywhere(vault, backups, place))
