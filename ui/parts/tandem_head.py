"""The head of a tandem: the two people with their consents, the state as a track, and the steps from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.ids import MemberId, PersonId
from app.domain.people import Person
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import NEXT_STATES, Member, Tandem, TandemSide, TandemState
from app.i18n import tr
from ui import theme
from ui.parts import buttons
from ui.parts.avatar import Avatar, initials
from ui.parts.bound import bind, finish, settle
from ui.parts.buttons import Button
from ui.parts.card import Card, ElidedLabel, IconLabel, PlainLabel, Separator, column, muted, row
from ui.parts.field import DateField
from ui.parts.labels import state_text
from ui.parts.pills import Pill
from ui.parts.tandem_words import STEPS, next_hint, side_text, step_text
from ui.parts.track import Station, Track

Consent = Callable[[MemberId, date | None], str]  # saves the day of a consent; gives what was wrong, or ""

WAY = (TandemState.PROPOSED, TandemState.AGREED, TandemState.ACTIVE, TandemState.COMPLETED)


def stations(state: TandemState) -> tuple[Station, ...]:
    """The way of a tandem. Paused stands at the active station; ended leaves the way open where it was left."""
    here = {TandemState.PAUSED: 2, TandemState.ENDED: -1}.get(state, WAY.index(state) if state in WAY else 0)
    made = []
    for place, stop in enumerate(WAY):
        stands = "done" if place < here or state is TandemState.COMPLETED else "current" if place == here else "ahead"
        note = tr("paused") if state is TandemState.PAUSED and place == here else ""
        made.append(Station(name=state_text(stop), note=note, state=stands))  # type: ignore[arg-type]
    return tuple(made)


class MemberBlock(QWidget):
    """One person with role and place, and the consent: given on a day, or still missing."""

    def __init__(self, consent: Consent) -> None:
        super().__init__()
        self._consent = consent
        self.member: MemberId | None = None
        self.avatar = Avatar(size=44)
        self.name = ElidedLabel("", scale=1.15, weight=theme.SEMIBOLD)
        self.role = Pill()
        self.place = muted("", wrap=True)
        self.missing = PlainLabel(tr("No consent yet"), "warn", weight=theme.MEDIUM)
        self.given = PlainLabel(tr("Consented on"), "ok", weight=theme.MEDIUM)
        self.given_icon, self.missing_icon = IconLabel("circle-check", "ok", 16), IconLabel("clock", "warn", 16)
        self.day = DateField("")
        self.day.setFixedWidth(theme.px(136))
        self.give_button = buttons.secondary(tr("Consents today"), "check")
        self.give_button.clicked.connect(lambda: self._tell(date.today()))
        self.withdraw_button = buttons.quiet(tr("Withdraw"))
        self.withdraw_button.clicked.connect(lambda: self._tell(None))
        bind(self.day, self._tell)
        words = column(spacing=3)
        words.addLayout(row(self.name, self.role, 1, spacing=10))
        words.addWidget(self.place)
        days = row(self.given_icon, self.missing_icon, self.given, self.missing, self.day, self.give_button,
                   self.withdraw_button, 1)  # fmt: skip
        whole = column(spacing=10)
        top = row(self.avatar, spacing=12)
        top.addLayout(words, 1)
        whole.addLayout(top)
        whole.addLayout(days)
        self.setLayout(whole)

    def show_member(self, member: Member, person: Person, kind: ProgrammeKind) -> None:
        other, self.member = member.id != self.member, member.id
        self.avatar.set(initials(person.family_name, person.given_name), person.id)
        self.name.setText(person.full_name)
        self.role.set(side_text(member.side, kind), "violet" if member.side is TandemSide.MENTOR else "accent")
        self.role.setMinimumWidth(self.role.sizeHint().width())  # a long name gives way, not this
        parts = (person.position, person.department, person.location)
        self.place.setText(" \u00b7 ".join(part for part in parts if part))
        given = member.consent_on is not None
        for widget in (self.given, self.given_icon, self.day, self.withdraw_button):
            widget.setVisible(given)
        for widget in (self.missing, self.missing_icon, self.give_button):
            widget.setVisible(not given)
        settle(self.day, member.consent_on, other=other)
        self.day.input.setAccessibleName(tr("Day of the consent of {name}").format(name=person.full_name))
        self.give_button.setAccessibleName(tr("{name} consents today").format(name=person.full_name))
        self.withdraw_button.setAccessibleName(tr("Withdraw the consent of {name}").format(name=person.full_name))

    def _tell(self, day: date | None) -> str:
        return "" if self.member is None else self._consent(self.member, day)

    def flush(self) -> None:
        finish(self.day)


class TandemHead(Card):
    """Shows a tandem; says what is wanted and leaves the doing to the page."""

    stepped = Signal(object)  # TandemState
    signed = Signal()  # the agreement, today

    def __init__(self, consent: Consent) -> None:
        super().__init__(margin=16)
        self._consent = consent
        self.blocks: list[MemberBlock] = []
        self._lines: list[Separator] = []
        self._wide = True
        self._people = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._people.setSpacing(theme.px(20))
        self.body.addLayout(self._people)
        self.body.addWidget(Separator())
        self.track = Track()
        self.ended = Pill()
        self.steps = row(spacing=8)
        self.step_buttons: dict[TandemState, Button] = {}
        way = row(self.track, self.ended, spacing=16)
        way.setStretch(0, 1)
        way.addLayout(self.steps)
        self.body.addLayout(way)
        self.hint = muted("", wrap=True)
        self.sign_button = buttons.secondary(tr("Signed today"), "check")
        self.sign_button.setAccessibleName(tr("The agreement was signed today"))
        self.sign_button.clicked.connect(self.signed)
        next_line = row(self.hint, self.sign_button, spacing=12)
        next_line.setStretch(0, 1)
        self.body.addLayout(next_line)
        self._make_blocks(2)

    def show_tandem(self, tandem: Tandem, known: Mapping[PersonId, Person], kind: ProgrammeKind) -> None:
        """Shows it; the blocks of its members stay as long as there are as many."""
        members = [member for member in tandem.members if member.person in known]
        if len(self.blocks) != len(members):
            self._make_blocks(len(members))
        for block, member in zip(self.blocks, members, strict=True):
            block.show_member(member, known[member.person], kind)
        self.track.set_stations(stations(tandem.state))
        self.track.setFixedHeight(theme.px(66 if tandem.state is TandemState.PAUSED else 48))
        self.ended.set(state_text(tandem.state), "muted")
        self.ended.setVisible(tandem.state is TandemState.ENDED)
        hint = next_hint(tandem)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.sign_button.setVisible(bool(hint) and tandem.consented)
        self._show_steps(tandem.state)

    def _make_blocks(self, count: int) -> None:
        while self._people.count():
            item = self._people.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.blocks, self._lines = [], []
        for place in range(count):
            block = MemberBlock(self._consent)
            if place:
                line = Separator(upright=True)
                self._lines.append(line)
                self._people.addWidget(line)
                line.setVisible(self._wide)  # only now: without a parent it would flash up as a window
            self._people.addWidget(block, 1)
            self.blocks.append(block)

    def set_wide(self, wide: bool) -> None:
        """The two people side by side, or one under the other where there is little room."""
        self._wide = wide
        directions = QBoxLayout.Direction
        self._people.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        for line in self._lines:
            line.setVisible(wide)

    def _show_steps(self, state: TandemState) -> None:
        """The side steps; the sensible next one is the page's filled button, dissolving has its own."""
        for button in self.step_buttons.values():
            self.steps.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.step_buttons = {}
        for step in NEXT_STATES[state]:
            if step in (TandemState.ENDED, next_step(state)):
                continue
            button = buttons.secondary(step_text(step, state), STEPS[step][1])
            button.clicked.connect(lambda _=False, step=step: self.stepped.emit(step))
            self.steps.addWidget(button)
            self.step_buttons[step] = button

    def flush(self) -> None:
        for block in self.blocks:
            block.flush()


def next_step(state: TandemState) -> TandemState:
    """The sensible next step: the way on; from the active state it is to complete."""
    return TandemState.COMPLETED if state is TandemState.ACTIVE else NEXT_STATES[state][0]

