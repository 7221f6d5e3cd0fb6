"""The window's language: our own texts, the way dates and numbers are written, and Qt's own words."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app import i18n

_installed: list[QTranslator] = []


def speak(app: QApplication, language: str) -> None:
    """Everything that is made from now on speaks ``language``: also Qt's file dialog, and Strg for Ctrl."""
    i18n.set_language(language)
    german = i18n.language() == "de"
    QLocale.setDefault(QLocale(QLocale.Language.German if german else QLocale.Language.English))
    while _installed:
        app.removeTranslator(_installed.pop())
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if german and translator.load(QLocale("de"), "qtbase", "_", folder):
        app.installTranslator(translator)
        _installed.append(translator)
