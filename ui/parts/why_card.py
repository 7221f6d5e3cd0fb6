"""Why two people were put together, and whom each of them would have had instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PersonId, TandemId, TopicId
from app.domain.people import Person
from app.domain.programmes import Criterion, Rule
from app.domain.tandems import OPEN_STATES, Reason, Tandem, TandemSide
from app.i18n import language, number_text, tr
from app.store import alternatives, people, publishings, tandems, topics
from app.store.vault import Source
from ui import theme
from ui.parts import buttons
from ui.parts.card import Card, PlainLabel, heading, muted, row
from ui.parts.pairing_words import FULL, for_and_against

MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Other:
    """The alternative of one of the two; ``tandem``: the number of that in which they are by now, if in one."""

    of: Person
    other: Person
    score: int
    tandem: int | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What is told of a tandem. Who asked for whom is not among it."""

    score: int
    pros: tuple[str, ...]
    con: str
    others: tuple[Other, ...]


def read_why(source: Source, tandem: Tandem, members: Mapping[PersonId, Person]) -> Why | None:
    """None for a tandem of which nobody knows why."""
    reasons = [one for one in tandem.reasons if one.criterion != Criterion.WISHES]
    if not reasons:
        return None
    spoken = language()
    names = {topic.id: topic.name(spoken) for topic in topics.all_topics(source)}
    pros, con = _told(reasons, publishings.warnings_of(source, tandem.id), names)
    return Why(tandem.score, pros, con, _others(source, tandem, members))


def _told(
    reasons: Sequence[Reason], warnings: Sequence[str], names: Mapping[TopicId, str]
) -> tuple[tuple[str, ...], str]:
    """A confidential warning is no Rule's word and is left out."""
    known = [Rule(one) for one in warnings if one in set(Rule)]
    return for_and_against(reasons, known, names, MOST_REASONS)


def _others(source: Source, tandem: Tandem, members: Mapping[PersonId, Person]) -> tuple[Other, ...]:
    found = alternatives.of_tandem(source, tandem.id)
    told = []
    for side in TandemSide:
        of = next((members[one.person] for one in tandem.on(side) if one.person in members), None)
        other = people.person(source, found[side][0]) if side in found else None
        if of is not None and other is not None:
            told.append(Other(of, other, found[side][1], _taken(source, tandem, other.id)))
    return tuple(told)


def _taken(source: Source, tandem: Tandem, other: PersonId) -> int | None:
    """The number of another open tandem of the programme that they are in."""
    theirs = (one for one in tandems.of_person(source, other) if one.programme == tandem.programme)
    return next((one.number for one in theirs if one.state in OPEN_STATES and one.id != tandem.id), None)


class WhyCard(Card):
    """Hidden where nothing is known. ``asked`` gives the id of a person whose page is wanted."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.tandem: TandemId | None = None
        self._shown: Why | None = None
        self.heading = heading(tr("Why these two"))
        self.score = muted("", wrap=True)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.score)
        self.pros = PlainLabel("", wrap=True, selectable=True)
        self.con = PlainLabel("", wrap=True, selectable=True)
        self.body.addWidget(self.pros)
        self.body.addWidget(self.con)
        self.rest: QWidget | None = None
        self.links: list[buttons.Button] = []
        self.hide()

    def show_why(self, tandem: TandemId, why: Why | None) -> None:
        self.setVisible(why is not None)
        if why is None or (why == self._shown and tandem == self.tandem):
            return
        self.tandem, self._shown = tandem, why
        points = number_text(why.score)
        self.score.setText(
            tr("{points} of {all} points when they were paired").format(points=points, all=number_text(FULL))
        )
        self.pros.setText(tr("For it: {reasons}").format(reasons="; ".join(why.pros)))
        self.pros.setVisible(bool(why.pros))
        self.con.setText(tr("Against it: {reason}").format(reason=why.con))
        self.con.setVisible(bool(why.con))
        self._show_others(why.others)

    def _show_others(self, others: Sequence[Other]) -> None:
        held = any(one.hasFocus() for one in self.links)
        if self.rest is not None:
            self.body.removeWidget(self.rest)
            self.rest.hide()
            self.rest.deleteLater()
            self.rest, self.links = None, []
        if not others:
            return
        self.rest = QWidget()
        lines = QVBoxLayout(self.rest)
        lines.setContentsMargins(0, theme.px(4), 0, 0)
        lines.setSpacing(theme.px(4))
        lines.addWidget(PlainLabel(tr("If it should not work out"), weight=theme.SEMIBOLD))
        for one in others:
            lines.addLayout(self._line(one))
        self.body.addWidget(self.rest)
        if held:
            self.links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, one: Other) -> QVBoxLayout:
        words = tr("Alternative for {name} ({points} points):")
        said = words.format(name=one.of.full_name, points=number_text(one.score))
        link = buttons.quiet(one.other.full_name, "user")
        link.setAccessibleName(tr("{other}: show in People").format(other=one.other.full_name))
        link.setToolTip(tr("Show in People"))
        link.clicked.connect(lambda _checked=False, person=one.other.id: self.asked.emit(person))
        self.links.append(link)
        line = QVBoxLayout()
        line.setSpacing(0)
        line.addWidget(muted(said, wrap=True))
        taken = "" if one.tandem is None else tr("now in tandem {n}").format(n=one.tandem)
        link.setAccessibleDescription(" ".join(filter(None, (said, taken))))
        line.addLayout(row(link, muted(taken), 1))
        return line
