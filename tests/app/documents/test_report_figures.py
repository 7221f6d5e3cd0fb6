"""The evaluation report of the demo shows the programme's figures, and none of a group under five."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from document_samples import HOUSE
from pdf_reading import number, pages, text_of

from app import documents, i18n
from app.evaluation.suppression import MIN_GROUP
from app.services import demo, reports
from app.store.vault import Vault

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_report_of_the_demo(vault: Vault, language: str) -> None:
    with i18n.speaking(language):
        with vault.change("demo.fill") as change:
            programme = demo.fill(change, TODAY)
        sheet = reports.evaluation(vault, programme, TODAY)
    figures = sheet.figures
    report = documents.evaluation_report(sheet, language=language, house=HOUSE, on=TODAY)
    assert pages(report) == 2
    found = text_of(report)
    german = language == "de"

    def said(value: float, words: str) -> bool:
        return f"{number(value, language)} {words}" in found

    assert said(figures.tandems, "Tandems" if german else "tandems")
    assert said(figures.participants, "Personen" if german else "people")
    assert said(figures.held, "stattgefundene Treffen" if german else "meetings held")
    assert said(figures.minutes / 60, "Stunden" if german else "hours")
    assert f"n = {number(figures.planned_until_today, language)} " in found
    for month in figures.months:
        assert f"{month.held} / {month.planned}" in found
    for topic in sheet.topics[:10]:
        assert topic.name in found
        assert f"{topic.meetings} ({topic.tandems} " in found
    assert figures.goals.mean is not None
    assert str(round(figures.goals.mean * 100)) in found
    assert any(one.mean is None for one in figures.goals.by_department)
    for one in figures.goals.by_department:
        assert one.mean is None or one.people >= MIN_GROUP
        if one.mean is not None:
            assert f"{one.department} {one.people} {round(one.mean * 100)}" in found
        elif one.department:
            assert f"{one.department} {'nicht ausgewiesen' if german else 'not shown'}" in found
    for pair in figures.department_pairs:
        if 2 * pair.tandems < MIN_GROUP:
            assert " – ".join(pair.departments) not in found


@pytest.mark.parametrize(
    ("language", "words", "untimed"),
    [("de", "bisher war keines fällig", "noch keine eingetragen"), ("en", "none was due yet", "none entered yet")],
)
def test_where_nothing_was_due_yet_no_count_of_zero_stands_there(
    vault: Vault, language: str, words: str, untimed: str
) -> None:
    with i18n.speaking(language):
        with vault.change("demo.fill") as change:
            programme = demo.fill(change, TODAY)
        sheet = reports.evaluation(vault, programme, TODAY)
    early = replace(sheet, figures=replace(sheet.figures, planned_until_today=0, held_of_planned=0, minutes=0, timed=0))
    found = text_of(documents.evaluation_report(early, language=language, house=HOUSE, on=TODAY))
    assert words in found
    assert untimed in found
    assert "n = 0 " not in found
    usual = text_of(documents.evaluation_report(sheet, language=language, house=HOUSE, on=TODAY))
    assert words not in usual
    assert untimed not in usual
