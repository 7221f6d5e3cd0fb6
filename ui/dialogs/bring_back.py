"""Single records out of a backup: choose people, tandems, programmes or notes, see what is left of them today."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.domain.kinds import Kind
from app.domain.text import fold
from app.errors import Cancelled, Fault
from app.i18n import number_text, tr, trn
from app.services.bring_back import Return, bring_back
from app.store.backups import Backup
from app.store.excerpts import Entry, State, What, entries, left_out, several
from app.store.unlocking import Secret
from ui import tasks, theme
from ui.calm import undisturbed
from ui.desk import MANY, Desk
from ui.parts import buttons, card, veil
from ui.parts.backup_state import moment_text
from ui.parts.banner import Banner, Tone
from ui.parts.dialog import Dialog
from ui.parts.search import SearchField
from ui.parts.table import Column, RecordModel, RecordTable
from ui.parts.thin_bar import ThinBar
from ui.words import sentence

READ = 0.3  # of the work is reading the backup


class BringBack(Dialog):
    """Takes what is selected, all of it one step of undo, and again; ends when it is closed."""

    def __init__(
        self, desk: Desk, backup: Backup, parent: QWidget | None = None, secret: Secret | None = None
    ) -> None:
        """``secret`` opens a backup that was made before the passphrase was changed."""
        super().__init__(parent)
        self._desk, self._backup, self._secret = desk, backup, secret
        self._entries: tuple[Entry, ...] = ()
        self._erased = 0  # people of the backup who were deleted for good since
        self._banner: Banner | None = None
        self._task: tasks.Task | None = None
        self.what = What.PERSON if desk.vault.kind == "programme" else What.NOTE
        self.setWindowTitle(tr("Take single records from a backup"))
        self.resize(theme.px(720), theme.px(560))
        self._column = card.column(spacing=12)
        self._column.setContentsMargins(*[theme.px(24)] * 4)
        self._column.addWidget(card.heading(tr("From the backup of {moment}").format(moment=moment_text(backup))))
        self.hint = card.muted("", wrap=True)
        self._column.addWidget(self.hint)
        self._build_list()
        self.take = buttons.primary(tr("Bring back"), "download")
        self.take.clicked.connect(self._take)
        self.close_button = buttons.secondary(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.busy = ThinBar(tr("Bringing back …"), 1000)
        self.busy.hide()
        self._column.addWidget(self.busy)
        self._column.addLayout(card.row(1, self.close_button, self.take, spacing=10))
        self.setLayout(self._column)
        self._explain()
        self._enable()
        self._load()

    def _build_list(self) -> None:
        self._kinds = QButtonGroup(self)
        self.kinds: dict[What, QRadioButton] = {}
        words = {
            What.PERSON: tr("People"),
            What.TANDEM: tr("Tandems"),
            What.PROGRAMME: tr("Programmes"),
            What.NOTE: tr("Notes"),
        }
        for what in What:
            button = QRadioButton(words[what])
            button.setChecked(what is self.what)
            button.clicked.connect(lambda _=False, chosen=what: self._choose(chosen))
            self._kinds.addButton(button)
            self.kinds[what] = button
        self.search = SearchField(tr("Search"))
        self.search.textChanged.connect(lambda _: self._filter())
        self._column.addLayout(card.row(*self.kinds.values(), 1, self.search, spacing=14))
        self._model = RecordModel[Entry](_columns(), _title, record_id=lambda entry: entry.id)
        self.search.tell_of(self._model)
        veil.changed.connect(self._filter)  # titles of notes are private text
        self.table = RecordTable[Entry](self._model, tr("What the backup holds"))
        self.table.selection_changed.connect(self._enable)
        self.table.opened.connect(lambda _: self._take())
        self._column.addWidget(self.table, 1)

    def _choose(self, what: What) -> None:
        self.what = what
        self._explain()
        self._entries = ()  # until theirs are read, nothing of another kind can be taken
        self._filter()
        self._load()

    def _explain(self) -> None:
        """What becomes of a record of this kind."""
        several = tr("Hold Ctrl or Shift to choose several: they come back in one step, and undo takes it back.")
        if self.what is What.PROGRAMME:
            how = tr(
                "A programme comes back with its participants, tandems, meetings, goals and the notes on them. What is"
                " there today stays as it is; only what is missing is added."
            )
        else:
            how = tr(
                "A record comes back as it was then, with all that belongs to it. What was added to it since stays."
            )
        away = [stay_away_text(self._erased)] if self._erased else []
        self.hint.setText(" ".join([how, several, *away]))

    def _load(self) -> None:
        """Reads the list of the backup, off the main thread."""
        what, desk, backup, secret = self.what, self._desk, self._backup, self._secret

        def job(_: tasks.Task) -> tuple[tuple[Entry, ...], int]:
            with desk.vault.reading(backup, secret) as then:
                return entries(then, desk.vault, what), len(left_out(then, desk.vault).of("person"))

        def done(found: tuple[tuple[Entry, ...], int]) -> None:
            if what is self.what:
                self._entries, self._erased = found
                self._explain()
                self._filter()

        tasks.run(job, done, self._failed, owner=self)

    def _filter(self) -> None:
        words = fold(self.search.text()).split()
        shown = [one for one in self._entries if all(word in fold(f"{one.title} {one.detail}") for word in words)]
        self._model.set_records(shown)
        if shown and self.table.current_record() is None:
            self.table.choose(shown[0].id)
        self._enable()

    def wanted(self) -> list[Entry]:
        """What is selected and not as it was then."""
        return [one for one in self.table.selected_records() if one.state is not State.SAME]

    def _enable(self) -> None:
        n = len(self.wanted())
        words = trn("Bring this one back", "Bring {n} back", n) if n else tr("Bring back")
        self.take.set_text(words.format(n=number_text(n)))
        self.take.setEnabled(n > 0 and self._task is None)

    def _take(self) -> None:
        wanted = self.wanted()
        if not wanted or self._task is not None:
            return
        if self.what is What.PROGRAMME or len(wanted) > MANY:
            self._take_slowly(wanted)
            return
        try:
            with self._desk.vault.reading(self._backup, self._secret) as then:
                found = several(then, self._desk.vault, self.what, [one.id for one in wanted])
            came = self._desk.do(bring_back, *found)
        except Fault as fault:
            self._failed(fault)
            return
        self._taken(came)

    def _taken(self, came: Return) -> None:
        self._say("ok", " ".join(return_sentences(came, self.what)))
        self._load()

    def _take_slowly(self, wanted: list[Entry]) -> None:
        """Off the main thread, with its progress; Close is Cancel meanwhile."""
        desk, backup, secret, what = self._desk, self._backup, self._secret, self.what
        desk.flushing.emit()

        def job(task: tasks.Task) -> tuple[Return, frozenset[Kind]]:
            with undisturbed():
                with desk.vault.reading(backup, secret) as then:
                    ids = [one.id for one in wanted]
                    found = several(then, desk.vault, what, ids, lambda share: task.step(READ * share))
                step = lambda share: task.step(READ + (1 - READ) * share)  # noqa: E731
                return desk.do_aside(task, bring_back, *found, step=step)

        def done(ended: tuple[Return, frozenset[Kind]]) -> None:
            self._run(None)
            if not desk.vault.closed:  # locked meanwhile
                desk.tell(ended[1])
                self._taken(ended[0])

        def failed(fault: Fault) -> None:
            self._run(None)
            if isinstance(fault, Cancelled):
                self._say("info", tr("Cancelled: nothing was brought back."))
            else:
                self._failed(fault)

        self._run(tasks.run(job, done, failed, lambda share: self.busy.setValue(round(share * 1000)), owner=self))

    def _run(self, task: tasks.Task | None) -> None:
        """Shows that something is brought back, or that it is over."""
        self._task = task
        free = task is None
        self.busy.setValue(0)
        self.busy.setHidden(free)
        for piece in (*self.kinds.values(), self.search, self.table):
            piece.setEnabled(free)
        self.close_button.set_text(tr("Close") if free else tr("Cancel"))
        self.close_button.setEnabled(True)
        self._enable()
        (self.table if free else self.close_button).setFocus()

    def reject(self) -> None:
        """Closes; while something is brought back, stops that instead: the work itself says when it has."""
        if self._task is None:
            super().reject()
        else:
            self._task.cancel()
            self.close_button.setEnabled(False)

    def _failed(self, fault: Fault) -> None:
        self._say("danger", sentence(fault))

    def _say(self, tone: Tone, text: str) -> None:
        if self._banner is not None:
            self._banner.deleteLater()
        self._banner = Banner(tone, text, closable=False)
        self._column.insertWidget(2, self._banner)
        self._banner.announce()


def return_sentences(came: Return, what: What) -> list[str]:
    """What came back, and each thing that is not as it was."""
    n = came.records
    back = (
        trn("What was missing of it is back.", "What was missing of {n} programmes is back.", n)
        if what is What.PROGRAMME
        else trn("It is back as it was.", "{n} records are back as they were.", n)
    )
    found = [back.format(n=number_text(n))]
    if came.with_it:
        words = trn(
            "{n} record that it can't be without came back with it.",
            "{n} records that it can't be without came back with it.",
            came.with_it,
        )
        found.append(words.format(n=number_text(came.with_it)))
    if came.people:
        words = trn(
            "{n} person is in the list of people again with it.",
            "{n} people are in the list of people again with it.",
            came.people,
        )
        found.append(words.format(n=number_text(came.people)))
    if came.perhaps_erased:
        found.append(tr("Whoever was deleted for good with an earlier version of the program has to be deleted again."))
    if came.erased:
        found.append(stay_away_text(came.erased))
    if came.ended and n == 1:
        found.append(tr("Somebody in it has another tandem today, so it came back as an ended one."))
    elif came.ended:
        found.append(tr("Where somebody has another tandem today, a tandem came back as an ended one."))
    if came.renumbered and n > 1:
        found.append(tr("Where a number was taken, a tandem got the next one."))
    elif came.renumbered:
        found.append(tr("Its number was taken, so it got the next one."))
    if came.loosened:
        words = trn(
            "{n} reference to a record that is gone was left empty.",
            "{n} references to records that are gone were left empty.",
            came.loosened,
        )
        found.append(words.format(n=number_text(came.loosened)))
    if came.left_out:
        words = trn(
            "{n} wish, veto or rivalry was left out: the other person is gone.",
            "{n} wishes, vetoes or rivalries were left out: the other person is gone.",
            came.left_out,
        )
        found.append(words.format(n=number_text(came.left_out)))
    return found


def stay_away_text(n: int) -> str:
    """That people of a backup stay away who were deleted for good since, and what went with them."""
    words = trn(
        "{n} person who was deleted for good stays away, with all that went with them.",
        "{n} people who were deleted for good stay away, with all that went with them.",
        n,
    )
    return words.format(n=number_text(n))


def _hidden(entry: Entry) -> bool:
    return entry.what is What.NOTE and veil.hidden()


def _title(entry: Entry) -> str:
    return tr("Private text is hidden.") if _hidden(entry) else entry.title or tr("(no title)")


def _detail(entry: Entry) -> str:
    if entry.what is What.PROGRAMME:
        people = trn("{n} person", "{n} people", entry.people).format(n=number_text(entry.people))
        tandems = trn("{n} tandem", "{n} tandems", entry.tandems).format(n=number_text(entry.tandems))
        return f"{people} · {tandems}"
    return "" if _hidden(entry) else " ".join(entry.detail.split())


def _columns() -> tuple[Column[Entry], ...]:
    words = {State.GONE: tr("Removed"), State.CHANGED: tr("Changed"), State.SAME: tr("Unchanged")}

    def since(entry: Entry) -> str:
        if entry.what is What.PROGRAMME and entry.state is not State.GONE:
            return tr("Parts missing") if entry.state is State.CHANGED else tr("Nothing missing")
        return words[entry.state]

    tones = {State.GONE: "danger", State.CHANGED: "warn", State.SAME: "muted"}
    return (
        Column(key="title", title=tr("Record"), text=_title, width=260),
        Column(key="detail", title=tr("About"), text=_detail, width=220),
        Column(
            key="state",
            title=tr("Since then"),
            text=since,
            kind="pill",
            tone=lambda entry: tones[entry.state],
            width=150,
        ),
    )
