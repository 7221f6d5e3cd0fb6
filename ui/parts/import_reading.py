"""What an import reads and plans, off the main thread; no widgets here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.people import Organisation, Person
from app.domain.programmes import Role
from app.domain.topics import Topic
from app.errors import Fault
from app.exchange.columns import Mapping, guess_mapping, guess_role
from app.exchange.roster import ImportPlan, plan_import, read_drafts
from app.exchange.tables import Table, read_table
from app.store import houses, people, topics
from app.store.vault import Source
from ui.calm import undisturbed
from ui.tasks import Task

SURE = 4  # a name and two more columns: no other sheet is asked
MOST_SHEETS = 8  # looked through for people; a workbook with more is a collection, and its officer knows the sheet


@dataclass(frozen=True, slots=True)
class Material:
    """Where the rows come from: a file, or cells that were pasted. ``name`` is shown in the dialog alone."""

    source: Path | str

    @property
    def name(self) -> str:
        return self.source.name if isinstance(self.source, Path) else ""

    @property
    def role(self) -> Role | None:
        """Everybody's role, where the name of the file says one."""
        return guess_role(self.name) if self.name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read the file; None is found out."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the vault has already."""

    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    topics: tuple[Topic, ...]
    house: str


def known(source: Source) -> Known:
    return Known(
        people.all_people(source),
        people.organisations(source),
        topics.all_topics(source),
        houses.house(source).get("name", ""),
    )


def read(material: Material, reading: Reading) -> tuple[Table, Mapping]:
    """The table and the first guess of its columns; of a workbook the sheet that says most about people."""
    with undisturbed():
        return _best(material, reading)


def _best(material: Material, reading: Reading) -> tuple[Table, Mapping]:
    table = read_table(
        material.source, encoding=reading.encoding, separator=reading.separator, sheet=reading.sheet
    )
    mapping = guess_mapping(table.rows)
    if reading.sheet is not None or _sureness(mapping) >= SURE:
        return table, mapping
    found = [(table, mapping)]
    for sheet in [name for name in table.sheets if name != table.sheet][:MOST_SHEETS]:
        with suppress(Fault):  # an empty sheet is no choice
            other = read_table(material.source, sheet=sheet)
            found.append((other, guess_mapping(other.rows)))
    return max(found, key=lambda one: _sureness(one[1]))


def _sureness(mapping: Mapping) -> int:
    """How many columns are known, where a row of headings names somebody; less without one, 0 without a name."""
    if not mapping.names_somebody:
        return 0
    return 1 if mapping.header_row is None else 1 + len(mapping.fields)


def plan(
    task: Task,
    source: Source,
    table: Table,
    mapping: Mapping,
    *,
    role: Role | None,
    levels: dict[str, int],
    top: int,
    people: frozenset[int],
    language: str,
) -> ImportPlan:
    """What importing the table would do. Tells its progress and can be cancelled."""

    def first_half(done: int, total: int) -> None:
        task.step(0.5 * done / max(total, 1))

    def second_half(done: int, total: int) -> None:
        task.step(0.5 + 0.5 * done / max(total, 1))

    with undisturbed():  # tens of thousands of records, none of them garbage
        drafts = read_drafts(
            table.rows, mapping, today=date.today(), role=role, levels=levels, top=top, people=people,
            as_they_stand=table.as_they_stand, progress=first_half, cancelled=task.cancelled,
        )  # fmt: skip
        vault = known(source)
        return plan_import(
            drafts, vault.people, vault.organisations, vault.topics, house=vault.house, language=language,
            progress=second_half, cancelled=task.cancelled,
        )  # fmt: skip
