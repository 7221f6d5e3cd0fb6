"""Name badges and table cards: each in its place on the sheet, names large and whole, nobody's private things."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from document_samples import HOUSE, LONG_NAME, NAMES, ON, names_of, programme
from pdf_reading import opened, pages, tool

from app import documents
from app.documents.badge_inputs import LABEL_SHEETS, Below, LabelSheet, Measure, NameSheet, NameSheets, NameWishes, Tent
from app.documents.big_names import big_name
from app.documents.lettering import STRONG, width
from app.errors import Cancelled

MM = 72 / 25.4
PAPER = (210.0, 297.0)
Word = tuple[str, float, float, float, float]  # with left, top, right and bottom in millimetres of the page


def badges(records: NameSheets, language: str = "de") -> bytes:
    return documents.badges(records, language=language, house=HOUSE, on=ON)


def words(pdf: bytes, folder: Path) -> list[list[Word]]:
    """Of each page the words with their boxes."""
    found: list[list[Word]] = []
    for line in tool("pdftotext", pdf, folder, "-bbox").splitlines():
        if "<page" in line:
            found.append([])
        if "<word" in line:
            parts = line.split('"')
            left, top, right, bottom = (float(parts[at]) / MM for at in (1, 3, 5, 7))
            found[-1].append((line.split(">")[1].split("<")[0], left, top, right, bottom))
    return found


def place_of(word: Word, sheet: LabelSheet) -> int | None:
    """In which label of the sheet a word lies wholly."""
    for place in range(sheet.places):
        left, top = sheet.corner(place)
        if left <= word[1] and word[3] <= left + sheet.wide and top <= word[2] and word[4] <= top + sheet.high:
            return place
    return None


@pytest.mark.parametrize("measure", Measure)
def test_each_sheet_lies_on_the_paper_and_its_places_beside_each_other(measure: Measure) -> None:
    sheet = LABEL_SHEETS[measure]
    assert str(sheet.places) in sheet.title
    corners = [sheet.corner(place) for place in range(sheet.places)]
    assert len(set(corners)) == sheet.places
    for left, top in corners:
        assert left >= 5
        assert left + sheet.wide <= PAPER[0] - 5
        assert top >= 5
        assert top + sheet.high <= PAPER[1] - 5
    for one, other in zip(corners, corners[1:], strict=False):
        assert abs(other[0] - one[0]) >= sheet.wide or abs(other[1] - one[1]) >= sheet.high
    right, bottom = PAPER[0] - corners[-1][0] - sheet.wide, PAPER[1] - corners[-1][1] - sheet.high
    assert (right, bottom) == pytest.approx((sheet.left, sheet.top)), "in the middle of the page"


@pytest.mark.parametrize("measure", Measure)
def test_names_lie_in_their_places_from_the_one_chosen(measure: Measure, tmp_path: Path) -> None:
    sheet = LABEL_SHEETS[measure]
    people = tuple(NameSheet(name=f"Ada Nummer{at}", affiliation="Einkauf", mentor=True) for at in range(sheet.places))
    records = NameSheets(programme=programme(), people=people, wishes=NameWishes(measure=measure, start=3))
    sheets = words(badges(records), tmp_path)
    assert len(sheets) == 2
    found = {
        word[0]: (page, place_of(word, sheet))
        for page, shown in enumerate(sheets)
        for word in shown
        if word[0].startswith("Nummer")
    }
    for at in range(sheet.places):
        page, place = divmod(at + 2, sheet.places)
        assert found[f"Nummer{at}"] == (page, place)


def test_nothing_of_a_badge_leaves_its_label_but_the_line_about_printing(tmp_path: Path) -> None:
    long = "Donaudampfschifffahrtsgesellschaft für Hauptbetriebswerke und Bauunterbeamte"
    person = NameSheet(name=LONG_NAME, affiliation=long, mentor=True, mentee=True, partners=(LONG_NAME, LONG_NAME))
    for measure, sheet in LABEL_SHEETS.items():
        records = NameSheets(
            programme=programme(title="Titel " * 40), people=(person,) * 3, wishes=NameWishes(measure=measure)
        )
        (shown,) = words(badges(records), tmp_path)
        outside = [word for word in shown if place_of(word, sheet) is None]
        assert all(word[2] > 285 for word in outside), outside
        assert "100" in [word[0] for word in outside]


@pytest.mark.parametrize("name", [*NAMES, LONG_NAME, "X", "W" * 60, "Anna-Lena Sophie-Charlotte Meier-Lüdenscheidt"])
@pytest.mark.parametrize("room", [(240.0, 80.0), (196.0, 40.0), (760.0, 150.0)])
def test_a_name_is_as_large_as_fits_and_never_cut(name: str, room: tuple[float, float]) -> None:
    found = big_name(name, *room, 120)
    assert "".join(found.lines).replace(" ", "") == name.replace(" ", "")
    assert len(found.lines) <= 3
    assert max(width(line, STRONG, found.size) for line in found.lines) <= room[0]
    assert found.height <= room[1]
    larger = found.size + 0.25
    assert found.size == 120 or any(width(line, STRONG, larger) > room[0] for line in found.lines) or (
        found.height / found.size * larger > room[1]
    )


@pytest.mark.parametrize("high", [66.0, 90.0])
def test_a_double_name_stays_together_where_another_line_is_as_good(high: float) -> None:
    """The height alone decides here, so parting "Hans-Peter" would win nothing."""
    assert big_name("Hans-Peter Bauer", 180, high, 120).lines == ("Hans-Peter", "Bauer")
    assert big_name("Lea Müller-Ott", 180, high, 120).lines == ("Lea", "Müller-Ott")


def test_a_double_name_is_parted_where_the_name_becomes_clearly_larger() -> None:
    assert big_name("Ida Oberhauser-Niederwimmer", 200, 90, 120).lines == ("Ida Oberhauser-", "Niederwimmer")


@pytest.mark.parametrize("name", ["Dr. Fatma Çelik", "Prof. Dr. Li", "Dr. Eva Freifrau von Hohenberg-Schwarzenfels"])
@pytest.mark.parametrize("wide", range(60, 400, 40))
def test_a_title_stays_with_the_name(name: str, wide: float) -> None:
    assert not any(one.endswith(".") for one in big_name(name, wide, 120, 120).lines)


def test_a_long_name_behind_titles_is_never_parted_within_a_word() -> None:
    assert big_name("Prof. Dr. Oberhauserinnenberger", 150, 120, 120).lines[-1] == "Oberhauserinnenberger"


def test_usual_names_can_be_read_at_two_metres(tmp_path: Path) -> None:
    """Letters of about six millimetres and more."""
    records = NameSheets(programme=programme(), people=(NameSheet(name="Dieter Ackermann", affiliation="Einkauf"),))
    (shown,) = words(badges(records), tmp_path)
    (name,) = [word for word in shown if word[0] == "Ackermann"]
    assert name[4] - name[2] > 8


def test_what_stands_below_the_name_is_chosen() -> None:
    records = names_of(1)
    person = replace(records.people[0], name="Ada Adler", affiliation="Einkauf", mentor=True, mentee=False)
    whole = replace(records, people=(replace(person, partners=("Cem Çelik",)),))
    said = {Below.AFFILIATION: "Einkauf", Below.ROLE: "Mentor:in", Below.PARTNER: "Im Tandem mit Cem Çelik"}
    for wanted in (frozenset[Below](), *(frozenset({below}) for below in Below), frozenset(Below)):
        found = opened(badges(replace(whole, wishes=NameWishes(below=wanted)))).pages[0].extract_text()
        assert {below for below, words in said.items() if words in found} == wanted


def test_guests_and_blank_ones_come_last() -> None:
    records = names_of(8, guests=("Gast Eins", "Gast Zwei"), blanks=3)
    pdf = badges(records, "en")
    assert pages(pdf) == 2
    second = opened(pdf).pages[1].extract_text()
    assert second.count(HOUSE.name) == 3
    first = opened(pdf).pages[0].extract_text()
    assert first.index("Gast") > first.index(NAMES[7].split()[0])
    assert "Guest" in first


@pytest.mark.parametrize(
    ("line", "name", "organisation"),
    [("Gast Eins; Beispiel GmbH", "Gast Eins", "Beispiel GmbH"), ("Gast Eins", "Gast Eins", ""), (";Amt", "Amt", "")],
)
def test_a_guests_organisation_stands_below_the_name(line: str, name: str, organisation: str) -> None:
    records = names_of(0, guests=(line,))
    (guest,) = records.every()
    assert (guest.name, guest.affiliation, guest.guest) == (name, organisation, True)
    found = opened(badges(records)).pages[0].extract_text()
    assert ";" not in found
    assert organisation in found
    without = replace(records, wishes=replace(records.wishes, below=frozenset({Below.ROLE})))
    assert "Beispiel" not in opened(badges(without)).pages[0].extract_text()


@pytest.mark.parametrize("tent", Tent)
def test_a_table_card_shows_its_name_on_both_faces(tent: Tent, tmp_path: Path) -> None:
    records = replace(names_of(2, tent=tent, blanks=1))
    pdf = documents.table_cards(records, language="de", house=HOUSE, on=ON)
    assert pages(pdf) == 3
    page = opened(pdf).pages[0]
    wide, high = float(page.mediabox.width), float(page.mediabox.height)
    assert (wide > high) == (tent is Tent.WIDE)
    first = NAMES[0].split()[-1]
    mine = [word for word in words(pdf, tmp_path)[0] if first in word[0] or word[0] in first]
    middles = sorted((word[2] + word[4]) / 2 * MM for word in mine if word[4] - word[2] > 10)
    assert len(middles) == 2
    assert middles[0] < high / 2 < middles[1]
    assert middles[0] == pytest.approx(high - middles[1], abs=3), "one face is the other turned"


def test_five_thousand_badges_can_be_stopped() -> None:
    asked: list[int] = []

    def later() -> bool:
        asked.append(1)
        return len(asked) > 100

    with pytest.raises(Cancelled):
        documents.badges(names_of(5000), language="de", house=HOUSE, on=ON, cancelled=later)
    assert len(asked) == 101


def test_there_is_no_place_for_addresses_on_a_badge() -> None:
    assert {field.name for field in fields(NameSheet)} == {
        "name", "affiliation", "mentor", "mentee", "guest", "partners",
    }  # fmt: skip
