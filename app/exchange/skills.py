"""Skills as people write them: "Excel (3)", "CAD 2", "SAP Stufe 4", "Word ***", "Excel (3) CAD (2)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.exchange import cells

_NEXT = re.compile(r"(?<=[)\]])\s+(?=[^\W\d_][^()\[\]]*[(\[][^()\[\]]*\d)")  # "Excel (3) | CAD (2)"
_WORDED = re.compile(
    r"(?P<name>.*[^\W_].*?)[\s,–-]+(?:ziel)?(?:stufe|level|lvl|niveau)\.?\s*(?P<level>-?\d{1,2})\Z", re.I
)
_DASHED = re.compile(r"(?P<name>.*[^\W_].*?)\s+[–—-]+\s*(?P<level>\d)\Z")
_STARRED = re.compile(r"(?P<name>.*[^\W_].*?)\s*[(\[]?\s*(?P<stars>[*★⭐●]+)(?P<rest>[☆○]*)\s*[)\]]?\Z")
_BARE = re.compile(r"(?P<name>.*[^\W\d_].*?)\s+(?P<level>\d)\Z")
_SAID = re.compile(r"(?P<name>.*[^\W_].*?)\s*[(\[:–-]\s*(?P<word>[^()\[\]:]+?)\s*[)\]]?\Z")
_WORDS = {
    1: "grundkenntnisse|grundlagen|basis|basics|basic|anfänger|anfängerin|beginner|einsteiger|novice",
    2: "gut|gute kenntnisse|good|fortgeschritten|fortgeschrittene|intermediate|mittel",
    3: "sehr gut|very good|advanced|weit fortgeschritten|proficient",
    4: "experte|expertin|expert|profi|hervorragend|excellent|sehr weit fortgeschritten|master",
}
_LEVELS = {word: level for level, words in _WORDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class SaidSkill:
    """``level`` None where none is said; it may be out of 1 to 4. ``guessed``: it could be part of the topic's name."""

    topic: str
    level: int | None = None
    priority: int | None = None
    guessed: bool = False


@lru_cache(maxsize=1024)
def skills_of(text: str) -> tuple[str, ...]:
    """The items of a cell, one for each skill."""
    return tuple(part.strip() for item in cells.items_of(text) for part in _split(item))


def _split(item: str) -> list[str]:
    return [item] if item.startswith('"') else _NEXT.split(item)


@lru_cache(maxsize=4096)
def said_skill(item: str) -> SaidSkill:
    """One skill; an item without a letter has no topic."""
    topic, level, priority = cells.skill_of(item)
    if not any(letter.isalpha() for letter in topic):
        return SaidSkill("")
    if level is not None or item.startswith('"'):
        return SaidSkill(topic, level, priority)
    if match := _WORDED.match(topic):
        return SaidSkill(match["name"].strip(), int(match["level"]))
    if match := _STARRED.match(topic):
        footnote = match["stars"] in ("*", "**") and not match["rest"] and "(" not in topic
        return SaidSkill(match["name"].strip(), len(match["stars"]), guessed=footnote)
    if match := _DASHED.match(topic) or _BARE.match(topic):
        number = int(match["level"])
        fits = 1 <= number <= 4
        return SaidSkill(match["name"].strip(" –—-"), number, guessed=True) if fits else SaidSkill(topic, guessed=True)
    if (match := _SAID.match(topic)) and (meant := _LEVELS.get(match["word"].casefold())):
        return SaidSkill(match["name"].strip(), meant, guessed=True)
    return SaidSkill(topic)
