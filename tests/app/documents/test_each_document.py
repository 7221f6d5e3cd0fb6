"""What each document says, how long it gets, and that nothing agreed on is cut."""

from __future__ import annotations

import io
import re
import sys
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from document_samples import (
    HOUSE,
    LONG_NAME,
    ON,
    agreements_of,
    certificates_of,
    partner,
    programme,
    tandem_list_of,
    tandem_sheet,
)
from paper import evaluation_of, pages, printed, text
from pdf_reading import opened, tool

from app import documents, i18n
from app.documents.inputs import AgreementSheets, CertificateSheet, CertificateSheets, Design, GoalSheet, ListOrder
from app.domain.people import Salutation
from app.domain.programmes import ProgrammeKind


def squeezed(text: str) -> str:
    """Without spaces: a long name may be broken over lines."""
    return "".join(text.split())


# --- the list of tandems


def test_five_hundred_tandems_are_all_listed_under_repeated_heads() -> None:
    sheets = pages(printed(tandem_list_of(500)))
    assert 15 <= len(sheets) <= 40
    assert all("Mentor" in page and "Mentee" in page for page in sheets)
    assert "500" in sheets[-1]


def test_the_list_is_in_the_order_asked_for() -> None:
    listed = tandem_list_of(4)
    names = ["Zander, Z", "Özdemir, A", "Ofen, B", "Oezkan, C"]
    rows = tuple(
        replace(row, mentors=(replace(partner(1, name.split(",")[0]), sorting=name),))
        for row, name in zip(listed.tandems, names, strict=True)
    )
    shown = text(printed(replace(listed, tandems=rows, order=ListOrder.MENTOR)))
    places = [shown.index(name) for name in ("Özdemir", "Oezkan", "Ofen", "Zander")]
    assert places == sorted(places)


def test_a_tandem_of_many_people_fits_its_row() -> None:
    listed = tandem_list_of(3)
    crowd = tuple(partner(number, LONG_NAME, department="Abteilung " * 40) for number in range(30))
    rows = tuple(replace(row, mentors=crowd, mentees=crowd) for row in listed.tandems)
    assert len(pages(printed(replace(listed, tandems=rows)))) == 1


# --- the agreement


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", list(ProgrammeKind))
def test_an_ordinary_agreement_takes_one_page(language: str, kind: ProgrammeKind) -> None:
    assert len(pages(printed(agreements_of(1, kind), language))) == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_agreement_to_be_filled_in_by_hand_takes_one_page(language: str) -> None:
    one = tandem_sheet()
    mentors, mentees = (tuple(replace(partner, expectations="") for partner in side)
                        for side in (one.mentors, one.mentees))  # fmt: skip
    bare = replace(one, mentors=mentors, mentees=mentees, goals=(), topics=(), place="")
    assert len(pages(printed(replace(agreements_of(1), tandems=(bare,)), language))) == 1


@pytest.mark.parametrize("more", [6, 12, 40])
def test_nobody_signs_a_page_that_bears_the_signatures_alone(more: int) -> None:
    """However much comes before: the page to be signed says how both work together."""
    one = tandem_sheet()
    long = replace(one, remarks="Die beiden besuchen im Mai zusammen die Messe. " * more, goals=one.goals * 2)
    found = pages(printed(replace(agreements_of(1), tandems=(long,))))
    assert len(found) > 1
    signed = [page for page in found if "Unterschriften" in page]
    assert len(signed) == 1
    assert "Wie wir zusammenarbeiten" in signed[0]
    assert "ohne Angabe von Gründen" in " ".join(signed[0].split())


def test_long_expectations_stand_below_each_other_and_are_whole() -> None:
    one = tandem_sheet()
    words = "Offen miteinander sprechen und Neues wagen. " * 30
    wordy = tuple(replace(partner, expectations=f"{words}Schlusswort") for partner in one.mentors)
    shown = text(printed(replace(agreements_of(1), tandems=(replace(one, mentors=wordy),))))
    assert shown.count("Neues wagen") == 30
    assert "Schlusswort" in shown
    assert "Erwartungen" in shown


