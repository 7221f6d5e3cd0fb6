"""Solves again and again: the last question wins, the former plan stays until then.

A small programme is solved at once, within one frame; a large one off the main thread. What takes a second look
(alternatives, ways out) follows when nobody asks for anything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.drafts import PairIds
from app.domain.ids import PersonId, ProgrammeId
from app.domain.kinds import Kind
from app.domain.programmes import Programme
from app.errors import Cancelled, Fault
from app.services.plans import Basis, decided_anew, opened, plan_of, read_basis, turned
from app.store.programmes import enrolled_count
from app.store.vault import Vault
from ui import tasks
from ui.parts.pairing_map_sheet import MapSheet
from ui.parts.pairing_rivals import Compared, Rival, compared
from ui.parts.pairing_sheet import Sheet, map_of, sheet_of

if TYPE_CHECKING:
    from app.pairing.alternatives import Alternative
    from app.pairing.plan import Plan
    from app.pairing.ranking import Rankings
    from app.pairing.rounds import Round
    from app.pairing.ways_out import WaysOut

WAITS_MS = 30  # a slider tells many values; one plan for each would only be thrown away
RESTS_MS = 150  # so long must nobody ask for anything before the second look
AT_ONCE = 2500  # pairs that are possible: so many are solved in some milliseconds
READ_AT_ONCE = 200  # people in a programme: so many are read and solved within two frames, whoever is to be paired
DECISIONS = frozenset({Kind.DRAFT, Kind.PROGRAMME})
LOOKED_AT = 250_000  # pairs that are possible: up to so many get a second look


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A plan with what it was made from. ``stored``: the programme as the vault has it, without a weight that moves."""

    basis: Basis
    stored: Programme
    round: Round
    plan: Plan
    sheet: Sheet
    ranked: Rankings
    circles: tuple[tuple[PersonId, ...], ...]  # of supervisors, where the people are in one or below one

    def map(self) -> MapSheet | None:
        """The heat map; None for too many people."""
        return map_of(self.basis, self.sheet.called, self.round, self.plan)

    def proposes(self, pair: PairIds) -> bool:
        return any(one.ids == pair for one in self.plan.pairs)

    @property
    def imagined(self) -> bool:
        """Whether a weight is moving that is not saved yet."""
        return self.stored != self.basis.programme


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """What each pair could do instead, and what would free those left over."""

    alternatives: dict[PairIds, Alternative]
    ways_out: WaysOut


