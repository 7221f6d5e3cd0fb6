"""The window: the unlock page or an open vault, the status bar, shortcuts, lock and close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from app import i18n
from app import settings as device
from app.i18n import tr
from ui import tasks, theme
from ui.place import Place
from ui.shell import geometry
from ui.shell.demo import DEMO_PASSPHRASE, hand_over, hold_demo, is_demo, make_demo, remove_demo
from ui.shell.idle import Idle, toggle_veil
from ui.shell.refocus import focus_again, place_of_focus
from ui.shell.shortcuts import make_shortcuts
from ui.shell.status import Status
from ui.shell.tongue import speak
from ui.system.absence import SLEEP, Absence, of_this_system
from ui.system.capture import Curtain
from ui.system.clipboard import clipboard

if TYPE_CHECKING:  # the window is painted first: what it needs only later is loaded where it is needed
    from app.errors import Fault
    from app.places import Places
    from app.settings import Settings
    from app.store.backups import Backup
    from app.store.vault import Vault
    from ui.desk import Desk
    from ui.shell.palette import Palette
    from ui.shell.unlock import Unlock
    from ui.shell.workplace import Workplace

FIRST = Place("overview")


class Window(QMainWindow):
    """``restart`` gets the arguments of the program's next life: how the lock leaves nothing in memory.

    ``start`` is where an opened vault is shown, None for where it was locked. ``lost`` tells that the lock that ended
    the life before could not save a text, ``told`` is the code of a fault that ended it; ``moved_from`` is the folder
    from where the vault was moved to this computer.
    """

    _vault_lost = Signal()  # from whichever thread

    def __init__(
        self,
        places: Places,
        settings: Settings,
        *,
        chosen: Path | None = None,
        start: Place | None = None,
        restart: Callable[[Sequence[str]], None] | None = None,
        demo: bool = False,
        lost: bool = False,
        told: str = "",
        moved_from: Path | None = None,
    ) -> None:
        super().__init__()
        self.places = places
        self.settings = settings
        self.desk: Desk | None = None
        self.workplace: Workplace | None = None
        self.unlock: Unlock | None = None
        self._chosen, self._start, self._lost, self._told, self._moved_from = chosen, start, lost, told, moved_from
        self._restart = restart or (lambda _: None)
        self._leaving, self._gone = False, False
        self._palette: Palette | None = None
        self.setWindowTitle("Tandembuch")
        self.setMinimumSize(900, 560)
        self.resize(1280, 800)
        geometry.give(self, self.settings.window.get("geometry"))
        self.idle = Idle(cast("QApplication", QApplication.instance()), settings.idle_minutes)
        self.idle.expired.connect(self.lock)
        self.idle.lock_pressed.connect(self.lock_by_hand)
        self.idle.veil_pressed.connect(toggle_veil)
        self._vault_lost.connect(self._begin_anew, Qt.ConnectionType.QueuedConnection)
        self.absence = Absence()
        self.curtain = Curtain(self)
        self._status = Status(self.statusBar())
        self.idle.left.connect(self._status.count_down)
        self._dress()
        make_shortcuts(self)
        clipboard().copied.connect(self._status.show_copied)
        if demo:
            self.open_demo()
        else:
            self.show_unlock()

    # The unlock page

    def show_unlock(self) -> None:
        from ui.shell.unlock import Unlock

        self.statusBar().hide()
        self.unlock = Unlock(self.places, self.settings, self._chosen)
        self.unlock.opened.connect(self.open)
        self.unlock.demo_wanted.connect(self.open_demo)
        self.unlock.recent_cleared.connect(lambda: self._keep(recent=()))
        self.unlock.language_wanted.connect(self._speak_at_unlock)
        self.unlock.at_work.connect(self._watch)
        self.setCentralWidget(self.unlock)
        if self._chosen is not None and is_demo(self._chosen):
            hold_demo(self._chosen)
            self.unlock.hint(tr("The passphrase of the demo is: {words}").format(words=DEMO_PASSPHRASE))
        self.unlock.tell_of_the_end(lost=self._lost, code=self._told, moved_from=self._moved_from)
        self.unlock.take_focus()

    def _speak_at_unlock(self, language: str) -> None:
        self._keep(language=language)
        self._dress()
        self.show_unlock()

    def open_demo(self) -> None:
        """Shows at once where everything will be; then makes the demo in a folder of its own, off the main thread."""
        from ui.shell.opening import Opening

        opening, language = Opening(tr("The demo programme is being made …")), i18n.language()
        opening.rail.show_current((self._start or FIRST).page)
        opening.wanted.connect(self._start_at)
        opening.painted.connect(lambda: tasks.run(lambda task: make_demo(task, language), self.open, self._no_demo))
        self.unlock = None
        self.setCentralWidget(opening)

    def _start_at(self, page: str) -> None:
        self._start = Place(page)

    def _no_demo(self, fault: Fault) -> None:
        self.show_unlock()
        assert self.unlock is not None
        self.unlock.failed(fault)

    # An open vault

    def open(self, vault: Vault) -> None:
        from ui.desk import Desk
        from ui.shell import resuming

        if self._gone:  # the window was closed while the vault was being opened
            vault.close()
            remove_demo(vault.path)
            return
        throwaway = is_demo(vault.path)
        if not throwaway:
            self.settings = device.with_recent(self.settings, vault.path)
            device.save(self.places.settings, self.settings)
        self.desk = Desk(vault, self.places, self.settings, throwaway=throwaway)
        self.desk.settings_changed.connect(self._settings_changed)
        self.desk.lock_wanted.connect(self.lock_by_hand)
        self.desk.restore_wanted.connect(self.restore)
        self.desk.move_wanted.connect(self.move_here)
        self.desk.changed.connect(lambda _: self._show_saved())
        vault.lost = self._vault_lost.emit
        resume = resuming.take(vault)
        self._show_workplace(self._start or (resuming.place(resume) if resume else FIRST))
        self._start, self._lost, self._told, self._moved_from = None, False, "", None
        self.unlock = None
        self.statusBar().show()
        self._show_saved()
        if resume is not None and self.workplace is not None:
            resuming.give_back(self.desk, self.workplace, resume)
        self._watch()
        self.curtain.draw(self.settings.hide_from_capture)
        if not throwaway:
            from ui.shell import safekeeping

            safekeeping.back_up_after_unlocking(self.desk)

    def _watch(self) -> None:
        """From now on it locks when somebody is idle or has gone."""
        self.idle.start()
        self.absence.stop()
        self.absence = of_this_system(self)
        self.absence.left.connect(self._left_alone)
        self.absence.start()

    def _left_alone(self, how: str) -> None:
        self.lock(hurried=how == SLEEP)

    def _show_workplace(self, place: Place) -> None:
        from ui.shell.workplace import Workplace

        assert self.desk is not None
        self._drop_workplace()
        self.workplace = Workplace(self.desk, place)
        self.workplace.shown.connect(lambda title: self.setWindowTitle(f"{title} – Tandembuch"))
        self.setWindowTitle(f"{tr(self.workplace.page.title)} – Tandembuch")
        self.setCentralWidget(self.workplace)
        (self.workplace.page.start_at() or self.workplace.page).setFocus()

    def _settings_changed(self, settings: Settings) -> None:
        before, self.settings = self.settings, settings
        self.idle.minutes = settings.idle_minutes
        self.curtain.draw(settings.hide_from_capture)
        looks = ("language", "scheme", "text_size", "density")
        if any(getattr(before, name) != getattr(settings, name) for name in looks):
            # Not now: the control that was just used goes with its page.
            QTimer.singleShot(0, self, self.look_anew)

    def look_anew(self) -> None:
        """Another language, theme or size: the pages go first, for dressing each of their widgets takes seconds."""
        if self.workplace is None or self.desk is None:
            return
        self.workplace.flush()
        place, focus = self.workplace.here, place_of_focus(self.workplace.page)
        self._drop_workplace()
        self._dress()
        self._show_workplace(place)
        focus_again(self.workplace.page, focus)
        self._show_saved()

    def _drop_workplace(self) -> None:
        if self.workplace is not None:
            self.workplace.release()
            self.workplace.deleteLater()
            QApplication.sendPostedEvents(self.workplace, QEvent.Type.DeferredDelete)
            self.workplace = None

    def _dress(self) -> None:
        app = cast("QApplication", QApplication.instance())
        speak(app, self.settings.language)
        theme.apply(app, self.settings.scheme, self.settings.text_size, self.settings.density)
        self._status.dress()

    def _show_saved(self) -> None:
        if self.desk is not None:
            self._status.show_saved(self.desk.vault.saved_at)

    def on_page(self, act: Callable[[Workplace], None]) -> None:
        """Does something with the pages, unless a dialog is over them or they rest while long work goes on."""
        if self.workplace is not None and not self.workplace.at_work and QApplication.activeModalWidget() is None:
            act(self.workplace)

    def show_palette(self, within: str | None = None) -> None:
        self.on_page(lambda place: self._open_palette(place, within))

    def _open_palette(self, place: Workplace, within: str | None) -> None:
        from ui.shell.palette import Palette

        self._palette = Palette(self, place.desk, place.pages, within)
        self._palette.open()

    # Lock and close

    def _begin_anew(self) -> None:
        """The vault closed by itself, for it could not be opened again: the next life says so at the unlock page."""
        if self.desk is None or self._leaving:
            return
        path = self.desk.vault.path
        self._shut()
        self._restart([str(path), "--told", "vault.not_reopened"])

    def lock_by_hand(self) -> None:
        """As ``lock``, but asks before a text that can't be saved is lost."""
        self.lock(asks=True)

    def lock(self, *, hurried: bool = False, asks: bool = False) -> None:
        """Saves, closes, and starts the program anew at the unlock page: no key and no note stays in memory.

        ``hurried`` leaves the backup to the next session: the computer is about to sleep.
        """
        if self._leaving:
            self.idle.owe()
        if self.desk is None and self.unlock is not None:
            self._give_up(self.unlock)
        if self.desk is None or self.workplace is None or self._leaving:
            return
        from ui.shell import resuming, safekeeping

        path, focused = self.desk.vault.path, self.focusWidget()
        others = [one for one in QApplication.topLevelWidgets() if one is not self and one.isVisible()]
        for other in others:  # a dialog would stay readable while the backup is made
            other.hide()
        stays, lost = False, False
        try:
            self._leave(backup=not hurried)  # without a backup it locks all the same; the next session makes it
            fault = resuming.keep(self.desk, self.workplace, focused, others)
            lost = fault is not None
            stays = fault is not None and asks and not resuming.may_lose(self, fault)
        finally:  # and whatever else goes wrong on the way: the vault does not stay open
            if stays:
                for other in others:
                    other.show()
            else:
                away = [] if hurried else safekeeping.away_of(self.desk)
                self._shut()
                self._restart([str(path), *(["--lost"] if lost else []), *away])

    def _give_up(self, unlock: Unlock) -> None:
        """The lock while a dialog of the first page is at work: it begins anew."""
        if tasks.running():
            self.idle.owe()  # a vault that is just being made or opened is closed as soon as it is there
            return
        vault = unlock.give_up()
        if vault is None:
            return
        self._shut()
        self._restart([str(vault)] if vault.name else [])

    def _leave(self, *, backup: bool = True) -> Fault | None:
        """Saves half-typed text and makes a backup, before the vault closes; why there is none, or None."""
        if self.desk is None:
            return None
        self._leaving = True
        try:
            from ui.shell import safekeeping

            if self.workplace is not None:
                self.workplace.flush()
            safekeeping.end_all_work(self)
            return safekeeping.back_up_before_closing(self, self.desk) if backup else None
        finally:
            self._leaving = False

    def restore(self, backup: Backup) -> None:
        """Puts a backup in the vault's place and begins anew at the unlock page."""
        if self.desk is None or self._leaving:
            return
        from ui.shell import safekeeping

        vault, self._leaving = self.desk.vault, True
        if self.workplace is not None:
            self.workplace.flush()
        tasks.wait_for_all()
        fault = safekeeping.restore(self, self.desk, backup, self._shut)
        self._leaving = False
        if not vault.closed and fault is not None:
            self.desk.say_fault(fault)
        if vault.closed:
            self._restart([str(vault.path)])

    def move_here(self) -> None:
        """Moves the vault from a risky place to this computer and begins anew at the unlock page."""
        from ui.shell import resuming, safekeeping

        if self.desk is None or self.workplace is None or self._leaving:
            return
        fault = self._leave()
        if fault is not None and not safekeeping.may_close_without(self, fault):
            return
        lost = resuming.keep(self.desk, self.workplace, None)
        if lost is not None and not resuming.may_lose(self, lost):
            return
        path = self.desk.vault.path
        self._shut()
        self._restart(safekeeping.move_here(self, path, self.places.vaults))

    def _shut(self) -> None:
        clipboard().clear()
        self._keep(window={**self.settings.window, "geometry": geometry.of(self)})
        self.idle.stop()
        self.absence.stop()
        tasks.wait_for_all()
        if self.desk is not None:
            from ui.shell import resuming

            if self.workplace is not None:
                resuming.let_go(self.workplace)
            hand_over(self.desk.vault.path)
            self.desk.vault.close()
            self.desk = None

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:
            event.ignore()
            return
        from ui.shell import safekeeping

        path = self.desk.vault.path if self.desk is not None else self._chosen
        fault = self._leave()
        if fault is not None and not safekeeping.may_close_without(self, fault):
            event.ignore()
            return
        if self.desk is not None and self.workplace is not None:
            from ui.shell import resuming

            lost = resuming.keep(self.desk, self.workplace, self.focusWidget(), closing=True)
            if lost is not None and not resuming.may_lose(self, lost):
                event.ignore()
                return
        self._gone = True
        away = [] if self.desk is None else safekeeping.away_of(self.desk)
        self._shut()
        if away and path is not None:
            safekeeping.copy_without_vault(self.places.backups, path, Path(away[-1]))
        if path is not None:
            remove_demo(path)
        super().closeEvent(event)

    def _keep(self, **values: object) -> None:
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        device.save(self.places.settings, self.settings)
