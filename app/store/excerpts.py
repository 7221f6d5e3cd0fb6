"""Single records out of a backup: who and what is in it, and the rows that belong to one of them.

Rows are kept as the database has them, by table and column, so that a backup of an earlier schema gives what it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.store import erased
from app.store.copies import Step, no_step
from app.store.erased import Gone
from app.store.references import columns, key_of, references
from app.store.vault import Change, Source

Values = Mapping[str, Any]
TOLD_EVERY = 100  # rows


class What(StrEnum):
    PERSON = "person"
    TANDEM = "tandem"
    PROGRAMME = "programme"
    NOTE = "note"


class State(StrEnum):
    """How a record of a backup stands against today. A programme is changed where a part of it is gone."""

    GONE = "gone"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of a backup: its id, its words for the list, and what is left of it today.

    ``people`` and ``tandems`` count those of a programme.
    """

    what: What
    id: int
    title: str = field(repr=False)  # a note's is private
    detail: str = field(repr=False)
    state: State
    people: int = 0
    tandems: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The rows of one record by table: ``own`` ones, and those ``needed`` that it can't stand without.

    ``erased``: who belonged to it and was erased since; nothing of them is among the rows.
    """

    what: What
    id: int
    own: Mapping[str, tuple[Values, ...]] = field(default_factory=dict, repr=False)
    needed: Mapping[str, tuple[Values, ...]] = field(default_factory=dict, repr=False)
    erased: frozenset[int] = frozenset()


_OF_A_TANDEM = (
    ("member", "tandem_id", "tandem"),
    ("consent", "member_id", "member"),
    ("agreement", "tandem_id", "tandem"),
    ("goal", "tandem_id", "tandem"),
    ("meeting", "tandem_id", "tandem"),
    ("meeting_topic", "meeting_id", "meeting"),
)
# What belongs to a record, table by table: (table, the column that points, the table it points to).
_PARTS: dict[What, tuple[tuple[str, str, str], ...]] = {
    What.PERSON: (
        ("skill", "person_id", "person"),
        ("rivalry", "person_id", "person"),
        ("rivalry", "other_id", "person"),
        ("veto", "person_id", "person"),
        ("veto", "other_id", "person"),
        ("wish", "person_id", "person"),
        ("wish", "other_id", "person"),
        ("skill_gap", "person_id", "person"),
        ("enrolment", "person_id", "person"),
    ),
    What.TANDEM: _OF_A_TANDEM,
    What.PROGRAMME: (
        ("programme_topic", "programme_id", "programme"),
        ("enrolment", "programme_id", "programme"),
        ("consent", "enrolment_id", "enrolment"),
        ("tandem", "programme_id", "programme"),
        *_OF_A_TANDEM,
        ("note", "tandem_id", "tandem"),
        ("note", "meeting_id", "meeting"),
        ("draft", "programme_id", "programme"),
        ("draft_pair", "mentor_id", "enrolment"),
        ("publishing", "programme_id", "programme"),
        ("published_pair", "publishing_id", "publishing"),
        ("alternative", "tandem_id", "tandem"),
    ),
    What.NOTE: (),
}
# By what a part of a programme is known again, where it may stand today under another id.
_KNOWN_BY = {"enrolment": "x.programme_id, x.person_id"}
# What somebody misses of a programme: (table, where its programme stands).
_MISSED = (
    ("enrolment", "x.programme_id"),
    ("tandem", "x.programme_id"),
    ("goal", "(SELECT t.programme_id FROM tandem t WHERE t.id = x.tandem_id)"),
    ("meeting", "(SELECT t.programme_id FROM tandem t WHERE t.id = x.tandem_id)"),
)
# What ties a record to what it came of, and does not change it. Earlier schemas have no such table.
_TIES: dict[What, tuple[tuple[str, str], ...]] = {
    What.TANDEM: (("published_pair", "tandem_id"), ("alternative", "tandem_id"))
}
_NAME = "CASE WHEN family_name = '' THEN given_name WHEN given_name = '' THEN family_name"
_PERSON_NAME = f"{_NAME} ELSE family_name || ', ' || given_name END"
_LISTS: dict[What, str] = {
    What.PERSON: f"SELECT id, {_PERSON_NAME}, department FROM person ORDER BY sort_name, id",
    What.TANDEM: (
        "SELECT t.id, (SELECT group_concat(p.name, ' · ') FROM (SELECT e.id,"
        f" {_PERSON_NAME} AS name FROM person x JOIN enrolment e ON e.person_id = x.id"
        " WHERE x.id NOT IN (SELECT value FROM json_each(?1))) p"
        " JOIN member m ON m.enrolment_id = p.id WHERE m.tandem_id = t.id), g.title || ' · ' || t.number"
        " FROM tandem t JOIN programme g ON g.id = t.programme_id ORDER BY g.title, t.number"
    ),
    What.PROGRAMME: "SELECT id, title, '' FROM programme ORDER BY coalesce(starts_on, '') DESC, title, id",
    What.NOTE: (
        "SELECT id, title, CASE title WHEN '' THEN substr(body, 1, 60) ELSE '' END FROM note"
        " ORDER BY changed_at DESC, id"
    ),
}


def left_out(then: Source, now: Source) -> Gone:
    """What of a backup does not come back, for it went or would have gone with people who were erased since.

    A tandem that is there today has gone on without them.
    """
    people = erased.ids(now)
    if not people:
        return Gone()
    return erased.gone(then, people, {row[0] for row in now.rows("SELECT id FROM tandem")})


def entries(then: Source, now: Source, what: What) -> tuple[Entry, ...]:
    """What the backup holds of a kind, what was removed or changed since first; the rest in its usual order.

    Nothing of people who were erased since is among it.
    """
    out = left_out(then, now)
    if what is What.PROGRAMME:
        return _programmes(then, now, out)
    before, after = _stamps(then, what, out), _stamps(now, what, Gone())
    names = (out.listed("person"),) if what is What.TANDEM else ()
    found = []
    for identity, title, detail in then.rows(_LISTS[what], names):
        if identity not in before:
            continue
        if identity not in after:
            state = State.GONE
        else:
            state = State.SAME if after[identity] == before[identity] else State.CHANGED
        found.append(Entry(what, identity, title or "", detail or "", state))
    return _missing_first(found)


def _missing_first(found: Iterable[Entry]) -> tuple[Entry, ...]:
    order = list(State)
    return tuple(sorted(found, key=lambda entry: order.index(entry.state)))


def _programmes(then: Source, now: Source, out: Gone) -> tuple[Entry, ...]:
    """A programme is changed where enrolments, tandems, goals or meetings of it are gone: those come back."""
    there = {row[0] for row in now.rows("SELECT id FROM programme")}
    incomplete: set[int] = set()
    counts: dict[str, Counter[int]] = {}
    for table, programme in _MISSED:
        known = _KNOWN_BY.get(table, "x.id")
        today = set(now.rows(f"SELECT {known} FROM {table} x"))
        then_rows = then.rows(f"SELECT {programme}, x.id, {known} FROM {table} x")
        stay = [row for row in then_rows if row[1] not in out.of(table)]
        incomplete |= {row[0] for row in stay if tuple(row[2:]) not in today}
        counts[table] = Counter(row[0] for row in stay)
    found = []
    for identity, title, detail in then.rows(_LISTS[What.PROGRAMME]):
        state = State.GONE if identity not in there else State.CHANGED if identity in incomplete else State.SAME
        people, tandems = counts["enrolment"][identity], counts["tandem"][identity]
        found.append(Entry(What.PROGRAMME, identity, title, detail, state, people, tandems))
    return _missing_first(found)


def _stamps(source: Source, what: What, out: Gone) -> dict[int, tuple[int, ...]]:
    """When each record of a kind, and what belongs to it, was last changed, and how many rows that is; ``out`` is as
    if it were not there."""
    found: dict[int, tuple[int, ...]] = {
        row[0]: (row[1],)
        for row in source.rows(f"SELECT id, changed_at FROM {what}") if row[0] not in out.of(what)
    }  # fmt: skip
    for table, column, parent in _PARTS[what]:
        if parent != what:
            continue
        sql = (
            f"SELECT {column}, max(changed_at), count(*) FROM {table}"
            f" WHERE {key_of(table)} NOT IN (SELECT value FROM json_each(?)) GROUP BY {column}"
        )
        extra = {row[0]: (row[1], row[2]) for row in source.rows(sql, (out.listed(table),))}
        found = {identity: (*stamp, *extra.get(identity, (0, 0))) for identity, stamp in found.items()}
    return found


def excerpt(then: Source, now: Source, what: What, identity: int) -> Excerpt:
    """As ``several``, of one."""
    return several(then, now, what, [identity])[0]


def several(
    then: Source, now: Source, what: What, identities: Sequence[int], step: Step = no_step
) -> tuple[Excerpt, ...]:
    """The rows of records of a backup, of what belongs to them, and of what they can't be without.

    Those that went with people who were erased since are left out. ``step`` is told how far it is, it may raise.
    """
    out = left_out(then, now)
    each = 1 / max(1, len(identities))
    return tuple(
        _Reading(then, out, lambda share, at=at: step(each * (at + share))).excerpt(what, identity)  # type: ignore[misc]
        for at, identity in enumerate(identities)
    )


class _Reading:
    """One backup, without what does not come back."""

    def __init__(self, then: Source, out: Gone, step: Step) -> None:
        self._then, self._out, self._step = then, out, step
        self._share = 0.0
        self._erased: set[int] = set()

    def excerpt(self, what: What, identity: int) -> Excerpt:
        own: dict[str, dict[int, Values]] = {}
        self._add(own, str(what), "id", [identity])
        for at, (table, column, parent) in enumerate(_PARTS[what]):
            self._share = at / len(_PARTS[what])
            self._add(own, table, column, list(own.get(parent, {})))
        for table, column in _TIES.get(what, ()):
            if columns(self._then, table):
                self._add(own, table, column, [identity])
        needed: dict[str, dict[int, Values]] = {}
        for table in own:
            self._add_parents(needed, table, own[table].values(), own)
        # For who has to come back too.
        self._add(needed, "skill", "person_id", list(needed.get("person", {})))
        return Excerpt(what, identity, _tuples(own), _tuples(needed), frozenset(self._erased))

    def _add(self, rows: dict[str, dict[int, Values]], table: str, column: str, values: Iterable[int]) -> None:
        names = columns(self._then, table)
        if not names:  # a backup of an earlier schema
            return
        for at, value in enumerate(values):
            if at % TOLD_EVERY == 0:
                self._step(self._share)
            for row in self._then.rows(f"SELECT {', '.join(names)} FROM {table} WHERE {column} = ?", (value,)):
                found = dict(zip(names, row, strict=True))
                if found[key_of(table)] not in self._out.of(table):
                    rows.setdefault(table, {})[found[key_of(table)]] = found
                elif table == "enrolment":
                    self._erased.add(found["person_id"])
                elif table == "member":
                    self._add({}, "enrolment", "id", [found["enrolment_id"]])

    def _add_parents(
        self,
        needed: dict[str, dict[int, Values]],
        table: str,
        rows: Iterable[Values],
        own: Mapping[str, Mapping[int, Values]],
    ) -> None:
        """What the rows of a table point to and can't be without, and what that points to in turn."""
        if table in (*BETWEEN_PEOPLE, "alternative"):
            return
        rows = list(rows)
        for reference in references(self._then, table):
            if reference.optional:
                continue
            known = {*needed.get(reference.parent, {}), *own.get(reference.parent, {})}
            wanted = {row[reference.column] for row in rows} - known - {None}
            found: dict[str, dict[int, Values]] = {}
            self._add(found, reference.parent, "id", sorted(wanted))
            new = found.get(reference.parent, {})
            needed.setdefault(reference.parent, {}).update(new)
            if new:
                self._add_parents(needed, reference.parent, new.values(), own)


def _tuples(rows: dict[str, dict[int, Values]]) -> dict[str, tuple[Values, ...]]:
    """Meetings by their numbers: each takes its place before the next looks for its own."""
    found = {table: tuple(ones.values()) for table, ones in rows.items()}
    if "meeting" in found:
        found["meeting"] = tuple(sorted(found["meeting"], key=lambda row: row["number"]))
    return found


# About two people: brought back where both are there, but nobody comes back for the sake of it.
BETWEEN_PEOPLE = ("rivalry", "veto", "wish")


def write(change: Change, table: str, values: Values, here: Sequence[str]) -> None:
    """Writes a row as it was, the moment of its last change too; a row of its id gets its values back.

    ``here``: the columns that the table has today.
    """
    kept = {name: values[name] for name in here if name in values}
    marks = ", ".join("?" * len(kept))
    assigned = ", ".join(f"{name} = excluded.{name}" for name in kept)
    change.execute(
        f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({marks})"
        f" ON CONFLICT ({key_of(table)}) DO UPDATE SET {assigned}",
        tuple(kept.values()),
    )
