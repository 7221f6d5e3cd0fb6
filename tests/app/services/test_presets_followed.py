"""Rules, weights and places that a programme takes from a preset."""

from __future__ import annotations

from dataclasses import replace

import pytest
from snapshots import do, run

from app.domain.presets import PRESETS, preset_of, usual
from app.domain.programmes import Criterion, ProgrammeKind, Role
from app.services import people, programmes
from app.store import programmes as stored_programmes
from app.store.vault import Vault


@pytest.mark.parametrize("kind", list(ProgrammeKind))
def test_a_programme_begins_with_the_usual_preset_of_its_kind(vault: Vault, kind: ProgrammeKind) -> None:
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde", kind=kind))
    stored_one = stored_programmes.programme(vault, made)
    assert stored_one is not None
    assert preset_of(stored_one) is usual(kind)
    # Another kind brings its own; what somebody set stays.
    for other in ProgrammeKind:
        do(vault, programmes.edit, made, kind=other) if other is not kind else None
        changed = stored_programmes.programme(vault, made)
        assert changed is not None
        assert preset_of(changed) is usual(changed.kind)
        kind = other
    run(vault, programmes.edit, made, weights={Criterion.LOCATION: 9})
    run(vault, programmes.edit, made, kind=ProgrammeKind.CLASSIC)
    own = stored_programmes.programme(vault, made)
    assert own is not None
    assert own.weight(Criterion.LOCATION) == 9


def test_groups_bring_their_places_and_take_them_away_again(vault: Vault) -> None:
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde", kind=ProgrammeKind.CLASSIC))
    persons = [run(vault, people.add, replace(people.blank(), family_name=name)) for name in ("Adler", "Berg")]
    mentors = run(vault, programmes.enrol, made, persons, Role.MENTOR)
    run(vault, programmes.edit_enrolment, mentors[0], capacity=2)  # somebody's own number

    def places() -> list[int]:
        taken = {one.id: one.capacity for one in stored_programmes.enrolments(vault, made)}
        return [taken[one] for one in mentors]

    def follow(key: str) -> None:
        now = stored_programmes.programme(vault, made)
        assert now is not None
        to = next(one for one in PRESETS if one.key == key).applied(now)
        fields = {"rules": to.rules, "weights": to.weights, "numbers": to.numbers, "musts": to.musts}
        do(vault, programmes.settle, made, **fields)

    follow("group")
    assert places() == [2, 4]
    follow("classic")
    assert places() == [2, 1]


def test_what_is_set_together_with_another_kind_holds(vault: Vault) -> None:
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde", kind=ProgrammeKind.REVERSE))
    run(vault, programmes.edit, made, kind=ProgrammeKind.CLASSIC, weights={Criterion.SKILLS: 7})
    stored = stored_programmes.programme(vault, made)
    assert stored is not None
    assert stored.weight(Criterion.SKILLS) == 7
    assert stored.rules == usual(ProgrammeKind.CLASSIC).applied(stored).rules
