"""Letters: a page for each member, in the form of address they chose, with nothing that was told in confidence."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import document_samples as samples
import pytest
from document_samples import HOSTILE, HOUSE, LONG_NAME, ON
from pdf_reading import fonts_of, opened, pages, text_of, tool
from PIL import Image

from app import documents, i18n
from app.documents.inputs import House
from app.documents.letter_inputs import Addressee, LetterSheet, LetterSheets
from app.documents.tandem_letters import salutation
from app.domain.people import Salutation
from app.domain.programmes import ProgrammeKind
from app.errors import Cancelled

ADA = Addressee(
    name="Dr. Ada Adler", title="Dr.", family_name="Adler", salutation=Salutation.MS, position="Leitung Vertrieb",
    department="Vertrieb", organisation="Nord AG", location="Kiel", email="ada.adler@example.org", phone="0431 5550",
)  # fmt: skip
CEM = Addressee(name="Cem Çelik", family_name="Çelik", salutation=Salutation.MR, department="Ausbildung")


def letter(**fields: Any) -> LetterSheet:
    values: dict[str, Any] = {
        "number": 7, "to": CEM, "partners": (ADA,), "teaches": True, "sought": ("KI-Werkzeuge", "Social Media"),
        "own_offered": ("KI-Werkzeuge",), "interests": ("Rudern",),
    }  # fmt: skip
    return LetterSheet(**values | fields)


def made(*letters: LetterSheet, language: str = "de", house: House = HOUSE, **more: Any) -> bytes:
    kind = more.pop("kind", ProgrammeKind.REVERSE)
    sheets = LetterSheets(programme=samples.programme(kind), letters=letters, greeting=more.pop("greeting", ""))
    return documents.letters(sheets, language=language, house=house, on=ON, **more)


def test_a_letter_tells_with_whom_how_to_reach_them_and_what_comes_next() -> None:
    found = text_of(made(letter(), greeting="Viel Freude!"))
    for words in (
        "Sehr geehrter Herr Çelik,", "Ihr Tandem mit Dr. Ada Adler", "Mentee", "ada.adler@example.org", "0431 5550",
        "Leitung Vertrieb, Vertrieb", "Nord AG", "Kiel", "Lernthemen von Dr. Ada Adler", "KI-Werkzeuge, Social Media",
        "Ihr Angebot", "Gemeinsame Interessen", "Rudern", "02.02.2026 bis 31.07.2026", "6 Treffen",
        "Die Teilnahme ist freiwillig", "vereinbaren Sie miteinander", "Mentoring-Vereinbarung", "„Viel Freude!“",
        "Dr. Helmut Lindner", "Katrin Brüggemann, Personalentwicklung", "Mit freundlichen Grüßen", "Ulm, 03.02.2026",
    ):  # fmt: skip
        assert words in found, words


def test_what_is_settled_already_is_not_asked_for() -> None:
    found = text_of(made(letter(consented=True, first_meeting=date(2026, 2, 10)), language="en"))
    assert "voluntary" not in found
    assert "Your first meeting is planned for 10 Feb 2026." in found
    assert "you and Dr. Ada Adler found each other" in text_of(made(letter(self_found=True), language="en"))
    early = made(letter(), language="en", kind=ProgrammeKind.CLASSIC)
    assert "the programme starts on" not in text_of(early)  # it has started


def test_who_has_met_and_signed_is_not_asked_to_do_so() -> None:
    met = text_of(made(letter(met=True), language="en"))
    assert "arrange your next meeting" in met
    assert "your first meeting" not in met
    assert "sign the mentoring agreement" in met
    assert "mentoring agreement" not in text_of(made(letter(met=True, signed=True), language="en"))


LEGAL_NAME = "Gemeinnützige Gesellschaft für berufliche Bildung und technische Innovation Ostthüringen mbH & Co. KG"


def test_a_long_name_of_the_house_and_a_long_address_stand_whole() -> None:
    address = "maria-magdalena.wisniewska-oberhauser@werk.example"
    sheet = letter(partners=(replace(ADA, email=address),))
    found = text_of(made(sheet, house=replace(HOUSE, name=LEGAL_NAME)))
    assert LEGAL_NAME in found
    assert address in found


def test_whoever_signs_is_not_called_the_coordination() -> None:
    signed = text_of(made(letter(), language="en")).split("Kind regards")[-1]
    assert HOUSE.signatories[0] in signed
    assert "Coordination" not in signed
    unsigned = text_of(made(letter(), language="en", house=replace(HOUSE, signatories=()))).split("Kind regards")[-1]
    assert "Coordination" in unsigned


@pytest.mark.parametrize(
    ("to", "german", "english"),
    [
        (ADA, "Sehr geehrte Frau Dr. Adler,", "Dear Dr. Adler,"),
        (replace(ADA, salutation=Salutation.MR), "Sehr geehrter Herr Dr. Adler,", "Dear Dr. Adler,"),
        (CEM, "Sehr geehrter Herr Çelik,", "Dear Mr Çelik,"),
        (replace(CEM, salutation=Salutation.MS), "Sehr geehrte Frau Çelik,", "Dear Ms Çelik,"),
        (replace(ADA, salutation=Salutation.NONE), "Guten Tag Dr. Ada Adler,", "Dear Dr. Ada Adler,"),
        (replace(CEM, family_name=""), "Guten Tag Cem Çelik,", "Dear Cem Çelik,"),
    ],
)
def test_everybody_is_addressed_as_they_chose(to: Addressee, german: str, english: str) -> None:
    for language, words in (("de", german), ("en", english)):
        with i18n.speaking(language):
            assert salutation(to) == words


def test_each_has_a_page_of_their_own_whatever_was_entered() -> None:
    long = replace(
        ADA, name=LONG_NAME, position="Leitung " * 40, department=HOSTILE, email="a" * 90 + "@example.org",
        organisation="Gesellschaft " * 30,
    )  # fmt: skip
    many = tuple(f"Ein recht langes Thema {n}" for n in range(40))
    full = letter(
        to=long, partners=(long,) * 6, offered=many, sought=many, own_offered=many, own_sought=many, interests=many,
        learns=True,
    )  # fmt: skip
    pdf = made(letter(), full, letter(to=ADA, partners=(CEM,), teaches=False, learns=True), greeting="Wort " * 400)
    assert pages(pdf) == 3
    assert len(opened(pdf).outline) == 3
    assert HOSTILE in text_of(pdf)
    assert all("+Inter" in font for font in fonts_of(pdf))
    assert text_of(pdf).count("Seite 1 von 1") == 3


def test_the_logo_is_on_every_letter_and_a_broken_one_on_none() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 20), "#b3401f").save(buffer, "PNG")
    whole = opened(made(letter(), letter(number=8), house=replace(HOUSE, logo=buffer.getvalue())))
    assert [len(page.images) for page in whole.pages] == [1, 1]
    broken = opened(made(letter(), house=replace(HOUSE, logo=buffer.getvalue()[:40])))
    assert [len(page.images) for page in broken.pages] == [0]


def test_none_at_all_progress_and_cancelling() -> None:
    assert pages(made()) == 1
    steps: list[tuple[int, int]] = []
    made(letter(), letter(), progress=lambda done, of: steps.append((done, of)))
    assert steps == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(Cancelled):
        made(letter(), cancelled=lambda: True)


def test_a_long_label_does_not_touch_what_it_names(tmp_path: Path) -> None:
    partner = replace(ADA, name="Dr. Katharina Brandstetter")
    pdf = made(letter(partners=(partner,), sought=("Programmieren",)), language="en")
    words = [part.split('"') for part in tool("pdftotext", pdf, tmp_path, "-bbox").splitlines() if "<word" in part]
    named = next(part for part in words if ">Programmieren<" in part[-1])
    left, top = float(named[1]), float(named[3])
    before = [float(part[5]) for part in words if abs(float(part[3]) - top) < 2 and float(part[1]) < left]
    assert before
    assert max(before) <= left - 5
