from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import OrganisationId, PersonId, TopicId
from app.domain.people import Organisation, Person, Salutation, Side, Skill
from app.domain.programmes import Role
from app.domain.topics import Topic
from app.errors import Cancelled, Fault
from app.exchange.columns import guess_mapping, guess_role
from app.exchange.drafts import MAX_ITEMS, Draft
from app.exchange.fields import Field
from app.exchange.problems import SENTENCES, Code, Problem, Severity, problem_text
from app.exchange.roster import ImportPlan, Status, plan_import, read_drafts
from app.exchange.tables import read_table
from app.i18n import speaking

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 3, 1)
EXCEL = Topic(id=TopicId(1), name_de="Excel", name_en="Excel")
LEADING = Topic(id=TopicId(2), name_de="Führung", name_en="Leadership")


def drafts_of(rows: Sequence[Sequence[str]], **options: object) -> tuple[Draft, ...]:
    return read_drafts(rows, guess_mapping(rows, 0), today=TODAY, **options)  # type: ignore[arg-type]


def plan_of(rows: Sequence[Sequence[str]], people: Sequence[Person] = (), topics: Sequence[Topic] = ()) -> ImportPlan:
    return plan_import(drafts_of(rows), people, (), topics)


def person(number: int, given: str, family: str, **more: object) -> Person:
    return Person(id=PersonId(number), given_name=given, family_name=family, **more)  # type: ignore[arg-type]


def found(plan: ImportPlan) -> list[tuple[int, Code]]:
    return [(problem.row, problem.code) for row in plan.rows for problem in row.problems]


def test_the_staff_list() -> None:
    rows = read_table(SAMPLES / "mitarbeitende.csv").rows
    plan = plan_of(rows)
    assert dict(plan.counts) == {Status.NEW: 76, Status.DOUBLED: 1}
    serious = [(row, code) for row, code in found(plan) if code is not Code.SUPERVISOR_GUESSED]
    assert serious == [(21, Code.DATE), (26, Code.SUPERVISOR_UNKNOWN), (31, Code.DOUBLED)]
    guessed = [row for row, code in found(plan) if code is Code.SUPERVISOR_GUESSED]
    assert guessed == [7, 9, 10, 14, 15, 42, 44, 75]
    by_number = {one.personnel_number: one for one in plan.people_to_insert}
    bjoern, lea = by_number["1021"], by_number["1032"]
    assert (bjoern.given_name, bjoern.family_name, bjoern.email) == ("Björn", "Strauß", "")
    assert lea.supervisor == bjoern.id  # the file names him by an address it does not have
    assert by_number["1028"].supervisor == bjoern.id  # by number
    assert by_number["1031"].supervisor == bjoern.id  # by name
    assert by_number["1099"].entry_date is None
    assert by_number["1125"].supervisor is None
    assert by_number["1009"].supervisor is None
    assert sum(one.supervisor is None for one in plan.people_to_insert) == 2
    assert by_number["1014"].languages == ("Deutsch", "Türkisch")
    assert by_number["1014"].interests == ("Imkern", "Segeln", "Fotografie")
    assert plan.roles[bjoern.id if bjoern.id in plan.roles else by_number["1014"].id][0] is Role.BOTH
    assert plan.roles[by_number["1028"].id] == (Role.MENTOR, 2)
    assert bjoern.id not in plan.roles
    topics = {topic.name_de: topic for topic in plan.new_topics}
    assert len(topics) == 14
    assert topics["Netzwerken"].name_en == "Networking"
    assert bjoern.skills == (
        Skill(topic=topics["Qualitätssicherung"].id, side=Side.OFFERED, level=2),
        Skill(topic=topics["Netzwerken"].id, side=Side.OFFERED, level=4),
        Skill(topic=topics["Videokonferenz"].id, side=Side.SOUGHT, level=4),
    )


@pytest.mark.parametrize("name", ["mitarbeitende", "mentees", "mentors"])
def test_a_second_import_changes_nothing(name: str) -> None:
    rows = read_table(SAMPLES / f"{name}.csv").rows
    first = plan_of(rows)
    drafts = drafts_of(rows)
    again = plan_import(drafts, first.people_to_insert, first.new_organisations, first.new_topics)
    assert set(again.counts) <= {Status.UNCHANGED, Status.DOUBLED}
    assert not again.writes_something
    assert not again.new_topics
    assert not again.new_organisations
    assert {row.person for row in again.rows if row.person} == {one.id for one in first.people_to_insert}


