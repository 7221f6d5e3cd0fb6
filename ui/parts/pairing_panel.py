"""The panel that explains: a pair as arithmetic, or somebody left over and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.people import Person
from app.domain.programmes import Rule
from app.domain.tandems import Reason
from app.i18n import number_text, tr
from ui import theme
from ui.parts import buttons, card
from ui.parts.avatar import Avatar, initials
from ui.parts.pairing_left import rules_text
from ui.parts.pairing_names import arrow
from ui.parts.pairing_rows import ACCEPT, BAN, LOCK
from ui.parts.pairing_weights import Dot
from ui.parts.pairing_words import FULL, Names, criterion_text, criterion_tone, fact_text, points_text
from ui.parts.scroll import Scroll

MOST_SHEETS = 12
BESIDE = 400  # pixels at 100 % for two columns of criteria


class _Sums(QWidget):
    """Two columns of criteria, which lie below each other where their words would be cut."""

    def __init__(self) -> None:
        super().__init__()
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.sides.setContentsMargins(0, 0, theme.px(4), 0)
        self.sides.setSpacing(theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Two columns keep nothing from becoming too narrow for them: then they lie below each other."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        under = self.width() < theme.px(BESIDE)
        self.sides.setDirection(QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight)
        self.sides.setSpacing(theme.px(2 if under else 28))


class PairingPanel(card.Card):
    """``acted`` with LOCK, BAN or ACCEPT for the pair shown; ``pair_wanted`` for two chosen by hand."""

    acted = Signal(str)
    pair_wanted = Signal()
    ease_wanted = Signal(object)  # frozenset[Rule]

    def __init__(self) -> None:
        super().__init__(margin=16, spacing=10)
        self._summed: tuple[tuple[Reason, ...], Names] | None = None
        self._lines: dict[tuple[str, ...], tuple[_Sums, list[tuple[card.PlainLabel, card.PlainLabel]]]] = {}
        self.faces = (Avatar(size=26), Avatar(size=26))
        self.heading = card.PlainLabel("", weight=theme.SEMIBOLD, wrap=True)
        self.total = card.PlainLabel("", weight=theme.SEMIBOLD)
        self.lock = buttons.secondary(tr("Keep"), "lock")
        self.ban = buttons.secondary(tr("Not this one"), "ban")
        self.accept = buttons.secondary(tr("Accept"), "check")
        self.self_found = QCheckBox(tr("They found each other"))
        self.self_found.setToolTip(tr("The tandem formed by itself; the same rules are checked."))
        self._rules: frozenset[Rule] = frozenset()
        self.mutual = False  # whether pairs have no direction
        self._by_hand: tuple[Person, Person] | None = None  # whom the tick at "found each other" would be about
        self.ease = buttons.secondary(tr("Only warn"), "sliders-horizontal")
        self.ease.clicked.connect(lambda: self.ease_wanted.emit(self._rules))
        self.pair = buttons.secondary(tr("Pair these two"), "handshake")
        self.pair.setToolTip(tr("Keeps the two in the plan (Ctrl+Enter)"))
        self.lock.clicked.connect(lambda: self.acted.emit(LOCK))
        self.ban.clicked.connect(lambda: self.acted.emit(BAN))
        self.accept.clicked.connect(lambda: self.acted.emit(ACCEPT))
        self.pair.clicked.connect(self.pair_wanted)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for face in self.faces:
            line.addWidget(face)
        line.addWidget(self.heading, 1)
        line.addWidget(self.total)
        self.words = card.PlainLabel("", "muted", wrap=True)
        self._area = Scroll()  # large text: the sums scroll
        self._area.setAccessibleName(tr("Points by criterion"))
        self._text = card.PlainLabel("", "muted", 0.92, wrap=True)
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        self._sheets = QVBoxLayout(sheet)
        self._sheets.setContentsMargins(0, 0, 0, 0)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sheets.addWidget(self._text)
        self._area.setWidget(sheet)
        told = card.column(spacing=8)
        told.addLayout(line)
        told.addWidget(self.words)
        told.addWidget(self._area, 1)
        told.addStretch(0)
        acts = card.column(self.lock, self.pair, self.self_found, self.ban, self.accept, self.ease, 1, spacing=6)
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(16))
        sides.addLayout(told, 1)
        sides.addLayout(acts)
        self.body.addLayout(sides)
        self.show_hint("")

    # What is shown

    def show_hint(self, text: str) -> None:
        """Nothing chosen: how to go on."""
        self._show_buttons(())
        for face in self.faces:
            face.hide()
        self.heading.setText(tr("Why these two?"))
        self.total.setText("")
        usual = tr("Select a pair to see its points, or somebody at the left and at the right to pair them by hand.")
        self._say(text or usual, "muted")
        self._show_sums((), {})

    def show_pair(
        self,
        people: tuple[Person, Person],
        reasons: Sequence[Reason],
        names: Names,
        warning: str,
        *,
        locked: bool,
        self_found: bool = False,
    ) -> None:
        """A proposed pair."""
        self._show_people(people)
        self.lock.set_text(tr("Kept") if locked else tr("Keep"))
        self.ban.set_text(tr("Not this one"))
        self.self_found.setChecked(self_found)
        self._show_buttons((self.lock, self.self_found, self.ban, self.accept))
        self._show_total(reasons)
        self._say(tr("Note: {warning}.").format(warning=warning) if warning else "", "warn")
        self._show_sums(reasons, names)

    def show_by_hand(
        self,
        people: tuple[Person, Person],
        reasons: Sequence[Reason],
        names: Names,
        blocked: str,
        warning: str,
        *,
        banned: bool,
    ) -> None:
        """Two people who are no proposal; ``blocked`` says which hard rules they break."""
        if self._by_hand != people:
            self.self_found.setChecked(False)
        self._show_people(people)
        self._by_hand = people
        self.ban.set_text(tr("Allow again") if banned else tr("Not this one"))
        self._show_buttons((self.ban,) if blocked else (self.pair, self.self_found, self.ban))
        self._show_total(reasons)
        if blocked:
            self._say(tr("These two can't be paired: {rules}.").format(rules=blocked), "danger")
        elif banned:
            self._say(tr("You ruled this pair out."), "muted")
        else:
            self._say(tr("Note: {warning}.").format(warning=warning) if warning else "", "warn")
        self._show_sums(reasons, names)

    def show_tandem(self, people: tuple[Person, Person], reasons: Sequence[Reason], names: Names) -> None:
        """A tandem that is there, with the points it was made for."""
        self._show_people(people)
        self._show_buttons(())
        self._show_total(reasons)
        self._say(tr("The points at the time of pairing."), "muted")
        self._show_sums(reasons, names)

    def show_left_over(
        self, person: Person, cause: str, way_out: str, candidates: str, rules: frozenset[Rule]
    ) -> None:
        """Why, the way out, who is kept from them by what; ``rules``: the fewest that would have to be loosened."""
        self._rules = rules
        self.ease.setToolTip(tr("From now on these only warn: {rules}").format(rules=rules_text(rules)))
        self._show_buttons((self.ease,) if rules else ())
        self._show_face(0, person)
        self.faces[1].hide()
        self.heading.setText(person.full_name)
        self.total.setText("")
        helps = tr("It would help if this only warned: {rules}.").format(rules=rules_text(rules)) if rules else ""
        self._say("\n".join(filter(None, (f"{cause}.", helps or way_out))), "text")
        self._show_text(candidates)

    def said(self) -> str:
        """Who is shown, how good and with what to mind, as one sentence for a screen reader."""
        parts = (f"{self.heading.text()}: {self.total.text()}", "" if self.words.isHidden() else self.words.text())
        return ". ".join(filter(None, parts))

    def _show_people(self, people: tuple[Person, Person]) -> None:
        self._by_hand = None
        for place, person in enumerate(people):
            self._show_face(place, person)
        self.heading.setText(arrow(self.mutual).join(person.full_name for person in people))

    def _show_face(self, place: int, person: Person) -> None:
        self.faces[place].set(initials(person.family_name, person.given_name), person.id)
        self.faces[place].show()

    def _show_total(self, reasons: Sequence[Reason]) -> None:
        total = number_text(sum(reason.points for reason in reasons))
        self.total.setText(tr("{points} of {most}").format(points=total, most=number_text(FULL)))

    def _show_buttons(self, wanted: Sequence[QWidget]) -> None:
        for button in (self.self_found, self.lock, self.ban, self.accept, self.pair, self.ease):
            button.setVisible(button in wanted)

    def _say(self, text: str, token: str) -> None:
        self.words.setText(text)
        self.words.set_token(token)
        self.words.setVisible(bool(text))

    def _show_sums(self, reasons: Sequence[Reason], names: Names) -> None:
        """The same criteria as before only get other words: making the lines anew takes longer than a frame."""
        self._area.setVisible(bool(reasons))  # the words above have its room
        if self._summed == (tuple(reasons), names):
            return
        self._summed = (tuple(reasons), names)
        criteria = tuple(str(reason.criterion) for reason in reasons)
        if criteria not in self._lines:
            self._build_sums(criteria)
        sheet, lines = self._lines[criteria]
        told = []
        for (points, facts), reason in zip(lines, reasons, strict=True):
            points.setText(points_text(reason))
            facts.setText(fact_text(reason, names))
            told.append(f"{criterion_text(reason.criterion)}: {points.text()}, {facts.text()}")
        self._area.setAccessibleDescription("; ".join(told))
        self._show_sheet(sheet)

    def _show_sheet(self, shown: QWidget) -> None:
        """One sheet of lines at a time; a weight that moves to nothing and back changes between two of them."""
        for sheet in (self._text, *(one for one, _ in self._lines.values())):
            if sheet is not shown:
                sheet.hide()
        shown.show()

    def _build_sums(self, criteria: tuple[str, ...]) -> None:
        if len(self._lines) >= MOST_SHEETS:
            for sheet, _ in self._lines.values():
                sheet.hide()
                self._sheets.removeWidget(sheet)
                sheet.deleteLater()
            self._lines.clear()
        made = _Sums()
        sides = made.sides
        half = (len(criteria) + 1) // 2
        lines = []
        for part in (criteria[:half], criteria[half:]):
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(8))
            grid.setVerticalSpacing(theme.px(2))
            grid.setColumnStretch(1, 1)
            for row, criterion in enumerate(part):
                lines.append(self._sum(grid, row * 2, criterion))
            column = QVBoxLayout()
            column.addLayout(grid)
            column.addStretch(1)
            sides.addLayout(column, 1)
        self._lines[criteria] = made, lines
        self._sheets.addWidget(made)

    def _show_text(self, text: str) -> None:
        self._summed = None
        self._text.setText(text)
        self._area.show()
        self._area.setAccessibleDescription(text)
        self._show_sheet(self._text)

    def _sum(self, grid: QGridLayout, row: int, criterion: str) -> tuple[card.PlainLabel, card.PlainLabel]:
        """A criterion's line and the one below it; gives where its points and its facts stand."""
        name = card.PlainLabel(criterion_text(criterion), weight=theme.MEDIUM, wrap=True)
        points = card.PlainLabel("")
        points.setFont(theme.font(1.0, tabular=True))
        points.setAlignment(Qt.AlignmentFlag.AlignRight)
        facts = card.PlainLabel("", "muted", 0.92, wrap=True)  # all of it speaks for the points
        grid.addWidget(Dot(criterion_tone(criterion)), row, 0)
        grid.addWidget(name, row, 1)
        grid.addWidget(points, row, 2)
        grid.addWidget(facts, row + 1, 1, 1, 2)
        return points, facts
