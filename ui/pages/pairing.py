"""Pairing: who is to be paired, the best plan for them, and the reasons for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.drafts import Aim, Decision, Method, PairIds
from app.domain.kinds import Kind
from app.domain.programmes import Programme, Rule, Strictness
from app.domain.tandems import Origin
from app.errors import Fault
from app.i18n import mark, tr
from app.services import drafts, programmes, tandems
from app.services.plans import check
from ui import theme
from ui.desk import Place
from ui.dialogs.against_rule import sure
from ui.parts import buttons, card
from ui.parts.banner import announce
from ui.parts.empty import EmptyState
from ui.parts.page import Page
from ui.parts.pairing_board import PairingBoard
from ui.parts.pairing_circles import Circles
from ui.parts.pairing_compare import CompareView
from ui.parts.pairing_explain import Explainer
from ui.parts.pairing_finder import PersonFinder
from ui.parts.pairing_frame import DeskFrame
from ui.parts.pairing_map_view import MapView
from ui.parts.pairing_panel import PairingPanel
from ui.parts.pairing_publish import Publisher
from ui.parts.pairing_rivals import Rival
from ui.parts.pairing_rows import ACCEPT, BAN, LOCK
from ui.parts.pairing_said import after_nothing, bans_text, counts_text, let_go_text, nothing_text
from ui.parts.pairing_switch import COMPARED, MAP, PLAN, ViewSwitch
from ui.parts.pairing_ways import PersonWays
from ui.parts.pairing_weights import WeightsPanel
from ui.parts.pairing_work import Outcome, PairingWork, SecondLook
from ui.parts.programme_change import keep_settings
from ui.parts.programme_choice import ProgrammeChoice
from ui.parts.tandem_words import dissolved_text

NO_PROGRAMME, DESK = 0, 1


class PairingPage(Page):
    key = "pairing"
    title = mark("Pairing")
    icon = "shuffle"
    kinds_of_vault = ("programme",)
    finds_people = True
    listens = frozenset({Kind.PROGRAMME, Kind.ENROLMENT, Kind.PERSON, Kind.TANDEM, Kind.TOPIC, Kind.HOUSE, Kind.DRAFT})

    def build(self) -> Iterator[None]:
        self.outcome: Outcome | None = None
        self._before_ban: Outcome | None = None
        self._before_found: dict[PairIds, Origin | None] = {}  # how those who found each other were kept before
        self.work = PairingWork(self.desk.vault, self)
        self.work.solved.connect(self._solved)
        self.work.looked.connect(self._looked)
        self.work.failed.connect(self._failed)
        _, self.subtitle, head = self.head()
        self.subtitle.setWordWrap(True)
        self.weights_button = buttons.secondary(tr("Weights and rules"), "sliders-horizontal")
        self.weights_button.setCheckable(True)
        self.accept_button = buttons.primary(tr("Accept all"), "check")
        self.choice = ProgrammeChoice(self.desk)
        for widget in (self.choice, self.weights_button, self.accept_button):
            head.addWidget(widget)
        self.switch = ViewSwitch()
        self.notice = card.muted("", wrap=True)
        self.allow_button = buttons.quiet(tr("Allow all again"), "undo-2")
        self.allow_button.clicked.connect(self.allow_all)
        self.protocol_button = buttons.quiet(tr("Protocol"), "file-text")
        self.protocol_button.setToolTip(tr("How this plan came to be, as a document"))
        self.tools = QWidget()
        tools = card.row(self.switch, self.notice, self.allow_button, self.protocol_button, spacing=14)
        tools.setStretch(1, 1)
        self.tools.setLayout(tools)
        self.publisher, self.circles = Publisher(self.desk, sure), Circles(self.desk)
        for part in (self.tools, self.publisher, self.circles):
            self.body.addWidget(part)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.empty = EmptyState(
            "flag", tr("No programme yet"),
            tr("Pairs are made within a programme: make one and enrol people first."),
            tr("Go to the programme"),
        )  # fmt: skip
        self.empty.acted.connect(lambda: self.desk.go(Place("programme")))
        self.stack.addWidget(self.empty)
        yield
        yield from self._build_desk()
        self.body.setSpacing(theme.px(8))
        self._connect()
        self._tell("")

    def _build_desk(self) -> Iterator[None]:
        """The three views above the panel that explains; the weights at the right of both."""
        self.board = PairingBoard()
        yield
        self.map_view = MapView()
        yield
        self.compare_view, self.panel, self.weights = CompareView(), PairingPanel(), WeightsPanel(whole=False)
        yield from self.weights.build()
        others = self.map_view, self.compare_view
        self.frame = DeskFrame(self.board, others, self.panel, self.weights, self.stack, whole=False)
        yield from self.frame.build()
        self.stack.addWidget(self.frame)
        self.explainer = Explainer(self.panel, self.board, self.map_view.map)
        self.ways = PersonWays(self.desk, self.board, self.map_view.map)
        self.finder = PersonFinder(self.board, lambda: self.show_view(PLAN))

    def _connect(self) -> None:
        board, heat = self.board, self.map_view.map
        self.weights_button.toggled.connect(self.frame.show_weights)
        self.protocol_button.clicked.connect(lambda: self.desk.go(Place("documents", part="pairing_protocol")))
        self.accept_button.clicked.connect(lambda: self.accept_all())
        self.switch.chosen.connect(self._show_view)
        board.proposals.acted.connect(lambda row, action: self._act(row.pair, action))
        board.mentors.met.connect(lambda mentee, mentor: self.keep_pair((mentor, mentee)))
        board.mentees.met.connect(lambda mentor, mentee: self.keep_pair((mentor, mentee)))
        board.ways_out.allow.connect(self.allow)
        board.ways_out.ease.connect(self.ease)
        board.ways_out.keep.connect(self.keep_exceptions)
        board.tandems.opened.connect(lambda row: self.desk.go(Place("tandem", row.id)))
        board.tandems.selection_changed.connect(self._allow_dissolving)
        board.dissolve.confirmed.connect(self.dissolve)
        for nothing in (board.nothing, self.compare_view.nobody):
            nothing.acted.connect(lambda: self.desk.go(after_nothing(self.outcome.basis if self.outcome else None)[1]))
        self.map_view.acted.connect(lambda: self.desk.go(Place("programme", part="participants")))
        heat.wanted.connect(self.keep_pair)
        heat.lock.connect(lambda pair: self._act(pair, LOCK))
        heat.ban.connect(lambda pair: self._act(pair, BAN))
        self.compare_view.wanted.connect(self._compare)
        self.compare_view.taken.connect(self.take)
        self.compare_view.same.acted.connect(lambda: self.show_view(PLAN))
        self.panel.acted.connect(self._panel_acted)
        self.panel.pair_wanted.connect(self.pair_by_hand)
        self.panel.self_found.clicked.connect(self._found_each_other)
        self.panel.ease_wanted.connect(self.ease)
        self.weights.moved.connect(self.work.imagine)
        self.weights.kept.connect(self._keep)
        self.weights.aim_wanted.connect(lambda aim: self.seek(aim=aim))
        self.weights.method_wanted.connect(lambda method: self.seek(method=method))
        self.weights.closed.connect(lambda: self.weights_button.setChecked(False))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self.on_keys(keys, self.pair_by_hand)

    # Reading and solving

    def refresh(self) -> None:
        programme = self.desk.programme
        self.choice.refresh()
        self.stack.setCurrentIndex(DESK if programme is not None else NO_PROGRAMME)
        for widget in (self.weights_button, self.accept_button, self.protocol_button, self.tools):
            widget.setVisible(programme is not None)
        if programme is None:
            self.outcome = None
            self.subtitle.setText(tr("The best pairs there are, and the reasons for them."))
        self.publisher.look_again()
        self.work.read(programme, self.desk.told)

    def start_at(self) -> QWidget | None:
        return self.empty.button if self.desk.programme is None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing nearer to the focus had a use for it, closes the weights and rules."""
        if event.key() == Qt.Key.Key_Escape and self.weights_button.isChecked():
            if self.weights.isAncestorOf(self.focusWidget() or self):
                self.weights_button.setFocus()
            self.weights_button.setChecked(False)
        else:
            super().keyPressEvent(event)

    def show_record(self, record: int | None, part: str = "") -> None:  # noqa: ARG002
        if record is not None:
            self.finder.want(record, None if self.work.busy else self.outcome)  # who came since is in the next one

    def flush(self) -> None:
        self.weights.flush()

    leave = flush

    def _solved(self, outcome: Outcome | None) -> None:
        self.outcome = outcome
        self.circles.show_outcome(outcome)
        if outcome is None:
            return
        plan = outcome.plan
        self.explainer.wait()
        self.board.show_outcome(outcome)
        self.board.nothing.say(nothing_text(outcome.basis), after_nothing(outcome.basis)[0])
        self._show_map()
        self.weights.show_outcome(outcome)
        n = len(plan.pairs)
        self.accept_button.set_text(tr("Accept all ({n})").format(n=n) if n else tr("Accept all"))
        self.accept_button.setEnabled(n > 0)
        counted = counts_text(outcome.basis, plan, titled=self.choice.isHidden())
        if self.subtitle.text() and counted != self.subtitle.text():
            announce(self, counted)  # what a weight, a rule or somebody's going has made of the plan
        self.subtitle.setText(counted)
        self._say_bans(outcome)
        self.explainer.show_outcome(outcome)
        self._allow_dissolving()
        self._compare()
        self.finder.find(outcome)

    def _looked(self, found: SecondLook) -> None:
        if self.outcome is not None:
            self.board.show_second_look(self.outcome, found)
            self.explainer.show_second_look(found)

    def _failed(self, fault: Fault) -> None:
        self.finder.forget()
        if fault.code == "record.gone":  # the programme, in the meantime: the next reading shows it
            self.outcome = None
            return
        self.desk.say_fault(fault)

    def _say_bans(self, outcome: Outcome) -> None:
        """What the last "not this one" costs, and how many pairs are ruled out."""
        said = bans_text(self._before_ban, outcome)
        if self._before_ban is not None:
            announce(self, said)
        self._tell(said)

    def _tell(self, text: str) -> None:
        self.notice.setText(text)
        self.allow_button.setVisible(bool(text))

    # Views

    def _show_view(self, view: int) -> None:
        self.frame.show_view(view)
        self._show_map()
        self.explainer.look_at_map(view == MAP)
        self._compare()

    def _show_map(self) -> None:
        if self.outcome is not None and self.switch.view() == MAP:
            self.map_view.show_sheet(self.outcome.map(), nothing_text(self.outcome.basis))

    def _compare(self) -> None:
        """Asks for the two plans while they are looked at."""
        if self.outcome is None or self.switch.view() != COMPARED:
            return
        usable = self.outcome.ranked.usable
        self.compare_view.offer(stable=usable, before=self.work.former is not None)
        self.work.compare(*self.compare_view.rivals(), self.compare_view.show_compared)

    def show_view(self, view: int) -> None:
        self.switch.choose(view)

    # The draft

    def _panel_acted(self, action: str) -> None:
        if (pair := self.explainer.pair()) is not None:
            self._act(pair, action)

    def _act(self, pair: PairIds, action: str) -> None:
        {LOCK: self.toggle_lock, ACCEPT: self.accept, BAN: self.toggle_ban}[action](pair)

    def toggle_lock(self, pair: PairIds) -> None:
        """Keeps the pair in every plan to come, or no longer."""
        if self.outcome is None:
            return
        if self.outcome.basis.draft.decision(pair) is Decision.LOCKED:
            self.allow([pair])
            announce(self, tr("This pair is no longer kept."))
        elif self.keep_pair(pair):
            announce(self, tr("This pair is kept in every plan."))

    def keep_pair(self, pair: PairIds, origin: Origin | None = None) -> bool:
        """Puts two people together in the draft: in every plan to come. The hard rules hold; False where one is broken.

        ``origin`` None: the plan's own where it proposes them, else by hand.
        """
        if self.outcome is None:
            return False
        self._before_ban = None
        basis, proposed = self.outcome.basis, self.outcome.proposes(pair)
        try:
            if not proposed and (blocked := check(basis, pair).blocked_by):
                raise Fault("tandems.blocked", rule=blocked[0])
            own = Origin.ASSIGNED if proposed else Origin.BY_HAND
            gone = self.desk.do(drafts.lock, basis.programme.id, [pair], origin or own)
        except Fault as fault:
            self.desk.say_fault(fault)
            return False
        if gone:
            self.desk.say(let_go_text(len(gone)), undo=True)
        return True

    def keep_exceptions(self, pairs: tuple[PairIds, ...]) -> None:
        """Keeps pairs against a rule: the officer's own decision."""
        if self.outcome is not None:
            gone = self.desk.attempt(drafts.lock, self.outcome.basis.programme.id, pairs, Origin.BY_HAND)
            if gone:
                self.desk.say(let_go_text(len(gone)), undo=True)

    def toggle_ban(self, pair: PairIds) -> None:
        """Not this one: the next best plan without the pair; or it may be again."""
        if self.outcome is None:
            return
        if self.outcome.basis.draft.decision(pair) is Decision.BANNED:
            self.allow([pair])
            return
        if self._before_ban is None or not self.work.busy:
            self._before_ban = self.outcome
        self.desk.attempt(drafts.ban, self.outcome.basis.programme.id, [pair])

    def allow(self, pairs: Collection[PairIds]) -> None:
        """These may be again."""
        self._before_ban = None
        if self.outcome is not None:
            self.desk.attempt(drafts.free, self.outcome.basis.programme.id, pairs)

    def allow_all(self) -> None:
        """Takes back every "not this one"."""
        self._before_ban = None
        if self.outcome is not None:
            self.desk.attempt(drafts.allow_all, self.outcome.basis.programme.id)

    def seek(self, *, aim: Aim | None = None, method: Method | None = None) -> None:
        """Sets what comes first, and by which method."""
        self._before_ban = None
        if self.outcome is not None:
            self.desk.attempt(drafts.seek, self.outcome.basis.programme.id, aim=aim, method=method)

    def take(self, rival: Rival) -> None:
        """Makes a plan of the comparison the one at hand."""
        if rival is Rival.STABLE:
            self.seek(method=Method.STABLE)
        elif rival is Rival.USUAL and self.outcome is not None:
            shown = self.outcome.basis.programme
            self._edit(programmes.settle, shown, weights={}, rules={}, numbers={}, musts=frozenset())
        else:
            self.seek(aim=Aim.QUALITY if rival is Rival.QUALITY else Aim.PARTICIPATION, method=Method.OPTIMAL)

    def ease(self, rules: frozenset[Rule]) -> None:
        """These rules only warn from now on."""
        if self.outcome is not None:
            stored = self.outcome.stored
            self._edit(programmes.rule, stored, rules=stored.rules | dict.fromkeys(sorted(rules), Strictness.WARNING))

    def _keep(self, wanted: Programme) -> None:
        self._before_ban = None
        if self.outcome is not None:
            keep_settings(self.desk, self.outcome.stored, wanted)

    def _edit(self, verb: Callable[..., int], programme: Programme, **fields: object) -> None:
        self._before_ban = None
        self.desk.attempt(verb, programme.id, **fields)

    # Tandems

    def accept(self, pair: PairIds) -> None:
        """Publishes one proposed pair."""
        self.accept_all(lambda one: one == pair)

    def accept_all(self, wanted: Callable[[PairIds], bool] = lambda _: True) -> None:
        """Publishes the pairs of the plan that are ``wanted``."""
        pairs = [] if self.outcome is None else [one for one in self.outcome.plan.pairs if wanted(one.ids)]
        if self.outcome is not None and pairs:
            self.flush()
            self._before_ban = None
            self.publisher.publish(self.outcome, pairs)

    def pair_by_hand(self) -> None:
        """Keeps the two chosen in the lists, as such who found each other where that was ticked."""
        pair = self.explainer.hand_pair()
        if self.outcome is None or pair is None:
            return
        if self.keep_pair(pair, Origin.SELF_FOUND if self.panel.self_found.isChecked() else None):
            self.panel.self_found.setChecked(False)

    def _found_each_other(self, found: bool) -> None:
        """What the panel says of the pair it shows, a proposal or two by hand."""
        pair = self.explainer.pair()
        if self.outcome is None or pair is None or not self.outcome.proposes(pair):
            return
        if found:
            self._before_found[pair] = self.outcome.basis.draft.kept_as(pair)
            self.keep_pair(pair, Origin.SELF_FOUND)
        else:
            before = self._before_found.pop(pair, Origin.ASSIGNED)
            self.desk.attempt(drafts.not_self_found, self.outcome.basis.programme.id, pair, before)

    def dissolve(self) -> None:
        chosen = [row.id for row in self.board.tandems.selected_records()]
        if chosen:
            refused = self.desk.do(tandems.dissolve, chosen)
            self.desk.say(dissolved_text(len(chosen), refused), undo=True)

    def _allow_dissolving(self) -> None:
        self.board.dissolve.setEnabled(bool(self.board.tandems.selected_records()))
