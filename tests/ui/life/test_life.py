"""From outside: what memory, files, arguments and output of the program hold of a note, before and after the lock."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from program_life import Life, in_memory, life, linux_only, may_read_memory, wait_for

from app.store import key, notes
from app.store.vault import create_vault, open_vault
from ui import main

pytestmark = pytest.mark.timeout(280)


@dataclass(frozen=True)
class Secrets:
    """Words that stand nowhere else in the world, and the keys of a vault."""

    passphrase: str
    title: str
    note: str
    half: str
    master: bytes
    key: str

    def orders(self, then: str) -> dict[str, str]:
        return {
            "passphrase": self.passphrase, "title": self.title, "note": self.note, "half": self.half, "then": then
        }  # fmt: skip

    def patterns(self) -> dict[str, list[bytes]]:
        words = {name: in_memory(getattr(self, name)) for name in ("passphrase", "title", "note", "half")}
        raw = self.key[2:66]  # of x'key, then salt'
        hexed = [*in_memory(raw), *in_memory(raw.upper())]
        return {**words, "key in hex": hexed, "key": [bytes.fromhex(raw)], "master": [self.master]}

    def texts(self) -> list[str]:
        return [self.passphrase, self.title, self.note, self.half]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "Mentoring.tandembuch"


@pytest.fixture
def secret(vault: Path) -> Secrets:
    passphrase, title, note, half = (f"{word}{secrets.token_hex(8)}" for word in ("Pass", "Titel", "Notiz", "Halb"))
    with create_vault(vault, passphrase):
        pass
    header = key.read_header(vault)
    master = key.derive_master(passphrase, header)
    return Secrets(passphrase, title, note, half, master, key.raw_key(master, header))


@pytest.fixture
def bus() -> Iterator[str]:
    from private_bus import private_bus

    with private_bus() as address:
        yield address


def lock_screen(address: str) -> None:
    from private_bus import screen_saver
    from PySide6.QtDBus import QDBusConnection

    made = QDBusConnection.connectToBus(address, "life")
    screen_saver(made, "gnome", True)
    QDBusConnection.disconnectFromBus("life")


def found_in_files(folder: Path, secret: Secrets) -> list[str]:
    """Files below the folder whose name or content holds one of the secrets."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".tandembuch" for file in files)
    patterns = [pattern for some in secret.patterns().values() for pattern in some]
    return [
        str(file)
        for file in files
        if any(word in str(file) for word in secret.texts())
        or any(pattern in file.read_bytes() for pattern in patterns)
    ]


def nothing_outside(running: Life, secret: Secrets) -> None:
    assert found_in_files(running.folder, secret) == []
    assert not any(word.encode() in running.words() for word in secret.texts())
    assert not any(word in str(running.told["titles"]) for word in secret.texts())


@pytest.mark.usefixtures("qapp")
def test_after_the_lock_no_note_and_no_key_is_in_memory(
    tmp_path: Path, vault: Path, secret: Secrets, bus: str
) -> None:
    linux_only()
    if not may_read_memory():
        pytest.skip("only the superuser may read the memory of a process that hides it")
    with life(tmp_path, vault, secret.orders("wait"), DBUS_SESSION_BUS_ADDRESS=bus) as running:
        before = running.hits(secret.patterns())
        assert before["note"]
        assert before["half"]
        assert before["key in hex"]
        nothing_outside(running, secret)
        lock_screen(bus)
        wait_for(running.is_reborn, running.process)
        assert running.hits(secret.patterns()) == dict.fromkeys(secret.patterns(), 0)
        shown = {"unlock page": in_memory("First page")[1:] + in_memory("Erste Seite")[1:]}
        wait_for(lambda: running.hits(shown)["unlock page"] > 0, running.process)
        assert running.hits(secret.patterns()) == dict.fromkeys(secret.patterns(), 0)
        assert not [name for name in running.open_files() if vault.name in name]
        nothing_outside(running, secret)
    with open_vault(vault, secret.passphrase) as opened:
        assert [(note.title, note.body) for note in notes.all_notes(opened)] == [
            (secret.title, f"{secret.note} {secret.half}")
        ]


def test_no_core_is_dumped_and_no_other_program_of_the_user_reads_on(
    tmp_path: Path, vault: Path, secret: Secrets
) -> None:
    linux_only()
    with life(tmp_path, vault, secret.orders("wait")) as running:
        assert running.told["dumpable"] == 0
        limits = Path(f"/proc/{running.process.pid}/limits").read_text(encoding="utf-8")
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4] == "0"  # the hard limit stays: what the program starts gets its user's own back
        # It dies of what would dump its memory; nothing is left behind.
        running.process.send_signal(signal.SIGABRT)
        assert running.process.wait(90) == -signal.SIGABRT
        assert not [file for file in tmp_path.rglob("core*") if file.is_file()]
        assert found_in_files(tmp_path, secret) == []


def test_closed_it_leaves_no_word_in_any_file_and_no_file_to_others(
    tmp_path: Path, vault: Path, secret: Secrets
) -> None:
    linux_only()
    with life(tmp_path, vault, secret.orders("close")) as running:
        assert running.process.wait(60) == 0
        assert not any(word in str(running.told["titles"]) for word in secret.texts())
    home = tmp_path / "home"
    assert [file for file in home.rglob("*.tandembuch") if file.is_file()]  # its backup
    assert found_in_files(tmp_path, secret) == []
    assert [str(one) for one in (home, *home.rglob("*")) if one.stat().st_mode & 0o077] == []


def test_a_crash_says_no_word_of_what_was_at_hand(tmp_path: Path, vault: Path, secret: Secrets) -> None:
    linux_only()
    with life(tmp_path, vault, secret.orders("fall")) as running:
        errors = tmp_path / "errors.txt"
        wait_for(lambda: "ValueError" in errors.read_text(encoding="utf-8"), running.process)
        assert found_in_files(tmp_path, secret) == []


def test_hardening_can_be_asked_for_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system without these limits the program starts all the same."""
    before = os.umask(0o022)
    try:
        monkeypatch.setattr(sys, "platform", "plan9")
        monkeypatch.setattr(os, "name", "plan9")
        main._harden()
        main._hide_memory()
    finally:
        os.umask(before)
