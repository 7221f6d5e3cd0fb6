"""Solves off the main thread, again and again: the last question wins, the former plan stays until then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.ids import ProgrammeId
from app.domain.programmes import Criterion, Programme
from app.errors import Cancelled, Fault
from app.store.vault import Vault
from ui import tasks
from ui.parts.pairing_draft import Basis, Draft, read_basis, solve
from ui.parts.pairing_sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from app.pairing.plan import Plan

WAITS_MS = 30  # a slider tells many values; one plan for each would only be thrown away


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A plan with what it was made from. ``stored``: the programme as the vault has it, without a weight that moves."""

    basis: Basis
    stored: Programme
    draft: Draft
    plan: Plan
    sheet: Sheet


class PairingWork(QObject):
    """``solved`` gives an Outcome, or None for no programme; ``failed`` a Fault."""

    solved = Signal(object)
    failed = Signal(object)

    def __init__(self, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self._basis: Basis | None = None
        self._reread = True
        self._programme: ProgrammeId | None = None
        self._weights: dict[Criterion, int] | None = None
        self._task: tasks.Task | None = None
        self.draft = Draft()
        self._timer = QTimer(self, interval=WAITS_MS, singleShot=True)
        self._timer.timeout.connect(self._start)

    def read(self, programme: ProgrammeId | None) -> None:
        """Reads the vault again and solves."""
        if programme != self._programme:
            self._programme = programme
            self.draft = Draft()
        self._reread, self._weights = True, None
        self._timer.start(0)

    def change(self, draft: Draft) -> None:
        """Solves with other locks, bans or aims."""
        self.draft = draft
        self._timer.start(0)

    def weigh(self, weights: dict[Criterion, int]) -> None:
        """Solves with other weights that are not saved yet."""
        self._weights = weights
        if not self._timer.isActive():
            self._timer.start(WAITS_MS)

    @property
    def busy(self) -> bool:
        return self._task is not None or self._timer.isActive()

    def stop(self) -> None:
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self) -> None:
        if self._task is not None:
            self._task.cancel()
        vault, programme, draft, weights = self._vault, self._programme, self.draft, self._weights
        before = None if self._reread else self._basis

        def job(task: tasks.Task) -> Outcome | None:
            basis = before if before is not None else programme and read_basis(vault, programme)
            if not basis:
                return None
            stored = basis.programme
            if weights is not None:
                basis = replace(basis, programme=replace(stored, weights=weights))
            plan = solve(basis, draft, task.cancelled)
            return Outcome(basis=basis, stored=stored, draft=draft, plan=plan, sheet=sheet_of(basis, plan))

        task: tasks.Task
        task = tasks.run(
            job, lambda found: self._done(task, found), lambda fault: self._failed(task, fault), owner=self
        )
        self._task = task

    def _done(self, task: tasks.Task, found: Outcome | None) -> None:
        if task is not self._task:
            return
        self._task, self._reread = None, False
        self._basis = None if found is None else replace(found.basis, programme=found.stored)
        self.solved.emit(found)

    def _failed(self, task: tasks.Task, fault: Fault) -> None:
        if task is not self._task:
            return
        self._task = None
        if not isinstance(fault, Cancelled):
            self.failed.emit(fault)