def test_two_files_of_a_programme() -> None:
    rows = read_table(SAMPLES / "mentors.csv").rows
    drafts = drafts_of(rows, role=guess_role("mentors.csv"))
    assert {draft.role for draft in drafts} == {Role.MENTOR, Role.BOTH}
    plan = plan_import(drafts, (), (), ())
    assert len(plan.people_to_insert) == len(plan.roles) == 50
    assert len(plan.new_organisations) == 6
    kept = repr(plan.people_to_insert)
    assert "Asexual" not in kept
    assert "My name is" not in kept


def test_supervisors_come_before_their_people() -> None:
    plan = plan_of(read_table(SAMPLES / "mitarbeitende.csv").rows)
    reverse = plan_of(
        [("Personalnummer", "Nachname", "Vorgesetzte/r"), *((str(n), f"N{n}", str(n + 1)) for n in range(1, 2000))]
    )
    for one in (plan, reverse):
        seen: set[PersonId] = set()
        for human in one.people_to_insert:
            assert human.supervisor is None or human.supervisor in seen
            seen.add(human.id)


HEAD = ("Personal-Nr.", "Nachname", "Vorname", "E-Mail", "Abteilung", "Kann", "Möchte lernen", "Sprachen", "Ebene")


def test_an_empty_cell_takes_nothing_away() -> None:
    known = person(
        7, "Ida", "Groß", personnel_number="0012", email="Ida@x.de", department="IT", level=3, title="Dr.",
        languages=("Deutsch", "Englisch"), interests=("Schach",), remarks="x", salutation=Salutation.MS,
        skills=(
            Skill(topic=EXCEL.id, side=Side.OFFERED, level=4, priority=3),
            Skill(topic=LEADING.id, side=Side.SOUGHT, level=2),
        ),
    )  # fmt: skip
    same = plan_of([HEAD, ("12", "GROSS", "Ida", "", "", "", "", "", "")], [known], [EXCEL, LEADING])
    assert same.rows[0].changed == (Field.FAMILY_NAME,)
    same = plan_of(
        [HEAD, ("12", "Groß", "Ida", "ida@X.DE", "IT", "excel", "Leadership", "Englisch, Deutsch", "3")],
        [known],
        [EXCEL, LEADING],
    )
    assert same.rows[0].status is Status.UNCHANGED
    changed = plan_of(
        [HEAD, ("12", "Groß", "Ida", "", "HR", "Excel (3); C++; C#", "", "Deutsch", "-")], [known], [EXCEL, LEADING]
    )
    assert changed.rows[0].changed == (Field.DEPARTMENT, Field.LANGUAGES, Field.OFFERED)
    (after,) = changed.people_to_update
    assert after == replace(known, department="HR", languages=("Deutsch",), skills=after.skills)
    assert [topic.name_de for topic in changed.new_topics] == ["C++", "C#"]
    plus, sharp = changed.new_topics
    assert after.skills == (
        Skill(topic=EXCEL.id, side=Side.OFFERED, level=3, priority=3),
        Skill(topic=plus.id, side=Side.OFFERED, level=2),
        Skill(topic=sharp.id, side=Side.OFFERED, level=2),
        Skill(topic=LEADING.id, side=Side.SOUGHT, level=2),
    )


def _status(row: tuple[str, str, str, str, str], *people: Person) -> tuple[Status, PersonId | None, list[Code]]:
    plan = plan_of([HEAD[:5], row], people)
    return plan.rows[0].status, plan.rows[0].person, [problem.code for problem in plan.rows[0].problems]


def test_who_is_who() -> None:
    anna = person(1, "Anna", "Schmidt", personnel_number="1", email="a@x.de", department="IT")
    other = person(2, "Anna", "Schmidt", personnel_number="2", email="as@x.de", department="HR")
    plain = person(3, "Björn", "Müller", department="IT")
    assert _status(("1", "Krause", "Anna", "", ""), anna, other)[1] == 1  # the number goes first
    assert _status(("", "Krause", "Anna", "A@X.de", ""), anna, other)[1] == 1  # married, same address
    assert _status(("", "Schmidt", "Anna", "", "HR"), anna, other)[1] == 2  # name and department
    assert _status(("", "Schmidt", "Anna", "", ""), anna, other) == (Status.WRONG, None, [Code.AMBIGUOUS_PERSON])
    status, who, codes = _status(("9", "Schmidt", "Anna", "", "IT"), anna, other)
    assert (status, codes) == (Status.NEW, [Code.SAME_NAME])
    assert who not in (1, 2)
    assert _status(("", "Kaya", "Ida", "a@x.de", ""), anna)[2] == [Code.EMAIL_SHARED]
    assert _status(("5", "Mueller", "Björn", "b@x.de", ""), plain)[1] == 3  # gets number and address
    assert _status(("", "Muller", "Björn", "", "IT"), plain)[0] is Status.NEW  # another name
    assert _status(("", "Müller", "Björn", "", "HR"), plain)[2] == [Code.SAME_NAME]
    assert _status(("", "Schmidt", "Anna", "a@new.de", "IT"), anna)[1] == 1  # the domain moved


