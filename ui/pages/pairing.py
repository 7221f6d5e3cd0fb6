"""Pairing: who is to be paired, the best plan for them, and the reasons for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from app.domain.drafts import Aim, Decision, Method, PairIds
from app.domain.ids import EnrolmentId
from app.domain.kinds import Kind
from app.domain.programmes import Programme
from app.domain.tandems import Origin
from app.errors import Fault
from app.i18n import mark, number_text, tr, trn
from app.services import drafts, programmes, tandems
from app.services.plans import check
from ui import theme
from ui.desk import Place
from ui.parts import buttons, card
from ui.parts.banner import announce
from ui.parts.empty import EmptyState
from ui.parts.page import Page
from ui.parts.pairing_board import PairingBoard
from ui.parts.pairing_rows import ACCEPT, LOCK, Proposal
from ui.parts.pairing_words import broken_texts
from ui.parts.pairing_work import Outcome, PairingWork

if TYPE_CHECKING:
    from app.pairing.plan import Plan

NO_PROGRAMME, BOARD = 0, 1
TANDEMS_TAB = 1


class PairingPage(Page):
    key = "pairing"
    title = mark("Pairing")
    icon = "shuffle"
    kinds_of_vault = ("programme",)
    listens = frozenset(
        {Kind.PROGRAMME, Kind.ENROLMENT, Kind.PERSON, Kind.TANDEM, Kind.TOPIC, Kind.HOUSE, Kind.DRAFT}
    )

    def build(self) -> None:
        self.outcome: Outcome | None = None
        self._before_ban: Plan | None = None
        self.work = PairingWork(self.desk.vault)
        self.work.solved.connect(self._solved)
        self.work.failed.connect(self._failed)
        _, self.subtitle, head = self.head()
        self.subtitle.setWordWrap(True)
        self.weights_button = buttons.secondary(tr("Weights and rules"), "sliders-horizontal")
        self.weights_button.setCheckable(True)
        self.accept_button = buttons.primary(tr("Accept all"), "check")
        head.addWidget(self.weights_button)
        head.addWidget(self.accept_button)
        self.notice = card.muted("", wrap=True)
        self.allow_button = buttons.quiet(tr("Allow all again"), "undo-2")
        self.allow_button.clicked.connect(self.allow_all)
        self.notice_row = card.row(self.notice, self.allow_button)
        self.notice_row.setStretch(0, 1)
        self.body.addLayout(self.notice_row)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.empty = EmptyState(
            "flag",
            tr("No programme yet"),
            tr("Pairs are made within a programme: make one and enrol mentors and mentees first."),
            tr("Go to the programme"),
        )
        self.empty.acted.connect(lambda: self.desk.go(Place("programme")))
        self.stack.addWidget(self.empty)
        self.board = PairingBoard()
        self.stack.addWidget(self.board)
        self.body.setSpacing(theme.px(8))
        self._connect()
        self._tell("")

    def _connect(self) -> None:
        board = self.board
        self.weights_button.toggled.connect(board.show_weights)
        self.accept_button.clicked.connect(self.accept_all)
        board.proposals.chosen.connect(self._proposal_chosen)
        board.proposals.acted.connect(self._act)
        board.mentors.chosen.connect(self._hand_chosen)
        board.mentees.chosen.connect(self._hand_chosen)
        board.mentors.met.connect(lambda mentee, mentor: self._met(mentor, mentee))
        board.mentees.met.connect(lambda mentor, mentee: self._met(mentor, mentee))
        board.panel.acted.connect(self._panel_acted)
        board.panel.pair_wanted.connect(self.pair_by_hand)
        board.remaining.selection_changed.connect(self._remaining_chosen)
        board.tandems.opened.connect(lambda row: self.desk.go(Place("tandem", row.id)))
        board.tandems.selection_changed.connect(self._show_dissolve)
        board.dissolve.confirmed.connect(self.dissolve)
        board.nothing.acted.connect(lambda: self.desk.go(Place("programme", part="participants")))
        board.tabs.currentChanged.connect(lambda _: self._tab_changed())
        board.weights.moved.connect(self.work.imagine)
        board.weights.kept.connect(self._keep)
        board.weights.aim_wanted.connect(self.set_aim)
        board.weights.method_wanted.connect(self.set_method)
        board.weights.closed.connect(lambda: self.weights_button.setChecked(False))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.pair_by_hand)

    # Reading and solving

    def refresh(self) -> None:
        programme = self.desk.programme
        self.stack.setCurrentIndex(BOARD if programme is not None else NO_PROGRAMME)
        for button in (self.weights_button, self.accept_button):
            button.setVisible(programme is not None)
        if programme is None:
            self.outcome = None
            self.subtitle.setText(tr("The best pairs there are, and the reasons for them."))
        self.work.read(programme)

    def leave(self) -> None:
        self.flush()

    def flush(self) -> None:
        self.board.weights.flush()

    def _solved(self, outcome: Outcome | None) -> None:
        self.outcome = outcome
        if outcome is None:
            return
        board = self.board
        board.show_outcome(outcome)
        board.weights.show_programme(outcome.stored, outcome.basis.draft.aim, outcome.basis.draft.method)
        n = len(outcome.plan.pairs)
        self.accept_button.set_text(tr("Accept all ({n})").format(n=n) if n else tr("Accept all"))
        self.accept_button.setEnabled(n > 0)
        self._say_counts(outcome)
        self._say_nothing(outcome)
        self._say_bans(outcome)
        if self._nobody_chosen():
            board.proposals.choose_nearest()
        self._show_dissolve()

    def _nobody_chosen(self) -> bool:
        board = self.board
        return board.proposals.current() is None and board.mentors.current() is None and board.mentees.current() is None

    def _failed(self, fault: Fault) -> None:
        if fault.code == "record.gone":  # the programme, in the meantime: the next reading shows it
            self.outcome = None
            return
        self.desk.say_fault(fault)

    def _say_counts(self, outcome: Outcome) -> None:
        plan, basis = outcome.plan, outcome.basis
        n = len(plan.pairs)
        words = [basis.programme.title, trn("{n} pair", "{n} pairs", n).format(n=n)]
        if n:
            mean = tr("{points} points on average").format(points=number_text(round(plan.total / n)))
            words.append(mean)
            words.append(tr("proved the best plan") if plan.proved else tr("the best plan found"))
        self.subtitle.setText(" \u00b7 ".join(words))

    def _say_nothing(self, outcome: Outcome) -> None:
        basis = outcome.basis
        if not basis.participants:
            text = tr("Nobody is enrolled yet. Enrol mentors and mentees first.")
        elif not basis.waiting:
            text = tr("Every mentee has a tandem.")
        elif not basis.places:
            text = tr("No mentor has a place left. Enrol more mentors, or raise how many partners they take.")
        else:
            text = tr("No pair is possible under these rules. The third tab says who is blocked by which rule.")
        self.board.nothing.say(text)

    def _say_bans(self, outcome: Outcome) -> None:
        """What the last "not this one" costs, and how many pairs are ruled out."""
        count = len(outcome.basis.draft.banned)
        said = trn("{n} pair is ruled out.", "{n} pairs are ruled out.", count).format(n=count) if count else ""
        if self._before_ban is not None:
            said = f"{said} {cost_text(self._before_ban, outcome.plan)}".strip()
            announce(self, said)
        self._tell(said)

    def _tell(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
        self.allow_button.setVisible(bool(text))

    # The draft

    def _act(self, row: Proposal, action: str) -> None:
        if action == LOCK:
            self.toggle_lock(row.pair)
        elif action == ACCEPT:
            self.accept(row.pair)
        else:
            self.ban(row.pair)

    def _panel_acted(self, action: str) -> None:
        row = self.board.proposals.current()
        if row is not None:
            self._act(row, action)

    def toggle_lock(self, pair: PairIds) -> None:
        """Keeps the pair in every plan to come, or no longer."""
        if self.outcome is None:
            return
        self._before_ban = None
        basis = self.outcome.basis
        verb = drafts.free if basis.draft.decision(pair) is Decision.LOCKED else drafts.lock
        self.desk.attempt(verb, basis.programme.id, [pair])

    def ban(self, pair: PairIds) -> None:
        """Not this one: the next best plan without the pair."""
        if self.outcome is None:
            return
        if self._before_ban is None or not self.work.busy:
            self._before_ban = self.outcome.plan
        self.desk.attempt(drafts.ban, self.outcome.basis.programme.id, [pair])

    def allow_all(self) -> None:
        """Takes back every "not this one"."""
        self._before_ban = None
        if self.outcome is not None:
            self.desk.attempt(drafts.allow_all, self.outcome.basis.programme.id)

    def set_aim(self, aim: Aim) -> None:
        self._seek(aim=aim)

    def set_method(self, method: Method) -> None:
        self._seek(method=method)

    def _seek(self, aim: Aim | None = None, method: Method | None = None) -> None:
        self._before_ban = None
        if self.outcome is not None:
            self.desk.attempt(drafts.seek, self.outcome.basis.programme.id, aim=aim, method=method)

    def _keep(self, programme: Programme) -> None:
        self._before_ban = None
        self.desk.attempt(
            programmes.edit,
            programme.id,
            weights=programme.weights,
            rules=programme.rules,
            numbers=programme.numbers,
            musts=programme.musts,
        )

    # Tandems

    def accept(self, pair: PairIds) -> None:
        """Makes a tandem of one proposed pair."""
        self._accept([one for one in self._plan_pairs() if (one.mentor, one.mentee) == pair])

    def accept_all(self) -> None:
        self._accept(self._plan_pairs())

    def _plan_pairs(self) -> list[tandems.Pair]:
        return [] if self.outcome is None else list(self.outcome.plan.pairs)

    def _accept(self, pairs: list[tandems.Pair]) -> None:
        if self.outcome is None or not pairs:
            return
        self._before_ban = None
        made = self.desk.attempt(drafts.publish, self.outcome.basis.programme.id, pairs)
        if made is not None:
            words = trn("{n} tandem was made", "{n} tandems were made", len(made))
            self.desk.say(words.format(n=len(made)), undo=True)

    def pair_by_hand(self) -> None:
        """Makes a tandem of the mentor and the mentee chosen in the two lists."""
        mentor, mentee = self.board.mentors.current(), self.board.mentees.current()
        if self.outcome is None or mentor is None or mentee is None:
            return
        origin = Origin.SELF_FOUND if self.board.panel.self_found.isChecked() else Origin.BY_HAND
        blocked = check(self.outcome.basis, (mentor, mentee)).blocked_by
        try:
            if blocked:
                raise Fault("tandems.blocked", rule=blocked[0])
            self.desk.do(tandems.pair, self.outcome.basis.programme.id, mentor, mentee, origin)
        except Fault as fault:
            self.desk.say_fault(fault)
            return
        self.board.panel.self_found.setChecked(False)
        self.desk.say(tr("The tandem was made"), undo=True)

    def _met(self, mentor: EnrolmentId, mentee: EnrolmentId) -> None:
        """One was dragged onto the other: shows what the rules say; the button makes the tandem."""
        self.board.mentors.choose(mentor)
        self.board.mentees.choose(mentee)
        self.pair_by_hand()

    def dissolve(self) -> None:
        chosen = [row.id for row in self.board.tandems.selected_records()]
        if chosen:
            self.desk.do(tandems.dissolve, chosen)
            words = trn("{n} tandem was dissolved", "{n} tandems were dissolved", len(chosen))
            self.desk.say(words.format(n=len(chosen)), undo=True)

    def _show_dissolve(self) -> None:
        self.board.dissolve.setEnabled(bool(self.board.tandems.selected_records()))
        self._show_panel()

    # The panel

    def _proposal_chosen(self, row: Proposal | None) -> None:
        if row is not None:
            self.board.mentors.choose(None)
            self.board.mentees.choose(None)
        self._show_panel()

    def _hand_chosen(self, enrolment: EnrolmentId | None) -> None:
        if enrolment is not None:
            self.board.proposals.clearSelection()
        self._show_panel()

    def _remaining_chosen(self) -> None:
        self._show_panel()

    def _tab_changed(self) -> None:
        self.board.dissolve.disarm()
        self._show_panel()

    def _show_panel(self) -> None:
        outcome, board = self.outcome, self.board
        if outcome is None:
            return
        basis = outcome.basis
        mentor, mentee = board.mentors.current(), board.mentees.current()
        row = board.proposals.current()
        left = board.remaining.current_record() if board.tabs.currentWidget() is board.remaining else None
        there = board.tandems.current_record() if board.tabs.currentIndex() == TANDEMS_TAB else None
        if left is not None:
            board.panel.show_left_over(left.person, left.cause, left.way_out)
        elif there is not None:
            board.panel.show_tandem((there.mentor, there.mentee), there.tandem.reasons, basis.topics)
        elif mentor is not None and mentee is not None:
            found = check(basis, (mentor, mentee))
            board.panel.show_by_hand(
                (basis.person(mentor), basis.person(mentee)),
                found.reasons,
                basis.topics,
                broken_texts(found.blocked_by),
                broken_texts(found.warnings),
            )
        elif mentor is not None or mentee is not None:
            hint = tr("Now select a mentee at the right.") if mentor else tr("Now select a mentor at the left.")
            board.panel.show_hint(hint)
        elif row is not None and any((one.mentor, one.mentee) == row.pair for one in outcome.plan.pairs):
            warning = row.con if row.warned else ""
            board.panel.show_pair((row.mentor, row.mentee), row.reasons, basis.topics, warning, locked=row.locked)
        else:
            board.panel.show_hint("")


def cost_text(before: Plan, after: Plan) -> str:
    """What the next best plan costs against the one before."""
    fewer = len(before.pairs) - len(after.pairs)
    lost = before.total - after.total
    if fewer > 0:
        text = trn("The next best plan has {n} pair less.", "The next best plan has {n} pairs less.", fewer)
        return text.format(n=fewer)
    if lost <= 0:
        return tr("The next best plan is just as good.")
    text = trn("The next best plan costs {n} point.", "The next best plan costs {n} points.", lost)
    return text.format(n=number_text(lost))
