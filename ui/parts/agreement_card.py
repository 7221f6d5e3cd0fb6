"""What the two have agreed, ready to be printed and signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QGridLayout

from app.domain.ids import TandemId
from app.domain.tandems import Agreement
from app.i18n import tr
from app.services import tandems
from ui import theme
from ui.desk import Desk, Place
from ui.parts import buttons
from ui.parts.autosave import LongText
from ui.parts.bound import bind, finish, settle, settle_text
from ui.parts.card import Card, heading, row
from ui.parts.field import DateField, LineField
from ui.parts.meeting_form import labelled

Sign = Callable[[date | None], str]  # saves the day of signing; gives what was wrong, or ""


class AgreementCard(Card):
    """The agreement of one tandem."""

    def __init__(self, desk: Desk, sign: Sign) -> None:
        super().__init__()
        self.desk = desk
        self._tandem: TandemId | None = None
        self.print_button = buttons.secondary(tr("Print agreement"), "printer")
        self.print_button.clicked.connect(self._print)
        self.body.addLayout(row(heading(tr("Agreement")), 1, self.print_button))
        self.signed_on = DateField(tr("Signed on"))
        self.place = LineField(tr("Where they meet"))
        self.rhythm = LineField(tr("How often"))
        self.topics = LineField(tr("Topics agreed on"))
        self.confidentiality = QCheckBox(tr("Both keep what is said to themselves"))
        self.remarks = LongText(tr("Remarks"), tr("Printed with the agreement"))
        self.remarks.setFixedHeight(self.remarks.fontMetrics().lineSpacing() * 2 + theme.px(18))
        grid = QGridLayout()
        grid.setSpacing(theme.px(10))
        grid.addWidget(self.signed_on, 0, 0)
        grid.addWidget(self.rhythm, 0, 1)
        grid.addWidget(self.place, 1, 0, 1, 2)
        grid.addWidget(self.topics, 2, 0, 1, 2)
        grid.addWidget(self.confidentiality, 3, 0, 1, 2)
        grid.addWidget(labelled(tr("Remarks"), self.remarks), 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        bind(self.signed_on, sign)
        bind(self.place, lambda text: self._edit(place=text))
        bind(self.rhythm, lambda text: self._edit(rhythm=text))
        bind(self.topics, lambda text: self._edit(topics=text))
        self.confidentiality.clicked.connect(lambda checked: self._edit(confidentiality=checked))

    def show_agreement(self, tandem: TandemId, agreement: Agreement) -> None:
        """Shows the agreement; what is being typed stays."""
        other = tandem != self._tandem
        if other:
            self.flush()
        self._tandem = tandem
        settle(self.signed_on, agreement.signed_on, other=other)
        settle(self.place, agreement.place, other=other)
        settle(self.rhythm, agreement.rhythm, other=other)
        settle(self.topics, agreement.topics, other=other)
        self.confidentiality.setChecked(agreement.confidentiality)
        settle_text(
            self.remarks,
            agreement.remarks,
            lambda text: self.desk.keep(tandems.edit_agreement, tandem, remarks=text),
            other=other,
        )

    def _edit(self, **fields: object) -> str:
        """What was wrong, or ""."""
        return "" if self._tandem is None else self.desk.refusal(tandems.edit_agreement, self._tandem, **fields)

    def _print(self) -> None:
        self.flush()
        self.desk.go(Place("documents", self._tandem, "agreement"))

    def flush(self) -> None:
        finish(self.signed_on, self.place, self.rhythm, self.topics, self.remarks)