def test_doubled_rows() -> None:
    plan = plan_of(
        [HEAD[:5], ("1", "A", "B", "", ""), ("2", "A", "B", "", ""), ("1", "A", "B", "", ""), ("2", "A", "B", "", "IT")]
    )
    assert [row.status for row in plan.rows] == [Status.NEW, Status.NEW, Status.DOUBLED, Status.DOUBLED]
    assert found(plan) == [(3, Code.SAME_NAME), (4, Code.DOUBLED), (5, Code.DOUBLED_DIFFERS)]
    assert "row 3" in _english(plan.rows[3].problems[0])


def _english(problem: Problem) -> str:
    with speaking("en"):
        return problem_text(problem)


BOSSES = ("Personal-Nr.", "Nachname", "Vorname", "E-Mail", "Vorgesetzte/r", "Ebene")


def _boss(text: str, *people: Person) -> tuple[PersonId | None, list[Code]]:
    plan = plan_of([BOSSES, ("77", "Neu", "Nele", "n@x.de", text, "")], people)
    return plan.people_to_insert[0].supervisor, [code for _, code in found(plan)]


def test_supervisors_by_all_their_names() -> None:
    jerome = person(1, "Jérôme", "Mayer", personnel_number="0014", email="jm@x.de")
    thomas = person(2, "Thomas", "von der Heide")
    muller, mueller = person(3, "Mara", "Muller"), person(4, "Mara", "Müller")
    everybody = (jerome, thomas, muller, mueller)
    for text in ("0014", "14", "JM@x.de", "Mayer, Jérôme", "Jérôme Mayer", "Mayer Jérôme", "Dr. Jérôme Mayer",
                 "Mayer, Jérôme (14)", "Mayer, Jerome", "Jérôme Mayer <jm@x.de>",
                 "Jérôme Mayer <old@y.de>"):  # fmt: skip
        assert _boss(text, *everybody) == (1, []), text
    assert _boss("Thomas von der Heide", *everybody) == (2, [])
    assert _boss("von der Heide, Thomas", *everybody) == (2, [])
    assert _boss("Muller, Mara", *everybody) == (3, [])
    assert _boss("Müller, Mara", *everybody) == (4, [])
    assert _boss("Mueller, Mara", *everybody) == (4, [])
    assert _boss("Mayer", *everybody) == (1, [Code.SUPERVISOR_GUESSED])
    assert _boss("thomas.vonderheide@x.de", *everybody) == (2, [Code.SUPERVISOR_GUESSED])
    assert _boss("thomas.vonderheide@elsewhere.de", *everybody) == (None, [Code.SUPERVISOR_UNKNOWN])
    assert _boss("jerome.mayer@x.de", *everybody) == (None, [Code.SUPERVISOR_UNKNOWN])  # he has another address
    assert _boss("mara.mueller@x.de", *everybody) == (None, [Code.SUPERVISOR_AMBIGUOUS])
    assert _boss("Unbekannt, Udo", *everybody) == (None, [Code.SUPERVISOR_UNKNOWN])
    assert _boss("999", *everybody) == (None, [Code.SUPERVISOR_UNKNOWN])
    assert _boss("–", *everybody) == (None, [])
    assert _boss("77", *everybody) == (None, [Code.SUPERVISOR_SELF])
    twins = (person(1, "Ida", "Kaya"), person(2, "Ida", "Kaya"))
    assert _boss("Kaya, Ida", *twins) == (None, [Code.SUPERVISOR_AMBIGUOUS])


def test_circles_of_supervisors() -> None:
    rows = [BOSSES, ("1", "A", "", "", "3", "1"), ("2", "B", "", "", "1", "2"), ("3", "C", "", "", "2", "3")]
    plan = plan_of(rows)
    assert found(plan) == [(2, Code.SUPERVISOR_CYCLE)]  # the highest of them reports to nobody
    assert [one.supervisor is None for one in plan.people_to_insert] == [True, False, False]


