"""Records of supervisors that run in a circle, above the plan: who is in it, and the way to set it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.people import Person
from app.i18n import number_text, tr, trn
from app.store import people
from ui import theme
from ui.desk import Desk, Place
from ui.parts.banner import Banner
from ui.parts.pairing_work import Outcome

MOST_CIRCLES, MOST_LINKS = 2, 4
Circle = tuple[Person, ...]  # upwards: each has the next as supervisor, the last the first


def circle_text(circle: Circle) -> str:
    """Who reports to whom all round, and what the pairing makes of it."""
    if len(circle) == 1:
        return tr("{name} is recorded as their own supervisor.").format(name=circle[0].full_name)
    links = [
        tr("{name} reports to {other}").format(name=one.full_name, other=other.full_name)
        for one, other in zip(circle, (*circle[1:], circle[0]), strict=True)
    ]
    more = len(links) - MOST_LINKS
    if more > 0:
        links = [*links[:MOST_LINKS], trn("and {n} more", "and {n} more", more).format(n=number_text(more))]
    said = tr("Supervisors in a circle: {links}.").format(links=", ".join(links))
    advice = tr("Until that is set right, each of them counts as above the others.")
    return f"{said} {advice}"


class Circles(QWidget):
    """Stands at the top of the page while somebody of the programme is in or below a circle; closed until another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: Mapping[PersonId, PersonId | None] = {}
        self._shown: list[str] = []
        self.banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.hide()

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Looks again only where the people are others: a weight that moves changes no supervisor."""
        if outcome is not None and outcome.basis.supervisors is self._known:
            return
        self._known = {} if outcome is None else outcome.basis.supervisors
        circles = () if outcome is None else self._found(outcome)
        texts = [circle_text(circle) for circle in circles]
        if texts != self._shown:
            self._shown = texts
            self._show(circles)

    def _found(self, outcome: Outcome) -> tuple[Circle, ...]:
        """Each begins with somebody of the programme, where there is one in it."""
        enrolled = {one.person.id: one.person for one in outcome.basis.participants.values()}
        found = []
        for ids in outcome.circles:
            first = next((at for at, one in enumerate(ids) if one in enrolled), 0)
            told = [enrolled.get(one) or people.person(self._desk.vault, one) for one in (*ids[first:], *ids[:first])]
            found.append(tuple(one for one in told if one is not None))
        return tuple(filter(None, found))

    def _show(self, circles: Sequence[Circle]) -> None:
        for banner in self.banners:
            banner.let_go()
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.banners = []
        for at, circle in enumerate(circles[:MOST_CIRCLES]):
            text, more = circle_text(circle), len(circles) - MOST_CIRCLES
            if at == MOST_CIRCLES - 1 and more > 0:
                words = trn("There is {n} more such circle.", "There are {n} more such circles.", more)
                text = f"{text} {words.format(n=number_text(more))}"
            banner = Banner("warn", text, tr("Go to {name}").format(name=circle[0].full_name))
            banner.acted.connect(partial(self._go, circle[0].id))
            banner.closed.connect(partial(self._close, banner))
            self._column.addWidget(banner)
            self.banners.append(banner)
        self.setVisible(bool(self.banners))
        for banner in self.banners:
            banner.announce()

    def _go(self, person: PersonId) -> None:
        self._desk.go(Place("people", person))

    def _close(self, banner: Banner) -> None:
        self.banners.remove(banner)
        self._column.removeWidget(banner)
        banner.deleteLater()
        self.setVisible(bool(self.banners))
