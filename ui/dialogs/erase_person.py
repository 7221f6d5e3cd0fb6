"""Deleting a person for good: what goes, that nothing brings it back, and which backups still hold them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.ids import PersonId
from app.domain.kinds import Kind
from app.domain.people import Person
from app.errors import Fault
from app.i18n import number_text, tr, trn
from app.services.erase import Erasure, erase_person, foreseen, holding, remove_backups
from app.store import people
from app.store.shelves import Kept
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts import buttons, card
from ui.parts.backup_state import back_up, copy_away, moment_text, second_place
from ui.parts.dialog import Dialog
from ui.parts.spoken import SpokenLabel
from ui.parts.thin_bar import ThinBar
from ui.words import sentence

Holding = tuple[tuple[Kept, ...], tuple[Kept, ...]]


def erase_for_good(desk: Desk, person: PersonId, parent: QWidget) -> bool:
    """Shows what would go with a person and asks; True if they are deleted."""
    desk.flushing.emit()
    found = people.person(desk.vault, person)
    if found is None:
        desk.say_fault(Fault("record.gone"))
        return False
    return ask.run(ErasePerson(desk, found, parent))


class ErasePerson(Dialog):
    """Accepted when the person is deleted; afterwards it stays open for the backups that still hold them."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._person = desk, person
        self._task: tasks.Task | None = None
        self._still: Holding = ((), ())
        self.erased = False
        self.setWindowTitle(tr("Delete for good"))
        self.setMinimumWidth(theme.px(520))
        column = card.column(spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.title = card.heading(tr("Delete {name} for good?").format(name=person.list_name))
        self.title.setWordWrap(True)
        self.says = card.PlainLabel(wrap=True)
        self.sure = QCheckBox(tr("I know that this can't be undone"))
        self.sure.toggled.connect(lambda _: self._enable())
        self.trouble = SpokenLabel("danger", wrap=True)
        self.trouble.hide()
        self.busy = ThinBar(tr("Working"))
        self.busy.hide()
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self.go = buttons.danger(tr("Delete for good"), "trash-2")
        self.go.clicked.connect(self._erase)
        self.clean = buttons.danger(tr("Make a new backup and delete these"), "trash-2")
        self.clean.clicked.connect(self._clean)
        self.clean.hide()
        for piece in (self.title, self.says, self.sure, self.trouble, self.busy):
            column.addWidget(piece)
        column.addLayout(card.row(1, self.leave, self.go, self.clean, spacing=10))
        self.setLayout(column)
        self._say(_foreseen_text(foreseen(desk.vault, person.id)))
        self._enable()
        self.leave.setFocus()

    def _say(self, text: str) -> None:
        """Shows a text of any length whole: a layout alone gives wrapped lines too little room."""
        self.says.setText(text)
        width = max(self.width(), theme.px(520))
        self.says.setMinimumHeight(self.says.heightForWidth(width - 2 * theme.px(24)))
        self.adjustSize()

    def _enable(self) -> None:
        free = self._task is None
        self.go.setEnabled(free and self.sure.isChecked())
        self.clean.setEnabled(free)
        self.leave.setEnabled(free or (self._task is not None and self._task.far))
        self.busy.setVisible(not free)

    def _erase(self) -> None:
        vault, person = self._desk.vault, self._person.id
        self._desk.flushing.emit()
        self._run(lambda _: erase_person(vault, person), self._erased)

    def _erased(self, _: Erasure) -> None:
        self.erased = True
        self._desk.changed.emit(frozenset(Kind))
        self.title.setText(tr("Deleted for good"))
        self.sure.hide()
        self.go.hide()
        self.leave.set_text(tr("Close"))
        self._say(tr("Looking for backups that still hold the person …"))
        vault, backups, place = self._desk.vault, self._desk.places.backups, second_place(self._desk)
        person = self._person.id

        def job(_: tasks.Task) -> tuple[Holding, bool]:
            return holding(vault, backups, place, person), place is not None and not place.is_dir()

        self._run(job, lambda found: self._show_backups(*found), far=True)

    def _show_backups(self, found: Holding, away: bool) -> None:
        self._still = found
        still, unknown = found
        self._say("\n\n".join(_backup_texts(still, unknown, away)))
        self.clean.setVisible(bool(still or unknown) and not self._desk.throwaway)
        self.leave.setFocus()

    def _clean(self) -> None:
        desk, place = self._desk, second_place(self._desk)
        wanted = (*self._still[0], *self._still[1])

        send, vault, backups = copy_away(desk), desk.vault, desk.places.backups

        def job(task: tasks.Task) -> int:
            with suppress(Fault):  # the place may be full of what is deleted now
                send(task)
            return remove_backups(vault, wanted, backups, place)

        def done(left: int) -> None:
            self.clean.hide()
            if left:
                words = trn("{n} backup could not be deleted.", "{n} backups could not be deleted.", left)
                self._say(words.format(n=number_text(left)))
            else:
                self._say(
                    tr(
                        "A new backup was made and the older ones are deleted. Copies that you made elsewhere by hand"
                        " are not known here: delete those yourself."
                    )
                )

        # First the new one: there is never a moment without any.
        self._run(lambda task: back_up(desk, task), lambda _: self._run(job, done, far=True))

    def _run(self, job: Callable[[tasks.Task], object], done: Callable[..., None], *, far: bool = False) -> None:
        def finish(result: object) -> None:
            self._task = None
            self._enable()
            if not self._desk.vault.closed:
                done(result)

        def failed(fault: Fault) -> None:
            self._task = None
            self._enable()
            self.trouble.setText(sentence(fault))
            self.trouble.show()

        self.trouble.hide()
        self._task = tasks.run(job, finish, failed, owner=self, far=far)
        self._enable()

    def reject(self) -> None:
        if self._task is not None and not self._task.far:
            return
        if self._task is not None:
            tasks.give_up(self._task)
            self._task = None
        if self.erased:
            self.accept()
        else:
            super().reject()


def _foreseen_text(found: Erasure) -> str:
    counted = (
        (
            found.tandems,
            trn(
                "{n} tandem with all that belongs to it",
                "{n} tandems with all that belongs to them",
                found.tandems,
            ),
        ),
        (found.meetings, trn("{n} meeting", "{n} meetings", found.meetings)),
        (found.goals, trn("{n} goal", "{n} goals", found.goals)),
        (found.notes, trn("{n} note", "{n} notes", found.notes)),
        (found.skill_gaps, trn("{n} skill gap", "{n} skill gaps", found.skill_gaps)),
        (found.enrolments, trn("{n} enrolment", "{n} enrolments", found.enrolments)),
    )
    goes = [words.format(n=number_text(count)) for count, words in counted if count]
    said = [tr("The person goes with everything about them, and nothing can bring it back.")]
    if goes:
        said.append(tr("With them go: {things}.").format(things=", ".join(goes)))
    if found.mentions:
        words = trn(
            "The name also stands in {n} other text. It stays: look through it by hand.",
            "The name also stands in {n} other texts. They stay: look through them by hand.",
            found.mentions,
        )
        said.append(words.format(n=number_text(found.mentions)))
    said.append(tr("The tandem partners stay. All steps of undo are forgotten."))
    said.append(tr("All that is kept is a random number, so that no older backup brings the person back."))
    return "\n\n".join(said)


def _backup_texts(still: tuple[Kept, ...], unknown: tuple[Kept, ...], away: bool) -> list[str]:
    said = [tr("Nothing of the person is left in the vault.")]
    if still:
        words = trn(
            "{n} backup still holds the person: {when}.", "{n} backups still hold the person: {when}.", len(still)
        )
        when = "; ".join(moment_text(kept.backup) for kept in still)
        said.append(words.format(n=number_text(len(still)), when=when))
        said.append(tr("Whatever comes back from them, the person stays deleted."))
    if unknown:
        words = trn(
            "{n} backup can't be looked into, for another passphrase opens it or it has gone bad.",
            "{n} backups can't be looked into, for another passphrase opens them or they have gone bad.",
            len(unknown),
        )
        said.append(words.format(n=number_text(len(unknown))))
    if not still and not unknown:
        said.append(tr("No backup holds the person either."))
    if away:
        said.append(tr("The second place is not there now, and its copies may hold the person."))
    return said