class PairingWork(QObject):
    """``solved`` gives an Outcome, or None for no programme; ``looked`` a SecondLook; ``failed`` a Fault."""

    solved = Signal(object)
    looked = Signal(object)
    failed = Signal(object)

    def __init__(self, vault: Vault, page: QObject) -> None:
        """It goes with ``page``: what it is at then is told to nobody."""
        super().__init__(page)
        self._vault = vault
        self._last: Outcome | None = None  # of what is in the vault
        self._former: Outcome | None = None
        self._reread, self._same_people = True, False
        self._heard: Counter[Kind] = Counter()
        self._programme: ProgrammeId | None = None
        self._imagined: Programme | None = None
        self._task: tasks.Task | None = None
        self._second: tasks.Task | None = None
        self._comparing: tasks.Task | None = None
        self._shown: Outcome | None = None
        self._timer = QTimer(self, interval=WAITS_MS, singleShot=True)
        self._timer.timeout.connect(self._start)
        self._rest = QTimer(self, interval=RESTS_MS, singleShot=True)
        self._rest.timeout.connect(self._look_again)

    def read(self, programme: ProgrammeId | None, told: Counter[Kind] | None = None) -> None:
        """Reads the vault again and solves. ``told``: how often each kind has changed, so that the people need not be
        read again where it was but settings and decisions; without it everything is."""
        news = set() if told is None else set(told - self._heard)
        self._heard = Counter() if told is None else told.copy()
        # A reading that is still under way may have been told of more.
        self._same_people = bool(news) and news <= DECISIONS and (self._same_people or not self._reread)
        if programme != self._programme:
            self._last = self._former = None
        self._programme = programme
        self._reread, self._imagined = True, None
        if self._is_small():
            self._solve_at_once()
        else:
            self.stop()  # what has just been solved is of what the vault held before, and would end this reading
            self._timer.start(0)

    def imagine(self, programme: Programme) -> None:
        """Solves with weights and rules that are not saved yet."""
        self._imagined = programme
        if self._is_small():
            self._solve_at_once()
        elif not self._timer.isActive():
            self._timer.start(WAITS_MS)

    @property
    def former(self) -> Plan | None:
        """The plan before the last change; while a weight moves, the one of what is saved."""
        if self._shown is not None and self._shown.imagined:
            return None if self._last is None else self._last.plan
        return None if self._former is None else self._former.plan

    @property
    def busy(self) -> bool:
        return self._task is not None or self._timer.isActive()

    @property
    def looking(self) -> bool:
        """Whether a second look is still to come."""
        return self._rest.isActive() or self._second is not None

    @property
    def comparing(self) -> bool:
        return self._comparing is not None

    def compare(self, one: Rival, other: Rival, done: Callable[[Compared], None]) -> None:
        """Lays two plans for the people at hand side by side; the last question is answered."""
        shown, former = self._shown, self.former
        if self._comparing is not None:
            self._comparing.cancel()
        if shown is None:
            return
        task: tasks.Task

        def finish(found: Compared) -> None:
            if task is self._comparing:
                self._comparing = None
                done(found)

        task = tasks.run(lambda _: compared(shown.basis, one, other, former), finish, lambda _: None, owner=self)
        self._comparing = task

    def stop(self) -> None:
        """Gives up what is not finished."""
        self._timer.stop()
        self._rest.stop()
        for task in (self._task, self._second):
            if task is not None:
                task.cancel()
        self._task = self._second = None

    def _is_small(self) -> bool:
        """Whether the plan is quick to make; the first one loads the engine, which takes its time.

        The last one tells nothing where the people are others: an undo may bring back thousands to be paired.
        """
        last = self._last
        if last is None or last.stored.id != self._programme:
            return False
        if self._reread and not self._same_people:
            return enrolled_count(self._vault, self._programme) <= READ_AT_ONCE
        return len(last.basis.places) * len(last.basis.waiting) <= AT_ONCE

    def _job(self) -> Callable[[tasks.Task | None], Outcome | None]:
        """What is to be solved, as it was asked for now."""
        vault, programme, imagined = self._vault, self._programme, self._imagined
        last, reread, same_people = self._last, self._reread, self._same_people

        def job(task: tasks.Task | None) -> Outcome | None:
            if programme is None:
                return None
            if last is None or (reread and not same_people):
                return _first(read_basis(vault, programme), task)
            if reread:
                basis = decided_anew(vault, last.basis)
                return _next(last, basis, basis.programme, task)
            return _next(last, replace(last.basis, programme=imagined or last.stored), last.stored, task)

        return job

    def _solve_at_once(self) -> None:
        self.stop()
        try:
            found = self._job()(None)
        except Fault as fault:
            self.failed.emit(fault)
            return
        self._show(found)

    def _start(self) -> None:
        self.stop()
        task: tasks.Task
        task = tasks.run(
            self._job(), lambda found: self._done(task, found), lambda fault: self._failed(task, fault), owner=self
        )
        self._task = task

    def _done(self, task: tasks.Task, found: Outcome | None) -> None:
        if task is self._task:
            self._task = None
            self._show(found)

    def _show(self, found: Outcome | None) -> None:
        self._reread = False
        self._shown = found
        if found is None or not found.imagined:
            if found is not None and self._last is not None and _changed(self._last, found):
                self._former = self._last
            self._last = found
        self.solved.emit(found)
        if found is not None:
            self._rest.start()

    def _look_again(self) -> None:
        shown = self._shown
        if shown is None or len(shown.basis.places) * len(shown.basis.waiting) > LOOKED_AT:
            return
        task: tasks.Task

        def finish(found: SecondLook) -> None:
            if task is self._second:
                self._second = None
                self.looked.emit(found)

        task = tasks.run(lambda _: _second_look(shown), finish, lambda _: None, owner=self)
        self._second = task

    def _failed(self, task: tasks.Task, fault: Fault) -> None:
        if task is not self._task:
            return
        self._task = None
        if not isinstance(fault, Cancelled):
            self.failed.emit(fault)


def _first(basis: Basis, task: tasks.Task | None) -> Outcome:
    cancelled = None if task is None else task.cancelled
    return _outcome(basis, basis.programme, opened(basis, cancelled=cancelled))


def _next(last: Outcome, basis: Basis, stored: Programme, task: tasks.Task | None) -> Outcome:
    """The same people with other weights, rules or decisions."""
    cancelled = None if task is None else task.cancelled
    return _outcome(basis, stored, turned(last.round, basis, cancelled=cancelled), last)


def _outcome(basis: Basis, stored: Programme, round_: Round, last: Outcome | None = None) -> Outcome:
    plan = plan_of(round_, basis.draft.method)
    same = last is not None and last.basis.supervisors is basis.supervisors
    return Outcome(
        basis=basis,
        stored=stored,
        round=round_,
        plan=plan,
        sheet=sheet_of(basis, round_, plan, None if last is None else (last.basis, last.sheet)),
        ranked=round_.ranked(),
        circles=last.circles if last is not None and same else _circles(basis),
    )


def _circles(basis: Basis) -> tuple[tuple[PersonId, ...], ...]:
    from app.pairing.lines import cycles_above

    return tuple(cycles_above(basis.supervisors, {one.person.id for one in basis.participants.values()}))


def _second_look(shown: Outcome) -> SecondLook:
    round_ = opened(shown.basis)  # one of its own: the one shown may be turned meanwhile
    plan = plan_of(round_, shown.basis.draft.method)
    if plan is round_.plan:
        return SecondLook(alternatives=round_.alternatives(), ways_out=round_.ways_out())
    from app.pairing import second_stable

    return SecondLook(
        alternatives=second_stable.alternatives(round_, plan), ways_out=second_stable.ways_out(round_, plan)
    )


def _changed(before: Outcome, after: Outcome) -> bool:
    """Whether weights, rules or decisions differ, so that the plan before is worth a look back."""
    return (before.stored, before.basis.draft) != (after.stored, after.basis.draft)
