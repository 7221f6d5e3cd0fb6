"""A person, tandem or note out of a backup, put back into the open vault as it was then; one step of undo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.ids import ProgrammeId, TandemId
from app.domain.tandems import OPEN_STATES, TandemState
from app.errors import Fault
from app.services.tandems import has_room
from app.store import excerpts, tandems
from app.store.excerpts import BETWEEN_PEOPLE, PARENTS_FIRST, Excerpt, Values, What
from app.store.vault import Change


@dataclass(frozen=True, slots=True)
class Return:
    """What came of it. ``written``: rows; ``with_it``: people, programmes and topics that had to come back too;
    ``loosened``: references to what is gone; ``left_out``: rows without their other half; ``renumbered``: the tandem's
    number was taken; ``ended``: its places were, so it came back as an ended one."""

    written: int = 0
    with_it: int = 0
    loosened: int = 0
    left_out: int = 0
    renumbered: bool = False
    ended: bool = False


def bring_back(change: Change, excerpt: Excerpt) -> Return:
    """Writes a record of a backup with all that belongs to it; what was added to it since stays.

    A tandem belongs to the publishing that made it again, as long as that is there.
    Fault "record.gone" where the backup does not hold it.
    """
    if not excerpt.own:
        raise Fault("record.gone")
    work = _Work(change)
    for table in PARENTS_FIRST:
        for row in excerpt.needed.get(table, ()):
            work.need(table, row)
        for row in excerpt.own.get(table, ()):
            work.put(table, row)
    if excerpt.what is What.TANDEM:
        work.settle(TandemId(excerpt.id))
    return work.came


# Which columns may stand once only, and what becomes of a row of today that stands in the way.
_ONCE: dict[str, tuple[str, ...]] = {
    "enrolment": ("programme_id", "person_id"),
    "member": ("tandem_id", "enrolment_id"),
    "skill": ("person_id", "side", "topic_id"),
    "rivalry": ("person_id", "other_id"),
    "veto": ("person_id", "other_id"),
    "wish": ("person_id", "other_id"),
    "meeting_topic": ("meeting_id", "topic_id"),
}
_KEEPS_TODAYS = ("enrolment", "member")  # others point to these: they stay as they are today


class _Work:
    def __init__(self, change: Change) -> None:
        self._change = change
        self._today: dict[tuple[str, int], int] = {}  # rows of the backup that stand here under another id
        self.came = Return()

    def need(self, table: str, row: Values) -> None:
        """Writes a row that others can't be without, unless it is there."""
        if not self._is_there(table, row[excerpts.key_of(table)]) and self._write(table, row):
            self.came = replace(self.came, with_it=self.came.with_it + (table in ("person", "programme", "topic")))

    def put(self, table: str, row: Values) -> None:
        if self._write(table, row):
            self.came = replace(self.came, written=self.came.written + 1)
        elif table in BETWEEN_PEOPLE:
            self.came = replace(self.came, left_out=self.came.left_out + 1)

    def _is_there(self, table: str, identity: int) -> bool:
        key = excerpts.key_of(table)
        return bool(self._change.row(f"SELECT 1 FROM {table} WHERE {key} = ?", (identity,)))

    def _write(self, table: str, row: Values) -> bool:
        fitted = self._fitted(table, row)
        if fitted is None or not self._made_room(table, fitted):
            return False
        excerpts.write(self._change, table, fitted)
        return True

    def _fitted(self, table: str, row: Values) -> Values | None:
        """The row with its references as they are today; None where one that it needs is gone."""
        values = dict(row)
        for reference in excerpts.references(self._change, table):
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

    def settle(self, identity: TandemId) -> None:
        """A tandem whose places are taken today comes back as an ended one."""
        tandem = tandems.tandem(self._change, identity)
        if tandem is not None and tandem.state in OPEN_STATES:
            ended = replace(tandem, state=TandemState.ENDED, locked=False)
            tandems.write_tandem(self._change, tandem, ended)
            if has_room(self._change, ended):
                tandems.write_tandem(self._change, ended, tandem)
            else:
                self.came = replace(self.came, ended=True)
