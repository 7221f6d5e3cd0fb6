"""What stands in any column of a list is found by its search, in the language that it is said in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from app.domain.people import Salutation
from app.domain.text import needles
from app.i18n import language, set_language
from app.services import people
from app.store import people as people_store
from app.store import programmes
from app.store.vault import Vault, open_vault
from ui.parts.participants import part_haystack, participant_columns, parts_of
from ui.parts.people_list import PeopleList
from ui.parts.records import Column
from ui.parts.roster import Roster, empty_roster
from ui.parts.tandem_columns import haystack_of, tandem_columns
from ui.parts.tandem_rows import rows_of
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.palette import Palette

TODAY = date(2026, 11, 22)


@pytest.fixture(params=["de", "en"])
def demo(
    request: pytest.FixtureRequest, quick_key: None, demo_vault: Callable[[str], Path]  # noqa: ARG001
) -> Iterator[Vault]:
    """The demo, in a window of its language."""
    before = language()
    set_language(request.param)
    with open_vault(demo_vault(request.param), DEMO_PASSPHRASE) as vault:
        yield vault
    set_language(before)


def roster_of(vault: Vault) -> Roster:
    return empty_roster(language()).read(vault, programmes.all_programmes(vault)[0].id, language())


def unfound(columns: Sequence[Column[Any]], record: Any, hay: str) -> list[str]:
    """The columns of which a word is not found."""

    def words(column: Column[Any]) -> tuple[str, ...]:
        return needles(column.text(record).translate(str.maketrans(",\u2013\u00b7", "   ")))

    return [one.key for one in columns if any(word not in hay for word in words(one))]


def test_people_are_found_by_what_any_column_says(demo: Vault, qtbot: QtBot) -> None:
    someone = next(person for person in people_store.all_people(demo) if person.supervisor)
    with demo.change("edit") as change:
        people.edit(change, someone.id, salutation=Salutation.MR, level=7, entry_date=date(2003, 4, 5),
                    availability=0b0010000001)  # fmt: skip
    roster = roster_of(demo)
    listed = PeopleList(language())
    qtbot.addWidget(listed)
    listed.show_roster(roster)
    entry = roster.by_id[someone.id]
    columns = {column.key: column for column in listed.model.columns}
    assert unfound([*columns.values()], entry, entry.hay) == []
    assert all(columns[key].text(entry) for key in ("role", "state", "supervisor", "level", "entry_date", "salutation"))
    without = [one for one in columns.values() if one.key != "salutation"]  # "full name" is no form of address
    assert [one for one in roster.entries if unfound(without, one, one.hay)] == []
    assert listed.model.find(f"{columns['role'].text(entry)} {columns['state'].text(entry)}") > 0
    for words in {"de": ("ohne tandem", "nachmittag mo"), "en": ("no tandem", "mon morning")}[language()]:
        assert listed.model.find(words) > 0, words


def test_who_is_found_by_a_column_not_shown_says_so(demo: Vault, qtbot: QtBot) -> None:
    someone = people_store.all_people(demo)[2]
    skilled = next(one for one in people_store.all_people(demo) if one.offered())
    with demo.change("edit") as change:
        people.edit(change, someone.id, email="quast@firma.example", location="Zofingen", salutation=Salutation.NONE)
    roster = roster_of(demo)
    listed = PeopleList(language())
    qtbot.addWidget(listed)
    listed.resize(1100, 400)
    listed.show()
    listed.show_roster(roster)
    model, (name, *_) = listed.model, listed.model.columns

    def told(query: str, identity: int = someone.id) -> str:
        listed.search.setText(query)
        row = model.rows_of({identity})[0]
        described = model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleDescriptionRole)
        assert name.beneath is not None
        assert described == name.beneath(model.record(row))
        return str(described)

    email, location = {"de": ("E-Mail", "Standort"), "en": ("E-mail", "Location")}[language()]
    assert told("") == ""
    assert told(someone.family_name) == ""
    assert told("quast@") == f"{email}: quast@firma.example"
    assert told(f"{someone.family_name} zofi") == f"{location}: Zofingen"
    assert told("quast zofi") == f"{email}: quast@firma.example · {location}: Zofingen"
    place = [one.key for one in model.columns].index("location")
    listed.table.show_column(place)
    assert told("zofi") == ""
    assert told("zofi quast") == f"{email}: quast@firma.example"
    copied = [column.said(model.record(0)) for column in model.columns]
    assert not any(email in one for one in copied)
    topic = roster.around.topics[skilled.offered()[0].topic]
    for spelt in (topic.name_de, topic.name_en):  # also in the language that no column speaks
        assert spelt in told(spelt, skilled.id) or spelt in roster.by_id[skilled.id].goal


def test_what_somebody_was_found_by_is_painted_under_the_name(demo: Vault, qtbot: QtBot) -> None:
    someone = people_store.all_people(demo)[2]
    with demo.change("edit") as change:
        people.edit(change, someone.id, location="Zofingen")
    listed = PeopleList(language())
    qtbot.addWidget(listed)
    listed.resize(1100, 400)
    listed.show_roster(roster_of(demo))
    listed.search.setText("zofingen")
    listed.show()
    assert listed.model.rowCount() == 1
    plain = replace(listed.model.columns[0], beneath=None)
    with_line = listed.table.viewport().grab().toImage()
    listed.model.columns = (plain, *listed.model.columns[1:])
    assert listed.table.viewport().grab().toImage() != with_line


def test_a_new_name_of_a_supervisor_finds_who_works_below(demo: Vault) -> None:
    roster = roster_of(demo)
    below = next(entry for entry in roster.entries if entry.person.supervisor)
    above = below.person.supervisor
    assert above is not None
    with demo.change("edit") as change:
        people.edit(change, above, family_name="Quastenflosser")
    difference = roster.reread(demo, [above], roster.around.programme)
    assert below.id in {entry.id for entry in difference.changed}
    assert "quastenflosser" in roster.by_id[below.id].hay
    assert [identity for identity, _ in roster.names("quastenflosser")] == [above]  # for a field it is they alone
    again = roster.read(demo, roster.around.programme, language())
    assert [entry.hay for entry in again.entries] == [entry.hay for entry in roster.entries]
    with demo.change("edit") as change:
        people.edit(change, above, family_name="Seepferd")
    again = again.read(demo, roster.around.programme, language())
    assert "seepferd" in again.by_id[below.id].hay


def test_another_language_finds_its_own_words(demo: Vault) -> None:
    roster = roster_of(demo)
    other = {"de": "en", "en": "de"}[language()]
    wanted = {"de": "ohne tandem", "en": "no tandem"}
    assert any(wanted[language()] in entry.hay for entry in roster.entries)
    set_language(other)
    again = roster.read(demo, roster.around.programme, other)
    assert any(wanted[other] in entry.hay for entry in again.entries)


def test_participants_and_tandems_are_found_by_what_any_column_says(demo: Vault) -> None:
    programme = programmes.all_programmes(demo)[0].id
    parts, rows = parts_of(demo, programme), rows_of(demo, programme, TODAY)
    assert len(parts) * len(rows) > 0
    assert [one for one in parts if unfound(participant_columns(), one, part_haystack(one))] == []
    assert [one for one in rows if unfound(tandem_columns(TODAY), one, haystack_of(one, TODAY))] == []
    someone = replace(parts[0], person=replace(parts[0].person, email="x@firma.example", location="Thun"))
    assert {"x@firma.example", "thun"} <= set(part_haystack(someone).split())


@pytest.mark.parametrize("spoken", ["de", "en"])
def test_the_palette_finds_people_by_number_address_position_and_place(open_demo: OpenWindow, spoken: str) -> None:
    stage = open_demo(spoken)
    someone = people_store.all_people(stage.desk.vault)[3]
    facts = {"personnel_number": "P-777123", "email": "wer@firma.example", "position": "Glasbl\u00e4serin",
             "location": "Zofingen"}  # fmt: skip
    stage.desk.do(people.edit, someone.id, **facts)
    palette = Palette(stage.window, stage.desk, stage.workplace.pages)
    for text in (*facts.values(), "glasblaserin"):
        palette.line.setText(text)
        assert palette.found.count() == 1, text
        assert someone.list_name in palette.found.item(0).text()
    palette.reject()
