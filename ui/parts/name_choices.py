"""What is chosen for name badges and table cards: whose names, on which sheet, what stands below them, and guests."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.documents.badge_inputs import LABEL_SHEETS, MOST_BLANKS, Below, Measure, NameWishes, Tent, Who
from app.i18n import mark, tr
from ui import theme
from ui.parts import buttons
from ui.parts.card import PlainLabel, row
from ui.parts.editors import ChoiceField
from ui.parts.field import Field, NumberField
from ui.parts.flow import FlowLayout

BADGES, CARDS = "badges", "table_cards"
TYPED_FOR = 400  # milliseconds without a key after which guests are read: not each letter makes a document
LONGEST_NAME, MOST_GUESTS = 120, 500
WHO = {
    Who.ALL: mark("Everybody enrolled"),
    Who.OPEN: mark("Open tandems"),
    Who.TANDEM: mark("Open and completed tandems"),
}
BELOW = {
    Below.AFFILIATION: mark("Organisation or department"),
    Below.ROLE: mark("Role"),
    Below.PARTNER: mark("Tandem partner"),
}
TENTS = {
    Tent.WIDE: mark("A4 across, 297 × 105 mm"),
    Tent.HIGH: mark("A4 upright, 210 × 148 mm"),
}


class NameChoices(QWidget):
    """``changed`` when ``wishes`` gives something else. Guests' names are for this print; they are kept nowhere."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._document = ""
        self.who = _choice(tr("Whose names"), [(who, tr(words)) for who, words in WHO.items()])
        sheets = [(measure, tr(sheet.title)) for measure, sheet in LABEL_SHEETS.items()]
        self.measure = _choice(tr("Sheet of paper, and how many it holds"), sheets)
        self.tent = _choice(tr("Fold"), [(tent, tr(words)) for tent, words in TENTS.items()])
        self.button = buttons.secondary(tr("Guests and more …"), "sliders-horizontal")
        self.button.clicked.connect(self.open_more)
        self.more = NameMore(self)
        self.more.changed.connect(self.changed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = FlowLayout(self, 10)
        for box in (self.who, self.measure, self.tent):
            box.committed.connect(lambda _: self._chosen())
            line.addWidget(box)
        line.addWidget(self.button)
        self.who.show_value(Who.ALL)
        self.measure.show_value(Measure.CUT)
        self.tent.show_value(Tent.WIDE)
        self.hide()

    def show_for(self, document: str) -> None:
        """The choices that a document has; hidden for all but badges and cards."""
        self._document = document
        self.setVisible(document in (BADGES, CARDS))
        self.measure.setVisible(document == BADGES)
        self.tent.setVisible(document == CARDS)
        self._fit_start()

    def open_more(self) -> None:
        corner = QPoint(self.button.width(), self.button.height() + theme.px(4))
        self.more.open_at(self.button.mapToGlobal(corner))

    def wishes(self) -> NameWishes:
        measure = self.measure.value()
        sheet = LABEL_SHEETS[measure]
        return NameWishes(
            who=self.who.value(),
            below=frozenset(below for below, box in self.more.below.items() if box.isChecked()),
            measure=measure,
            tent=self.tent.value(),
            start=1 if sheet.cut else min(self.more.start.value() or 1, sheet.places),
            blanks=self.more.blanks.value() or 0,
            guests=self.more.guests.names(),
        )

    def state(self) -> dict[str, Any]:
        """What is worth keeping for the next time: no name, and nothing about one sheet of paper."""
        wishes = self.wishes()
        below = [below.value for below in Below if below in wishes.below]
        return {"who": wishes.who.value, "measure": wishes.measure.value, "tent": wishes.tent.value, "below": below}

    def restore(self, state: object) -> None:
        """Takes what ``state`` gave; what is no such thing, or not known here, is left as it was."""
        kept: Mapping[str, Any] = state if isinstance(state, dict) else {}
        for box, kind, key in ((self.who, Who, "who"), (self.measure, Measure, "measure"), (self.tent, Tent, "tent")):
            with suppress(ValueError):
                box.show_value(kind(str(kept.get(key))))
        if isinstance(kept.get("below"), list):
            self.more.tick(kept["below"])
        self._fit_start()

    def _chosen(self) -> None:
        self._fit_start()
        self.changed.emit()

    def _fit_start(self) -> None:
        """Only labels that come off leave places free: of plain paper that is cut nothing is left."""
        start, sheet = self.more.start, LABEL_SHEETS[self.measure.value()]
        start.setVisible(self._document == BADGES and not sheet.cut)
        start.highest = sheet.places
        if (start.value() or 1) > start.highest:
            start.set_value(start.highest)


class NameMore(QFrame):
    """A panel that opens below its button: what stands below the names, guests, and the sheet's first free place."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.setFixedWidth(theme.px(320))
        self.setAccessibleName(tr("Guests and more"))
        self.below = {below: QCheckBox(tr(words)) for below, words in BELOW.items()}
        self.start = NumberField(tr("First free place"), 1, LABEL_SHEETS[Measure.CUT].places, may_be_empty=False)
        self.start.setToolTip(tr("On a sheet that is half used already, counted row by row"))
        self.blanks = NumberField(tr("Without a name"), 0, MOST_BLANKS, may_be_empty=False)
        self.blanks.setToolTip(tr("To be written on by hand, for guests who come unannounced"))
        self.guests = Guests()
        self.start.set_value(1)
        self.blanks.set_value(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(PlainLabel(tr("Below the name"), "muted"))
        for box in self.below.values():
            box.setChecked(True)
            box.toggled.connect(lambda _: self.changed.emit())
            column.addWidget(box)
        column.addLayout(row(self.start, self.blanks, spacing=10))
        column.addWidget(self.guests)
        for field in (self.start, self.blanks, self.guests):
            field.edited.connect(self.changed)

    def open_at(self, corner: QPoint) -> None:
        """Opens with its right upper corner at a place of the screen."""
        self.adjustSize()
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        next(iter(self.below.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def tick(self, wanted: list[Any]) -> None:
        for below, box in self.below.items():
            box.blockSignals(True)
            box.setChecked(below.value in wanted)
            box.blockSignals(False)


class Guests(Field):
    """Names of people who are not in the roster, a line each, with their organisation behind a semicolon."""

    def __init__(self) -> None:
        super().__init__(tr("Guests, a name on each line"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(92))
        self.text.setPlaceholderText(tr("Eva Example; Example Ltd\n(not kept in the vault)"))
        self.put(self.text)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPED_FOR)
        self._soon.timeout.connect(self.edited)
        self.text.textChanged.connect(self._soon.start)

    def names(self) -> tuple[str, ...]:
        lines = (" ".join(line.split())[:LONGEST_NAME] for line in self.text.toPlainText().splitlines())
        return tuple(line for line in lines if line)[:MOST_GUESTS]


def _choice(name: str, choices: list[tuple[Any, str]]) -> ChoiceField:
    box = ChoiceField(choices, whole=True)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setMinimumWidth(theme.px(80))  # in a narrow window it ends in dots rather than at the edge
    return box
