"""What a restore would change: the backup against today, kind by kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import number_text, tr, trn
from app.services.erase import Restoring
from app.store.backups import Backup, Contents
from ui import theme
from ui.parts import buttons, card
from ui.parts.backup_state import moment_text
from ui.parts.dialog import Dialog


class RestorePreview(Dialog):
    """What the vault holds afterwards against today, and what becomes of the vault of today."""

    def __init__(self, backup: Backup, today: Contents, then: Restoring, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore a backup"))
        self.setMinimumWidth(theme.px(480))
        column = card.column(spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addWidget(card.heading(tr("Restore the backup of {moment}?").format(moment=moment_text(backup))))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for at, words in enumerate((tr("Today"), tr("Afterwards") if then.erased else tr("In the backup")), start=1):
            grid.addWidget(card.muted(words), 0, at, right)
        for line, (name, now, before) in enumerate(_compared(today, then.contents), start=1):
            grid.addWidget(card.PlainLabel(name), line, 0)
            grid.addWidget(card.PlainLabel(number_text(now)), line, 1, right)
            grid.addWidget(card.PlainLabel(number_text(before), weight=theme.SEMIBOLD), line, 2, right)
        column.addLayout(grid)
        if then.erased:
            words = trn(
                "{n} person in the backup was deleted for good since then and stays deleted, with all that went with"
                " them.",
                "{n} people in the backup were deleted for good since then and stay deleted, with all that went with"
                " them.",
                then.erased,
            )
            column.addWidget(card.PlainLabel(words.format(n=number_text(then.erased)), wrap=True))
        column.addWidget(
            card.PlainLabel(
                tr(
                    "The vault closes and you unlock it again. The vault of today is not removed: it stays in the"
                    " same folder under its name with “before” and the date."
                ),
                wrap=True,
            )
        )
        cancel = buttons.secondary(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go = buttons.danger(tr("Restore"), "undo-2")
        self.go.clicked.connect(self.accept)
        column.addLayout(card.row(1, cancel, self.go, spacing=10))
        self.setLayout(column)


def _compared(today: Contents, then: Contents) -> tuple[tuple[str, int, int], ...]:
    return (
        (tr("People"), today.people, then.people),
        (tr("Programmes"), today.programmes, then.programmes),
        (tr("Tandems"), today.tandems, then.tandems),
        (tr("Meetings"), today.meetings, then.meetings),
        (tr("Goals"), today.goals, then.goals),
        (tr("Notes"), today.notes, then.notes),
        (tr("Skill gaps"), today.skill_gaps, then.skill_gaps),
    )
