"""Skill gaps of a person as the keeper of the vault sees them, over time. Private: they never leave the vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import PersonId, TopicId
from app.domain.notes import SkillGap
from app.domain.topics import Topic
from app.i18n import date_text, language, tr
from app.services import notes
from ui import theme
from ui.desk import Desk
from ui.parts import buttons
from ui.parts.autosave import LongText
from ui.parts.bound import bind, finish, settle, settle_text
from ui.parts.card import ElidedLabel, PlainLabel, row
from ui.parts.field import ChoiceField, DateField
from ui.parts.folded import Folded
from ui.parts.goals_panel import levels
from ui.parts.level_field import LevelField
from ui.parts.meeting_form import labelled
from ui.parts.topic_tokens import offered


class GapTrend(QWidget):
    """What was seen of one topic as steps from the oldest to the latest day, with what is wanted as a dashed line."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: tuple[SkillGap, ...] = ()
        self.setFixedHeight(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_gaps(self, gaps: Sequence[SkillGap]) -> None:
        """The gaps of one topic, the oldest first."""
        self.gaps = tuple(gaps)
        said = [tr("{date}: {seen} of {wanted}").format(date=date_text(one.noted_on), seen=one.seen, wanted=one.wanted)
                for one in self.gaps]  # fmt: skip
        self.setAccessibleName("; ".join(said))
        self.setToolTip("\n".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.gaps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(theme.px(6), theme.px(6), -theme.px(6), -theme.px(6))
        first, last = self.gaps[0].noted_on.toordinal(), self.gaps[-1].noted_on.toordinal()
        span = max(last - first, 1)

        def at(one: SkillGap, level: int) -> QPointF:
            share = (one.noted_on.toordinal() - first) / span if last > first else 1.0
            return QPointF(room.left() + room.width() * share, room.bottom() - room.height() * level / 4)

        painter.setPen(QPen(theme.colour("input_border"), 1, Qt.PenStyle.SolidLine))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        wanted = at(self.gaps[-1], self.gaps[-1].wanted).y()
        painter.setPen(QPen(theme.colour("text"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left(), wanted), QPointF(room.right(), wanted))
        points = [at(one, one.seen) for one in self.gaps]
        painter.setPen(QPen(theme.colour("violet"), 2))
        for before, after in zip(points, points[1:], strict=False):
            painter.drawLine(before, after)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("violet"))
        for point in points:
            painter.drawEllipse(point, theme.px(4), theme.px(4))
        painter.end()


class GapItem(Folded):
    """One topic: the latest entry, the way there, and the fields of the latest behind the pencil."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Edit skill gap"))
        self.desk = desk
        self.gap: SkillGap | None = None
        self.of = ""  # whose, where the gaps of several people stand together
        self.name = ElidedLabel("", weight=theme.SEMIBOLD)
        self.facts = PlainLabel("", "text", 0.94, wrap=True)
        self.evidence_text = PlainLabel("", "text", 0.94, wrap=True)
        self.trend = GapTrend()
        self.again_button = buttons.icon_button("plus", tr("Note how it is today"))
        self.again_button.clicked.connect(self._again)
        self.whole.setSpacing(theme.px(4))
        head = row(self.name, self.again_button, self.more_button, spacing=4)
        head.setStretch(0, 1)
        self.whole.addLayout(head)
        for widget in (self.facts, self.evidence_text, self.trend):
            self.whole.addWidget(widget)

    def fill_more(self) -> None:
        if self.gap is not None:
            self._call(self.name.text())
            self._settle(self.gap, other=True)

    def make_more(self) -> QWidget:
        self.seen = LevelField(tr("Seen"), words=levels())
        self.wanted = LevelField(tr("Wanted"), words=levels())
        self.noted_on = DateField(tr("Noted on"))
        self.evidence = LongText(tr("What it shows in"), tr("What was seen, where and when"))
        self.evidence.setFixedHeight(self.evidence.fontMetrics().lineSpacing() * 3 + theme.px(18))
        self.remove_button = buttons.quiet(tr("Remove entry"), "trash-2")
        self.remove_button.clicked.connect(self._remove)
        bind(self.seen, lambda value: self._edit(seen=value))
        bind(self.wanted, lambda value: self._edit(wanted=value))
        bind(self.noted_on, lambda value: self._edit(noted_on=value) if value else self._shown_again())
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        grid.setSpacing(theme.px(8))
        grid.addWidget(self.seen, 0, 0)
        grid.addWidget(self.wanted, 1, 0)
        grid.addWidget(labelled(tr("What it shows in"), self.evidence), 2, 0)
        grid.addWidget(self.noted_on, 3, 0)
        grid.addLayout(row(1, self.remove_button), 4, 0)
        return whole

    def show_gaps(self, name: str, gaps: Sequence[SkillGap]) -> None:
        """Entries of one topic, the oldest first; the last one is edited."""
        latest = gaps[-1]
        other = self.gap is None or self.gap.id != latest.id
        if other:
            self.flush()
        self.gap = latest
        self.name.setText(name)
        self._call(name)
        self.facts.setText(
            tr("Seen {seen}, wanted {wanted} · {date}").format(
                seen=latest.seen, wanted=latest.wanted, date=date_text(latest.noted_on)
            )
        )
        self.evidence_text.setText(latest.evidence)
        self.evidence_text.setVisible(bool(latest.evidence))
        self.trend.show_gaps(gaps)
        self.trend.setVisible(len(gaps) > 1)
        if self.more is not None:
            self._settle(latest, other=other)

    def _settle(self, latest: SkillGap, *, other: bool) -> None:
        settle(self.seen, latest.seen, other=other)
        settle(self.wanted, latest.wanted, other=other)
        settle(self.noted_on, latest.noted_on, other=other)
        settle_text(
            self.evidence,
            latest.evidence,
            lambda text: self.desk.keep(notes.edit_gap, latest.id, evidence=text),
            other=other,
        )

    def _call(self, topic: str) -> None:
        """Several topics stand below each other: for a screen reader each control says of which it is, and whose."""
        topic = ", ".join(filter(None, (topic, self.of)))
        self.again_button.setAccessibleName(tr("Note how {topic} is today").format(topic=topic))
        self.more_button.setAccessibleName(tr("Edit skill gap: {topic}").format(topic=topic))
        if self.more is not None:
            self.remove_button.setAccessibleName(tr("Remove entry: {topic}").format(topic=topic))
            self.seen.call(tr("Seen: {topic}").format(topic=topic))
            self.wanted.call(tr("Wanted: {topic}").format(topic=topic))

    def _shown_again(self) -> str:
        """An entry without a day is none: the day comes back."""
        if self.gap is not None:
            self.noted_on.set_value(self.gap.noted_on)
        return ""

    def _edit(self, **fields: object) -> str:
        """What was wrong, or ""."""
        return "" if self.gap is None else self.desk.refusal(notes.edit_gap, self.gap.id, **fields)

    def _again(self) -> None:
        gap = self.gap
        if gap is not None:
            self.desk.do(notes.add_gap, gap.person, gap.topic, seen=gap.seen, wanted=gap.wanted)
            self.more_button.setChecked(True)

    def _remove(self) -> None:
        if self.gap is not None:
            self.desk.do(notes.remove_gaps, (self.gap.id,))
            self.desk.say(tr("The entry was removed"), undo=True)

    def flush(self) -> None:
        if self.more is not None:
            finish(self.noted_on, self.evidence)


class GapsPanel(QWidget):
    """All skill gaps of one person, a topic each, and a choice of topics to add one."""

    grown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.person: PersonId | None = None
        self.items: dict[TopicId, GapItem] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        self.title = PlainLabel(tr("Skill gaps"), weight=theme.SEMIBOLD, wrap=True)
        whole.addWidget(self.title)
        self.empty = PlainLabel(tr("None noted yet."), "text", wrap=True)
        whole.addWidget(self.empty)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(12))
        whole.addLayout(self.column)
        self.adder: ChoiceField[TopicId | None] = ChoiceField("", [(None, tr("Add a skill gap …"))])
        self.adder.input.setAccessibleName(tr("Add a skill gap"))
        self.adder.edited.connect(self._add)
        whole.addWidget(self.adder)

    def show_gaps(
        self,
        person: PersonId,
        found: Sequence[SkillGap],
        topics: Mapping[TopicId, Topic],
        first: Sequence[TopicId] = (),
        title: str = "",
        of: str = "",
    ) -> None:
        """Shows what was noted of a person; ``title`` may say of whom, and ``of`` where those of somebody else are
        shown beside it."""
        by_topic = self._by_topic(found)
        if person != self.person:
            self.flush()
            self._take_over(list(by_topic))
        self.person = person
        self.title.setText(title or tr("Skill gaps"))
        self.adder.input.setAccessibleName(", ".join(part for part in (tr("Add a skill gap"), title) if part))
        for gone in [topic for topic in self.items if topic not in by_topic]:
            self._drop(gone)
        for topic, gaps in by_topic.items():
            if topic not in self.items:
                self.items[topic] = GapItem(self.desk)
                self.column.addWidget(self.items[topic])
            name = topics[topic].name(language()) if topic in topics else ""
            self.items[topic].of = of
            self.items[topic].show_gaps(name, gaps)
        self.empty.setVisible(not by_topic)
        choices: list[tuple[TopicId | None, str]] = [(None, tr("Add a skill gap …"))]
        choices += [(one.id, one.name(language())) for one in offered(topics, first, without=tuple(by_topic))]
        self.adder.set_choices(choices)
        self.adder.set_value(None)

    def _take_over(self, topics: list[TopicId]) -> None:
        """Items of somebody else show these topics now, for making one takes long; none in which somebody worked."""
        plain = [item for item in self.items.values() if item.more is None]
        for topic in [topic for topic, item in self.items.items() if item.more is not None]:
            self._drop(topic)
        self.items = dict(zip(topics, plain, strict=False))
        for item in plain[len(topics) :]:
            self._let_go(item)

    @staticmethod
    def _by_topic(found: Sequence[SkillGap]) -> dict[TopicId, list[SkillGap]]:
        ordered = sorted(found, key=lambda one: (one.topic, one.noted_on))
        return {topic: list(gaps) for topic, gaps in groupby(ordered, key=lambda one: one.topic)}

    def _drop(self, topic: TopicId) -> None:
        self._let_go(self.items.pop(topic))

    def _let_go(self, item: GapItem) -> None:
        self.column.removeWidget(item)
        item.hide()
        item.deleteLater()

    def _add(self) -> None:
        topic = self.adder.value()
        if self.person is None or topic is None:
            return
        self.desk.do(notes.add_gap, self.person, topic, seen=1, wanted=3)
        if topic in self.items:
            self.items[topic].more_button.setChecked(True)
        self.grown.emit()

    def flush(self) -> None:
        for item in tuple(self.items.values()):
            item.flush()

    def complete(self) -> None:
        """Makes the fields behind all pencils."""
        for item in self.items.values():
            item.complete()


