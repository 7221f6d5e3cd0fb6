"""The pages of the window, in the order of its rail."""

from __future__ import annotations

from ui.pages.documents import DocumentsPage
from ui.pages.notes import NotesPage
from ui.pages.overview import OverviewPage
from ui.pages.pairing import PairingPage
from ui.pages.people import PeoplePage
from ui.pages.programme import ProgrammePage
from ui.pages.security import SecurityPage
from ui.pages.settings import SettingsPage
from ui.pages.tandem import TandemPage
from ui.pages.tandems import TandemsPage
from ui.parts.page import Page

PAGES: tuple[type[Page], ...] = (
    OverviewPage,
    PeoplePage,
    ProgrammePage,
    PairingPage,
    TandemsPage,
    TandemPage,
    NotesPage,
    DocumentsPage,
    SecurityPage,
    SettingsPage,
)
AT_FOOT = ("security", "settings")
