"""What the letters are made of: a letter for each member, with what both stated and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from snapshots import run

from app.domain.ids import PersonId, ProgrammeId, TandemId
from app.domain.people import Salutation, Side, Skill
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import Origin
from app.errors import Fault
from app.services import letters, meetings, notes, people, programmes, tandems, topics
from app.store import tandems as stored
from app.store.vault import Vault

Filled = tuple[ProgrammeId, list[PersonId], TandemId]


def filled(vault: Vault, kind: ProgrammeKind = ProgrammeKind.REVERSE) -> Filled:
    """A mentor and a mentee who share a topic and an interest; the mentee has secrets."""
    excel, cad, wine = (run(vault, topics.add, name, name) for name in ("Excel", "CAD", "Wein"))
    mentor = replace(
        people.blank(), given_name="Ada", family_name="Adler", email="ada@example.org", interests=("Rudern", "Wein"),
        skills=tuple(Skill(topic=one, side=Side.OFFERED, level=3) for one in (cad, excel)),
    )  # fmt: skip
    mentee = replace(
        people.blank(), given_name="Cem", family_name="Celik", salutation=Salutation.MR, interests=("rudern",),
        skills=(Skill(topic=excel, side=Side.SOUGHT, level=4), Skill(topic=wine, side=Side.OFFERED, level=1)),
        remarks="Geheim",
    )  # fmt: skip
    persons = [run(vault, people.add, one) for one in (mentor, mentee)]
    other = run(vault, people.add, replace(people.blank(), family_name="Dritter"))
    run(vault, people.set_vetoes, persons[0], [other])
    run(vault, people.set_rivals, persons[1], [other])
    run(vault, people.set_wishes, persons[1], [other])
    run(vault, notes.add_gap, persons[1], excel, seen=1, wanted=3, noted_on=date(2026, 2, 3), evidence="Geheim")
    programme = run(
        vault, programmes.add,
        replace(programmes.blank(), title="Runde", kind=kind, contact="Kurt", patron="Paula", greeting="Hallo"),
    )  # fmt: skip
    role = Role.BOTH if kind is ProgrammeKind.MUTUAL else None
    (one,) = run(vault, programmes.enrol, programme, persons[:1], role or Role.MENTOR)
    (two,) = run(vault, programmes.enrol, programme, persons[1:], role or Role.MENTEE)
    tandem = run(vault, tandems.pair, programme, one, two, Origin.SELF_FOUND)
    run(vault, notes.add, title="Geheim", body="Geheim", tandem=tandem)
    return programme, persons, tandem


def test_each_member_learns_of_the_other(vault: Vault) -> None:
    _, _, tandem = filled(vault)
    found = letters.letters(vault, [tandem])
    assert (found.greeting, found.programme.contact, found.programme.patron) == ("Hallo", "Kurt", "Paula")
    to_mentor, to_mentee = found.letters
    assert (to_mentor.to.name, [one.name for one in to_mentor.partners]) == ("Ada Adler", ["Cem Celik"])
    assert (to_mentor.teaches, to_mentor.learns) == (True, False)
    assert (to_mentor.sought, to_mentor.own_offered) == (("Excel",), ("Excel", "CAD"))  # what meets comes first
    assert (to_mentor.offered, to_mentor.own_sought) == ((), ())
    assert to_mentor.interests == ("Rudern",)
    assert (to_mentee.to.salutation, to_mentee.partners[0].email) == (Salutation.MR, "ada@example.org")
    assert (to_mentee.offered, to_mentee.own_sought) == (("Excel", "CAD"), ("Excel",))
    assert to_mentee.self_found
    assert not to_mentee.consented


def test_in_a_mutual_programme_both_pass_on_and_learn(vault: Vault) -> None:
    _, _, tandem = filled(vault, ProgrammeKind.MUTUAL)
    for letter in letters.letters(vault, [tandem]).letters:
        assert letter.teaches
        assert letter.learns
    to_cem = next(one for one in letters.letters(vault, [tandem]).letters if one.to.family_name == "Celik")
    assert (to_cem.offered, to_cem.own_offered, to_cem.own_sought) == (("Excel", "CAD"), ("Wein",), ("Excel",))


def test_nothing_told_in_confidence_is_in_them(vault: Vault) -> None:
    _, _, tandem = filled(vault)
    told = repr(letters.letters(vault, [tandem]))
    for word in ("Geheim", "Dritter", "veto", "rival", "level", "score"):
        assert word not in told


def test_what_is_planned_and_consented_is_known(vault: Vault) -> None:
    _, _, tandem = filled(vault)
    run(vault, meetings.add, tandem, planned_on=date(2026, 3, 9))
    run(vault, meetings.add, tandem, planned_on=date(2026, 3, 2))
    known = stored.tandem(vault, tandem)
    assert known is not None
    run(vault, tandems.consent, known.mentor.id, date(2026, 2, 1))
    to_mentor, to_mentee = letters.letters(vault, [tandem]).letters
    assert (to_mentor.consented, to_mentee.consented) == (True, False)
    assert to_mentor.first_meeting == date(2026, 3, 2)


def test_without_a_tandem_there_is_no_letter(vault: Vault) -> None:
    with pytest.raises(Fault, match="record.gone"):
        letters.letters(vault, [])
