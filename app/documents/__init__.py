"""PDF documents from frozen records: each function gives the bytes of one file.

ReportLab is loaded on the first document, not before. A text that Inter has no letters for is printed with boxes;
``app.documents.lettering.missing_glyphs`` says beforehand which.
"""

from __future__ import annotations

from datetime import date
from typing import Unpack

from app.documents.badge_inputs import NameSheets
from app.documents.editions import Edition, Wishes
from app.documents.handout_inputs import ExpectationSheets, Handout, StartCheck
from app.documents.inputs import AgreementSheets, CertificateSheets, EvaluationSheet, RecoverySheet, TandemList
from app.documents.letter_inputs import LetterSheets
from app.documents.protocol_inputs import ProtocolSheet


def tandem_list(inputs: TandemList, **wishes: Unpack[Wishes]) -> bytes:
    """The list of a programme's tandems, for the coordination."""
    from app.documents import tandem_lists

    return tandem_lists.tandem_list(inputs, Edition(**wishes))


def agreement(inputs: AgreementSheets, **wishes: Unpack[Wishes]) -> bytes:
    """The mentoring agreement of each given tandem, to be signed."""
    from app.documents import agreements

    return agreements.agreement(inputs, Edition(**wishes))


def evaluation_report(inputs: EvaluationSheet, **wishes: Unpack[Wishes]) -> bytes:
    """The figures of a programme, without names of people."""
    from app.documents import evaluation_reports

    return evaluation_reports.evaluation_report(inputs, Edition(**wishes))


def certificates(inputs: CertificateSheets, **wishes: Unpack[Wishes]) -> bytes:
    """A certificate of participation for each given person, a page each."""
    from app.documents import certificate_pages

    return certificate_pages.certificates(inputs, Edition(**wishes))


def badges(inputs: NameSheets, **wishes: Unpack[Wishes]) -> bytes:
    """Name badges on sheets of labels, or on plain paper to be cut."""
    from app.documents import badge_pages

    return badge_pages.badges(inputs, Edition(**wishes))


def table_cards(inputs: NameSheets, **wishes: Unpack[Wishes]) -> bytes:
    """A table card for each name, a page each, to be folded to a tent."""
    from app.documents import table_card_pages

    return table_card_pages.table_cards(inputs, Edition(**wishes))


def letters(inputs: LetterSheets, **wishes: Unpack[Wishes]) -> bytes:
    """A letter to each given member of a tandem, a page each."""
    from app.documents import tandem_letters

    return tandem_letters.letters(inputs, Edition(**wishes))


def pairing_protocol(inputs: ProtocolSheet, **wishes: Unpack[Wishes]) -> bytes:
    """How a plan of pairs came about: people, rules, weights and the points of each pair."""
    from app.documents import pairing_protocols

    return pairing_protocols.pairing_protocol(inputs, Edition(**wishes))


def about_mentoring(inputs: Handout, **wishes: Unpack[Wishes]) -> bytes:
    """What mentoring is and what holds in this programme, one page."""
    from app.documents import handouts

    return handouts.about_mentoring(inputs, Edition(**wishes))


def ground_rules(inputs: Handout, **wishes: Unpack[Wishes]) -> bytes:
    """How those in a tandem deal with each other, one page."""
    from app.documents import handouts

    return handouts.ground_rules(inputs, Edition(**wishes))


def self_check(inputs: Handout, **wishes: Unpack[Wishes]) -> bytes:
    """Statements to tick for oneself: a page for mentors, a page for mentees."""
    from app.documents import handouts

    return handouts.self_check(inputs, Edition(**wishes))


def start_check(inputs: StartCheck, **wishes: Unpack[Wishes]) -> bytes:
    """What should be settled before a programme starts, one page for the coordination."""
    from app.documents import handouts

    return handouts.start_check(inputs, Edition(**wishes))


def expectation_sheets(inputs: ExpectationSheets, **wishes: Unpack[Wishes]) -> bytes:
    """An expectation sheet for each given person, to be filled in."""
    from app.documents import expectation_pages

    return expectation_pages.expectation_sheets(inputs, Edition(**wishes))


def reservation_cards(inputs: Handout, **wishes: Unpack[Wishes]) -> bytes:
    """Cards for reservations without a name, four on a sheet to be cut."""
    from app.documents import reservation_pages

    return reservation_pages.reservation_cards(inputs, Edition(**wishes))


def interim_sheets(inputs: AgreementSheets, **wishes: Unpack[Wishes]) -> bytes:
    """A sheet for the interim talk for each member of the given tandems."""
    from app.documents import interim_pages

    return interim_pages.interim_sheets(inputs, Edition(**wishes))


def recovery_sheet(inputs: RecoverySheet, *, language: str, on: date) -> bytes:
    """The recovery sheet of a vault, one page."""
    from app.documents import recovery_sheets

    return recovery_sheets.recovery_sheet(inputs, language=language, on=on)
