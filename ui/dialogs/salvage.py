"""The rescue of a damaged vault: what runs, what was saved and what not, and whether it takes the vault's place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Fault
from app.i18n import mark, number_text, tr, trn
from app.store import backups as shelf
from app.store import checks
from app.store import salvage as rescue
from app.store.rescue import Rescued
from app.store.salvage import Salvage
from app.store.unlocking import Secret, secret_of
from ui import tasks, theme
from ui.parts import buttons, card
from ui.parts.backup_state import moment_text
from ui.parts.dialog import Dialog
from ui.parts.thin_bar import ThinBar
from ui.words import sentence

# The tables in the words of the house. The first ones are always shown, the others where something of them is lost.
_SHOWN: tuple[tuple[str, str], ...] = (
    ("person", mark("People")),
    ("programme", mark("Programmes")),
    ("tandem", mark("Tandems")),
    ("meeting", mark("Meetings")),
    ("goal", mark("Goals")),
    ("note", mark("Notes")),
    ("skill_gap", mark("Skill gaps")),
)
_FURTHER: tuple[tuple[tuple[str, ...], str], ...] = (
    (("skill",), mark("Skills of people")),
    (("organisation",), mark("Organisations")),
    (("rivalry", "veto", "wish"), mark("Rivalries, vetoes and wishes")),
    (("topic", "programme_topic"), mark("Topics")),
    (("enrolment", "consent"), mark("Enrolments and consents")),
    (("member", "agreement"), mark("Members and agreements of tandems")),
    (("meeting_topic",), mark("Topics of meetings")),
    (("house",), mark("Settings of the house")),
    (("journal",), mark("Journal of changes")),
    (("draft", "draft_pair"), mark("Drafts of pairings")),
    (("publishing", "published_pair", "alternative"), mark("Published plans")),
    (("erased",), mark("Who was deleted for good")),
)


def lines_of(tables: tuple[Rescued, ...]) -> list[tuple[str, str, str]]:
    """What is shown of a rescue: the kind of record, how many are saved, and how many are lost."""
    found = {one.table: one for one in tables}
    shown: list[tuple[tuple[str, ...], str, bool]] = [((table,), words, True) for table, words in _SHOWN]
    shown += [(names, words, False) for names, words in _FURTHER]
    named = {name for names, _, _ in shown for name in names} | {"meta"}
    others = tuple(name for name in found if name not in named)
    lines = []
    for names, words, always in [*shown, (others, mark("Everything else"), False)]:
        here = [found[name] for name in names if name in found]
        if here and (always or any(one.lost != 0 for one in here)):
            saved = sum(one.saved for one in here)
            lines.append((tr(words), number_text(saved), _lost_text(here)))
    return lines


def _lost_text(tables: list[Rescued]) -> str:
    known = sum(one.lost or 0 for one in tables)
    # What others belong to has left a trace, however little else is known of it.
    traced = max(known, sum(one.stand_ins for one in tables))
    if any(one.lost is None for one in tables):
        return tr("at least {n}").format(n=number_text(traced)) if traced else tr("perhaps some")
    return number_text(traced) if traced else "–"


class SalvageDialog(Dialog):
    """Begins as soon as it is shown; accepted when the rescued vault has taken the place of the damaged one."""

    def __init__(self, vault: Path, secret: str | Secret, backups: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault, self._secret, self._backups = vault, secret_of(secret), backups
        self._task: tasks.Task | None = None
        self.found: Salvage | None = None
        self.setWindowTitle(tr("Rescue a damaged vault"))
        self.setMinimumWidth(theme.px(520))
        self._column = card.column(spacing=12)
        self._column.setContentsMargins(*[theme.px(24)] * 4)
        self._column.addWidget(card.heading(tr("Rescue a damaged vault")))
        self.says = card.muted(
            tr("The damaged file is read piece by piece; it stays as it is. This may take a few minutes."), wrap=True
        )
        self._column.addWidget(self.says)
        self.busy = ThinBar(tr("The vault is being rescued"), 1000)
        self._column.addWidget(self.busy)
        self.cancel = buttons.secondary(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.take = buttons.primary(tr("Go on with the rescued vault"), "check")
        self.take.clicked.connect(self._take)
        self.take.hide()
        self._column.addLayout(card.row(1, self.cancel, self.take, spacing=10))
        self.setLayout(self._column)
        self._begin()

    def _begin(self) -> None:
        vault, secret, backups = self._vault, self._secret, self._backups
        self._task = tasks.run(
            lambda task: rescue.salvage(vault, secret, backups, task.step), self._done, self._failed, self._step, self
        )

    def _step(self, share: float) -> None:
        self.busy.setValue(round(share * 1000))

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self.busy.hide()
        if fault.code == "cancelled":
            super().reject()
            return
        self.says.set_token("danger")
        self.says.setText(sentence(fault))
        self.cancel.set_text(tr("Close"))

    def _done(self, found: Salvage) -> None:
        self._task = None
        self.found = found
        self.busy.hide()
        whole = tr("Everything could be read. Nothing is lost.")
        partly = tr("This could be read and this is lost; the rescued vault passed every check.")
        self.says.setText(whole if found.complete else partly)
        place = self._column.count() - 1
        self._column.insertLayout(place, self._grid(found))
        for words in self._remarks(found):
            place += 1
            self._column.insertWidget(place, card.muted(words, wrap=True))
        self.cancel.set_text(tr("Throw it away"))
        self.take.show()
        self.take.setFocus()

    def _grid(self, found: Salvage) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for at, words in enumerate((tr("Saved"), tr("Lost")), start=1):
            grid.addWidget(card.muted(words), 0, at, right)
        for row, (name, saved, lost) in enumerate(lines_of(found.tables), start=1):
            grid.addWidget(card.PlainLabel(name), row, 0)
            grid.addWidget(card.PlainLabel(saved, weight=theme.SEMIBOLD), row, 1, right)
            grid.addWidget(card.PlainLabel(lost, "muted" if lost == "–" else "danger"), row, 2, right)
        return grid

    def _remarks(self, found: Salvage) -> list[str]:
        """What else the officer should know before the decision."""
        remarks = []
        stand_ins = sum(one.stand_ins for one in found.tables if one.table != "meta")
        if stand_ins:
            words = trn(
                "{n} lost record stands there under the name “Lost …”, so that what belongs to it could be kept.",
                "{n} lost records stand there under the name “Lost …”, so that what belongs to them could be kept.",
                stand_ins,
            )
            remarks.append(words.format(n=number_text(stand_ins)))
        if found.unlinked:
            words = trn(
                "{n} record stands alone now: the one it pointed to is lost.",
                "{n} records stand alone now: the ones they pointed to are lost.",
                found.unlinked,
            )
            remarks.append(words.format(n=number_text(found.unlinked)))
        newest = shelf.newest(shelf.of_closed_vault(self._backups, self._vault))
        if newest is not None and not found.complete:
            words = tr("The newest backup is of {moment}. Single records can be taken from it afterwards.")
            remarks.append(words.format(moment=moment_text(newest)))
        kept = tr("If you go on with it, the damaged file stays beside it, with “before” and the date in its name.")
        return [*remarks, kept]

    def _take(self) -> None:
        found = self.found
        if found is None:
            return
        try:
            rescue.put_in_place(found)
        except Fault as fault:
            self.says.set_token("danger")
            self.says.setText(sentence(fault))
            return
        self.found = None
        checks.forget_damage(self._backups, self._vault)
        self.accept()

    def reject(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self._task.cancel()
            return
        if self.found is not None:
            rescue.throw_away(self.found)
            self.found = None
        super().reject()