def test_a_circle_with_somebody_who_is_not_in_the_file() -> None:
    boss = person(1, "", "A", personnel_number="1", supervisor=PersonId(2))
    known = person(2, "", "B", personnel_number="2")
    plan = plan_of([BOSSES, ("2", "B", "", "", "1", "")], [boss, known])
    assert found(plan) == [(2, Code.SUPERVISOR_SUPERSEDED)]
    assert {(one.id, one.supervisor) for one in plan.people_to_update} == {(known.id, boss.id), (boss.id, None)}
    already = [boss, replace(known, supervisor=boss.id)]  # a circle of old is left alone
    assert found(plan_of([BOSSES, ("9", "Z", "", "", "1", "")], already)) == []


def test_a_name_that_begins_with_frau_or_herr_says_how_to_address_somebody() -> None:
    names = ("Frau Dr. Sabine Öztürk", "Berger, Herr Tom", "Ida Herr")
    rows = [("Name", "Abteilung"), *((name, "IT") for name in names)]
    drafts = drafts_of(rows)
    assert [(one.title, one.given_name, one.family_name, one.salutation) for one in drafts] == [
        ("Dr.", "Sabine", "Öztürk", Salutation.MS),
        ("", "Tom", "Berger", Salutation.MR),
        ("", "Ida", "Herr", None),
    ]


def test_what_cannot_be_read_is_left_out() -> None:
    rows = [
        ("Nachname", "Vorname", "E-Mail", "Ebene", "Eintritt", "Kann", "Rolle im Programm", "Max. Tandems", "Anrede",
         "Verfügbarkeit", "Abteilung", "Interessen"),
        *[("Gut", "Ida", "i@x.de", "2", "01.02.2020", "Excel (3)", "Mentor", "2", "Frau", "Mo", "IT", "Chor")] * 2,
        ("Schlecht", "Udo", "udo", "hoch", "31.02.2022", "Excel (9); CAD (0); Führung", "Chef", "99", "Eminenz", "oft",
         "x" * 500, ", ".join(map(str, range(MAX_ITEMS + 1)))),
        ("", "", "x@y.de", "1", "#NV", "", "", "", "", "", "", ""),
    ]  # fmt: skip
    draft, _, bad, nameless = drafts_of(rows)
    assert (draft.role, draft.capacity, draft.salutation, draft.availability) == (Role.MENTOR, 2, Salutation.MS, 3)
    assert {problem.code for problem in bad.problems} == {
        Code.EMAIL, Code.GRADE, Code.DATE, Code.SKILL_LEVEL, Code.ROLE, Code.CAPACITY, Code.SALUTATION,
        Code.AVAILABILITY, Code.TOO_LONG, Code.TOO_MANY,
    }  # fmt: skip
    assert bad.importable
    assert [skill.topic for skill in bad.offered] == ["Führung"]
    assert (bad.email, bad.level, bad.entry_date, bad.role, bad.capacity) == ("", None, None, None, None)
    assert {problem.code for problem in nameless.problems} == {Code.NO_NAME, Code.ERROR_CELL}
    assert not nameless.importable
    plan = plan_import((nameless,), (), (), ())
    assert plan.rows[0].status is Status.WRONG
    assert plan.rows[0].problems[0].severity is Severity.ERROR


def test_names_in_one_cell_titles_and_repeated_headers() -> None:
    rows = [
        ("Name", "Anrede", "Firma"),
        ("Özdemir, Dr. Aylin", "Frau", "Nord AG"),
        ("", "", ""),
        ("Name", "Anrede", "Firma"),
        ("Jonas Groß", "Herr Prof.", "Haus GmbH"),
    ]
    drafts = drafts_of(rows)
    assert [(d.row, d.title, d.given_name, d.family_name) for d in drafts] == [
        (2, "Dr.", "Aylin", "Özdemir"),
        (5, "Prof.", "Jonas", "Groß"),
    ]
    nord = Organisation(id=OrganisationId(5), name="NORD AG")
    plan = plan_import(drafts, (), (nord,), (), house="Haus GmbH")
    assert [one.organisation for one in plan.people_to_insert] == [5, None]
    assert plan.new_organisations == ()


def test_words_for_levels_and_american_dates() -> None:
    rows = [
        ("Last name", "Level", "Start date"),
        ("A", "Senior", "03/04/2020"),
        ("B", "2", "03/25/2020"),
        ("C", "2", ""),
    ]
    first, second, _ = drafts_of(rows, levels={"Senior": 3})
    assert (first.level, first.entry_date) == (3, date(2020, 3, 4))
    assert (second.level, second.entry_date) == (2, date(2020, 3, 25))


