"""Every plain field of a person, each saved when it is left and with its own error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.contact import can_be_address
from app.domain.ids import PersonId
from app.domain.languages import languages_in
from app.domain.people import LOWEST_LEVEL, TOP_LEVEL, Salutation
from app.errors import Fault
from app.i18n import tr
from app.services import organisations, people
from ui import theme
from ui.parts.autosave import LongText
from ui.parts.bound import bind, finish, settle, settle_text
from ui.parts.card import subheading
from ui.parts.editors import ChoiceField, Labelled, TextField
from ui.parts.field import DateField, Field
from ui.parts.half_days import HalfDays
from ui.parts.labels import salutation_text
from ui.parts.people_picker import PeoplePicker
from ui.parts.pieces import at_once
from ui.parts.roster import Entry, Roster
from ui.parts.tokens import TokensField
from ui.words import sentence

Save = Callable[..., Fault | None]
COMPLETED = ("title", "department", "team", "project", "position", "location")
LANGUAGES = ("Deutsch", "English", "Français", "Italiano", "Español", "Polski", "Türkçe", "Українська", "العربية")


class PersonFields(QWidget):
    """``save(verb, *arguments, **fields)`` runs a verb and gives what went wrong, or None."""

    def __init__(self, save: Save, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """Not ``whole``: `build` makes them piece by piece."""
        super().__init__(parent)
        self._save = save
        self._person: PersonId | None = None
        self._roster: Roster | None = None
        self.fields: dict[str, Labelled] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        if whole:
            at_once(self.build())

    def build(self) -> Iterator[None]:
        self._column.addWidget(subheading(tr("Name and contact")))
        salutations = [(salutation, salutation_text(salutation)) for salutation in Salutation]
        self._pair(("given_name", tr("Given name"), self._text()), ("family_name", tr("Family name"), self._text()))
        self._pair(
            ("title", tr("Title"), self._text("title")),
            ("salutation", tr("Form of address"), ChoiceField(salutations, whole=True)),
        )
        self._whole("email", tr("E-mail"), self._text())
        self._whole("phone", tr("Phone"), self._text())
        self._column.addSpacing(theme.px(6))
        yield
        self._column.addWidget(subheading(tr("At work")))
        self._whole("organisation", tr("Organisation"), TextField(self._organisations))
        self._pair(
            ("department", tr("Department"), self._text("department")), ("team", tr("Team"), self._text("team"))
        )
        self._whole("position", tr("Position"), self._text("position"))
        self._pair(
            ("project", tr("Project"), self._text("project")),
            ("personnel_number", tr("Personnel number"), self._text()),
        )
        self._whole("supervisor", tr("Supervisor"), PeoplePicker(self._colleagues, tr("Type a name …")))
        levels = [(None, "–"), *((level, self._level(level)) for level in range(TOP_LEVEL, LOWEST_LEVEL + 1))]
        self.entry_date = DateField(tr("Entry date"))
        self._mute(self.entry_date)
        bind(self.entry_date, partial(self._refusal, "entry_date"))
        level = self._labelled("level", tr("Career level"), ChoiceField(levels, whole=True))
        self._side_by_side(level, self.entry_date, second=4)
        self._whole("location", tr("Location"), self._text("location"))
        self._column.addSpacing(theme.px(6))
        yield
        self._column.addWidget(subheading(tr("To find a partner by")))
        spoken = TokensField(tr("Languages"), cut=languages_in)
        self.tokens = {"languages": spoken, "interests": TokensField(tr("Interests"))}
        for key, tokens in self.tokens.items():
            self._mute(tokens)
            bind(tokens, partial(self._refusal, key))
            tokens.input.installEventFilter(self)
            self._column.addWidget(tokens)
        self._whole("availability", tr("Has time on"), HalfDays())
        self.remarks = LongText(tr("Remarks"), tr("For the coordination; not searched, not printed."))
        self.remarks.setFixedHeight(theme.px(84))
        self._whole("remarks", tr("Remarks"), self.remarks)
        own_house = self.fields["organisation"].editor
        assert isinstance(own_house, TextField)
        own_house.setPlaceholderText(tr("Own house"))
        yield

    def _text(self, attribute: str = "") -> TextField:
        return TextField((lambda: self._values(attribute)) if attribute in COMPLETED else None)

    @staticmethod
    def _level(level: int) -> str:
        return tr("{level} (top)").format(level=level) if level == TOP_LEVEL else str(level)

    def _values(self, attribute: str) -> list[str]:
        return [] if self._roster is None else self._roster.values(attribute)

    def _languages(self) -> list[str]:
        return list(dict.fromkeys((*self._values("languages"), *LANGUAGES)))

    def _organisations(self) -> list[str]:
        return [] if self._roster is None else list(self._roster.around.organisations.values())

    def _colleagues(self, query: str) -> list[tuple[PersonId, str]]:
        if self._roster is None:
            return []
        return self._roster.names(query, frozenset() if self._person is None else frozenset({self._person}))

    @staticmethod
    def _mute(field: Field) -> None:
        field.label.setFont(theme.font(0.92))
        field.label.set_token("muted")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            # What others have is gathered when a field is entered, not for each person shown.
            for key, tokens in self.tokens.items():
                if watched is tokens.input:
                    tokens.set_suggestions(self._languages() if key == "languages" else self._values(key))
        return super().eventFilter(watched, event)

    def _labelled(self, key: str, name: str, editor: QWidget) -> Labelled:
        made = Labelled(name, editor)
        self.fields[key] = made
        if key != "remarks":
            editor.committed.connect(lambda value: self._commit(key, value))  # type: ignore[attr-defined]
        return made

    def _whole(self, key: str, name: str, editor: QWidget) -> None:
        self._column.addWidget(self._labelled(key, name, editor))

    def _pair(self, *pair: tuple[str, str, QWidget]) -> None:
        self._side_by_side(*(self._labelled(*one) for one in pair))

    def _side_by_side(self, *fields: Field, second: int = 3) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        for place, field in enumerate(fields):
            grid.addWidget(field, 0, place)
            grid.setColumnStretch(place, second if place else 3)
        self._column.addLayout(grid)

    def _commit(self, key: str, value: Any) -> None:
        editor = self.fields[key].editor
        if self._refusal(key, value) and isinstance(editor, TextField):
            editor.refuse()

    def _refusal(self, key: str, value: Any) -> str:
        """What was wrong, which the field says, or ""."""
        if self._person is None:
            return ""
        if key == "organisation":
            fault = self._save(organisations.employ, [self._person], value)
        else:
            fault = self._save(people.edit, self._person, **{key: value})
        wrong = "" if fault is None else sentence(fault)
        self.field(key).set_error(wrong)
        if key == "email":
            self._doubt_address(value)
        return wrong

    def _keep_remarks(self, person: PersonId, text: str) -> bool:
        return person != self._person or not self._refusal("remarks", text)

    def field(self, key: str) -> Field:
        """The field of an attribute of a person."""
        if key == "entry_date":
            return self.entry_date
        return self.tokens[key] if key in self.tokens else self.fields[key]

    def show_person(self, entry: Entry, roster: Roster) -> None:
        """Shows everything about one person; a field that is being typed in stays as it is."""
        other = entry.id != self._person
        if other:
            self.flush()  # what is half typed belongs to the one shown before
        self._person, self._roster = entry.id, roster
        settle(self.entry_date, entry.person.entry_date, other=other)
        if not self.entry_date.input.hasFocus():
            self.entry_date.input.setCursorPosition(0)
        for key, tokens in self.tokens.items():
            settle(tokens, getattr(entry.person, key), other=other)
        for key, labelled in self.fields.items():
            if other and labelled.error():
                labelled.set_error("")
            editor = labelled.editor
            if key == "organisation":
                value: Any = entry.organisation
            elif key == "supervisor":
                value = roster.name(entry.person.supervisor)
            else:
                value = getattr(entry.person, key)
            if isinstance(editor, LongText):
                settle_text(editor, value, lambda text: self._keep_remarks(entry.id, text), other=other)
            elif isinstance(editor, TextField | PeoplePicker):
                editor.show_value(value, other=other)
            else:
                editor.show_value(value)  # type: ignore[attr-defined]
        self._doubt_address(entry.person.email)

    def _doubt_address(self, address: str) -> None:
        """A word beside an address nobody can have: it is kept, for nothing but a letter would tell."""
        doubtful = bool(address) and not can_be_address(address)
        self.fields["email"].set_warning(tr("This can't be an e-mail address. Please check it.") if doubtful else "")

    def flush(self) -> None:
        """Saves what is half typed."""
        for labelled in self.fields.values():
            if isinstance(labelled.editor, LongText):
                labelled.editor.flush()
            elif isinstance(labelled.editor, TextField):
                labelled.editor.finish()
            elif isinstance(labelled.editor, PeoplePicker):
                labelled.editor.commit()
        finish(self.entry_date, *self.tokens.values())

    def start(self) -> None:
        """Puts the cursor into the first field."""
        editor = self.fields["given_name"].editor
        editor.setFocus()
        assert isinstance(editor, TextField)
        editor.selectAll()
