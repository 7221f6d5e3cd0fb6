"""Shows a file where it lies, in the file manager of the operating system.

Only a local path is handed over, and only when a person asked for it. Tests replace ``opener``.
On Linux the helper that looks for a file manager is there also where none is, and says so only by how it ends.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from ui.system import rights

Failed = Callable[[], None]
_running: set[QProcess] = set()  # each until it ends: its object must live as long

def _open(file: Path, failed: Failed, system: str = sys.platform) -> bool:
    if system == "win32":
        explorer = Path(os.environ.get("SystemRoot", r"C:\Windows")) / "explorer.exe"  # noqa: SIM112 -- its name
        return _start_verbatim(str(explorer), selecting(QDir.toNativeSeparators(str(file))))
    if system == "darwin":
        return _start("/usr/bin/open", ["-R", str(file)])
    xdg_open = shutil.which("xdg-open")
    if xdg_open is not None:
        return _start_heard(xdg_open, [str(file.parent)], failed)
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def selecting(file: str) -> str:
    """What Explorer is told: quotation marks about the path alone, or it would end at a comma."""
    return f'/select,"{file}"'


def _start(program: str, arguments: list[str]) -> bool:
    return _is_started(QProcess.startDetached(*rights.as_the_user_has_it(program, arguments)))


def _start_heard(program: str, arguments: list[str], failed: Failed) -> bool:
    """As ``_start``; ``failed`` is called when it ends and has opened nothing. It may outlive this program."""
    process = QProcess()
    program, arguments = rights.as_the_user_has_it(program, arguments)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())  # no pipe to us that would break
    process.setStandardErrorFile(QProcess.nullDevice())

    def ended(code: int, how: QProcess.ExitStatus) -> None:
        _running.discard(process)
        if code != 0 or how is not QProcess.ExitStatus.NormalExit:
            failed()

    def broken(error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            _running.discard(process)
            failed()

    process.finished.connect(ended)
    process.errorOccurred.connect(broken)
    _running.add(process)
    process.start(program, arguments)
    return True


def _start_verbatim(program: str, words: str) -> bool:
    """On Windows: the words as they are, where Qt would set its own quotation marks."""
    process = QProcess()
    process.setProgram(program)
    set_words = getattr(process, "setNativeArguments", None)  # is there on Windows alone
    if set_words is None:
        return False
    set_words(words)
    return _is_started(process.startDetached())


def _is_started(answer: object) -> bool:
    return bool(answer[0] if isinstance(answer, tuple) else answer)


opener: Callable[[Path, Failed], bool] = _open


def show(file: Path, failed: Failed) -> None:
    """Opens the folder of a file, the file marked where the system can; ``failed``, now or later, if nothing does."""
    if not opener(file, failed):
        failed()
