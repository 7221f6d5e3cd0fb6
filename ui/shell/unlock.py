"""The first page: a recent vault and its passphrase, or a new one, or the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import DamagedVault, Fault
from app.i18n import tr
from app.places import Places
from app.services.houses import set_house
from app.settings import Settings
from app.store import checks
from app.store.moving import move_vault
from app.store.vault import SUFFIX, Vault, open_vault, restore_newest
from ui import tasks, theme
from ui.dialogs import ask
from ui.dialogs.change_passphrase import ChangePassphrase
from ui.dialogs.forgotten import Forgotten
from ui.dialogs.move_here import may_move
from ui.dialogs.new_vault import NewVault
from ui.dialogs.open_with_sheet import OpenWithSheet
from ui.dialogs.restore_newest import may_restore
from ui.dialogs.salvage import SalvageDialog
from ui.parts import buttons, card
from ui.parts.backup_state import SECOND_PLACE, restore_text
from ui.parts.named_box import NamedBox
from ui.parts.passphrase import PassphraseField
from ui.parts.spoken import SpokenLabel
from ui.parts.thin_bar import ThinBar
from ui.parts.whereabouts import PlaceWarning
from ui.shell import outside
from ui.shell.first_page import MARGIN, WIDTH, FirstPage, Ways
from ui.words import sentence


class Unlock(QWidget):
    """Emits ``opened`` with an open vault. ``demo_wanted`` asks for the demo, ``forgotten`` for an empty list."""

    opened = Signal(object)
    demo_wanted = Signal()
    recent_cleared = Signal()
    language_wanted = Signal(str)
    at_work = Signal()  # a dialog is shown that makes or opens a vault: it is not left alone

    def __init__(self, places: Places, settings: Settings, chosen: Path | None = None) -> None:
        super().__init__()
        self._places = places
        self._settings = settings
        self._task: tasks.Task | None = None
        self._dialog: OpenWithSheet | NewVault | None = None
        self._former: dict[Path, Path] = {}  # where the vaults were that were moved to this computer
        self._wanted: set[Path] = set()  # chosen by somebody: these stay in the list, there or not
        self._known: dict[Path, outside.Seen] = {}  # the last answer about each vault
        self.unanswered: set[Path] = set()  # asked about, and the place has not answered yet
        self.setAccessibleName(tr("First page"))
        page = FirstPage()
        page.language_wanted.connect(self.language_wanted)
        self._card = page.card
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        self._build_vault(chosen)
        self._build_foot()
        self._show_chosen()

    def _build_vault(self, chosen: Path | None) -> None:
        known = [Path(path) for path in self._settings.recent]
        for path in known:  # each is shown until it is known to be gone
            self._ask(path)
        if chosen is not None:
            self._wanted.add(chosen)
            known = [chosen, *(path for path in known if path != chosen)]
        self.vaults = NamedBox()
        self.vaults.setAccessibleName(tr("Vault"))
        for path in known:
            self._add(path)
        self.passphrase = PassphraseField(tr("Passphrase"))
        self.passphrase.line.returnPressed.connect(self._unlock)
        self.trouble = SpokenLabel("danger", wrap=True)
        self.trouble.hide()
        self.busy = ThinBar(tr("The vault is being opened"))
        self.busy.hide()
        self.unlock = buttons.primary(tr("Unlock"), "lock-open")
        self.unlock.clicked.connect(self._unlock)
        self.bring_back = buttons.secondary(tr("Restore the newest backup …"), "undo-2")
        self.bring_back.clicked.connect(self._bring_back)
        self.bring_back.hide()
        self.rescue = buttons.secondary(tr("Rescue what can be read …"), "shield-check")
        self.rescue.clicked.connect(self._rescue)
        self.rescue.hide()
        self.warning = PlaceWarning(offer=True, width=WIDTH - 2 * MARGIN)
        self.warning.local_wanted.connect(self._keep_here)
        self.vaults.currentIndexChanged.connect(self._show_chosen)
        self.vaults.activated.connect(self.trouble.hide)  # it was said of another vault
        self._entry = QWidget()
        label = card.PlainLabel(tr("Vault"), weight=theme.MEDIUM)
        label.setBuddy(self.vaults)
        says = (self.trouble, self.busy, self.bring_back, self.rescue)
        self.forget = buttons.icon_button("x", tr("Forget recent vaults"))
        self.forget.clicked.connect(self._forget)
        self.forget.setVisible(bool(self._settings.recent))
        chooser = QWidget()
        line = card.row(self.vaults, self.forget, spacing=4)
        line.setStretch(0, 1)
        chooser.setLayout(line)
        self.vaults.setMinimumWidth(theme.px(80))  # a long name ends in dots
        ways = Ways()
        self.sheet = ways.add(tr("Open with the recovery sheet"), "key-round", self._with_sheet)
        forgotten = tr("Passphrase and sheet forgotten?")
        self.lost = ways.add(forgotten, "circle-question-mark", lambda: ask.run(Forgotten(self)))
        pieces = (label, chooser, self.warning, self.passphrase, *says, self.unlock, ways)
        self._entry.setLayout(card.column(*pieces, spacing=10))
        self._card.body.addWidget(self._entry)
        words = tr("Mentoring and reverse mentoring, offline, in one encrypted file on this computer.")
        self.welcome = card.muted(words, wrap=True)
        self._card.body.addWidget(self.welcome)

    def _build_foot(self) -> None:
        self.begin = buttons.primary(tr("Make the first vault"), "plus")
        self.begin.clicked.connect(self._make)
        self._card.body.addWidget(self.begin)
        ways = Ways()
        self.other = ways.add(tr("Open a vault …"), "folder-open", self._choose)
        self.new = ways.add(tr("New vault"), "plus", self._make)
        self.demo = ways.add(tr("Try the demo programme"), "play", self.demo_wanted.emit)
        self._card.body.addWidget(card.Separator())
        self._card.body.addWidget(ways)
        self._show_entry()

    def _add(self, path: Path) -> None:
        self.vaults.addItem(path.name.removesuffix(SUFFIX), str(path))
        self.vaults.setItemData(self.vaults.count() - 1, str(path), Qt.ItemDataRole.ToolTipRole)

    def _show_entry(self) -> None:
        some = self.vaults.count() > 0
        self._entry.setVisible(some)
        self.welcome.setVisible(not some)
        self.begin.setVisible(not some)
        self.new.setVisible(some)
        self.unlock.setEnabled(some)

    def take_focus(self) -> None:
        (self.passphrase if self.vaults.count() else self.begin).setFocus()

    def choose(self, path: Path) -> None:
        """Puts a vault on top of the list."""
        self._wanted.add(path)
        at = self.vaults.findData(str(path))
        if at < 0:
            self._add(path)
            at = self.vaults.count() - 1
        self.vaults.setCurrentIndex(at)
        self._show_entry()
        self.passphrase.setFocus()

    def hint(self, text: str) -> None:
        """A quiet word below the passphrase."""
        self.trouble.set_token("muted")
        self._tell(text)

    def say(self, text: str) -> None:
        self.trouble.set_token("danger")
        self._tell(text)
        if not self._entry.isVisibleTo(self):
            self.welcome.setText(text)

    def tell_of_the_end(self, *, lost: bool, code: str, moved_from: Path | None) -> None:
        """Why the program began anew: a text was ``lost``, a fault of that ``code``, the vault was moved here."""
        if lost:
            from ui.shell.resuming import lost_text

            self.say(lost_text())
        if code:
            self.say(sentence(Fault(code)))
        if moved_from is not None and self.vaults.currentData():
            self._former[Path(self.vaults.currentData())] = moved_from
            self.hint(tr("The vault lies on this computer now. Unlock it as usual."))

    def _tell(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setMinimumHeight(self.trouble.heightForWidth(theme.px(WIDTH - 2 * MARGIN)))
        self.trouble.show()

    def _choose(self) -> None:
        chosen = ask.open_file(self, tr("Open a vault"), self._places.vaults, f"{tr('Vault')} (*{SUFFIX})")
        if chosen is not None:
            self.trouble.hide()
            self.choose(chosen)

    def _with_sheet(self) -> None:
        """Opens the chosen vault with the code of its recovery sheet, and sets a new passphrase on wish."""
        dialog = OpenWithSheet(Path(self.vaults.currentData()), self._places.backups, self)
        with self._working(dialog):
            if not ask.run(dialog) or dialog.vault is None:
                return
            if dialog.new_wanted:
                ask.run(ChangePassphrase(dialog.vault, self._places.backups, self))
        if not dialog.vault.closed:
            self.opened.emit(dialog.vault)
        else:
            self.say(sentence(Fault("vault.not_reopened")))

    @contextmanager
    def _working(self, dialog: OpenWithSheet | NewVault) -> Iterator[None]:
        self._dialog = dialog
        self.at_work.emit()
        try:
            yield
        finally:
            self._dialog = None

    def give_up(self) -> Path | None:
        """What a lock does before the window has a vault: one that a dialog holds open is closed, and nothing that was
        typed there stays. Gives the vault to begin anew with, None where nothing is to be given up."""
        if self._dialog is None:
            return None
        vault, chosen = self._dialog.vault, self.vaults.currentData()
        for one in self.findChildren(QDialog):
            one.hide()
        if vault is not None:
            vault.close()
            return vault.path
        return Path(chosen) if chosen else Path()

    def _make(self) -> None:
        dialog = NewVault(self, self._places.vaults)
        with self._working(dialog):
            made = ask.run(dialog)
        if made and dialog.vault is not None and not dialog.vault.closed:
            self.opened.emit(dialog.vault)

    def _forget(self) -> None:
        self.vaults.clear()
        self.forget.hide()
        self._show_entry()
        self.recent_cleared.emit()

    def _unlock(self) -> None:
        name = self.vaults.currentData()
        if not name or self._task is not None or not self._typed():
            return
        passphrase = self.passphrase.text()
        self.set_busy(True)
        self._task = tasks.run(
            lambda _task: open_vault(Path(name), passphrase, backups=self._places.backups), self._opened, self.failed
        )

    def _typed(self) -> bool:
        """Whether there is a passphrase to try; says so where there is none, for a trial takes its time."""
        if not self.passphrase.text():
            self.failed(Fault("passphrase.empty"))
        return bool(self.passphrase.text())

    def _bring_back(self) -> None:
        """Offers the newest backup in the place of a damaged vault; the passphrase typed has to open it."""
        path, passphrase = Path(self.vaults.currentData()), self.passphrase.text()
        try:
            wanted = self._typed() and may_restore(self, self._places.backups, path)
        except Fault as fault:
            self.say(sentence(fault))
            return
        if wanted:
            self.set_busy(True)
            self._task = tasks.run(
                lambda _task: restore_newest(path, passphrase, self._places.backups), self._brought_back, self.failed
            )

    def _brought_back(self, _aside: object) -> None:
        checks.forget_damage(self._places.backups, Path(self.vaults.currentData()))
        self._known.pop(Path(self.vaults.currentData()), None)
        self._task = None
        self._offer_repair(False)
        self._unlock()

    def _rescue(self) -> None:
        """Reads what can be read of a damaged vault; the passphrase typed has to open it."""
        path = Path(self.vaults.currentData())
        if self._typed() and ask.run(SalvageDialog(path, self.passphrase.text(), self._places.backups, self)):
            self._offer_repair(False)
            self._unlock()

    def _keep_here(self) -> None:
        """Moves the vault to this computer; the folder where it was becomes the second place of its backups."""
        path, folder = Path(self.vaults.currentData()), self._places.vaults
        if not may_move(self, folder):
            return

        def moved(target: Path) -> None:
            self._task = None
            self._former[target] = path.parent
            self.set_busy(False)
            self.vaults.removeItem(self.vaults.findData(str(path)))
            self.choose(target)
            self.hint(tr("The vault lies on this computer now. Unlock it as usual."))

        self.set_busy(True)
        self._task = tasks.run(lambda _task: move_vault(path, folder), moved, self.failed, owner=self)

    def _offer_repair(self, offered: bool) -> None:
        if offered:
            self.bring_back.set_text(restore_text(self._places.backups, Path(self.vaults.currentData())))
        self.bring_back.setVisible(offered)
        self.rescue.setVisible(offered)

    def _known_of_chosen(self) -> outside.Seen | None:
        chosen = self.vaults.currentData()
        return self._known.get(Path(chosen)) if chosen else None

    def _show_chosen(self) -> None:
        """Says of the chosen vault whether its place is risky, and whether the last check found damage: once it is
        known, for the place may be a share that does not answer."""
        chosen = self.vaults.currentData()
        self.warning.show_found(None)
        self._offer_repair(False)
        if chosen:
            self._ask(Path(chosen))

    def _ask(self, path: Path) -> None:
        if path not in self.unanswered:  # a place that hangs is asked once
            self.unanswered.add(path)
            outside.ask(path, self._places.backups, self._seen, self)

    def _seen(self, path: Path, seen: outside.Seen) -> None:
        """What is known now of a vault in the list."""
        self.unanswered.discard(path)
        current = self.vaults.currentData() == str(path)
        untouched = not (current and (self.passphrase.text() or self._task is not None))
        if not seen.there and path not in self._wanted and untouched:
            self._drop(path)
            return
        self._known[path] = seen  # what comes while a vault is opened is shown if that fails
        if not current or self._task is not None:
            return
        self.warning.show_found(seen.place)
        if seen.damaged:
            self._offer_repair(True)
        if self.trouble.isHidden() and (words := seen.words()):
            self.say(words)

    def _drop(self, path: Path) -> None:
        """A vault that is gone leaves the list."""
        focused = self.passphrase.isAncestorOf(self.focusWidget() or self)
        at = self.vaults.findData(str(path))
        if at >= 0:
            self.vaults.removeItem(at)
        self._show_entry()
        if focused:
            self.take_focus()

    def _opened(self, vault: Vault) -> None:
        self._task = None
        self.passphrase.line.clear()
        self.set_busy(False)
        former = self._former.get(vault.path)
        if former is not None:
            # Where that can't be written the vault is shown all the same; left open here, nobody could open it again.
            with suppress(Fault), vault.change("houses.set_house", undoable=False) as change:
                set_house(change, **{SECOND_PLACE: str(former)})
        self.opened.emit(vault)

    def failed(self, fault: Fault) -> None:
        """Says why nothing was opened."""
        self._task = None
        self.set_busy(False)
        self.say(sentence(fault))
        known = self._known_of_chosen()
        if known is not None:
            self.warning.show_found(known.place)
        self._offer_repair(isinstance(fault, DamagedVault) or (known is not None and known.damaged))
        self.passphrase.setFocus()
        self.passphrase.line.selectAll()

    def set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.trouble.setHidden(busy or self.trouble.isHidden())
        links = (self.begin, self.new, self.other, self.demo, self.forget, self.sheet, self.lost)
        for piece in (self.vaults, self.passphrase, self.unlock, self.warning, self.bring_back, self.rescue, *links):
            piece.setEnabled(not busy)
