"""How long the window stands still with 50,000 people: the longest gap between two ticks of a timer, for each act.

python -m pytest tests/bench/bench_stillness.py -m bench -s

On a busy machine others stop us too: "idle" is the longest gap where nothing is done, and the processor time of the
main thread in a gap is what the program itself is to blame for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from bench_people import COUNT, fill
from large_vault import fill_largely
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.ids import ProgrammeId
from app.domain.tandems import TandemState
from app.places import places
from app.settings import Settings
from app.store.vault import Vault
from ui import tasks
from ui.desk import Place
from ui.dialogs import ask
from ui.pages.notes import NotesPage
from ui.pages.people import PeoplePage
from ui.pages.tandems import TandemsPage
from ui.parts.roster_filter import RosterFilter
from ui.parts.tandem_rows import TandemRow
from ui.shell.pages import PAGES
from ui.shell.window import Window
from ui.shell.workplace import Workplace

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]


@dataclass
class Ticks:
    """The longest gap by the clock, and the most processor time of the main thread in a gap; milliseconds.

    By the clock counts the work of others on this machine, too.
    """

    by_clock: float = 0.0
    by_processor: float = 0.0
    last: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), time.thread_time()))

    def tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.by_clock = max(self.by_clock, (now[0] - self.last[0]) * 1000)
        self.by_processor = max(self.by_processor, (now[1] - self.last[1]) * 1000)
        self.last = now


def watched(
    app: QApplication, name: str, act: Callable[[], object], over: Callable[[], bool], within: float = 60
) -> None:
    ticks, timer = Ticks(), QTimer()
    timer.timeout.connect(ticks.tick)
    timer.start(0)
    end = time.perf_counter() + within
    app.processEvents()
    ticks.tick()
    ticks.by_clock = ticks.by_processor = 0.0
    act()
    rest = time.perf_counter() + 0.3
    while (time.perf_counter() < rest or not over()) and time.perf_counter() < end:
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as an event loop does by itself
    ticks.tick()
    timer.stop()
    print(f"{name:34} {ticks.by_clock:7.0f} ms by the clock, {ticks.by_processor:6.0f} ms of processor time")
    assert over()


def rests() -> bool:
    return not tasks.running()


def opened(vault: Vault, home: Path) -> tuple[Window, Workplace]:
    window = Window(places(home), Settings(language="de", scheme="light"))
    window.resize(1280, 800)
    window.show()
    window.open(vault)
    window.idle.stop()  # somebody is at work here, though nothing is touched: no tidying in between
    assert window.workplace is not None
    return window, window.workplace


def closed(app: QApplication, window: Window) -> None:
    """Before the vault of the fixture goes."""
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def is_in(state: TandemState, row: TandemRow) -> bool:
    return row.tandem.state is state


def make_ahead(app: QApplication, workplace: Workplace) -> None:
    """As `warming` does while nobody touches anything: first the code of the pages, then these."""
    for page in PAGES:
        page.load()
    more: list[bool] = []
    while all(more):
        name = f"made ahead at rest: piece {len(more) + 1}"
        watched(app, name, lambda: more.append(workplace.make_ahead()), rests)


def test_the_longest_stillness(vault: Vault, home: Path, qapp: QApplication) -> None:
    tasks.share_fairly()  # as main does
    fill(vault)
    window, workplace = opened(vault, home)
    print()
    watched(qapp, "idle", lambda: None, rests)
    make_ahead(qapp, workplace)

    def here() -> PeoplePage:
        page = workplace.page_of("people")
        assert isinstance(page, PeoplePage)
        return page

    watched(qapp, "the people page, read and shown", lambda: workplace.go(Place("people")),
            lambda: rests() and here().list.model.total() == COUNT)  # fmt: skip
    table, people = here().table, here().list
    watched(qapp, "sorted by department", lambda: table.sortByColumn(2, Qt.SortOrder.AscendingOrder), rests)
    watched(qapp, "sorted by what was never sorted", lambda: table.sortByColumn(3, Qt.SortOrder.AscendingOrder), rests)
    watched(qapp, "sorted again, downwards", lambda: table.sortByColumn(3, Qt.SortOrder.DescendingOrder), rests)
    watched(qapp, "sorted by name", lambda: table.sortByColumn(0, Qt.SortOrder.AscendingOrder), rests)
    watched(qapp, "filtered by department", lambda: people.set_filter(RosterFilter(department="Vertrieb")), rests)
    watched(qapp, "a key in the search", lambda: people.search.setText("m"), rests)
    watched(qapp, "the search taken back", lambda: people.search.setText(""), rests)
    watched(qapp, "the filter taken back", lambda: people.set_filter(RosterFilter()), rests)
    watched(qapp, "all selected", table.selectAll, rests)
    watched(qapp, "sorted with all selected", lambda: table.sortByColumn(5, Qt.SortOrder.AscendingOrder), rests)
    watched(qapp, "one selected", lambda: table.choose(here().roster.entries[300].id), rests)

    def go(key: str) -> None:
        workplace.go(Place(key))

    for key in ("overview", "programme", "pairing", "tandems", "notes", "documents", "people"):
        watched(qapp, f"to the page {key}", partial(go, key), rests)
    closed(qapp, window)


def test_the_longest_stillness_with_a_large_programme(
    vault: Vault, home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 enrolled, 2,000 tandems, 20,000 private notes."""
    monkeypatch.setattr(ask, "yes_no", lambda *_: True)
    tasks.share_fairly()
    fill_largely(vault)
    window, workplace = opened(vault, home)
    workplace.desk.choose_programme(ProgrammeId(1))
    print()
    make_ahead(qapp, workplace)
    watched(qapp, "the overview of a large programme", lambda: workplace.go(Place("overview")), rests)
    for key in ("programme", "tandems", "notes"):
        watched(qapp, f"{key}, read and shown", partial(workplace.go, Place(key)), rests)
    notes = workplace.page_of("notes")
    assert isinstance(notes, NotesPage)
    for place in (1, 2):
        chosen = notes.list.notes.rows[place].note.id
        watched(qapp, "another note", partial(notes.list.choose, chosen), rests)
    watched(qapp, "a search in 20,000 notes", lambda: notes.search.setText("werk"), rests)
    watched(qapp, "the search taken back", lambda: notes.search.setText(""), rests)
    for number, name in ((4, "the first tandem"), (9, "another tandem"), (10, "and another")):
        watched(qapp, name, partial(workplace.go, Place("tandem", number)), rests)
    watched(qapp, "Go to", window.show_palette, rests)
    assert window._palette is not None
    window._palette.reject()
    workplace.go(Place("tandems"))
    listed = workplace.page_of("tandems")
    assert isinstance(listed, TandemsPage)
    for before, after in ((TandemState.ACTIVE, TandemState.PAUSED), (TandemState.AGREED, TandemState.ACTIVE)):
        listed.model.keep(partial(is_in, before))
        listed.table.selectAll()
        name = f"{len(listed.table.selected_records()):,} tandems {after}"
        watched(qapp, name, partial(listed.set_state, after), rests)
    listed.model.keep(None)
    listed.table.selectAll()
    watched(qapp, "2,000 tandems removed", listed.remove, rests)
    watched(qapp, "and brought back by undo", workplace.undo, rests)
    closed(qapp, window)
