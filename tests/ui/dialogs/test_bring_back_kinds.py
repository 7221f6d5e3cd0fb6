"""What can be taken out of a backup is of the kind that is chosen, and whoever comes back with it is told of."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_fixtures import click

from app.domain.kinds import Kind
from app.places import places
from app.services import demo, programmes
from app.services.bring_back import Return, bring_back
from app.services.erase import erase_person, restoring
from app.settings import Settings
from app.store import backups as shelf
from app.store import excerpts, people, tandems
from app.store.copies import Step
from app.store.excerpts import Entry, Excerpt, What
from app.store.vault import Change, Source, Vault
from ui import tasks
from ui.desk import Desk
from ui.dialogs.bring_back import BringBack
from ui.dialogs.restore_preview import RestorePreview
from ui.parts.card import PlainLabel

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Iterator[Desk]:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
    yield Desk(vault, places(home), Settings(language="en"))
    tasks.wait_for_all()


def test_nothing_of_another_kind_is_there_while_a_list_is_read(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, programme = threading.Event(), desk.programme
    assert programme is not None

    def slow(then: Source, now: Source, what: What) -> tuple[Entry, ...]:
        if what is What.PROGRAMME:
            go.wait(20)
        return excerpts.entries(then, now, what)

    monkeypatch.setattr("ui.dialogs.bring_back.entries", slow)
    made = desk.vault.back_up(desk.places.backups)
    desk.do(programmes.remove, programme)
    dialog = BringBack(desk, made)
    qtbot.addWidget(dialog)
    dialog.show()
    try:
        click(dialog.kinds[What.TANDEM])
        qtbot.waitUntil(dialog.take.isEnabled)
        click(dialog.kinds[What.PROGRAMME])
        assert not dialog.take.isEnabled(), "the tandems that were listed can't be taken as a programme"
        assert dialog.table.records.rowCount() == 0
    finally:
        go.set()
    qtbot.waitUntil(dialog.take.isEnabled)
    assert [one.id for one in dialog.wanted()] == [programme]


def test_that_somebody_deleted_for_good_stays_away_is_said(qtbot: QtBot, desk: Desk) -> None:
    programme = desk.programme
    assert programme is not None
    made = desk.vault.back_up(desk.places.backups)
    who = tandems.of_programme(desk.vault, programme)[0].members[0].person
    erase_person(desk.vault, who)
    desk.do(programmes.remove, programme)
    dialog = BringBack(desk, made)
    qtbot.addWidget(dialog)
    dialog.show()
    sentence = "1 person who was deleted for good stays away, with all that went with them."
    qtbot.waitUntil(lambda: sentence in dialog.hint.text())
    assert who not in [one.id for one in dialog.table.records.records()]
    click(dialog.kinds[What.PROGRAMME])
    qtbot.waitUntil(dialog.take.isEnabled)
    click(dialog.take)
    qtbot.waitUntil(lambda: desk.programme == programme)
    assert people.person(desk.vault, who) is None
    qtbot.waitUntil(lambda: dialog._banner is not None)
    assert dialog._banner is not None
    assert sentence in dialog._banner.text


def test_the_preview_of_a_restore_counts_without_those_deleted_for_good(qtbot: QtBot, desk: Desk) -> None:
    programme = desk.programme
    assert programme is not None
    made = desk.vault.back_up(desk.places.backups)
    today = shelf.contents_of(desk.vault)
    erase_person(desk.vault, tandems.of_programme(desk.vault, programme)[0].members[0].person)
    preview = RestorePreview(made, today, restoring(desk.vault, made), None)
    qtbot.addWidget(preview)
    said = [label.text() for label in preview.findChildren(PlainLabel)]
    assert str(today.people - 1) in said
    assert any(text.startswith("1 person in the backup was deleted for good since then and stays") for text in said)


class HeldUp:
    """Brings back, but first waits until the test lets it, or somebody cancels."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []
        self._bring_back = bring_back
        monkeypatch.setattr("ui.dialogs.bring_back.bring_back", self)
        self.__module__, self.__name__ = bring_back.__module__, bring_back.__name__

    def __call__(self, change: Change, *records: Excerpt, step: Step) -> Return:
        self.threads.append(threading.current_thread())
        step(0.5)
        self.begun.set()
        while not self.go.wait(0.01):
            step(0.5)
        return self._bring_back(change, *records, step=step)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldUp]:
    found = HeldUp(monkeypatch)
    yield found
    found.go.set()


@pytest.fixture
def taking(qtbot: QtBot, desk: Desk, held: HeldUp) -> BringBack:
    """A programme that is gone is just being brought back."""
    programme = desk.programme
    assert programme is not None
    made = desk.vault.back_up(desk.places.backups)
    desk.do(programmes.remove, programme)
    dialog = BringBack(desk, made)
    qtbot.addWidget(dialog)
    dialog.show()
    click(dialog.kinds[What.PROGRAMME])
    qtbot.waitUntil(dialog.take.isEnabled)
    click(dialog.take)
    qtbot.waitUntil(held.begun.is_set)
    return dialog


def test_a_programme_comes_back_off_the_main_thread_with_its_progress(
    qtbot: QtBot, desk: Desk, taking: BringBack, held: HeldUp
) -> None:
    told: list[frozenset[Kind]] = []
    desk.changed.connect(told.append)
    assert held.threads[0] is not threading.main_thread()
    qtbot.waitUntil(lambda: taking.busy.isVisible() and taking.busy.value() == 650)
    assert taking.busy.accessibleName() == "Bringing back …"
    assert not taking.take.isEnabled()
    assert not taking.table.isEnabled()
    assert taking.close_button.text() == "Cancel"
    assert not told
    held.go.set()
    qtbot.waitUntil(lambda: bool(told))
    assert Kind.TANDEM in told[0]
    assert desk.programme is not None
    assert not taking.busy.isVisible()
    assert taking.close_button.text() == "Close"
    assert taking.isVisible()
    qtbot.waitUntil(taking.table.isEnabled)
    undone = desk.undo()
    assert undone is not None
    assert undone.label == "bring_back.bring_back"
    assert desk.programme is None


@pytest.mark.parametrize("by_key", [False, True])
def test_it_is_cancelled_and_nothing_is_changed(qtbot: QtBot, desk: Desk, taking: BringBack, by_key: bool) -> None:
    if by_key:
        qtbot.keyClick(taking, Qt.Key.Key_Escape)
    else:
        click(taking.close_button)
    qtbot.waitUntil(lambda: taking._banner is not None)
    assert taking._banner is not None
    assert taking._banner.text == "Cancelled: nothing was brought back."
    assert taking.isVisible()
    assert desk.programme is None
    assert taking.take.isEnabled()
    click(taking.close_button)
    assert not taking.isVisible()


def test_what_is_read_and_written_is_told_as_it_goes(desk: Desk) -> None:
    programme = desk.programme
    assert programme is not None
    made = desk.vault.back_up(desk.places.backups)
    desk.do(programmes.remove, programme)
    read, written = list[float](), list[float]()
    with desk.vault.reading(made) as then:
        found = excerpts.several(then, desk.vault, What.PROGRAMME, [programme], read.append)
    desk.do(bring_back, *found, step=written.append)
    for shares in (read, written):
        assert shares == sorted(shares)
        assert 0 <= shares[0] < 0.1
        assert 0.5 < shares[-1] < 1
