"""The fields of one meeting, each saved as it is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.ids import MeetingId, TopicId
from app.domain.meetings import Meeting, Mode
from app.domain.topics import Topic
from app.i18n import tr
from ui import theme
from ui.parts import buttons
from ui.parts.autosave import LongText
from ui.parts.bound import bind, finish, settle, settle_text
from ui.parts.card import row
from ui.parts.field import ChoiceField, DateField, Field, NumberField
from ui.parts.tandem_words import mode_text
from ui.parts.topic_tokens import TopicTokens

MOST_MINUTES = 1440


class MeetingForm(QWidget):
    """``edit`` is called with the fields of Meeting that were changed; it gives what was wrong, or ""."""

    unheld = Signal()
    removed = Signal()

    def __init__(self, edit: Callable[..., str]) -> None:
        super().__init__()
        self.held_on = DateField(tr("Held on"))
        self.planned_on = DateField(tr("Planned for"))
        self.minutes = NumberField(tr("Minutes"), 0, MOST_MINUTES)
        self.mode: ChoiceField[Mode] = ChoiceField(tr("Mode"), [(mode, mode_text(mode)) for mode in Mode])
        self.topics = TopicTokens(tr("Topics"))
        self.summary = LongText(tr("Summary for both"), tr("What was it about? Both may read this."))
        self.next_steps = LongText(tr("Next steps"), tr("Who does what until the next meeting?"))
        self._lay_out()
        bind(self.held_on, lambda day: edit(held_on=day))
        bind(self.planned_on, lambda day: edit(planned_on=day))
        bind(self.minutes, lambda minutes: edit(minutes=minutes))
        bind(self.mode, lambda mode: edit(mode=mode))
        self.topics.committed.connect(lambda topics: edit(topics=topics))
        self._edit = edit
        self._meeting: MeetingId | None = None
        self.unheld_button.clicked.connect(self.unheld)
        self.remove_button.clicked.connect(self.removed)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(6), 0, theme.px(10))
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(10))
        fields: tuple[Field, ...] = (self.held_on, self.planned_on, self.minutes, self.mode)
        for column, field in enumerate(fields):
            field.setMinimumWidth(theme.px(84))
            grid.addWidget(field, 0, column)
            grid.setColumnStretch(column, (10, 10, 6, 12)[column])
        lines = self.fontMetrics().lineSpacing()
        for text, count in ((self.summary, 4), (self.next_steps, 2)):
            text.setFixedHeight(lines * count + theme.px(18))
        for place, (label, widget) in enumerate(
            ((tr("Topics"), self.topics), (tr("Summary for both"), self.summary), (tr("Next steps"), self.next_steps)),
            start=1,
        ):
            grid.addWidget(labelled(label, widget), place, 0, 1, 4)
        self.unheld_button = buttons.quiet(tr("Not held after all"), "undo-2")
        self.remove_button = buttons.quiet(tr("Remove meeting"), "trash-2")
        grid.addLayout(row(self.unheld_button, 1, self.remove_button), 4, 0, 1, 4)

    def show_meeting(self, meeting: Meeting, topics: Mapping[TopicId, Topic], first: Sequence[TopicId]) -> None:
        """Shows the meeting; what is being typed stays."""
        other, self._meeting = meeting.id != self._meeting, meeting.id
        settle(self.held_on, meeting.held_on, other=other)
        settle(self.planned_on, meeting.planned_on, other=other)
        settle(self.minutes, meeting.minutes, other=other)
        settle(self.mode, meeting.mode, other=other)
        self.topics.show_value(meeting.topics, topics, first)
        settle_text(self.summary, meeting.summary, lambda text: not self._edit(summary=text), other=other)
        settle_text(self.next_steps, meeting.next_steps, lambda text: not self._edit(next_steps=text), other=other)
        self.unheld_button.setVisible(meeting.held_on is not None)

    def flush(self) -> None:
        """Saves what is half-typed."""
        finish(self.held_on, self.planned_on, self.minutes, self.summary, self.next_steps)


def labelled(label: str, widget: QWidget) -> Field:
    """A widget of another kind under a label like that of every field."""
    field = Field(label)
    field.put(widget)
    return field
