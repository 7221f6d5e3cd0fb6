"""Pages that are made before somebody visits them, while the window rests."""

from __future__ import annotations

import pytest
from window_fixtures import OpenWindow, Stage

from ui.desk import Place
from ui.shell import warming
from ui.shell.workplace import Workplace


def made(workplace: Workplace) -> list[str]:
    return [one.key for one in workplace.pages if one.key in workplace._ahead]


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo()


@pytest.fixture
def workplace(stage: Stage) -> Workplace:
    return stage.workplace


def test_one_page_at_a_time_until_all_are_there(workplace: Workplace) -> None:
    unvisited = [one.key for one in workplace.pages if one.key != workplace.page.key]
    for count in range(1, len(unvisited) + 1):
        workplace.make_ahead()
        assert made(workplace) == unvisited[:count]
    workplace.make_ahead()
    assert made(workplace) == unvisited
    assert len(workplace.built) == 1  # nobody was there


def test_the_first_visit_shows_the_page_that_was_made(workplace: Workplace) -> None:
    for _ in workplace.pages:
        workplace.make_ahead()
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


def test_other_settings_have_them_made_anew(workplace: Workplace) -> None:
    for _ in workplace.pages:
        workplace.make_ahead()
    assert made(workplace)
    workplace.desk.change_settings(idle_minutes=30)
    assert made(workplace) == []
    workplace.make_ahead()
    assert len(made(workplace)) == 1


def test_only_where_the_window_rests(stage: Stage, workplace: Workplace) -> None:
    window = stage.window
    whole = window.idle.minutes * 60
    warming.make_a_page(window, whole)
    warming.make_a_page(window, whole - warming.REST_S + 1)
    assert made(workplace) == []
    warming.make_a_page(window, whole - warming.REST_S)
    assert len(made(workplace)) == 1
