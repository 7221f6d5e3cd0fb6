"""The third view of the pairing page: two plans side by side, who fares how in each, and which to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QWidget

from app.domain.tandems import TandemSide
from app.domain.text import fold
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts import buttons, card
from ui.parts.banner import announce
from ui.parts.empty import EmptyState
from ui.parts.field import ChoiceField
from ui.parts.pairing_fares import Fare
from ui.parts.pairing_rivals import Compared, Rival, rival_sentence, rival_text, second_plan_text
from ui.parts.pairing_said import after_nothing, nothing_text
from ui.parts.table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from app.pairing.comparing import Comparison
    from app.pairing.plan import Plan

EDGE = 8  # beside the table's columns, for its frame and its scroll bar
WISHES = frozenset({"one_wish", "other_wish"})  # columns that are there where somebody gave wishes
TAKEN = frozenset({Rival.PARTICIPATION, Rival.QUALITY, Rival.STABLE, Rival.USUAL})  # can be made the plan at hand


class PlanCard(card.Card):
    """One of the two plans: which it is, its figures, when to take it. ``taken`` when it is to be the plan."""

    chosen = Signal()
    taken = Signal(object)  # Rival

    def __init__(self, label: str, first: Rival) -> None:
        super().__init__(margin=14, spacing=6)
        self.field: ChoiceField[Rival] = ChoiceField(label, [(one, rival_text(one)) for one in Rival])
        self.field.set_value(first)
        self.field.edited.connect(self.chosen)
        self.figures = card.PlainLabel("", weight=theme.SEMIBOLD, wrap=True)
        self.best = card.PlainLabel("", wrap=True)
        self.sentence = card.muted("", wrap=True)
        self.take = buttons.secondary(tr("Take this plan"), "check")
        self.take.clicked.connect(lambda: self.taken.emit(self.field.value()))
        for widget in (self.field, self.figures, self.best, self.sentence):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.body.addLayout(card.row(self.take, 1))

    def show_plan(self, plan: Plan, found: Comparison, place: int) -> None:
        """The first or the second plan of a comparison, by ``place``; the figures are by the scores at hand."""
        n, total = len(plan.pairs), found.totals[place]
        words = [trn("{n} pair", "{n} pairs", n).format(n=n)]
        words.append(trn("{n} point in all", "{n} points in all", total).format(n=number_text(total)))
        if n:
            words.append(tr("{points} points on average").format(points=number_text(round(total / n))))
        self.figures.setText(" \u00b7 ".join(words))
        self.best.setText("\n".join(_fulfilled(found, place)))
        rival = self.field.value()
        self.sentence.setText(rival_sentence(rival))
        self.field.input.setAccessibleDescription(f"{self.said()}. {self.sentence.text()}")
        self.take.setVisible(rival in TAKEN)

    def said(self) -> str:
        """The plan and its figures, for a screen reader."""
        return "; ".join((f"{rival_text(self.field.value())}: {self.figures.text()}", *self.best.text().split("\n")))


class CompareView(QWidget):
    """``wanted`` when other plans were chosen; ``taken`` (Rival) when one of them is to be the plan.

    Where there is nothing to compare, ``same`` says how to get a second plan, or ``nobody`` why there is none at all.
    """

    wanted = Signal()
    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found: Compared | None = None
        self._before = self._stable = False
        self.one = PlanCard(tr("First plan"), Rival.NOW)
        self.other = PlanCard(tr("Second plan"), Rival.QUALITY)
        cards = card.row(spacing=12)
        for one in (self.one, self.other):
            one.chosen.connect(self.wanted)
            one.taken.connect(self.taken)
            cards.addWidget(one, 1)
        self.said = card.PlainLabel("", wrap=True)
        self._heard = ""
        self.only = QCheckBox(tr("Only what differs"))
        self.only.setChecked(True)
        self.only.toggled.connect(self._fill)
        self.model: RecordModel[Fare] = RecordModel(_columns(), fold=fold)
        self.table = RecordTable(self.model, tr("How everybody fares in both plans"), many=False)
        self.same = self._build_same()
        plans = QWidget()
        self.nobody = EmptyState("git-compare", tr("Nobody to pair"), "", tr("Go to the participants"))
        column = card.column(spacing=8)
        column.addLayout(cards)
        column.addLayout(_line(self.said, self.only))
        column.addWidget(self.same, 1)
        column.addWidget(self.table, 1)
        plans.setLayout(column)
        self.stack = QStackedWidget()
        for page in (plans, self.nobody):
            self.stack.addWidget(page)
        self.setLayout(card.column(self.stack))

    def _build_same(self) -> EmptyState:
        """In place of the table, where both plans are one."""
        made = EmptyState("git-compare", tr("Only one plan so far"), "", tr("Go to the plan"), tr("Show everybody"))
        made.acted_too.connect(self._show_everybody)
        made.hide()
        return made

    def rivals(self) -> tuple[Rival, Rival]:
        return self.one.field.value(), self.other.field.value()

    def offer(self, *, stable: bool, before: bool) -> None:
        """Which plans there are to choose from: stable needs wishes on both sides, before needs a change."""
        self._stable, self._before = stable, before
        missing = ({Rival.STABLE} if not stable else set()) | ({Rival.BEFORE} if not before else set())
        for one in (self.one, self.other):
            offered = [(rival, rival_text(rival)) for rival in Rival if rival not in missing]
            one.field.set_choices(offered)

    def show_compared(self, found: Compared) -> None:
        """Shows both plans; which columns are sorted and whether all people are listed stays."""
        self._found = found
        self.nobody.say(nothing_text(found.basis), after_nothing(found.basis)[0])
        self.stack.setCurrentIndex(0 if found.comparison.ranks else 1)
        for place, view in enumerate((self.one, self.other)):
            view.show_plan(found.plans[place], found.comparison, place)
        self._leave_out()
        n = len(found.comparison.only_one) + len(found.comparison.only_other)
        if not n:
            self.said.setText(tr("Both plans hold the same pairs."))
            self.same.say(second_plan_text(self.rivals(), stable=self._stable, before=self._before))
        else:
            lost = found.comparison.totals[0] - found.comparison.totals[1]
            self.said.setText(_difference(len(found.comparison.both), n, lost))
        self._fill()
        self._tell(found)

    def _show_everybody(self) -> None:
        self.only.setChecked(False)
        self.table.setFocus()  # where the button was

    def _leave_out(self) -> None:
        """Where there is no room for every column, those go first that tell least."""
        wishing = self._found is not None and self._found.comparison.wishing > 0
        shown = {column.key: theme.px(column.width) for column in self.model.columns}
        spare = ("side", *(("one_rank", "other_rank") if wishing else ()))
        for key in () if wishing else WISHES:
            shown.pop(key)
        for key in spare:
            if sum(shown.values()) > self.width() - theme.px(2 * EDGE):
                shown.pop(key)
        for place, column in enumerate(self.model.columns):
            self.table.setColumnHidden(place, column.key not in shown)
        self.table.fit()  # the room is as it was, who shares it is not

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._leave_out()

    def _tell(self, found: Compared) -> None:
        """Both plans and their difference are said once, and again when something of them is new."""
        told = ". ".join((self.one.said(), self.other.said(), self.said.text()))
        if self.same.isVisible():
            told = f"{told} {self.same.words.text()}"
        if told != self._heard and self.isVisible() and found.comparison.ranks:
            announce(self, told)
        self._heard = told

    def _fill(self) -> None:
        if self._found is None:
            return
        rows = self._found.fares
        shown = [row for row in rows if row.differs or not self.only.isChecked()]
        self.model.set_records(shown)
        self.same.setVisible(not shown)
        self.table.setVisible(bool(shown))


def _difference(same: int, differing: int, lost: int) -> str:
    words = [
        trn("{n} pair is the same in both.", "{n} pairs are the same in both.", same).format(n=same),
        trn("{n} pair is in one of them only.", "{n} pairs are in one of them only.", differing).format(n=differing),
    ]
    points = number_text(abs(lost))
    if lost > 0:
        words.append(trn("The second costs {n} point.", "The second costs {n} points.", lost).format(n=points))
    elif lost < 0:
        words.append(trn("The second gains {n} point.", "The second gains {n} points.", -lost).format(n=points))
    return " ".join(words)


def _fulfilled(found: Comparison, place: int) -> list[str]:
    """How many have their first wish, and how many whom they score best with: one sentence for each."""
    said = []
    if found.wishing:
        n = found.first_wishes[place]
        text = trn(
            "By wishes: {n} of {all} who gave wishes gets the first one",
            "By wishes: {n} of {all} who gave wishes get the first one",
            n,
        )
        said.append(text.format(n=number_text(n), all=number_text(found.wishing)))
    n, everybody = found.best_by_score[place], len({(one.side, one.enrolment) for one in found.ranks})
    text = trn(
        "By points: {n} of {all} people gets whom they score best with",
        "By points: {n} of {all} people get whom they score best with",
        n,
    )
    return [*said, text.format(n=number_text(n), all=number_text(everybody))]


def _columns() -> list[Column[Fare]]:
    return [
        Column(
            key="person", title=tr("Name"), text=lambda row: row.name, kind="person", width=150,
            avatar=lambda row: row.person.id, sort_key=lambda row: row.person.order,
        ),
        Column(
            key="side", title=tr("Role"), text=lambda row: row.role, kind="pill", width=84,
            tone=lambda row: "violet" if row.side is TandemSide.MENTOR else "accent",
        ),
        Column(key="one", title=tr("First plan"), text=lambda row: row.one, width=138),
        Column(key="one_wish", title=tr("Wish"), text=lambda row: row.one_wish, width=74, muted=True),
        Column(key="one_rank", title=tr("By points"), text=lambda row: row.one_rank, width=88, muted=True),
        Column(key="other", title=tr("Second plan"), text=lambda row: row.other, width=138),
        Column(key="other_wish", title=tr("Wish then"), text=lambda row: row.other_wish, width=108, muted=True),
        Column(key="other_rank", title=tr("Points then"), text=lambda row: row.other_rank, width=96, muted=True),
    ]  # fmt: skip


def _line(said: QWidget, only: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.px(12))
    line.addWidget(said, 1)
    line.addWidget(only)
    return line
