"""What can still be done without the passphrase, and what nobody can do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import mark, tr
from ui import theme
from ui.parts import buttons, card
from ui.parts.dialog import Dialog

POINTS: tuple[tuple[str, str], ...] = (
    (
        mark("The recovery sheet opens the vault"),
        mark("Look where you keep contracts and keys. Every vault has a sheet of its own, with its name on it."),
    ),
    (
        mark("Perhaps it is only the keyboard"),
        mark("Caps lock, another keyboard layout, a hyphen between the words? Show what you type by the eye."),
    ),
    (
        mark("A backup of before a change opens with the earlier passphrase"),
        mark("If you changed the passphrase and know the earlier one, open a backup of that time like a vault."),
    ),
    (
        mark("Without both there is no way"),
        mark(
            "There is no back door: no master key, no question, no service that could help. Nobody can read the vault"
            " then, neither you nor a thief. Keep the file all the same: words come back to mind."
        ),
    ),
)


class Forgotten(Dialog):
    """Says it plainly; nothing to decide."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Passphrase forgotten"))
        self.setFixedWidth(theme.px(520))
        column = card.column(card.heading(tr("Passphrase forgotten")), spacing=12)
        for title, words in POINTS:
            point = QWidget()
            said = card.PlainLabel(tr(title), weight=theme.MEDIUM, wrap=True), card.muted(tr(words), wrap=True)
            point.setLayout(card.column(*said, spacing=4))
            column.addWidget(point)
        column.addStretch(1)
        self.leave = buttons.primary(tr("Close"))
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.accept)
        column.addLayout(card.row(1, self.leave))
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)
        self.setFixedSize(self.width(), column.totalHeightForWidth(self.width()))  # a layout alone asks for more
