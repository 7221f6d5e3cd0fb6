"""Pages that are made before somebody visits them, while the window rests."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout
from window_fixtures import OpenWindow, Stage, delete_now

from app.errors import Fault
from app.store import goals, meetings, tandems
from ui import tasks
from ui.desk import Place
from ui.pages.notes import NotesPage
from ui.pages.pairing import PairingPage
from ui.pages.people import PeoplePage
from ui.pages.programme import ProgrammePage
from ui.pages.security import SecurityPage
from ui.pages.tandem import TandemPage
from ui.parts.meeting_list import MeetingItem
from ui.parts.page import Page
from ui.shell import warming
from ui.shell.workplace import Workplace

MOST_WIDGETS = 190  # in one piece; the pairing page has over a thousand
PIECES = 100  # more than all pages have


def made(workplace: Workplace) -> list[str]:
    return [one.key for one in workplace.pages if one.key in workplace._ahead]


def all_ahead(workplace: Workplace) -> None:
    for _ in range(PIECES):
        workplace.make_ahead()


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo()


@pytest.fixture
def workplace(stage: Stage) -> Workplace:
    return stage.workplace


def test_one_page_at_a_time_until_all_are_there(workplace: Workplace) -> None:
    unvisited = [one.key for one in workplace.pages if one.key != workplace.page.key]
    begun = []
    for _ in range(PIECES):
        workplace.make_ahead()
        begun.append(len(made(workplace)))
        assert made(workplace) == unvisited[: begun[-1]]
    assert begun.count(2) > 2, "a page of many widgets comes in pieces"
    assert made(workplace) == unvisited
    assert len(workplace.built) == 1  # nobody was there


def test_no_piece_makes_a_page_of_many_widgets_alone(workplace: Workplace) -> None:
    """A turn of the window must not wait for all of them."""
    pieces: dict[str, int] = {}
    for _ in range(PIECES):
        before = len(QApplication.allWidgets())
        if not workplace.make_ahead():
            break
        grown = len(QApplication.allWidgets()) - before
        assert grown < MOST_WIDGETS, made(workplace)
        pieces[made(workplace)[-1]] = pieces.get(made(workplace)[-1], 0) + 1
    assert min(pieces[key] for key in ("people", "programme", "pairing", "tandem", "notes", "documents")) >= 3


def test_the_first_visit_shows_the_page_that_was_made(workplace: Workplace) -> None:
    all_ahead(workplace)
    pages = dict(workplace._ahead)
    shown = workplace.page
    for key, page in pages.items():
        assert page.stale
        assert not page.isVisible()
        workplace.desk.go(Place(key))
        assert workplace.page is page
        assert page.isVisible()
        assert not page.stale  # what was changed after it was made is read now
    assert made(workplace) == []
    assert shown not in pages.values()


def test_security_follows_the_settings_made_ahead_or_visited(workplace: Workplace) -> None:
    all_ahead(workplace)
    for minutes in (30, 10):
        workplace.desk.change_settings(idle_minutes=minutes)
        workplace.desk.go(Place("security"))
        assert isinstance(workplace.page, SecurityPage)
        assert workplace.page.idle.text() == f"after {minutes} min"


def test_a_tandem_made_ahead_shows_its_own_meetings_and_goals(workplace: Workplace) -> None:
    all_ahead(workplace)
    vault, programme = workplace.desk.vault, workplace.desk.programme
    assert programme is not None
    workplace.desk.go(Place("tandem"))
    page = workplace.page
    assert isinstance(page, TandemPage)
    assert page.hint.isVisible()  # none was chosen
    for number in (3, 1):
        shown = tandems.of_programme(vault, programme)[number].id
        workplace.desk.go(Place("tandem", shown))
        assert list(page.meetings.items) == [one.id for one in meetings.of_tandem(vault, shown)]
        assert [item.meeting for item in page.meetings.items.values()] == list(page.meetings.items)
        assert list(page.goals.items) == [one.id for one in goals.of_tandem(vault, shown)]
        assert all(item.isVisible() for item in (*page.meetings.items.values(), *page.goals.items.values()))
    assert len(page.meetings.findChildren(MeetingItem)) == len(page.meetings.items)


def test_the_head_of_a_page_made_ahead_is_laid_out_for_what_is_in_it_now(open_demo: OpenWindow) -> None:
    stage = open_demo("de", text_size=150)
    stage.window.setFixedSize(1280, 800)
    all_ahead(stage.workplace)
    below = {}
    for key in ("people", "documents", "pairing", "programme", "tandems"):
        stage.desk.go(Place(key))
        stage.qtbot.waitUntil(lambda: not tasks.running())
        QApplication.processEvents()
        head = stage.page._head
        assert head is not None
        shown = head.direction()
        stage.page._lay_head()
        assert head.direction() is shown, key
        below[key] = shown is QBoxLayout.Direction.TopToBottom
    assert below["documents"], "else this test says nothing"


def test_a_note_made_ahead_lets_what_it_is_about_be_seen(open_demo: OpenWindow) -> None:
    stage = open_demo("de", text_size=200)
    stage.window.setFixedSize(1280, 800)
    all_ahead(stage.workplace)
    stage.desk.go(Place("notes"))
    page = stage.page
    assert isinstance(page, NotesPage)
    QApplication.processEvents()
    card = page.editor_card
    shown = card.maximumHeight()
    page.resizeEvent(QResizeEvent(page.size(), page.size()))  # as when somebody drags the window and comes back
    assert card.maximumHeight() == shown
    assert shown < page.height(), "else this test says nothing"


def test_a_page_that_can_not_be_made_now_is_left_to_its_first_visit(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def away(page: Page) -> None:
        tried.append(page.key)
        raise Fault("vault.away")

    with monkeypatch.context() as patch:
        patch.setattr(Page, "prepare", away)
        all_ahead(workplace)  # once a second, whatever happens: nobody has asked for it
    assert len(tried) == len(set(tried)) > 5
    assert made(workplace) == []
    workplace.desk.go(Place("security"))
    assert isinstance(workplace.page, SecurityPage)


def test_a_page_that_is_visited_while_it_is_made_is_whole(workplace: Workplace) -> None:
    met = set()
    for _ in range(PIECES):
        workplace.make_ahead()
        key = made(workplace)[-1]
        if key in met or not isinstance(page := workplace._ahead[key], PeoplePage | PairingPage | ProgrammePage):
            continue
        met.add(key)
        workplace.desk.go(Place(key))
        assert workplace.page is page
        assert page.isVisible()
        if len(met) == 3:
            break
    assert len(met) == 3
    workplace.desk.go(Place("overview"))
    all_ahead(workplace)
    assert {*made(workplace), *(page.key for page in workplace.built)} == {one.key for one in workplace.pages}


def test_a_page_that_fails_half_way_is_made_anew_by_its_first_visit(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: PairingPage) -> None:
        raise Fault("vault.away")

    with monkeypatch.context() as patch:
        patch.setattr(PairingPage, "_build_desk", away)
        all_ahead(workplace)
    assert "pairing" not in made(workplace)
    workplace.desk.go(Place("pairing"))
    assert isinstance(workplace.page, PairingPage)
    assert workplace.page.weights.isHidden()


def test_of_a_page_that_breaks_half_way_nothing_is_shown(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: PairingPage) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(PairingPage, "_build_desk", broken)
        with pytest.raises(ZeroDivisionError):
            all_ahead(workplace)
    workplace.desk.go(Place("pairing"))
    assert isinstance(workplace.page, PairingPage)
    assert workplace.page.weights.isHidden()


def homeless() -> set[str]:
    delete_now()
    return {type(one).__name__ for one in QApplication.topLevelWidgets() if not one.parent()}


@pytest.mark.parametrize("key", ["people", "programme", "pairing", "tandem", "notes", "documents"])
def test_of_a_page_half_made_nothing_is_left_behind(workplace: Workplace, key: str) -> None:
    before = homeless()
    facts = next(one for one in workplace.pages if one.key == key)
    for count in range(1, PIECES):
        page = facts.load()(workplace.desk, workplace.stack, whole=False)
        further = [page.make_further() for _ in range(count)][-1]
        page.give_up()
        assert homeless() == before
        if not further:
            break
    assert count > 2, "else this test says nothing"


def test_another_look_leaves_nothing_of_pages_half_made(stage: Stage) -> None:
    before = homeless()
    while "PairingBoard" not in homeless():
        stage.workplace.make_ahead()
    stage.window.look_anew()
    assert homeless() == before


def test_a_window_that_closes_leaves_nothing_of_pages_half_made(stage: Stage) -> None:
    before = homeless()
    while "PairingBoard" not in homeless():
        stage.workplace.make_ahead()
    stage.window.close()
    assert homeless() <= before


def test_only_where_the_window_rests(stage: Stage, workplace: Workplace) -> None:
    window = stage.window
    whole = window.idle.minutes * 60
    stage.qtbot.waitUntil(lambda: not tasks.running())  # nothing is made beside work
    warming.make_a_page(window, whole)
    warming.make_a_page(window, whole - warming.REST_S + 1)
    assert made(workplace) == []
    warming.make_a_page(window, whole - warming.REST_S)
    assert len(made(workplace)) == 1
