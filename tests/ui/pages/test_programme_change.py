"""Another kind of programme: what is said of those who take part, and the title that somebody has just given it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pairing_samples import fill

from app.domain.presets import PRESETS
from app.domain.programmes import Programme, ProgrammeKind
from app.places import places
from app.services import programmes as verbs
from app.settings import Settings
from app.store import programmes
from app.store.vault import Vault
from ui.desk import Desk, Saying
from ui.parts.programme_change import keep_settings

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Desk:
    fill(vault)
    return Desk(vault, places(home), Settings())


def stored(desk: Desk) -> Programme:
    assert desk.programme is not None
    found = programmes.programme(desk.vault, desk.programme)
    assert found is not None
    return found


def become(desk: Desk, before: Programme, kind: ProgrammeKind) -> str:
    """Takes a preset of that kind; gives what is said."""
    said: list[Saying] = []
    desk.said.connect(said.append)
    keep_settings(desk, before, next(one for one in PRESETS if one.kind is kind).applied(before))
    return said[-1].text


def test_a_title_that_was_changed_while_the_plan_was_made_stays(desk: Desk) -> None:
    before = stored(desk)
    desk.do(verbs.edit, before.id, title="Round two")
    become(desk, before, ProgrammeKind.CLASSIC)
    assert (stored(desk).kind, stored(desk).title) == (ProgrammeKind.CLASSIC, "Round two")


def test_who_has_left_is_not_counted(desk: Desk) -> None:
    before = stored(desk)
    gone = programmes.enrolments(desk.vault, before.id)[0]
    desk.do(verbs.withdraw, [gone.id])
    assert become(desk, before, ProgrammeKind.MUTUAL) == "3 people are tandem partners now"
    assert become(desk, stored(desk), ProgrammeKind.CLASSIC).startswith("3 people are mentors and mentees still")
