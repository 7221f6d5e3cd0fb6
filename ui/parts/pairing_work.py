"""Solves again and again: the last question wins, the former plan stays until then.

A small programme is solved at once, within one frame; a large one off the main thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.ids import ProgrammeId
from app.domain.programmes import Programme
from app.errors import Cancelled, Fault
from app.services.plans import Basis, read_basis, solve
from app.store.vault import Vault
from ui import tasks
from ui.parts.pairing_sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from app.pairing.plan import Plan

WAITS_MS = 30  # a slider tells many values; one plan for each would only be thrown away
AT_ONCE = 2500  # pairs that are possible: so many are solved in some milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A plan with what it was made from. ``stored``: the programme as the vault has it, without a weight that moves."""

    basis: Basis
    stored: Programme
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
        self._imagined: Programme | None = None
        self._task: tasks.Task | None = None
        self._timer = QTimer(self, interval=WAITS_MS, singleShot=True)
        self._timer.timeout.connect(self._start)

    def read(self, programme: ProgrammeId | None) -> None:
        """Reads the vault again and solves."""
        self._programme = programme
        self._reread, self._imagined = True, None
        if self._is_small():
            self._solve_at_once()
        else:
            self._timer.start(0)

    def imagine(self, programme: Programme) -> None:
        """Solves with weights and rules that are not saved yet."""
        self._imagined = programme
        if self._is_small():
            self._solve_at_once()
        elif not self._timer.isActive():
            self._timer.start(WAITS_MS)

    @property
    def busy(self) -> bool:
        return self._task is not None or self._timer.isActive()

    def stop(self) -> None:
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _is_small(self) -> bool:
        """Whether the last plan was quick; the first one loads the engine, which takes its time."""
        basis = self._basis
        return (
            basis is not None
            and basis.programme.id == self._programme
            and len(basis.places) * len(basis.waiting) <= AT_ONCE
        )

    def _job(self) -> tuple[Vault, ProgrammeId | None, Basis | None, Programme | None]:
        return self._vault, self._programme, None if self._reread else self._basis, self._imagined

    def _solve_at_once(self) -> None:
        self.stop()
        try:
            found = _outcome(*self._job())
        except Fault as fault:
            self.failed.emit(fault)
            return
        self._show(found)

    def _start(self) -> None:
        if self._task is not None:
            self._task.cancel()
        wanted = self._job()
        task: tasks.Task
        task = tasks.run(
            lambda task: _outcome(*wanted, task),
            lambda found: self._done(task, found),
            lambda fault: self._failed(task, fault),
            owner=self,
        )
        self._task = task

    def _done(self, task: tasks.Task, found: Outcome | None) -> None:
        if task is self._task:
            self._task = None
            self._show(found)

    def _show(self, found: Outcome | None) -> None:
        self._reread = False
        self._basis = None if found is None else replace(found.basis, programme=found.stored)
        self.solved.emit(found)

    def _failed(self, task: tasks.Task, fault: Fault) -> None:
        if task is not self._task:
            return
        self._task = None
        if not isinstance(fault, Cancelled):
            self.failed.emit(fault)


def _outcome(
    vault: Vault,
    programme: ProgrammeId | None,
    before: Basis | None,
    imagined: Programme | None,
    task: tasks.Task | None = None,
) -> Outcome | None:
    """Reads what is to be read, solves, and puts the plan into rows."""
    if programme is None:
        return None
    basis = before if before is not None else read_basis(vault, programme)
    stored = basis.programme
    if imagined is not None:
        basis = replace(basis, programme=imagined)
    plan = solve(basis, cancelled=None if task is None else task.cancelled)
    return Outcome(basis=basis, stored=stored, plan=plan, sheet=sheet_of(basis, plan))
