"""What the vault protects against whom, what it does not, and what this system cannot do: in plain words."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import mark, tr
from ui import theme
from ui.parts import card
from ui.parts.pills import Pill

# Against whom; whether the vault protects; in plain words.
Threat = tuple[str, str, str]
THREATS: tuple[Threat, ...] = (
    (
        mark("A thief takes the computer, the stick or the file"),
        "ok",
        mark("While the vault is locked, the file is noise to everybody without the passphrase or the recovery sheet, "
             "and each guess costs time and memory. Its backups are encrypted in the same way."),
    ),
    (
        mark("The file lies in a cloud or on a share"),
        "ok",
        mark("Only the encrypted file is there, and names and notes are inside it. Its own name, its size and when it "
             "was changed can be seen."),
    ),
    (
        mark("A colleague at your desk"),
        "ok",
        mark("The vault locks when you are idle, when the screen is locked, when the computer sleeps, and at once with "
             "Ctrl+L. The program then starts anew, so that no note and no key stays in memory. Ctrl+Shift+H hides "
             "private text. While it is unlocked and you are away, whoever sits down reads on."),
    ),
    (
        mark("The HR department and a mentor's notebook"),
        "ok",
        mark("A notebook is a vault of its own with a passphrase of its own. There is no master key: neither the HR "
             "department nor the administrator can open it. Whoever administers the computer can install a program "
             "that reads along while it is unlocked."),
    ),
    (
        mark("The network"),
        "ok",
        mark("The program opens no connection: no server, no cloud, no statistics, no update check."),
    ),
    (
        mark("What you copy"),
        "warn",
        mark("It leaves the clipboard after 30 seconds and when the vault is locked, and is marked so that histories "
             "of the clipboard leave it out. A program that takes no notice of the mark can keep it."),
    ),
    (
        mark("A shared screen or a screenshot"),
        "warn",
        mark("What is on the screen can be seen and photographed. Hide private text with Ctrl+Shift+H before you share "
             "your screen."),
    ),
    (
        mark("Another program of the same user"),
        "warn",
        mark("While the vault is unlocked, a harmful program that runs as you can read what you type and what you see. "
             "Keep the computer clean and up to date."),
    ),
    (
        mark("Forensics: what is left on the disk"),
        "warn",
        mark("What you delete for good is overwritten in the vault; older backups and copies of the file still hold "
             "it. While the vault is unlocked, the system may write memory to the disk (swap, hibernation), and that "
             "stays there. An encrypted disk helps: BitLocker, FileVault or LUKS."),
    ),
    (
        mark("What you print, export or save elsewhere"),
        "danger",
        mark("A list, a certificate or a table outside the vault is protected by nobody but you. Private notes and "
             "skill gaps are never in one."),
    ),
    (
        mark("A request for disclosure"),
        "danger",
        mark("The right of access (GDPR Art. 15) reaches internal notes too. Write only what you could show."),
    ),
    (
        mark("You forget the passphrase and lose the sheet"),
        "danger",
        mark("Then nobody opens the vault again, not even its makers: there is no back door. Keep the sheet in a "
             "locked cabinet, and prove twice a year that it is there."),
    ),
)

LINUX = (
    mark("Linux gives no means to keep a window out of screenshots and shared screens."),
    mark("The screen lock is heard over D-Bus, as GNOME, KDE, Cinnamon, MATE, Xfce and systemd say it. Other screen "
         "lockers are not heard; the idle time locks then."),
    mark("On X11 every program of your user can read the keyboard and the screen. Wayland forbids it."),
)
WINDOWS = (
    mark("The windows are left out of screenshots and shared screens; a camera still sees them. You can switch this "
         "off in the settings, to present something."),
    mark("Before sleep the system gives the program about two seconds; the backup is then made after unlocking."),
    mark("A program with the rights of an administrator can read the memory while the vault is unlocked."),
)
MAC = (
    mark("The windows ask to be left out of screenshots and shared screens. Newer versions of macOS may take no notice "
         "of that, so rely on Ctrl+Shift+H."),
    mark("Sleep is heard only where the screen is locked with it. Set macOS to ask for the password at once; otherwise "
         "the vault locks on waking up, when the idle time is over."),
    mark("A program with the rights of an administrator can read the memory while the vault is unlocked."),
)
LIMITS: dict[str, tuple[str, ...]] = {"linux": LINUX, "win32": WINDOWS, "darwin": MAC}


def limits(system: str = sys.platform) -> tuple[str, ...]:
    """What can't be done on a system, as message ids."""
    return LIMITS.get(system, LINUX)


def protection(threats: Iterable[Threat] = THREATS) -> QWidget:
    """The table of who is kept out, and below it what this system cannot do."""
    made = card.Card()
    states = {"ok": tr("Protected"), "warn": tr("Only in part"), "danger": tr("Not protected")}
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(12))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for place, (whom, tone, words) in enumerate(threats):
        if place:
            grid.addWidget(card.Separator(), 2 * place - 1, 0, 1, 3)
        grid.addWidget(card.PlainLabel(tr(whom), weight=theme.MEDIUM, wrap=True), 2 * place, 0)
        grid.addWidget(card.muted(tr(words), wrap=True), 2 * place, 1)
        grid.addWidget(Pill(states[tone], tone), 2 * place, 2, Qt.AlignmentFlag.AlignRight)
    made.body.addLayout(grid)
    made.body.addSpacing(theme.px(8))
    made.body.addWidget(card.subheading(tr("What this cannot do on this computer")))
    for words in limits():
        made.body.addWidget(card.muted(tr(words), wrap=True))
    return made
