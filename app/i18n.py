"""Language of window and documents: one gettext catalogue, chosen per window or per ``with speaking(...)``.

English is the message id, so a missing German text shows in English and never as a key.
"""

from __future__ import annotations

import gettext
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache

from app.resources import resource

LANGUAGES = ("de", "en")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_window_language = "de"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class Catalogue(gettext.NullTranslations):
    """A compiled catalogue (.mo) of which each text is read when it is first said: reading all takes 20 times as long.

    One form for one thing, another for any other number, as in German and in English.
    """

    def __init__(self, compiled: bytes) -> None:
        super().__init__()
        self._compiled = compiled
        order = "<" if compiled[:4] == b"\xde\x12\x04\x95" else ">"
        count, ids, texts = struct.unpack_from(f"{order}3I", compiled, 8)
        lengths_and_starts = iter(struct.unpack_from(f"{order}{2 * count}I", compiled, ids))
        self._texts = struct.unpack_from(f"{order}{2 * count}I", compiled, texts)
        # The id of a text with a plural is its singular, a zero and its plural.
        self._numbers = {
            compiled[start : start + length].partition(b"\0")[0]: number
            for number, (length, start) in enumerate(zip(lengths_and_starts, lengths_and_starts, strict=True))
        }
        self._said: dict[str, tuple[str, ...]] = {}

    def gettext(self, message: str) -> str:
        return (self._forms(message) or (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        one, *others = self._forms(msgid1) or (msgid1, msgid2)
        return one if n == 1 or not others else others[0]

    def pgettext(self, context: str, message: str) -> str:
        return (self._forms(f"{context}\x04{message}") or (message,))[0]

    def _forms(self, message: str) -> tuple[str, ...]:
        """The German of it, with a plural in two forms; none where there is none."""
        if message not in self._said:
            self._said[message] = self._read(self._numbers.get(message.encode()))
        return self._said[message]

    def _read(self, number: int | None) -> tuple[str, ...]:
        if number is None:
            return ()
        length, start = self._texts[2 * number : 2 * number + 2]
        return tuple(form.decode() for form in self._compiled[start : start + length].split(b"\0"))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    try:
        return Catalogue(resource("translations", f"{language}.mo").read_bytes())
    except FileNotFoundError:
        return gettext.NullTranslations()


def set_language(language: str) -> None:
    """Sets the window's language ("de" or "en"); any other is taken as English."""
    global _window_language
    _window_language = language if language in LANGUAGES else "en"


def language() -> str:
    """The language now spoken here: of the surrounding ``speaking`` or else of the window."""
    return _spoken.get() or _window_language


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Everything said inside is in this language, in this thread only."""
    token = _spoken.set(chosen if chosen in LANGUAGES else "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def tr(text: str) -> str:
    """The text in the language spoken here."""
    return _catalogue(language()).gettext(text) if text else ""


def trn(singular: str, plural: str, n: int) -> str:
    """The form for ``n`` things; the caller fills in the number."""
    return _catalogue(language()).ngettext(singular, plural, n)


def trc(context: str, text: str) -> str:
    """A text that another context would translate otherwise."""
    return _catalogue(language()).pgettext(context, text)


def mark(text: str) -> str:
    """Marks a module-level text for translation; ``tr`` speaks it at use."""
    return text


def date_text(day: date | None) -> str:
    """03.02.2026 or 3 Feb 2026; nothing for no date."""
    if day is None:
        return ""
    if language() == "de":
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_text(moment: datetime) -> str:
    """14:32, in the moment's own zone."""
    return f"{moment.hour:02}:{moment.minute:02}"


def number_text(value: float, digits: int = 0) -> str:
    """1.234,5 or 1,234.5."""
    text = f"{value:,.{digits}f}"
    if language() == "de":
        return text.translate(str.maketrans(",.", ".,"))
    return text


def percent_text(share: float) -> str:
    """A share of 0 to 1 as "62 %" or "62%"."""
    return f"{round(share * 100)}\u00a0%" if language() == "de" else f"{round(share * 100)}%"


def minutes_text(minutes: int) -> str:
    """ "1 Std. 30 Min." or "1 h 30 min"; without what is none."""
    hour, minute = ("Std.", "Min.") if language() == "de" else ("h", "min")
    hours, rest = divmod(minutes, 60)
    parts = [f"{number_text(hours)}\u00a0{hour}"] if hours else []
    return " ".join([*parts, f"{rest}\u00a0{minute}"] if rest or not hours else parts)


def hours_text(minutes: int) -> str:
    """The same for a sum: in whole hours, rounded half up, from ten hours on."""
    return minutes_text(minutes if minutes < 600 else (minutes + 30) // 60 * 60)
