"""The vault's face to the window: do, undo, redo, tell who listens, go somewhere, say something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from app import settings as device
from app.domain.ids import PersonId, ProgrammeId
from app.domain.kinds import Kind
from app.errors import Cancelled, Fault
from app.i18n import tr
from app.places import Places
from app.services.houses import set_house
from app.settings import Settings
from app.store import houses, programmes
from app.store.undo import Step
from app.store.vault import Change, Vault
from ui import tasks
from ui.place import Place
from ui.trail import Trail
from ui.words import sentence

__all__ = ["Desk", "Place", "Saying"]

P = ParamSpec("P")
R = TypeVar("R")
MANY = 50  # a verb on more records goes off the main thread
SLOW_ROWS = 400  # a step that wrote more is undone off the main thread


@dataclass(frozen=True, slots=True)
class Saying:
    """A short message at the window's foot. ``undo`` offers Undo; ``tone`` is ok, info or danger.

    ``file`` was just written: its folder can be shown.
    """

    text: str
    undo: bool = False
    tone: str = "ok"
    file: Path | None = None


class Desk(QObject):
    """One open vault and the settings of this device. Pages hold this and nothing of each other."""

    changed = Signal(object)  # frozenset[Kind]
    went = Signal(object)  # Place
    said = Signal(object)  # Saying
    flushing = Signal()  # save half-typed texts now
    settings_changed = Signal(object)  # Settings
    busy = Signal(object, str)  # Task, title: shown with a progress bar and Cancel
    lock_wanted = Signal()
    move_wanted = Signal()  # the vault closes and moves from a risky place to this computer
    restore_wanted = Signal(object)  # Backup: the vault closes, and it takes its place

    def __init__(self, vault: Vault, places: Places, settings: Settings, *, throwaway: bool = False) -> None:
        super().__init__()
        self.vault = vault
        self.places = places
        self.settings = settings
        self.throwaway = throwaway  # a demo in a temporary folder
        # While ``changed`` tells of an undo or redo: whose rows alone it wrote. None: it reached further, or is none.
        self.touched: frozenset[PersonId] | None = None
        self.trail = Trail()  # a new look makes the pages anew, and the way back stays
        self.told: Counter[Kind] = Counter()  # how often ``changed`` has told of each kind

    def do(
        self, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Runs a verb as one transaction and one undo step; tells the pages. Faults come out and change nothing."""
        with self.vault.change(f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}") as change:
            result = verb(change, *args, **kwargs)
        self.tell(change.kinds)
        return result

    def attempt(
        self, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """As ``do``, but a Fault is said at the window's foot and None given."""
        try:
            return self.do(verb, *args, **kwargs)
        except Fault as fault:
            self.say_fault(fault)
            return None

    def keep(
        self, verb: Callable[Concatenate[Change, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """As ``attempt``; False where it was refused, so that a long text stays unsaved and is tried again."""
        return not self.refusal(verb, *args, **kwargs)

    def refusal(
        self, verb: Callable[Concatenate[Change, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> str:
        """As ``attempt``; gives the sentence that was said, "" where it was done: for the field beside it."""
        try:
            self.do(verb, *args, **kwargs)
        except Fault as fault:
            self.say_fault(fault)
            return sentence(fault)
        return ""

    def do_slowly(
        self,
        title: str,
        done: Callable[[Any], None],
        verb: Callable[..., Any],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """A verb off the main thread, behind the progress overlay; ``done`` gets its result on the main thread.

        Half-typed texts are saved first: later they would wait for the worker, and the window with them. Cancelled, it
        has changed nothing.
        """
        self.flushing.emit()

        def job(task: tasks.Task) -> tuple[Any, frozenset[Kind]]:
            return self.do_aside(task, verb, *args, **kwargs)

        def finish(ended: tuple[Any, frozenset[Kind]]) -> None:
            result, kinds = ended
            self.tell(kinds)
            done(result)

        self.busy.emit(tasks.run(job, finish, self._given_up), title)

    def do_aside(
        self, task: tasks.Task, verb: Callable[Concatenate[Change, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[R, frozenset[Kind]]:
        """As ``do``, for a job off the main thread; whoever hears of its end tells the kinds. Cancelled by the task."""
        with self.vault.change(f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}") as change:
            change.between = task.heed
            result = verb(change, *args, **kwargs)
        return result, change.kinds

    def do_together(
        self, count: int, title: str, done: Callable[[Any], None], verb: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> None:
        """A verb on ``count`` records: at once as ``attempt``, slowly where they are many; ``done`` gets its result."""
        if count > MANY:
            self.do_slowly(title, done, verb, *args, **kwargs)
            return
        try:
            result = self.do(verb, *args, **kwargs)
        except Fault as fault:
            self.say_fault(fault)
        else:
            done(result)

    def _given_up(self, fault: Fault) -> None:
        if not isinstance(fault, Cancelled):
            self.say_fault(fault)

    def undo(self) -> Step | None:
        """Takes back the last step and gives it; None where there is none."""
        self.flushing.emit()
        return self._turn(self.vault.undo)

    def redo(self) -> Step | None:
        return self._turn(self.vault.redo)

    def turn(self, said: Callable[[Step | None], None], *, back: bool) -> None:
        """Undoes or redoes and gives the step to ``said``; what wrote very much off the main thread, behind the
        progress overlay."""
        self.flushing.emit()  # first: a half-typed text that is saved now is the last step
        if self.vault.steps.rows_next(undone=back) < SLOW_ROWS:
            said(self.undo() if back else self.redo())
            return
        turn = self.vault.undo if back else self.vault.redo

        def finish(step: Step | None) -> None:
            said(self._turned(step))

        title = tr("Undoing …") if back else tr("Doing it again …")
        self.busy.emit(tasks.run(lambda task: turn(task.step), finish, self._given_up), title)

    def _turn(self, turn: Callable[[], Step | None]) -> Step | None:
        return self._turned(turn())

    def _turned(self, step: Step | None) -> Step | None:
        if step is not None:
            self.touched = step.people
            try:
                self.tell(step.kinds)
            finally:
                self.touched = None
        return step

    def tell(self, kinds: frozenset[Kind]) -> None:
        """Tells the pages what was written."""
        if kinds:
            self.told.update(kinds)
            self.changed.emit(kinds)

    @property
    def programme(self) -> ProgrammeId | None:
        """The programme the window shows: the one chosen, else the newest; None where there is none."""
        chosen = houses.house(self.vault).get("current_programme", "")
        known = programmes.ids(self.vault)
        if chosen.isdigit() and int(chosen) in known:
            return ProgrammeId(int(chosen))
        return known[0] if known else None

    def choose_programme(self, programme: ProgrammeId) -> None:
        with self.vault.change("houses.set_house", undoable=False) as change:
            set_house(change, current_programme=str(programme))
        self.tell(change.kinds)

    def go(self, place: Place) -> None:
        self.went.emit(place)

    def say(self, text: str, *, undo: bool = False, tone: str = "ok", file: Path | None = None) -> None:
        self.said.emit(Saying(text, undo, tone, file))

    def say_fault(self, fault: Fault) -> None:
        self.said.emit(Saying(sentence(fault), False, "danger"))

    def change_settings(self, **values: Any) -> None:
        """Sets and keeps settings of this device; the window follows at once."""
        self.settings = replace(self.settings, **values)
        device.save(self.places.settings, self.settings)
        self.settings_changed.emit(self.settings)
