from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.people import SLOTS, Salutation
from app.domain.programmes import Role
from app.exchange import cells, slots
from app.exchange.guards import guarded, unguarded

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03.02.2022", date(2022, 2, 3)),
        ("3.2.2022", date(2022, 2, 3)),
        ("2022-02-03", date(2022, 2, 3)),
        ("2022-02-03 00:00:00", date(2022, 2, 3)),
        ("2022-02-03T08:00", date(2022, 2, 3)),
        ("03/02/2022", date(2022, 2, 3)),
        ("3-2-2022", date(2022, 2, 3)),
        ("20220203", date(2022, 2, 3)),
        ("3. Februar 2022", date(2022, 2, 3)),
        ("3 Mar 2022", date(2022, 3, 3)),
        ("3. März 2022", date(2022, 3, 3)),
        ("3. Mai 98", date(1998, 5, 3)),
        ("44595", date(2022, 2, 3)),
        ("03.02.27", date(2027, 2, 3)),
        ("03.02.99", date(1999, 2, 3)),
        ("03.02.28", None),
        ("31.02.2022", None),
        ("29.02.2023", None),
        ("29.02.2024", date(2024, 2, 29)),
        ("01.13.2022", None),
        ("00.00.0000", None),
        ("01.01.1900", None),
        ("01.01.2099", None),
        ("bald", None),
        ("2022", None),
        ("12", None),
        ("1.2", None),
        ("٣.٢.٢٠٢٢", date(2022, 2, 3)),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert cells.day_of(text, today=TODAY) == day


def test_american_days() -> None:
    assert cells.is_month_first(["01/02/2022", "03/25/2020", ""])
    assert not cells.is_month_first(["01/02/2022"])
    assert not cells.is_month_first(["03/25/2020", "25/03/2020"])
    assert cells.day_of("03/04/2020", today=TODAY, month_first=True) == date(2020, 3, 4)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("4", 4),
        ("4.0", 4),
        ("Ebene 4", 4),
        ("L4", 4),
        ("Level 2", 2),
        ("0", None),
        ("10", None),
        ("Grade 6", None),
        ("SCS1", None),
        ("4.5", None),
        ("-1", None),
        ("Karrierestufe 3", 3),
        ("E-3", 3),
        ("", None),
    ],
)
def test_levels(text: str, level: int | None) -> None:
    assert cells.level_of(text) == level


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Excel (3); CAD (2)", ("Excel (3)", "CAD (2)")),
        ("Excel, CAD", ("Excel", "CAD")),
        ("Excel (3, gut), CAD", ("Excel (3, gut)", "CAD")),
        ("A/B\nC", ("A/B", "C")),
        ("a, b;", ("a", "b")),
        ('"a, b"', ('"a, b"',)),
        ('"a; b" (3); c', ('"a; b" (3)', "c")),
        ("a;;b;-", ("a", "b")),
        ("", ()),
        ("(((a; b", ("(((a", "b")),
    ],
)
def test_items(text: str, items: tuple[str, ...]) -> None:
    assert cells.items_of(text) == items


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Excel (3)", ("Excel", 3)),
        ("Excel: 3", ("Excel", 3)),
        ("Excel=3", ("Excel", 3)),
        ("Excel [Stufe 3]", ("Excel", 3)),
        ("Excel (3/4)", ("Excel", 3)),
        ("Excel", ("Excel", None)),
        ("Excel (9)", ("Excel", 9)),
        ("Windows 11", ("Windows 11", None)),
        ("ISO: 9001", ("ISO: 9001", None)),
        ("Excel (VBA) (2)", ("Excel (VBA)", 2)),
        ("Covid-19", ("Covid-19", None)),
        ("Excel (-1)", ("Excel", -1)),
        ('"a; b" (3)', ("a; b", 3)),
        ("C++ (2)", ("C++", 2)),
    ],
)
def test_skills(text: str, skill: tuple[str, int | None]) -> None:
    assert cells.skill_of(text) == (*skill, None)


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Excel (3, !)", 1),
        ("Excel (3, !!)", 2),
        ("Excel (3 !!!)", 3),
        ("Excel [Stufe 3/4,!!]", 2),
        ("Excel (3)", None),
        ("Excel", None),
    ],
)
def test_priorities_of_skills(text: str, priority: int | None) -> None:
    assert cells.skill_of(text) == ("Excel", 3 if "3" in text else None, priority)


@pytest.mark.parametrize("text", ["Excel (3, !!!!)", "Excel (!!)", "Excel (3, 2)", "Vertrieb!"])
def test_what_is_no_priority_is_a_name(text: str) -> None:
    assert cells.skill_of(text) == (text, None, None)


