"""Erased means erased: no word of what was removed is left in any page, nor beside the vault in any form."""

from __future__ import annotations

import random
import re
import shutil
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fault_figures import runs, show
from filled_vault import count_up, fill
from open_pages import decrypted
from quick_vaults import PASSPHRASE

from app.domain.ids import NoteId, PersonId
from app.services import notes, people, topics
from app.services.erase import erase_person
from app.store.key import derive_master, raw_key, read_header
from app.store.vault import Change, open_vault

pytestmark = pytest.mark.usefixtures("quick_key")


class Canaries:
    """Words that stand nowhere else; each field gets one of its own. ``there``: what the pages hold already."""

    def __init__(self, seed: int, there: Iterable[bytes]) -> None:
        self._chance = random.Random(seed)
        self._there = b"\n".join(there).lower().decode("latin-1")
        self.words: list[str] = []

    def word(self) -> str:
        word = "".join(self._chance.choices(string.ascii_lowercase, k=14))
        if word[:6] in self._there:  # "shingp" stands in the schema, where a table's name comes twice
            return self.word()
        self.words.append(word)
        return word

    def text(self, count: int) -> str:
        return " ".join(self.word() for _ in range(count))

    def found(self, places: Iterable[bytes], first: int = 4, last: int = 12) -> list[str]:
        """The words of which these letters stand in one of the places: the index of words shortens what repeats."""
        content = b"\n".join(places).lower()
        content += b"\n" + content.replace(b"\0", b"")  # UTF-16 too
        size = last - first
        runs_of_letters = re.findall(rb"[a-z]{%d,}" % size, content)
        seen = {letters[at : at + size] for letters in runs_of_letters for at in range(len(letters) - size + 1)}
        return [word for word in self.words if word[first:last].encode() in seen]


def _write(change: Change, canaries: Canaries, size: int) -> tuple[PersonId, list[NoteId]]:
    """A person with everything private about them."""
    person = people.add(
        change,
        replace(people.blank(), given_name=canaries.word(), family_name=canaries.word(), remarks=canaries.text(size)),
    )
    topic = topics.add(change, "Führung", "Leadership")
    notes.add_gap(change, person, topic, seen=1, wanted=3, evidence=canaries.text(size), noted_on=date(2026, 2, 3))
    made = [
        notes.add(change, title=canaries.word(), body=canaries.text(size), tags=(canaries.word(),), person=person)
        for _ in range(3)
    ]
    return person, made


@runs(4, 200)
def test_nothing_that_was_erased_is_left_in_a_page(tmp_path: Path, times: int) -> None:
    """Nor what was deleted in a backup; in the vault itself SQLite may leave rests of that until it is rewritten.

    Nor in the vault after a backup was restored that still held the person.
    """
    counted = ("erased", "restored", "deleted", "beginnings", "in the clear")
    figures: Counter[str] = Counter({"rounds": times, **dict.fromkeys(counted, 0)})
    path, shelf = tmp_path / "vault.tandembuch", tmp_path / "backups"
    for number in range(times):
        size, erased = random.Random(number).choice((1, 20, 200, 1500)), number % 4 != 3
        fill(path)
        key = raw_key(derive_master(PASSPHRASE, read_header(path)), read_header(path))
        canaries = Canaries(number, decrypted(path, key))
        with open_vault(path, PASSPHRASE) as vault, vault.change("people.add") as change:
            person, made = _write(change, canaries, size)
        # They would be seen; but for those that lie across the edge of a page.
        assert len(canaries.found(decrypted(path, key))) > 0.9 * len(canaries.words)
        with open_vault(path, PASSPHRASE) as vault:
            before = vault.back_up(shelf)
            count_up(vault, 9_000)
            with vault.change("notes.edit") as change:  # a text that was overwritten is erased as well
                notes.edit(change, made[0], title="Anders", body="Anderes", tags=())
            if erased:
                erase_person(vault, person)
            else:
                with vault.change("people.remove") as change:
                    notes.remove(change, made)
                    people.remove(change, [person])
            count_up(vault, 400)
            backup = vault.back_up(shelf).path
        pages = list(decrypted(path if erased else backup, key))
        figures["pages"] += len(pages)
        figures["words"] += len(canaries.words)
        figures["erased" if erased else "deleted"] += len(canaries.found(pages))
        if erased:
            figures["beginnings"] += len(canaries.found(pages, 0, 6))
            with open_vault(path, PASSPHRASE) as vault:
                settle = vault.restorer(before)
            settle().unlink()
            pages = list(decrypted(path, key))
            figures["restored"] += len(canaries.found(pages)) + len(canaries.found(pages, 0, 6))
        around = [entry for entry in tmp_path.rglob("*") if entry.is_file()]
        figures["in the clear"] += len(canaries.found(entry.read_bytes() for entry in around))
        figures["in the clear"] += sum(word in entry.name for entry in around for word in canaries.words)
        shutil.rmtree(shelf)
    show("words found in pages after their erasure", figures)
    assert not sum(figures[name] for name in counted)
