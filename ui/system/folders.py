"""Shows a file where it lies, in the file manager of the operating system.

Only a local path is handed over, and only when a person asked for it. Tests replace ``opener``.
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


def _open(file: Path, system: str = sys.platform) -> bool:
    if system == "win32":
        explorer = Path(os.environ.get("SystemRoot", r"C:\Windows")) / "explorer.exe"  # noqa: SIM112 -- its name
        return _start_verbatim(str(explorer), selecting(QDir.toNativeSeparators(str(file))))
    if system == "darwin":
        return _start("/usr/bin/open", ["-R", str(file)])
    xdg_open = shutil.which("xdg-open")
    if xdg_open is not None:
        return _start(xdg_open, [str(file.parent)])
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def selecting(file: str) -> str:
    """What Explorer is told: quotation marks about the path alone, or it would end at a comma."""
    return f'/select,"{file}"'


def _start(program: str, arguments: list[str]) -> bool:
    return _is_started(QProcess.startDetached(*rights.as_the_user_has_it(program, arguments)))


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


opener: Callable[[Path], bool] = _open


def show(file: Path) -> bool:
    """Opens the folder of a file, with the file marked where the system can; False where nothing opens it."""
    return opener(file)
