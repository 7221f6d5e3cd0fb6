"""Verbs on people and topics."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from snapshots import do, idle, refused, run

from app import i18n
from app.domain.ids import PersonId, TopicId
from app.domain.people import Confidence, Person, Salutation, Side, Skill
from app.domain.programmes import Role
from app.domain.topics import STARTER
from app.errors import Bug
from app.services import notes, people, programmes, tandems, topics
from app.store import people as stored
from app.store import programmes as stored_programmes
from app.store import topics as stored_topics
from app.store.vault import Vault

LEVEL_CODES = [({"level": 0}, "people.level"), ({"level": 10}, "people.level")]


def person(vault: Vault, family_name: str = "Özdemir", given_name: str = "Aylin", **fields: object) -> PersonId:
    record = replace(people.blank(), family_name=family_name, given_name=given_name, **fields)  # type: ignore[arg-type]
    return run(vault, people.add, record)


def read(vault: Vault, identity: PersonId) -> Person:
    found = stored.person(vault, identity)
    assert found is not None
    return found


def names(vault: Vault) -> list[str]:
    return [found.list_name for found in stored.all_people(vault)]


def test_a_person_comes_back_with_every_field(vault: Vault) -> None:
    topic = do(vault, topics.add, "KI-Werkzeuge", "AI tools")
    house = do(vault, people.add_organisation, "Nachbar GmbH")
    boss = person(vault, "Weiß", "Jürgen")
    record = Person(
        id=people.blank().id,
        given_name="Nguyễn",
        family_name="Thị Hoa",
        title="Dr.",
        salutation=Salutation.MS,
        email="hoa@example.org",
        phone="+49 30 1",
        organisation=house,
        personnel_number="0042",
        department="Entwicklung",
        team="Antrieb",
        project="Nord",
        position="Ingenieurin",
        level=5,
        supervisor=boss,
        location="Kiel",
        entry_date=date(2019, 2, 28),
        languages=("Deutsch", "Tiếng Việt"),
        interests=("Rudern", "Schach"),
        availability=0b1000000001,
        remarks="Zeile 1\nZeile 2\x1f",
        skills=(
            Skill(topic=topic, side=Side.OFFERED, level=3),
            Skill(topic=topic, side=Side.SOUGHT, level=4, priority=3),
        ),
    )
    assert do(vault, people.add, record) == record.id
    assert read(vault, record.id) == record
    assert record in stored.all_people(vault)
    assert stored.supervisors(vault) == {record.id: boss, boss: None}
    assert [one.name for one in stored.organisations(vault)] == ["Nachbar GmbH"]


def test_what_no_column_can_keep_is_left_out(vault: Vault) -> None:
    identity = person(vault, "  Van \t der\x00 Berg ", remarks="a\x00b\ud800", languages=("Deutsch", " ", "Deutsch"))
    found = read(vault, identity)
    assert (found.family_name, found.remarks, found.languages) == ("Van der Berg", "ab", ("Deutsch",))


def test_people_stand_in_the_order_of_a_phone_book(vault: Vault) -> None:
    for name in ("Zander", "Ödön", "Offer", "Özil", "Odenwald", "Çelik", "Cremer"):
        person(vault, name)
    person(vault, "Özil", "Ömer")
    assert names(vault) == [
        "Çelik, Aylin", "Cremer, Aylin", "Odenwald, Aylin", "Ödön, Aylin", "Özil, Aylin", "Özil, Ömer",
        "Offer, Aylin", "Zander, Aylin",
    ]  # fmt: skip
    assert [one.order for one in stored.all_people(vault)] == sorted(one.order for one in stored.all_people(vault))


def test_renaming_moves_a_person_in_the_list(vault: Vault) -> None:
    person(vault, "Müller")
    identity = person(vault, "Zander")
    do(vault, people.edit, identity, family_name="Aydın")
    assert names(vault) == ["Aydın, Aylin", "Müller, Aylin"]


def test_nobody_is_without_a_name(vault: Vault) -> None:
    refused(vault, "people.nameless", people.add, people.blank())
    identity = person(vault)
    refused(vault, "people.nameless", people.edit, identity, family_name=" ", given_name="")
    do(vault, people.edit, identity, family_name="")


@pytest.mark.parametrize(("fields", "code"), LEVEL_CODES)
def test_levels_have_bounds(vault: Vault, fields: dict[str, int], code: str) -> None:
    refused(vault, code, people.edit, person(vault), **fields)


def test_skills_are_changed_as_a_whole_and_each_stands_once(vault: Vault) -> None:
    one, other = (run(vault, topics.add, name, "") for name in ("Excel", "CAD"))
    identity = person(vault, skills=(Skill(topic=one, side=Side.OFFERED, level=1),))
    sought = Skill(topic=one, side=Side.SOUGHT, level=2)
    offered = Skill(topic=other, side=Side.OFFERED, level=4, priority=2)
    do(vault, people.edit, identity, skills=(sought, offered, replace(sought, level=3)))
    assert read(vault, identity).skills == (offered, replace(sought, level=3))
    do(vault, people.edit, identity, skills=(replace(offered, level=2), replace(sought, level=3)))
    assert read(vault, identity).skills == (replace(offered, level=2), replace(sought, level=3))
    refused(vault, "people.skill_level", people.edit, identity, skills=(replace(offered, level=5),))
    do(vault, people.edit, identity, skills=())


def test_an_edit_that_changes_nothing_leaves_nothing_to_undo(vault: Vault) -> None:
    idle(vault, people.edit, person(vault, department="IT"), department=" IT ")


def test_a_field_that_does_not_exist_is_a_bug(vault: Vault) -> None:
    identity = person(vault)
    with pytest.raises(Bug):
        run(vault, people.edit, identity, gender="x")
    with pytest.raises(Bug):
        run(vault, people.edit, identity, id=5)


def test_nobody_stands_above_themselves(vault: Vault) -> None:
    top = person(vault, "Oben")
    middle = person(vault, "Mitte", supervisor=top)
    low = person(vault, "Unten", supervisor=middle)
    refused(vault, "people.supervision_cycle", people.edit, top, supervisor=low)
    refused(vault, "people.supervision_cycle", people.edit, top, supervisor=top)
    refused(vault, "people.supervision_cycle", people.edit_many, [low, top], supervisor=middle)
    do(vault, people.edit_many, [low], supervisor=top)


def test_many_people_are_changed_at_once(vault: Vault) -> None:
    ids = [person(vault, name) for name in ("A", "B", "C")]
    run(vault, people.edit, ids[0], location="Kiel")
    assert do(vault, people.edit_many, ids, location="Kiel") == 2
    topic = run(vault, topics.add, "Excel", "Excel")
    skill = Skill(topic=topic, side=Side.OFFERED, level=2)
    run(vault, people.edit, ids[2], skills=(replace(skill, level=1),))
    assert do(vault, people.add_skill_many, ids, skill) == 3
    assert {read(vault, identity).skills for identity in ids} == {(skill,)}


def test_a_copy_leaves_out_what_belongs_to_one_person(vault: Vault) -> None:
    topic = run(vault, topics.add, "Excel", "Excel")
    skills = (Skill(topic=topic, side=Side.OFFERED, level=2),)
    identity = person(vault, email="a@example.org", personnel_number="1", department="IT", skills=skills)
    with i18n.speaking("en"):
        copy = read(vault, do(vault, people.duplicate, identity))
    assert (copy.family_name, copy.email, copy.personnel_number) == ("Özdemir (copy)", "", "")
    assert (copy.department, copy.skills) == ("IT", skills)


def test_removal_takes_everything_about_a_person_along(vault: Vault) -> None:
    boss, identity, other = (person(vault, name) for name in ("Chefin", "Mustermann", "Other"))
    run(vault, people.edit, identity, supervisor=boss)
    topic = run(vault, topics.add, "Excel", "Excel")
    run(vault, people.edit, boss, skills=(Skill(topic=topic, side=Side.OFFERED, level=2),))
    run(vault, people.set_rivals, boss, [identity])
    run(vault, people.set_vetoes, other, [boss])
    run(vault, people.set_wishes, other, [identity, boss])
    run(vault, notes.add_gap, boss, topic, seen=1, wanted=3)
    note = run(vault, notes.add, title="Gespräch", person=boss)
    programme = run(vault, programmes.add, replace(programmes.blank(), title="Runde"))
    run(vault, programmes.enrol, programme, [boss], Role.MENTEE)
    do(vault, people.remove, [boss])
    assert names(vault) == ["Mustermann, Aylin", "Other, Aylin"]
    assert read(vault, identity).supervisor is None
    assert stored.all_confidences(vault) == {other: Confidence(wished=(identity,))}
    assert stored_programmes.enrolments(vault, programme) == ()
    assert vault.row("SELECT person_id FROM note WHERE id = ?", (note,)) == (None,)


def test_a_member_of_a_tandem_stays(vault: Vault) -> None:
    programme = run(vault, programmes.add, replace(programmes.blank(), title="Runde"))
    one, other, free = (person(vault, name, languages=("Deutsch",)) for name in ("Eins", "Zwei", "Drei"))
    (mentor,) = run(vault, programmes.enrol, programme, [one], Role.MENTOR)
    (mentee,) = run(vault, programmes.enrol, programme, [other], Role.MENTEE)
    run(vault, tandems.pair, programme, mentor, mentee)
    assert refused(vault, "people.in_tandem", people.remove, [one, other, free]).facts == {"count": 2}
    do(vault, people.remove, [free])


def test_confidences(vault: Vault) -> None:
    one, other, third = (person(vault, name) for name in ("Eins", "Zwei", "Drei"))
    do(vault, people.set_rivals, one, [other, third, one])
    assert stored.confidence(vault, third).rivals == {one}
    do(vault, people.set_rivals, third, [])
    assert stored.confidence(vault, one).rivals == {other}
    do(vault, people.set_vetoes, one, [third])
    do(vault, people.set_wishes, one, [third, other, third])
    assert stored.confidence(vault, one).wished == (third, other)
    do(vault, people.set_wishes, one, [other, third])
    assert stored.all_confidences(vault) == {
        one: Confidence(rivals=frozenset({other}), vetoed=frozenset({third}), wished=(other, third)),
        other: Confidence(rivals=frozenset({one})),
    }
    assert stored.confidence(vault, other) == Confidence(rivals=frozenset({one}))
    idle(vault, people.set_wishes, one, [other, third])
    refused(vault, "record.gone", people.set_vetoes, one, [PersonId(7)])


def test_an_organisation_is_there_once(vault: Vault) -> None:
    identity = do(vault, people.add_organisation, "Jäger  & Söhne")
    assert idle(vault, people.add_organisation, " jäger & söhne") == identity
    refused(vault, "organisations.nameless", people.add_organisation, " ")


def test_what_is_gone_is_said_so(vault: Vault) -> None:
    gone = PersonId(99)
    refused(vault, "record.gone", people.edit, gone, team="x")
    refused(vault, "record.gone", people.duplicate, gone)
    refused(vault, "record.gone", people.set_wishes, gone, [])
    assert stored.person(vault, gone) is None


# Topics


def test_topics_are_kept_in_both_languages(vault: Vault) -> None:
    identity = do(vault, topics.add, " Zusammenarbeit ", "Working together")
    refused(vault, "topics.double", topics.add, "", "working  TOGETHER")
    refused(vault, "topics.nameless", topics.add, " ", "")
    do(vault, topics.rename, identity, "Zusammenarbeiten", "Working together")
    do(vault, topics.archive, identity, True)
    assert stored_topics.all_topics(vault, archived=False) == ()
    (topic,) = stored_topics.all_topics(vault)
    assert (topic.name_de, topic.archived) == ("Zusammenarbeiten", True)
    do(vault, topics.archive, identity, False)
    do(vault, topics.remove, identity)
    refused(vault, "record.gone", topics.remove, TopicId(identity))


def test_topics_told_apart_by_a_sign(vault: Vault) -> None:
    for name in ("C", "C++", "C#", ".NET", "Net"):
        do(vault, topics.add, name, name)
    refused(vault, "topics.double", topics.add, "", "c++")


def test_a_topic_in_use_stays(vault: Vault) -> None:
    topic = run(vault, topics.add, "CAD", "CAD")
    person(vault, skills=(Skill(topic=topic, side=Side.OFFERED, level=2),))
    run(vault, programmes.add, replace(programmes.blank(), title="Runde", topics=(topic,)))
    assert refused(vault, "topics.in_use", topics.remove, topic).facts == {"count": 2}


def test_the_starter_topics_are_added_once(vault: Vault) -> None:
    run(vault, topics.add, "Führung", "")
    assert do(vault, topics.add_starter) == len(STARTER) - 1
    assert idle(vault, topics.add_starter) == 0
