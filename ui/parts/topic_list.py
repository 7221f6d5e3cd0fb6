"""The catalogue of topics, editable in place: both names, set aside, removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.topics import Topic
from app.errors import Fault
from app.i18n import language, tr
from app.services import topics as verbs
from app.store import topics
from ui import theme
from ui.desk import Desk
from ui.parts import buttons, card
from ui.parts.spoken import SpokenLabel
from ui.words import sentence


class TopicList(card.Card):
    """A card with a line per topic; ``refresh`` reads the vault again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Topic, ...] | None = None
        self._full = False  # the last change found no room on the disk
        self.starter = buttons.secondary(tr("Add the starter topics"), "sparkles")
        self.starter.clicked.connect(self._add_starter)
        self.body.addLayout(card.row(card.subheading(tr("Topics")), 1, self.starter))
        words = tr("What people teach and learn, in both languages. A topic set aside is not offered any more.")
        self.body.addWidget(card.muted(words, wrap=True))
        self.german, self.english = QLineEdit(), QLineEdit()
        for line, name in ((self.german, tr("New topic, German")), (self.english, tr("New topic, English"))):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            line.returnPressed.connect(self._add)
        add = buttons.secondary(tr("Add"), "plus")  # no wider than what stands below it
        add.setAccessibleName(tr("Add topic"))
        add.clicked.connect(self._add)
        self._grid = QGridLayout()  # one for all lines: a new topic is written where the others stand
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.german, 0, 0)
        self._grid.addWidget(self.english, 0, 1)
        self._grid.addWidget(add, 0, 2, 1, 2)
        self._lines: list[QWidget] = []
        self.trouble = SpokenLabel("danger", wrap=True)
        self.trouble.hide()
        self._grid.addWidget(self.trouble, 1, 0, 1, 4)
        self.body.addLayout(self._grid)

    def refresh(self) -> None:
        found = topics.all_topics(self._desk.vault)
        if found == self._shown:
            return
        self._shown = found
        for one in self._lines:
            one.hide()
            self._grid.removeWidget(one)
            one.deleteLater()
        self._lines = []
        for row, topic in enumerate(found, 2):
            self._line(row, topic)
        self.starter.setVisible(len(found) < 10)

    def _line(self, row: int, topic: Topic) -> None:
        name = topic.name(language())
        for place, (field, text, words) in enumerate(
            (
                ("name_de", topic.name_de, tr("{topic}, German name")),
                ("name_en", topic.name_en, tr("{topic}, English name")),
            )
        ):
            line = QLineEdit(text)
            line.setAccessibleName(words.format(topic=name))
            line.editingFinished.connect(lambda line=line, field=field: self._rename(topic, field, line))
            self._put(line, row, place)
        aside = buttons.quiet(tr("Offer again") if topic.archived else tr("Set aside"))
        aside.setAccessibleName(f"{aside.text()}: {name}")
        aside.clicked.connect(lambda: self._desk.attempt(verbs.archive, topic.id, not topic.archived))
        remove = buttons.icon_button("trash-2", tr("Remove topic {topic}").format(topic=name))
        remove.clicked.connect(lambda: self._remove(topic))
        self._put(aside, row, 2)
        self._put(remove, row, 3)

    def _put(self, part: QWidget, row: int, place: int) -> None:
        self._grid.addWidget(part, row, place)
        self._lines.append(part)

    def _add(self) -> None:
        german, english = self.german.text().strip(), self.english.text().strip()
        if not (german or english):
            self.german.setFocus()
            return
        if self._try(lambda: self._desk.do(verbs.add, german, english)):
            self.german.clear()
            self.english.clear()
            self.german.setFocus()

    def _rename(self, topic: Topic, field: str, line: QLineEdit) -> None:
        text = line.text().strip()
        if text == getattr(topic, field):
            return
        names = {"name_de": topic.name_de, "name_en": topic.name_en} | {field: text}
        if self._try(lambda: self._desk.do(verbs.rename, topic.id, names["name_de"], names["name_en"])):
            return
        if not self._full:  # without room the name stays, and is kept over a lock
            line.setText(getattr(topic, field))

    def _remove(self, topic: Topic) -> None:
        if self._try(lambda: self._desk.do(verbs.remove, topic.id)):
            self._desk.say(tr("The topic was removed."), undo=True)

    def _add_starter(self) -> None:
        self._desk.attempt(verbs.add_starter)

    def _try(self, act: Callable[[], object]) -> bool:
        self.trouble.hide()
        self._full = False
        try:
            act()
        except Fault as fault:
            self._full = fault.code == "vault.disk_full"
            self.trouble.setText(sentence(fault))
            self.trouble.show()
            return False
        return True
