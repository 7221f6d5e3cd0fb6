"""The pages of the window, in the order of its rail; the code of a page is loaded when the page is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.i18n import mark

if TYPE_CHECKING:
    from ui.parts.page import Page

BOTH = ("programme", "notebook")
PROGRAMME = ("programme",)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the rail has to know of a page; a test holds it to say the same as the page's own class."""

    key: str
    title: str
    icon: str
    load: Callable[[], type[Page]]
    kinds_of_vault: tuple[str, ...] = PROGRAMME
    in_rail: bool = True


def _overview() -> type[Page]:
    from ui.pages.overview import OverviewPage

    return OverviewPage


def _people() -> type[Page]:
    from ui.pages.people import PeoplePage

    return PeoplePage


def _programme() -> type[Page]:
    from ui.pages.programme import ProgrammePage

    return ProgrammePage


def _pairing() -> type[Page]:
    from ui.pages.pairing import PairingPage

    return PairingPage


def _tandems() -> type[Page]:
    from ui.pages.tandems import TandemsPage

    return TandemsPage


def _tandem() -> type[Page]:
    from ui.pages.tandem import TandemPage

    return TandemPage


def _notes() -> type[Page]:
    from ui.pages.notes import NotesPage

    return NotesPage


def _documents() -> type[Page]:
    from ui.pages.documents import DocumentsPage

    return DocumentsPage


def _security() -> type[Page]:
    from ui.pages.security import SecurityPage

    return SecurityPage


def _settings() -> type[Page]:
    from ui.pages.settings import SettingsPage

    return SettingsPage


PAGES: tuple[PageFacts, ...] = (
    PageFacts("overview", mark("Overview"), "layout-dashboard", _overview),
    PageFacts("people", mark("People"), "users", _people),
    PageFacts("programme", mark("Programme"), "flag", _programme),
    PageFacts("pairing", mark("Pairing"), "shuffle", _pairing),
    PageFacts("tandems", mark("Tandems"), "handshake", _tandems),
    PageFacts("tandem", mark("Tandem"), "handshake", _tandem, in_rail=False),
    PageFacts("notes", mark("Private notes"), "notebook-pen", _notes, BOTH),
    PageFacts("documents", mark("Documents"), "printer", _documents),
    PageFacts("security", mark("Security"), "shield-check", _security, BOTH),
    PageFacts("settings", mark("Settings"), "settings", _settings, BOTH),
)
AT_FOOT = ("security", "settings")


def pages_of(kind: str) -> tuple[PageFacts, ...]:
    """The pages that a vault of this kind has."""
    return tuple(page for page in PAGES if kind in page.kinds_of_vault)


def modules() -> tuple[str, ...]:
    """Where the pages' code is."""
    return tuple(f"ui.pages.{page.key}" for page in PAGES)
