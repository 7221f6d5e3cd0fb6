from __future__ import annotations

import gettext
import threading
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from app import i18n
from app.resources import resource


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def test_a_text_is_said_in_the_language_spoken() -> None:
    assert i18n.tr("Close help") == "Close help"
    with i18n.speaking("de"):
        assert i18n.tr("Close help") == "Hilfe schließen"
    assert i18n.tr("Close help") == "Close help"
    assert i18n.tr("") == ""


def test_an_unknown_text_stays_english_and_an_unknown_language_is_english() -> None:
    with i18n.speaking("de"):
        assert i18n.tr("no such text anywhere") == "no such text anywhere"
    i18n.set_language("fr")
    assert i18n.language() == "en"


def test_singular_and_plural() -> None:
    for language, one, many in (("en", "{n} person", "{n} people"), ("de", "{n} Person", "{n} Personen")):
        with i18n.speaking(language):
            assert i18n.trn("{n} person", "{n} people", 1) == one
            for n in (0, 2, 11):
                assert i18n.trn("{n} person", "{n} people", n) == many


def test_another_thread_keeps_the_windows_language() -> None:
    heard: list[str] = []
    with i18n.speaking("de"):
        thread = threading.Thread(target=lambda: heard.append(i18n.language()))
        thread.start()
        thread.join()
    assert heard == ["en"]


@pytest.mark.parametrize(
    ("language", "day", "number", "share", "minutes"),
    [
        ("de", "03.02.2026", "1.234,5", "62\u00a0%", "1\u00a0Std. 5\u00a0Min."),
        ("en", "3 Feb 2026", "1,234.5", "62%", "1\u00a0h 5\u00a0min"),
    ],
)
def test_dates_and_numbers(language: str, day: str, number: str, share: str, minutes: str) -> None:
    with i18n.speaking(language):
        assert i18n.date_text(date(2026, 2, 3)) == day
        assert i18n.date_text(None) == ""
        assert i18n.number_text(1234.5, 1) == number
        assert i18n.percent_text(0.62) == share
        assert i18n.minutes_text(65) == minutes
        assert i18n.time_text(datetime(2026, 2, 3, 9, 5)) == "09:05"


def test_lengths_of_time() -> None:
    with i18n.speaking("de"):
        said = [i18n.minutes_text(one) for one in (0, 45, 60, 90, 1440)]
        assert said == ["0\u00a0Min.", "45\u00a0Min.", "1\u00a0Std.", "1\u00a0Std. 30\u00a0Min.", "24\u00a0Std."]
        sums = [i18n.hours_text(one) for one in (0, 599, 600, 5475, 60 * 12_345)]
        assert sums == [
            "0\u00a0Min.", "9\u00a0Std. 59\u00a0Min.", "10\u00a0Std.", "91\u00a0Std.", "12.345\u00a0Std.",
        ]  # fmt: skip


def test_every_text_is_said_as_gettext_itself_would_say_it() -> None:
    compiled = resource("translations", "de.mo")
    with compiled.open("rb") as stream:
        theirs = gettext.GNUTranslations(stream)
    ours = i18n.Catalogue(compiled.read_bytes())
    known: dict[str | tuple[str, int], str] = theirs._catalog  # type: ignore[attr-defined]
    assert len(known) > 1000
    for key in known:
        if isinstance(key, tuple):
            for n in range(4):
                assert ours.ngettext(key[0], "", n) == theirs.ngettext(key[0], "", n)
        elif "\x04" in key:
            assert ours.pgettext(*key.split("\x04")) == theirs.pgettext(*key.split("\x04"))
        elif key:
            assert ours.gettext(key) == theirs.gettext(key)
    for unknown in ("no such text anywhere", "no"):
        assert ours.gettext(unknown) == unknown
        assert (ours.ngettext(unknown, "many", 1), ours.ngettext(unknown, "many", 2)) == (unknown, "many")
        assert ours.pgettext("a context", unknown) == unknown
