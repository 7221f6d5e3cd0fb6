"""One tandem: the two people, how far they are, their meetings and goals, and what is private about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import MemberId, TandemId
from app.domain.kinds import Kind
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import OPEN_STATES, Origin, Tandem, TandemState
from app.i18n import mark, tr
from app.services import tandems as verbs
from app.services.beforehand import Lack, lacks_of
from app.services.due import NOT_BEGUN
from app.store import goals, meetings, notes, people, programmes, tandems, topics
from ui import theme
from ui.desk import Place
from ui.dialogs.completing import completed_all_the_same
from ui.parts import buttons
from ui.parts.agreement_card import AgreementCard
from ui.parts.banner import Banner
from ui.parts.card import PlainLabel, muted, row
from ui.parts.empty import EmptyState
from ui.parts.goals_panel import GoalsPanel
from ui.parts.meeting_list import MeetingList
from ui.parts.page import Page
from ui.parts.permits import permit
from ui.parts.private_notes import PrivatePanel
from ui.parts.scroll import MarginScroll, Sheet
from ui.parts.start_words import before_start, way_to, way_words, with_lacks
from ui.parts.tandem_head import TandemHead, next_step
from ui.parts.tandem_shown import Shown
from ui.parts.tandem_words import BECAME, STEPS, carried_text, dissolved_text, step_text, with_planned
from ui.parts.two_clicks import TwoClickButton
from ui.parts.veil import listen
from ui.parts.why_card import WhyCard, read_why

USUAL_MEETINGS, USUAL_GOALS = 6, 2
SIDE_BY_SIDE = 860  # pixels at 100 %: below it the columns stand one under the other
ORIGINS = {
    Origin.ASSIGNED: mark("proposed by the program"),
    Origin.BY_HAND: mark("paired by hand"),
    Origin.SELF_FOUND: mark("found each other"),
}


class TandemPage(Page):
    key = "tandem"
    title = mark("Tandem")
    icon = "handshake"
    kinds_of_vault = ("programme",)
    in_rail = False
    listens = frozenset(
        {
            Kind.TANDEM, Kind.MEETING, Kind.GOAL, Kind.PERSON, Kind.ENROLMENT, Kind.PROGRAMME, Kind.TOPIC, Kind.NOTE,
            Kind.SKILL_GAP,
        }
    )  # fmt: skip

    def build(self) -> Iterator[None]:
        self.record: TandemId | None = None
        self.shown: Shown | None = None
        self._refused, self._hasty = False, False  # a step was not taken: consents, or what is agreed in advance
        # The scroll bar lies in the page's margin, so that the cards end where the buttons above them end.
        margins = self.body.contentsMargins()
        margins.setRight(theme.px(12))
        self.body.setContentsMargins(margins)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        whole = QWidget()
        self.column = QVBoxLayout(whole)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(12))
        self.stack.addWidget(whole)  # first the outer, then what is in it: nothing is styled anew for a new parent
        self._build_top()
        yield
        yield from self._build_sheet()
        self.hint = EmptyState(
            "handshake",
            tr("No tandem chosen"),
            tr("Choose a tandem from the list to see its meetings, goals and private notes."),
            tr("Go to the tandems"),
        )
        self.hint.acted.connect(lambda: self.desk.go(Place("tandems")))
        self.stack.addWidget(self.hint)
        self.stack.setCurrentIndex(1)
        self.veil_keys = listen(self)

    def _build_top(self) -> None:
        self.back_button = buttons.quiet(tr("All tandems"), "arrow-left")
        self.back_button.clicked.connect(lambda: self.desk.go(Place("tandems", self.record)))
        self.previous_button = buttons.icon_button("chevron-left", tr("Previous tandem"))
        self.previous_button.clicked.connect(lambda: self._step_to(-1))
        self.next_button = buttons.icon_button("chevron-right", tr("Next tandem"))
        self.next_button.clicked.connect(lambda: self._step_to(1))
        self.place = muted("")
        top = row(self.back_button, 1, self.previous_button, self.place, self.next_button, spacing=6)
        top.setContentsMargins(0, 0, theme.px(12), 0)
        self.column.addLayout(top)
        self.heading = PlainLabel(scale=1.6, weight=theme.SEMIBOLD, wrap=True)
        self.subtitle = muted("", wrap=True)
        self.dissolve_button = TwoClickButton(
            tr(STEPS[TandemState.ENDED][0]), tr("Really dissolve?"), "unlink"
        )
        self.dissolve_button.confirmed.connect(self.dissolve)
        self.step_button = buttons.primary("")
        self.step_button.clicked.connect(lambda: self._take(self._next()))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.heading)
        words.addWidget(self.subtitle)
        head = row(spacing=10)
        head.setContentsMargins(0, 0, theme.px(12), 0)
        head.addLayout(words, 1)
        head.addWidget(self.dissolve_button)
        head.addWidget(self.step_button)
        self.column.addLayout(head)

    def _build_sheet(self) -> Iterator[None]:
        sheet = Sheet()
        sheet.setObjectName("scrolled")
        self.area = MarginScroll()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self.area, 1)
        self.sheet = QVBoxLayout(sheet)
        self.area.setWidget(sheet)
        self.sheet.setContentsMargins(0, 0, 0, 0)
        self.sheet.setSpacing(theme.px(12))
        self.head_card = TandemHead(self._consent)
        self.head_card.stepped.connect(self._take)
        self.head_card.signed.connect(lambda: self._sign(date.today()))
        self.meetings = MeetingList(self.desk)
        yield
        self.goals = GoalsPanel(self.desk)
        self.agreement = AgreementCard(self.desk, self._sign)
        yield
        self.private = PrivatePanel(self.desk)
        self.why = WhyCard()
        self.why.asked.connect(lambda person: self.desk.go(Place("people", person)))
        # Once it has its place: all of the note is seen, and not just the line with the cursor.
        self.private.opened.connect(lambda: QTimer.singleShot(0, self, self._show_editor))
        yield
        self.banner: Banner | None = None
        self.sheet.addWidget(self.head_card)
        self.columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.columns.setSpacing(theme.px(12))
        for cards, stretch in (((self.meetings, self.agreement), 3), ((self.goals, self.private, self.why), 2)):
            side = QVBoxLayout()
            side.setSpacing(theme.px(12))
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
            self.columns.addLayout(side, stretch)
        self.sheet.addLayout(self.columns, 1)

    def prepare(self) -> Iterator[None]:
        """With the lines of a usual tandem."""
        self.meetings.make_ready(USUAL_MEETINGS)
        yield
        self.goals.make_ready(USUAL_GOALS)
        yield
        self.stack.setCurrentIndex(0)
        yield from super().prepare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        wide = self.width() >= theme.px(SIDE_BY_SIDE)
        self.columns.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self.head_card.set_wide(wide)

    # What is shown

    def show_record(self, record: int | None, part: str = "") -> None:
        if record is not None and record != self.record:
            self.flush()
            self.record = TandemId(record)
            self._refused, self._hasty = False, False
            self.dissolve_button.disarm()
            self.area.verticalScrollBar().setValue(0)
            self.refresh()
        if part == "meeting" and self.shown is not None:
            self._open_next_meeting()

    def _open_next_meeting(self) -> None:
        coming = [one for one in meetings.of_tandem(self.desk.vault, self.shown.tandem.id) if one.held_on is None] \
            if self.shown else []  # fmt: skip
        if coming:
            self.meetings.open(coming[0].id)
            self.area.ensureWidgetVisible(self.meetings.items[coming[0].id])

    def refresh(self) -> None:
        self.shown = self._read()
        self.stack.setCurrentIndex(1 if self.shown is None else 0)
        if self.shown is None:
            return
        source, tandem, programme, today = self.desk.vault, self.shown.tandem, self.shown.programme, date.today()
        catalogue = {topic.id: topic for topic in topics.all_topics(source)}
        self._show_top(self.shown)
        self.head_card.show_tandem(tandem, self.shown.people, programme.kind)
        self._show_banner(tandem)
        self.meetings.show_meetings(
            tandem.id, meetings.of_tandem(source, tandem.id), catalogue, programme.topics, programme.rhythm_days, today
        )
        going = tandem.state is TandemState.ACTIVE and self.meetings.awaited() > 0
        self.step_button.set_look("secondary" if going else "primary")  # completing comes after the meetings
        self.meetings.lead(going)
        self.goals.show_goals(
            tandem.id, goals.of_tandem(source, tandem.id), catalogue, programme.topics, today, self.shown.partners()
        )
        self.agreement.show_agreement(tandem.id, tandem.agreement)
        self.why.show_why(tandem.id, read_why(source, tandem, self.shown.people))
        learners = [(person, notes.gaps_of(source, person.id)) for person in self.shown.learners()]
        self.private.show_private(
            tandem.id, notes.about_tandem(source, tandem.id), learners, catalogue, programme.topics
        )

    def _read(self) -> Shown | None:
        tandem = None if self.record is None else tandems.tandem(self.desk.vault, self.record)
        programme = None if tandem is None else programmes.programme(self.desk.vault, tandem.programme)
        if tandem is None or programme is None:
            return None
        found = (people.person(self.desk.vault, member.person) for member in tandem.members)
        siblings = tandems.ids_of_programme(self.desk.vault, programme.id)
        return Shown(tandem, programme, {person.id: person for person in found if person is not None}, siblings)

    def _show_top(self, shown: Shown) -> None:
        tandem = shown.tandem
        members = [shown.people[member.person] for member in tandem.members if member.person in shown.people]
        self.heading.setText(" & ".join(person.full_name for person in members))
        parts = (tr("Tandem {n}").format(n=tandem.number), tr(ORIGINS[tandem.origin]), shown.programme.title)
        self.subtitle.setText(" \u00b7 ".join(parts))
        at = shown.siblings.index(tandem.id)
        self.place.setText(tr("{n} of {all}").format(n=at + 1, all=len(shown.siblings)))
        permit(self.previous_button, "" if at else tr("This is the first tandem"), tr("Previous tandem"))
        last = at + 1 == len(shown.siblings)
        permit(self.next_button, tr("This is the last tandem") if last else "", tr("Next tandem"))
        step = next_step(tandem.state)
        self.step_button.set_text(step_text(step, tandem.state))
        self.step_button.set_icon(STEPS[step][1])
        self.dissolve_button.setVisible(tandem.state in OPEN_STATES)

    def _show_banner(self, tandem: Tandem) -> None:
        missing = sum(member.consent_on is None for member in tandem.members)
        if self.banner is not None:
            self.sheet.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if missing and (self._refused or tandem.state is TandemState.AGREED):
            text = tr("Before it becomes active, both must consent. Record the missing consents below.")
            self.banner = Banner("warn", text, closable=False)
        elif self._hasty and tandem.state in NOT_BEGUN and (lacks := lacks_of(self.desk.vault, tandem)):
            self.banner = self._hasty_banner(tandem, lacks)
        elif tandem.state is TandemState.ENDED:
            text = tr("This tandem has ended. Nobody has to say why. Both can be paired again.")
            self.banner = Banner("info", text, tr("Pair again"), closable=False)
            self.banner.acted.connect(lambda: self.desk.go(Place("pairing")))
        if self.banner is not None:
            self.sheet.insertWidget(0, self.banner)
            if self._refused and missing:
                self.banner.announce()
        self._hasty = self._hasty and tandem.state in NOT_BEGUN
        self._refused = self._refused and missing > 0

    def _hasty_banner(self, tandem: Tandem, lacks: Sequence[Lack]) -> Banner:
        """What is agreed in advance and is not: the way there, and the way on all the same."""
        banner = Banner("warn", before_start(lacks, mutual=self._mutual()), way_words(lacks[0]),
                        tr("Start all the same"), closable=False)  # fmt: skip
        banner.acted.connect(lambda: self._settle(tandem, lacks[0]))
        banner.acted_too.connect(lambda: self._step(TandemState.ACTIVE))
        return banner

    def _settle(self, tandem: Tandem, lack: Lack) -> None:
        """Leads to where something is entered that the start should wait for."""
        place = way_to(lack, tandem)
        if place is not None:
            self.desk.go(place)
            return
        field = self.agreement.signed_on.input if lack is Lack.AGREEMENT else self.goals.add_button
        self.area.ensureWidgetVisible(field, 0, theme.px(60))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mutual(self) -> bool:
        return self.shown is not None and self.shown.programme.kind is ProgrammeKind.MUTUAL

    def _show_editor(self) -> None:
        self.area.ensureWidgetVisible(self.private.editor, 0, theme.px(16))

    def _step_to(self, step: int) -> None:
        if self.shown is not None:
            siblings = self.shown.siblings
            self.desk.go(Place("tandem", siblings[siblings.index(self.shown.tandem.id) + step]))

    # What can be done

    def _next(self) -> TandemState:
        return next_step(self.shown.tandem.state) if self.shown else TandemState.AGREED

    def _take(self, state: TandemState) -> None:
        """One step on; without every consent nothing becomes active and the page says what is missing."""
        if self.shown is None:
            return
        tandem = self.shown.tandem
        if state is TandemState.ACTIVE and not tandem.consented:
            self._refused = True
            self._show_banner(tandem)
            self.area.verticalScrollBar().setValue(0)
            block = next((one for one in self.head_card.blocks if not one.give_button.isHidden()), None)
            if block is not None:
                block.give_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if state is TandemState.ACTIVE and tandem.state in NOT_BEGUN and lacks_of(self.desk.vault, tandem):
            self._hasty = True
            self._show_banner(tandem)
            self.area.verticalScrollBar().setValue(0)
            if self.banner is not None:
                self.banner.announce()
                self.banner.take_keyboard()
            return
        if state is TandemState.COMPLETED and not completed_all_the_same(self, self.meetings.awaited()):
            return
        self._step(state)

    def _step(self, state: TandemState) -> None:
        if self.shown is None:
            return
        tandem = self.shown.tandem
        before, had = tandem.state, len(self.meetings.items)
        self.desk.attempt(verbs.set_state, tandem.id, state)
        if self.shown is not None and self.shown.tandem.state is not before:
            said = tr(BECAME[state])
            self.desk.say(with_planned(said, len(self.meetings.items) - had), undo=True)

    def _consent(self, member: MemberId, day: date | None) -> str:
        """What was wrong, or ""."""
        before, had = self._state(), len(self.meetings.items)
        wrong = self.desk.refusal(verbs.consent, member, day)
        if day is None and not wrong:
            said, now = [tr("The consent was withdrawn")], self._state()
            if now is not None and now is not before:
                said.append(tr(BECAME[now]))
            self.desk.say(" · ".join(said), undo=True)
        elif not wrong:
            self._say_carried(before, had)
        return wrong

    def _sign(self, day: date | None) -> str:
        """What was wrong, or ""."""
        if self.shown is None:
            return ""
        before, had = self._state(), len(self.meetings.items)
        wrong = self.desk.refusal(verbs.edit_agreement, self.shown.tandem.id, signed_on=day)
        if not wrong:
            self._say_carried(before, had)
        return wrong

    def _state(self) -> TandemState | None:
        """Of the tandem shown, as it stands in the vault."""
        found = None if self.record is None else tandems.tandem(self.desk.vault, self.record)
        return None if found is None else found.state

    def _say_carried(self, before: TandemState | None, had: int) -> None:
        """Says where consents and agreement took the tandem by themselves; it ``had`` so many meetings."""
        now = self._state()
        if now is not None and now is not before:
            said = with_planned(carried_text(now), len(self.meetings.items) - had)
            if now is TandemState.ACTIVE and self.shown is not None:
                said = with_lacks(said, lacks_of(self.desk.vault, self.shown.tandem), mutual=self._mutual())
            self.desk.say(said, undo=True)

    def dissolve(self) -> None:
        """Ends the tandem; no reason is asked for. A mere proposal is gone then, so the list is shown."""
        if self.shown is None:
            return
        tandem = self.shown.tandem.id
        refused = self.desk.do(verbs.dissolve, (tandem,))
        self.desk.say(dissolved_text(1, refused), undo=True)
        if tandems.tandem(self.desk.vault, tandem) is None:
            self.desk.go(Place("tandems"))

    def complete(self) -> None:
        self.goals.complete()
        self.private.complete()

    def flush(self) -> None:
        for part in (self.head_card, self.meetings, self.goals, self.agreement, self.private):
            part.flush()
