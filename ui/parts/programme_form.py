"""The fields of a programme, edited in place: each saves itself when it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.ids import ProgrammeId, TopicId
from app.domain.programmes import Programme, ProgrammeKind, Purpose
from app.domain.topics import Topic
from app.errors import Fault
from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.autosave import LongText
from ui.parts.bound import bind, finish, settle, settle_text
from ui.parts.field import ChoiceField, DateField, Field, LineField, NumberField
from ui.parts.programme_words import kind_sentence, kind_text, purpose_text
from ui.parts.scroll import Scroll
from ui.parts.topic_tokens import TopicTokens
from ui.words import sentence

Save = Callable[..., object]  # save(field=value, ...); raises a Fault that is shown in the field
DAYS_A_WEEK = 7


class ProgrammeForm(Scroll):
    """Shows one programme; ``save`` writes fields of it."""

    def __init__(self, save: Save) -> None:
        super().__init__()
        self._save = save
        self._programme: ProgrammeId | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("The programme's own fields"))
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._grid = QGridLayout(inner)
        self.setWidget(inner)
        self._grid.setContentsMargins(0, theme.px(14), 0, theme.px(4))
        self._grid.setSpacing(theme.px(16))
        self._cards = (self._what(), self._who(), self._when(), self._topics())
        self._beside: bool | None = None
        self._lay(beside=not theme.crowded())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = 2 * max(one.minimumSizeHint().width() for one in self._cards) + self._grid.horizontalSpacing()
        self._lay(beside=needed <= self.viewport().width())

    def _lay(self, *, beside: bool) -> None:
        """The cards in two columns, or one below the other where two have no room."""
        if beside == self._beside:
            return
        self._beside = beside
        order = self._cards if beside else (self._cards[0], self._cards[2], self._cards[1], self._cards[3])
        for place, one in enumerate(order):
            self._grid.addWidget(one, place // 2 if beside else place, place % 2 if beside else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)
        for row in range(5):
            self._grid.setRowStretch(row, 1 if row == (2 if beside else 4) else 0)

    def _what(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("What it is")))
        self.title = LineField(tr("Title"), longest=120)
        self.kind = ChoiceField(tr("Kind"), [(kind, kind_text(kind)) for kind in ProgrammeKind])
        self.kind_sentence = card.muted("", wrap=True)
        self.purpose = ChoiceField(tr("Purpose"), [(purpose, purpose_text(purpose)) for purpose in Purpose])
        self.pilot = QCheckBox(tr("Pilot: a small group with close support"))
        self._bind(self.title, "title")
        self._bind(self.kind, "kind")
        self._bind(self.purpose, "purpose")
        self.pilot.toggled.connect(lambda on: self._save(pilot=on))
        for widget in (self.title, self.kind, self.kind_sentence, self.purpose, self.pilot):
            made.body.addWidget(widget)
        made.body.addStretch(1)
        return made

    def _when(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("When")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(12))
        self.starts_on = DateField(tr("Start"))
        self.ends_on = DateField(tr("End"), tr("May stay open."))
        self.meetings = NumberField(tr("Planned meetings"), 0, 99, may_be_empty=False)
        self.rhythm = NumberField(tr("Every … days"), 1, 366, may_be_empty=False)
        self.rhythm_text = card.muted("", wrap=True)
        fields: tuple[tuple[Field, str], ...] = (
            (self.starts_on, "starts_on"),
            (self.ends_on, "ends_on"),
            (self.meetings, "planned_meetings"),
            (self.rhythm, "rhythm_days"),
        )
        for place, (field, name) in enumerate(fields):
            self._bind(field, name)
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        made.body.addLayout(grid)
        made.body.addWidget(self.rhythm_text)
        made.body.addStretch(1)
        return made

    def _who(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("Who stands behind it")))
        self.patron = LineField(tr("Patron"), tr("Leaders set the example: the patron is named on what is printed."))
        self.contact = LineField(tr("Contact for questions"), placeholder=tr("Name, phone, room"))
        self._bind(self.patron, "patron")
        self._bind(self.contact, "contact")
        self.greeting = LongText(tr("Greeting of the patron"), tr("A few words of welcome for the printed sheets"))
        self.greeting.setFixedHeight(theme.px(84))
        self._greeting = Field(tr("Greeting of the patron"))
        self._greeting.put(self.greeting)
        for widget in (self.patron, self._greeting, self.contact):
            made.body.addWidget(widget)
        made.body.addStretch(1)
        return made

    def _topics(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("Topics")))
        made.body.addWidget(
            card.muted(tr("What this programme is about. These are offered first everywhere."), wrap=True)
        )
        self.topics = TopicTokens(tr("Topics of the programme"))
        self.topics.committed.connect(lambda chosen: self._save(topics=chosen))
        column = QVBoxLayout()
        column.addWidget(self.topics)
        made.body.addLayout(column)
        made.body.addStretch(1)
        return made

    def _bind(self, field: Field, name: str) -> None:
        def save(value: Any) -> str:
            try:
                self._save(**{name: value})
            except Fault as fault:
                return sentence(fault)
            return ""

        bind(field, save)

    def _keep_greeting(self, programme: ProgrammeId, text: str) -> bool:
        if programme != self._programme:  # another is shown by now, and it would get this text
            return True
        try:
            self._save(greeting=text)
        except Fault as fault:
            self._greeting.set_error(sentence(fault))
            return False
        self._greeting.set_error("")
        return True

    def show_programme(self, programme: Programme, topics: dict[TopicId, Topic]) -> None:
        """Shows the fields as the vault has them; what is being typed stays, or goes with the former programme."""
        other, self._programme = programme.id != self._programme, programme.id
        settle(self.title, programme.title, other=other)
        settle(self.kind, programme.kind, other=other)
        self.kind_sentence.setText(kind_sentence(programme.kind))
        settle(self.purpose, programme.purpose, other=other)
        with QSignalBlocker(self.pilot):
            self.pilot.setChecked(programme.pilot)
        settle(self.starts_on, programme.starts_on, other=other)
        settle(self.ends_on, programme.ends_on, other=other)
        settle(self.meetings, programme.planned_meetings, other=other)
        settle(self.rhythm, programme.rhythm_days, other=other)
        self.rhythm_text.setText(rhythm_sentence(programme))
        settle(self.patron, programme.patron, other=other)
        settle(self.contact, programme.contact, other=other)
        settle_text(
            self.greeting, programme.greeting, lambda text: self._keep_greeting(programme.id, text), other=other
        )
        self.topics.show_value(programme.topics, topics)

    def start(self) -> None:
        """Puts the cursor into the title, all of it selected."""
        self.title.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.input.selectAll()

    def flush(self) -> None:
        """Saves what is half-typed."""
        finish(self.title, self.starts_on, self.ends_on, self.meetings, self.rhythm, self.patron, self.contact)
        self.greeting.flush()


def rhythm_sentence(programme: Programme) -> str:
    """"6 meetings, one every 4 weeks: about 20 weeks in all."."""
    n, days = programme.planned_meetings, programme.rhythm_days
    if n < 2:
        return ""
    whole = round((n - 1) * days / DAYS_A_WEEK)
    if days % DAYS_A_WEEK == 0 and days > DAYS_A_WEEK:
        text = tr("{n} meetings, one every {weeks} weeks: about {whole} weeks in all.")
    elif days == DAYS_A_WEEK:
        text = tr("{n} meetings, one every week: about {whole} weeks in all.")
    else:
        text = tr("{n} meetings, one every {days} days: about {whole} weeks in all.")
    return text.format(n=n, weeks=days // DAYS_A_WEEK, days=days, whole=whole)
