"""Skills of one side: topic, level, and with those sought how much they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import TopicId
from app.domain.people import Side, Skill
from app.domain.text import sort_key
from app.domain.topics import Topic
from app.i18n import language, tr
from ui import theme
from ui.parts.buttons import icon_button
from ui.parts.card import ElidedLabel
from ui.parts.editors import ChoiceField
from ui.parts.level_picker import LevelPicker, PriorityButton


class SkillList(QWidget):
    """The skills of one side, edited in place. ``committed`` gives all of them as (topic, side, level, priority)."""

    committed = Signal(object)  # tuple[Skill, ...] of this side

    def __init__(self, side: Side) -> None:
        super().__init__()
        self._side = side
        self._skills: tuple[Skill, ...] = ()
        self._topics: dict[TopicId, Topic] = {}
        self._rows: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(2))
        column.addLayout(self._list)
        words = tr("Add a topic offered …") if side is Side.OFFERED else tr("Add a topic sought …")
        self.adder = ChoiceField()
        self.adder.setPlaceholderText(words)
        self.adder.setMinimumWidth(theme.px(120))
        self.adder.setAccessibleName(words.rstrip(" …"))
        self.adder.committed.connect(self._add)
        column.addWidget(self.adder)

    def show_value(self, skills: Sequence[Skill], topics: dict[TopicId, Topic]) -> None:
        """Shows the skills of this side; topics that are archived are not offered."""
        mine = tuple(skill for skill in skills if skill.side is self._side)
        if mine == self._skills and topics == self._topics:
            return
        focused = self._focused_row()
        self._skills, self._topics = mine, topics
        for row in self._rows:
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(skill) for skill in mine]
        for row in self._rows:
            self._list.addWidget(row)
        self._offer()
        if focused is not None and self._rows:
            place, kind = focused
            target = self._rows[min(place, len(self._rows) - 1)].findChild(kind)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused_row(self) -> tuple[int, type[QWidget]] | None:
        for place, row in enumerate(self._rows):
            focused = row.focusWidget()
            if focused is not None and focused.hasFocus():
                return place, type(focused)
        return None

    def _offer(self) -> None:
        taken = {skill.topic for skill in self._skills}
        spoken = language()
        free = [topic for topic in self._topics.values() if topic.id not in taken and not topic.archived]
        free.sort(key=lambda topic: sort_key(topic.name(spoken)))
        self.adder.set_choices([(topic.id, topic.name(spoken)) for topic in free])
        self.adder.show_value(None)
        self.adder.setEnabled(bool(free))

    def _row(self, skill: Skill) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        topic = self._topics.get(skill.topic)
        name = "" if topic is None else topic.name(language())
        line.addWidget(ElidedLabel(name), 1)
        if self._side is Side.SOUGHT:
            priority = PriorityButton(name, skill.priority)
            priority.committed.connect(lambda value: self._change(skill.topic, priority=value))
            line.addWidget(priority)
        words = tr("{topic}: level") if self._side is Side.OFFERED else tr("{topic}: target level")
        level = LevelPicker(words.format(topic=name), skill.level)
        level.committed.connect(lambda value: self._change(skill.topic, level=value))
        line.addWidget(level)
        remove = icon_button("x", tr("Remove {what}").format(what=name))
        remove.setStyleSheet("QPushButton, QPushButton:focus { padding: 3px; min-width: 0; min-height: 0; }")
        remove.clicked.connect(lambda: self._tell(tuple(one for one in self._skills if one.topic != skill.topic)))
        line.addWidget(remove)
        return row

    def _change(self, topic: TopicId, *, level: int | None = None, priority: int | None = None) -> None:
        self._skills = tuple(
            Skill(topic=one.topic, side=one.side, level=level or one.level, priority=priority or one.priority)
            if one.topic == topic
            else one
            for one in self._skills
        )
        self.committed.emit(self._skills)

    def _add(self, topic: TopicId) -> None:
        level = 3 if self._side is Side.SOUGHT else 2
        self._tell((*self._skills, Skill(topic=topic, side=self._side, level=level)))

    def _tell(self, skills: tuple[Skill, ...]) -> None:
        self.show_value(skills, self._topics)
        self.committed.emit(skills)
