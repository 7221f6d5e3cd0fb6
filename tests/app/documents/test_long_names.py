"""Long names, titles, departments and addresses on paper: whole, within the page, no word parted without need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from document_samples import ON, certificates_of, names_of, programme, tandem_list_of, tandem_sheet
from paper import evaluation_of, pages, text
from pdf_reading import tool

from app import documents
from app.documents.badge_inputs import Measure, NameSheet, Tent
from app.documents.big_names import big_name
from app.documents.editions import Wishes
from app.documents.inputs import AgreementSheets, CertificateSheet, Design, House, PartnerSheet
from app.documents.letter_inputs import Addressee, LetterSheet, LetterSheets
from app.i18n import LANGUAGES

FIRST = "Prof. Dr.-Ing. Maximiliane-Charlotte Freifrau von und zu Wolframs-Eschenbach-Hohenlohe"
SECOND = "Karl-Theodor Maria Nikolaus Johann Jacob Philipp Franz Joseph Sylvester von und zu Guttenberg"
DEPARTMENT = "Abteilung für Qualitätssicherung, Arbeitsschutz und Umweltmanagementsysteme, Bereich Süd-West"
FIRM = "Gemeinnützige Gesellschaft für Wirtschaftsförderung Oberschwaben-Bodensee mbH & Co. KG"
POST = "Leitende Regierungsdirektorin und Stellvertreterin des Abteilungspräsidenten"
MAIL = "maximiliane-charlotte.von-und-zu-wolframs-eschenbach-hohenlohe@wirtschaftsfoerderung.example"
HOUSE = House(
    name="Landesanstalt für Umweltmessungen und Naturschutz Baden-Württemberg, Anstalt des öffentlichen Rechts",
    place="Villingen-Schwenningen",
    signatories=(FIRST, SECOND),
)
TITLE = "Reverse Mentoring für Führungskräfte der Landesverwaltung und ihrer nachgeordneten Behörden 2026/2027"
PROGRAMME = replace(programme(title=TITLE), patron=SECOND, contact=f"{FIRST}, {DEPARTMENT}, {MAIL}")
NAMES = (FIRST, SECOND)


def partner(name: str) -> PartnerSheet:
    return PartnerSheet(name=name, sorting=name, position=POST, department=DEPARTMENT, organisation=FIRM)


def addressee(name: str) -> Addressee:
    return Addressee(name=name, family_name=name, position=POST, department=DEPARTMENT, organisation=FIRM, email=MAIL)


def document(kind: str, language: str) -> bytes:
    one, other = partner(FIRST), partner(SECOND)
    wishes: Wishes = {"language": language, "house": HOUSE, "on": ON}
    if kind == "list":
        rows = tuple(replace(row, mentors=(one,), mentees=(other,)) for row in tandem_list_of(3).tandems)
        return documents.tandem_list(replace(tandem_list_of(0), programme=PROGRAMME, tandems=rows), **wishes)
    if kind == "agreement":
        tandem = replace(tandem_sheet(), mentors=(one,), mentees=(other,))
        return documents.agreement(AgreementSheets(programme=PROGRAMME, tandems=(tandem,)), **wishes)
    if kind == "certificates":
        people = tuple(CertificateSheet(name=name, mentor=True, mentee=True) for name in NAMES)
        records = replace(certificates_of(0, Design.FRAMED), programme=PROGRAMME, people=people)
        return documents.certificates(records, **wishes)
    if kind == "letters":
        letter = LetterSheet(number=1, to=addressee(FIRST), partners=(addressee(SECOND),), teaches=True)
        return documents.letters(LetterSheets(programme=PROGRAMME, letters=(letter,)), **wishes)
    if kind == "evaluation":
        return documents.evaluation_report(evaluation_of(34, departments=(DEPARTMENT, FIRM), head=PROGRAMME), **wishes)
    people_ = tuple(
        NameSheet(name=name, affiliation=DEPARTMENT, mentor=True, mentee=True, partners=(partner_,))
        for name, partner_ in zip(NAMES, reversed(NAMES), strict=True)
    )
    tent = Tent.HIGH if kind == Tent.HIGH else Tent.WIDE
    records_ = replace(names_of(0, measure=Measure.CUT, tent=tent), people=people_)
    make = documents.badges if kind == "badges" else documents.table_cards
    return make(replace(records_, programme=PROGRAMME), **wishes)


KINDS = ("list", "agreement", "certificates", "letters", "evaluation", "badges", *Tent)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_long_is_cut_or_leaves_the_paper(kind: str, language: str, tmp_path: Path) -> None:
    pdf = document(kind, language)
    foot = "Reverse Mentoring für Führ"  # the foot repeats the programme's title, which stands whole at the head
    shown = [page.replace("\n", " ") for page in pages(pdf)]
    cut = [at for page in shown for at in page.split("…")[:-1] if foot not in at[-120:]]
    assert not cut
    squeezed = "".join(text(pdf).split())
    for name in NAMES if kind != "evaluation" else (DEPARTMENT, FIRM):
        assert "".join(name.split()) in squeezed
    boxes = [row.split('"') for row in tool("pdftotext", pdf, tmp_path, "-bbox").splitlines() if "<word" in row]
    paper = 842 if kind == Tent.WIDE else 595.3
    assert min(float(box[1]) for box in boxes) >= 19
    assert max(float(box[5]) for box in boxes) <= paper - 19


@pytest.mark.parametrize("wide", range(180, 700, 40))
def test_small_words_keep_with_the_name_that_follows(wide: float) -> None:
    for name in (*NAMES, "Ana Maria de la Cruz Hernández"):
        for one in big_name(name, wide, 120, 60).lines[:-1]:
            assert not one.split()[-1].islower(), one


@pytest.mark.parametrize("topics", range(0, 24, 2))
@pytest.mark.parametrize("departments", [0, 2, 6])
def test_the_method_never_stands_on_a_page_alone(topics: int, departments: int) -> None:
    report = evaluation_of(
        34,
        topics=tuple(f"Themenfeld {number}" for number in range(topics)),
        departments=tuple(f"Abteilung {number}" for number in range(departments)),
    )
    last = pages(documents.evaluation_report(report, language="en", house=HOUSE, on=date(2026, 2, 3)))[-1]
    assert not last.removeprefix("Evaluation report").lstrip().startswith("Method")


@pytest.mark.parametrize(
    ("minutes", "german", "english"),
    [
        (60, "1 Treffen mit 1 Stunde gemeinsamer", "1 meeting with 1 hour of"),
        (75, "1 Treffen mit 1 Stunde 15 Minuten", "1 meeting with 1 hour 15 minutes"),
        (45, "1 Treffen mit 45 Minuten", "1 meeting with 45 minutes"),
    ],
)
def test_the_time_spent_is_said_in_words(minutes: int, german: str, english: str) -> None:
    person = CertificateSheet(name="Ada", mentor=True, meetings=1, minutes=minutes)
    records = replace(certificates_of(0), people=(person,))
    assert german in text(documents.certificates(records, language="de", house=HOUSE, on=ON))
    assert english in text(documents.certificates(records, language="en", house=HOUSE, on=ON))
