"""Two people of one name are told apart wherever they stand in a list: tandems, participants, proposals, pickers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import PersonId
from app.domain.people import Person, told_apart, with_more
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import OPEN_STATES
from app.i18n import language, set_language
from app.services import people
from app.services.plans import opened, plan_of, read_basis
from app.store import people as people_store
from app.store import programmes, tandems
from app.store.vault import Vault, open_vault
from ui.dialogs.enrol_people import EnrolPeople
from ui.parts.pairing_names import Called
from ui.parts.pairing_sheet import sheet_of
from ui.parts.participants import participant_columns, parts_of
from ui.parts.roster import empty_roster
from ui.parts.tandem_columns import tandem_columns
from ui.parts.tandem_rows import rows_of
from ui.shell.demo import DEMO_PASSPHRASE

TODAY = date(2026, 11, 22)


@pytest.fixture
def demo(quick_key: None, demo_vault: Callable[[str], Path]) -> Iterator[Vault]:  # noqa: ARG001
    before = language()
    set_language("en")
    with open_vault(demo_vault("en"), DEMO_PASSPHRASE) as vault:
        yield vault
    set_language(before)


def same_name(vault: Vault, ids: tuple[PersonId, ...]) -> None:
    with vault.change("edit") as change:
        for one, department in zip(ids, ("Einkauf", "Labor"), strict=True):
            people.edit(change, one, given_name="Jo", family_name="Koch", title="", department=department)


def test_only_namesakes_have_more_to_their_name() -> None:
    def person(number: int, given: str, department: str) -> Person:
        return Person(id=PersonId(number), given_name=given, family_name="Koch", department=department)

    assert told_apart([person(1, "Jo", "Einkauf"), person(2, "Jo", "Labor"), person(3, "Li", "Labor")]) == {
        PersonId(1): "Einkauf", PersonId(2): "Labor",
    }  # fmt: skip
    assert told_apart([person(1, "Jo", ""), person(2, "Jo", "")]) == {}
    assert (with_more("Koch, Jo", "Labor"), with_more("Koch, Jo", "")) == ("Koch, Jo (Labor)", "Koch, Jo")


def test_in_the_lists_of_tandems_and_participants(demo: Vault) -> None:
    programme = programmes.all_programmes(demo)[0].id
    first, second = [one for one in tandems.of_programme(demo, programme) if one.state in OPEN_STATES][:2]
    same_name(demo, (first.mentor.person, second.mentee.person))
    columns = {column.key: column for column in tandem_columns(TODAY)}
    rows = {row.id: row for row in rows_of(demo, programme, TODAY)}
    assert columns["mentor"].text(rows[first.id]) == "Koch, Jo (Einkauf)"
    assert columns["mentee"].text(rows[second.id]) == "Koch, Jo (Labor)"
    assert "(" not in columns["mentee"].text(rows[first.id])
    name = participant_columns()[0]
    shown = [name.text(part) for part in parts_of(demo, programme)]
    assert [one for one in shown if "(" in one] == ["Koch, Jo (Einkauf)", "Koch, Jo (Labor)"]
    basis = read_basis(demo, programme)
    assert basis is not None
    round_ = opened(basis)
    sheet = sheet_of(basis, round_, plan_of(round_, basis.draft.method))
    (open_one,) = [row for row in sheet.tandems if row.id == first.id]
    assert open_one.names[0] == "Koch, Jo (Einkauf)"


def test_among_the_proposals(demo: Vault) -> None:
    programme = programmes.all_programmes(demo)[0].id
    basis = read_basis(demo, programme)
    round_ = opened(basis)
    pair = plan_of(round_, basis.draft.method).pairs[0]
    same_name(demo, (basis.person(pair.mentor).id, basis.person(pair.mentee).id))
    basis = read_basis(demo, programme)
    round_ = opened(basis)
    sheet = sheet_of(basis, round_, plan_of(round_, basis.draft.method))
    said = {name for row in sheet.proposals for name in row.names_said if "Koch" in name}
    assert said == {"Jo Koch (Einkauf)", "Jo Koch (Labor)"}
    row = next(row for row in sheet.proposals if row.names_said[0] == "Jo Koch (Einkauf)")
    assert "Jo Koch (Einkauf)" in row.said
    assert Called(basis.participants).full(pair.mentor) == "Jo Koch (Einkauf)"


def test_in_the_pickers_of_people(demo: Vault, qtbot: QtBot) -> None:
    first, second, *_ = people_store.all_people(demo)
    same_name(demo, (first.id, second.id))
    with demo.change("edit") as change:
        people.edit(change, second.id, department="Einkauf", team="Nord")
        people.edit(change, first.id, team="S\u00fcd")
    roster = empty_roster("en").read(demo, None, "en")
    assert sorted(name for _, name in roster.names("koch jo")) == ["Koch, Jo \u00b7 Nord", "Koch, Jo \u00b7 S\u00fcd"]
    dialog = EnrolPeople(None, ProgrammeKind.REVERSE)
    qtbot.addWidget(dialog)
    dialog.show_people(dialog.filling([one.person for one in roster.entries]))
    dialog.model.find("koch jo")
    shown = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    assert sorted(shown) == ["Koch, Jo (Nord)", "Koch, Jo (S\u00fcd)"]
