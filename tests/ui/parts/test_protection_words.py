"""The security page says against whom the vault protects, against whom not, and what this computer can't do."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from window_fixtures import OpenWindow

from app import i18n
from ui.parts.protection_words import LIMITS, THREATS, limits

WHO = ("thief", "cloud", "desk", "HR", "screen", "program", "forensic", "forget", "copy", "network", "print")


def test_everybody_one_thinks_of_is_named() -> None:
    named = " ".join(whom for whom, _, _ in THREATS).lower()
    assert [who for who in WHO if who.lower() not in named] == []
    assert {tone for _, tone, _ in THREATS} == {"ok", "warn", "danger"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_sentence_stands_on_the_page(open_demo: OpenWindow, language: str) -> None:
    stage = open_demo(language)
    page = stage.go("security")
    shown = {label.text() for label in page.findChildren(QLabel) if not label.isHidden()}
    with i18n.speaking(language):
        wanted = {i18n.tr(text) for whom, _, words in THREATS for text in (whom, words)}
        wanted |= {i18n.tr(text) for text in limits()}
    assert wanted <= shown


@pytest.mark.parametrize("system", [*LIMITS, "freebsd14"])
def test_every_system_has_its_limits_and_says_them_in_german(system: str) -> None:
    assert limits(system)
    with i18n.speaking("de"):
        assert [text for text in limits(system) if i18n.tr(text) == text] == []
