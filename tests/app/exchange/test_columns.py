from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.programmes import Role
from app.exchange.columns import find_header, guess_mapping, guess_role
from app.exchange.fields import LABELS, REASONS, Field, LeftOut, label, reason_text
from app.exchange.headers import EXACT, recognise
from app.exchange.tables import read_table
from app.i18n import speaking

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_staff_list_is_mapped_whole() -> None:
    mapping = guess_mapping(read_table(SAMPLES / "mitarbeitende.csv").rows)
    assert [column.field for column in mapping.columns] == [
        Field.PERSONNEL_NUMBER, Field.FAMILY_NAME, Field.GIVEN_NAME, Field.EMAIL, Field.DEPARTMENT, Field.TEAM,
        Field.POSITION, Field.LEVEL, Field.SUPERVISOR, Field.LOCATION, Field.ENTRY_DATE, Field.LANGUAGES,
        Field.OFFERED, Field.SOUGHT, Field.INTERESTS, Field.ROLE, Field.CAPACITY,
    ]  # fmt: skip
    assert mapping.first_row == 1
    assert mapping.columns[1].samples == ("Nguyen", "Mayer", "Strauß")


@pytest.mark.parametrize("name", ["mentees", "mentors"])
def test_columns_on_identity_are_left_out_and_not_even_shown(name: str) -> None:
    mapping = guess_mapping(read_table(SAMPLES / f"{name}.csv").rows)
    by_header = {column.header: column for column in mapping.columns}
    assert by_header["first name"].field is Field.GIVEN_NAME
    assert by_header["both mentor and mentee"].field is Field.BOTH_ROLES
    assert by_header["job title"].field is Field.POSITION
    assert by_header["organisation"].field is Field.ORGANISATION
    assert (by_header["grade"].field, by_header["grade"].left_out) == (Field.LEVEL, None)
    assert (by_header["biography"].field, by_header["biography"].left_out) == (None, LeftOut.BIOGRAPHY)
    sensitive = [column for header, column in by_header.items() if "identity" in header or "characteristics" in header]
    assert sensitive
    for column in sensitive:
        assert (column.field, column.left_out, column.samples) == (None, LeftOut.IDENTITY, ())


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Religionszugehörigkeit", LeftOut.RELIGION), ("Konfession", LeftOut.RELIGION),
        ("sexuelle Orientierung", LeftOut.ORIENTATION), ("Sexual orientation", LeftOut.ORIENTATION),
        ("Ethnicity", LeftOut.ETHNICITY), ("Migrationshintergrund", LeftOut.ETHNICITY),
        ("Schwerbehinderung", LeftOut.HEALTH), ("GdB", LeftOut.HEALTH), ("Disability", LeftOut.HEALTH),
        ("Blutgruppe", LeftOut.HEALTH), ("Blood type", LeftOut.HEALTH), ("Altersteilzeit", LeftOut.AGE),
        ("Renteneintritt", LeftOut.AGE), ("Krankheitstage 2025", LeftOut.HEALTH),
        ("Gewerkschaftsmitglied", LeftOut.UNION),
        ("trade union", LeftOut.UNION), ("Politische Ämter", LeftOut.POLITICS), ("Geschlecht", LeftOut.GENDER),
        ("m/w/d", LeftOut.GENDER), ("Gender", LeftOut.GENDER), ("Alter", LeftOut.AGE),
        ("Geburtsdatum", LeftOut.AGE), ("Geb.-Datum", LeftOut.AGE), ("Date of birth", LeftOut.AGE),
        ("Familienstand", LeftOut.FAMILY), ("Staatsangehörigkeit", LeftOut.NATIONALITY),
        ("Nationality", LeftOut.NATIONALITY), ("Gehalt brutto", LeftOut.PAY), ("Entgeltgruppe", LeftOut.PAY),
        ("Salary", LeftOut.PAY), ("E-Mail privat", LeftOut.PRIVATE), ("IBAN", LeftOut.PRIVATE),
        ("Steuer-ID", LeftOut.PRIVATE), ("Telefon Notfallkontakt", LeftOut.PRIVATE), ("Lebenslauf", LeftOut.BIOGRAPHY),
    ],
)  # fmt: skip
def test_sensitive_headers(header: str, reason: LeftOut) -> None:
    column = guess_mapping([("Nachname", "Vorname", header), ("Kaya", "Ida", "x")]).columns[2]
    assert (column.field, column.left_out) == (None, reason)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("PERSONALNUMMER", Field.PERSONNEL_NUMBER), ("Pers.-Nr.", Field.PERSONNEL_NUMBER),
        ("Employee ID", Field.PERSONNEL_NUMBER), ("Familienname", Field.FAMILY_NAME), ("Surname", Field.FAMILY_NAME),
        ("e-mail-adresse (dienstlich)", Field.EMAIL), ("Abteilung / Bereich", Field.DEPARTMENT),
        ("Abteillung", Field.DEPARTMENT), ("Vorgesetzte:r", Field.SUPERVISOR), ("Führungskraft", Field.SUPERVISOR),
        ("Fuehrungskraft", Field.SUPERVISOR), ("Name des Vorgesetzten", Field.SUPERVISOR),
        ("Personalnummer Vorgesetzter", Field.SUPERVISOR), ("Manager e-mail", Field.SUPERVISOR),
        ("Moechte lernen", Field.SOUGHT), ("Hobbys", Field.INTERESTS), ("Eintrittsdatum", Field.ENTRY_DATE),
        ("Max. Tandems", Field.CAPACITY), ("Standort", Field.LOCATION), ("Alternative Telefonnummer", Field.PHONE),
        ("Tel.", Field.PHONE), ("Firma", Field.ORGANISATION), ("Anrede", Field.SALUTATION),
        ("Skills sought", Field.SOUGHT), ("job title", Field.POSITION), ("Projekt", Field.PROJECT),
    ],
)  # fmt: skip
def test_headers(header: str, field: Field) -> None:
    assert recognise(header)[0][0] is field