def test_an_agreement_says_what_was_agreed_in_german() -> None:
    shown = text(printed(agreements_of(1)))
    for said in (
        "Łukasz Wiśniewski", "İbrahim Güneş", "02.02.2026 bis 31.07.2026", "6 Treffen", "alle vier Wochen",
        "Angebote mit einem Sprachmodell vorbereiten", "freiwillig", "ohne Angabe von Gründen",
        "bleibt im Tandem", "vertrauliche Angelegenheiten", "Unterschriften", "wie Entscheidungen im Haus entstehen",
    ):  # fmt: skip
        assert said in shown


def test_an_agreement_says_what_was_agreed_in_english() -> None:
    shown = text(printed(agreements_of(1), "en"))
    for said in ("2 Feb 2026 to 31 Jul 2026", "6 meetings", "at any time without giving a reason",
                 "stays in the tandem", "confidential matters", "Signatures"):  # fmt: skip
        assert said in shown


def test_an_agreement_names_positions_and_consents_and_leaves_room_for_what_is_not_said_yet() -> None:
    agreed = agreements_of(1)
    consented = date(2026, 1, 17)
    ada = replace(partner(1, "Ada Adler"), position="Junior-Entwicklung", consented_on=consented, expectations="")
    ben = replace(partner(2, "Ben Berg"), position="", consented_on=None, expectations="Mut zu Fragen")
    one = replace(agreed.tandems[0], mentors=(ada,), mentees=(ben,))
    shown = text(printed(replace(agreed, tandems=(one,))))
    assert "Junior-Entwicklung" in shown
    assert shown.count("eingewilligt am") == 1
    assert "17.01.2026" in shown
    assert "Was Ada Adler erwartet" in shown  # two empty lines follow
    assert shown.index("Was Ben Berg erwartet") < shown.index("Mut zu Fragen")


def test_a_junior_mentor_agrees_to_keep_the_managements_matters() -> None:
    kinds = (ProgrammeKind.REVERSE, ProgrammeKind.CLASSIC)
    reverse, classic = (text(printed(agreements_of(1, kind))) for kind in kinds)
    assert "Angelegenheiten der Leitung" in reverse
    assert "Angelegenheiten der Leitung" not in classic


@pytest.mark.parametrize("known", [(), ("Eva Ernst",)])
def test_certificates_have_room_for_two_signatures_whoever_is_known(known: tuple[str, ...]) -> None:
    pdf = documents.certificates(
        replace(certificates_of(1), design=Design.PLAIN),
        language="de", house=replace(HOUSE, signatories=known), on=date(2026, 7, 1),
    )  # fmt: skip
    contents = opened(pdf).pages[0].get_contents()
    assert contents is not None
    drawn = contents.get_data().decode("latin-1")
    assert len(re.findall(r"^n [\d.]+ [\d.]+ m [\d.]+ [\d.]+ l S", drawn, re.MULTILINE)) == 2


def test_company_matters_stay_secret_even_where_the_partners_chose_no_confidentiality() -> None:
    sheets = replace(agreements_of(1), tandems=(replace(tandem_sheet(), confidentiality=False),))
    shown = text(printed(sheets, "en"))
    assert "confidential matters" in shown
    assert "stays in the tandem" not in shown


def test_nothing_agreed_on_is_cut() -> None:
    end = "Schlusswort"
    goal = GoalSheet(topic="Führung", title="Ein Ziel mit vielen Worten " * 40 + end)
    sheet = replace(
        tandem_sheet(),
        goals=(goal,),
        rhythm="jeden zweiten Montag " * 60 + "Rhythmusende",
        topics=tuple(f"Themenfeld{number}" for number in range(200)),
        remarks="Bemerkung " * 500 + "Bemerkungsende",
    )
    shown = squeezed(text(printed(AgreementSheets(programme=programme(), tandems=(sheet,)))))
    assert all(said in shown for said in (end, "Rhythmusende", "Themenfeld199", "Bemerkungsende"))


