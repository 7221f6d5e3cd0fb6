"""Who is who: finds the person a row means, and the person a supervisor cell means, through indices."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.ids import PersonId
from app.domain.people import Person
from app.domain.text import comparable, sort_key
from app.exchange import cells
from app.exchange.drafts import Draft

_NUMBER_IN_BRACKETS = re.compile(r"(?P<name>.*?)\s*[(\[]\s*(?P<number>[^()\[\]]+?)\s*[)\]]\s*\Z", re.S)


@dataclass(frozen=True, slots=True)
class Known:
    """What identifies a person; somebody whom the file changes is known by the old and by the new."""

    id: PersonId
    number: str
    email: str
    given: str
    family: str
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """``ids`` has one for a hit, several for an ambiguous name, none for a stranger; ``near`` are namesakes."""

    ids: frozenset[PersonId] = frozenset()
    guessed: bool = False
    same_email: bool = False
    same_name: bool = False

    @property
    def one(self) -> PersonId | None:
        return next(iter(self.ids)) if len(self.ids) == 1 else None


def strict(text: str) -> str:
    """Letters as the phone book has them: Müller is Mueller and not Muller; case and blanks do not count."""
    return " ".join(sort_key(text)[0].split())


def _letters(text: str) -> str:
    """Letters alone, umlauts in any spelling: "Müller-Lüdenscheidt" is "mullerludenscheidt"."""
    return comparable(text).replace(" ", "")


def _number(text: str) -> str:
    return text.strip().casefold()


def short_number(text: str) -> str:
    """A personnel number without the leading zeros that spreadsheets lose; "" for one that isn't digits."""
    return text.strip().lstrip("0") if text.strip().isdigit() else ""


def _email(text: str) -> str:
    return text.strip().casefold()


class _Names:
    """People by what a cell may call them: as spelt, as in the phone book, by letters alone, by family name."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.by_spelling: defaultdict[str, list[Known]] = defaultdict(list)
        self.by_full: defaultdict[str, list[Known]] = defaultdict(list)
        self.by_letters: defaultdict[str, list[Known]] = defaultdict(list)
        self.by_family: defaultdict[str, list[Known]] = defaultdict(list)
        for known in people:
            family, given = strict(known.family), strict(known.given)
            self.by_family[family].append(known)
            for name in (
                f"{known.given} {known.family}",
                f"{known.family} {known.given}",
                f"{known.family}, {known.given}",
            ):
                self.by_spelling[name.strip().casefold()].append(known)
            self.by_full[f"{given} {family}".strip()].append(known)
            self.by_full[f"{family} {given}".strip()].append(known)
            own, other = _letters(known.given), _letters(known.family)
            self.by_letters[own + other].append(known)
            self.by_letters[other + own].append(known)


class Directory:
    """People by number, e-mail address and name. ``add`` and every look-up take a time that doesn't grow with it."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_number: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_short: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
        self._all: list[Known] = []
        self._names: _Names | None = None
        self._with_email: set[PersonId] = set()
        self._domains: set[str] = set()
        for person in people:
            self._add(
                Known(
                    person.id,
                    person.personnel_number,
                    person.email,
                    person.given_name,
                    person.family_name,
                    person.department,
                )
            )

    def add(self, person: PersonId, draft: Draft) -> None:
        """Knows a person also by what a row says."""
        self._add(
            Known(person, draft.personnel_number, draft.email, draft.given_name, draft.family_name, draft.department)
        )

    def _add(self, known: Known) -> None:
        if known.number:
            self._by_number[_number(known.number)].append(known)
            if short := short_number(known.number):
                self._by_short[short].append(known)
        if known.email:
            self._by_email[_email(known.email)].append(known)
            self._with_email.add(known.id)
            self._domains.add(_email(known.email).rpartition("@")[2])
        family, given = strict(known.family), strict(known.given)
        self._by_name[family, given].append(known)
        self._all.append(known)
        self._names = None

    @property
    def names(self) -> _Names:
        """The indices of names, made at the first question after the last ``add``: ask when everybody is known."""
        if self._names is None:
            self._names = _Names(self._all)
        return self._names

    def match(self, draft: Draft) -> Found:
        """The person a row is about: by personnel number, else e-mail address, else name and department."""
        if ids := self._numbered(draft.personnel_number):
            return Found(ids=ids)
        same_email = self._by_email.get(_email(draft.email), []) if draft.email else []
        if ids := frozenset(known.id for known in same_email if _same_by_email(known, draft)):
            return Found(ids=ids)
        namesakes = self._by_name.get((strict(draft.family_name), strict(draft.given_name)), [])
        likely = [known for known in namesakes if not _contradicts(known, draft)]
        department = strict(draft.department)
        near = frozenset(known.id for known in likely if strict(known.department) == department)
        far = frozenset(known.id for known in likely if not department or not known.department)
        return Found(ids=near or far, same_email=bool(same_email), same_name=bool(namesakes))

    def _numbered(self, number: str) -> frozenset[PersonId]:
        if not number:
            return frozenset()
        hits = self._by_number.get(_number(number)) or self._by_short.get(short_number(number), [])
        return frozenset(known.id for known in hits)

    def supervisor(self, text: str) -> Found:
        """Whom a supervisor cell means: a number, an e-mail address, "Nachname, Vorname" or "Vorname Nachname"."""
        if ids := self._numbered(text):
            return Found(ids=ids)
        if hits := self.names.by_spelling.get(text.casefold()):
            return _these(hits)
        if match := _NUMBER_IN_BRACKETS.match(text):
            if ids := self._numbered(match["number"]):
                return Found(ids=ids)
            text = match["name"] or text
        if "@" in text:
            found = self._addressed(text)
            name = text.partition("<")[0].strip(' "')
            return found if found.ids or "<" not in text or not name else self._called(name)
        return self._called(text)

    def _addressed(self, text: str) -> Found:
        address = _email(cells.email_of(text) or "")
        if hits := self._by_email.get(address):
            return _these(hits)
        # "bjoern.strauss@…" of a domain in use is most likely the only Björn Strauß, if no other address is known.
        local, _, domain = address.rpartition("@")
        if domain not in self._domains:
            return Found()
        namesakes = self.names.by_letters.get(_letters(local), [])
        return Found(ids=frozenset(known.id for known in namesakes if known.id not in self._with_email), guessed=True)

    def _called(self, text: str) -> Found:
        _, given, family = cells.name_parts(text)
        name = f"{given} {family}".strip()
        names = self.names
        if hits := names.by_spelling.get(name.casefold()) or names.by_full.get(strict(name)):
            return _these(hits)
        others = names.by_letters.get(_letters(name), []) if given else names.by_family.get(strict(family), [])
        return Found(ids=frozenset(known.id for known in others), guessed=True)


def _these(hits: Iterable[Known]) -> Found:
    return Found(ids=frozenset(known.id for known in hits))


def _same_by_email(known: Known, draft: Draft) -> bool:
    """Some share a mailbox: the address alone is not enough, a name must fit, and no number may contradict."""
    given, family = strict(known.given) == strict(draft.given_name), strict(known.family) == strict(draft.family_name)
    return (given and family) or ((given or family) and not _other_number(known, draft))


def _other_number(known: Known, draft: Draft) -> bool:
    return bool(known.number and draft.personnel_number)  # the same number would have been found before


def _contradicts(known: Known, draft: Draft) -> bool:
    other_address = _email(known.email).partition("@")[0] != _email(draft.email).partition("@")[0]
    return _other_number(known, draft) or bool(known.email and draft.email and other_address)
