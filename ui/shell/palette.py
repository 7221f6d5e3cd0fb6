"""Ctrl+K: to any person, tandem, programme or page by typing a part of its name; or to a person on one page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.ids import ProgrammeId
from app.domain.people import Person, person_haystack, short_names
from app.domain.text import haystack, needles
from app.i18n import tr
from app.store import people, programmes, tandems
from app.store.vault import Source
from ui import icons, theme
from ui.desk import Desk, Place
from ui.parts import card
from ui.parts.banner import announce
from ui.parts.dialog import Dialog
from ui.parts.reading import MUCH, Reading
from ui.parts.spoken import PAUSE_MS
from ui.shell.pages import PageFacts

MOST = 50


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the palette."""

    words: str
    kind: str
    icon: str
    place: Place
    found_by: str


class Palette(Dialog):
    """Goes to the chosen line on Enter; Escape closes. ``within`` a page it finds the programme's people there."""

    def __init__(
        self, parent: QWidget, desk: Desk, pages: tuple[PageFacts, ...], within: str | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._within = desk, within
        title = tr("Go to") if within is None else tr("Find somebody on this page")
        self.setWindowTitle(title)
        self.resize(theme.px(560), theme.px(420))
        self._targets = _pages(pages) if within is None else []
        self.reading = Reading(self, desk.say_fault)
        self.finished.connect(self.deleteLater)  # it knows everybody
        self.line = QLineEdit()
        self.line.setPlaceholderText(self._hint())
        self.line.setAccessibleName(title)
        self._said = QTimer(self, interval=PAUSE_MS, singleShot=True)  # who types hears the keys first
        self._said.timeout.connect(self._say)
        self.line.textChanged.connect(self._show)
        self.line.returnPressed.connect(self._go)
        self.line.installEventFilter(self)
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Found"))
        self.found.ensurePolished()  # else its first rows are laid out without the style's room, and lie on each other
        self.found.itemActivated.connect(lambda _: self._go())
        column = card.column(self.line, self.found, spacing=8)
        column.setContentsMargins(*[theme.px(16)] * 4)
        self.setLayout(column)
        self._show("")
        self.line.setFocus()
        self._read()

    def _hint(self) -> str:
        if self._within is not None:
            return tr("Type a name …")
        return tr("A person, a tandem, a page …") if self._desk.vault.kind == "programme" else tr("A page …")

    def _read(self) -> None:
        """Of a large vault people and tandems are added as soon as they are read."""
        vault, within, programme = self._desk.vault, self._within, self._desk.programme
        if within is not None:
            self.reading.read(
                lambda: _enrolled(vault, within, programme),
                self._add,
                much=programmes.enrolled_count(vault, programme) > MUCH,
            )
        elif vault.kind == "programme":
            self.reading.read(lambda: _records(vault), self._add, much=people.count(vault) > MUCH)

    def _add(self, targets: list[Target]) -> None:
        row = self.found.currentRow()
        self._targets = [*self._targets, *targets]
        self._show(self.line.text())
        self.found.setCurrentRow(max(row, 0))  # what was found before stands first

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                row = min(max(self.found.currentRow() + step, 0), self.found.count() - 1)
                self.found.setCurrentRow(row)
                self._say()
                return True
        return super().eventFilter(watched, event)

    def _show(self, query: str) -> None:
        words = needles(query)
        self.found.clear()
        for target in self._targets:
            if all(word in target.found_by for word in words):
                item = QListWidgetItem(icons.icon(target.icon, "muted"), f"{target.words}   ·   {target.kind}")
                item.setData(Qt.ItemDataRole.UserRole, target)
                self.found.addItem(item)
                if self.found.count() == MOST:
                    break
        self.found.setCurrentRow(0)
        self._said.start()

    def _say(self) -> None:
        """The keyboard stays in the line: nobody would hear of the list below it by itself."""
        item = self.found.currentItem() if self.found.count() else None
        announce(self.line, tr("Nothing found") if item is None else item.text())

    def _go(self) -> None:
        if self.found.currentRow() < 0:
            return
        item = self.found.currentItem()
        target: Target = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self._desk.go(target.place)


def _pages(pages: tuple[PageFacts, ...]) -> list[Target]:
    return [
        Target(tr(page.title), tr("Page"), page.icon, Place(page.key), haystack(tr(page.title)))
        for page in pages
        if page.in_rail
    ]


def _records(source: Source) -> list[Target]:
    """Every tandem and every person; it may run in any thread."""
    everyone = {person.id: person for person in people.all_people(source)}
    called = short_names(everyone.values())
    targets = []
    for programme in programmes.all_programmes(source):
        for tandem in tandems.of_programme(source, programme.id):
            members = [everyone[member.person] for member in tandem.members if member.person in everyone]
            pair = " / ".join(called[person.id] for person in members)
            words = tr("Tandem {number}: {pair}").format(number=tandem.number, pair=pair)
            found_by = haystack(words, programme.title, *(person.full_name for person in members))
            targets.append(Target(words, programme.title, "handshake", Place("tandem", tandem.id), found_by))
    return targets + [_person(person, "people") for person in everyone.values()]


def _enrolled(source: Source, page: str, programme: ProgrammeId | None) -> list[Target]:
    """Everybody in the programme, to be shown on that page; it may run in any thread."""
    return [] if programme is None else [_person(one, page) for one in people.enrolled(source, programme)]


def _person(person: Person, page: str) -> Target:
    kind = person.department or tr("Person")
    return Target(person.list_name, kind, "user", Place(page, person.id), person_haystack(person))
