"""The names that an import would bring into the lists of the vault: so a slip of the pen is seen before it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.languages import language_keys
from app.domain.people import Person
from app.domain.text import fold, sort_key
from app.domain.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """New names as they are written, those used least first: a slip stands in one row, a department in many."""

    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.languages or self.topics or self.departments)


def newcomers(before: Iterable[Person], after: Sequence[Person], topics: Iterable[Topic]) -> Newcomers:
    """What ``after``, the people as they would be written, name for the first time; ``topics`` are the new ones.

    Where nobody is known yet every language and department is new, which says nothing: only topics are told then.
    """
    spoken: set[str] = set()
    worked: set[str] = set()
    known = False
    for person in before:
        known = True
        worked.add(fold(person.department))
        for language in person.languages:
            spoken |= _keys(language)
    uses = Counter(topic for person in after for topic in {skill.topic for skill in person.skills})
    languages: Counter[str] = Counter()
    departments: Counter[str] = Counter()
    if known:
        languages.update(one for person in after for one in person.languages if not _keys(one) <= spoken)
        departments.update(one.department for one in after if one.department and fold(one.department) not in worked)
    return Newcomers(
        languages=_rare_first(_alike(languages, _keys)),
        topics=_rare_first({topic.name("de"): uses[topic.id] for topic in topics}),
        departments=_rare_first(_alike(departments, fold)),
    )


def _keys(language: str) -> frozenset[str]:
    return language_keys(language) or frozenset({fold(language)})


def _alike(found: Counter[str], key: Callable[[str], Hashable]) -> dict[str, int]:
    """Names of one ``key`` are one, written as most often."""
    made: dict[Hashable, tuple[str, int]] = {}
    for name, uses in found.most_common():
        first, so_far = made.get(key(name), (name, 0))
        made[key(name)] = (first, so_far + uses)
    return dict(made.values())


def _rare_first(uses: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(uses, key=lambda name: (uses[name], sort_key(name))))
