"""Publishing a plan or single pairs of it: the tandems, and what can be printed for them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PublishingId, TandemId
from app.i18n import number_text, tr, trn
from app.services import drafts
from app.services.alternatives import account_to_publish
from app.services.plans import Basis
from app.store import publishings
from ui import theme
from ui.desk import Desk, Place
from ui.parts.banner import Banner
from ui.parts.pairing_work import AT_ONCE, Outcome

if TYPE_CHECKING:
    from app.pairing.plan import ProposedPair


Sure = Callable[[QWidget, Basis, "Sequence[ProposedPair]"], "Sequence[ProposedPair]"]


class Publisher(QWidget):
    """Makes tandems of pairs; then stands at the top of the page and offers their letters until it is closed."""

    published = Signal()

    def __init__(self, desk: Desk, sure: Sure) -> None:
        """``sure`` gives those of the pairs that are to be made, perhaps after a question."""
        super().__init__()
        self._desk, self._sure = desk, sure
        self._last: PublishingId | None = None
        self._programme = desk.programme
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(4))
        self.hide()

    def publish(self, outcome: Outcome, pairs: Sequence[ProposedPair]) -> None:
        """One step: the tandems with how their plan came to be. A large plan is told off the main thread.

        Kept pairs that break a rule which has to hold, perhaps one that came later, are made only when asked for.
        """
        pairs = self._sure(self, outcome.basis, pairs)
        if not pairs:
            return
        programme, basis = outcome.basis.programme.id, outcome.basis
        if len(basis.places) * len(basis.waiting) > AT_ONCE:
            title = tr("The tandems are being made")
            self._desk.do_slowly(title, self._made, drafts.publish, programme, pairs)
            return
        account = account_to_publish(basis, outcome.round, outcome.plan, [pair.ids for pair in pairs])
        made = self._desk.attempt(drafts.publish, programme, pairs, account)
        if made is not None:
            self._made(made)

    def _made(self, made: tuple[TandemId, ...]) -> None:
        words = trn("{n} tandem is now proposed", "{n} tandems are now proposed", len(made))
        said = words.format(n=number_text(len(made)))
        if made:
            self._offer(publishings.of_tandem(self._desk.vault, made[0]), len(made))
        self._desk.say(said, undo=True)
        self.published.emit()

    def _offer(self, publishing: PublishingId | None, count: int) -> None:
        self.close_offer()
        if publishing is None:
            return
        self._last, self._programme = publishing, self._desk.programme
        words = trn(
            "Both of the new tandem can get a letter that says who with whom.",
            "Everybody in the {n} new tandems can get a letter that says who with whom.",
            count,
        )
        banner = Banner("ok", words.format(n=number_text(count)), tr("Print the letters"))
        banner.acted.connect(self.go_to_letters)
        banner.closed.connect(self.close_offer)
        self.banner = banner
        self._column.addWidget(banner)
        self.show()

    def go_to_letters(self) -> None:
        """To the letters of exactly these tandems."""
        if self._last is not None:
            self._desk.go(Place("documents", self._last, "letters"))

    def look_again(self) -> None:
        """What was undone or dissolved since needs no letter, and another programme has none to offer."""
        if self._last is not None and (
            self._programme != self._desk.programme or not publishings.tandems_of(self._desk.vault, self._last)
        ):
            self.close_offer()

    def close_offer(self) -> None:
        if self.banner is not None:
            self.banner.let_go()
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
        self.banner, self._last = None, None
        self.hide()
