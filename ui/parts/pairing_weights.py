"""Weights and rules of a programme: sliders that re-solve while they move, rules that forbid, warn or rest."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSlider, QVBoxLayout, QWidget

from app.domain.programmes import (
    Criterion,
    Programme,
    Rule,
    Strictness,
    default_rules,
    default_weights,
)
from app.i18n import tr
from ui import theme
from ui.parts import buttons, card
from ui.parts.field import ChoiceField
from ui.parts.pairing_words import (
    criterion_sentence,
    criterion_text,
    criterion_tone,
    rule_sentence,
    rule_text,
    strictness_text,
)
from ui.parts.scroll import Scroll

HEAVIEST = 10
KEEPS_MS = 500
RULES = tuple(rule for rule in Rule if rule is not Rule.SAME_PERSON)  # nobody is ever paired with themselves


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a slider would change a weight while the panel scrolls.
        event.ignore()


class Dot(QFrame):
    """The colour of a criterion, as in the score bars."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        side = theme.px(10)
        self.setFixedSize(side, side)
        self.setStyleSheet(f"background: {theme.colour(tone).name()}; border-radius: {side // 2}px;")


class WeightsPanel(card.Card):
    """``moved`` while a weight moves; ``kept`` (weights, rules: what differs from the kind's) when to save."""

    moved = Signal(object)  # dict[Criterion, int]
    kept = Signal(object, object)
    quality_wanted = Signal(bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=1, spacing=0)
        self._programme: Programme | None = None
        self._sliders: dict[Criterion, QSlider] = {}
        self._numbers: dict[Criterion, card.PlainLabel] = {}
        self._rules: dict[Rule, ChoiceField[Strictness]] = {}
        self._wait = QTimer(self, interval=KEEPS_MS, singleShot=True)
        self._wait.timeout.connect(self.flush)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(12))
        close = buttons.icon_button("x", tr("Close weights and rules"))
        close.clicked.connect(self.closed)
        column.addLayout(card.row(card.heading(tr("Weights and rules")), 1, close))
        self.aim: ChoiceField[bool] = ChoiceField(
            tr("What comes first"),
            [(False, tr("Participation first")), (True, tr("Quality first"))],
            tr("Participation: as many pairs as possible. Quality: the highest total, even with fewer pairs."),
        )
        self.aim.edited.connect(lambda: self.quality_wanted.emit(self.aim.value()))
        column.addWidget(self.aim)
        column.addWidget(card.subheading(tr("How much each criterion counts")))
        column.addLayout(self._build_sliders())
        column.addWidget(card.subheading(tr("What must not be")))
        column.addLayout(self._build_rules())
        self.reset = buttons.secondary(tr("Back to the usual values"), "undo-2")
        self.reset.clicked.connect(lambda: self.kept.emit({}, {}))
        column.addWidget(self.reset)
        column.addStretch(1)
        area = Scroll()
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(area)

    def _build_sliders(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        for place, criterion in enumerate(Criterion):
            slider = _Slider(Qt.Orientation.Horizontal)
            slider.setRange(0, HEAVIEST)
            slider.setPageStep(2)
            slider.setAccessibleName(tr("Weight of {criterion}").format(criterion=criterion_text(criterion)))
            slider.setAccessibleDescription(criterion_sentence(criterion))
            slider.setToolTip(criterion_sentence(criterion))
            slider.valueChanged.connect(lambda value, criterion=criterion: self._slid(criterion, value))
            number = card.PlainLabel("", weight=theme.MEDIUM)
            number.setMinimumWidth(theme.px(18))
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Dot(criterion_tone(criterion)), place * 2, 0)
            grid.addWidget(card.PlainLabel(criterion_text(criterion)), place * 2, 1)
            grid.addWidget(number, place * 2, 2)
            grid.addWidget(slider, place * 2 + 1, 0, 1, 3)
            self._sliders[criterion], self._numbers[criterion] = slider, number
        return grid

    def _build_rules(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        for rule in RULES:
            field = ChoiceField(
                rule_text(rule), [(one, strictness_text(one)) for one in Strictness], rule_sentence(rule)
            )
            field.edited.connect(self.flush)
            column.addWidget(field)
            self._rules[rule] = field
        return column

    def show_programme(self, programme: Programme, *, quality_first: bool) -> None:
        """Shows the vault's values; a slider that is being moved stays."""
        self._programme = programme
        if self.aim.value() != quality_first:
            self.aim.set_value(quality_first)
        if self._wait.isActive():
            return
        for criterion, slider in self._sliders.items():
            with QSignalBlocker(slider):
                slider.setValue(programme.weight(criterion))
            self._numbers[criterion].setText(str(programme.weight(criterion)))
        for rule, field in self._rules.items():
            if field.value() is not programme.rule(rule):
                field.set_value(programme.rule(rule))
        self.reset.setEnabled(bool(programme.weights or programme.rules))

    def slider(self, criterion: Criterion) -> QSlider:
        return self._sliders[criterion]

    def rule(self, rule: Rule) -> ChoiceField[Strictness]:
        return self._rules[rule]

    def flush(self) -> None:
        """Says what is to be saved, if anything differs from what was shown."""
        self._wait.stop()
        if self._programme is None:
            return
        weights, rules = self._weights(), self._chosen_rules()
        if (weights, rules) != (self._programme.weights, self._programme.rules):
            self.kept.emit(weights, rules)

    def _slid(self, criterion: Criterion, value: int) -> None:
        self._numbers[criterion].setText(str(value))
        self._wait.start()
        self.moved.emit(self._weights())

    def _weights(self) -> dict[Criterion, int]:
        assert self._programme is not None
        usual = default_weights(self._programme.kind)
        now = {criterion: slider.value() for criterion, slider in self._sliders.items()}
        return {criterion: value for criterion, value in now.items() if value != usual[criterion]}

    def _chosen_rules(self) -> dict[Rule, Strictness]:
        assert self._programme is not None
        usual = default_rules(self._programme.kind)
        now = {rule: field.value() for rule, field in self._rules.items()}
        return {rule: value for rule, value in now.items() if value is not usual[rule]}
