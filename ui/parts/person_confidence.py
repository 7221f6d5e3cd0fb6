"""What is confidential about a person: rivals, vetoes and wishes, on a ground of its own with the words that say so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.people import Confidence
from app.i18n import tr
from ui import theme
from ui.parts.buttons import icon_button
from ui.parts.card import Card, ElidedLabel, IconLabel, PlainLabel, row, subheading
from ui.parts.people_picker import PeoplePicker
from ui.parts.veil import Veiled

Names = Callable[[str, frozenset[PersonId]], list[tuple[PersonId, str]]]


class PeopleList(QWidget):
    """A few people, one a line, with a field that adds one. ``ranked`` puts numbers before them and lets them rise."""

    committed = Signal(object)  # tuple[PersonId, ...]

    def __init__(self, name: str, placeholder: str, names: Names, name_of: Callable[[PersonId], str],
                 *, ranked: bool = False) -> None:  # fmt: skip
        super().__init__()
        self._people: tuple[PersonId, ...] = ()
        self._self: PersonId | None = None
        self._names, self._name_of, self._ranked = names, name_of, ranked
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(PlainLabel(name, "text", 0.92, theme.MEDIUM))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        self.picker = PeoplePicker(self._lookup, placeholder, keeps=False)
        self.picker.setAccessibleName(f"{name}: {placeholder}".rstrip(" …"))
        self.picker.committed.connect(self._add)
        column.addWidget(self.picker)
        self._rows: list[QWidget] = []

    def show_value(self, person: PersonId, people: tuple[PersonId, ...]) -> None:
        self._self, self._people = person, people
        for line in self._rows:
            line.hide()
            self._list.removeWidget(line)
            line.deleteLater()
        self._rows = [self._row(place, other) for place, other in enumerate(people)]
        for line in self._rows:
            self._list.addWidget(line)

    def _lookup(self, query: str) -> list[tuple[PersonId, str]]:
        without = frozenset(self._people) | ({self._self} if self._self is not None else set())
        return self._names(query, frozenset(without))

    def _row(self, place: int, other: PersonId) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        name = self._name_of(other)
        layout.addWidget(ElidedLabel(f"{place + 1}. {name}" if self._ranked else name), 1)
        if self._ranked and place:
            higher = icon_button("arrow-up", tr("Higher wish: {name}").format(name=name))
            higher.clicked.connect(lambda: self._raise(place))
            layout.addWidget(higher)
        remove = icon_button("x", tr("Remove {what}").format(what=name))
        remove.clicked.connect(lambda: self._tell(tuple(one for one in self._people if one != other)))
        layout.addWidget(remove)
        return line

    def _raise(self, place: int) -> None:
        people = list(self._people)
        people.insert(place - 1, people.pop(place))
        self._tell(tuple(people))

    def _add(self, person: PersonId | None) -> None:
        if person is not None and person not in self._people:
            self._tell((*self._people, person))

    def _tell(self, people: tuple[PersonId, ...]) -> None:
        if self._self is not None:
            self.show_value(self._self, people)
            self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
            self.committed.emit(people)


class ConfidenceCard(Card):
    """Rivals, vetoes and ranked wishes. Nothing of it leaves the vault."""

    rivals_set = Signal(object)
    vetoes_set = Signal(object)
    wishes_set = Signal(object)

    def __init__(self, names: Names, name_of: Callable[[PersonId], str]) -> None:
        super().__init__("private", margin=12, spacing=10)
        self.setAccessibleName(tr("Confidential: visible to you alone, never printed"))
        self.body.addLayout(row(IconLabel("eye-off", "text", 16), subheading(tr("Confidential")), 1))
        self.body.addWidget(PlainLabel(tr("Visible to you alone, never printed or exported."), "text", 0.92, wrap=True))
        self.rivals = PeopleList(tr("Rivals"), tr("Add a rival …"), names, name_of)
        self.vetoes = PeopleList(tr("Vetoes"), tr("Not to be paired with …"), names, name_of)
        self.wishes = PeopleList(tr("Wishes, first choice first"), tr("Would like to be paired with …"), names, name_of,
                                 ranked=True)  # fmt: skip
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part, told in (
            (self.rivals, self.rivals_set), (self.vetoes, self.vetoes_set), (self.wishes, self.wishes_set)
        ):  # fmt: skip
            part.committed.connect(told)
            column.addWidget(part)
        self.veiled = Veiled(lists)
        self.body.addWidget(self.veiled)

    def show_value(self, person: PersonId, confidence: Confidence) -> None:
        by_name = sorted(confidence.rivals, key=lambda other: (self._order(other), other))
        self.rivals.show_value(person, tuple(by_name))
        self.vetoes.show_value(person, tuple(sorted(confidence.vetoed, key=lambda other: (self._order(other), other))))
        self.wishes.show_value(person, confidence.wished)

    def _order(self, person: PersonId) -> str:
        return self.rivals._name_of(person)
