"""What all documents promise: language, type, properties, hostile texts, length, cancelling."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import document_samples as samples
import pytest
from document_samples import HOSTILE, HOUSE, NAMES, ON
from pdf_reading import fonts_of, opened, pages, text_of, tool

from app import documents, i18n
from app.documents import inputs
from app.documents.badge_inputs import NameSheet, NameSheets, NameWishes
from app.documents.handout_inputs import ExpectationSheets, Handout, Participant, StartCheck
from app.documents.inputs import AgreementSheets, CertificateSheets, EvaluationSheet, House, TandemList
from app.documents.letter_inputs import LetterSheets
from app.documents.lettering import FALLBACK, missing_glyphs
from app.documents.protection import encrypted
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState
from app.errors import Cancelled
from app.evaluation.figures import programme_figures

Make = Callable[..., bytes]
EMPTY_FIGURES = programme_figures((), (), (), (), ON)
FULL: dict[str, tuple[Make, Any]] = {
    "list": (documents.tandem_list, samples.tandem_list_of(9)),
    "agreement": (documents.agreement, samples.agreements_of(3)),
    "evaluation": (documents.evaluation_report, EvaluationSheet(programme=samples.programme(), figures=EMPTY_FIGURES)),
    "certificates": (documents.certificates, samples.certificates_of(9)),
    "letters": (documents.letters, samples.letters_of(3)),
    "badges": (documents.badges, samples.names_of(23, guests=("Gästin Größe",), blanks=2)),
    "cards": (documents.table_cards, samples.names_of(3, guests=("Gästin Größe",), blanks=1)),
    "about": (documents.about_mentoring, samples.handout_of(9)),
    "rules": (documents.ground_rules, samples.handout_of(9)),
    "self_check": (documents.self_check, samples.handout_of(9)),
    "start_check": (documents.start_check, StartCheck(programme=samples.programme(), participants=9, expecting=4)),
    "expectations": (documents.expectation_sheets, samples.expectations_of(3)),
    "reservations": (documents.reservation_cards, samples.handout_of(9)),
    "interim": (documents.interim_sheets, samples.agreements_of(3)),
}
EMPTY: dict[str, tuple[Make, Any]] = {
    "list": (documents.tandem_list, TandemList(programme=samples.programme(title=""), tandems=())),
    "agreement": (documents.agreement, AgreementSheets(programme=samples.programme(title=""), tandems=())),
    "evaluation": (
        documents.evaluation_report,
        EvaluationSheet(programme=samples.programme(title=""), figures=EMPTY_FIGURES),
    ),
    "certificates": (documents.certificates, CertificateSheets(programme=samples.programme(title=""), people=())),
    "letters": (documents.letters, LetterSheets(programme=samples.programme(title=""), letters=())),
    "badges": (documents.badges, NameSheets(programme=samples.programme(title=""), people=())),
    "cards": (documents.table_cards, NameSheets(programme=samples.programme(title=""), people=())),
    "about": (documents.about_mentoring, Handout(programme=samples.programme(title=""))),
    "rules": (documents.ground_rules, Handout(programme=samples.programme(title=""))),
    "start_check": (documents.start_check, StartCheck(programme=samples.programme(title=""))),
    "expectations": (documents.expectation_sheets, ExpectationSheets(programme=samples.programme(title=""))),
    "reservations": (documents.reservation_cards, Handout(programme=samples.programme(title=""))),
    "interim": (documents.interim_sheets, AgreementSheets(programme=samples.programme(title=""), tandems=())),
}
TITLES = {
    "list": ("Liste der Tandems", "List of tandems"),
    "agreement": ("Mentoring-Vereinbarung", "Mentoring agreement"),
    "evaluation": ("Auswertungsbericht", "Evaluation report"),
    "certificates": ("Teilnahmebescheinigung", "Certificate of participation"),
    "letters": ("Briefe an die Tandems", "Letters to the tandems"),
    "badges": ("Namensschilder", "Name badges"),
    "cards": ("Tischkarte", "Table card"),
    "about": ("Was Mentoring ist", "What mentoring is"),
    "rules": ("Spielregeln", "Ground rules"),
    "self_check": ("Selbstprüfung", "Self-check"),
    "start_check": ("Prüfliste vor dem Start", "Check before the start"),
    "expectations": ("Erwartungsbogen", "Expectation sheet"),
    "reservations": ("Offen gesagt, ohne Namen", "Said openly, without a name"),
    "interim": ("Zwischengespräch", "Interim talk"),
}
NAMED_ELSE = {"reservations": ("Karten für Vorbehalte", "Reservation cards")}  # as the file's title, not on the paper


def made(name: str, language: str = "de", **more: Any) -> bytes:
    make, records = FULL[name]
    return make(records, language=language, house=more.pop("house", HOUSE), on=ON, **more)


@pytest.mark.parametrize("name", FULL)
def test_a_document_speaks_its_own_language(name: str) -> None:
    german, english = TITLES[name]
    i18n.set_language("en")
    assert german in text_of(made(name, "de"))
    i18n.set_language("de")
    found = text_of(made(name, "en"))
    assert english in found
    assert german not in found
    assert i18n.language() == "de"


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_properties(name: str, language: str, tag: str) -> None:
    reader = opened(made(name, language))
    assert reader.metadata is not None
    assert NAMED_ELSE.get(name, TITLES[name])[language == "en"].split()[0][:11] in str(reader.metadata.title)
    assert reader.metadata.author == HOUSE.name
    assert reader.metadata.subject == "Reverse Mentoring 2026"
    assert reader.trailer["/Root"]["/Lang"] == tag  # type: ignore[index]
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


@pytest.mark.parametrize("name", FULL)
def test_only_inter_is_used(name: str) -> None:
    found = fonts_of(made(name))
    assert found
    assert all("+Inter" in font for font in found), found


@pytest.mark.parametrize("name", FULL)
def test_fonts_are_embedded_subsets(name: str, tmp_path: Path) -> None:
    rows = tool("pdffonts", made(name), tmp_path).splitlines()[2:]
    assert rows
    for row in rows:
        assert "Inter" in row
        assert row.split()[-5:-3] == ["yes", "yes"], row  # embedded, subset


@pytest.mark.parametrize("name", FULL)
def test_the_file_is_sound(name: str, tmp_path: Path) -> None:
    tool("qpdf", made(name), tmp_path, "--check")
    assert TITLES[name][0] in " ".join(tool("pdftotext", made(name), tmp_path, "-layout").split())


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_an_empty_programme_gives_one_page(name: str, language: str) -> None:
    make, records = EMPTY[name]
    pdf = make(records, language=language, house=House(), on=ON)
    assert pages(pdf) == 1
    assert len(text_of(pdf)) > 20
    assert opened(pdf).metadata.author == "Tandembuch"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", FULL)
def test_cancelling_stops(name: str) -> None:
    with pytest.raises(Cancelled):
        made(name, cancelled=lambda: True)


def test_cancelling_half_way_stops() -> None:
    asked: list[int] = []

    def later() -> bool:
        asked.append(1)
        return len(asked) > 4

    with pytest.raises(Cancelled):
        documents.agreement(samples.agreements_of(20), language="de", house=HOUSE, on=ON, cancelled=later)
    assert len(asked) == 5


@pytest.mark.parametrize("name", FULL)
def test_progress_reaches_the_end(name: str) -> None:
    steps: list[tuple[int, int]] = []
    made(name, progress=lambda done, of: steps.append((done, of)))
    assert steps[-1][0] == steps[-1][1]
    assert steps == sorted(steps)


@pytest.mark.parametrize("colour", ["", "blue-ish", "#12", "#ffffff", "#gggggg", HOSTILE])
@pytest.mark.parametrize("name", FULL)
def test_a_bad_house_colour_is_replaced(name: str, colour: str) -> None:
    assert pages(made(name, house=replace(HOUSE, colour=colour)))


# Texts of people


def hostile_records() -> list[tuple[Make, Any]]:
    partner = samples.partner(0, HOSTILE, department=HOSTILE, organisation=HOSTILE, expectations=HOSTILE)
    sheet = replace(
        samples.tandem_sheet(1), mentors=(partner,), topics=(HOSTILE,), remarks=HOSTILE, rhythm=HOSTILE, place=HOSTILE
    )
    head = replace(samples.programme(title=HOSTILE), contact=HOSTILE, patron=HOSTILE)
    person = replace(samples.certificates_of(1).people[0], name=HOSTILE, topics=(HOSTILE,))
    row = inputs.TandemRow(number=1, state=TandemState.ACTIVE, mentors=(partner,), mentees=(partner,))
    return [
        (documents.tandem_list, TandemList(programme=head, tandems=(row,))),
        (documents.agreement, AgreementSheets(programme=head, tandems=(sheet,))),
        (
            documents.evaluation_report,
            EvaluationSheet(
                programme=head,
                figures=EMPTY_FIGURES,
                topics=(inputs.TopicCount(name=HOSTILE, meetings=1, tandems=1),),
            ),
        ),
        (documents.certificates, CertificateSheets(programme=head, people=(person,))),
        (documents.interim_sheets, AgreementSheets(programme=head, tandems=(sheet,))),
        (documents.about_mentoring, Handout(programme=head, greeting=HOSTILE)),
        (documents.start_check, StartCheck(programme=head)),
        (
            documents.expectation_sheets,
            ExpectationSheets(
                programme=head,
                topics=(HOSTILE,),
                people=(Participant(name=HOSTILE, role=Role.BOTH, department=HOSTILE, expectations=HOSTILE),),
            ),
        ),
    ]


def hostile_names() -> NameSheets:
    person = NameSheet(name=HOSTILE, affiliation=HOSTILE, mentor=True, partners=(HOSTILE,))
    head = samples.programme(title=HOSTILE)
    return NameSheets(programme=head, people=(person,), wishes=NameWishes(guests=(HOSTILE,)))


def test_markup_in_texts_is_text() -> None:
    for make, records in hostile_records():
        house = replace(HOUSE, name=HOSTILE, signatories=(HOSTILE, HOSTILE), place=HOSTILE)
        pdf = make(records, language="de", house=house, on=ON)
        assert HOSTILE in text_of(pdf)
        assert not any(page.images for page in opened(pdf).pages)


@pytest.mark.parametrize("make", [documents.badges, documents.table_cards])
def test_markup_in_names_is_text(make: Make) -> None:
    pdf = make(hostile_names(), language="de", house=replace(HOUSE, name=HOSTILE), on=ON)
    found = text_of(pdf).replace(" ", "")
    assert found.count(HOSTILE.replace(" ", "")) >= 2
    assert not any(page.images for page in opened(pdf).pages)


def test_names_of_many_scripts(tmp_path: Path) -> None:
    tandems = tuple(samples.tandem_sheet(at + 1, name, name) for at, name in enumerate(NAMES))
    records = AgreementSheets(programme=samples.programme(), tandems=tandems)
    pdf = documents.agreement(records, language="de", house=HOUSE, on=ON)
    found = text_of(pdf)
    for name in NAMES:
        assert missing_glyphs(name) == ()
        assert f"Was {name} erwartet" in found
    assert FALLBACK not in found
    assert "Nguyễn Thị Hồng Phượng" in tool("pdftotext", pdf, tmp_path)


def test_signs_without_a_letter_are_boxes_and_are_told() -> None:
    name = "山田 🎉 أحمد"
    assert missing_glyphs(name) == ("山", "田", "🎉", "أ", "ح", "م", "د")
    records = AgreementSheets(programme=samples.programme(), tandems=(samples.tandem_sheet(1, name, "Eva"),))
    found = text_of(documents.agreement(records, language="de", house=HOUSE, on=ON))
    assert f"Was {FALLBACK * 2} {FALLBACK} {FALLBACK * 4} erwartet" in found
    assert missing_glyphs("e\u0301 \u00ad\n\t") == ()
    assert missing_glyphs("👩\u200d💻👩🏽") == ("👩", "💻")


def long_agreement(words: list[str]) -> bytes:
    sheet = samples.tandem_sheet(1)
    partner = replace(sheet.mentors[0], expectations=" ".join(words))
    tandem = replace(sheet, mentors=(partner,), remarks=" ".join(words))
    records = AgreementSheets(programme=samples.programme(), tandems=(tandem,))
    return documents.agreement(records, language="de", house=HOUSE, on=ON)


def test_a_very_long_text_is_whole_and_quick() -> None:
    words = [f"w{number}" for number in range(40_000)]
    begun = time.process_time()
    long_agreement(words[:8_000])
    between = time.process_time()
    pdf = long_agreement(words)
    assert time.process_time() - between < 12 * (between - begun)  # five times the words; the quadratic way takes 25
    found = text_of(pdf).split()
    counted = dict.fromkeys(words, 0)
    for word in found:
        if word in counted:
            counted[word] += 1
    assert set(counted.values()) == {2}


def test_one_word_without_end_stays_on_the_paper(tmp_path: Path) -> None:
    sheet = replace(samples.tandem_sheet(1), remarks="x" * 5000)
    records = AgreementSheets(programme=samples.programme(), tandems=(sheet,))
    pdf = documents.agreement(records, language="de", house=HOUSE, on=ON)
    assert text_of(pdf).replace(" ", "").count("x") >= 5000
    within_margins(pdf, tmp_path)


def test_long_departments_and_hostile_texts_stay_within_the_margins(tmp_path: Path) -> None:
    for make, records in hostile_records():
        within_margins(make(records, language="de", house=HOUSE, on=ON), tmp_path)
    long = {"department": "Donaudampfschifffahrtsgesellschaft für " * 8, "organisation": "Anstalt " * 40}
    partners = tuple(samples.partner(at, samples.LONG_NAME, **long) for at in range(6))
    row = replace(samples.tandem_list_of(1).tandems[0], mentors=partners, mentees=partners)
    pdf = documents.tandem_list(
        TandemList(programme=samples.programme(title="Titel " * 60), tandems=(row,) * 8),
        language="de", house=replace(HOUSE, name="Haus " * 60), on=ON,
    )  # fmt: skip
    within_margins(pdf, tmp_path)


def within_margins(pdf: bytes, folder: Path) -> None:
    """Every word lies between the margins of 20 mm (in points), left and right."""
    boxes = tool("pdftotext", pdf, folder, "-bbox")
    found = [part.split('"') for part in boxes.splitlines() if "<word" in part]
    assert found
    for part in found:
        assert float(part[1]) >= 56, part
        assert float(part[5]) <= 595.3 - 56, part


# Many, and what each holds


def test_five_hundred_tandems_on_the_list() -> None:
    steps: list[tuple[int, int]] = []
    pdf = documents.tandem_list(
        samples.tandem_list_of(500), language="en", house=HOUSE, on=ON,
        progress=lambda done, of: steps.append((done, of)),
    )  # fmt: skip
    assert steps[-1] == (500, 500)
    count = pages(pdf)
    assert count > 20
    found = [page.extract_text() for page in opened(pdf).pages]
    assert all("Mentor" in text and f"Page {at} of {count}" in text for at, text in enumerate(found, start=1))
    assert "500 tandems" in found[0]
    assert "Confidential" in found[0]


def test_agreements_each_count_their_own_pages() -> None:
    pdf = documents.agreement(samples.agreements_of(40), language="de", house=HOUSE, on=ON)
    reader = opened(pdf)
    assert len(reader.outline) == 40
    assert sum("Seite 1 von" in page.extract_text() for page in reader.pages) == 40


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_an_agreement_holds_what_was_agreed(kind: ProgrammeKind) -> None:
    found = text_of(documents.agreement(samples.agreements_of(1, kind), language="de", house=HOUSE, on=ON))
    for words in ("KI-Werkzeuge", "Social Media", "alle vier Wochen, montags nach dem Mittag", "Dr. Helmut Lindner",
                  "Angebote mit einem Sprachmodell vorbereiten", "Unterschriften", "bleibt im Tandem"):  # fmt: skip
        assert words in found
    open_ = replace(samples.tandem_sheet(1), confidentiality=False, goals=())
    records = AgreementSheets(programme=samples.programme(kind), tandems=(open_,))
    assert "bleibt im Tandem" not in text_of(documents.agreement(records, language="de", house=HOUSE, on=ON))


def test_partners_of_a_mutual_programme_have_no_roles() -> None:
    mutual = ProgrammeKind.MUTUAL
    sheet = samples.tandem_sheet(1)
    records = AgreementSheets(programme=samples.programme(mutual), tandems=(sheet,))
    found = text_of(documents.agreement(records, language="en", house=HOUSE, on=ON))
    signed = found.split("Signatures")[-1]
    assert "Tandem partner" in signed
    assert "Mentee" not in signed
    head, goals = found.split("What we have agreed")[0], found.split("Our goals")[1].split("Levels:")[0]
    assert head.count("Tandem partner") == 2
    assert "Mentee" not in goals
    assert sheet.mentees[0].name.split()[0] in goals
    listed = replace(samples.tandem_list_of(2), programme=samples.programme(mutual))
    assert text_of(documents.tandem_list(listed, language="en", house=HOUSE, on=ON)).count("Tandem partner") == 2
    person = replace(samples.certificates_of(1).people[0], mentor=False, mentee=False)
    certified = CertificateSheets(programme=samples.programme(mutual), people=(person,))
    said = text_of(documents.certificates(certified, language="en", house=HOUSE, on=ON))
    assert "took part in" in said
    assert "mentor in" not in said


# What cannot be in a document


def test_the_records_have_no_place_for_private_things() -> None:
    seen: set[type] = set()

    def walk(kind: Any) -> None:
        for inner in get_args(kind):
            walk(inner)
        if not is_dataclass(kind) or kind in seen:
            return
        assert isinstance(kind, type)
        seen.add(kind)
        assert kind.__module__ != "app.domain.notes"
        hints = get_type_hints(kind)
        for field in fields(kind):
            assert not {"note", "notes", "gap", "gaps", "skill"} & set(field.name.split("_")), field.name
            walk(hints[field.name])

    for _, records in FULL.values():
        walk(type(records))
    walk(House)
    assert len(seen) > 12


def test_documents_never_import_notes() -> None:
    folder = Path(documents.__file__).parent
    imported: set[str] = set()
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported |= {f"{node.module}.{name.name}" for name in node.names} | {node.module or ""}
            elif isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
    assert "app.domain.tandems" in imported
    assert not [name for name in imported if name.startswith(("app.domain.notes", "app.store"))]


def test_a_password_opens_what_is_encrypted(tmp_path: Path) -> None:
    pdf = made("agreement")
    locked = encrypted(pdf, "Größe 7")
    assert b"Mentoring-Vereinbarung" not in locked
    reader = opened(locked)
    assert reader.is_encrypted
    assert not reader.decrypt("")
    assert not reader.decrypt("größe 7")
    assert reader.decrypt("Größe 7")
    assert len(reader.pages) == pages(pdf)
    assert "Mentoring-Vereinbarung" in reader.pages[0].extract_text()
    shown = tool("qpdf", locked, tmp_path, "--show-encryption", "--password=Größe 7")
    assert "AESv3" in shown
