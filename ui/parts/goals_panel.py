"""The goals of a tandem: where it started, where it stands, where it wants to be, and when that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.ids import GoalId, TandemId, TopicId
from app.domain.meetings import Goal, GoalOwner
from app.domain.tandems import TandemSide
from app.domain.topics import Topic
from app.i18n import date_text, language, percent_text, tr
from app.services import goals
from ui import theme
from ui.desk import Desk
from ui.parts import buttons
from ui.parts.bound import bind, finish, settle
from ui.parts.card import Card, ElidedLabel, PlainLabel, Separator, heading, muted, row
from ui.parts.field import ChoiceField, DateField, LineField
from ui.parts.folded import Folded
from ui.parts.level_field import LevelField
from ui.parts.meters import LevelBar
from ui.parts.tandem_words import level_words, owner_texts
from ui.parts.topic_tokens import offered

REVIEW_AFTER = 84  # days


def levels() -> tuple[str, ...]:
    return tuple(level_words(level) for level in range(5))


def goal_name(goal: Goal, topics: Mapping[TopicId, Topic]) -> str:
    """Its own title, else its topic."""
    topic = topics.get(goal.topic) if goal.topic is not None else None
    return goal.title or (topic.name(language()) if topic else tr("Goal without a name"))


def _owners(partners: Mapping[TandemSide, str]) -> list[tuple[GoalOwner, str]]:
    return [(one, short) for one, (short, _) in owner_texts(partners).items()]


class GoalItem(Folded):
    """One goal; the level now is always at hand, the rest behind the pencil.

    ``edit`` is called with the fields of Goal that were changed and gives what was wrong, or "".
    """

    removed = Signal()

    def __init__(self, goal: GoalId, edit: Callable[..., str]) -> None:
        super().__init__(tr("Edit goal"))
        self._edit = edit
        self.goal = goal
        self._shown: tuple[Any, ...] | None = None
        self.name = ElidedLabel("", weight=theme.SEMIBOLD)
        self.facts = PlainLabel("", "muted", 0.94, wrap=True)
        self.bar = LevelBar(0, 3)
        self.share = muted("")
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.share.setMinimumWidth(self.share.fontMetrics().horizontalAdvance(percent_text(1.0)))  # all bars end alike
        self.now = LevelField(tr("Level now"), words=levels())
        whole = self.whole
        whole.setSpacing(theme.px(6))
        head = row(self.name, self.more_button)
        head.setStretch(0, 1)
        whole.addLayout(head)
        whole.addWidget(self.facts)
        bar = row(self.bar, self.share, spacing=12)
        bar.setStretch(0, 1)
        whole.addLayout(bar)
        self.now.label.hide()
        whole.addLayout(row(muted(tr("Level now")), self.now, 1, spacing=12))
        bind(self.now, self._saver("now"))

    def fill_more(self) -> None:
        if self._shown is not None:
            self._show_fields(*self._shown)

    def make_more(self) -> QWidget:
        self.topic: ChoiceField[TopicId | None] = ChoiceField(tr("Topic"), [(None, tr("None"))])
        self.title = LineField(tr("In your own words"))
        self.baseline = LevelField(tr("Level at the start"), words=levels())
        self.target = LevelField(tr("Level aimed at"), words=levels())
        self.owner: ChoiceField[GoalOwner] = ChoiceField(tr("Whose"), _owners({}))
        self.review_on = DateField(tr("Review on"))
        self.remove_button = buttons.quiet(tr("Remove goal"), "trash-2")
        self.remove_button.clicked.connect(self.removed)
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, theme.px(4), 0, 0)
        grid.setSpacing(theme.px(10))
        grid.addWidget(self.topic, 0, 0, 1, 2)
        grid.addWidget(self.title, 1, 0, 1, 2)
        grid.addWidget(self.baseline, 2, 0, 1, 2)
        grid.addWidget(self.target, 3, 0, 1, 2)
        grid.addWidget(self.owner, 4, 0)
        grid.addWidget(self.review_on, 4, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(row(1, self.remove_button), 5, 0, 1, 2)
        self._bind()
        return whole

    def _bind(self) -> None:
        fields = {
            "topic": self.topic, "title": self.title, "baseline": self.baseline, "target": self.target,
            "owner": self.owner, "review_on": self.review_on,
        }  # fmt: skip
        for name, field in fields.items():
            bind(field, self._saver(name))

    def _saver(self, name: str) -> Callable[[Any], str]:
        return lambda value: self._edit(**{name: value})

    def show_goal(
        self,
        goal: Goal,
        topics: Mapping[TopicId, Topic],
        first: Sequence[TopicId],
        today: date,
        partners: Mapping[TandemSide, str],
    ) -> None:
        self.goal = goal.id
        self.name.setText(goal_name(goal, topics))
        self.more_button.setAccessibleName(tr("Edit goal: {goal}").format(goal=self.name.text()))
        self.now.call(tr("Level now: {goal}").format(goal=self.name.text()))
        said = [owner_texts(partners)[goal.owner][1]]
        if goal.review_on is not None:
            due = tr("review was due on {date}") if goal.review_on < today else tr("review on {date}")
            said.append(due.format(date=date_text(goal.review_on)))
        self.facts.setText(" \u00b7 ".join(said))
        self.facts.set_token("warn" if goal.review_on is not None and goal.review_on < today else "muted")
        self.bar.set_levels(goal.now, goal.target, start=goal.baseline)
        self.bar.setToolTip(tr("Start {start}, now {now}, target {target}").format(
            start=goal.baseline, now=goal.now, target=goal.target))  # fmt: skip
        share = goal.attainment
        self.share.setText("" if share is None else percent_text(share))
        settle(self.now, goal.now)
        self._shown = goal, topics, first, partners
        if self.more is not None:
            self._show_fields(*self._shown)

    def _show_fields(
        self,
        goal: Goal,
        topics: Mapping[TopicId, Topic],
        first: Sequence[TopicId],
        partners: Mapping[TandemSide, str],
    ) -> None:
        self.owner.set_choices(_owners(partners))
        choices: list[tuple[TopicId | None, str]] = [(None, tr("None"))]
        choices += [(one.id, one.name(language())) for one in offered(topics, first, keep=goal.topic)]
        self.topic.set_choices(choices)
        for field, value in (
            (self.topic, goal.topic), (self.title, goal.title), (self.baseline, goal.baseline),
            (self.target, goal.target), (self.owner, goal.owner), (self.review_on, goal.review_on),
        ):  # fmt: skip
            settle(field, value)

    def flush(self) -> None:
        if self.more is not None:
            finish(self.title, self.review_on)


class GoalsPanel(Card):
    """The goals of one tandem."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.items: dict[GoalId, GoalItem] = {}
        self._lines: dict[GoalId, Separator] = {}
        self._tandem: TandemId | None = None
        self._first: Sequence[TopicId] = ()
        self._found: tuple[Goal, ...] = ()
        self.add_button = buttons.secondary(tr("Add goal"), "plus")
        self.add_button.clicked.connect(self.add)
        self.body.addLayout(row(heading(tr("Goals")), 1, self.add_button))
        self.empty = muted(tr("No goals yet. Agree on one or two with both, each with a level to reach."), wrap=True)
        self.body.addWidget(self.empty)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(12))
        self.body.addLayout(self.column)

    def make_ready(self, count: int) -> None:
        """Makes items beforehand, for whichever tandem is shown first: making one takes long."""
        for place in range(count):
            item = self._make(nobodys := GoalId(-1 - place))
            self.column.addWidget(self._lines[nobodys])
            self.column.addWidget(item)

    def show_goals(
        self,
        tandem: TandemId,
        found: Sequence[Goal],
        topics: Mapping[TopicId, Topic],
        first: Sequence[TopicId],
        today: date,
        partners: Mapping[TandemSide, str],
    ) -> None:
        """``partners``: the names of both where no role tells whose a goal is."""
        if tandem != self._tandem:
            self.flush()
            self._take_over([goal.id for goal in found])
        self._tandem, self._first, self._today, self._found = tandem, first, today, tuple(found)
        wanted = [goal.id for goal in found]
        for gone in [identity for identity in self.items if identity not in wanted]:
            self._drop(gone)
        for place, goal in enumerate(found):
            item = self.items.get(goal.id) or self._make(goal.id)
            if self.column.indexOf(item) != 2 * place + 1:
                for widget in (self._lines[goal.id], item):
                    self.column.removeWidget(widget)
                self.column.insertWidget(2 * place, self._lines[goal.id])
                self.column.insertWidget(2 * place + 1, item)
            self._lines[goal.id].setVisible(place > 0)
            item.show_goal(goal, topics, first, today, partners)
        self.empty.setVisible(not found)

    def _make(self, identity: GoalId) -> GoalItem:
        item = GoalItem(identity, lambda **fields: self.desk.refusal(goals.edit, item.goal, **fields))
        item.removed.connect(lambda: self.remove(item.goal))
        self.items[identity] = item
        self._lines[identity] = Separator()
        return item

    def _take_over(self, wanted: list[GoalId]) -> None:
        """Items of another tandem show these goals now, for making one takes long; none in which somebody worked."""
        for identity in [identity for identity, item in self.items.items() if item.more is not None]:
            self._drop(identity)
        kept = list(self.items)
        for identity in kept[len(wanted) :]:
            self._drop(identity)
        pairs = list(zip(wanted, kept, strict=False))
        self.items, self._lines = (
            {new: self.items[old] for new, old in pairs}, {new: self._lines[old] for new, old in pairs}
        )  # fmt: skip

    def _drop(self, identity: GoalId) -> None:
        for widget in (self.items.pop(identity), self._lines.pop(identity)):
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def complete(self) -> None:
        """Makes the fields behind all pencils."""
        for item in self.items.values():
            item.complete()

    def add(self) -> None:
        """Adds a goal about the programme's first topic without one, open for editing."""
        if self._tandem is None:
            return
        taken = {goal.topic for goal in self._found}
        topic = next((one for one in self._first if one not in taken), None)
        review = self._today + timedelta(days=REVIEW_AFTER)
        identity = self.desk.do(goals.add, self._tandem, topic=topic, baseline=1, target=3, review_on=review)
        if identity in self.items:
            self.items[identity].more_button.setChecked(True)
            self.items[identity].title.setFocus()  # not the topic: typing in a list picks another one

    def remove(self, identity: GoalId) -> None:
        self.desk.do(goals.remove, (identity,))
        self.desk.say(tr("The goal was removed"), undo=True)

    def flush(self) -> None:
        for item in tuple(self.items.values()):
            item.flush()
