"""Settings: of this device (language, look, idle time) and of the house (name on the documents, topics)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QFormLayout, QFrame, QWidget

from app.domain.kinds import Kind
from app.i18n import mark, percent_text, tr
from ui import theme
from ui.dialogs import ask
from ui.parts import card
from ui.parts.house_card import HouseCard, add, form
from ui.parts.named_box import NamedBox
from ui.parts.page import Page
from ui.parts.scroll import MarginScroll
from ui.parts.topic_list import TopicList
from ui.system.capture import can


class SettingsPage(Page):
    key = "settings"
    title = mark("Settings")
    icon = "settings"
    listens: ClassVar[frozenset[Kind]] = frozenset({Kind.HOUSE, Kind.TOPIC})

    def build(self) -> None:
        self.head(subtitle=tr("Every choice takes effect at once."))
        inner, area = QWidget(), MarginScroll()
        column = card.column(spacing=16)
        inner.setLayout(column)
        area.setWidget(inner)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_scrolled(area)
        column.addWidget(self._window_card())
        if self.desk.vault.kind == "programme":
            self.house = HouseCard(self.desk)
            self.house.colour_wanted.connect(self._choose_colour)
            self.house.logo_wanted.connect(self._choose_logo)
            column.addWidget(self.house)
            self.topics = TopicList(self.desk)
            column.addWidget(self.topics)
        column.addStretch(1)

    def _window_card(self) -> QWidget:
        settings = self.desk.settings
        made = card.Card()
        made.body.addWidget(card.subheading(tr("This device")))
        rows = form()
        self.language = self._choice(
            rows, tr("Language"), "language", (("de", "Deutsch"), ("en", "English")), settings.language
        )
        self.scheme = self._choice(
            rows,
            tr("Appearance"),
            "scheme",
            (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))),
            settings.scheme,
        )
        self.text_size = self._choice(
            rows,
            tr("Text size"),
            "text_size",
            [(size, percent_text(size / 100)) for size in (80, 90, 100, 110, 125, 150, 175, 200)],
            settings.text_size,
        )
        self.density = self._choice(
            rows,
            tr("Rows of tables"),
            "density",
            (("comfortable", tr("Comfortable")), ("compact", tr("Compact"))),
            settings.density,
        )
        self.idle = self._choice(
            rows,
            tr("Lock when idle"),
            "idle_minutes",
            [(minutes, tr("after {n} min").format(n=minutes)) for minutes in (1, 2, 5, 10, 15, 30, 60)],
            settings.idle_minutes,
        )
        made.body.addLayout(rows)
        self.recent = QCheckBox(tr("Show recent vaults on the first page"))
        self.recent.setChecked(settings.remember_recent)
        self.recent.toggled.connect(self._remember)
        made.body.addWidget(self.recent)
        self.capture = QCheckBox(tr("Leave the windows out of screenshots and shared screens"))
        self.capture.setChecked(settings.hide_from_capture)
        self.capture.toggled.connect(lambda hidden: self.desk.change_settings(hide_from_capture=hidden))
        made.body.addWidget(self.capture)
        self.capture.setVisible(can())  # elsewhere it would promise what nobody keeps
        return made

    def _remember(self, remember: bool) -> None:
        recent = self.desk.settings.recent if remember else ()
        self.desk.change_settings(remember_recent=remember, recent=recent)

    def _choice(
        self, rows: QFormLayout, name: str, setting: str, options: Sequence[tuple[object, str]], now: object
    ) -> QComboBox:
        box = NamedBox()
        box.setAccessibleName(name)
        for value, words in options:
            box.addItem(words, value)
        if box.findData(now) < 0:
            box.addItem(percent_text(int(str(now)) / 100) if setting == "text_size" else str(now), now)
        box.setCurrentIndex(box.findData(now))
        box.activated.connect(lambda _: self.desk.change_settings(**{setting: box.currentData()}))
        box.setMinimumWidth(theme.px(240))
        add(rows, name, box)
        return box

    def _choose_colour(self, kept: str) -> None:
        dialog = QColorDialog(QColor(kept), self)
        dialog.setWindowTitle(tr("Colour of the documents"))
        if ask.run(dialog):
            self.house.take_colour(dialog.currentColor().name())

    def _choose_logo(self) -> None:
        folder = Path(self.desk.settings.folder or str(Path.home()))
        path = ask.open_file(self, tr("Choose a logo"), folder, tr("Pictures") + " (*.png *.jpg *.jpeg *.svg *.webp)")
        if path is not None:
            self.house.take_logo(path)

    def refresh(self) -> None:
        if self.desk.vault.kind == "programme":
            self.house.refresh()
            self.topics.refresh()

    def flush(self) -> None:
        if self.desk.vault.kind == "programme":
            self.house.flush()
