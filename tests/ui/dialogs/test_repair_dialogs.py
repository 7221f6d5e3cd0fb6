"""The rescue on the first page, the move to this computer, single records back, and deleting for good: by clicks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from quick_vaults import PASSPHRASE
from window_fixtures import Answers, OpenWindow, Stage, click

from app.places import places
from app.services import notes, people, programmes
from app.settings import Settings
from app.store import checks, houses
from app.store import notes as note_store
from app.store import people as people_store
from app.store import programmes as programme_store
from app.store import tandems as tandem_store
from app.store.excerpts import What
from app.store.key import PAGE_BYTES
from app.store.rescue import Rescued
from app.store.vault import Vault, create_vault
from ui.desk import Desk
from ui.dialogs.bring_back import BringBack
from ui.dialogs.erase_person import ErasePerson, erase_for_good
from ui.dialogs.salvage import SalvageDialog, lines_of
from ui.main import arguments
from ui.pages.security import SecurityPage
from ui.parts import veil
from ui.parts.backup_state import SECOND_PLACE
from ui.parts.card import PlainLabel
from ui.shell.unlock import Unlock

SEEN = "Zzyzxquork"


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(demo_desk: Desk) -> Desk:
    return demo_desk


def shown(qtbot: QtBot, dialog: Any) -> Any:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel))


# Rescue


@pytest.fixture
def damaged(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    """A vault whose page of notes is broken."""
    path = tmp_path / "Büro.tandembuch"
    with create_vault(path, PASSPHRASE) as vault:
        with vault.change("add") as change:
            for number in range(60):
                notes.add(change, title=f"Notiz {number}", body="Wort " * 100)
            people.add(change, replace(people.blank(), family_name=SEEN))
        (page,) = vault.row("SELECT rootpage FROM sqlite_master WHERE name = 'skill'") or (0,)
        (last,) = vault.row("PRAGMA page_count") or (0,)
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE_BYTES + 500] ^= 1
    content[(last - 1) * PAGE_BYTES + 500] ^= 1
    path.write_bytes(content)
    return path


def test_a_rescued_vault_takes_its_place_from_the_first_page(
    qtbot: QtBot, damaged: Path, home: Path, answers: Answers
) -> None:
    at_home = places(home)
    checks.note(_opened(damaged), at_home.backups, checks.Health(("skill",)), date(2026, 11, 22))
    unlock: Unlock = shown(qtbot, Unlock(at_home, Settings(language="en"), damaged))
    qtbot.waitUntil(lambda: "found damage" in unlock.trouble.text())
    unlock.passphrase.line.setText(PASSPHRASE)

    def look(dialog: SalvageDialog) -> bool:
        qtbot.waitUntil(dialog.take.isVisible)
        assert "Saved" in texts(dialog)
        assert SEEN not in texts(dialog)
        click(dialog.take)
        return dialog.result() == QDialog.DialogCode.Accepted

    answers.dialogs.append(look)
    opened: list[Vault] = []
    unlock.opened.connect(opened.append)
    with qtbot.waitSignal(unlock.opened):
        click(unlock.rescue)
    with opened[0] as vault:
        assert vault.rows("SELECT family_name FROM person") == [(SEEN,)]
        assert vault.rows("PRAGMA integrity_check") == [("ok",)]
    assert not checks.is_noted_as_damaged(at_home.backups, damaged)
    assert len(list(damaged.parent.glob("Büro before *.tandembuch"))) == 1


def _opened(path: Path) -> Any:
    """As much of a vault as the mark of damage needs."""

    class Closed:
        id = 77

        def __init__(self) -> None:
            self.path = path

    return Closed()


def test_a_rescue_that_is_not_wanted_leaves_nothing(qtbot: QtBot, damaged: Path, home: Path) -> None:
    content = damaged.read_bytes()
    dialog: SalvageDialog = shown(qtbot, SalvageDialog(damaged, PASSPHRASE, home / "backups"))
    qtbot.waitUntil(dialog.take.isVisible)
    click(dialog.cancel)
    assert [one.name for one in damaged.parent.iterdir() if one.name.startswith("Büro")] == [damaged.name]
    assert damaged.read_bytes() == content


def test_a_wrong_passphrase_is_said_in_the_dialog(qtbot: QtBot, damaged: Path, home: Path) -> None:
    dialog: SalvageDialog = shown(qtbot, SalvageDialog(damaged, "falsch", home / "backups"))
    qtbot.waitUntil(lambda: "does not open" in dialog.says.text())
    assert not dialog.take.isVisible()
    click(dialog.cancel)
    assert not dialog.isVisible()


def test_the_report_counts_in_the_words_of_the_house() -> None:
    found = (
        Rescued("person", 1200, 0, 2),
        Rescued("note", 5, None),
        Rescued("meeting", 7, 3),
        Rescued("skill", 4, 0),
        Rescued("member", 4, 1),
        Rescued("agreement", 2, None),
        Rescued("meta", 3, None),
        Rescued("something_new", 1, 1),
    )
    assert lines_of(found) == [
        ("People", "1,200", "2"),
        ("Meetings", "7", "3"),
        ("Notes", "5", "perhaps some"),
        ("Members and agreements of tandems", "6", "at least 1"),
        ("Everything else", "1", "1"),
    ]


# To this computer


def test_a_vault_in_a_cloud_folder_moves_here_and_its_backups_go_there(
    qtbot: QtBot, tmp_path: Path, home: Path, answers: Answers, quick_key: None  # noqa: ARG001
) -> None:
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()
    create_vault(cloud / "Büro.tandembuch", PASSPHRASE).close()
    unlock: Unlock = shown(qtbot, Unlock(places(home), Settings(language="en"), cloud / "Büro.tandembuch"))
    qtbot.waitUntil(unlock.warning.isVisible)
    assert unlock.warning.banner is not None
    assert "Dropbox" in unlock.warning.banner.text
    answers.choices.append("yes")
    click(unlock.warning.local)
    here = places(home).vaults / "Büro.tandembuch"
    qtbot.waitUntil(lambda: unlock.vaults.currentData() == str(here))
    qtbot.waitUntil(lambda: not unlock.warning.isVisible())
    assert here.exists()
    assert not (cloud / here.name).exists()
    unlock.passphrase.line.setText(PASSPHRASE)
    opened: list[Vault] = []
    unlock.opened.connect(opened.append)
    with qtbot.waitSignal(unlock.opened):
        click(unlock.unlock)
    with opened[0] as vault:
        assert houses.house(vault)[SECOND_PLACE] == str(cloud)


@pytest.fixture
def clouded(tmp_path: Path, open_window: OpenWindow) -> Stage:
    """The security page of a vault that lies in a cloud's folder."""
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()
    create_vault(cloud / "Büro.tandembuch", PASSPHRASE).close()
    stage = open_window(chosen=cloud / "Büro.tandembuch")
    stage.unlock(PASSPHRASE)
    stage.go("security")
    return stage


