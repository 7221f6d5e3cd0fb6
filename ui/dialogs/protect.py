"""Whether a PDF that leaves the vault gets a password."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import tr
from ui import theme
from ui.parts import buttons, card
from ui.parts.dialog import Dialog
from ui.parts.passphrase import PassphraseField


class Protect(Dialog):
    """Accepted with ``password`` empty for none."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Protect the PDF"))
        self.setMinimumWidth(theme.px(440))
        self.with_password = QCheckBox(tr("Protect the file with a password"))
        self.field = PassphraseField(tr("Password of the PDF"))
        self.field.setEnabled(False)
        self.with_password.toggled.connect(self._toggled)
        self.field.line.textChanged.connect(lambda _: self._toggled())
        self.save = buttons.primary(tr("Save"), "download")
        self.save.clicked.connect(self.accept)
        self.save.setDefault(True)
        cancel = buttons.secondary(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        column = card.column(
            card.heading(tr("Protect the PDF")),
            card.PlainLabel(
                tr("The PDF leaves the vault. It holds names and what the preview shows; never notes or skill gaps."),
                wrap=True,
            ),
            self.with_password,
            self.field,
            spacing=12,
        )
        column.addLayout(card.row(1, cancel, self.save, spacing=10))
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)

    def _toggled(self) -> None:
        wanted = self.with_password.isChecked()
        self.field.setEnabled(wanted)
        self.save.setEnabled(not wanted or bool(self.field.text()))

    def password(self) -> str:
        return self.field.text() if self.with_password.isChecked() else ""
