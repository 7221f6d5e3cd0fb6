"""Shows a file where it lies, in the file manager of the operating system.

Only a local path is handed over, and only when a person asked for it. Tests replace ``opener``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def _open(file: Path, system: str = sys.platform) -> bool:
    if system == "win32":
        explorer = Path(os.environ.get("SystemRoot", r"C:\Windows")) / "explorer.exe"  # noqa: SIM112 -- its name
        # Two arguments: as one the whole would get quotation marks, which Explorer does not understand.
        return _start(str(explorer), ["/select,", QDir.toNativeSeparators(str(file))])
    if system == "darwin":
        return _start("/usr/bin/open", ["-R", str(file)])
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def _start(program: str, arguments: list[str]) -> bool:
    started = QProcess.startDetached(program, arguments)
    return bool(started[0] if isinstance(started, tuple) else started)


opener: Callable[[Path], bool] = _open


def show(file: Path) -> bool:
    """Opens the folder of a file, with the file marked where the system can; False where nothing opens it."""
    return opener(file)
