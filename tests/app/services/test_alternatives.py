"""Each published tandem keeps whom its members would have had instead, and no word of what is confidential."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest
from snapshots import do, run

from app.domain.drafts import Method, PairIds
from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TandemId
from app.domain.people import Side, Skill
from app.domain.programmes import Criterion, ProgrammeKind, Role
from app.domain.tandems import Origin, TandemSide
from app.errors import Cancelled
from app.pairing.alternatives import Alternative
from app.pairing.rounds import Round
from app.services import drafts, erase, people, plans, programmes, tandems, topics
from app.services.alternatives import instead, solved_to_publish
from app.services.bring_back import bring_back
from app.store import alternatives, excerpts
from app.store import backups as shelf
from app.store import people as stored_people
from app.store import tandems as stored
from app.store.excerpts import What
from app.store.vault import Vault

MENTOR, MENTEE = TandemSide.MENTOR, TandemSide.MENTEE
Filled = tuple[ProgrammeId, dict[str, PersonId], dict[str, EnrolmentId]]


@pytest.fixture
def filled(vault: Vault) -> Filled:
    """Adler is best for Dorn, then Berg, then Conrad; of the mentees Ernst can do with anybody."""
    skill = run(vault, topics.add, "Werkstoff", "Material")
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde"))
    run(vault, programmes.edit, made, weights={one: 10 * (one is Criterion.SKILLS) for one in Criterion})
    persons, enrolled = {}, {}
    for name, side, level in (
        ("Adler", Side.OFFERED, 4), ("Berg", Side.OFFERED, 3), ("Conrad", Side.OFFERED, 1),
        ("Dorn", Side.SOUGHT, 4), ("Ernst", None, 0),
    ):  # fmt: skip
        skills = () if side is None else (Skill(topic=skill, side=side, level=level),)
        persons[name] = run(vault, people.add, replace(people.blank(), family_name=name, skills=skills))
        role = Role.MENTOR if side is Side.OFFERED else Role.MENTEE
        (enrolled[name],) = run(vault, programmes.enrol, made, [persons[name]], role)
    return made, persons, enrolled


def publish(vault: Vault, programme: ProgrammeId) -> dict[PersonId, TandemId]:
    """Gives the tandem of each mentee."""
    do(vault, drafts.publish, programme, plans.solve(plans.read_basis(vault, programme)).pairs)
    return {one.mentee.person: one.id for one in stored.of_programme(vault, programme)}


def told(vault: Vault, tandem: TandemId, persons: dict[str, PersonId]) -> dict[TandemSide, str]:
    names = {identity: name for name, identity in persons.items()}
    return {side: names[person] for side, (person, _) in alternatives.of_tandem(vault, tandem).items()}


def test_each_side_keeps_whom_it_would_have_had_in_the_plan_without_the_tandem(vault: Vault, filled: Filled) -> None:
    made, persons, _ = filled
    tandem = publish(vault, made)[persons["Dorn"]]
    assert told(vault, tandem, persons) == {MENTOR: "Ernst", MENTEE: "Berg"}
    score = alternatives.of_tandem(vault, tandem)[MENTEE][1]
    found = stored.tandem(vault, tandem)
    assert found is not None
    assert 0 < score < found.score
    assert score == plans.check(plans.read_basis(vault, made), (filled[2]["Berg"], filled[2]["Dorn"])).score


def test_a_kept_pair_keeps_the_others_with_the_most_points(vault: Vault, filled: Filled) -> None:
    made, persons, enrolled = filled
    run(vault, drafts.lock, made, [(enrolled["Conrad"], enrolled["Dorn"])], Origin.BY_HAND)
    assert told(vault, publish(vault, made)[persons["Dorn"]], persons) == {MENTOR: "Ernst", MENTEE: "Adler"}


def test_nobody_is_named_whom_a_mentor_of_several_has_already(vault: Vault, filled: Filled) -> None:
    """In the best plan without Dorn Adler gets Ernst, whom Adler has anyway in the one that is published."""
    made, persons, enrolled = filled
    adler, berg, dorn, ernst = (enrolled[name] for name in ("Adler", "Berg", "Dorn", "Ernst"))
    run(vault, programmes.leave, [enrolled["Conrad"]])
    run(vault, programmes.edit_enrolment, adler, capacity=2)
    other = run(vault, topics.add, "Sprachen", "Languages")
    for name, side, level in (("Adler", Side.OFFERED, 1), ("Berg", Side.OFFERED, 4), ("Ernst", Side.SOUGHT, 4)):
        before = stored_people.person(vault, persons[name])
        assert before is not None
        skills = (*before.skills, Skill(topic=other, side=side, level=level))
        run(vault, people.edit, persons[name], skills=skills)
    round_ = plans.opened(plans.read_basis(vault, made))
    assert set(round_.plan.ids()) == {(adler, dorn), (berg, ernst)}
    assert round_.alternatives([(adler, dorn)])[adler, dorn].mentor_gets == ernst
    published = [(adler, dorn), (adler, ernst)]  # as a stable plan may be
    (found,) = instead(round_, published, published[:1]).values()
    assert [(one.side, one.enrolment) for one in found] == [(MENTEE, berg)]


def test_of_a_stable_plan_the_next_stable_one_is_kept(vault: Vault, filled: Filled) -> None:
    """Adler and Ernst wish for each other, so that Dorn gets Conrad without Berg; by points alone it were Adler."""
    made, persons, enrolled = filled
    run(vault, people.set_wishes, persons["Ernst"], [persons["Adler"]])
    run(vault, people.set_wishes, persons["Adler"], [persons["Ernst"]])
    run(vault, drafts.seek, made, method=Method.STABLE)
    basis = plans.read_basis(vault, made)
    round_ = plans.opened(basis)
    plan = plans.plan_of(round_, Method.STABLE)
    adler, berg, dorn, ernst = (enrolled[name] for name in ("Adler", "Berg", "Dorn", "Ernst"))
    assert set(plan.ids()) == {(adler, ernst), (berg, dorn)}
    found = solved_to_publish(basis, plan.ids())
    (kept,) = [one.instead for one in found.pairs if one.ids == (berg, dorn)]
    conrad = enrolled["Conrad"]
    assert {one.side: one.enrolment for one in kept} == {MENTOR: ernst, MENTEE: conrad}  # Adler stays with Ernst


def test_only_of_what_is_published_another_plan_is_sought_and_it_can_be_given_up(
    vault: Vault, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, persons, _ = filled
    pairs = plans.solve(plans.read_basis(vault, made)).pairs
    assert len(pairs) == 2
    genuine, sought = Round.alternatives, list[PairIds]()

    def alternatives_of(round_: Round, wanted: Collection[PairIds]) -> dict[PairIds, Alternative]:
        sought.extend(wanted)
        return genuine(round_, wanted)

    monkeypatch.setattr(Round, "alternatives", alternatives_of)

    def give_up() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        solved_to_publish(plans.read_basis(vault, made), [one.ids for one in pairs], give_up)
    assert sought == []
    do(vault, drafts.publish, made, pairs[:1])
    assert sought == [pairs[0].ids]
    (tandem,) = stored.of_programme(vault, made)
    assert told(vault, tandem.id, persons)


def test_nobody_is_named_whom_a_confidential_rule_or_a_no_keeps_apart(vault: Vault, filled: Filled) -> None:
    made, persons, enrolled = filled
    run(vault, people.set_vetoes, persons["Dorn"], [persons["Berg"]])
    tandem = publish(vault, made)[persons["Dorn"]]
    assert told(vault, tandem, persons)[MENTEE] == "Conrad"
    vault.undo()
    run(vault, drafts.ban, made, [(enrolled["Conrad"], enrolled["Dorn"])])
    assert MENTEE not in told(vault, publish(vault, made)[persons["Dorn"]], persons)


def test_in_mutual_programmes_both_have_one_too(vault: Vault, filled: Filled) -> None:
    made, persons, _ = filled
    other = run(vault, programmes.add, replace(programmes.blank(), title="Zwei", kind=ProgrammeKind.MUTUAL))
    run(vault, programmes.enrol, other, list(persons.values())[:4], Role.BOTH)
    for tandem in publish(vault, other).values():
        found = told(vault, tandem, persons)
        assert len(set(found.values())) == 2
        members = {one.person for one in stored.tandem(vault, tandem).members}  # type: ignore[union-attr]
        assert not members & {persons[name] for name in found.values()}
    assert made != other


def test_who_is_deleted_for_good_is_no_longer_anybodys_alternative(vault: Vault, filled: Filled) -> None:
    made, persons, _ = filled
    tandem = publish(vault, made)[persons["Dorn"]]
    run(vault, erase.erase, persons["Berg"])
    assert told(vault, tandem, persons) == {MENTOR: "Ernst"}
    assert not vault.rows("SELECT 1 FROM alternative WHERE tandem_id NOT IN (SELECT id FROM tandem)")


def test_who_leaves_the_programme_is_none_either_and_undo_brings_that_back(vault: Vault, filled: Filled) -> None:
    made, persons, enrolled = filled
    run(vault, drafts.ban, made, [(enrolled["Berg"], enrolled["Ernst"])])
    tandem = publish(vault, made)[persons["Dorn"]]
    assert told(vault, tandem, persons)[MENTEE] == "Berg"
    do(vault, programmes.leave, [enrolled["Berg"]])
    assert MENTEE not in told(vault, tandem, persons)


def restored(vault: Vault, tmp_path: Path, change: Callable[[], object], tandem: TandemId) -> None:
    """Brings a tandem back out of a backup from before the change."""
    backup = vault.back_up(tmp_path / "backups")
    change()
    with vault.reading(backup) as then:
        found = excerpts.excerpt(then, vault, What.TANDEM, tandem)
    do(vault, bring_back, found)


def test_a_tandem_out_of_a_backup_has_its_alternatives_again(vault: Vault, filled: Filled, tmp_path: Path) -> None:
    made, persons, _ = filled
    tandem = publish(vault, made)[persons["Dorn"]]
    restored(vault, tmp_path, lambda: run(vault, tandems.remove, [tandem]), tandem)
    assert told(vault, tandem, persons) == {MENTOR: "Ernst", MENTEE: "Berg"}


def test_nobody_comes_back_only_because_they_were_an_alternative(vault: Vault, filled: Filled, tmp_path: Path) -> None:
    made, persons, enrolled = filled
    run(vault, drafts.ban, made, [(enrolled["Berg"], enrolled["Ernst"])])
    tandem = publish(vault, made)[persons["Dorn"]]

    def change() -> None:
        run(vault, tandems.remove, [tandem])
        run(vault, people.remove, [persons["Berg"]])

    restored(vault, tmp_path, change, tandem)
    assert told(vault, tandem, persons) == {MENTOR: "Ernst"}
    assert not vault.rows("SELECT 1 FROM person WHERE id = ?", (persons["Berg"],))


def test_a_tandem_is_told_as_unchanged_when_its_alternative_went(vault: Vault, filled: Filled, tmp_path: Path) -> None:
    made, persons, enrolled = filled
    run(vault, drafts.ban, made, [(enrolled["Berg"], enrolled["Ernst"])])
    publish(vault, made)
    backup: shelf.Backup = vault.back_up(tmp_path / "backups")
    run(vault, people.remove, [persons["Berg"]])
    with vault.reading(backup) as then:
        assert {one.state for one in excerpts.entries(then, vault, What.TANDEM)} == {excerpts.State.SAME}
