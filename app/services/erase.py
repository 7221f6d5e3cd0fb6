"""Deleting a person for good: everything about them goes, nothing can bring it back but an older backup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.ids import PersonId
from app.domain.people import Person
from app.domain.text import fold
from app.errors import Fault
from app.services.records import present
from app.store import backups as shelf
from app.store import erased, people
from app.store.erased import Gone
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


def foreseen(source: Source, person: PersonId) -> Erasure:
    """What ``erase`` will delete. Fault "record.gone"."""
    one = present(people.person(source, person))
    return _counted(source, one, erased.gone(source, [person]))


def _counted(source: Source, person: Person, taken: Gone) -> Erasure:
    tables = ("tandem", "meeting", "goal", "note", "skill_gap", "enrolment")
    counts = [len(taken.of(table)) for table in tables]
    return Erasure(*counts, *[_mentions(source, person, taken)])


def _mentions(source: Source, person: Person, taken: Gone) -> int:
    """Texts that stay and hold the person's whole name, or their family name where it is long enough to tell."""
    whole = f"{person.given_name} {person.family_name}"
    word = fold(person.family_name if len(person.family_name) >= 4 else whole)
    texts = source.rows(
        "WITH going (id) AS (SELECT value FROM json_each(?2))"
        " SELECT title || ' ' || body || ' ' || tags FROM note WHERE id NOT IN (SELECT value FROM json_each(?3))"
        " UNION ALL SELECT summary || ' ' || next_steps FROM meeting WHERE tandem_id NOT IN (SELECT id FROM going)"
        " UNION ALL SELECT title FROM goal WHERE tandem_id NOT IN (SELECT id FROM going)"
        " UNION ALL SELECT topics || ' ' || remarks FROM agreement WHERE tandem_id NOT IN (SELECT id FROM going)"
        " UNION ALL SELECT remarks FROM person WHERE id <> ?1"
        " UNION ALL SELECT evidence FROM skill_gap WHERE person_id <> ?1"
        " UNION ALL SELECT expectations FROM enrolment WHERE person_id <> ?1"
        " UNION ALL SELECT patron || ' ' || greeting || ' ' || contact FROM programme",
        (person.id, taken.listed("tandem"), taken.listed("note")),
    )
    return sum(bool(word) and word in fold(text) for (text,) in texts)


def erase(change: Change, person: PersonId) -> Erasure:
    """Deletes a person, the tandems of two they are or were in, and every note about any of that; their id is kept, so
    that no backup brings them back.

    The caller opens the change as one that can't be undone, and forgets the steps before it.
    """
    one = present(people.person(change, person))
    taken = erased.gone(change, [person])
    found = _counted(change, one, taken)
    erased.delete(change, taken)
    erased.note(change, [person])
    change.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '')", (REWRITE,))
    return found


def erase_person(vault: Vault, person: PersonId) -> Erasure:
    """The whole of it: deletes, forgets every step of undo, for each could bring something back, and has the file
    written anew; a crash or a full disk in between leaves that to the next opening."""
    with vault.change(erased.ERASURE, undoable=False) as change:
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


@dataclass(frozen=True, slots=True)
class Restoring:
    """What a vault would hold after a restore, and how many people of the backup stay away: erased since."""

    contents: shelf.Contents
    erased: int


def restoring(vault: Vault, backup: shelf.Backup) -> Restoring:
    """Faults as of ``Vault.reading``."""
    with vault.reading(backup) as then:
        held, taken = shelf.contents_of(then), erased.gone(then, erased.ids(vault))
        names = {"people": "person", "tandems": "tandem", "meetings": "meeting"}
        names |= {"goals": "goal", "notes": "note", "skill_gaps": "skill_gap"}
        left = {name: getattr(held, name) - len(taken.of(table)) for name, table in names.items()}
        return Restoring(replace(held, **left), len(taken.of("person")))
