"""The meetings of a tandem as a line through time: held, due, late and planned, each open for writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import MeetingId, TandemId, TopicId
from app.domain.meetings import Meeting, MeetingState, later, working_day
from app.domain.topics import Topic
from app.i18n import date_text, language, minutes_text, tr
from app.services import meetings
from ui import icons, theme
from ui.desk import Desk
from ui.parts import buttons
from ui.parts.card import Card, ElidedLabel, PlainLabel, column, heading, muted, row
from ui.parts.meeting_form import MeetingForm
from ui.parts.pills import Pill
from ui.parts.tandem_words import meeting_text, meeting_tone, mode_text

USUAL_MINUTES = 60


class _Station(QWidget):
    """The point of a meeting on the line; the words beside it say the state."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(26))
        self.state, self.first, self.last = MeetingState.PLANNED, False, False

    def set(self, state: MeetingState, *, first: bool, last: bool) -> None:
        self.state, self.first, self.last = state, first, last
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(20)
        centre = QPointF(self.width() / 2, theme.px(22))
        painter.setPen(QPen(theme.colour("border"), 2))
        top = centre.y() if self.first else 0.0
        bottom = centre.y() if self.last else float(self.height())
        painter.drawLine(QPointF(centre.x(), top), QPointF(centre.x(), bottom))
        ink, ground = theme.tone(meeting_tone(self.state))
        disc = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ground if self.state is not MeetingState.PLANNED else theme.colour("surface"))
        painter.drawEllipse(disc)
        drawn = {MeetingState.HELD: "check", MeetingState.LATE: "clock", MeetingState.DUE: "calendar"}.get(self.state)
        if drawn:
            inset = theme.px(4)
            icons.paint(painter, disc.adjusted(inset, inset, -inset, -inset), drawn, meeting_tone(self.state))
        painter.end()


class _Line(QWidget):
    """What is seen of a closed meeting; a click anywhere on it opens and closes the fields."""

    clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class MeetingItem(QWidget):
    """One meeting. Its fields are made when it is first opened; ``edit`` takes what was changed in them."""

    entered = Signal()  # the officer says: it was held
    removed = Signal()
    toggled = Signal(bool)

    def __init__(self, meeting: MeetingId, edit: Callable[..., str]) -> None:
        super().__init__()
        self._edit = edit
        self.meeting = meeting
        self.form: MeetingForm | None = None
        self._shown: tuple[Any, ...] | None = None
        self.station = _Station()
        self.day = PlainLabel("", weight=theme.SEMIBOLD)
        self.pill = Pill()
        self.facts = muted("")
        self.about = ElidedLabel("", "muted", 0.94)
        self.enter_button = buttons.secondary(tr("Record meeting"), "calendar-check")
        self.enter_button.clicked.connect(self.entered)
        self.open_button = buttons.icon_button("chevron-down", "")
        self.open_button.clicked.connect(self.toggle)
        line = _Line()
        line.setCursor(Qt.CursorShape.PointingHandCursor)
        line.clicked.connect(self.toggle)
        inner = QHBoxLayout(line)
        inner.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        inner.setSpacing(theme.px(8))
        words = column(spacing=2)
        words.addLayout(row(self.day, self.pill, self.facts, 1, spacing=10))
        words.addWidget(self.about)
        inner.addLayout(words, 1)
        inner.addWidget(self.enter_button)
        inner.addWidget(self.open_button)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, theme.px(6))
        self.body.setSpacing(0)
        self.body.addWidget(line)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(self.station)
        whole.addLayout(self.body, 1)
        self.line = line
        line.setMinimumHeight(theme.px(44))

    def sizeHint(self) -> QSize:
        return super().sizeHint()

    @property
    def is_open(self) -> bool:
        return self.form is not None and not self.form.isHidden()

    def show_meeting(
        self, meeting: Meeting, topics: Mapping[TopicId, Topic], first: Sequence[TopicId], today: date
    ) -> None:
        self.meeting, self._shown = meeting.id, (meeting, topics, first)
        state = meeting.state(today)
        day = meeting.held_on or meeting.planned_on
        self.day.setText(f"{meeting.number}.  {date_text(day)}" if day else f"{meeting.number}.")
        self.pill.set(meeting_text(meeting, today), meeting_tone(state))
        facts = []
        if meeting.held_on is not None:
            facts = [minutes_text(meeting.minutes)] if meeting.minutes else []
            facts.append(mode_text(meeting.mode))
        self.facts.setText(" \u00b7 ".join(facts))
        names = [topics[topic].name(language()) for topic in meeting.topics if topic in topics]
        said = " \u00b7 ".join([", ".join(names), " ".join(meeting.summary.split())][not names :])
        self.about.setText(said.strip(" \u00b7"))
        self.about.setVisible(bool(self.about.text()))
        self.enter_button.setVisible(state in (MeetingState.LATE, MeetingState.DUE))
        self.enter_button.setAccessibleName(tr("Record meeting {n}").format(n=meeting.number))
        self._name_open_button()
        if self.form is not None:
            self.form.show_meeting(meeting, topics, first)

    def _name_open_button(self) -> None:
        number = self._shown[0].number if self._shown else 0
        text = tr("Close meeting {n}") if self.is_open else tr("Open meeting {n}")
        self.open_button.setAccessibleName(text.format(n=number))
        self.open_button.setToolTip(text.format(n=number))
        self.open_button.set_icon("chevron-up" if self.is_open else "chevron-down")

    def toggle(self) -> None:
        self.set_open(not self.is_open)
        self.toggled.emit(self.is_open)

    def set_open(self, opened: bool) -> None:
        """Shows or closes the fields; what was half-typed is saved."""
        if opened and self.form is None:
            self.form = MeetingForm(self._edit)
            self.form.unheld.connect(lambda: self._edit(held_on=None))
            self.form.removed.connect(self.removed)
            self.body.addWidget(self.form)
            if self._shown:
                self.form.show_meeting(*self._shown)
        if self.form is not None:
            if not opened:
                self.form.flush()
            self.form.setVisible(opened)
        self._name_open_button()

    def flush(self) -> None:
        if self.form is not None:
            self.form.flush()


