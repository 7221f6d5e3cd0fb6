"""Shows where somebody is on the pairing page: in a proposal, left over, in an open tandem, or free."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from ui.parts.pairing_board import LEFT_TAB, PROPOSED_TAB, TANDEMS_TAB, PairingBoard
from ui.parts.pairing_work import Outcome


class PersonFinder:
    """Somebody may be wanted before the plan is there: whoever is, is shown with the next outcome."""

    def __init__(self, board: PairingBoard, show_pairs: Callable[[], None]) -> None:
        self._board, self._show_pairs = board, show_pairs
        self._wanted: PersonId | None = None

    def want(self, person: int, outcome: Outcome | None) -> None:
        self._wanted = PersonId(person)
        self.find(outcome)

    def forget(self) -> None:
        """No outcome comes: the keyboard must not jump when, later, one comes for another reason."""
        self._wanted = None

    def find(self, outcome: Outcome | None) -> None:
        """Chooses the line of whoever is wanted and gives it the keyboard; nothing where nobody is."""
        if self._wanted is None or outcome is None:
            return
        person, self._wanted = self._wanted, None
        self._show_pairs()
        found = self._proposed(outcome, person) or self._listed(person)
        if found is not None:
            found.setFocus()

    def _proposed(self, outcome: Outcome, person: PersonId) -> QWidget | None:
        board = self._board
        for row in board.proposals.rows():
            if person in [outcome.basis.person(one).id for one in row.pair]:
                board.tabs.setCurrentIndex(PROPOSED_TAB)
                board.proposals.choose(row.pair)
                return board.proposals
        return None

    def _listed(self, person: PersonId) -> QWidget | None:
        board = self._board
        for left in board.remaining_model.records():
            if left.person.id == person:
                board.tabs.setCurrentIndex(LEFT_TAB)
                board.remaining.choose(left.id)
                return board.remaining
        for tandem in board.tandem_model.records():
            if person in (tandem.mentor.id, tandem.mentee.id):
                board.tabs.setCurrentIndex(TANDEMS_TAB)
                board.tandems.choose(tandem.id)
                return board.tandems
        for view in (board.mentors, board.mentees):
            free = next((row.id for row in view.rows() if row.person.id == person), None)
            if free is not None and view.choose(free):
                return view
        return None
