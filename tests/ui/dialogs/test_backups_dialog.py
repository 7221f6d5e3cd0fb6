"""The list of backups: what it shows and what its buttons do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from backups_scene import StandingAnswers, cells, press, said, shown, states
from noted_vaults import note
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.errors import Fault
from app.places import Places, places
from app.services.houses import set_house
from app.settings import Settings
from app.store import checks, whereabouts
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.dialogs import ask
from ui.dialogs import backups as dialogs
from ui.dialogs.backups import RestorePreview
from ui.pages.security import SecurityPage
from ui.parts.card import PlainLabel
from ui.shell.safekeeping import back_up_after_unlocking, check_once_a_day
from ui.shell.unlock import Unlock

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> StandingAnswers:
    made = StandingAnswers()
    monkeypatch.setattr(ask, "answer", made)
    return made


@pytest.fixture
def at_home(home: Path) -> Places:
    return places(home)


@pytest.fixture
def desk(vault: Vault, at_home: Places) -> Iterator[Desk]:
    note(vault, "eins")
    yield Desk(vault, at_home, Settings(language="en"))
    tasks.wait_for_all()


def test_a_backup_on_demand_is_listed_as_verified(qtbot: QtBot, desk: Desk) -> None:
    dialog = shown(qtbot, desk)
    assert states(dialog) == []
    assert not dialog.stick.isEnabled()
    assert not dialog.restore.isEnabled()
    press(qtbot, dialog.now)
    assert not dialog.now.isEnabled()
    qtbot.waitUntil(lambda: states(dialog) == ["Verified"])
    assert "equal to the vault" in said(dialog)
    assert dialog.now.isEnabled()
    assert dialog.table.current_record() is not None
    assert not desk.vault.needs_backup(desk.places.backups)


def test_a_bad_file_is_shown_as_not_verified(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    content = bytearray(made.path.read_bytes())
    content[9000] ^= 1
    made.path.write_bytes(content)
    dialog = shown(qtbot, desk)
    qtbot.waitUntil(lambda: states(dialog) == ["Not verified"])
    assert not dialog.stick.isEnabled()


def test_what_went_wrong_is_said_with_the_next_step(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Fault("backups.disk_full")

    monkeypatch.setattr(desk.vault, "back_up", fail)
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: "no room for the backup" in said(dialog))
    assert dialog.now.isEnabled()


def test_the_second_place_gets_the_newest_and_every_later_backup(
    qtbot: QtBot, desk: Desk, answers: StandingAnswers, tmp_path: Path
) -> None:
    answers.place = tmp_path / "stick"
    answers.place.mkdir()
    made = desk.vault.back_up(desk.places.backups)
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.copy)
    qtbot.waitUntil(lambda: str(answers.place) in dialog.place.text())
    (copy,) = answers.place.rglob("*.tandembuch")
    assert copy.read_bytes() == made.path.read_bytes()
    qtbot.waitUntil(lambda: cells(dialog, 4) == ["Here and at the second place"])
    note(desk.vault, "zwei")
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("stick/*/*.tandembuch"))) == 2)
    qtbot.waitUntil(dialog.copy.isEnabled)
    answers.chosen = "none"
    press(qtbot, dialog.copy)
    assert dialogs.second_place(desk) is None
    qtbot.waitUntil(lambda: "No second place yet" in dialog.place.text())


def test_a_stick_that_was_away_is_caught_up(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with desk.vault.change("houses.set_house") as change:
        set_house(change, **{dialogs.SECOND_PLACE: str(stick)})
    made = desk.vault.back_up(desk.places.backups)
    with qtbot.waitSignal(desk.said) as told:
        back_up_after_unlocking(desk)
    assert "not there" in told.args[0].text
    assert told.args[0].tone == "info"
    stick.mkdir()
    back_up_after_unlocking(desk)
    qtbot.waitUntil(lambda: [one.name for one in stick.rglob("*.tandembuch")] == [made.path.name])


@pytest.mark.parametrize("many", [False, True])
def test_copy_to_stick_needs_no_question_where_there_is_one(
    qtbot: QtBot, desk: Desk, answers: StandingAnswers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    places = [tmp_path / name for name in (("blau", "rot") if many else ("blau",))]
    for place in places:
        place.mkdir()
    monkeypatch.setattr(whereabouts, "sticks", lambda: tuple(places))
    answers.chosen = str(places[-1])
    made = desk.vault.back_up(desk.places.backups)
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.stick)
    qtbot.waitUntil(lambda: str(places[-1]) in said(dialog))
    assert bool(answers.asked) == many
    assert [one.name for one in places[-1].rglob("*.tandembuch")] == [made.path.name]
    assert dialogs.second_place(desk) is None


def test_the_check_is_told_and_its_day_kept(qtbot: QtBot, desk: Desk) -> None:
    dialog = shown(qtbot, desk)
    assert "not checked" in dialog.checked.text()
    press(qtbot, dialog.check)
    qtbot.waitUntil(lambda: "is sound" in said(dialog))
    assert "no damage found" in dialog.checked.text()
    assert not checks.is_due(desk.vault, date.today())


def test_what_a_check_found_is_told_with_the_next_step(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "full_check", lambda *_: checks.Health(("note",)))
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.check)
    qtbot.waitUntil(lambda: "rescue what can be read" in said(dialog))
    assert checks.is_noted_as_damaged(desk.places.backups, desk.vault.path)


def test_once_a_day_the_vault_is_checked_by_itself(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_once_a_day(desk)
    qtbot.waitUntil(lambda: not checks.is_due(desk.vault, date.today()))

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(checks, "quiet_check", never)
    check_once_a_day(desk)
    tasks.wait_for_all()


def test_damage_found_by_itself_is_said_above_the_page(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "quiet_check", lambda *_: checks.Health(("note",)))
    with qtbot.waitSignal(desk.said) as told:
        check_once_a_day(desk)
    assert told.args[0].tone == "danger"
    assert "first page" in told.args[0].text
    unlock = Unlock(desk.places, Settings(language="en"), desk.vault.path)
    qtbot.addWidget(unlock)
    unlock.show()
    qtbot.waitUntil(unlock.rescue.isVisible)
    assert unlock.bring_back.isVisible()


def test_the_preview_shows_both_and_asks(qtbot: QtBot, desk: Desk, answers: StandingAnswers) -> None:
    made = desk.vault.back_up(desk.places.backups)
    note(desk.vault, "zwei")
    wanted: list[object] = []
    desk.restore_wanted.connect(wanted.append)
    seen: list[list[str]] = []

    def look(dialog: QDialog, end: bool) -> bool:
        assert isinstance(dialog, RestorePreview)
        qtbot.addWidget(dialog)
        seen.append([label.text() for label in dialog.findChildren(PlainLabel)])
        return end

    dialog = shown(qtbot, desk)
    answers.ends = lambda shown: look(shown, False)
    press(qtbot, dialog.restore)
    assert wanted == []
    answers.ends = lambda shown: look(shown, True)
    press(qtbot, dialog.restore)
    assert wanted == [made]
    line = seen[0].index("Notes")
    assert seen[0][line + 1 : line + 3] == ["2", "1"]


def test_the_demo_has_no_backups(qtbot: QtBot, vault: Vault, at_home: Places) -> None:
    desk = Desk(vault, at_home, Settings(), throwaway=True)
    assert not shown(qtbot, desk).now.isEnabled()
    tasks.wait_for_all()


def test_the_security_page_shows_the_last_backup(qtbot: QtBot, desk: Desk, answers: StandingAnswers) -> None:
    page = SecurityPage(desk)
    qtbot.addWidget(page)
    page.ensure_fresh()
    assert (page.backup_state.text, page.backup_state.tone) == ("None yet", "warn")

    def back_up(_dialog: QDialog) -> bool:
        desk.vault.back_up(desk.places.backups)
        return False

    answers.ends = back_up
    press(qtbot, page.backups)
    assert (page.backup_state.text, page.backup_state.tone) == ("Verified", "ok")
    assert page.backup_made.text()


def test_a_second_place_that_is_gone_is_no_reason_to_be_without_a_backup(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    with desk.vault.change("houses.set_house") as change:
        set_house(change, **{dialogs.SECOND_PLACE: str(tmp_path / "stick")})
    dialog = shown(qtbot, desk)
    qtbot.waitUntil(lambda: "not there now" in dialog.place.text())
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: states(dialog) == ["Verified"])
    qtbot.waitUntil(dialog.now.isEnabled)  # the copy to the second place has been tried
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / f"Tandembuch {desk.vault.id:016x}").write_text("in the way")
    note(desk.vault, "zwei")
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: states(dialog) == ["Verified", "Verified"])
    qtbot.waitUntil(lambda: "No backup lies there" in dialog.place.text())