def test_a_second_column_of_the_same_meaning_says_why_it_is_left_out() -> None:
    header = ("Nachname", "Vorname", "Telefon", "Telefon", "Name", "Kann", "Kann", "Farbe")
    columns = guess_mapping([header, ("Kaya", "Ida", "1", "2", "x", "Excel", "CAD", "rot")]).columns
    assert [(column.header, column.left_out) for column in columns if column.field is None] == [
        ("Telefon", LeftOut.TWICE), ("Name", LeftOut.TWICE), ("Farbe", None),
    ]  # fmt: skip
    assert columns[3].samples == ("2",)


@pytest.mark.parametrize(
    "header", ["Abteilung der Führungskraft", "Kostenstelle", "Muttersprache", "lfd. Nr.", "", "x"]
)
def test_headers_that_mean_none_of_our_fields(header: str) -> None:
    assert recognise(header) == ()


@pytest.mark.parametrize("language", ["de", "en"])
def test_our_own_headers_come_back(language: str) -> None:
    with speaking(language):
        assert {field: recognise(label(field))[:1] for field in Field} == {field: ((field, EXACT),) for field in Field}
        assert all(reason_text(reason) for reason in LeftOut)
    assert set(LABELS) == set(Field)
    assert set(REASONS) == set(LeftOut)


def test_the_header_is_found_under_a_title() -> None:
    rows = [
        ("Mitarbeitende der Feinwerk Brandt GmbH",),
        (),
        ("Stand:", "01.02.2026"),
        ("Nachname", "Vorname"),
        ("A", "B"),
    ]
    assert find_header(rows) == 3
    assert find_header([("Name",), ("Müller",)]) == 0
    assert find_header([("Müller", "Anna"), ("Groß", "Ida")]) is None
    assert find_header([(f"Zeile {n}",) for n in range(20)] + [("Nachname", "Vorname")]) is None


def test_without_headers_only_addresses_are_recognised() -> None:
    mapping = guess_mapping([("Müller", "Anna", "a@x.de"), ("Groß", "Ida", "i@x.de")])
    assert [column.field for column in mapping.columns] == [None, None, Field.EMAIL]
    assert (mapping.header_row, mapping.first_row, mapping.names_somebody) == (None, 0, False)


def test_name_means_what_its_neighbours_leave() -> None:
    def fields(*headers: str) -> list[Field | None]:
        return [column.field for column in guess_mapping([headers, ("x",) * len(headers)]).columns]

    assert fields("Name", "Vorname") == [Field.FAMILY_NAME, Field.GIVEN_NAME]
    assert fields("Name", "Abteilung") == [Field.FULL_NAME, Field.DEPARTMENT]
    assert fields("Name", "Nachname", "Vorname") == [None, Field.FAMILY_NAME, Field.GIVEN_NAME]


def test_title_means_what_its_cells_say() -> None:
    def field(*cells: str) -> Field | None:
        return (
            guess_mapping([("Last name", "First name", "Title"), *(("A", "B", cell) for cell in cells)])
            .columns[2]
            .field
        )

    assert field("Dr.", "", "Prof. Dr.") is Field.TITLE
    assert field("Mr", "Ms") is Field.SALUTATION
    assert field("Head of Sales", "Clerk") is Field.POSITION
    assert field("", "") is Field.TITLE


def test_changing_a_mapping_by_hand() -> None:
    mapping = guess_mapping([("Nachname", "Vorname", "Sprache 1", "Sprache 2", "Alter"), ("A", "B", "C", "D", "40")])
    assert mapping.of(Field.LANGUAGES) == (2, 3)
    changed = mapping.with_field(4, Field.FAMILY_NAME)
    assert [column.field for column in changed.columns[:2]] == [None, Field.GIVEN_NAME]
    assert changed.with_field(1, Field.LANGUAGES).of(Field.LANGUAGES) == (1, 2, 3)
    assert mapping.with_field(0, None).of(Field.FAMILY_NAME) == ()
    assert mapping.of(Field.FAMILY_NAME) == (0,)


@pytest.mark.parametrize(
    ("cells", "taken"),
    [
        (("Senior", "Junior", "Senior", "Senior"), True),
        (("HEO",), True),
        (("Senior", "–", "Senior"), True),
        (tuple(f"Kraft {chr(97 + n)}" for n in range(20)), False),
        (tuple(f"Stufe {chr(97 + n % 17)}" for n in range(200)), False),
        (("leitet seit 2019 das Team im Einkauf und plant",) * 4, False),
        (("1", "2", "leitend", "3"), True),
    ],
)
def test_a_column_of_levels_may_hold_a_few_words(cells: tuple[str, ...], taken: bool) -> None:
    mapping = guess_mapping([("Nachname", "Ebene"), *(("Weiß", cell) for cell in cells)])
    assert (mapping.columns[1].field is Field.LEVEL) is taken
    assert taken or mapping.columns[1].left_out is LeftOut.UNLIKE


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("mentors.csv", Role.MENTOR), ("Mentees 2026.xlsx", Role.MENTEE), ("Mentorinnen", Role.MENTOR),
        ("mentoring.csv", None), ("mentors_and_mentees.csv", None), ("roster.csv", None),
    ],
)  # fmt: skip
def test_the_role_in_a_file_name(name: str, role: Role | None) -> None:
    assert guess_role(name) is role