def test_topics_in_both_languages_and_new_ones() -> None:
    rows = [("Nachname", "Kann"), ("A", "leadership (4); Fuehrung (3); Kühlen; Datenschutz")]
    plan = plan_import(drafts_of(rows), (), (), (EXCEL, LEADING), language="en")
    assert [(topic.name_de, topic.name_en) for topic in plan.new_topics] == [
        ("", "Kühlen"),
        ("Datenschutz", "Data protection"),
    ]
    assert [(skill.topic, skill.level) for skill in plan.people_to_insert[0].skills[:1]] == [(2, 4)]


def test_techniques_of_one_letter_are_their_own_topics() -> None:
    names = ("C", "C++", "C#", ".NET", "Net")
    topics = tuple(Topic(id=TopicId(n), name_de=name, name_en=name) for n, name in enumerate(names, 1))
    rows = [("Nachname", "Kann"), ("A", "c++ (3); C# (2); .net; C; net (4); F#")]
    plan = plan_import(drafts_of(rows), (), (), topics, language="en")
    assert [topic.name_en for topic in plan.new_topics] == ["F#"]
    assert [skill.topic for skill in plan.people_to_insert[0].skills[:5]] == [2, 3, 4, 1, 5]


def test_no_name_mapped_and_cancelling() -> None:
    rows = [("Abteilung", "E-Mail"), ("Zwitscherling", "z@x.de")]
    with pytest.raises(Fault) as caught:
        drafts_of(rows)
    assert caught.value.code == "exchange.no_name_column"
    assert "Zwitscherling" not in repr(caught.value.facts)
    named = [("Nachname",), ("A",)]
    with pytest.raises(Cancelled):
        drafts_of(named * 300, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        plan_import(drafts_of(named), (), (), (), cancelled=lambda: True)


def test_progress_goes_up_to_its_total() -> None:
    told: list[tuple[int, int]] = []
    drafts = drafts_of([("Nachname",), *((f"N{n}",) for n in range(1200))])
    plan_import(drafts, (), (), (), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert {total for _, total in told} == {3600}
    assert told[-1][0] <= 3600


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_problem_has_a_sentence(language: str) -> None:
    assert set(SENTENCES) == set(Code)
    facts: tuple[tuple[str, object], ...] = (
        ("first", 3), ("length", 999), ("limit", 200), ("taken_for", "Kaya, Ida"), ("who", "A"), ("boss", "B"),
        ("topic", "T"), ("level", 1), ("day", TODAY),
    )  # fmt: skip
    with speaking(language):
        texts = [problem_text(Problem(row=1, field=None, code=code, value="{x}" * 99, facts=facts)) for code in Code]
    assert len(set(texts)) == len(Code)
    assert all(len(text) < 220 for text in texts)
    if language == "de":
        assert not any(text.startswith(("The ", "Several", "Somebody")) for text in texts)


def test_a_problem_does_not_print_the_cell() -> None:
    problem = Problem(row=1, field=Field.EMAIL, code=Code.EMAIL, value="Zwitscherling", facts=(("taken_for", "Zwi"),))
    assert "Zwi" not in repr(problem)


CELLS = st.text(alphabet=st.sampled_from("ab,;/()3.-@ \"'\n=1ü|:[]"), max_size=14)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * len(HEAD)), max_size=8))
def test_any_rows_can_be_planned_and_are_unchanged_afterwards(rows: list[tuple[str, ...]]) -> None:
    drafts = drafts_of([HEAD, *rows])
    plan = plan_import(drafts, (), (), ())
    assert len(plan.rows) == len(drafts)
    again = plan_import(drafts, plan.people_to_insert, (), plan.new_topics)
    assert not again.new_topics
    assert Status.NEW not in again.counts or Code.AMBIGUOUS_PERSON in {code for _, code in found(again)}


def test_thousands_of_rows_take_no_square_time() -> None:
    rows = [("Nachname", "Vorname", "Vorgesetzte/r")]
    rows += [(f"Name{n}", "Anna", f"Name{n // 2}, Anna") for n in range(6000)]
    plan = plan_of(rows)
    assert plan.counts[Status.NEW] == 6000
    assert found(plan) == [(2, Code.SUPERVISOR_SELF)]


def test_an_address_nobody_can_have_is_taken_with_a_word() -> None:
    rows = [("Nachname", "Vorname", "E-Mail"), ("Gut", "Ida", "ida@x..de"), ("Kurz", "Ole", "ole@x.de")]
    doubted, fine = drafts_of(rows)
    assert doubted.email == "ida@x..de"
    assert doubted.importable
    (problem,) = doubted.problems
    assert (problem.code, problem.severity) == (Code.EMAIL_DOUBTED, Severity.NOTICE)
    assert "ida@x..de" in problem_text(problem)
    assert not fine.problems
