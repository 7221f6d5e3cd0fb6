"""Tables out: a roster as XLSX or CSV that every spreadsheet opens and this program reads back unchanged."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.ids import OrganisationId, PersonId, TopicId
from app.domain.people import Organisation, Person, Salutation, Skill
from app.domain.programmes import Role
from app.domain.topics import Topic
from app.exchange.cells import quoted
from app.exchange.directory import strict
from app.exchange.fields import Field, label
from app.exchange.guards import guarded
from app.i18n import mark, speaking, tr

Cell = str | int | date | None

_EXPORTED = tuple(field for field in Field if field not in (Field.FULL_NAME, Field.BOTH_ROLES, Field.REMARKS))
ROSTER_FIELDS = tuple(field for field in _EXPORTED if field not in (Field.ROLE, Field.CAPACITY))
"""The columns of a roster in their usual order; remarks only where they are asked for."""

_MAX_CELL = 32_767  # characters that a spreadsheet keeps
_NARROW, _WIDE = 8, 48

_SALUTATIONS = {Salutation.NONE: "", Salutation.MS: mark("Ms"), Salutation.MR: mark("Mr")}
_ROLES = {Role.MENTOR: mark("Mentor"), Role.MENTEE: mark("Mentee"), Role.BOTH: mark("both")}
_DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table to write: a header and rows of texts, whole numbers and dates."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


def roster_rows(
    people: Sequence[Person],
    topics: Iterable[Topic],
    organisations: Iterable[Organisation],
    fields: Sequence[Field] = ROSTER_FIELDS,
    language: str = "de",
    *,
    everyone: Iterable[Person] = (),
    roles: Mapping[PersonId, tuple[Role, int]] | None = None,
) -> Sheet:
    """The people as a sheet with these columns, in "de" or "en".

    ``everyone`` are all people there are, so that a supervisor outside the selection has a name; ``roles`` fill the
    columns ROLE and CAPACITY. Rivals, vetoes, wishes and notes are no fields and cannot get in.
    """
    with speaking(language):
        writer = _RosterWriter(people, topics, organisations, everyone, roles or {}, language)
        return Sheet(
            headers=tuple(label(field) for field in fields),
            rows=tuple(tuple(writer.cell(person, field) for field in fields) for person in people),
            title=tr("People"),
        )


class _RosterWriter:
    def __init__(
        self,
        people: Sequence[Person],
        topics: Iterable[Topic],
        organisations: Iterable[Organisation],
        everyone: Iterable[Person],
        roles: Mapping[PersonId, tuple[Role, int]],
        language: str,
    ) -> None:
        self.topics: dict[TopicId, str] = {topic.id: topic.name(language) for topic in topics}
        self.organisations: dict[OrganisationId, str] = {one.id: one.name for one in organisations}
        self.people = {person.id: person for person in (*everyone, *people)}
        self.names = Counter(strict(f"{one.given_name} {one.family_name}") for one in self.people.values())
        self.roles = roles

    def cell(self, person: Person, field: Field) -> Cell:
        match field:
            case Field.FULL_NAME:
                return person.list_name
            case Field.ENTRY_DATE | Field.LEVEL:
                value: Cell = getattr(person, field.value)
                return value
            case Field.ORGANISATION:
                return self.organisations.get(person.organisation, "") if person.organisation is not None else ""
            case Field.SUPERVISOR:
                return self._supervisor(person)
            case Field.LANGUAGES | Field.INTERESTS:
                return "; ".join(quoted(name) for name in getattr(person, field.value))
            case Field.OFFERED:
                return self._skills(person.offered())
            case Field.SOUGHT:
                return self._skills(person.sought())
            case Field.AVAILABILITY:
                return _slots(person.availability)
            case Field.SALUTATION:
                return tr(_SALUTATIONS[person.salutation])
            case Field.ROLE | Field.CAPACITY | Field.BOTH_ROLES:
                return self._part(person, field)
            case _:
                return str(getattr(person, field.value))

    def _part(self, person: Person, field: Field) -> Cell:
        if person.id not in self.roles or field is Field.BOTH_ROLES:
            return None
        role, capacity = self.roles[person.id]
        return capacity if field is Field.CAPACITY else tr(_ROLES[role])

    def _supervisor(self, person: Person) -> str:
        """By name where there is one of that name, else by what tells two of them apart."""
        boss = self.people.get(person.supervisor) if person.supervisor is not None else None
        if boss is None:
            return ""
        unique = self.names[strict(f"{boss.given_name} {boss.family_name}")] == 1
        return boss.list_name if unique else boss.personnel_number or boss.email or boss.list_name

    def _skills(self, skills: Iterable[Skill]) -> str:
        named = ((self.topics.get(skill.topic, ""), skill) for skill in skills)
        return "; ".join(f"{quoted(name)} ({_degree(skill)})" for name, skill in named if name)


def _degree(skill: Skill) -> str:
    """The level, and a priority above the lowest as it stands on the screen: "3", "3, !!"."""
    return f"{skill.level}, {'!' * skill.priority}" if skill.priority > 1 else str(skill.level)


def _slots(bits: int) -> str:
    said = []
    for number, day in enumerate(_DAYS):
        morning, afternoon = (bits >> (2 * number + half) & 1 for half in (0, 1))
        if morning and afternoon:
            said.append(tr(day))
        elif morning:
            said.append(tr("{day} mornings").format(day=tr(day)))
        elif afternoon:
            said.append(tr("{day} afternoons").format(day=tr(day)))
    return ", ".join(said)


def csv_bytes(sheet: Sheet) -> bytes:
    """UTF-8 with BOM, ";" and CRLF, as German spreadsheets open it; dates as 2022-02-03.

    Cells that a spreadsheet would run as a formula are guarded (see ``guards``).
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for row in (sheet.headers, *sheet.rows):
        writer.writerow([_csv_cell(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell.replace("\x00", "")) if isinstance(cell, str) else cell


def xlsx_bytes(sheet: Sheet) -> bytes:
    """A workbook of one sheet: bold header that stays in view, filter, dates as dates, no text ever a formula."""
    import xlsxwriter  # seldom needed, slow to load

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet(_sheet_name(sheet.title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for column, header in enumerate(sheet.headers):
            page.write_string(0, column, header[:_MAX_CELL], bold)
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                elif isinstance(cell, int):
                    page.write_number(number, column, cell)
                elif cell:
                    page.write_string(number, column, cell[:_MAX_CELL])
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        if sheet.headers:
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    """At most 31 signs, and none that a spreadsheet forbids in the name of a sheet."""
    name = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip("' ")[:31]
    return name if name and name.casefold() != "history" else "Tandembuch"


def _widths(sheet: Sheet) -> list[int]:
    columns = [[len(header) + 3] for header in sheet.headers]
    for row in sheet.rows[:1000]:
        for lengths, cell in zip(columns, row, strict=True):
            lengths.append(11 if isinstance(cell, date) else len(str(cell)) + 1 if cell is not None else 0)
    return [min(max(_NARROW, *lengths), _WIDE) for lengths in columns]
