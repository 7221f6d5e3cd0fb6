"""What an import would bring into the lists is named before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from app.domain.ids import PersonId, TopicId
from app.domain.people import Person
from app.domain.topics import Topic
from app.exchange.columns import guess_mapping
from app.exchange.newcomers import Newcomers
from app.exchange.roster import plan_import, read_drafts
from app.i18n import speaking
from ui.parts.import_newcomers import newcomers_text

KNOWN = Person(
    id=PersonId(1), given_name="Eva", family_name="Weiß", department="Einkauf", languages=("Deutsch", "English")
)
EXCEL = Topic(id=TopicId(1), name_de="Excel", name_en="Excel")
HEAD = ("Name", "Abteilung", "Sprachen", "Kann weitergeben")


def brought(rows: Sequence[Sequence[str]], people: Sequence[Person] = (KNOWN,)) -> Newcomers:
    table = (HEAD, *rows)
    drafts = read_drafts(table, guess_mapping(table, 0), today=date(2026, 3, 1))
    return plan_import(drafts, people, (), (EXCEL,)).newcomers


def test_what_is_known_in_another_spelling_is_not_new() -> None:
    assert not brought([("Maier, Jo", "EINKAUF", "dt.; Englisch", "excel (2)")])


def test_a_slip_comes_before_what_many_rows_say() -> None:
    rows = [(f"Maier, {name}", "Labor", "Polnisch", "CAD (3)") for name in ("Jo", "Al", "Bo")]
    found = brought([*rows, ("Kern, Ute", "Einkuaf", "Deutsh", "Exel (1)"), ("Kern, Udo", "labor", "Deutsch", "")])
    assert found == Newcomers(
        languages=("Deutsh", "Polnisch"), topics=("Exel", "CAD"), departments=("Einkuaf", "Labor")
    )


def test_a_new_language_in_two_spellings_is_one() -> None:
    rows = [("Maier, Jo", "", "Spanisch", ""), ("Maier, Al", "", "spanish", ""), ("Maier, Bo", "", "Spanisch", "")]
    assert brought([*rows, ("Kern, Ute", "", "Polnisch", "")]) == Newcomers(languages=("Polnisch", "Spanisch"))


def test_of_a_first_list_only_topics_are_new() -> None:
    found = brought([("Maier, Jo", "Labor", "Polnisch", "CAD (3)")], ())
    assert found == Newcomers(topics=("CAD",))


def test_nothing_that_is_not_written_is_new() -> None:
    assert not brought([("", "Labor", "Polnisch", "")])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "New in the lists: 1 language (Deutsh) · 5 departments (a, b, c, d, …)"),
        ("de", "Neu in den Listen: 1 Sprache (Deutsh) · 5 Abteilungen (a, b, c, d, …)"),
    ],
)
def test_the_first_few_are_named(language: str, said: str) -> None:
    with speaking(language):
        assert newcomers_text(Newcomers(languages=("Deutsh",), departments=tuple("abcde"))) == said
        assert newcomers_text(Newcomers()) == ""
