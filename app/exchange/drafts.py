"""Rows and a mapping become drafts of people: typed values, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.domain.contact import can_be_address
from app.domain.people import TOP_LEVEL, Salutation
from app.domain.programmes import Role
from app.errors import Cancelled, Fault
from app.exchange import cells
from app.exchange.columns import Mapping
from app.exchange.days import first_day_of, without_since
from app.exchange.fields import Field
from app.exchange.footers import names_nobody
from app.exchange.grades import grade_key
from app.exchange.levels import turned
from app.exchange.problems import ERRORS, Code, Problem
from app.exchange.skills import SaidSkill, said_skill, skills_of
from app.exchange.slots import names_every_day, slots_of

MAX_TEXT = 200
MAX_REMARKS = 20_000
MAX_ITEMS = 60
_STEP = 500

T = TypeVar("T")
Progress = Callable[[int, int], None]
Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSkill:
    """A skill as the file has it: the topic by name; ``level`` and ``priority`` None where the file says none."""

    topic: str
    level: int | None
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a row says about a person. "", None and () mean that it says nothing: an import then leaves the value be."""

    row: int
    given_name: str = ""
    family_name: str = ""
    title: str = ""
    salutation: Salutation | None = None
    email: str = ""
    phone: str = ""
    organisation: str = ""
    personnel_number: str = ""
    department: str = ""
    team: str = ""
    project: str = ""
    position: str = ""
    level: int | None = None
    supervisor: str = ""
    location: str = ""
    entry_date: date | None = None
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    offered: tuple[NamedSkill, ...] = ()
    sought: tuple[NamedSkill, ...] = ()
    availability: int = 0
    remarks: str = ""
    role: Role | None = None
    capacity: int | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def importable(self) -> bool:
        return not any(problem.code in ERRORS for problem in self.problems)

    @property
    def list_name(self) -> str:
        """ "Özdemir, Aylin"."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


_TEXTS = tuple((field, field.value) for field in (
    Field.TITLE, Field.PHONE, Field.ORGANISATION, Field.PERSONNEL_NUMBER, Field.DEPARTMENT, Field.TEAM,
    Field.PROJECT, Field.POSITION, Field.SUPERVISOR, Field.LOCATION,
))  # fmt: skip
_NAME_FIELDS = (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)


def read_drafts(
    rows: Sequence[Sequence[str]],
    mapping: Mapping,
    *,
    today: date,
    role: Role | None = None,
    levels: AnyMapping[str, int] | None = None,
    top: int = TOP_LEVEL,
    as_they_stand: Container[int] = (),
    people: Container[int] = (),
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> tuple[Draft, ...]:
    """A draft for each row below the header that is not empty; a header repeated on a later page is left out.

    ``role`` is everybody's role where the row says none; ``levels`` gives a career level to words such as "Senior".
    ``top`` is the number that the file gives to its highest level: 5 where it counts upwards from 1 to 5.
    ``as_they_stand``: rows (from 0) with an open quotation mark.
    ``people`` are rows (from 1) that look like a sum or a page number and are somebody all the same.
    Raises Fault("exchange.no_name_column") if no column is mapped to a name.
    """
    if not mapping.names_somebody:
        raise Fault("exchange.no_name_column")
    american = any(
        cells.is_month_first(row[index] for row in rows[mapping.first_row :] if index < len(row))
        for index in mapping.of(Field.ENTRY_DATE)
    )
    header = [cell.strip() for cell in rows[mapping.header_row]] if mapping.header_row is not None else None
    named = {grade_key(name): level for name, level in (levels or {}).items()}
    drafts = []
    for index in range(mapping.first_row, len(rows)):
        if index % _STEP == 0:
            if cancelled is not None and cancelled():
                raise Cancelled()
            if progress is not None:
                progress(index, len(rows))
        row = rows[index]
        stripped = [cell.strip() for cell in row]
        if not any(stripped) or stripped == header:
            continue
        reading = _Row(index + 1, row, mapping, today, american, named, top)
        if index in as_they_stand:
            reading.wrong(None, Code.OPEN_QUOTE)
        if index + 1 not in people:
            reading.look_for_a_footer()
        drafts.append(reading.draft(role))
    return tuple(drafts)


class _Row:
    """One row on its way to a draft, collecting what is wrong with it."""

    def __init__(
        self,
        number: int,
        row: Sequence[str],
        mapping: Mapping,
        today: date,
        american: bool,
        levels: AnyMapping[str, int],
        top: int,
    ) -> None:
        self.number, self.today, self.american = number, today, american
        self.levels, self.top = levels, top
        self.addressed: Salutation | None = None  # as a full name says it: "Frau Aylin Özdemir"
        self.problems: list[Problem] = []
        self.raw: dict[Field, list[str]] = {}
        self.first: dict[Field, str] = {}  # of each field the first cell, clean
        for column in mapping.columns:
            if column.field is not None and column.index < len(row):
                self._take(column.field, row[column.index])

    def _take(self, field: Field, raw: str) -> None:
        text = cells.clean(raw)
        if cells.says_nothing(text):
            return
        if cells.is_error(text):
            self.wrong(field, Code.ERROR_CELL, text)
            return
        if field not in self.raw:
            self.raw[field] = [raw]
            self.first[field] = text
        else:
            self.raw[field].append(raw)

    def wrong(self, field: Field | None, code: Code, value: str = "", **facts: object) -> None:
        problem = Problem(row=self.number, field=field, code=code, value=value, facts=tuple(facts.items()))
        self.problems.append(problem)

    def _text(self, field: Field, limit: int = MAX_TEXT) -> str:
        if field not in self.raw:
            return ""
        text = cells.clean_lines(self.raw[field][0]) if field is Field.REMARKS else self.first[field]
        if len(text) > limit:
            self.wrong(field, Code.TOO_LONG, length=len(text), limit=limit)
            return ""
        return text

    def _read(self, field: Field, read: Callable[[str], T | None], code: Code) -> T | None:
        if field not in self.raw or not (text := self._text(field)):
            return None
        value = read(text)
        if value is None:
            self.wrong(field, code, text)
        return value

    def look_for_a_footer(self) -> None:
        """Tells where the row names nobody: a sum, the number of a page."""
        if Field.PERSONNEL_NUMBER in self.raw or Field.EMAIL in self.raw:
            return
        said = [self.raw[field][0].strip() for field in _NAME_FIELDS if field in self.raw]
        if said and names_nobody(" ".join(said)):
            self.wrong(None, Code.FOOTER, " ".join(said))

    def draft(self, role: Role | None) -> Draft:
        title, given, family = self._names()
        texts = {name: self._text(field) for field, name in _TEXTS if field in self.raw}
        salutation = self._read(Field.SALUTATION, self._salutation, Code.SALUTATION)
        if not texts.get("title"):
            texts["title"] = title or (salutation[1] if salutation and cells.is_title(salutation[1]) else "")
        return Draft(
            row=self.number,
            given_name=given,
            family_name=family,
            salutation=salutation[0] if salutation else self.addressed,
            email=self._email(),
            level=self._read(Field.LEVEL, self._level, self._no_level()),
            entry_date=self._read(Field.ENTRY_DATE, self._day, Code.DATE),
            languages=self._list(Field.LANGUAGES, cells.languages_of),
            interests=self._list(Field.INTERESTS, cells.texts_of),
            offered=self._skills(Field.OFFERED),
            sought=self._skills(Field.SOUGHT),
            availability=self._read(Field.AVAILABILITY, self._slots, Code.AVAILABILITY) or 0,
            remarks=self._text(Field.REMARKS, MAX_REMARKS),
            role=self._role(role),
            capacity=self._read(Field.CAPACITY, cells.capacity_of, Code.CAPACITY),
            problems=tuple(self.problems),
            **texts,
        )

    def _names(self) -> tuple[str, str, str]:
        given, family, title = self._text(Field.GIVEN_NAME), self._text(Field.FAMILY_NAME), ""
        if full := self._text(Field.FULL_NAME):
            title, own_given, own_family = cells.name_parts(full)
            self.addressed = cells.addressed(full)[0] or cells.addressed(full.partition(",")[2].strip())[0]
            given, family = given or own_given, family or own_family
        elif family:
            own_title, bare = cells.title_and_name(family)
            title, family = (own_title, bare) if bare else ("", family)
        if not given and not family:
            self.wrong(None, Code.NO_NAME)
        elif not family:
            given, family = "", given  # somebody with one name is listed by it
        return title, given, family

    @staticmethod
    def _salutation(text: str) -> tuple[Salutation, str] | None:
        salutation, rest = cells.salutation_of(text)
        return None if salutation is None else (salutation, rest)

    def _email(self) -> str:
        address = self._read(Field.EMAIL, cells.email_of, Code.EMAIL) or ""
        if address and not can_be_address(address):
            self.wrong(Field.EMAIL, Code.EMAIL_DOUBTED, address)
        return address

    def _level(self, text: str) -> int | None:
        level = cells.level_of(text)
        return self.levels.get(grade_key(text)) if level is None else turned(level, self.top)

    def _no_level(self) -> Code:
        """What is wrong with a level that is none: a name that was given none, or a number."""
        said = self.first.get(Field.LEVEL, "")
        return Code.GRADE if cells.level_of(said) is None and any(map(str.isalpha, said)) else Code.LEVEL

    def _day(self, text: str) -> date | None:
        if (day := cells.day_of(without_since(text), today=self.today, month_first=self.american)) is not None:
            return day
        if (first := first_day_of(text, today=self.today)) is not None:
            self.wrong(Field.ENTRY_DATE, Code.DATE_ROUGH, text, day=first)
        return first

    def _slots(self, text: str) -> int | None:
        bits = slots_of(text)
        if bits and names_every_day(text):
            self.wrong(Field.AVAILABILITY, Code.AVAILABILITY_WEEK, text)
        return bits

    def _role(self, everybody: Role | None) -> Role | None:
        role = self._read(Field.ROLE, cells.role_of, Code.ROLE)
        both = self._read(Field.BOTH_ROLES, cells.yes_or_no, Code.BOTH_ROLES)
        if both:
            return Role.BOTH
        return role or everybody

    def _list(self, field: Field, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        if field not in self.raw:
            return ()
        found: dict[str, str] = {}
        for raw in self.raw[field]:
            for name in read(raw):
                if len(name) > MAX_TEXT:
                    self.wrong(field, Code.TOO_LONG, length=len(name), limit=MAX_TEXT)
                else:
                    found.setdefault(name.casefold(), name)
        return self._few(field, tuple(found.values()))

    def _few(self, field: Field, items: tuple[T, ...]) -> tuple[T, ...]:
        if len(items) > MAX_ITEMS:
            self.wrong(field, Code.TOO_MANY, limit=MAX_ITEMS)
            return ()
        return items

    def _doubt(self, field: Field, item: str, said: SaidSkill) -> None:
        if said.guessed and said.level is not None:
            self.wrong(field, Code.SKILL_GUESSED, cells.clean(item), topic=said.topic, level=said.level)
        elif said.guessed:
            self.wrong(field, Code.SKILL_DOUBTED, cells.clean(item))

    def _skills(self, field: Field) -> tuple[NamedSkill, ...]:
        if field not in self.raw:
            return ()
        found: dict[str, NamedSkill] = {}
        for raw in self.raw[field]:
            for item in skills_of(raw):
                said = said_skill(item)
                if len(said.topic) > MAX_TEXT:
                    self.wrong(field, Code.TOO_LONG, length=len(said.topic), limit=MAX_TEXT)
                elif not said.topic:
                    self.wrong(field, Code.SKILL_NAMELESS, cells.clean(item))
                elif said.level is not None and not 1 <= said.level <= 4:
                    self.wrong(field, Code.SKILL_LEVEL, cells.clean(item))
                else:
                    self._doubt(field, item, said)
                    skill = NamedSkill(topic=said.topic, level=said.level, priority=said.priority)
                    found.setdefault(said.topic.casefold(), skill)
        return self._few(field, tuple(found.values()))
