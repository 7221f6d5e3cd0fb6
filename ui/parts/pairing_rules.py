"""The rules of a programme as rows: never, warn or off, and a number of levels where the rule has one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.programmes import (
    NUMBER_RANGE,
    Number,
    Programme,
    ProgrammeKind,
    Rule,
    Strictness,
    default_numbers,
    default_rules,
)
from app.i18n import tr
from ui import theme
from ui.parts import card
from ui.parts.field import ChoiceField
from ui.parts.pairing_words import rule_sentence, rule_text, strictness_text
from ui.parts.pieces import at_once

RULES = tuple(rule for rule in Rule if rule is not Rule.SAME_PERSON)  # nobody is ever paired with themselves
NUMBER_OF: dict[Rule, Number] = {Rule.LEVEL_NEAR: Number.LEVEL_MIN, Rule.LEVEL_FAR: Number.LEVEL_MAX}
CHOICE, DIGIT = 118, 76
ROWS = 5  # in a piece


class RulesGrid(QWidget):
    """``edited`` when somebody chose another strictness or number; ``applied`` gives the programme with what is set."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """Not ``whole``: `build` makes its rows, some at a time."""
        super().__init__(parent)
        self._rules: dict[Rule, ChoiceField[Strictness]] = {}
        self._numbers: dict[Number, ChoiceField[int]] = {}
        if whole:
            at_once(self.build())

    def build(self) -> Iterator[None]:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(6))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        for row, rule in enumerate(RULES):
            self._build_row(grid, row, rule)
            if row % ROWS == ROWS - 1:
                yield

    def _build_row(self, grid: QGridLayout, row: int, rule: Rule) -> None:
        name = card.PlainLabel(rule_text(rule), wrap=True)
        name.setToolTip(rule_sentence(rule))
        field = ChoiceField("", [(one, strictness_text(one)) for one in Strictness])
        field.setFixedWidth(theme.px(CHOICE))
        field.input.setMinimumContentsLength(1)
        field.input.setAccessibleName(tr("Rule: {rule}").format(rule=rule_text(rule)))
        field.input.setAccessibleDescription(rule_sentence(rule))
        field.input.setToolTip(rule_sentence(rule))
        field.edited.connect(self.edited)
        self._rules[rule] = field
        number = NUMBER_OF.get(rule)
        grid.addWidget(name, row, 0, 1, 1 if number else 2)
        grid.addWidget(field, row, 2, Qt.AlignmentFlag.AlignTop)
        if number is not None:
            lowest, highest = NUMBER_RANGE[number]
            levels = ChoiceField("", [(one, str(one)) for one in range(lowest, highest + 1)])
            levels.setFixedWidth(theme.px(DIGIT))
            levels.input.setMinimumContentsLength(1)
            levels.input.setAccessibleName(tr("{rule}: how many").format(rule=rule_text(rule)))
            levels.edited.connect(self.edited)
            self._numbers[number] = levels
            grid.addWidget(levels, row, 1, Qt.AlignmentFlag.AlignTop)

    def show_programme(self, programme: Programme) -> None:
        for rule, field in self._rules.items():
            if field.value() is not programme.rule(rule):
                field.set_value(programme.rule(rule))
        for number, levels in self._numbers.items():
            if levels.value() != programme.number(number):
                levels.set_value(programme.number(number))
        # In a mutual programme nobody is above or below: the order of levels has no meaning.
        self._rules[Rule.LEVEL].setEnabled(programme.kind is not ProgrammeKind.MUTUAL)

    def applied(self, programme: Programme) -> Programme:
        """The programme with the rules and numbers set here."""
        usual, numbers = default_rules(programme.kind), default_numbers()
        kept = {one: value for one, value in programme.numbers.items() if one not in self._numbers}
        chosen = {one: field.value() for one, field in self._numbers.items()}
        rules = {rule: field.value() for rule, field in self._rules.items()}
        return replace(
            programme,
            rules={rule: value for rule, value in rules.items() if value is not usual[rule]},
            numbers=kept | {one: value for one, value in chosen.items() if value != numbers[one]},
        )

    def rule(self, rule: Rule) -> ChoiceField[Strictness]:
        return self._rules[rule]

    def number(self, number: Number) -> ChoiceField[int]:
        return self._numbers[number]
