"""Ctrl+K: to any person, tandem, programme or page by typing a part of its name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.text import haystack, needles
from app.i18n import tr
from app.store import people, programmes, tandems
from ui import icons, theme
from ui.desk import Desk, Place
from ui.parts import card
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


class Palette(QDialog):
    """Goes to the chosen line on Enter; Escape closes."""

    def __init__(self, parent: QWidget, desk: Desk, pages: tuple[PageFacts, ...]) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(tr("Go to"))
        self.resize(theme.px(560), theme.px(420))
        self._targets = [*_pages(pages), *_records(desk)]
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("A person, a tandem, a page …"))
        self.line.setAccessibleName(tr("Go to"))
        self.line.textChanged.connect(self._show)
        self.line.returnPressed.connect(self._go)
        self.line.installEventFilter(self)
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Found"))
        self.found.itemActivated.connect(lambda _: self._go())
        column = card.column(self.line, self.found, spacing=8)
        column.setContentsMargins(*[theme.px(16)] * 4)
        self.setLayout(column)
        self._show("")
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                row = min(max(self.found.currentRow() + step, 0), self.found.count() - 1)
                self.found.setCurrentRow(row)
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


def _records(desk: Desk) -> list[Target]:
    if desk.vault.kind != "programme":
        return []
    everyone = people.all_people(desk.vault)
    names = {person.id: person.family_name for person in everyone}
    targets = []
    for programme in programmes.all_programmes(desk.vault):
        for tandem in tandems.of_programme(desk.vault, programme.id):
            pair = " / ".join(names.get(member.person, "") for member in tandem.members)
            words = tr("Tandem {number}: {pair}").format(number=tandem.number, pair=pair)
            found_by = haystack(words, programme.title)
            targets.append(Target(words, programme.title, "handshake", Place("tandem", tandem.id), found_by))
    for person in everyone:
        found_by = haystack(person.list_name, person.department)
        targets.append(
            Target(person.list_name, person.department or tr("Person"), "user", Place("people", person.id), found_by)
        )
    return targets
