"""The panel beside the participants: somebody's part in the programme, or what can be done with several."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import EnrolmentId
from app.domain.programmes import EnrolmentState, ProgrammeKind, Role
from app.errors import Fault
from app.i18n import tr, trn
from app.services.programmes import edit_enrolment
from ui import theme
from ui.desk import Desk, Place
from ui.parts import buttons, card
from ui.parts.autosave import SavedText
from ui.parts.bound import bind, finish, settle
from ui.parts.field import ChoiceField, NumberField
from ui.parts.flow import FlowLayout
from ui.parts.labels import role_choices
from ui.parts.participants import Part, tandem_text
from ui.parts.scroll import Scroll

MOST_PARTNERS = 9


class ParticipantPanel(card.Card):
    """Edits role, partners and expectations of one; withdraws or removes any number of those selected."""

    withdrawal_wanted = Signal()
    return_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parts: list[Part] = []
        self._shown: EnrolmentId | None = None
        self.name = card.heading("")
        self.name.setWordWrap(True)
        self.line = card.muted("", wrap=True)
        self._area = Scroll()  # large text on a small screen
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        whole = QVBoxLayout(self._inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        self._area.setWidget(self._inner)
        self.body.addWidget(self._area, 1)
        self.one = QWidget()
        column = QVBoxLayout(self.one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (self.name, self.line):
            whole.addWidget(part)
        whole.addWidget(self.one, 1)
        self.open_tandem = buttons.quiet("", "handshake")
        self.open_tandem.clicked.connect(self._go)
        self.role = ChoiceField(tr("Role"), role_choices(None))
        self.capacity = NumberField(tr("Partners at most"), 1, MOST_PARTNERS, may_be_empty=False)
        self.expectations = SavedText(tr("Expectations"), tr("What this person hopes to get, give and talk about"))
        self.expectations.setMinimumHeight(theme.px(120))
        bind(self.role, lambda role: self._edit(role=role))
        bind(self.capacity, lambda count: self._edit(capacity=count))
        label = card.PlainLabel(tr("Expectations"), weight=theme.MEDIUM)
        column.addLayout(card.row(self.open_tandem, 1))
        for widget in (self.role, self.capacity, label):
            column.addWidget(widget)
        column.addWidget(self.expectations, 1)
        self.withdraw = buttons.secondary(tr("Leave"), "log-out")
        self.withdraw.setToolTip(tr("Leaves the programme, at any time and without a reason; open tandems end."))
        self.rejoin = buttons.secondary(tr("Take part again"), "undo-2")
        self.remove = buttons.danger(tr("Remove"), "trash-2")
        self.remove.setToolTip(tr("Takes the enrolment away, as if it had never been."))
        self.withdraw.clicked.connect(self.withdrawal_wanted)
        self.rejoin.clicked.connect(self.return_wanted)
        self.remove.clicked.connect(self.removal_wanted)
        acts = FlowLayout(spacing=8)
        for button in (self.withdraw, self.rejoin, self.remove):
            acts.addWidget(button)
        whole.addLayout(acts)
        whole.addStretch(0)
        self.show_parts([])  # what is hidden takes no room, from the beginning

    def show_parts(self, parts: list[Part]) -> None:
        """Shows one part to edit, several to act on together, or what the panel is for."""
        only = parts[0] if len(parts) == 1 else None
        other = only is None or only.id != self._shown
        if other:
            self.flush()
        self._parts = parts
        self._shown = None if only is None else only.id
        self.one.setVisible(only is not None)
        self.withdraw.setVisible(any(part.enrolment.state is not EnrolmentState.WITHDRAWN for part in parts))
        self.rejoin.setVisible(
            bool(parts) and all(part.enrolment.state is EnrolmentState.WITHDRAWN for part in parts)
        )
        self.remove.setVisible(bool(parts))
        self.line.show()
        if only is not None:
            self._show_one(only, other=other)
        elif parts:
            self.name.setText(trn("{n} person selected", "{n} people selected", len(parts)).format(n=len(parts)))
            self.line.setText(tr("Withdraw or remove them together; select one of them to edit their part."))
        else:
            self.name.setText(tr("Nobody selected"))
            self.line.setText(tr("Select somebody to see and change their role, partners and expectations."))

    def start(self) -> None:
        """Puts the cursor into the first field, and that into view."""
        first = next(one for one in (self.role, self.capacity, self.expectations.text) if not one.isHidden())
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(first))  # once it has its place

    def _show_one(self, part: Part, *, other: bool) -> None:
        person, enrolment = part.person, part.enrolment
        self.name.setText(person.full_name)
        self.line.setText(" \u00b7 ".join(word for word in (person.position, person.department) if word))
        self.line.setVisible(bool(self.line.text()))
        self.open_tandem.setVisible(bool(part.tandems))
        self.open_tandem.set_text(tr("Tandem {numbers}").format(numbers=tandem_text(part)))
        mutual = part.kind is ProgrammeKind.MUTUAL
        self.role.set_choices(role_choices(part.kind, enrolment.role))
        self.role.setVisible(not mutual or enrolment.role is not Role.BOTH)  # where there is but one, none is asked
        settle(self.role, enrolment.role, other=other)
        self.capacity.setVisible(enrolment.teaches and not mutual)
        settle(self.capacity, enrolment.capacity, other=other)
        identity = enrolment.id
        if not self.expectations.text.timer.isActive():
            self.expectations.bind(enrolment.expectations, lambda text: self._keep_expectations(identity, text))

    def _keep_expectations(self, identity: EnrolmentId, text: str) -> bool:
        from_now = next((part for part in self._parts if part.id == identity), None)
        if from_now is not None and from_now.enrolment.expectations == text:
            return True
        try:
            self._desk.do(edit_enrolment, identity, expectations=text)
        except Fault as fault:
            self._desk.say_fault(fault)
            return False
        return True

    def _edit(self, **fields: object) -> str:
        """What was wrong, or ""."""
        return "" if self._shown is None else self._desk.refusal(edit_enrolment, self._shown, **fields)

    def _go(self) -> None:
        if self._parts and self._parts[0].tandems:
            self._desk.go(Place("tandem", self._parts[0].tandems[0].id))

    def flush(self) -> None:
        """Saves what is half-typed."""
        finish(self.capacity)
        self.expectations.flush()
