"""Languages as people write them: cells of several, and names of the same one."""

from __future__ import annotations

import pytest

from app.domain.languages import language_keys, languages_in


@pytest.mark.parametrize(
    "names",
    [
        ("Deutsch", "german", "DE", "deu", "de-AT", "dt.", "Schweizerdeutsch", "Swiss German", "Deutsch (C1)",
         "deutsch C2", "Deutsch Muttersprache"),
        ("Englisch", "English (fluent)", "engl.", "EN", "en-GB", "English fluent", "eng", "EN (B2+)",
         "Business English"),
        ("Türkisch", "Tuerkisch", "Turkish", "Türkçe", "tr", "türk."),
        ("Französisch", "Français", "frz.", "French", "FR"),
        ("Українська", "Ukrainisch", "uk"),
        ("العربية", "Arabisch", "arab.", "ar"),
        ("Norwegisch bokmål", "no", "Norsk"),
        ("DGS", "Deutsche Gebärdensprache", "German Sign Language"),
        ("Tigrinya", "tigrinisch", "ti"),
        ("Klingonisch", "klingonisch "),
    ],
)  # fmt: skip
def test_names_of_one_language_meet(names: tuple[str, ...]) -> None:
    (key,) = language_keys(names[0])
    assert {name: language_keys(name) for name in names} == dict.fromkeys(names, {key})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no German", "Deutsch"),
        ("kein Deutsch", "Deutsch"),
        ("Deutsche Gebärdensprache", "Deutsch"),
        ("British Sign Language", "English"),
        ("Sorbisch", "Deutsch"),
        ("Plattdeutsch", "Deutsch"),
        ("Norwegisch", "Deutsch"),
    ],
)
def test_others_do_not(one: str, other: str) -> None:
    assert language_keys(one).isdisjoint(language_keys(other))


def test_a_cell_of_several_is_cut() -> None:
    assert languages_in("Deutsch und Englisch") == ("Deutsch", "Englisch")
    assert languages_in("Deutsch (Muttersprache, C2)/EN; Türkçe & Polski") == (
        "Deutsch (Muttersprache, C2)", "EN", "Türkçe", "Polski",
    )  # fmt: skip
    assert languages_in(" , ") == ()
    assert language_keys("Deutsch/Englisch") == language_keys("de") | language_keys("en")
    assert language_keys("Deutsch Englisch") == language_keys("de") | language_keys("en")
    assert language_keys("-") == language_keys("keine") == frozenset()
