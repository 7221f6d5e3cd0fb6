"""Career levels that a file gives by name: each name with how many people have it, and the level it stands for here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.people import LOWEST_LEVEL, TOP_LEVEL
from app.exchange.grades import GradeSign, Guess, guesses
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts.card import muted, subheading
from ui.parts.editors import ChoiceField, Labelled

MOST_GRADES = 24
SAID = 6  # names of a kind in the preview
_ACROSS = 3


def why_text(guess: Guess) -> str:
    """Where a proposal comes from."""
    if guess.sign is GradeSign.KNOWN:
        return tr("as in the import before")
    if guess.sign is GradeSign.ALIKE:
        return tr("proposed: like “{name}” before").format(name=guess.like)
    return tr("proposed: the number in the name")


class GradeLevels(QWidget):
    """A choice for each name, with a proposal where something tells; hidden where the file has none."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: dict[str, ChoiceField] = {}
        self._lines: dict[str, Labelled] = {}
        self._grades: dict[str, int] = {}
        self._guesses: dict[str, Guess] = {}
        self._decided: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(subheading(tr("Career levels by name")))
        self.said = muted("", wrap=True)
        column.addWidget(self.said)
        self._place = QWidget()
        column.addWidget(self._place)
        self.hide()

    def show_grades(self, grades: Mapping[str, int], known: Mapping[str, int]) -> None:
        """``grades``: the names with how many people have each; ``known``: the levels of imports before."""
        self.setVisible(bool(grades))
        if grades == self._grades:
            return
        kept = {name: self.choices[name].value() for name in self._decided if name in self.choices}
        self._grades = dict(grades)
        asked = list(grades)[:MOST_GRADES]
        self._guesses = guesses(asked, known)
        self._decided = {name for name in kept if name in asked}
        self.choices, self._lines = {}, {}
        asks = tr("Which level from 1 (top) to 9 is meant? A name without one leaves the level of its people as it is.")
        self.said.setText(f"{asks} {self._rest_text()}".strip())
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(14))
        for place, name in enumerate(asked):
            grid.addWidget(self._line(name, kept), place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % _ACROSS, 1)
        lay = self.layout()
        assert lay is not None
        lay.replaceWidget(self._place, fresh)
        self._place.deleteLater()
        self._place = fresh

    def _line(self, name: str, kept: Mapping[str, int | None]) -> Labelled:
        choice = ChoiceField([
            (None, tr("no level")), *((level, str(level)) for level in range(TOP_LEVEL, LOWEST_LEVEL + 1))
        ])  # fmt: skip
        guess = self._guesses.get(name)
        choice.show_value(kept.get(name, None if guess is None else guess.level))
        choice.committed.connect(lambda _: self._decide(name))
        choice.activated.connect(lambda _: self._confirm(name))
        line = Labelled(name, choice)
        line.label.setText(f"{name} ({number_text(self._grades[name])})")
        self.choices[name], self._lines[name] = choice, line
        self._tell(name)
        return line

    def _decide(self, name: str) -> None:
        self._decided.add(name)
        self._tell(name)
        self.changed.emit()

    def _confirm(self, name: str) -> None:
        """To choose what was proposed is a decision too."""
        if name not in self._decided:
            self._decide(name)

    def _tell(self, name: str) -> None:
        """Below a choice where it comes from, as long as nobody has decided; a screen reader hears the people too."""
        guess = None if name in self._decided else self._guesses.get(name)
        why = "" if guess is None else why_text(guess)
        self._lines[name].set_warning(why)
        n = self._grades[name]
        people = trn("{n} person", "{n} people", n).format(n=number_text(n))
        self.choices[name].setAccessibleDescription(" · ".join(filter(None, (people, why))))

    def _rest_text(self) -> str:
        rest = len(self._grades) - MOST_GRADES
        if rest <= 0:
            return ""
        text = trn("{n} rarer name is not asked for.", "{n} rarer names are not asked for.", rest)
        return text.format(n=number_text(rest))

    def levels(self) -> dict[str, int]:
        """The level of each name that has one."""
        return {name: level for name, level in self.told().items() if level is not None}

    def told(self) -> dict[str, int | None]:
        """What is to be remembered: the level of each name that was asked for, None for none."""
        return {name: choice.value() for name, choice in self.choices.items()}

    def summary(self) -> str:
        """For the preview: which name becomes what, what was only proposed, and who stays without."""
        levels, lines = self.levels(), []
        guessed = [one for one in levels if one not in self._decided and self._guesses[one].sign is not GradeSign.KNOWN]
        sure = [name for name in levels if name not in guessed]
        for words, names in (
            (tr("Career levels by name: {names}."), [f"{name} → {levels[name]}" for name in sure]),
            (tr("Proposed career levels, please check: {names}."), [f"{name} → {levels[name]}" for name in guessed]),
        ):
            if names:
                lines.append(words.format(names=_first(names)))
        without = [name for name in self._grades if name not in levels]
        if without:
            n = sum(self._grades[name] for name in without)
            words = trn(
                "Without a career level: {names}; the level of {n} person stays as it is.",
                "Without a career level: {names}; the level of {n} people stays as it is.",
                n,
            )
            lines.append(words.format(names=_first(without), n=number_text(n)))
        return "\n".join(lines)


def _first(names: Iterable[str]) -> str:
    names = list(names)
    said = ", ".join(names[:SAID])
    return f"{said}, …" if len(names) > SAID else said
