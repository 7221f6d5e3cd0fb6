"""A cell of the map says what its points rest on, criterion by criterion, and what the pair is warned of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import enrolment_of, fill
from pairing_scene import opened, settled
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.programmes import Role
from app.places import places
from app.services import people, programmes
from app.settings import Settings
from app.store.people import all_people
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.pages.pairing import PairingPage
from ui.parts.pairing_switch import MAP


@pytest.fixture
def page(vault: Vault, home: Path, qtbot: QtBot) -> Iterator[PairingPage]:
    i18n.set_language("en")
    fill(vault)
    made = opened(Desk(vault, places(home), Settings(language="en")), qtbot)
    made.show_view(MAP)
    yield made
    qtbot.waitUntil(lambda: not tasks.running())


def test_each_criterion_is_named_with_its_points(page: PairingPage) -> None:
    view = page.map_view.map
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    lines = view.accessibleDescription().split("\n")
    assert lines[0].startswith("Skills: ")
    assert any(line.startswith("Interests: ") and line.endswith("Not known: half of the points") for line in lines)
    assert len({line.split(":")[0] for line in lines}) == len(lines)
    assert all(" of " in line for line in lines)


@pytest.mark.parametrize("family", ["Celik", "Dorn"])  # in the plan, and not
def test_a_warning_comes_first(qtbot: QtBot, page: PairingPage, family: str) -> None:
    vault, programme = page.desk.vault, page.desk.programme
    assert programme is not None
    for one in all_people(vault):
        if one.family_name in {"Adler", family}:
            page.desk.do(people.edit, one.id, team="Nord", department="Werk")
    settled(qtbot, page)
    page.map_view.map.choose((enrolment_of(vault, programme, "Adler"), enrolment_of(vault, programme, family)))
    assert "with a warning" in page.map_view.map.accessibleName()
    assert "team" in page.map_view.map.accessibleDescription().split("\n")[0].lower()


def test_nothing_of_another_cell_is_said_of_somebody_with_themselves(qtbot: QtBot, page: PairingPage) -> None:
    vault, programme = page.desk.vault, page.desk.programme
    assert programme is not None
    for family in ("Adler", "Berg"):
        page.desk.do(programmes.edit_enrolment, enrolment_of(vault, programme, family), role=Role.BOTH)
    settled(qtbot, page)
    adler, berg = (enrolment_of(vault, programme, family) for family in ("Adler", "Berg"))
    view = page.map_view.map
    view.choose((adler, berg))
    assert "Skills: " in view.accessibleDescription()
    view.choose((adler, adler))
    assert view.accessibleDescription() == ""
