"""Records out of a backup, put back into the open vault as they were then; one step of undo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.domain.ids import ProgrammeId, TandemId
from app.domain.tandems import TandemState
from app.errors import Fault
from app.services.tandems import without_room
from app.store import erased, excerpts, tandems
from app.store.copies import Step, no_step
from app.store.excerpts import BETWEEN_PEOPLE, TOLD_EVERY, Excerpt, Values, What
from app.store.references import PARENTS_FIRST, Reference, columns, key_of, references
from app.store.vault import Change


@dataclass(frozen=True, slots=True)
class Return:
    """What came of it. ``written``: rows; ``with_it``: people, programmes and topics that had to come back too,
    ``people`` of them are people; ``erased``: people who were deleted for good and stay so, with what went with them;
    ``perhaps_erased``: some were before their ids were kept, and may be among those who came back;
    ``loosened``: references to what is gone; ``left_out``: rows without their other half; ``renumbered``: the tandem's
    number was taken; ``ended``: its places were, so it came back as an ended one."""

    written: int = 0
    with_it: int = 0
    people: int = 0
    erased: int = 0
    perhaps_erased: bool = False
    loosened: int = 0
    left_out: int = 0
    renumbered: bool = False
    ended: bool = False
    records: int = 1


def bring_back(change: Change, *records: Excerpt, step: Step = no_step) -> Return:
    """Writes records of a backup with all that belongs to them; what was added to them since stays.

    A tandem belongs to the publishing that made it again, as long as that is there. Of a programme only what is
    missing comes back, enrolments, tandems, goals and meetings with all that is theirs: what is there stays as it is.
    Nobody comes back who was erased. ``step`` is told how far it is, it may raise.
    Fault "record.gone" where the backup does not hold one of them; then none is written.
    """
    if not all(excerpt.own for excerpt in records):
        raise Fault("record.gone")
    work = _Work(change, _Told(records, step))
    for excerpt in records:
        take = work.add if excerpt.what is What.PROGRAMME else work.put
        for table in PARENTS_FIRST:
            for row in work.told.each(excerpt.needed.get(table, ())):
                work.need(table, row)
            for row in work.told.each(excerpt.own.get(table, ())):
                take(table, row)
    work.settle()
    away = frozenset[int]().union(*(excerpt.erased for excerpt in records))
    perhaps = work.people_back and erased.some_unknown(change)
    return replace(
        work.came, written=work.rows, records=len(records), erased=len(away), perhaps_erased=perhaps
    )


# Which columns may stand once only, and what becomes of a row of today that stands in the way.
_ONCE: dict[str, tuple[str, ...]] = {
    "enrolment": ("programme_id", "person_id"),
    "member": ("tandem_id", "enrolment_id"),
    "skill": ("person_id", "side", "topic_id"),
    "rivalry": ("person_id", "other_id"),
    "veto": ("person_id", "other_id"),
    "wish": ("person_id", "other_id"),
    "meeting_topic": ("meeting_id", "topic_id"),
    "programme_topic": ("programme_id", "topic_id"),
    "draft_pair": ("mentor_id", "mentee_id"),
}
# Others point to these, or somebody has decided otherwise since: they stay as they are today.
_KEEPS_TODAYS = ("enrolment", "member", "programme_topic", "draft_pair")
# What comes back only with what it belongs to: gone from a record that is there, it was taken from it on purpose.
_ONLY_WITH = {
    "programme_topic": (("programme_id", "programme"),),
    "member": (("tandem_id", "tandem"),),
    "consent": (("enrolment_id", "enrolment"), ("member_id", "member")),
    "agreement": (("tandem_id", "tandem"),),
    "meeting_topic": (("meeting_id", "meeting"),),
    "note": (("tandem_id", "tandem"), ("meeting_id", "meeting")),
    "draft": (("programme_id", "programme"),),
    "draft_pair": (("mentor_id", "enrolment"), ("mentee_id", "enrolment")),
    "published_pair": (("publishing_id", "publishing"),),
    "alternative": (("tandem_id", "tandem"),),
}
# What was untied when a tandem or a meeting went, and is tied again when it comes back.
_TIED = {"note": (("tandem_id", "tandem"), ("meeting_id", "meeting")), "published_pair": (("tandem_id", "tandem"),)}


class _Told:
    """How far it is, by the rows."""

    def __init__(self, records: tuple[Excerpt, ...], step: Step) -> None:
        tables = [rows for one in records for part in (one.own, one.needed) for rows in part.values()]
        self._all, self._done, self._step = sum(map(len, tables)), 0, step

    def each(self, rows: Iterable[Values]) -> Iterator[Values]:
        for row in rows:
            if self._done % TOLD_EVERY == 0:
                self._step(self._done / self._all)
            self._done += 1
            yield row


class _Work:
    def __init__(self, change: Change, told: _Told) -> None:
        self._change, self.told = change, told
        self._today: dict[tuple[str, int], int] = {}  # rows of the backup that stand here under another id
        self._written: set[tuple[str, int]] = set()
        self._references: dict[str, tuple[Reference, ...]] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._erased = erased.ids(change)
        self.rows = 0
        self.came = Return()

    def need(self, table: str, row: Values) -> None:
        """Writes a row that others can't be without, unless it is there."""
        if table == "publishing":
            return  # a tandem comes back without its plan
        if table == "skill" and ("person", row["person_id"]) not in self._written:
            return  # somebody who is there has the skills of today
        if not self._is_there(table, row[key_of(table)]) and self._write(table, row):
            with_it = self.came.with_it + (table in ("person", "programme", "topic"))
            self.came = replace(self.came, with_it=with_it, people=self.came.people + (table == "person"))

    def add(self, table: str, row: Values) -> None:
        """As ``put``, but what is there stays as it is; only its ties to what came back are tied again."""
        identity = row[key_of(table)]
        if not self._is_there(table, identity):
            with_it = _ONLY_WITH.get(table)
            if with_it is None or any((parent, row[column]) in self._written for column, parent in with_it):
                self.put(table, row)
            return
        for column, parent in _TIED.get(table, ()):
            if (parent, row[column]) in self._written:
                sql = f"UPDATE {table} SET {column} = ? WHERE id = ? AND {column} IS NULL"
                self._change.execute(sql, (row[column], identity))

    @property
    def people_back(self) -> bool:
        return any(table == "person" for table, _ in self._written)

    def put(self, table: str, row: Values) -> None:
        if self._write(table, row):
            self.rows += 1
        elif table in BETWEEN_PEOPLE:
            self.came = replace(self.came, left_out=self.came.left_out + 1)

    def _is_there(self, table: str, identity: int) -> bool:
        if (table, identity) in self._written:
            return True
        key = key_of(table)
        return bool(self._change.row(f"SELECT 1 FROM {table} WHERE {key} = ?", (identity,)))

    def _write(self, table: str, row: Values) -> bool:
        if table == "person" and row["id"] in self._erased:
            return False
        fitted = self._fitted(table, row)
        if fitted is None or not self._made_room(table, fitted):
            return False
        if table == "meeting":
            self._make_place(fitted)
        if table not in self._columns:
            self._columns[table] = columns(self._change, table)
        excerpts.write(self._change, table, fitted, self._columns[table])
        self._written.add((table, row[key_of(table)]))
        return True

    def _references_of(self, table: str) -> tuple[Reference, ...]:
        if table not in self._references:
            self._references[table] = references(self._change, table)
        return self._references[table]

    def _fitted(self, table: str, row: Values) -> Values | None:
        """The row with its references as they are today; None where one that it needs is gone."""
        values = dict(row)
        for reference in self._references_of(table):
            target = values.get(reference.column)
            if target is None:
                continue
            target = self._today.get((reference.parent, target), target)
            values[reference.column] = target
            if not self._is_there(reference.parent, target) and (reference.parent, target) != (table, row.get("id")):
                if not reference.optional:
                    return None
                values[reference.column] = None
                self.came = replace(self.came, loosened=self.came.loosened + 1)
        if table == "tandem":
            self._renumber(values)
        return values

    def _renumber(self, values: dict[str, object]) -> None:
        sql = "SELECT 1 FROM tandem WHERE programme_id = ? AND number = ? AND id <> ?"
        if self._change.row(sql, (values["programme_id"], values["number"], values["id"])):
            values["number"] = tandems.next_number(self._change, ProgrammeId(int(str(values["programme_id"]))))
            self.came = replace(self.came, renumbered=True)

    def _made_room(self, table: str, values: Values) -> bool:
        """Whether the row may stand there: what says the same today under another id is kept, or goes."""
        once = _ONCE.get(table)
        if once is None:
            return True
        same = " AND ".join(f"{name} = ?" for name in once)
        found = self._change.row(
            f"SELECT id FROM {table} WHERE {same} AND id <> ?", (*(values[name] for name in once), values["id"])
        )
        if found is None:
            return True
        if table in _KEEPS_TODAYS:
            self._today[table, values["id"]] = found[0]
            return False
        self._change.execute(f"DELETE FROM {table} WHERE id = ?", (found[0],))
        return True

    def _make_place(self, meeting: Values) -> None:
        """Those after a meeting that was removed moved up, so they move down again: the numbers count without a gap."""
        place = (meeting["tandem_id"], meeting["number"])
        taken = self._change.row("SELECT 1 FROM meeting WHERE tandem_id = ? AND number = ?", place)
        if taken and not self._is_there("meeting", meeting["id"]):
            sql = "UPDATE meeting SET number = number + 1, changed_at = ? WHERE tandem_id = ? AND number >= ?"
            self._change.execute(sql, (self._change.now, *place))

    def settle(self) -> None:
        """A tandem whose places are taken today comes back as an ended one."""
        back = {TandemId(identity) for table, identity in self._written if table == "tandem"}
        wanted = (json.dumps(sorted(back)),)
        sql = "SELECT DISTINCT programme_id FROM tandem WHERE id IN (SELECT value FROM json_each(?))"
        for (programme,) in self._change.rows(sql, wanted):
            for tandem in without_room(self._change, programme, back):
                ended = replace(tandem, state=TandemState.ENDED, locked=False)
                tandems.write_tandem(self._change, tandem, ended)
                self.came = replace(self.came, ended=True)