def test_the_security_page_moves_an_open_vault_here(
    clouded: Stage, open_window: OpenWindow, answers: Answers
) -> None:
    before, page = clouded.desk.vault.path, clouded.page
    assert isinstance(page, SecurityPage)
    answers.choices.append("yes")
    click(page.place.local)
    here = clouded.places.vaults / before.name
    assert clouded.restarts == [[str(here), "--moved-from", str(before.parent)]]
    assert (here.exists(), before.exists()) == (True, False)
    options = arguments(clouded.restarts[0])
    again = open_window(chosen=options.file, moved_from=options.moved_from)
    assert again.window.unlock is not None
    assert "on this computer now" in again.window.unlock.trouble.text()
    again.unlock(PASSPHRASE)
    assert houses.house(again.desk.vault)[SECOND_PLACE] == str(before.parent)
    assert again.page.key == "security"


def test_a_vault_that_cannot_move_stays_and_it_is_said(
    clouded: Stage, open_window: OpenWindow, answers: Answers
) -> None:
    before, page = clouded.desk.vault.path, clouded.page
    assert isinstance(page, SecurityPage)
    clouded.places.vaults.parent.mkdir(parents=True, exist_ok=True)
    clouded.places.vaults.write_text("in the way")
    answers.choices.append("yes")
    click(page.place.local)
    assert clouded.restarts == [[str(before), "--told", "backups.unwritable"]]
    options = arguments(clouded.restarts[0])
    again = open_window(chosen=options.file, told=options.told)
    assert again.window.unlock is not None
    assert "can't be written" in again.window.unlock.trouble.text()
    again.unlock(PASSPHRASE)
    assert SECOND_PLACE not in houses.house(again.desk.vault)


def test_a_vault_in_a_plain_folder_has_no_warning(
    qtbot: QtBot, tmp_path: Path, home: Path, quick_key: None  # noqa: ARG001
) -> None:
    create_vault(tmp_path / "a.tandembuch", PASSPHRASE).close()
    unlock: Unlock = shown(qtbot, Unlock(places(home), Settings(language="en"), tmp_path / "a.tandembuch"))
    qtbot.waitUntil(lambda: not unlock.unanswered)
    assert not unlock.warning.isVisible()


# Single records


