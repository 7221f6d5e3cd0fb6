"""The same change for several people: what shall become what, and whom it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.domain.ids import PersonId, TopicId
from app.domain.languages import languages_in
from app.domain.people import LOWEST_LEVEL, TOP_LEVEL, Side, Skill
from app.domain.text import sort_key
from app.i18n import number_text, tr, trn
from app.services.bulk import Together, after
from ui import theme
from ui.parts import buttons
from ui.parts.card import heading, muted, row
from ui.parts.dialog import Dialog
from ui.parts.editors import ChoiceField, TextField
from ui.parts.people_picker import PeoplePicker
from ui.parts.records import Column, RecordModel
from ui.parts.roster import Entry, Roster
from ui.parts.scroll import Scroll
from ui.parts.spoken import SpokenLabel
from ui.parts.table import RecordTable
from ui.parts.tokens import TokensField


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of the preview."""

    entry: Entry
    now: str
    then: str

    @property
    def id(self) -> PersonId:
        return self.entry.id

    @property
    def changes(self) -> bool:
        return self.now != self.then


class BulkEdit(Dialog):
    """``together()`` is what was chosen, ``changing()`` how many of the people it changes."""

    def __init__(self, entries: Sequence[Entry], roster: Roster, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries, self._roster = list(entries), roster
        self._supervisor: PersonId | None = None
        self._editors: dict[str, QWidget] = {}
        self._ticks: dict[str, QCheckBox] = {}
        self.setWindowTitle(tr("Edit together"))
        self.resize(theme.px(940), theme.px(640))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(12))
        n = len(self._entries)
        column.addWidget(heading(trn("Edit {n} person", "Edit {n} people together", n).format(n=number_text(n))))
        column.addWidget(muted(tr("Choose what to change. Nothing is changed before you press Apply."), wrap=True))
        body = row(spacing=16)
        body.addWidget(self._build_form(), 5)
        body.addLayout(self._build_preview(), 6)
        column.addLayout(body, 1)
        self.cancel = buttons.secondary(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.apply = buttons.primary(tr("Apply"), "check")
        self.apply.setDefault(True)
        self.apply.clicked.connect(self.accept)
        column.addLayout(row(1, self.cancel, self.apply))
        self._show_preview()

    # The form

    def _build_form(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        for key, name in (
            ("department", tr("Department")), ("team", tr("Team")), ("project", tr("Project")),
            ("position", tr("Position")), ("location", tr("Location")),
        ):  # fmt: skip
            self._line(key, name, TextField(partial(self._roster.values, key)))
        house = TextField(lambda: list(self._roster.around.organisations.values()))
        house.setPlaceholderText(tr("Own house"))
        self._line("organisation", tr("Organisation"), house)
        levels: list[tuple[Any, str]] = [(None, "–")]
        levels += [(level, str(level)) for level in range(TOP_LEVEL, LOWEST_LEVEL + 1)]
        self._line("level", tr("Career level"), ChoiceField(levels))
        picker = PeoplePicker(lambda query: self._roster.names(query), tr("Nobody; type a name …"))
        self._line("supervisor", tr("Supervisor"), picker)
        spoken = TokensField("", self._roster.values("languages"), cut=languages_in)
        self._line("languages", tr("Add languages"), spoken)
        self._line("interests", tr("Add interests"), TokensField("", self._roster.values("interests")))
        for key, name in (("offered", tr("Add skill offered")), ("sought", tr("Add skill sought"))):
            self._line(key, name, _SkillChoice(self._topics()))
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        scroll = Scroll()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.setMinimumWidth(inside.minimumSizeHint().width() + theme.px(16))
        return scroll

    def _topics(self) -> list[tuple[Any, str]]:
        around = self._roster.around
        found = [(topic.id, topic.name(around.language)) for topic in around.topics.values() if not topic.archived]
        return sorted(found, key=lambda one: sort_key(one[1]))

    def _line(self, key: str, name: str, editor: QWidget) -> None:
        tick = QCheckBox(name.replace("&", "&&"))
        tick.setAccessibleName(tr("Change {what}").format(what=name))
        editor.setAccessibleName(name)
        tick.toggled.connect(lambda _: self._show_preview())
        line = self._grid.rowCount()
        self._grid.addWidget(tick, line, 0)
        self._grid.addWidget(editor, line, 1)
        self._ticks[key], self._editors[key] = tick, editor
        if isinstance(editor, TextField):
            editor.textEdited.connect(lambda _: self._typed(key))
        elif isinstance(editor, PeoplePicker):
            editor.committed.connect(self._pick)
        elif isinstance(editor, _SkillChoice):
            editor.call(name)
            editor.committed.connect(lambda _: self._typed(key))
        elif isinstance(editor, TokensField):
            editor.input.setAccessibleName(name)
            editor.edited.connect(lambda: self._typed(key))
        else:
            editor.committed.connect(lambda _: self._typed(key))  # type: ignore[attr-defined]

    def _typed(self, key: str) -> None:
        """Writing into a line means to change it."""
        if self._ticks[key].isChecked():
            self._show_preview()
        else:
            self._ticks[key].setChecked(True)

    def _pick(self, person: PersonId | None) -> None:
        self._supervisor = person
        self._typed("supervisor")

    # What it would do

    def together(self) -> Together:
        """What all of them get."""
        on = {key for key, tick in self._ticks.items() if tick.isChecked()}
        fields: dict[str, object] = {
            key: " ".join(editor.text().split())
            for key, editor in self._editors.items()
            if key in on and key != "organisation" and isinstance(editor, TextField)
        }
        level = self._editors["level"]
        if "level" in on and isinstance(level, ChoiceField):
            fields["level"] = level.value()
        if "supervisor" in on:
            fields["supervisor"] = self._supervisor
        house = self._editors["organisation"]
        assert isinstance(house, TextField)
        sides = (("offered", Side.OFFERED), ("sought", Side.SOUGHT))
        skills = [self._skill(key, side) for key, side in sides if key in on]
        return Together(
            fields=fields,
            organisation=" ".join(house.text().split()) if "organisation" in on else None,
            languages=self._words("languages", on),
            interests=self._words("interests", on),
            skills=tuple(skill for skill in skills if skill is not None),
        )

    def _skill(self, key: str, side: Side) -> Skill | None:
        choice = self._editors[key]
        assert isinstance(choice, _SkillChoice)
        topic = choice.topic.value()
        return None if topic is None else Skill(topic=topic, side=side, level=choice.level.value() or 1)

    def _words(self, key: str, on: set[str]) -> tuple[str, ...]:
        tokens = self._editors[key]
        assert isinstance(tokens, TokensField)
        return tokens.value() if key in on else ()

    def effects(self) -> list[Effect]:
        """What is and what would be, for everybody."""
        together = self.together()
        return [self._effect(entry, together) for entry in self._entries]

    def _effect(self, entry: Entry, together: Together) -> Effect:
        new = after(entry.person, together)
        pairs: list[tuple[str, str]] = []
        for key in together.fields:
            pairs.append((self._shown(key, entry.person), self._shown(key, new)))
        if together.organisation is not None:
            own = tr("Own house")
            pairs.append((entry.organisation or own, together.organisation or own))
        if together.languages or together.interests:
            pairs.append((", ".join((*entry.person.languages, *entry.person.interests)),
                          ", ".join((*new.languages, *new.interests))))  # fmt: skip
        if together.skills:
            pairs.append((self._skills(entry.person.skills), self._skills(new.skills)))
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        before = "; ".join(now or "–" for now, _ in differing)
        return Effect(entry, before, "; ".join(then or "–" for _, then in differing))

    def _shown(self, key: str, person: Any) -> str:
        value = getattr(person, key)
        return self._roster.name(value) if key == "supervisor" else str(value or "")

    def _skills(self, skills: Sequence[Skill]) -> str:
        return ", ".join(f"{self._roster.around.topic(skill.topic)} ({skill.level})" for skill in skills)

    def changing(self) -> int:
        return sum(effect.changes for effect in self.effects())

    def _build_preview(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.said = SpokenLabel(weight=theme.MEDIUM, wrap=True)
        text: tuple[tuple[str, str, Callable[[Effect], str]], ...] = (
            ("now", tr("Now"), lambda effect: effect.now),
            ("then", tr("Then"), lambda effect: effect.then),
        )
        self.model = RecordModel(
            (
                Column(key="name", title=tr("Name"), text=lambda effect: effect.entry.person.list_name, width=150,
                       sort_key=lambda effect: effect.entry.order),
                *(Column(key=key, title=name, text=said, width=130, muted=key == "now") for key, name, said in text),
            ),
            lambda effect: effect.entry.hay,
        )  # fmt: skip
        column.addWidget(self.said)
        column.addWidget(RecordTable(self.model, tr("What would change"), many=False), 1)
        return column

    def _show_preview(self) -> None:
        changing = [effect for effect in self.effects() if effect.changes]
        self.model.set_records(changing)
        n, total = len(changing), len(self._entries)
        words = trn("{n} of {total} person changes", "{n} of {total} people change", total)
        self.said.setText(words.format(n=number_text(n), total=number_text(total)))
        self.apply.setEnabled(bool(changing))


class _SkillChoice(QWidget):
    """A topic and a level."""

    def __init__(self, topics: Sequence[tuple[TopicId, str]]) -> None:
        super().__init__()
        self.topic = ChoiceField(topics)
        self.topic.setCurrentIndex(-1)
        self.topic.setPlaceholderText(tr("Topic …"))
        self.topic.setAccessibleName(tr("Topic"))
        self.level = ChoiceField([(level, str(level)) for level in range(1, 5)])
        self.level.setCurrentIndex(1)
        self.level.setAccessibleName(tr("Level"))
        self.committed = self.topic.committed
        self.level.committed.connect(self._level_chosen)
        line = row(spacing=6)
        line.addWidget(self.topic, 3)
        line.addWidget(self.level, 1)
        self.setLayout(line)

    def call(self, name: str) -> None:
        """Two of them stand below each other: a screen reader hears which it is on."""
        self.topic.setAccessibleName(f"{name}: {tr('Topic')}")
        self.level.setAccessibleName(f"{name}: {tr('Level')}")

    def _level_chosen(self) -> None:
        if self.topic.value() is not None:
            self.committed.emit(None)
