"""The composition root: arguments, settings, window."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from app import VERSION
from ui.system import rights

_EPILOG = """Without FILE the window opens on the unlock page.
Ohne FILE öffnet das Fenster mit der Seite zum Entsperren."""

LINGER = 60  # seconds at most in which a copy to the second place goes on after the window is closed


_SWITCHES = ("demo", "lost")
_VALUES = {"home": Path, "second-place": Path, "told": str, "moved-from": Path}


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """What the words say; help, version and what does not go are printed and end the program."""
    found = _plainly_read(words)
    return found if found is not None and not _trouble(found) else _parsed(words)


def _trouble(found: argparse.Namespace) -> str:
    """Why these words do not go together or not here; "" where they do."""
    if found.demo and found.file is not None:
        return "--demo opens a throwaway vault of its own. Leave out --demo to open FILE, or leave out FILE."
    if found.home is None:
        return ""
    with suppress(OSError, RuntimeError):  # a folder that hides what is in it; "~nobody"
        home = found.home.expanduser().absolute()
        there = next((one for one in (home, *home.parents) if one.exists()), None)  # None: no such drive
        if there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK):
            return ""
    return f"{found.home} can't be used for --home. Name a folder in which you may write."


def _plainly_read(words: Sequence[str]) -> argparse.Namespace | None:
    """As the parser below reads it, in a hundredth of its time; None leaves everything unusual to it."""
    found: dict[str, object] = {"file": None, "home": None, "second_place": None, "told": "", "moved_from": None}
    found.update(dict.fromkeys(_SWITCHES, False))
    rest = iter(words)
    for word in rest:
        option = word.removeprefix("--")
        if word.startswith("--") and option in _SWITCHES:
            found[option] = True
        elif word.startswith("--") and option in _VALUES:
            value = next(rest, "")
            if not value or value.startswith("-"):
                return None
            found[option.replace("-", "_")] = _VALUES[option](value)
        elif not word or word.startswith("-") or found["file"] is not None:
            return None
        else:
            found["file"] = Path(word)
    return argparse.Namespace(**found)


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tandembuch",
        description="Mentoring and reverse mentoring, offline, in one encrypted file.",
        epilog=_EPILOG,
        # With a width of its own argparse need not load what asks the terminal for one.
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=100),
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a vault (*.tandembuch)")
    parser.add_argument("--demo", action="store_true", help="open the demo programme in a throwaway vault")
    parser.add_argument("--home", type=Path, metavar="DIR", help="keep all files of the program in DIR")
    parser.add_argument("--version", action="version", version=f"Tandembuch {VERSION}")
    parser.add_argument("--lost", action="store_true", help=argparse.SUPPRESS)  # the lock could not save a text
    # What the lock leaves to do: a second place may hang, and the vault was closed first.
    parser.add_argument("--second-place", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    parser.add_argument("--told", default="", metavar="CODE", help=argparse.SUPPRESS)  # the fault that ended it
    parser.add_argument("--moved-from", type=Path, metavar="DIR", help=argparse.SUPPRESS)  # where the vault was
    found = parser.parse_args(words)
    if trouble := _trouble(found):
        parser.error(trouble)
    return found


def main(words: Sequence[str] | None = None) -> int:
    options = arguments(sys.argv[1:] if words is None else words)
    make_ready()
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from app import settings as device
    from app.places import places
    from ui import icons, tasks, theme
    from ui.parts.growing import fits
    from ui.shell.warming import load_soon
    from ui.shell.window import Window

    tasks.share_fairly()
    app = QApplication(theme.arguments(sys.argv[:1]))
    app.setApplicationName("Tandembuch")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("tandembuch")
    app.setWindowIcon(icons.pixmap("mark", "accent", 64))
    home = options.home.expanduser().resolve() if options.home else None
    kept = places(home)
    settings = device.load(kept.settings)
    chosen = Path(os.path.abspath(options.file)) if options.file else None  # asks no disk: a share may be dead
    window = Window(
        kept,
        settings,
        chosen=chosen,
        lost=options.lost,
        told=options.told,
        moved_from=options.moved_from,
        restart=lambda more: restart([*(["--home", str(home)] if home else []), *more]),
        demo=options.demo,
    )
    sys.excepthook = crash_hook
    if not fits(window.size(), window.screen().availableGeometry()):
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    window.show()
    QTimer.singleShot(0, window, _hide_memory)
    load_soon(window)
    if options.second_place is not None and chosen is not None:
        from ui.shell.safekeeping import copy_without_vault

        copy_without_vault(kept.backups, chosen, options.second_place)
    code = app.exec()
    tasks.wait_for_far(LINGER)
    return code


def restart(words: Sequence[str]) -> None:
    """Replaces this process by a fresh one (a new process elsewhere than on POSIX)."""
    command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
    if os.name == "posix":
        rights.give_back()
        os.execv(sys.executable, [*command, *words])
    import subprocess

    subprocess.Popen([*command, *words], close_fds=True)
    os._exit(0)


def make_ready() -> None:
    """Before anything of the window is loaded."""
    gc.disable()  # what is made while loading stays: looking through it again and again only takes time
    _harden()
    import builtins

    import PySide6.QtCore  # noqa: F401

    # From here on PySide would read the source of each module that is imported, to see if it asks for PySide's other
    # way of spelling names. None of ours does.
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


def _harden() -> None:
    """No core dumps, and files that only this user may read."""
    rights.keep_private()
    rights.leave_no_core()


def _hide_memory() -> None:
    """On Linux: no reading of our memory by the user's other programs. No secret is in it before the first key."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def crash_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from PySide6.QtWidgets import QApplication

    from app.errors import Fault
    from ui.dialogs import ask
    from ui.dialogs.crash import Crash, report
    from ui.words import sentence

    parent = QApplication.activeWindow()
    if isinstance(error, KeyboardInterrupt):
        QApplication.quit()
    elif isinstance(error, Fault):
        ask.choose(parent, "Tandembuch", sentence(error), [])
    else:
        text = report(kind, trace)
        sys.stderr.write(text + "\n")
        # No dialog from a worker thread, nor once the application is gone: either would end the process.
        if QApplication.instance() is None or threading.current_thread() is not threading.main_thread():
            return
        # What breaks while the dialog is shown (a page that can't be painted, say) must not open it again and again.
        if not isinstance(QApplication.activeModalWidget(), Crash):
            dialog = Crash(parent, text)
            ask.run(dialog)
            dialog.deleteLater()