def test_a_note_is_taken_out_of_a_backup(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    lost = note_store.all_notes(desk.vault)[0]
    desk.do(notes.remove, [lost.id])
    dialog: BringBack = shown(qtbot, BringBack(desk, made))
    qtbot.waitUntil(lambda: dialog.table.records.rowCount() == people_store.count(desk.vault))
    assert not dialog.take.isEnabled()  # nobody is different from today
    click(dialog.kinds[What.NOTE])
    qtbot.waitUntil(dialog.take.isEnabled)
    click(dialog.take)
    assert note_store.note(desk.vault, lost.id) is not None
    assert "back as it was" in texts(dialog)
    qtbot.waitUntil(lambda: not dialog.take.isEnabled())
    assert desk.undo()
    assert note_store.note(desk.vault, lost.id) is None


def test_several_notes_come_back_in_one_step(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    lost = [one.id for one in note_store.all_notes(desk.vault)[:2]]
    desk.do(notes.remove, lost)
    dialog: BringBack = shown(qtbot, BringBack(desk, made))
    click(dialog.kinds[What.NOTE])
    qtbot.waitUntil(dialog.take.isEnabled)
    assert dialog.take.text() == "Bring this one back"
    dialog.table.selectAll()
    assert dialog.take.text() == "Bring 2 back", "those that are as they were don't count"
    click(dialog.take)
    assert all(note_store.note(desk.vault, one) is not None for one in lost)
    assert "2 records are back" in texts(dialog)
    assert desk.undo()
    assert not any(note_store.note(desk.vault, one) for one in lost)


def test_a_programme_comes_back_out_of_a_backup(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    programme = desk.programme
    assert programme is not None
    held = len(tandem_store.of_programme(desk.vault, programme))
    enrolled = len(programme_store.enrolments(desk.vault, programme))
    desk.do(programmes.remove, programme)
    dialog: BringBack = shown(qtbot, BringBack(desk, made))
    click(dialog.kinds[What.PROGRAMME])
    qtbot.waitUntil(dialog.take.isEnabled)
    model = dialog.table.records
    assert [str(model.data(model.index(0, column))) for column in (1, 2)] == [
        f"{enrolled} people · {held} tandems",
        "Removed",
    ]
    assert "only what is missing" in dialog.hint.text()
    click(dialog.take)
    qtbot.waitUntil(lambda: "What was missing of it is back" in texts(dialog))
    assert desk.programme == programme
    assert len(tandem_store.of_programme(desk.vault, programme)) == held
    qtbot.waitUntil(lambda: not dialog.take.isEnabled())
    assert desk.undo()
    assert desk.programme is None


def test_titles_of_notes_hide_under_the_veil(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    dialog: BringBack = shown(qtbot, BringBack(desk, made))
    click(dialog.kinds[What.NOTE])
    titles = {one.title for one in note_store.all_notes(desk.vault)}

    def said() -> set[str]:
        model = dialog.table.records
        cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(2)]
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return {str(model.data(cell, role)) for cell in cells for role in roles}

    qtbot.waitUntil(lambda: titles <= said())
    chosen = dialog.table.current_record()
    veil.draw(True)
    try:
        assert not any(title in words for title in titles for words in said())
        assert dialog.table.current_record() == chosen
    finally:
        veil.draw(False)
    assert titles <= said()


def test_people_are_found_as_one_types(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    dialog: BringBack = shown(qtbot, BringBack(desk, made))
    qtbot.waitUntil(lambda: dialog.table.records.rowCount() > 10)
    one = people_store.all_people(desk.vault)[5]
    dialog.search.setText(one.family_name[:4])
    found = [dialog.table.records.record(row).id for row in range(dialog.table.records.rowCount())]
    assert one.id in found
    assert len(found) < 20


# For good


def test_somebody_is_deleted_for_good_and_from_the_backups(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    ((identity,),) = desk.vault.rows("SELECT person_id FROM skill_gap LIMIT 1")
    person = people_store.person(desk.vault, identity)
    assert person is not None
    old = desk.vault.back_up(desk.places.backups)
    changed: list[object] = []
    desk.changed.connect(changed.append)

    def go(dialog: ErasePerson) -> bool:
        assert "1 skill gap" in dialog.says.text()
        assert not dialog.go.isEnabled()
        click(dialog.sure)
        click(dialog.go)
        qtbot.waitUntil(dialog.clean.isVisible)
        assert "1 backup still holds" in dialog.says.text()
        click(dialog.clean)
        qtbot.waitUntil(lambda: "older ones are deleted" in dialog.says.text())
        click(dialog.leave)
        return dialog.result() == QDialog.DialogCode.Accepted

    answers.dialogs.append(go)
    assert erase_for_good(desk, identity, dialog_parent(qtbot))
    assert people_store.person(desk.vault, identity) is None
    assert changed
    assert desk.vault.undo() is None
    (kept,) = desk.vault.backups(desk.places.backups)
    assert kept.path != old.path
    with desk.vault.reading(kept) as then:
        assert people_store.person(then, identity) is None


def dialog_parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_without_the_tick_nobody_is_deleted(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    before = people_store.count(desk.vault)

    def leave(dialog: ErasePerson) -> bool:
        click(dialog.leave)
        return dialog.result() == QDialog.DialogCode.Accepted

    answers.dialogs.append(leave)
    assert not erase_for_good(desk, people_store.all_people(desk.vault)[0].id, dialog_parent(qtbot))
    assert people_store.count(desk.vault) == before
