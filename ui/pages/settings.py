"""Settings: of this device (language, look, idle time) and of the house (name on the documents, topics)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QLineEdit, QScrollArea, QWidget

from app.domain.kinds import Kind
from app.i18n import mark, tr
from app.services.houses import set_house
from app.store import houses
from ui import theme
from ui.parts import card
from ui.parts.page import Page
from ui.parts.topic_list import TopicList

HOUSE_FIELDS: tuple[tuple[str, str], ...] = (
    ("name", mark("Name of the organisation")),
    ("place", mark("Place")),
    ("signatory_1", mark("First signature")),
    ("signatory_2", mark("Second signature")),
)


class SettingsPage(Page):
    key = "settings"
    title = mark("Settings")
    icon = "settings"
    listens: ClassVar[frozenset[Kind]] = frozenset({Kind.HOUSE, Kind.TOPIC})

    def build(self) -> None:
        self.head(subtitle=tr("Every choice takes effect at once."))
        self._house: dict[str, QLineEdit] = {}
        inner = QWidget()
        column = card.column(spacing=16)
        column.addWidget(self._window_card())
        if self.desk.vault.kind == "programme":
            column.addWidget(self._house_card())
            self.topics = TopicList(self.desk)
            column.addWidget(self.topics)
        column.addStretch(1)
        inner.setLayout(column)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(area, 1)

    def _window_card(self) -> QWidget:
        settings = self.desk.settings
        made = card.Card()
        made.body.addWidget(card.subheading(tr("This device")))
        form = _form()
        self.language = self._choice(
            form, tr("Language"), "language", (("de", "Deutsch"), ("en", "English")), settings.language
        )
        self.scheme = self._choice(
            form,
            tr("Appearance"),
            "scheme",
            (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))),
            settings.scheme,
        )
        self.text_size = self._choice(
            form,
            tr("Text size"),
            "text_size",
            [(size, f"{size} %") for size in (80, 90, 100, 110, 125, 150, 175, 200)],
            settings.text_size,
        )
        self.density = self._choice(
            form,
            tr("Rows of tables"),
            "density",
            (("comfortable", tr("Comfortable")), ("compact", tr("Compact"))),
            settings.density,
        )
        self.idle = self._choice(
            form,
            tr("Lock when idle"),
            "idle_minutes",
            [(minutes, tr("after {n} min").format(n=minutes)) for minutes in (1, 2, 5, 10, 15, 30, 60)],
            settings.idle_minutes,
        )
        made.body.addLayout(form)
        self.recent = QCheckBox(tr("Show recent vaults on the first page"))
        self.recent.setChecked(settings.remember_recent)
        self.recent.toggled.connect(self._remember)
        made.body.addWidget(self.recent)
        return made

    def _remember(self, remember: bool) -> None:
        recent = self.desk.settings.recent if remember else ()
        self.desk.change_settings(remember_recent=remember, recent=recent)

    def _choice(
        self, form: QFormLayout, name: str, setting: str, options: Sequence[tuple[object, str]], now: object
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for value, words in options:
            box.addItem(words, value)
        if box.findData(now) < 0:
            box.addItem(f"{now} %" if setting == "text_size" else str(now), now)
        box.setCurrentIndex(box.findData(now))
        box.activated.connect(lambda _: self.desk.change_settings(**{setting: box.currentData()}))
        box.setMinimumWidth(theme.px(240))
        _add(form, name, box)
        return box

    def _house_card(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("Your organisation")))
        made.body.addWidget(card.muted(tr("Stands on certificates, agreements and reports."), wrap=True))
        form = _form()
        for key, words in HOUSE_FIELDS:
            line = QLineEdit()
            line.setAccessibleName(tr(words))
            line.setMinimumWidth(theme.px(240))
            line.editingFinished.connect(self._saver(key, line))
            self._house[key] = line
            _add(form, tr(words), line)
        made.body.addLayout(form)
        return made

    def _saver(self, key: str, line: QLineEdit) -> Callable[[], None]:
        def save() -> None:
            if houses.house(self.desk.vault).get(key, "") != line.text().strip():
                self.desk.attempt(set_house, **{key: line.text().strip()})

        return save

    def refresh(self) -> None:
        kept = houses.house(self.desk.vault)
        for key, line in self._house.items():
            if not line.hasFocus() or not line.isModified():
                line.setText(kept.get(key, ""))
        if self.desk.vault.kind == "programme":
            self.topics.refresh()

    def flush(self) -> None:
        for line in self._house.values():
            if line.isModified():
                line.editingFinished.emit()


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(theme.px(24))
    form.setVerticalSpacing(theme.px(10))
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    form.setFormAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return form


def _add(form: QFormLayout, name: str, field: QWidget) -> None:
    label = card.PlainLabel(name)
    label.setMinimumSize(theme.px(200), field.sizeHint().height())
    label.setBuddy(field)
    form.addRow(label, field)
