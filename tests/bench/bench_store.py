"""A roster of 50,000 in the vault: read, written, taken back, against the bare rows, in one run, as ratios.

python -m pytest tests/bench/bench_store.py -m bench -s
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.ids import PersonId, TopicId
from app.domain.people import Person, Side, Skill
from app.exchange.roster import ImportPlan
from app.services import people as verbs
from app.services.roster import import_roster
from app.services.topics import add_starter
from app.store import people, topics
from app.store.vault import Vault

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
