"""What is handed out before and between the meetings: what each sheet says, to whom, and that it fits its page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import document_samples as samples
import pytest
from document_samples import HOUSE, LONG_NAME, ON
from pdf_reading import opened, pages, text_of, tool

from app import documents, i18n
from app.documents.handout_inputs import ExpectationSheets, Participant, StartCheck
from app.documents.handouts import MENTEE_CHECK, MENTOR_CHECK, RULES
from app.domain.programmes import ProgrammeKind, Role

KINDS = list(ProgrammeKind)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_sheet_stands_on_its_page(language: str, kind: ProgrammeKind) -> None:
    handout = replace(samples.handout_of(9, kind), greeting="Wer führt, lernt zuerst. " * 12)
    for make in (documents.about_mentoring, documents.ground_rules):
        assert pages(make(handout, language=language, house=HOUSE, on=ON)) == 1
    check = StartCheck(programme=replace(samples.programme(kind), contact="Personal " * 12))
    assert pages(documents.start_check(check, language=language, house=HOUSE, on=ON)) == 1
    expected = samples.expectations_of(4, kind, said="Offen sprechen können. " * 8)
    assert pages(documents.expectation_sheets(expected, language=language, house=HOUSE, on=ON)) == 4
    assert pages(documents.interim_sheets(samples.agreements_of(2, kind), language=language, house=HOUSE, on=ON)) == 4
    one_page = 1 if kind is ProgrammeKind.MUTUAL else 2
    assert pages(documents.self_check(handout, language=language, house=HOUSE, on=ON)) == one_page


def test_lines_to_write_on_fill_the_page_and_give_way_to_what_was_said() -> None:
    def lines(said: str) -> int:
        person = Participant(name="Eva", role=Role.MENTEE, expectations=said)
        sheets = ExpectationSheets(programme=samples.programme(), people=(person,))
        pdf = documents.expectation_sheets(sheets, language="de", house=HOUSE, on=ON)
        assert pages(pdf) == 1
        return opened(pdf).pages[0].get_contents().get_data().count(b" l S")  # type: ignore[union-attr]

    assert lines("") > lines("Viel lernen. " * 80) > 6


def test_somebody_who_said_very_much_has_it_all_on_paper() -> None:
    said = " ".join(f"w{number}" for number in range(900))
    sheets = ExpectationSheets(
        programme=samples.programme(), people=(Participant(name="Eva", role=Role.MENTEE, expectations=said),)
    )
    pdf = documents.expectation_sheets(sheets, language="de", house=HOUSE, on=ON)
    found = set(text_of(pdf).split())
    assert not {f"w{number}" for number in range(900)} - found
    assert pages(pdf) > 1


def test_the_expectation_sheet_knows_who_fills_it_in() -> None:
    pdf = documents.expectation_sheets(samples.expectations_of(3), language="de", house=HOUSE, on=ON)
    first, second, third = (page.extract_text() for page in opened(pdf).pages)
    assert "Mentor:in" in first
    assert "Was kann ich weitergeben, und wo" in first
    assert "Was bringe ich mit" in second
    assert "Mentor:in und Mentee" in third
    assert all("KI-Werkzeuge" in page and "Katrin Brüggemann" in page for page in (first, second, third))
    mutual = samples.expectations_of(1, ProgrammeKind.MUTUAL)
    alone = text_of(documents.expectation_sheets(mutual, language="de", house=HOUSE, on=ON))
    assert "Nimmt teil als" not in alone
    blank = text_of(
        documents.expectation_sheets(
            ExpectationSheets(programme=samples.programme()), language="de", house=HOUSE, on=ON
        )
    )
    assert "____" in blank


def test_both_of_a_tandem_have_a_sheet_of_their_own_for_the_interim_talk() -> None:
    sheet = samples.tandem_sheet(7)
    records = replace(samples.agreements_of(1), tandems=(sheet,))
    pdf = documents.interim_sheets(records, language="de", house=HOUSE, on=ON)
    first, second = (" ".join(page.extract_text().split()) for page in opened(pdf).pages)
    mentor, mentee = sheet.mentors[0].name, sheet.mentees[0].name
    assert f"{mentor} (Mentor:in)" in first
    assert f"{mentee} (Mentee)" in second
    for said in (first, second):
        assert mentor in said
        assert mentee in said
        assert "Ich stimme überhaupt nicht zu" in said
        assert "Ich stimme voll und ganz zu" in said
        assert "Angebote mit einem Sprachmodell vorbereiten" in said
        assert "4 kann es weitergeben" in said
        assert "Vertraulich" in said
    assert len(opened(pdf).outline) == 2
    mutual = replace(records, programme=samples.programme(ProgrammeKind.MUTUAL))
    assert "(Mentor:in)" not in text_of(documents.interim_sheets(mutual, language="de", house=HOUSE, on=ON))


@pytest.mark.parametrize(("people", "sheets"), [(0, 1), (1, 1), (4, 1), (5, 2), (80, 20)])
def test_there_is_a_card_for_everybody(people: int, sheets: int) -> None:
    pdf = documents.reservation_cards(samples.handout_of(people), language="de", house=HOUSE, on=ON)
    assert pages(pdf) == sheets
    assert text_of(pdf).count("Offen gesagt, ohne Namen") == 4 * sheets


def test_a_self_check_asks_nothing_twice() -> None:
    handout = samples.handout_of(2, ProgrammeKind.MUTUAL)
    found = " ".join(text_of(documents.self_check(handout, language="en", house=HOUSE, on=ON)).split())
    assert len(set(MENTOR_CHECK) & set(MENTEE_CHECK)) == 3
    for statement in {*MENTOR_CHECK, *MENTEE_CHECK}:
        assert found.count(statement) == 1, statement


def test_the_check_before_the_start_tells_what_is_there() -> None:
    check = StartCheck(
        programme=replace(samples.programme(), patron=""), participants=79, expecting=60, tandems=33, members=66,
        consents=61, agreed=29, aiming=31,
    )  # fmt: skip
    found = " ".join(text_of(documents.start_check(check, language="en", house=HOUSE, on=ON)).split())
    for words in ("Patron nobody named", "60 of 79", "61 of 66", "29 of 33", "31 of 33", "works council"):
        assert words in found


def test_long_names_and_a_long_greeting_break_no_page(tmp_path: Path) -> None:
    person = Participant(name=LONG_NAME * 2, role=Role.MENTOR, department="Qualitätssicherung " * 6)
    topics = ("Donaudampfschifffahrt" * 3,) * 40
    sheets = ExpectationSheets(programme=samples.programme(), topics=topics, people=(person,))
    pdf = documents.expectation_sheets(sheets, language="de", house=HOUSE, on=ON)
    assert pages(pdf) <= 2
    tool("qpdf", pdf, tmp_path, "--check")
    greeting = replace(samples.handout_of(3), greeting="Ein Wort zuvor. " * 400)
    said = documents.about_mentoring(greeting, language="de", house=HOUSE, on=ON)
    assert text_of(said).count("Ein Wort") == 400
    assert "Wie es abläuft" in text_of(said)


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({name for name, _ in RULES}) == len(RULES) == 9