def test_lists() -> None:
    assert cells.languages_of("Deutsch (C2), Englisch C1 / Türkisch und Polnisch") == (
        "Deutsch",
        "Englisch",
        "Türkisch",
        "Polnisch",
    )
    assert cells.languages_of("Deutsch; deutsch; Englisch (B2)") == ("Deutsch", "Englisch")
    assert cells.texts_of("Segeln, Haus und Garten, segeln") == ("Segeln", "Haus und Garten")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Özdemir, Aylin", ("", "Aylin", "Özdemir")),
        ("Aylin Özdemir", ("", "Aylin", "Özdemir")),
        ("Dr. Aylin Özdemir", ("Dr.", "Aylin", "Özdemir")),
        ("Özdemir, Prof. Dr. Aylin", ("Prof. Dr.", "Aylin", "Özdemir")),
        ("Dr. med. Ida Kaya", ("Dr. med.", "Ida", "Kaya")),
        ("Thomas von der Heide", ("", "Thomas", "von der Heide")),
        ("von der Heide, Thomas", ("", "Thomas", "von der Heide")),
        ("Karl Heinz Meyer", ("", "Karl Heinz", "Meyer")),
        ("Anna Groß, M.Sc.", ("M.Sc.", "Anna", "Groß")),
        ("Dipl.-Ing. Ute Öttinger", ("Dipl.-Ing.", "Ute", "Öttinger")),
        ("Suharto", ("", "", "Suharto")),
        ("Drews, Marco", ("", "Marco", "Drews")),
        ("Magda Profitlich", ("", "Magda", "Profitlich")),
        ("Frau Sabine Öztürk", ("", "Sabine", "Öztürk")),
        ("Herrn Prof. Dr. Tom Berger", ("Prof. Dr.", "Tom", "Berger")),
        ("Öztürk, Frau Dr. Sabine", ("Dr.", "Sabine", "Öztürk")),
        ("Herr, Michael", ("", "Michael", "Herr")),
        ("Frieda Herr", ("", "Frieda", "Herr")),
        ("Frauke Mrozek", ("", "Frauke", "Mrozek")),
    ],
)
def test_names(text: str, parts: tuple[str, str, str]) -> None:
    assert cells.name_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a.b@x.de", "a.b@x.de"),
        ("Lea <lea@x.de>", "lea@x.de"),
        ("mailto:lea@x.de", "lea@x.de"),
        ("lea@x", None),
        ("lea", None),
        ("lea@x.de; ida@x.de", None),
        ("@x.de", None),
        ("a b@x.de", None),
        ("lea@müller.de", "lea@müller.de"),
    ],
)
def test_addresses(text: str, address: str | None) -> None:
    assert cells.email_of(text) == address


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mentor/in", Role.MENTOR),
        ("Mentorin", Role.MENTOR),
        ("MENTOR:IN", Role.MENTOR),
        ("Mentee", Role.MENTEE),
        ("beides", Role.BOTH),
        ("both", Role.BOTH),
        ("Mentor/Mentee", Role.BOTH),
        ("Mentor:in und Mentee", Role.BOTH),
        ("Fachkraft", None),
    ],
)
def test_roles(text: str, role: Role | None) -> None:
    assert cells.role_of(text) is role


def test_small_words() -> None:
    assert [cells.capacity_of(text) for text in ("2", "2.0", "max. 3", "0", "10", "viele")] == [
        2,
        2,
        3,
        None,
        None,
        None,
    ]
    assert [cells.yes_or_no(text) for text in ("Ja", "x", "TRUE", "no", "vielleicht")] == [
        True,
        True,
        True,
        False,
        None,
    ]
    assert cells.salutation_of("Herr Dr.") == (Salutation.MR, "Dr.")
    assert cells.salutation_of("Frau") == (Salutation.MS, "")
    assert cells.salutation_of("divers") == (Salutation.NONE, "")
    assert cells.salutation_of("Eminenz")[0] is None
    assert cells.is_error("#BEZUG!")
    assert cells.is_error("#N/A")
    assert not cells.is_error("#1 im Team")
    assert cells.says_nothing("–")
    assert not cells.says_nothing("Null")


@pytest.mark.parametrize("text", ["keine", "None", "Keine weiteren", "keine Angabe"])
def test_no_language_is_no_language(text: str) -> None:
    assert cells.languages_of(text) == ()
    assert cells.languages_of(f"Deutsch; {text}") == ("Deutsch",)


def test_availability() -> None:
    def bits(*slots: str) -> int:
        return sum(1 << SLOTS.index(slot) for slot in slots)

    assert slots.slots_of("Mo vormittags, Di") == bits("mon_am", "tue_am", "tue_pm")
    assert slots.slots_of("Mon mornings; Fri pm") == bits("mon_am", "fri_pm")
    assert slots.slots_of("Mi nachm.") == bits("wed_pm")
    assert slots.slots_of("oft") is None


def test_cleaning() -> None:
    assert cells.clean("  Müller\u00a0 \u200bA\u0308nne\r\n\x07 ") == "Müller Änne"
    assert cells.clean_lines("a  b\n\n c\u202e") == "a b\n\nc"


@settings(deadline=None)
@given(st.text())
def test_a_guard_is_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(deadline=None)
@given(st.text(alphabet="=+-@'\t 0123A(", max_size=8))
def test_a_guard_holds_formulas_and_lets_numbers_be(text: str) -> None:
    assert unguarded(guarded(text)) == text
    if guarded(text)[:1] in ("=", "@", "\t"):
        pytest.fail("a formula got out")
    if guarded(text)[:1] in ("+", "-"):
        assert "A" not in text


@pytest.mark.parametrize("text", ["+49 3681 12345", "-5", "+3,5", "0361 / 123", "O'Brien", "'s-Hertogenbosch", "a=b"])
def test_usual_texts_are_not_guarded(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "+49-3681-12", "＝1", "-"]
)
def test_formulas_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_cell_breaks_a_reader(text: str) -> None:
    cells.day_of(text, today=TODAY)
    cells.level_of(text)
    cells.capacity_of(text)
    cells.texts_of(text)
    cells.languages_of(text)
    cells.email_of(text)
    cells.role_of(text)
    cells.salutation_of(text)
    slots.slots_of(text)
    cells.name_parts(text)
    for item in cells.items_of(text):
        cells.skill_of(item)


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12).map(cells.clean).filter(lambda t: t and not cells.says_nothing(t))))
def test_quoted_items_come_back(items: list[str]) -> None:
    items = list({item.casefold(): item for item in items}.values())
    items = [item for item in items if sum(item.count(sign) for sign in "()[]") == 0]
    assert list(cells.texts_of("; ".join(cells.quoted(item) for item in items))) == items
