"""Keeps the panel that explains at what is chosen: a proposal, two people by hand, a cell of the map, somebody left."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.drafts import Decision, PairIds
from app.domain.ids import EnrolmentId
from app.domain.programmes import Rule
from app.domain.tandems import Origin, Reason, TandemSide
from app.services.plans import check
from ui.parts.banner import announce
from ui.parts.pairing_board import PairingBoard
from ui.parts.pairing_map import HeatMap
from ui.parts.pairing_panel import PairingPanel
from ui.parts.pairing_rows import Proposal
from ui.parts.pairing_said import candidates_text, choose_text
from ui.parts.pairing_tables import Remaining
from ui.parts.pairing_words import broken_texts, criterion_text, fact_text, points_text
from ui.parts.pairing_work import Outcome, SecondLook


class Explainer(QObject):
    """Listens to the lists and the map; ``pair`` is what the panel's buttons act upon."""

    def __init__(self, panel: PairingPanel, board: PairingBoard, heat: HeatMap) -> None:
        super().__init__(panel)
        self._panel, self._board, self._heat = panel, board, heat
        self._outcome: Outcome | None = None
        self._ways: dict[tuple[EnrolmentId, TandemSide], frozenset[Rule]] = {}
        self._on_map = False
        self._cell: PairIds | None = None
        board.proposals.chosen.connect(self._proposal_chosen)
        board.mentors.chosen.connect(self._hand_chosen)
        board.mentees.chosen.connect(self._hand_chosen)
        board.remaining.selection_changed.connect(self.show)
        board.tandems.selection_changed.connect(self.show)
        board.tabs.currentChanged.connect(self._tab_changed)
        heat.current.connect(self._cell_chosen)

    def wait(self) -> None:
        """The lists are about to be filled: what they tell meanwhile is not explained."""
        self._outcome = None

    def show_outcome(self, outcome: Outcome) -> None:
        """Explains what is chosen now in another plan."""
        board = self._board
        if board.proposals.current() is None and board.mentors.current() is None and board.mentees.current() is None:
            board.proposals.choose_nearest()
        self._outcome, self._ways = outcome, {}
        self._cell = self._as_planned(self._heat.pair())
        self.show()

    def show_second_look(self, found: SecondLook) -> None:
        self._ways = {(one.enrolment, one.side): one.sets[0] for one in found.ways_out.people if one.sets}
        if not self._on_map:
            self.show()

    def look_at_map(self, shown: bool) -> None:
        """Whether the map is looked at, and not the lists."""
        self._on_map, self._cell = shown, self._as_planned(self._heat.pair())
        self.show()

    def pair(self) -> PairIds | None:
        """The pair that is explained."""
        if self._on_map:
            return self._cell
        row = self._board.proposals.current()
        return row.pair if row is not None else self.hand_pair()

    def hand_pair(self) -> PairIds | None:
        """The two chosen by hand: in the lists, or by the cell of the map."""
        if self._on_map:
            return self._cell
        mentor, mentee = self._board.mentors.current(), self._board.mentees.current()
        return self._as_planned((mentor, mentee)) if mentor is not None and mentee is not None else None

    def _as_planned(self, pair: PairIds | None) -> PairIds | None:
        """In a mutual programme, where two people are one pair: in the order in which the plan has it."""
        if pair is None or self._outcome is None or not self._outcome.basis.mutual:
            return pair
        return pair[::-1] if self._outcome.proposes(pair[::-1]) else pair

    # What was chosen

    def _proposal_chosen(self, row: Proposal | None) -> None:
        if row is not None:
            self._board.mentors.choose(None)
            self._board.mentees.choose(None)
        self.show()

    def _hand_chosen(self, enrolment: EnrolmentId | None) -> None:
        if enrolment is not None:
            self._board.proposals.clearSelection()
        self.show()
        if enrolment is not None and self._outcome is not None and self.hand_pair() is not None:
            announce(self._panel, self._panel.said())

    def _tab_changed(self) -> None:
        self._board.dissolve.disarm()
        self.show()

    def _cell_chosen(self, pair: PairIds | None) -> None:
        self._cell = self._as_planned(pair)
        if self._on_map:
            self.show()

    # Explaining

    def show(self) -> None:
        """Fills the panel."""
        outcome, board, panel = self._outcome, self._board, self._panel
        if outcome is None:
            return
        panel.mutual = outcome.basis.mutual
        if self._on_map:
            self._show_cell(outcome)
        elif (left := board.current_left()) is not None:
            self._show_left(outcome, left)
        elif (there := board.current_tandem()) is not None:
            panel.show_tandem((there.mentor, there.mentee), there.tandem.reasons, outcome.basis.topics)
        elif (pair := self.hand_pair()) is not None:
            self._show_pair(outcome, pair)
        elif board.mentors.current() is not None:
            panel.show_hint(choose_text(outcome.basis, TandemSide.MENTEE))
        elif board.mentees.current() is not None:
            panel.show_hint(choose_text(outcome.basis, TandemSide.MENTOR))
        elif (row := board.proposals.current()) is not None:
            self._show_pair(outcome, row.pair)
        else:
            panel.show_hint("")

    def _show_cell(self, outcome: Outcome) -> None:
        if self._cell is None or self._cell[0] == self._cell[1]:
            self._panel.show_hint("")
            self._heat.describe("")
            return
        broken, reasons = self._show_pair(outcome, self._cell)
        points = [
            f"{criterion_text(one.criterion)}: {points_text(one)}, {fact_text(one, outcome.basis.topics)}"
            for one in reasons
        ]
        self._heat.describe("\n".join([*filter(None, broken), *points]))

    def _show_pair(self, outcome: Outcome, pair: PairIds) -> tuple[tuple[str, str], tuple[Reason, ...]]:
        """Explains a pair; gives what blocks it, what it is warned of, and what its points rest on."""
        basis = outcome.basis
        people = basis.person(pair[0]), basis.person(pair[1])
        for one in outcome.plan.pairs:
            if one.ids == pair:
                self._panel.show_pair(
                    people,
                    one.reasons,
                    basis.topics,
                    broken_texts(one.warnings),
                    locked=one.locked,
                    self_found=basis.draft.origin(pair) is Origin.SELF_FOUND,
                )
                return ("", broken_texts(one.warnings)), one.reasons
        found = check(basis, pair)
        banned = basis.draft.decision(pair) is Decision.BANNED
        self._panel.show_by_hand(
            people,
            found.reasons,
            basis.topics,
            broken_texts(found.blocked_by),
            broken_texts(found.warnings),
            banned=banned,
        )
        return (broken_texts(found.blocked_by), broken_texts(found.warnings)), found.reasons

    def _show_left(self, outcome: Outcome, left: Remaining) -> None:
        basis, mentor = outcome.basis, left.side is TandemSide.MENTOR
        found = outcome.round.partners(left.id, mentor=mentor)
        own = outcome.sheet.apart.of(left.id, left.side, mutual=basis.mutual)
        # A decision is taken back before a rule is loosened.
        rules = frozenset() if own else self._ways.get((left.id, left.side), frozenset())
        told = candidates_text(basis, outcome.sheet.called, (left.id, left.side), found)
        self._panel.show_left_over(left.person, left.cause, left.way_out, told, rules)
