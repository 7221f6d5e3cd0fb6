"""Filters of the people list: a small panel of choices, and chips for those that are set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.ids import TopicId
from app.domain.people import Side
from app.domain.programmes import Role
from app.domain.tandems import OPEN_STATES
from app.domain.text import sort_key
from app.i18n import tr
from ui import theme
from ui.parts.buttons import quiet
from ui.parts.card import row, subheading
from ui.parts.chip import Chip
from ui.parts.editors import ChoiceField, Labelled
from ui.parts.flow import FlowLayout
from ui.parts.labels import role_text
from ui.parts.roster import Entry, Roster, empty_roster

NOT_ENROLLED, ENROLLED = "none", "any"
INTERNAL, EXTERNAL = "internal", "external"


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What is asked of a person; None asks nothing. ``role`` is a Role, "any" or "none"."""

    role: Role | str | None = None
    department: str | None = None
    organisation: str | None = None
    offers: TopicId | None = None
    seeks: TopicId | None = None
    paired: bool | None = None

    @property
    def asks(self) -> bool:
        return any(getattr(self, entry.name) is not None for entry in fields(self))

    def rule(self) -> Callable[[Entry], bool] | None:
        """What a row must fulfil; None where everybody is let through."""
        return self.lets_through if self.asks else None

    def lets_through(self, entry: Entry) -> bool:
        person = entry.person
        return (
            self._role_fits(entry)
            and (self.department is None or person.department == self.department)
            and (self.organisation is None or (person.organisation is None) == (self.organisation == INTERNAL))
            and (self.offers is None or self._has(entry, Side.OFFERED, self.offers))
            and (self.seeks is None or self._has(entry, Side.SOUGHT, self.seeks))
            and (self.paired is None or (entry.state in OPEN_STATES) == self.paired)
        )

    def _role_fits(self, entry: Entry) -> bool:
        if self.role is None:
            return True
        if isinstance(self.role, Role):
            return entry.role is self.role
        return (entry.role is not None) == (self.role == ENROLLED)

    @staticmethod
    def _has(entry: Entry, side: Side, topic: TopicId) -> bool:
        return any(skill.topic == topic and skill.side is side for skill in entry.person.skills)


def choices(roster: Roster) -> dict[str, tuple[str, list[tuple[Any, str]]]]:
    """For each filter its name and what can be chosen."""
    around = roster.around
    topics = sorted(
        ((topic.id, topic.name(around.language)) for topic in around.topics.values()), key=lambda t: sort_key(t[1])
    )
    roles: list[tuple[Any, str]] = [(role, role_text(role)) for role in Role]
    roles += [(ENROLLED, tr("Enrolled")), (NOT_ENROLLED, tr("Not enrolled"))]
    return {
        "role": (tr("Role in the programme"), roles),
        "department": (tr("Department"), [(name, name) for name in roster.values("department")]),
        "organisation": (tr("Organisation"), [(INTERNAL, tr("Own house")), (EXTERNAL, tr("Other houses"))]),
        "offers": (tr("Offers"), list(topics)),
        "seeks": (tr("Seeks"), list(topics)),
        "paired": (tr("Tandem"), [(True, tr("In a tandem")), (False, tr("Without a tandem"))]),
    }


class FilterPanel(QFrame):
    """A panel that opens below the Filter button and filters at each choice."""

    changed = Signal(object)  # RosterFilter

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.filter = RosterFilter()
        self.setProperty("look", "card")
        self.setFixedWidth(theme.px(280))
        self.setAccessibleName(tr("Filter"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(14)] * 4)
        column.setSpacing(theme.px(8))
        reset = quiet(tr("Show all"))
        reset.clicked.connect(lambda: self._set(RosterFilter()))
        column.addLayout(row(subheading(tr("Filter")), 1, reset))
        self.fields: dict[str, ChoiceField] = {}
        for key, (name, _) in choices(empty_roster()).items():
            field = ChoiceField()
            field.committed.connect(lambda value, key=key: self._set(replace(self.filter, **{key: value})))
            self.fields[key] = field
            column.addWidget(Labelled(name, field))

    def open_at(self, corner: QPoint, roster: Roster, now: RosterFilter) -> None:
        """Opens with its right upper corner at a place of the screen."""
        self.filter = now
        for key, (_, found) in choices(roster).items():
            self.fields[key].set_choices([(None, tr("All")), *found])
            self.fields[key].show_value(getattr(now, key))
        self.adjustSize()
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.fields["role"].setFocus(Qt.FocusReason.PopupFocusReason)

    def _set(self, wanted: RosterFilter) -> None:
        self.filter = wanted
        for key, field in self.fields.items():
            field.show_value(getattr(wanted, key))
        self.changed.emit(wanted)


class FilterChips(QWidget):
    """The filters that are set, each with a cross."""

    changed = Signal(object)  # RosterFilter

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self.chips: list[Chip] = []
        self.hide()

    def show_filter(self, wanted: RosterFilter, roster: Roster) -> None:
        for chip in self.chips:
            chip.hide()
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = []
        for key, (name, found) in choices(roster).items():
            value = getattr(wanted, key)
            if value is None:
                continue
            words = next((words for one, words in found if one == value), str(value))
            chip = Chip(f"{name}: {words}")
            chip.clicked.connect(lambda _=False, key=key: self.changed.emit(replace(wanted, **{key: None})))
            self.chips.append(chip)
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(self.chips))
        self.updateGeometry()
