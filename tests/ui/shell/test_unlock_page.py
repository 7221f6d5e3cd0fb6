from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, button_of, type_over

from app.errors import Fault
from app.settings import Settings
from app.store.vault import Vault, create_vault, open_vault
from ui.shell import outside
from ui.shell import unlock as unlock_page
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.unlock import Unlock


def page_of(stage_window: object) -> Unlock:
    page = getattr(stage_window, "unlock", None)
    assert isinstance(page, Unlock)
    return page


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_fresh_home_offers_a_first_vault_and_the_demo(open_window: OpenWindow) -> None:
    page = page_of(open_window().window)
    assert page.begin.isVisible()
    assert page.begin.hasFocus()
    assert page.demo.isVisible()
    assert not page.passphrase.isVisible()
    assert not page.forget.isVisible()


@pytest.mark.parametrize(("language", "words"), [("en", "does not open the vault"), ("de", "Feststelltaste")])
def test_a_wrong_passphrase_is_said_and_the_file_stays_as_it_was(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], qtbot: QtBot, language: str, words: str
) -> None:
    path = demo_vault("en")
    before = digest(path), path.stat().st_mtime_ns
    stage = open_window(chosen=path, language=language)
    page = page_of(stage.window)
    type_over(page.passphrase.line, "not the one")
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.trouble.isVisible)
    assert words in page.trouble.text()
    assert page.passphrase.line.hasFocus()
    assert page.passphrase.line.selectedText() == page.passphrase.text() != ""
    assert (digest(path), path.stat().st_mtime_ns) == before
    assert [one.name for one in path.parent.iterdir() if one.name.startswith("Demo")] == [path.name]


@pytest.mark.parametrize(
    ("contents", "words"),
    [(b"", "This file is empty"), (b"x" * 8192, "not a Tandembuch vault"), (b"TBV\x01" + b"\0" * 4092, "vault")],
)
def test_a_file_that_is_no_vault_is_refused_untouched(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, contents: bytes, words: str
) -> None:
    path = tmp_path / "letter.tandembuch"
    path.write_bytes(contents)
    page = page_of(open_window(chosen=path).window)
    type_over(page.passphrase.line, "whatever it is")
    QTest.mouseClick(page.unlock, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.trouble.isVisible)
    assert words in page.trouble.text()
    assert path.read_bytes() == contents


def test_a_vault_open_elsewhere_is_said(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], qtbot: QtBot
) -> None:
    path = demo_vault("en")
    page = page_of(open_window(chosen=path).window)
    with open_vault(path, DEMO_PASSPHRASE):
        type_over(page.passphrase.line, DEMO_PASSPHRASE)
        QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
        qtbot.waitUntil(page.trouble.isVisible)
    assert "open in another window" in page.trouble.text()


