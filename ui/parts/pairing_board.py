"""The first view of the pairing page: mentors at the left, mentees at the right, the plan between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.domain.ids import EnrolmentId
from app.domain.text import fold
from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.empty import EmptyState
from ui.parts.growing import WIDGETSIZE_MAX
from ui.parts.labels import counted
from ui.parts.pairing_left import WaysOutBar
from ui.parts.pairing_people import FreeList
from ui.parts.pairing_rows import ACTIONS, ProposalList, action_text
from ui.parts.pairing_said import instead_text, list_words
from ui.parts.pairing_tables import (
    OpenTandem,
    Remaining,
    remaining_columns,
    tandem_columns,
)
from ui.parts.pairing_work import Outcome, SecondLook
from ui.parts.spoken import CurrentTold, tell_renamed
from ui.parts.table import RecordModel, RecordTable
from ui.parts.tandem_words import side_titles
from ui.parts.two_clicks import TwoClickButton

SIDE, NARROW_SIDE, BELOW = 208, 168, 190
LARGEST = 1.15  # how far what is beside or below the lists grows with the text: they must keep their room
PROPOSED_TAB, TANDEMS_TAB, LEFT_TAB = range(3)


def at_most(pixels: int) -> int:
    """A measure that grows with the text, but only a little."""
    return min(theme.px(pixels), round(pixels * LARGEST))


class PairingBoard(QWidget):
    """Lays out the lists and fills them from an outcome; the page acts on them. ``stacked``: it is laid out anew."""

    stacked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[list[OpenTandem], list[Remaining]] = ([], [])
        self.mentors_title, self.mentees_title = card.subheading(""), card.subheading("")
        # Until the first plan is there; then by the kind of the programme.
        self.mentors = FreeList(tr("Without a tandem"), lambda one: self._is_in(self.mentees, one))
        self.mentees = FreeList(tr("Without a tandem, to pair with"), lambda one: self._is_in(self.mentors, one))
        self._left = self._column(self.mentors_title, self.mentors)
        self._right = self._column(self.mentees_title, self.mentees)
        self._middle = self._build_middle()
        self._side, self._under = SIDE, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))
        self._lay_out()

    def _lay_out(self) -> None:
        """Three columns; or the lists of people below the plan, side by side, where its tabs or names would be cut."""
        for part in (self._left, self._middle, self._right):
            self._grid.removeWidget(part)
        if self._under:
            self._grid.addWidget(self._middle, 0, 0, 1, 3)
            self._grid.addWidget(self._left, 1, 0)
            self._grid.addWidget(self._right, 1, 2)
        else:
            for column, part in enumerate((self._left, self._middle, self._right)):
                self._grid.addWidget(part, 0, column)
        for column, stretch in enumerate((1, 0, 1) if self._under else (0, 1, 0)):
            self._grid.setColumnStretch(column, stretch)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowMinimumHeight(1, theme.px(BELOW) if self._under else 0)
        for side in (self._left, self._right):
            side.setMaximumWidth(WIDGETSIZE_MAX if self._under else theme.px(self._side))
            side.setMinimumWidth(0 if self._under else theme.px(self._side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """By the width alone, so that a scroll bar that comes or goes changes nothing back."""
        sides = 2 * (theme.px(self._side) + self._grid.horizontalSpacing())
        under = self.width() < sides + self.tabs.tabBar().sizeHint().width()
        if under is not self._under:
            self._under = under
            self._lay_out()
            self.stacked.emit()

    def below(self) -> int:
        """How much higher than usual the board is, in pixels at 100 %."""
        return BELOW + 12 if self._under else 0

    def _column(self, title: card.PlainLabel, view: QWidget) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, theme.px(7), 0, 0)
        column.setSpacing(theme.px(7) + 2)  # as high as a tab with its line: all three lists begin in one line
        column.addWidget(title)
        column.addWidget(view, 1)
        return made

    def _build_middle(self) -> QWidget:
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName(tr("Parts of this page"))
        CurrentTold(self.tabs.tabBar())
        self.tabs.setAccessibleName(tr("Plan, tandems and people left over"))
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)  # for a window narrower than any that the program asks for
        self.proposals = ProposalList()
        self.proposals.setAccessibleDescription("; ".join(map(action_text, ACTIONS)))
        self.nothing = EmptyState("circle-check", tr("Nobody to pair"), "", tr("Go to the participants"))
        self.plan_stack = QStackedWidget()
        self.plan_stack.setMinimumWidth(theme.px(120))  # the words of an empty plan may be cut sooner than the lists
        self.plan_stack.addWidget(self.proposals)
        self.plan_stack.addWidget(self.nothing)
        self.tandem_model: RecordModel[OpenTandem] = RecordModel(tandem_columns(), fold=fold)
        self.tandems = RecordTable(self.tandem_model, tr("Open tandems"))
        self.dissolve = TwoClickButton(tr("Dissolve"), tr("Click again to dissolve"), "unlink")
        self.remaining_model: RecordModel[Remaining] = RecordModel(remaining_columns(), fold=fold)
        self.remaining = RecordTable(self.remaining_model, tr("People left over"), many=False)
        self.uneven = card.PlainLabel("", wrap=True)
        self.uneven.setContentsMargins(theme.px(4), theme.px(8), 0, 0)
        self.ways_out = WaysOutBar()
        tandems, remaining = QWidget(), QWidget()
        column = card.column(spacing=8)
        column.addWidget(self.tandems, 1)
        column.addLayout(card.row(1, self.dissolve))
        tandems.setLayout(column)
        column = card.column(spacing=8)
        column.addWidget(self.uneven)
        column.addWidget(self.remaining, 1)
        column.addWidget(self.ways_out)
        remaining.setLayout(column)
        for page in (self.plan_stack, tandems, remaining):
            self.tabs.addTab(page, "")
        return self.tabs

    def make_room(self, wanted: bool) -> None:
        """Narrower lists of people, for the weights beside the board."""
        self._side = NARROW_SIDE if wanted else SIDE
        self._lay_out()
        self._fit()

    # Filling

    def show_outcome(self, outcome: Outcome) -> None:
        basis, plan, sheet = outcome.basis, outcome.plan, outcome.sheet
        self.mentors.show_rows(sheet.mentors)
        self.mentees.show_rows(sheet.mentees)
        for title, view, (words, name), n in zip(
            (self.mentors_title, self.mentees_title),
            (self.mentors, self.mentees),
            list_words(basis.programme.kind),
            (len(basis.places), len(basis.waiting)),
            strict=True,
        ):
            title.setText(counted(words, n))
            view.setAccessibleName(name)
        self.tandem_model.retitle(side_titles(basis.programme.kind))
        self.proposals.mutual = self.ways_out.mutual = basis.mutual
        self.proposals.show_rows(sheet.proposals)
        self.plan_stack.setCurrentIndex(0 if plan.pairs else 1)
        if sheet.tandems != self._shown[0]:
            self.tandem_model.set_records(sheet.tandems)
        if sheet.remaining != self._shown[1]:
            self.remaining_model.set_records(sheet.remaining)
        self._shown = (sheet.tandems, sheet.remaining)
        self.uneven.setText(sheet.uneven)
        self.uneven.setVisible(bool(sheet.uneven))
        self.ways_out.show_apart(sheet.called, sheet.apart)
        counts = (len(plan.pairs), len(sheet.tandems), len(sheet.remaining))
        for place, text in enumerate((tr("Proposed ({n})"), tr("Open tandems ({n})"), tr("Left over ({n})"))):
            if self.tabs.tabText(place) != (words := counted(text, counts[place])):
                self.tabs.setTabText(place, words)  # lays the whole board out anew
                tell_renamed(self.tabs.tabBar(), place)
                self._fit()

    def show_second_look(self, outcome: Outcome, found: SecondLook) -> None:
        """The alternative of each proposal, and what would free those left over."""
        called = outcome.sheet.called
        self.proposals.show_alternatives(
            {pair: instead_text(outcome.basis, called, one) for pair, one in found.alternatives.items()}
        )
        self.ways_out.show_ways(called, outcome.sheet.apart, len(outcome.plan.pairs), found.ways_out)

    def _is_in(self, view: FreeList, wanted: EnrolmentId) -> bool:
        return any(row.id == wanted for row in view.rows())

    def current_left(self) -> Remaining | None:
        """Who is chosen among those left over, while that list is shown."""
        return self.remaining.current_record() if self.tabs.currentIndex() == LEFT_TAB else None

    def current_tandem(self) -> OpenTandem | None:
        return self.tandems.current_record() if self.tabs.currentIndex() == TANDEMS_TAB else None