def test_one_word_without_an_end_is_printed() -> None:
    sheet = replace(tandem_sheet(1, "A" * 400, "B" * 400), remarks="X" * 20_000, place="Y" * 5_000)
    assert text(printed(AgreementSheets(programme=programme(), tandems=(sheet,)))).count("X") >= 20_000


def test_an_open_end_and_missing_dates_are_said_or_left_out() -> None:
    open_end = replace(programme(), ends_on=None)
    undated = replace(open_end, starts_on=None)
    assert "from 2 Feb 2026" in text(printed(AgreementSheets(programme=open_end, tandems=(tandem_sheet(),)), "en"))
    assert "None" not in text(printed(AgreementSheets(programme=undated, tandems=(tandem_sheet(),)), "en"))


def test_a_group_signs_one_by_one() -> None:
    crowd = tuple(partner(number) for number in range(5))
    sheet = replace(tandem_sheet(), mentors=crowd, mentees=crowd[:2])
    last = text(printed(AgreementSheets(programme=programme(), tandems=(sheet,)), "en")).split("Signatures")[-1]
    assert last.count("Mentor") >= 5


# --- certificates


def test_a_certificate_tells_of_no_time_to_come_but_for_the_weeks_in_which_it_is_prepared() -> None:
    far, near = ON + timedelta(days=60), ON + timedelta(days=30)
    for end, told in ((far, "ab 03.02.2026"), (near, "03.02.2026 bis 05.03.2026")):
        lasting = replace(certificates_of(1), programme=replace(programme(), starts_on=ON, ends_on=end))
        assert told in pages(printed(lasting))[0]


def test_a_certificate_for_each_person_with_role_meetings_and_topics() -> None:
    sheets = pages(printed(certificates_of(9), "en"))
    assert len(sheets) == 9
    assert "mentor and as mentee" in sheets[2]
    assert "Nguyễn Thị Hồng Phượng" in sheets[2]
    assert "2 meetings" in sheets[2]
    assert "Topics: KI-Werkzeuge and Social Media" in sheets[2]
    assert "meeting" not in sheets[0].replace("meetings held", "")


@pytest.mark.parametrize("design", list(Design))
def test_a_name_of_sixty_letters_is_printed_whole(design: Design) -> None:
    assert len(LONG_NAME) == 60
    people = tuple(CertificateSheet(name=name, mentor=True) for name in (LONG_NAME, "W" * 30 + " " + "M" * 29))
    sheets = pages(printed(CertificateSheets(programme=programme(), people=people, design=design)))
    for page, person in zip(sheets, people, strict=True):
        assert squeezed(person.name) in squeezed(page)


@pytest.mark.parametrize(
    ("salutation", "german"), [(Salutation.NONE, "Mentor:in"), (Salutation.MS, "Mentorin"), (Salutation.MR, "Mentor")]
)
def test_a_certificate_calls_somebody_what_they_chose(salutation: Salutation, german: str) -> None:
    person = CertificateSheet(name="Ada Adler", salutation=salutation, mentor=True)
    both = replace(person, mentee=True)
    sheets = CertificateSheets(programme=programme(), people=(person, both))
    one, other = pages(printed(sheets))
    assert f"hat als {german} teilgenommen an" in one
    assert f"hat als {german} und als Mentee teilgenommen an" in other
    assert "took part as mentor in" in pages(printed(sheets, "en"))[0]


def test_two_signatories_have_their_lines() -> None:
    page = pages(printed(certificates_of(1)))[0]
    assert all(name in page for name in HOUSE.signatories)
    assert "Ulm, 03.02.2026" in page


def test_five_hundred_certificates_cost_no_more_each_than_fifty() -> None:
    begun = time.process_time()
    printed(certificates_of(50, Design.FRAMED))
    between = time.process_time()
    pdf = printed(certificates_of(500, Design.FRAMED))
    assert time.process_time() - between < 25 * (between - begun)  # the quadratic way takes 100
    assert len(opened(pdf).pages) == 500


def test_a_logo_is_in_the_file_once() -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.effect_noise((300, 120), 60).convert("RGB").save(picture, "PNG")
    house = replace(HOUSE, logo=picture.getvalue())
    one = len(printed(certificates_of(1, Design.LOGO), house=house))
    many = len(printed(certificates_of(20, Design.LOGO), house=house))
    assert many - one < len(picture.getvalue())


