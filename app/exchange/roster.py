"""What an import would do: drafts against the people already known. Nothing is written here, and no database is known.

table = read_table(path)
mapping = guess_mapping(table.rows)
drafts = read_drafts(table.rows, mapping, today=date.today())
plan = plan_import(drafts, people, organisations, topics)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.ids import PersonId, new_id
from app.domain.people import Organisation, Person
from app.domain.programmes import Role
from app.domain.topics import Topic
from app.errors import Cancelled
from app.exchange.directory import Directory
from app.exchange.drafts import Asked, Draft, NamedSkill, Progress, read_drafts
from app.exchange.fields import Field
from app.exchange.merge import Catalogue, fresh, merged
from app.exchange.newcomers import Newcomers, newcomers
from app.exchange.problems import ERRORS, Code, Problem, Severity, problem_text

__all__ = [
    "Draft", "ImportPlan", "ImportRow", "NamedSkill", "Problem", "Severity", "Status", "plan_import", "problem_text",
    "read_drafts",
]  # fmt: skip

_STEP = 500


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBLED = "doubled"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """What happens to a row (numbered as in the spreadsheet); ``changed`` has the fields that get another value."""

    row: int
    status: Status
    name: str = field(repr=False)
    person: PersonId | None = None
    changed: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """All that an import writes. ``people_to_insert``: a supervisor comes before those who report to them.

    ``roles``: for people of the file whose row says a part in the programme, new or not: the role and the
    capacity, None where the row says none.
    """

    rows: tuple[ImportRow, ...] = ()
    new_topics: tuple[Topic, ...] = ()
    new_organisations: tuple[Organisation, ...] = ()
    people_to_insert: tuple[Person, ...] = ()
    people_to_update: tuple[Person, ...] = ()
    roles: Mapping[PersonId, tuple[Role, int | None]] = field(default_factory=dict)
    newcomers: Newcomers = Newcomers()

    @property
    def counts(self) -> Counter[Status]:
        return Counter(row.status for row in self.rows)

    @property
    def writes_something(self) -> bool:
        return bool(self.people_to_insert or self.people_to_update)


class _Planner:
    def __init__(self, people: Iterable[Person], catalogue: Catalogue) -> None:
        self.existing = {person.id: person for person in people}
        self.catalogue = catalogue
        self.directory = Directory(self.existing.values())
        self.drafts: dict[PersonId, Draft] = {}
        self.rows: list[tuple[Draft, PersonId | None, list[Problem]]] = []
        self.supervisors: dict[PersonId, PersonId] = {}
        self.superseded: set[PersonId] = set()  # whose supervisor of old contradicts the file
        self.problems: dict[PersonId, list[Problem]] = {}

    def identify(self, draft: Draft) -> None:
        """Finds the person of a row, or makes a new one."""
        problems = list(draft.problems)
        if not draft.importable:
            self.rows.append((draft, None, problems))
            return
        found = self.directory.match(draft)
        person = found.one
        if len(found.ids) > 1:
            problems.append(Problem(row=draft.row, field=None, code=Code.AMBIGUOUS_PERSON))
        elif person is not None and person in self.drafts:
            problems.append(_doubled(draft, self.drafts[person]))
            person = None
        else:
            if person is None:
                person = PersonId(new_id())
                problems += _notices(draft, found.same_email, found.same_name)
            self.drafts[person] = draft
            self.problems[person] = problems
            self.directory.add(person, draft)
        self.rows.append((draft, person, problems))

    def supervise(self, person: PersonId, draft: Draft) -> None:
        """Finds the supervisor whom a row names."""
        if not draft.supervisor:
            return
        found = self.directory.supervisor(draft.supervisor)
        boss = found.one
        if boss is None:
            code = Code.SUPERVISOR_AMBIGUOUS if found.ids else Code.SUPERVISOR_UNKNOWN
            self._warn(person, code, draft.supervisor)
        elif boss == person:
            self._warn(person, Code.SUPERVISOR_SELF, draft.supervisor)
        else:
            self.supervisors[person] = boss
            if found.guessed:
                self._warn(person, Code.SUPERVISOR_GUESSED, draft.supervisor, taken_for=self._name(boss))

    def _name(self, person: PersonId) -> str:
        return self.drafts[person].list_name if person in self.drafts else self.existing[person].list_name

    def _warn(self, person: PersonId, code: Code, value: str, **facts: object) -> None:
        row = self.drafts[person].row
        self.problems[person].append(
            Problem(row=row, field=Field.SUPERVISOR, code=code, value=value, facts=tuple(facts.items()))
        )

    def break_cycles(self) -> None:
        """Takes back supervisors that close a circle.

        What the file says is newer: a line of old gives way to it, first that of somebody whom the file has without a
        supervisor. In a circle of the file alone the supervisor of the highest is the least believable.
        """
        while circles := _circles(self._line(), frozenset(self.supervisors)):
            for circle in circles:
                if old := [person for person in circle if person not in self.supervisors]:
                    self._supersede(min(old, key=self._age), circle)
                    continue
                wrong = min(circle, key=lambda person: (self.drafts[person].level or 99, self.drafts[person].row))
                del self.supervisors[wrong]
                self._warn(wrong, Code.SUPERVISOR_CYCLE, self.drafts[wrong].supervisor)

    def _age(self, person: PersonId) -> tuple[bool, int, int]:
        draft = self.drafts.get(person)
        level = self.existing[person].level or 99
        return (True, level, 0) if draft is None else (False, draft.level or level, draft.row)

    def _supersede(self, person: PersonId, circle: Sequence[PersonId]) -> None:
        self.superseded.add(person)
        before = self.existing[person].supervisor
        told = person if person in self.drafts else min(
            (one for one in circle if one in self.supervisors), key=lambda one: self.drafts[one].row
        )  # fmt: skip
        names = {"who": self._name(person), "boss": self._name(before) if before is not None else ""}
        self._warn(told, Code.SUPERVISOR_SUPERSEDED, "", **names)

    def _line(self) -> dict[PersonId, PersonId]:
        line = {
            person.id: person.supervisor
            for person in self.existing.values()
            if person.supervisor is not None and person.id not in self.superseded
        }
        return line | self.supervisors

    def plan(self, step: Callable[[int], None]) -> ImportPlan:
        """Lays every draft over its person. ``step`` is told how many are done."""
        inserts: dict[PersonId, Person] = {}
        updates: list[Person] = []
        rows: list[ImportRow] = []
        for done, (draft, person, problems) in enumerate(self.rows):
            step(done)
            changed: tuple[Field, ...] = ()
            if person is None:
                doubled = any(problem.code in (Code.DOUBLED, Code.DOUBLED_DIFFERS) for problem in problems)
                status = Status.DOUBLED if doubled else Status.WRONG
            else:
                status, changed = self._settle(person, draft, inserts, updates)
            rows.append(
                ImportRow(
                    row=draft.row,
                    status=status,
                    name=draft.list_name,
                    person=person,
                    changed=changed,
                    problems=tuple(sorted(problems, key=_gravity)),
                )
            )
        others = (self.existing[person] for person in self.superseded if person not in self.drafts)
        updates += [replace(person, supervisor=None) for person in others]
        return ImportPlan(
            rows=tuple(rows),
            new_topics=tuple(self.catalogue.new_topics),
            new_organisations=tuple(self.catalogue.new_organisations),
            people_to_insert=_supervisors_first(inserts),
            people_to_update=tuple(updates),
            roles={
                person: (draft.role, draft.capacity) for person, draft in self.drafts.items() if draft.role is not None
            },
        )

    def _settle(
        self, person: PersonId, draft: Draft, inserts: dict[PersonId, Person], updates: list[Person]
    ) -> tuple[Status, tuple[Field, ...]]:
        known = self.existing.get(person)
        if known is None:
            inserts[person] = fresh(person, draft, self.supervisors.get(person), self.catalogue)
            return Status.NEW, ()
        if person in self.superseded:
            known = replace(known, supervisor=None)
        after, changed = merged(known, draft, self.supervisors.get(person), self.catalogue)
        if person in self.superseded:
            changed = tuple(field for field in Field if field in changed or field is Field.SUPERVISOR)
        if changed:
            updates.append(after)
            return Status.CHANGED, changed
        return Status.UNCHANGED, ()


def plan_import(
    drafts: Sequence[Draft],
    people: Iterable[Person],
    organisations: Iterable[Organisation],
    topics: Iterable[Topic],
    *,
    house: str = "",
    language: str = "de",
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> ImportPlan:
    """What importing the drafts would do to these people; runs in any thread.

    ``house`` is the name of the house itself, which is no organisation of its own; ``language`` ("de" or "en") is the
    one that new topics are named in. An empty cell never takes a value away. A list in a cell (languages, skills of one
    side) replaces the list. Raises Cancelled.
    """
    planner = _Planner(people, Catalogue(organisations, topics, house=house, language=language))
    total = 3 * len(drafts)

    def step(done: int) -> None:
        if done % _STEP == 0:
            if cancelled is not None and cancelled():
                raise Cancelled()
            if progress is not None:
                progress(done, total)

    for done, draft in enumerate(drafts):
        step(done)
        planner.identify(draft)
    for done, (person, draft) in enumerate(planner.drafts.items(), len(drafts)):
        step(done)
        planner.supervise(person, draft)
    planner.break_cycles()
    made = planner.plan(lambda done: step(2 * len(drafts) + done))
    after = (*made.people_to_insert, *made.people_to_update)
    return replace(made, newcomers=newcomers(planner.existing.values(), after, made.new_topics))


def _doubled(draft: Draft, first: Draft) -> Problem:
    same = replace(draft, row=0, problems=()) == replace(first, row=0, problems=())
    code = Code.DOUBLED if same else Code.DOUBLED_DIFFERS
    return Problem(row=draft.row, field=None, code=code, facts=(("first", first.row),))


def _notices(draft: Draft, same_email: bool, same_name: bool) -> list[Problem]:
    notices = []
    if same_email:
        notices.append(Problem(row=draft.row, field=Field.EMAIL, code=Code.EMAIL_SHARED))
    if same_name:
        notices.append(Problem(row=draft.row, field=Field.FAMILY_NAME, code=Code.SAME_NAME))
    return notices


def _gravity(problem: Problem) -> int:
    return 0 if problem.code in ERRORS else 1 if problem.severity is Severity.WARNING else 2


def _circles(line: Mapping[PersonId, PersonId], of: frozenset[PersonId]) -> list[list[PersonId]]:
    """The circles in a line of supervisors that hold somebody of ``of``."""
    circles = []
    seen: set[PersonId] = set()
    for start in of:
        path: dict[PersonId, None] = {}
        current: PersonId | None = start
        while current is not None and current not in seen:
            seen.add(current)
            path[current] = None
            current = line.get(current)
        if current is not None and current in path:
            way = list(path)
            circles.append(way[way.index(current) :])
    return [circle for circle in circles if not of.isdisjoint(circle)]


def _supervisors_first(people: Mapping[PersonId, Person]) -> tuple[Person, ...]:
    ordered: dict[PersonId, Person] = {}
    for person in people.values():
        waiting: list[Person] = []
        current: Person | None = person
        while current is not None and current.id not in ordered:
            waiting.append(current)
            current = people.get(current.supervisor) if current.supervisor is not None else None
        for one in reversed(waiting):
            ordered[one.id] = one
    return tuple(ordered.values())
