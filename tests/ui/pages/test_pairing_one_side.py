"""What the pairing page says of odd cases: only mentors or only mentees so far; a stable plan after a ban."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from pairing_samples import add_person

from app import i18n
from app.domain.programmes import Programme, ProgrammeKind, Role
from app.pairing.plan import Method
from app.services import programmes
from app.services.plans import read_basis
from app.store.vault import Vault
from ui.desk import Place
from ui.parts.pairing_said import after_nothing, change_text, instead_text, nothing_text

ENROL = Place("programme", part="participants")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
def test_the_side_that_nobody_is_on_is_to_be_enrolled(vault: Vault, role: Role, language: str) -> None:
    i18n.set_language(language)
    made = Programme(id=programmes.blank().id, title="One", kind=ProgrammeKind.REVERSE, starts_on=date(2026, 1, 5))
    with vault.change("programmes.add") as change:
        programmes.add(change, made)
    person = add_person(vault, "Jürgen", "Öß")
    with vault.change("programmes.enrol") as change:
        programmes.enrol(change, made.id, [person], role)
    basis = read_basis(vault, made.id)
    only = {
        ("en", Role.MENTOR): "Only mentors are enrolled", ("en", Role.MENTEE): "Only mentees are enrolled",
        ("de", Role.MENTOR): "Bisher sind nur Mentor:innen", ("de", Role.MENTEE): "Bisher sind nur Mentees",
    }  # fmt: skip
    assert nothing_text(basis).startswith(only[language, role])
    assert after_nothing(basis)[1] == ENROL


def test_another_stable_plan_may_score_more_though_nothing_was_kept() -> None:
    i18n.set_language("en")

    def plan(count: int, total: int, method: Method) -> Any:
        return SimpleNamespace(pairs=(None,) * count, total=total, method=method)

    one, best = plan(2, 900, Method.STABLE), plan(2, 900, Method.BEST)
    assert change_text(one, plan(2, 912, Method.STABLE)) == "The next stable plan has 12 points more."
    assert change_text(one, plan(3, 800, Method.STABLE)) == "The next stable plan has 1 pair more."
    assert change_text(one, plan(2, 890, Method.STABLE)) == "The next best plan costs 10 points."
    assert "what was kept had cost 12 points" in change_text(best, plan(2, 912, Method.BEST))


@pytest.mark.parametrize(("capacity", "said"), [(1, "mentor free"), (2, "mentor with a place free")])
def test_a_mentor_of_several_is_not_free_without_one_of_them(capacity: int, said: str) -> None:
    i18n.set_language("en")
    basis: Any = SimpleNamespace(mutual=False, enrolment=lambda _: SimpleNamespace(capacity=capacity))
    found: Any = SimpleNamespace(pair=(1, 2), mentor_gets=None, mentee_gets=None, pairs_lost=1, points_lost=500)
    called: Any = SimpleNamespace()
    assert instead_text(basis, called, found) == f"Otherwise (costs 1 pair): mentee left over, {said}"
