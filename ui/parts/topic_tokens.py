"""Topics of the catalogue as tokens: picked from a list, taken away by a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import TopicId
from app.domain.text import sort_key
from app.domain.topics import Topic
from app.i18n import language, tr
from ui import theme
from ui.parts.buttons import Button
from ui.parts.flow import FlowLayout
from ui.parts.named_box import NamedBox


def offered(
    topics: Mapping[TopicId, Topic],
    first: Sequence[TopicId],
    *,
    without: Sequence[TopicId] = (),
    keep: TopicId | None = None,
) -> list[Topic]:
    """Topics to choose from: the programme's own first, archived ones left out but for the one to ``keep``."""
    free = [one for one in topics.values() if (one.id == keep or not one.archived) and one.id not in without]
    rank = {topic: place for place, topic in enumerate(first)}
    return sorted(free, key=lambda one: (rank.get(one.id, len(rank)), sort_key(one.name(language()))))


class TopicTokens(QWidget):
    """``committed`` gives all topic ids after each change, in the order shown."""

    committed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._chosen: tuple[TopicId, ...] = ()
        self._topics: Mapping[TopicId, Topic] = {}
        self._first: Sequence[TopicId] = ()
        self._tokens: list[Button] = []
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.box = _Topics()
        self.box.setAccessibleName(tr("Add a topic: {name}").format(name=name))
        self.box.activated.connect(self._add)
        self._flow.addWidget(self.box)

    def show_value(
        self, chosen: Sequence[TopicId], topics: Mapping[TopicId, Topic], first: Sequence[TopicId] = ()
    ) -> None:
        """``topics`` is the catalogue; ``first`` are the programme's own topics, offered before all others."""
        wanted = tuple(chosen), topics, first
        if wanted != (self._chosen, self._topics, self._first) or len(self._tokens) != len(chosen):
            self._chosen, self._topics, self._first = wanted
            self._fill()

    def value(self) -> tuple[TopicId, ...]:
        return self._chosen

    def _fill(self) -> None:
        for token in self._tokens:
            token.hide()
            self._flow.removeWidget(token)
            token.deleteLater()
        self._tokens = [self._token(topic) for topic in self._chosen if topic in self._topics]
        self._flow.setEnabled(False)  # or each that is shown would have all of them laid out anew
        for place, token in enumerate(self._tokens):
            self._flow.insert_widget(place, token)
            token.show()
        self._flow.setEnabled(True)
        self._flow.activate()
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(tr("Add topic …"), None)
            for topic in offered(self._topics, self._first, without=self._chosen):
                self.box.addItem(topic.name(language()), topic.id)
        self.box.setEnabled(self.box.count() > 1)
        self.updateGeometry()

    def _token(self, topic: TopicId) -> Button:
        name = self._topics[topic].name(language())
        token = Button(f"{name}  \u00d7")
        token.setProperty("look", "chip")
        token.setFont(theme.font(0.92, theme.MEDIUM))
        token.setAccessibleName(tr("Take {value} away").format(value=name))
        token.clicked.connect(lambda: self._take_away(topic))
        return token

    def _add(self, place: int) -> None:
        topic = self.box.itemData(place)
        if topic is not None:
            self._tell((*self._chosen, topic))

    def _take_away(self, topic: TopicId) -> None:
        self._tell(tuple(one for one in self._chosen if one != topic))
        self.box.setFocus()

    def _tell(self, chosen: tuple[TopicId, ...]) -> None:
        self._chosen = chosen
        self._fill()
        self.committed.emit(chosen)


class _Topics(NamedBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(14)
