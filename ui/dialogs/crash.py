"""What a crash shows: that it happened and where in the program, without a name or a line of a note in it."""

from __future__ import annotations

import platform
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app import VERSION
from app.i18n import tr
from ui import theme
from ui.parts import buttons, card
from ui.parts.dialog import Dialog
from ui.system.clipboard import clipboard


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The program's places that were passed, and the kind of the error. Its text is left out: it may quote a value."""
    lines = [f"Tandembuch {VERSION}, Python {platform.python_version()}, PySide {pyside_version}, {platform.system()}"]
    for frame in traceback.extract_tb(trace):
        path = frame.filename.replace("\\", "/").split("/")
        lines.append(f"{'/'.join(path[-3:])}:{frame.lineno} {frame.name}")
    lines.append(kind.__name__)
    return "\n".join(lines)


class Crash(Dialog):
    """Says that the last step failed and that what was saved before is safe."""

    def __init__(self, parent: QWidget | None, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.resize(theme.px(560), theme.px(380))
        column = card.column(spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addWidget(card.heading(tr("Something went wrong")))
        column.addWidget(
            card.PlainLabel(
                tr(
                    "The last step did not work. What was saved before is safe in the vault. You can go on working, or"
                    " close the program and open it again. The lines below hold no names and no notes; whoever looks"
                    " after the program can use them."
                ),
                wrap=True,
            )
        )
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(tr("Where it happened"))
        column.addWidget(self.details, 1)
        copy = buttons.secondary(tr("Copy"), "copy")
        copy.clicked.connect(lambda: clipboard().put_open(self.details.toPlainText()))
        go_on = buttons.primary(tr("Go on"))
        go_on.clicked.connect(self.accept)
        column.addLayout(card.row(1, copy, go_on, spacing=10))
        self.setLayout(column)
