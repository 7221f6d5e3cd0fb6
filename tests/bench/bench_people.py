"""The people list with 50,000 people: from a key to the painted list, against Qt's own proxy model, in one run.

python -m pytest tests/bench/bench_people.py -m bench -s
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from app import i18n
from app.domain.people import Person, Side, Skill
from app.places import places
from app.services import people as verbs
from app.services import topics as topic_verbs
from app.settings import Settings
from app.store import people, topics
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk
from ui.pages.people import PeoplePage
from ui.parts.roster import Roster, empty_roster

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]
COUNT = 50_000
TYPED = ("muller", "ozd", "vertrieb a", "jur muell", "ki-werk", "qz", "einkauf jena")
FAMILIES = ("Müller", "Özdemir", "Schäfer", "Kowalczyk", "Weiß", "Nguyễn", "Großmann", "Öttinger", "Ivanova", "Bauer")
GIVEN = ("Jürgen", "Aylin", "Anke", "Bartosz", "Leonie", "Minh Anh", "Petra", "Florian", "Darja", "Thomas", "Mara")
UNITS = ("Konstruktion", "Vertrieb", "Personal", "Fertigung", "IT-Service", "Einkauf", "Qualität")
TOWNS = ("Jena", "Suhl", "Erfurt", "Hamburg")


def fill(vault: Vault) -> None:
    chance = Random(7)
    with vault.change("bench.fill", undoable=False) as change:
        topic_verbs.add_starter(change)
        known = [topic.id for topic in topics.all_topics(change)]
        crowd = []
        for number in range(COUNT):
            picked = chance.sample(known, 3)
            crowd.append(
                Person(
                    id=verbs.blank().id,
                    family_name=f"{chance.choice(FAMILIES)}-{chance.randrange(4000)}",
                    given_name=chance.choice(GIVEN),
                    email=f"person{number}@house.example",
                    personnel_number=str(10_000 + number),
                    department=chance.choice(UNITS),
                    location=chance.choice(TOWNS),
                    entry_date=date(2000 + number % 25, 1 + number % 12, 1),
                    skills=(
                        Skill(topic=picked[0], side=Side.SOUGHT, level=3),
                        Skill(topic=picked[1], side=Side.SOUGHT, level=2),
                        Skill(topic=picked[2], side=Side.OFFERED, level=4),
                    ),
                )
            )
        people.add_people(change, crowd)


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


@dataclass
class Keys:
    """Milliseconds of each key until the list is painted; on a busy machine the clock counts others' work too."""

    by_clock: list[float] = field(default_factory=list)
    by_processor: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = (("by the clock", self.by_clock), ("of processor time", self.by_processor))
        return "; ".join(f"median {statistics.median(ms):.2f} ms, p95 {p95(ms):.2f} ms {kind}" for kind, ms in kinds)

    def against(self, theirs: Keys) -> str:
        """By processor time."""
        median = statistics.median(theirs.by_processor) / statistics.median(self.by_processor)
        high = p95(theirs.by_processor) / p95(self.by_processor)
        return f"ratio of processor time: median 1/{median:.0f}, p95 1/{high:.0f}"


def typing(type_text: Callable[[str], None], paint: Callable[[], None]) -> Keys:
    """Each key of each text, and the keys that take it away again."""
    keys = Keys()
    for text in TYPED:
        steps = [text[:end] for end in range(1, len(text) + 1)] + [text[:end] for end in range(len(text) - 1, -1, -1)]
        for step in steps:
            start, used = time.perf_counter(), time.thread_time()
            type_text(step)
            paint()
            keys.by_clock.append((time.perf_counter() - start) * 1000)
            keys.by_processor.append((time.thread_time() - used) * 1000)
    return keys


def nothing() -> None:
    """Instead of painting."""


def proxy_list(roster: Roster) -> tuple[QTableView, QSortFilterProxyModel]:
    model = QStandardItemModel()
    for entry in roster.entries:
        texts = (entry.person.list_name, entry.person.department, entry.goal, entry.hay)
        model.appendRow([QStandardItem(text) for text in texts])
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setFilterKeyColumn(3)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    view = QTableView()
    view.setModel(proxy)
    view.resize(720, 640)
    view.show()
    proxy.setParent(view)
    model.setParent(view)
    return view, proxy


def test_keystroke_to_painted_list(vault: Vault, home: Path, qapp: QApplication) -> None:
    i18n.set_language("de")
    theme.apply(qapp, "light")
    fill(vault)
    desk = Desk(vault, places(home), Settings())
    reading = milliseconds(lambda: empty_roster("de").read(vault, None, "de"))
    page = PeoplePage(desk)
    page.resize(1068, 780)
    page.show()
    page.ensure_fresh()
    while page.list.model.total() < COUNT:
        qapp.processEvents()
    page.list.choose(page.list.model.record(20).id)
    page.list.search.setText("x")  # what is made at the first search is not a key's time
    page.list.search.clear()
    viewport = page.table.viewport()
    ours = typing(page.list.search.setText, viewport.repaint)
    desk.changed.connect(lambda _: page.refresh())
    chosen = page.roster.entries[300].id
    page.list.choose(chosen)
    edit = milliseconds(lambda: (page._save(verbs.edit, chosen, team="Blau"), viewport.repaint()))
    chosen_next = milliseconds(lambda: (page.list.choose(page.roster.entries[301].id), viewport.repaint()))
    view, proxy = proxy_list(page.roster)
    theirs = typing(proxy.setFilterFixedString, view.viewport().repaint)
    our_finding = typing(page.list.search.setText, nothing)
    their_finding = typing(proxy.setFilterFixedString, nothing)
    print(f"\nreading {COUNT} people in a worker: {reading:.0f} ms")
    print(f"an edit until it is painted: {edit:.1f} ms; another person in the panel: {chosen_next:.1f} ms")
    print(f"a key until it is painted: {ours}")
    print(f"QSortFilterProxyModel: {theirs}")
    print(ours.against(theirs))
    print(f"finding alone: {our_finding}")
    print(our_finding.against(their_finding))
    for shown in (page, view):
        shown.deleteLater()  # before the vault of the fixture goes
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert p95(ours.by_processor) < p95(theirs.by_processor) / 10
