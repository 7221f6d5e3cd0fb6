from __future__ import annotations

from collections.abc import Sequence

import pytest

from app import passphrases
from app.passphrases import WORDS, Strength, draw, judge, words


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_lists_are_long_and_each_word_stands_once(language: str) -> None:
    found = words(language)
    assert len(found) == len(set(found)) == 7776
    assert all(word and not any(letter.isspace() for letter in word) for word in found)


@pytest.mark.parametrize("language", ["de", "en", "xx"])
def test_a_drawn_one_is_made_of_the_lists_words_and_is_strong(language: str) -> None:
    drawn = draw(language)
    assert drawn.count("-") >= WORDS - 1  # a word of the English list may hold a hyphen itself
    assert judge(drawn) == passphrases.Verdict(Strength.STRONG, True)
    assert drawn != draw(language)


def test_words_are_chosen_by_the_systems_random_source(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def choose(many: Sequence[str]) -> str:
        asked.append(len(many))
        return many[7]

    monkeypatch.setattr("app.passphrases.secrets.choice", choose)
    assert draw("de", 5) == "-".join([words("de")[7]] * 5)
    assert asked == [7776] * 5


@pytest.mark.parametrize("weak", ["", "a", "passwort", "Passwort1!", "12345678901234", "Tandembuch", "qwertzuiop"])
def test_weak_ones_are_not_enough(weak: str) -> None:
    assert not judge(weak).enough


@pytest.mark.parametrize(
    "usual",
    [
        "Reverse Mentoring 2026", "Tandembuch2026", "Willkommen2026", "Geburtstag1985", "Mitarbeiter2026",
        "ichliebedich", "geheimes Passwort", "Donaudampfschifffahrt", "correct horse battery staple", "Mentoring-2027!",
    ],
)  # fmt: skip
def test_what_is_tried_first_here_is_not_enough(usual: str) -> None:
    assert not judge(usual).enough


def test_names_that_lie_near_are_as_good_as_told() -> None:
    assert judge("Fichtelwerk-Ostrau 44").enough
    assert not judge("Fichtelwerk-Ostrau 44", ["Fichtelwerk Ostrau"]).enough


@pytest.mark.parametrize("good", ["wander klippe zirbel mond", "Krähe-Würfel-7-Lampe", "x9$Lq2!vTr7&bN"])
def test_good_ones_are_enough(good: str) -> None:
    assert judge(good).enough


def test_a_very_long_one_is_judged_at_once() -> None:
    assert judge("lang " * 4000).strength >= Strength.WEAK
