"""Why a search found somebody: the field that holds the words, where no visible column shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from app.domain.ids import TopicId
from app.domain.people import Salutation, Side
from app.domain.text import haystack, needles
from app.domain.topics import Topic
from app.i18n import tr
from ui.parts.record_columns import Column
from ui.parts.roster import Entry

LISTS = frozenset({"languages", "interests", "offered", "sought", "availability"})  # of these one entry is told
MOST_KEPT = 2000


class FoundBy:
    """Asked only for the rows that are painted, tooltipped or read aloud; what it said is kept until another search."""

    def __init__(self, topics: Callable[[], Mapping[TopicId, Topic]]) -> None:
        self._topics = topics
        self._words: tuple[str, ...] = ()
        self._shown: tuple[Column[Entry], ...] = ()
        self._hidden: tuple[Column[Entry], ...] = ()
        self._said: dict[int, tuple[Entry, str]] = {}

    def search(self, query: str) -> None:
        """Another search is under way; "" for none."""
        self._words = needles(query)
        self._said = {}

    def show(self, columns: Sequence[Column[Entry]], visible: Iterable[str]) -> None:
        """Which columns are visible now, by key."""
        keys = set(visible)
        self._shown = tuple(one for one in columns if one.key in keys)
        self._hidden = tuple(one for one in columns if one.key not in keys)
        self._said = {}

    def why(self, entry: Entry) -> str:
        """ "E-mail: weiss@firma.example"; "" where a visible column shows all the words, or nothing is sought."""
        if not self._words:
            return ""
        known = self._said.get(entry.id)
        if known is None or known[0] is not entry:
            if len(self._said) >= MOST_KEPT:
                self._said.clear()
            known = self._said[entry.id] = entry, self._reason(entry)
        return known[1]

    def _reason(self, entry: Entry) -> str:
        seen = haystack(*(column.text(entry) for column in self._shown))
        left = [word for word in self._words if word not in seen]
        found: dict[str, None] = {}
        for word in left:
            if reason := self._holding(entry, word):
                found.setdefault(reason)
        return " · ".join(found)

    def _holding(self, entry: Entry, word: str) -> str:
        """The first hidden field that holds a word, with what it says."""
        for column in self._hidden:
            text = column.text(entry)
            if column.key == "salutation" and entry.person.salutation is Salutation.NONE:
                continue
            if text and word in haystack(text):
                items = text.split(", ") if column.key in LISTS else [text]
                return f"{column.title}: {next((one for one in items if word in haystack(one)), text)}"
        for skill in entry.person.skills:
            topic = self._topics().get(skill.topic)
            if topic is not None and word in haystack(f"{topic.name_de} ({skill.level})", topic.name_en):
                title = tr("Skills offered") if skill.side is Side.OFFERED else tr("Skills sought")
                return f"{title}: {topic.name_de} / {topic.name_en}"
        return ""
