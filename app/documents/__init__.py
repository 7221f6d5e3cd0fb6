"""PDF documents from frozen records: each function gives the bytes of one file.

ReportLab is loaded on the first document, not before. A text that Inter has no letters for is printed with boxes;
``app.documents.lettering.missing_glyphs`` says beforehand which.
"""

from __future__ import annotations

from datetime import date

from app.documents.inputs import (
    AgreementSheets,
    Cancelled,
    CertificateSheets,
    EvaluationSheet,
    House,
    Progress,
    RecoverySheet,
    TandemList,
)
from app.documents.letter_inputs import LetterSheets


def tandem_list(
    inputs: TandemList,
    *,
    language: str,
    house: House,
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The list of a programme's tandems, for the coordination."""
    from app.documents import tandem_lists

    return tandem_lists.tandem_list(
        inputs, language=language, house=house, on=on, progress=progress, cancelled=cancelled
    )


def agreement(
    inputs: AgreementSheets,
    *,
    language: str,
    house: House,
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The mentoring agreement of each given tandem, to be signed."""
    from app.documents import agreements

    return agreements.agreement(inputs, language=language, house=house, on=on, progress=progress, cancelled=cancelled)


def evaluation_report(
    inputs: EvaluationSheet,
    *,
    language: str,
    house: House,
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The figures of a programme, without names of people."""
    from app.documents import evaluation_reports

    return evaluation_reports.evaluation_report(
        inputs, language=language, house=house, on=on, progress=progress, cancelled=cancelled
    )


def certificates(
    inputs: CertificateSheets,
    *,
    language: str,
    house: House,
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """A certificate of participation for each given person, a page each."""
    from app.documents import certificate_pages

    return certificate_pages.certificates(
        inputs, language=language, house=house, on=on, progress=progress, cancelled=cancelled
    )


def letters(
    inputs: LetterSheets,
    *,
    language: str,
    house: House,
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """A letter to each given member of a tandem, a page each."""
    from app.documents import tandem_letters

    return tandem_letters.letters(inputs, language=language, house=house, on=on, progress=progress, cancelled=cancelled)


def recovery_sheet(inputs: RecoverySheet, *, language: str, on: date) -> bytes:
    """The recovery sheet of a vault, one page."""
    from app.documents import recovery_sheets

    return recovery_sheets.recovery_sheet(inputs, language=language, on=on)
