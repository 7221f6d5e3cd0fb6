"""A vault as large as any will be: 50,000 people, 5,000 of them in a programme, 2,000 tandems, 20,000 notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from app.domain.text import sort_text
from app.store.vault import Change, Vault

PEOPLE, ENROLLED, TANDEMS, MEETINGS, NOTES = 50_000, 5_000, 2_000, 12_000, 20_000
DEPARTMENTS, TOPICS, PROGRAMMES = 130, 200, 4
TO_PAIR = 10_000
FAMILIES = ("Müller", "Özdemir", "Schäfer", "Kowalczyk", "Weiß", "Nguyễn", "Großmann", "Öttinger", "Ivanova", "Bauer")
GIVEN = ("Jürgen", "Aylin", "Anke", "Bartosz", "Leonie", "Minh Anh", "Petra", "Florian", "Darja", "Thomas", "Mara")
TOWNS = ("Jena", "Suhl", "Erfurt", "Hamburg", "Wien", "Zürich")
WORDS = ("Werkzeug", "Gespräch", "Ziel", "Termin", "offen", "ruhig", "Führung", "lernt", "zögert", "Vertrauen",
         "Daten", "Bericht", "fragt", "Präsentation", "Projekt", "Kunden", "sicher", "Feedback")  # fmt: skip
Rows = list[tuple[Any, ...]]


def fill_largely(vault: Vault) -> None:
    """The same people and programmes each time; ids are their numbers, so that a name can be looked up."""
    with vault.change("bench.fill", undoable=False) as change:
        made = _Made(change, Random(7))
        made.topics()
        made.people()
        made.programmes()
        made.tandems()
        made.meetings()
        made.notes()


class _Made:
    """Rows of one table after the other; ids count within a table's own thousands of thousands."""

    def __init__(self, change: Change, chance: Random) -> None:
        self.change, self.chance, self.now, self.today = change, chance, change.now, date.today()

    def insert(self, table: str, columns: str, rows: Rows) -> None:
        marks = ", ".join("?" * (columns.count(",") + 2))
        wanted = [(*row, self.now) for row in rows]
        self.change.executemany(f"INSERT INTO {table} ({columns}, changed_at) VALUES ({marks})", wanted)

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def topics(self) -> None:
        self.insert("topic", "id, name_de, name_en", [(n, f"Thema {n}", f"Topic {n}") for n in range(1, TOPICS + 1)])
        self.insert("organisation", "id, name", [(n, f"Haus {n}") for n in range(1, 6)])

    def people(self) -> None:
        self.insert(
            "person",
            "id, given_name, family_name, sort_name, email, organisation_id, personnel_number, department, team, "
            "position, level, supervisor_id, location, entry_date, languages, interests, availability",
            list(self._people()),
        )
        skills = (
            (person * 3 + place, person, topic, "sought" if place < 2 else "offered", 1 + (person + place) % 4, place)
            for person in range(1, PEOPLE + 1)
            for place, topic in enumerate(self.chance.sample(range(1, TOPICS + 1), 3))
        )
        self.insert("skill", "id, person_id, topic_id, side, level, position", list(skills))

    def _people(self) -> Iterator[tuple[Any, ...]]:
        chance = self.chance
        for n in range(1, PEOPLE + 1):
            family, given = f"{chance.choice(FAMILIES)}-{chance.randrange(4000)}", chance.choice(GIVEN)
            yield (
                n, given, family, f"{sort_text(family)}\x01{sort_text(given)}", f"person{n}@house.example",
                1 + n % 5 if n % 20 == 0 else None, str(10_000 + n), f"Abteilung {n % DEPARTMENTS}",
                f"Team {n % 900}", f"Stelle {n % 60}", 1 + n % 9, 1 + n // 12 if n > 12 else None, TOWNS[n % 6],
                date(2000 + n % 25, 1 + n % 12, 1).isoformat(), "Deutsch\nEnglisch" if n % 3 else "Deutsch",
                "Wandern\nSchach" if n % 4 else "", chance.randrange(1024),
            )  # fmt: skip

    def programmes(self) -> None:
        start = self.today - timedelta(days=90)
        rows: Rows = [
            (n, f"Programm {n}", "reverse", (start + timedelta(days=n)).isoformat(), None, 6)
            for n in range(1, PROGRAMMES + 1)
        ]
        self.insert("programme", "id, title, kind, starts_on, ends_on, planned_meetings", rows)
        topics = [(p * 100 + t, p, t) for p in range(1, PROGRAMMES + 1) for t in range(1, 30)]
        self.insert("programme_topic", "id, programme_id, topic_id", topics)
        both: Rows = [(n, 1, n * 10, "mentor" if n % 2 else "mentee", 1) for n in range(1, ENROLLED + 1)]
        small: Rows = [
            (p * 10_000 + n, p, n * 7 + p, "mentor" if n % 2 else "mentee", 1)
            for p in range(2, PROGRAMMES + 1)
            for n in range(1, 101)
        ]
        self.insert("enrolment", "id, programme_id, person_id, role, capacity", both + small)

    def tandems(self) -> None:
        states = ("proposed", "agreed", "active", "active", "active", "active", "paused", "completed")
        self.insert(
            "tandem", "id, programme_id, number, state, score",
            [(n, 1, n, states[n % 8], 500 + n % 400) for n in range(1, TANDEMS + 1)],
        )  # fmt: skip
        sides = (("mentor", 1), ("mentee", 0))
        members = [
            (n * 2 - less, n, n * 2 - less, side) for n in range(1, TANDEMS + 1) for side, less in sides
        ]
        self.insert("member", "id, tandem_id, enrolment_id, side", members)
        given = self.today.isoformat()
        agreed = [(member, member, given) for member, tandem, _, _ in members if states[tandem % 8] != "proposed"]
        self.insert("consent", "id, member_id, given_on", agreed)
        review = (self.today - timedelta(days=3)).isoformat()
        goals: Rows = [
            (n * 2 + at, n, 1 + (n + at) % TOPICS, f"Ziel {n}", 1, 3, (n + at) % 4, review if n % 9 == 0 else None)
            for n in range(1, TANDEMS + 1)
            for at in range(2)
        ]
        self.insert("goal", "id, tandem_id, topic_id, title, baseline, target, now, review_on", goals)

    def meetings(self) -> None:
        rows, topics = [], []
        for n in range(MEETINGS):
            tandem, number = 1 + n // 6, 1 + n % 6
            planned = self.today + timedelta(days=28 * (number - 4) + tandem % 20)
            held = planned if planned < self.today and tandem % 5 else None
            summary = self.words(12) if held else ""
            rows.append((n + 1, tandem, number, planned.isoformat(), held and held.isoformat(), held and 60, summary))
            topics.append((n + 1, n + 1, 1 + n % TOPICS))
        self.insert("meeting", "id, tandem_id, number, planned_on, held_on, minutes, summary", rows)
        self.insert("meeting_topic", "id, meeting_id, topic_id", topics)

    def notes(self) -> None:
        rows: Rows = [
            (n, self.words(3), self.words(40), f"tag{n % 12}", int(n % 500 == 0), n * 2 if n % 3 else None,
             None if n % 3 else 1 + n % TANDEMS, self.now - n * 60_000)
            for n in range(1, NOTES + 1)
        ]  # fmt: skip
        self.insert("note", "id, title, body, tags, pinned, person_id, tandem_id, created_at", rows)
        noted = self.today.isoformat()
        gaps: Rows = [(n, n * 2, 1 + n % TOPICS, n % 4, 4, self.words(6), noted) for n in range(1, NOTES + 1)]
        self.insert("skill_gap", "id, person_id, topic_id, seen, wanted, evidence, noted_on", gaps)


def fill_for_pairing(vault: Vault) -> None:
    """As many as any round will have, half of them mentors; nobody has a tandem yet. The programme has the id 1."""
    with vault.change("bench.fill", undoable=False) as change:
        made = _Made(change, Random(7))
        made.topics()
        made.people()
        start = made.today.isoformat()
        made.insert(
            "programme", "id, title, kind, starts_on, ends_on, planned_meetings",
            [(1, "Programm 1", "classic", start, None, 6)],
        )  # fmt: skip
        made.insert("programme_topic", "id, programme_id, topic_id", [(100 + t, 1, t) for t in range(1, 30)])
        enrolled: Rows = [(n, 1, n * 4, "mentor" if n % 2 else "mentee", 1) for n in range(1, TO_PAIR + 1)]
        made.insert("enrolment", "id, programme_id, person_id, role, capacity", enrolled)
