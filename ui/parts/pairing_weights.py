"""Weights and rules of a programme: sliders that re-solve while they move, musts, rules, and presets by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QSlider, QVBoxLayout, QWidget

from app.domain.drafts import Aim
from app.domain.presets import Preset
from app.domain.programmes import Criterion, Number, Programme, Rule, Strictness, default_weights
from app.i18n import tr
from ui import theme
from ui.parts import buttons, card
from ui.parts.field import ChoiceField
from ui.parts.pairing_method import MethodField
from ui.parts.pairing_preset import PresetField
from ui.parts.pairing_rules import RulesGrid
from ui.parts.pairing_said import no_stable_text
from ui.parts.pairing_words import criterion_sentence, criterion_text, criterion_tone, must_sentence
from ui.parts.pieces import at_once
from ui.parts.scroll import Scroll

if TYPE_CHECKING:
    from ui.parts.pairing_work import Outcome

HEAVIEST = 10
KEEPS_MS = 500


class _Slider(QSlider):
    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setMinimumHeight(theme.px(16) + 8)  # Qt asks for the same height whatever the size of the handle

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


class WeightsGrid(QWidget):
    """A slider and a must for each criterion. ``moved`` with each step, ``edited`` when a must was switched."""

    moved = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sliders: dict[Criterion, QSlider] = {}
        self._numbers: dict[Criterion, card.PlainLabel] = {}
        self._musts: dict[Criterion, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnStretch(1, 1)
        self.video = QCheckBox(tr("By video: half the points"))
        self.video.setToolTip(tr("Two places count half, since the two can meet by video."))
        self.video.toggled.connect(self.edited)
        for place, criterion in enumerate(Criterion):
            self._build_criterion(grid, place * 3, criterion)
            if criterion is Criterion.LOCATION:
                grid.addWidget(self.video, place * 3 + 2, 0, 1, 4)

    def _build_criterion(self, grid: QGridLayout, row: int, criterion: Criterion) -> None:
        name, sentence = criterion_text(criterion), criterion_sentence(criterion)
        slider = _Slider()
        slider.setRange(0, HEAVIEST)
        slider.setPageStep(2)
        slider.setAccessibleName(tr("Weight of {criterion}").format(criterion=name))
        slider.setAccessibleDescription(sentence)
        slider.setToolTip(sentence)
        slider.valueChanged.connect(lambda value: self._slid(criterion, value))
        number = card.PlainLabel("", weight=theme.MEDIUM)
        number.setFont(theme.font(1.0, theme.MEDIUM, tabular=True))
        must = QCheckBox(tr("must"))
        must.setAccessibleName(tr("{criterion} is a must").format(criterion=name))
        must.setToolTip(must_sentence(criterion))
        must.setAccessibleDescription(must_sentence(criterion))
        must.toggled.connect(self.edited)
        label = card.PlainLabel(name)
        label.setToolTip(sentence)
        grid.addWidget(Dot(criterion_tone(criterion)), row, 0)
        grid.addWidget(label, row, 1)
        grid.addWidget(must, row, 2, 1, 2)
        grid.addWidget(slider, row + 1, 0, 1, 3)
        grid.addWidget(number, row + 1, 3, Qt.AlignmentFlag.AlignRight)
        self._sliders[criterion], self._numbers[criterion], self._musts[criterion] = slider, number, must

    def _slid(self, criterion: Criterion, value: int) -> None:
        self._numbers[criterion].setText(str(value))
        self.moved.emit()

    def show_programme(self, programme: Programme) -> None:
        for criterion, slider in self._sliders.items():
            with QSignalBlocker(slider):
                slider.setValue(programme.weight(criterion))
            self._numbers[criterion].setText(str(programme.weight(criterion)))
            with QSignalBlocker(self._musts[criterion]):
                self._musts[criterion].setChecked(programme.must(criterion))
        with QSignalBlocker(self.video):
            self.video.setChecked(bool(programme.number(Number.VIDEO)))

    def applied(self, programme: Programme) -> Programme:
        """The programme with the weights and musts set here."""
        usual = default_weights(programme.kind)
        weights = {criterion: slider.value() for criterion, slider in self._sliders.items()}
        numbers = {one: value for one, value in programme.numbers.items() if one is not Number.VIDEO}
        return replace(
            programme,
            weights={criterion: value for criterion, value in weights.items() if value != usual[criterion]},
            musts=frozenset(criterion for criterion, must in self._musts.items() if must.isChecked()),
            numbers=numbers | ({Number.VIDEO: 1} if self.video.isChecked() else {}),
        )

    def slider(self, criterion: Criterion) -> QSlider:
        return self._sliders[criterion]

    def must(self, criterion: Criterion) -> QCheckBox:
        return self._musts[criterion]


class WeightsPanel(card.Card):
    """``moved`` (Programme) while a weight moves; ``kept`` (Programme) when to save what differs from the vault's."""

    moved = Signal(object)
    kept = Signal(object)
    aim_wanted = Signal(object)  # Aim
    method_wanted = Signal(object)  # Method
    closed = Signal()

    def __init__(self, *, whole: bool = True) -> None:
        """Not ``whole``: `build` makes its controls piece by piece."""
        super().__init__(margin=1, spacing=0)
        self._programme: Programme | None = None
        self._filled: Programme | None = None  # what the controls show, but for what was moved since
        self._wait = QTimer(self, interval=KEEPS_MS, singleShot=True)
        self._wait.timeout.connect(self.flush)
        if whole:
            at_once(self.build())

    def build(self) -> Iterator[None]:
        yield
        area = Scroll()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(area)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        area.setWidget(inner)
        self.weights = WeightsGrid(inner)
        yield
        self.rules = RulesGrid(inner, whole=False)
        yield from self.rules.build()
        self.weights.moved.connect(self._moved)
        for grid in (self.weights, self.rules):
            grid.edited.connect(self.flush)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(12))
        close = buttons.icon_button("x", tr("Close weights and rules"))
        close.clicked.connect(self.closed)
        column.addLayout(card.row(card.heading(tr("Weights and rules")), 1, close))
        self._build_way(column)
        column.addWidget(card.subheading(tr("How much each criterion counts")))
        column.addWidget(self.weights)
        column.addWidget(card.subheading(tr("What must not be")))
        column.addWidget(self.rules)
        column.addStretch(1)
        yield

    def _build_way(self, column: QVBoxLayout) -> None:
        self.preset = PresetField()
        self.preset.chosen.connect(self._preset_chosen)
        self.aim: ChoiceField[Aim] = ChoiceField(
            tr("What comes first"),
            [(Aim.PARTICIPATION, tr("Participation first")), (Aim.QUALITY, tr("Quality first"))],
            tr("Participation: as many pairs as possible. Quality: the highest total, even with fewer pairs."),
        )
        self.aim.edited.connect(lambda: self.aim_wanted.emit(self.aim.value()))
        self.method = MethodField()
        self.method.edited.connect(lambda: self.method_wanted.emit(self.method.value()))
        for field in (self.preset, self.aim, self.method):
            column.addWidget(field)

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows the vault's values; a slider that is being moved stays."""
        programme, draft = outcome.stored, outcome.basis.draft
        self._programme = programme
        if self.aim.value() is not draft.aim:
            self.aim.set_value(draft.aim)
        self.method.show_method(draft.method, no_stable_text(outcome.basis, outcome.ranked))
        if self._wait.isActive():
            return
        if self._filled == programme:
            return
        self._filled = programme
        self.weights.show_programme(programme)
        self.rules.show_programme(programme)
        self.preset.show_programme(programme)

    def slider(self, criterion: Criterion) -> QSlider:
        return self.weights.slider(criterion)

    def rule(self, rule: Rule) -> ChoiceField[Strictness]:
        return self.rules.rule(rule)

    def flush(self) -> None:
        """Says what is to be saved, if anything differs from what was shown."""
        self._wait.stop()
        self._filled = None
        if self._programme is not None and (wanted := self._wanted()) != self._programme:
            self.kept.emit(wanted)

    def _wanted(self) -> Programme:
        assert self._programme is not None
        return self.rules.applied(self.weights.applied(self._programme))

    def _moved(self) -> None:
        if self._programme is not None:
            self._filled = None
            self._wait.start()
            self.moved.emit(self._wanted())

    def _preset_chosen(self, preset: Preset) -> None:
        self._wait.stop()
        self._filled = None
        if self._programme is not None:
            self.kept.emit(preset.applied(self._programme))