def test_opening_runs_off_the_main_thread_and_looks_busy(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, threads = threading.Event(), []

    def slow(path: Path, passphrase: str, **_: object) -> object:
        threads.append(threading.current_thread())
        go_on.wait(20)
        return open_vault(path, passphrase)

    monkeypatch.setattr(unlock_page, "open_vault", slow)
    stage = open_window(chosen=demo_vault("en"))
    page = page_of(stage.window)
    type_over(page.passphrase.line, DEMO_PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] is not threading.main_thread()
    assert page.busy.isVisible()
    assert not page.unlock.isEnabled()
    assert not page.passphrase.isEnabled()
    page.unlock.click()
    go_on.set()
    qtbot.waitUntil(lambda: stage.window.workplace is not None)
    assert len(threads) == 1


def test_the_place_is_warned_of_when_the_answer_came_while_the_vault_was_opened(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "Dropbox" / "Werk.tandembuch"
    path.parent.mkdir()
    create_vault(path, "some words of it").close()
    answered, go_on = threading.Event(), threading.Event()

    def look_late(path: Path, backups: Path, genuine: Callable[[Path, Path], outside.Seen] = outside.look) -> object:
        answered.wait()
        return genuine(path, backups)

    def open_late(*_: object, **__: object) -> Vault:
        go_on.wait()
        raise Fault("vault.wrong_passphrase")

    monkeypatch.setattr(outside, "look", look_late)
    monkeypatch.setattr(unlock_page, "open_vault", open_late)
    page = page_of(open_window(settings=Settings(language="en", recent=(str(path),))).window)
    try:
        type_over(page.passphrase.line, "not the one")
        page.unlock.click()
        assert page.unanswered == {path}
        answered.set()
        qtbot.waitUntil(lambda: not page.unanswered)
        assert page.busy.isVisible()
    finally:
        answered.set()
        go_on.set()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.warning.isVisible()
    assert page.warning.banner is not None
    assert "Dropbox" in page.warning.banner.text


def test_recent_vaults_are_listed_and_can_be_forgotten(
    open_window: OpenWindow, tmp_path: Path, home: Path, qtbot: QtBot
) -> None:
    paths = []
    for name in ("First", "Second"):
        paths.append(tmp_path / f"{name}.tandembuch")
        create_vault(paths[-1], "some words of it").close()
    gone = tmp_path / "Gone.tandembuch"
    stage = open_window(settings=Settings(language="en", recent=(*map(str, paths), str(gone))))
    page = page_of(stage.window)
    qtbot.waitUntil(lambda: not page.unanswered)
    assert [page.vaults.itemText(row) for row in range(page.vaults.count())] == ["First", "Second"]
    stage.click(page.forget)
    assert page.vaults.count() == 0
    assert not page.forget.isVisible()
    assert page.begin.isVisible()
    assert json.loads((home / "settings.json").read_text("utf-8"))["recent"] == []


def test_an_unlocked_vault_is_recent_next_time_unless_that_is_switched_off(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], home: Path
) -> None:
    path = demo_vault("en")
    stage = open_window(chosen=path)
    stage.unlock(DEMO_PASSPHRASE)
    kept = json.loads((home / "settings.json").read_text("utf-8"))
    assert kept["recent"] == [str(path.resolve())]
    stage.desk.change_settings(remember_recent=False, recent=())
    stage.window.close()
    again = open_window(chosen=path, remember_recent=False)
    again.unlock(DEMO_PASSPHRASE)
    assert json.loads((home / "settings.json").read_text("utf-8"))["recent"] == []


def test_the_language_switches_at_once_and_is_kept(open_window: OpenWindow, home: Path) -> None:
    stage = open_window(language="en")
    assert button_of(stage.window, "English").isChecked()
    assert not button_of(stage.window, "Deutsch").isChecked()
    stage.click(button_of(stage.window, "Deutsch"))
    assert button_of(stage.window, "Deutsch").isChecked()
    assert page_of(stage.window).begin.text() == "Ersten Tresor anlegen"
    assert json.loads((home / "settings.json").read_text("utf-8"))["language"] == "de"
    stage.click(button_of(stage.window, "English"))
    assert page_of(stage.window).begin.text() == "Make the first vault"


def test_another_vault_is_chosen_by_its_file(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], answers: Answers
) -> None:
    stage = open_window()
    answers.files = [demo_vault("en")]
    stage.click(page_of(stage.window).other)
    assert page_of(stage.window).vaults.currentText() == "Demo"
    stage.unlock(DEMO_PASSPHRASE)
    assert stage.page.key == "overview"


def test_the_demo_opens_and_goes_with_the_window(open_window: OpenWindow, qtbot: QtBot, home: Path) -> None:
    stage = open_window()
    stage.click(page_of(stage.window).demo)
    qtbot.waitUntil(lambda: stage.window.workplace is not None, timeout=20_000)
    path = stage.desk.vault.path
    assert path.exists()
    stage.window.close()
    assert not path.parent.exists()
    assert str(path) not in (home / "settings.json").read_text("utf-8")


def test_caps_lock_is_guessed_from_a_letter(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "any.tandembuch"
    path.touch()
    field = page_of(open_window(chosen=path).window).passphrase
    QTest.keyClick(field.line, Qt.Key.Key_A)
    assert not field.caps.isVisible()
    QTest.keyClicks(field.line, "B")  # a capital without Shift
    assert field.caps.isVisible()
    QTest.keyClicks(field.line, "C", Qt.KeyboardModifier.ShiftModifier)
    assert not field.caps.isVisible()


def test_a_window_closed_while_it_opens_a_vault_leaves_none_open(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, closing = demo_vault("en"), threading.Event()
    opened: list[Vault] = []

    def slow(path: Path, passphrase: str, **_: object) -> Vault:
        closing.wait(20)
        opened.append(open_vault(path, passphrase))
        return opened[0]

    monkeypatch.setattr(unlock_page, "open_vault", slow)
    stage = open_window(chosen=path)
    page = page_of(stage.window)
    type_over(page.passphrase.line, DEMO_PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    monkeypatch.setattr(stage.window.idle, "stop", closing.set)
    stage.window.close()
    qtbot.waitUntil(lambda: opened[0].closed)
    assert stage.window.workplace is None
    with open_vault(path, DEMO_PASSPHRASE) as again:
        assert again.kind == "programme"


def test_a_vault_that_takes_no_second_place_is_shown_all_the_same(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = demo_vault("en")
    stage = open_window(chosen=path)
    page_of(stage.window)._former[path] = tmp_path / "cloud"

    def full(*_: object, **__: object) -> None:
        raise Fault("vault.disk_full")

    monkeypatch.setattr(unlock_page, "set_house", full)
    stage.unlock(DEMO_PASSPHRASE)
    assert not stage.desk.vault.closed
