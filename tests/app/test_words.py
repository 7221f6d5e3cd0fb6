"""Words are whole, and what belongs to a name belongs to the word."""

from __future__ import annotations

import pytest

from app.domain.text import comparable, same_words, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KI-Werkzeuge", ("ki", "werkzeuge")),
        ("C++", ("c++",)),
        ("C#", ("c#",)),
        ("c++17, C#/F#", ("c++", "17", "c#", "f#")),
        (".NET (Core)", (".net", "core")),
        ("Notepad++", ("notepad++",)),
        ("ASP.NET", ("asp", "net")),
        ("A+B", ("a", "b")),
        ("Sport + Musik", ("sport", "musik")),
        ("Personal# und Nr. #", ("personal", "und", "nr")),
        ("Ende. Neu ... Schluss", ("ende", "neu", "schluss")),
        ("Führung.", ("fuhrung",)),
        ("Englisch B2+", ("englisch", "b2+")),
    ],
)
def test_words(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_techniques_of_one_letter_are_told_apart() -> None:
    names = ("C", "C++", "C#", ".NET", "Net", "F#", "R")
    assert len({comparable(name) for name in names}) == len(names)
    assert same_words("c#", "C#")
    assert same_words("Führungs-Kräfte", "FUEHRUNGS KRAEFTE")
