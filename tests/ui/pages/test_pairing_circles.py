"""A circle in the records of supervisors is told above the plan, by name, with the way to set it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pairing_scene import opened, settled
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.ids import PersonId, ProgrammeId
from app.domain.programmes import Role
from app.places import places
from app.services import people, programmes
from app.settings import Settings
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk, Place
from ui.pages.pairing import PairingPage
from ui.parts.buttons import Button

NAMES = ("Adler", "Berg", "Conrad", "Dorn", "Ernst", "Falk", "Gross", "Horn")
Above = Callable[..., None]


@pytest.fixture
def desk(vault: Vault, home: Path, qapp: QApplication) -> Desk:
    """Adler and Berg take part."""
    i18n.set_language("en")
    theme.apply(qapp, "light")
    made = Desk(vault, places(home), Settings(language="en"))
    persons = [made.do(people.add, replace(people.blank(), family_name=name)) for name in NAMES]
    programme = ProgrammeId(made.do(programmes.add, replace(programmes.blank(), title="Round")))
    made.do(programmes.enrol, programme, persons[:1], Role.MENTOR)
    made.do(programmes.enrol, programme, persons[1:2], Role.MENTEE)
    made.choose_programme(programme)
    return made


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[PairingPage]:
    made = opened(desk, qtbot)
    yield made
    made.work.stop()


@pytest.fixture
def above(desk: Desk, page: PairingPage, qtbot: QtBot) -> Above:
    """Writes who reports to whom past the checks, as records from elsewhere may have it."""

    def write(**bosses: str | None) -> None:
        with desk.vault.change("x") as change:
            for name, boss in bosses.items():
                sql = "UPDATE person SET supervisor_id = ?, changed_at = 5 WHERE family_name = ?"
                change.execute(sql, (None if boss is None else person(desk, boss), name))
        page.refresh()
        settled(qtbot, page)

    return write


def person(desk: Desk, name: str) -> PersonId:
    row = desk.vault.row("SELECT id FROM person WHERE family_name = ?", (name,))
    assert row is not None
    return PersonId(row[0])


def texts(page: PairingPage) -> list[str]:
    assert page.circles.isHidden() is not bool(page.circles.banners)
    return [banner.text for banner in page.circles.banners]


def test_it_says_who_reports_to_whom_and_leads_to_somebody_of_the_programme(
    page: PairingPage, desk: Desk, above: Above, qtbot: QtBot
) -> None:
    assert texts(page) == []
    above(Dorn="Berg", Berg="Conrad", Conrad="Dorn")
    (text,) = texts(page)
    assert text.startswith(
        "Supervisors in a circle: Berg reports to Conrad, Conrad reports to Dorn, Dorn reports to Berg."
    )
    button = next(one for one in page.circles.banners[0].findChildren(Button) if one.text() == "Go to Berg")
    with qtbot.waitSignal(desk.went) as went:
        button.click()
    assert went.args == [Place("people", person(desk, "Berg"))]
    desk.do(people.edit, person(desk, "Conrad"), supervisor=None)
    page.refresh()
    settled(qtbot, page)
    assert texts(page) == []


def test_a_circle_above_somebody_is_told_too_and_one_of_strangers_is_not(page: PairingPage, above: Above) -> None:
    above(Ernst="Falk", Falk="Ernst")
    assert texts(page) == []
    above(Adler="Gross", Gross="Ernst")
    (text,) = texts(page)
    assert "Ernst reports to Falk" in text
    assert "Falk reports to Ernst" in text
    assert "Gross" not in text


def test_who_is_their_own_supervisor_and_long_circles(page: PairingPage, above: Above) -> None:
    above(Adler="Adler")
    assert texts(page) == ["Adler is recorded as their own supervisor."]
    above(Adler="Berg", Berg="Conrad", Conrad="Dorn", Dorn="Ernst", Ernst="Falk", Falk="Adler")
    (text,) = texts(page)
    assert text.count(" reports to ") == 4
    assert ", and 2 more." in text


def test_what_was_closed_stays_so_until_the_circle_is_another(page: PairingPage, above: Above) -> None:
    above(Berg="Conrad", Conrad="Berg")
    page.circles.banners[0].closed.emit()
    assert texts(page) == []
    above(Horn="Adler")
    assert texts(page) == []
    above(Berg="Dorn", Dorn="Berg")
    assert len(texts(page)) == 1


def test_no_more_than_two_are_told_and_the_others_counted(page: PairingPage, above: Above, qtbot: QtBot) -> None:
    above(Adler="Adler", Berg="Conrad", Conrad="Berg", Horn="Horn")
    assert len(texts(page)) == 2
    assert not any("more such" in text for text in texts(page))
    assert page.desk.programme is not None
    page.desk.do(programmes.enrol, page.desk.programme, [person(page.desk, "Horn")], Role.MENTOR)
    page.refresh()
    settled(qtbot, page)
    assert [text.endswith("There is 1 more such circle.") for text in texts(page)] == [False, True]


def test_in_german(page: PairingPage, above: Above) -> None:
    i18n.set_language("de")
    above(Berg="Conrad", Conrad="Berg")
    (text,) = texts(page)
    assert text.startswith("Vorgesetzte im Kreis: Berg untersteht Conrad, Conrad untersteht Berg.")
    i18n.set_language("en")