class MeetingList(Card):
    """All meetings of one tandem. One is open at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.items: dict[MeetingId, MeetingItem] = {}
        self._found: tuple[Meeting, ...] = ()
        self._tandem: TandemId | None = None
        self._rhythm = 28
        self.count = muted("")
        self.add_button = buttons.secondary(tr("Add meeting"), "plus")
        self.add_button.clicked.connect(self.add)
        self.body.addLayout(row(heading(tr("Meetings")), self.count, 1, self.add_button, spacing=10))
        self.empty = muted(
            tr("No meetings yet. They are planned when the tandem is activated, or add one here."), wrap=True
        )
        self.body.addWidget(self.empty)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.body.addLayout(self.lines)

    def make_ready(self, count: int) -> None:
        """Makes items beforehand, for whichever tandem is shown first: making one takes long."""
        for place in range(count):
            self.lines.addWidget(self._make(MeetingId(-1 - place)))

    def show_meetings(
        self,
        tandem: TandemId,
        found: Sequence[Meeting],
        topics: Mapping[TopicId, Topic],
        first: Sequence[TopicId],
        rhythm_days: int,
        today: date,
    ) -> None:
        """Shows them by number; items of meetings that are still there stay, with the keyboard in them."""
        wanted = [meeting.id for meeting in found]
        if tandem != self._tandem:
            self.flush()
            self._take_over(wanted)
        self._tandem, self._found, self._rhythm, self._today = tandem, tuple(found), rhythm_days, today
        for gone in [identity for identity in self.items if identity not in wanted]:
            self._drop(gone)
        for place, meeting in enumerate(found):
            item = self.items.get(meeting.id) or self._make(meeting.id)
            if self.lines.indexOf(item) != place:
                self.lines.removeWidget(item)
                self.lines.insertWidget(place, item)
            item.station.set(meeting.state(today), first=place == 0, last=place == len(found) - 1)
            item.show_meeting(meeting, topics, first, today)
        self.empty.setVisible(not found)
        held = sum(meeting.held_on is not None for meeting in found)
        said = tr("{held} of {planned} held").format(held=held, planned=len(found))
        self.count.setText(said if found else "")

    def lead(self, on: bool) -> None:
        """Whether the filled button is here: that of the first meeting to be recorded."""
        for one in self.items.values():
            first, on = on and not one.enter_button.isHidden(), on and one.enter_button.isHidden()
            one.enter_button.set_look("primary" if first else "secondary")

    def awaited(self) -> int:
        """How many of those shown are not held yet."""
        return sum(meeting.held_on is None for meeting in self._found)

    def _make(self, identity: MeetingId) -> MeetingItem:
        item = MeetingItem(identity, lambda **fields: self.desk.refusal(meetings.edit, item.meeting, **fields))
        item.entered.connect(lambda: self.enter(item.meeting))
        item.removed.connect(lambda: self.remove(item.meeting))
        item.toggled.connect(lambda opened: self._opened(item) if opened else None)
        self.items[identity] = item
        return item

    def _take_over(self, wanted: list[MeetingId]) -> None:
        """Items of another tandem show these meetings now, for making one takes long; none that was ever opened."""
        for identity in [identity for identity, item in self.items.items() if item.form is not None]:
            self._drop(identity)
        kept = list(self.items)
        for identity in kept[len(wanted) :]:
            self._drop(identity)
        self.items = {new: self.items[old] for new, old in zip(wanted, kept, strict=False)}

    def _drop(self, identity: MeetingId) -> None:
        item = self.items.pop(identity)
        self.lines.removeWidget(item)
        item.hide()
        item.deleteLater()

    def _opened(self, opened: MeetingItem) -> None:
        for item in tuple(self.items.values()):
            if item is not opened and item.is_open:
                item.set_open(False)

    # What can be done

    def open(self, identity: MeetingId) -> None:
        """Opens the fields of a meeting, closes those of the others."""
        if identity in self.items:
            self.items[identity].set_open(True)
            self._opened(self.items[identity])

    def enter(self, identity: MeetingId) -> None:
        """Notes that the meeting was held today, as long as the last one, and opens it for the rest."""
        lengths = [one.minutes for one in self._found if one.held_on and one.minutes]
        self.desk.do(meetings.hold, identity, self._today, lengths[-1] if lengths else USUAL_MINUTES)
        self.desk.say(tr("Entered as held today; change the day if it was another"), undo=True)
        self.open(identity)
        form = self.items[identity].form
        if form is not None:
            form.held_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Adds a meeting one rhythm after the last one, and opens it."""
        if self._tandem is None:
            return
        last = max((one.planned_on or one.held_on or self._today for one in self._found), default=self._today)
        day = working_day(later(max(last, self._today), self._rhythm if self._found else 7))
        identity = self.desk.do(meetings.add, self._tandem, planned_on=day)
        self.open(identity)
        form = self.items[identity].form if identity in self.items else None
        if form is not None:
            form.planned_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, identity: MeetingId) -> None:
        self.desk.do(meetings.remove, (identity,))
        self.desk.say(tr("The meeting was removed"), undo=True)

    def flush(self) -> None:
        for item in tuple(self.items.values()):
            item.flush()