# --- the evaluation report


def test_the_report_shows_the_figures_with_their_n() -> None:
    shown = text(printed(evaluation_of(34), "en"))
    for said in (
        "34",
        "68 people",
        "102",
        "of 204 planned in all",
        "(n = 102)",
        "KI-Werkzeuge",
        "Method",
        "3 May 2026",
    ):
        assert said in shown


def test_more_meetings_held_than_planned_are_explained() -> None:
    whole = evaluation_of(34)
    figures = replace(whole.figures, held=206, unplanned=2)
    shown = " ".join(text(printed(replace(whole, figures=figures), "en")).split())
    assert "of 204 planned in all, 2 unplanned" in shown


def test_a_small_programme_shows_no_goal_attainment() -> None:
    shown = text(printed(evaluation_of(4), "en"))
    assert "Fewer than 5 people" in shown
    assert "Goal attainment (n" not in shown, "how few there are is told by the heading"
    assert "On average" not in shown


def test_a_department_hidden_with_a_small_one_is_not_called_small() -> None:
    """Nineteen learners: a department of three, one of five that would give it away, one of eleven."""
    departments = tuple("M" if at % 2 == 0 else "S" if at < 6 else "T" if at < 16 else "U" for at in range(38))
    shown = text(printed(evaluation_of(19, departments=departments), "en"))
    assert "fewer than 5" not in shown.split("Method")[0]
    assert shown.count("not shown") >= 2


def test_large_numbers_stay_within_the_margins(tmp_path: Path) -> None:
    sheet = evaluation_of(34)
    many = tuple(replace(one, meetings=123_456, tandems=7_890) for one in sheet.topics)
    boxes = tool("pdftotext", printed(replace(sheet, topics=many)), tmp_path, "-bbox")
    rights = [float(row.split('"')[5]) for row in boxes.splitlines() if "<word" in row]
    assert max(rights) <= 595.3 - 56


def test_one_tandem_is_not_called_tandems() -> None:
    assert "1 tandems" not in text(printed(evaluation_of(1), "en"))


def test_a_long_programme_tells_all_its_months_in_the_chart() -> None:
    """Forty months do not fit as columns: they are told by the quarter or year, none dropped silently."""
    sheet = evaluation_of(1, months=40)
    assert len(sheet.figures.months) >= 39
    shown = text(printed(sheet, "en"))
    assert "by quarter" in shown
    assert "Q1/26" in shown
    assert "Q2/29" in shown


def test_many_topics_and_long_names_are_told() -> None:
    topics = tuple(f"Ein sehr langer Name eines Themenfeldes mit der Nummer {number}" for number in range(30))
    shown = text(printed(evaluation_of(34, topics=topics), "en"))
    assert "more topics" in shown


# --- all of them


def test_two_documents_at_once_do_not_disturb_each_other() -> None:
    alone = {language: pages(printed(agreements_of(4), language)) for language in i18n.LANGUAGES}
    found: dict[str, list[str]] = {}

    def work(language: str) -> None:
        found[language] = pages(printed(agreements_of(4), language))

    threads = [threading.Thread(target=work, args=(language,)) for language in i18n.LANGUAGES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == alone


def test_many_documents_at_once_get_their_own_letters() -> None:
    """ReportLab reads its font files from one place: threads that take turns often disturbed each other there."""
    before = sys.getswitchinterval()
    alone = pages(printed(certificates_of(9)))
    found: list[list[str]] = []
    sys.setswitchinterval(1e-5)
    try:
        threads = [
            threading.Thread(target=lambda: found.extend(pages(printed(certificates_of(9))) for _ in range(12)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    finally:
        sys.setswitchinterval(before)
    assert len(found) == 48, "one of them fell"
    assert all(one == alone for one in found)


def test_logo_that_is_no_picture_is_left_out() -> None:
    for logo in (b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        house = replace(HOUSE, logo=logo)
        assert len(pages(printed(certificates_of(2, Design.LOGO), house=house))) == 2
