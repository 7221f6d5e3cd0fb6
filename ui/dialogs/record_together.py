"""What several tandems did on one day, written down at once: consents, signed agreements, a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.ids import TandemId
from app.domain.meetings import Meeting
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import OPEN_STATES, Tandem, TandemSide, TandemState
from app.i18n import tr, trn
from app.services import together
from app.services.together import Recorded
from ui import theme
from ui.parts import buttons, card
from ui.parts.dates import read_date
from ui.parts.dialog import Dialog
from ui.parts.field import ChoiceField, DateField, NumberField
from ui.parts.meeting_list import USUAL_MINUTES
from ui.parts.spoken import SpokenLabel

Planned = Mapping[TandemId, Sequence[Meeting]]


class RecordTogether(Dialog):
    """Says before the click how many records there will be. Ends accepted with the day ``on``."""

    def __init__(self, parent: QWidget | None, title: str, day: str, chosen: Sequence[Tandem]) -> None:
        super().__init__(parent)
        self.chosen = tuple(chosen)
        self.on = date.today()
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(480))
        self.day = DateField(day)
        self.day.set_value(self.on)
        self.said = SpokenLabel(wrap=True, weight=theme.MEDIUM)
        self.carried = card.muted("", wrap=True)
        self.left_out = card.muted("", wrap=True)
        self.record = buttons.primary(title, "check")
        self.record.setDefault(True)
        self.record.clicked.connect(self._accept)
        self.cancel = buttons.secondary(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        column = card.column(card.heading(title), *self.fields(), self.said, self.carried, self.left_out,
                             spacing=12)  # fmt: skip
        column.addLayout(card.row(1, self.cancel, self.record, spacing=10))
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)
        self.day.input.textChanged.connect(self.count_again)
        self.count_again()

    def fields(self) -> list[QWidget]:
        """What is asked, from the top."""
        return [self.day]

    def count(self, on: date) -> int:
        """How many records there will be."""
        raise NotImplementedError

    def words(self, n: int) -> tuple[str, str]:
        """What will happen, as a sentence and as a button."""
        raise NotImplementedError

    def carries(self, on: date) -> Recorded:  # noqa: ARG002 -- no record but some carries a tandem on
        """How many tandems become agreed or active by these records."""
        return Recorded(count=0)

    def others(self) -> str:
        """Which of the tandems are left out, and why; "" for none."""
        over = sum(one.state not in OPEN_STATES for one in self.chosen)
        words = trn("{n} tandem is over and left out.", "{n} tandems are over and left out.", over)
        return words.format(n=over) if over else ""

    def count_again(self) -> None:
        on = self._typed()
        if on is not None and self.day.error():
            self.day.set_error("")  # it was wrong before
        n = 0 if on is None else self.count(on)
        said, button = self.words(n)
        self.said.setText(tr("Please enter the day.") if on is None else said)
        self.record.set_text(button)
        self.record.setEnabled(n > 0)
        self.carried.setText("" if on is None else _carried_text(self.carries(on)))
        self.carried.setVisible(bool(self.carried.text()))
        self.left_out.setText(self.others())
        self.left_out.setVisible(bool(self.left_out.text()))

    def _typed(self) -> date | None:
        """The day that stands there, also before the field is left."""
        try:
            return read_date(self.day.input.text())
        except ValueError:
            return None

    def _accept(self) -> None:
        self.day.finish()
        on = self.day.value()
        if on is not None and not self.day.error() and self.count(on):
            self.on = on
            self.accept()


def _carried_text(recorded: Recorded) -> str:
    """What follows from the records by itself, in sentences; "" for nothing."""
    parts = []
    if recorded.agreed:
        said = trn("{n} tandem is agreed with it.", "{n} tandems are agreed with it.", recorded.agreed)
        parts.append(said.format(n=recorded.agreed))
    if recorded.active:
        said = trn("{n} tandem becomes active with it.", "{n} tandems become active with it.", recorded.active)
        parts.append(said.format(n=recorded.active))
    return " ".join(parts)


class RecordConsents(RecordTogether):
    """Ends accepted with ``sides()`` and ``on``."""

    def __init__(self, parent: QWidget | None, chosen: Sequence[Tandem], kind: ProgrammeKind) -> None:
        self._mutual = kind is ProgrammeKind.MUTUAL
        super().__init__(parent, tr("Record consents"), tr("Consented on"), chosen)

    def fields(self) -> list[QWidget]:
        choices = [
            (together.BOTH_SIDES, tr("Both sides")),
            (frozenset({TandemSide.MENTOR}), tr("Mentors only")),
            (frozenset({TandemSide.MENTEE}), tr("Mentees only")),
        ]
        self.whose = ChoiceField(tr("Whose consents"), choices)
        self.whose.edited.connect(self.count_again)
        return [self.day] if self._mutual else [self.whose, self.day]

    def sides(self) -> frozenset[TandemSide]:
        return together.BOTH_SIDES if self._mutual else self.whose.value()

    def count(self, on: date) -> int:  # noqa: ARG002 -- a consent is open on any day
        return len(together.open_consents(self.chosen, self.sides()))

    def carries(self, on: date) -> Recorded:
        return together.with_consents(self.chosen, self.sides(), on)

    def words(self, n: int) -> tuple[str, str]:
        said = trn(
            "{n} consent is still open and will be recorded. Those recorded before keep their day.",
            "{n} consents are still open and will be recorded. Those recorded before keep their day.", n,
        )  # fmt: skip
        button = trn("Record {n} consent", "Record {n} consents", n).format(n=n)
        return said.format(n=n) if n else tr("No consent is open here."), button


class RecordAgreements(RecordTogether):
    """Ends accepted with ``on``."""

    def __init__(self, parent: QWidget | None, chosen: Sequence[Tandem]) -> None:
        super().__init__(parent, tr("Record signed agreements"), tr("Signed on"), chosen)

    def count(self, on: date) -> int:  # noqa: ARG002 -- an agreement is unsigned on any day
        return len(together.open_agreements(self.chosen))

    def carries(self, on: date) -> Recorded:
        return together.with_agreements(self.chosen, on)

    def words(self, n: int) -> tuple[str, str]:
        said = trn(
            "{n} agreement is not signed yet and will be recorded. Those signed before keep their day.",
            "{n} agreements are not signed yet and will be recorded. Those signed before keep their day.", n,
        )  # fmt: skip
        button = trn("Record {n} agreement", "Record {n} agreements", n).format(n=n)
        return said.format(n=n) if n else tr("Every agreement here is signed."), button


class RecordMeetings(RecordTogether):
    """Ends accepted with ``on`` and ``minutes.value()``."""

    def __init__(self, parent: QWidget | None, chosen: Sequence[Tandem], planned: Planned) -> None:
        """``planned``: the meetings of each tandem."""
        self._planned = planned
        super().__init__(parent, tr("Record a meeting for each"), tr("Met on"), chosen)

    def fields(self) -> list[QWidget]:
        self.minutes = NumberField(tr("Minutes"), 0, 1440)
        self.minutes.set_value(USUAL_MINUTES)
        return [self.day, self.minutes]

    def count(self, on: date) -> int:
        return 0 if on > date.today() else len(together.next_meetings(self.chosen, self._planned, on))

    def words(self, n: int) -> tuple[str, str]:
        said = trn(
            "The next planned meeting of {n} tandem is recorded as held.",
            "The next planned meeting of {n} tandems is recorded as held.", n,
        )  # fmt: skip
        button = trn("Record {n} meeting", "Record {n} meetings", n).format(n=n)
        if (self._typed() or date.min) > date.today():
            return tr("A meeting can have been held today or before."), button
        return said.format(n=n) if n else tr("No meeting is open here on this day."), button

    def others(self) -> str:
        idle = sum(one.state is not TandemState.ACTIVE for one in self.chosen)
        words = trn("{n} tandem is not active and left out.", "{n} tandems are not active and left out.", idle)
        return words.format(n=idle) if idle else ""

    def _accept(self) -> None:
        self.minutes.finish()
        if not self.minutes.error():
            super()._accept()
