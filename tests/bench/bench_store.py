"""The vault: a roster of 50,000 against the bare rows, and what opening, saving, backing up and checking cost.

python -m pytest tests/bench/bench_store.py -m bench -s
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from quick_vaults import PASSPHRASE
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import PersonId, TopicId
from app.domain.people import Person, Side, Skill
from app.exchange.roster import ImportPlan
from app.services import demo, due, notes
from app.services import people as verbs
from app.services.roster import import_roster
from app.services.topics import add_starter
from app.store import checks, connections, goals, meetings, opening, people, programmes, tandems, topics
from app.store.key import derive_master, raw_key, read_header
from app.store.vault import Source, Vault

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
COUNT = 50_000


def seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def crowd(topic_ids: list[TopicId]) -> tuple[Person, ...]:
    """People with three skills each and a supervisor among those before them."""
    chance = random.Random(50)
    names = ("Müller", "Öztürk", "Großmann", "Nguyễn", "Wójcik", "Haddad", "Sørensen", "Brandt")
    found: list[Person] = []
    for number in range(COUNT):
        chosen = chance.sample(topic_ids, 3)
        found.append(
            Person(
                id=PersonId(chance.getrandbits(62) + 1),
                given_name=f"Vorname{number % 977}",
                family_name=f"{chance.choice(names)}{number % 1999}",
                email=f"p{number}@example.org",
                department=f"Bereich {number % 40}",
                team=f"Team {number % 400}",
                level=number % 9 + 1,
                supervisor=found[number // 9].id if number else None,
                languages=("Deutsch", "Englisch"),
                skills=tuple(
                    Skill(topic=topic, side=Side.OFFERED if place else Side.SOUGHT, level=2)
                    for place, topic in enumerate(chosen)
                ),
            )
        )
    return tuple(found)


def test_a_roster_of_fifty_thousand(vault: Vault) -> None:
    with vault.change("topics") as change:
        add_starter(change)
    plan = ImportPlan(people_to_insert=crowd([topic.id for topic in topics.all_topics(vault)]))

    def bring_in() -> None:
        with vault.change("roster.import_roster") as change:
            import_roster(change, plan)

    brought = seconds(bring_in)
    read = seconds(lambda: people.all_people(vault))
    bare = seconds(lambda: (vault.rows("SELECT * FROM person ORDER BY sort_name"), vault.rows("SELECT * FROM skill")))
    line = seconds(lambda: people.supervisors(vault))
    one = plan.people_to_insert[-1]

    def edit() -> None:
        with vault.change("people.edit") as change:
            verbs.edit(change, one.id, supervisor=plan.people_to_insert[5].id, team="Neu")

    edited = seconds(edit)
    vault.undo()
    undone, redone = seconds(vault.undo), seconds(vault.redo)
    print(f"\n{COUNT} people, {3 * COUNT} skills, processor seconds:")
    print(f"  import {brought:.2f}   undo {undone:.2f}   redo {redone:.2f}   one edit {edited:.3f}")
    print(f"  all_people {read:.2f}   supervisors {line:.2f}   bare rows {bare:.2f}   ratio {read / bare:.1f}")
    assert len(people.all_people(vault)) == COUNT
    assert read < 6 * bare
    assert brought < 20 * bare


# Opening


class Plain:
    """A connection as a source of rows."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: Any = ()) -> tuple[Any, ...] | None:
        return self._connection.execute(sql, parameters).fetchone()  # type: ignore[no-any-return]


def first_page(source: Source) -> None:
    """What the overview reads."""
    people.all_people(source)
    for programme in programmes.all_programmes(source):
        tandems.of_programme(source, programme.id)
        meetings.of_programme(source, programme.id)
        goals.of_programme(source, programme.id)
        due.due(source, programme.id, date(2026, 11, 22))


def unkeyed(path: Path, key: str, target: Path) -> None:
    """The same content in a file of plain SQLite."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f'PRAGMA key = "{key}"')
    connection.execute("ATTACH ? AS plain KEY ''", (str(target),))
    connection.execute("SELECT sqlcipher_export('plain')")
    for pragma in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
        connection.execute(f"PRAGMA plain.{pragma} = {value}")
    connection.close()


def connect_unkeyed(path: Path, _key: str, **_: object) -> Any:
    connection = sqlcipher.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
    for setting in connections._SETTINGS:
        connection.execute(setting).fetchall()
    return connection


def test_opening_after_the_key_is_derived(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
    path, plain = vault.path, tmp_path / "plain.db"
    vault.close()
    header = read_header(path)
    key = raw_key(derive_master(PASSPHRASE, header), header)
    unkeyed(path, key, plain)

    def opened(place: Path) -> None:
        connection = opening.opened_connection(place, key)
        first_page(Plain(connection))
        connection.close()

    times: dict[Path, list[float]] = {path: [], plain: []}
    for turn in range(61):
        for place, found in times.items():
            with monkeypatch.context() as patched:
                if place == plain:
                    patched.setattr(opening, "connect", connect_unkeyed)
                took = seconds(lambda: opened(place))  # noqa: B023
            if turn:
                found.append(took)
    keyed, bare = (statistics.median(found) * 1000 for found in times.values())
    print(f"\nopening, key at hand, to the first page: {keyed:.1f} ms, unkeyed SQLite {bare:.1f} ms")
    print(f"  ratio {keyed / bare:.2f} (goal 1.2)")


# Saving, backing up, checking


def test_a_change_is_saved(vault: Vault) -> None:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
        note = notes.add(change, title="Notiz")
    took = []
    for number in range(500):
        begun = time.perf_counter()
        with vault.change("notes.edit") as change:
            notes.edit(change, note, body=f"Satz {number} " * 200)
        took.append((time.perf_counter() - begun) * 1000)
    middle, slow = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"\na note saved, on this disk: median {middle:.1f} ms, p95 {slow:.1f} ms (goal 50)")


def grow(vault: Vault, megabytes: int) -> None:
    """Notes of words that differ, so that their index grows as it would."""
    chance = random.Random(megabytes)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 12))) for _ in range(8000)]
    while vault.path.stat().st_size < megabytes * 1_000_000:
        with vault.change("grow", undoable=False) as change:
            for number in range(100):
                notes.add(change, title=f"Notiz {number}", body=" ".join(chance.choices(words, k=700)))


def both(work: Callable[[], Any]) -> str:
    """Seconds of the processor and of the clock."""
    begun = time.perf_counter()
    processor = seconds(work)
    return f"{processor:.2f} s of processor time, {time.perf_counter() - begun:.2f} s by the clock"


def test_a_backup_of_twenty_megabytes(vault: Vault, tmp_path: Path) -> None:
    grow(vault, 20)
    took = both(lambda: vault.back_up(tmp_path / "backups"))
    print(f"\nverified backup of {vault.path.stat().st_size / 1e6:.0f} MB: {took} (goal 1 s)")


def test_a_full_check_of_a_hundred_megabytes(vault: Vault) -> None:
    grow(vault, 100)
    took = both(lambda: checks.full_check(vault))
    print(f"\nfull check of {vault.path.stat().st_size / 1e6:.0f} MB: {took} (goal 2 s)")
