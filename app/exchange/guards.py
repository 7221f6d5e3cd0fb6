"""The guard of CSV cells against formulas: a spreadsheet must never run what somebody typed as a name.

A cell that begins like a formula gets an apostrophe in front; reading takes exactly that apostrophe away again, so
``unguarded(guarded(text)) == text`` for every text. Left as they are: plain numbers and phone numbers with a blank in
them ("-5", "+49 3681 12345"): nothing can be called by them, a spreadsheet shows them as they are, and a phone number
must stay usable. "+49-3681-123" is guarded, since a spreadsheet would take it for a subtraction.
"""

from __future__ import annotations

import re

_FORMULA_LIKE = re.compile(r"'*\s*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]")
_HARMLESS = re.compile(r"[+\-]?[0-9](?:[0-9.,]*|[0-9()/.,\-]* [0-9 ()/.,\-]*)\Z")


def _dangerous(text: str) -> bool:
    return _FORMULA_LIKE.match(text) is not None and _HARMLESS.match(text) is None


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return f"'{text}" if _dangerous(text) else text


def unguarded(text: str) -> str:
    """The text that a guarded cell stands for; any other text is given back as it is."""
    return text[1:] if text.startswith("'") and _dangerous(text[1:]) else text
