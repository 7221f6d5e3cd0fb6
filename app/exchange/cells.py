"""What a cell of a roster says: dates, levels, skills, lists, roles, addresses. Pure; None is "cannot be read"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from app.domain.languages import languages_in
from app.domain.people import LOWEST_LEVEL, TOP_LEVEL, Salutation
from app.domain.programmes import Role
from app.domain.text import comparable, fold

EARLIEST_YEAR = 1930
YEARS_AHEAD = 10
MAX_CAPACITY = 9
_FIRST_SERIAL, _LAST_SERIAL = 11_000, 80_000  # 1930 and 2119 as a spreadsheet counts days
_NOTHING = frozenset({"", "-", "–", "—", "--", "---", "k.a.", "k. a.", "n/a", "n.a.", "?"})
_ERRORS = re.compile(r"#(N/?A|NV|REF!?|BEZUG!?|WERT!?|VALUE!?|NAME\?|DIV/0!?|NUM!?|ZAHL!?|NULL!?|SPILL!?|[#]+)\Z", re.I)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?\Z")
_ISO_TIGHT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?\Z")
_NAMED = re.compile(r"(\d{1,2})(?:\.?\s*|[-/])([A-Za-zÄÖÜäöü]{3,9})(?:\.?\s+|[-/.'])(\d{4}|\d{2})\Z")
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_MONTH_NUMBERS = {name: n for n, name in enumerate(_MONTHS, 1)} | {"may": 5, "oct": 10, "dec": 12, "mrz": 3}
_LEVEL = re.compile(
    r"(?:(?:ebene|level|stufe|hierarchieebene|karriereebene|karrierestufe|lvl|e|l)\s*[-:.]?)?\s*"
    r"(\d{1,2})(?:[.,]0+)?\Z",
    re.I,
)
_SKILL = re.compile(
    r"(?P<name>.*\S)\s*(?:[(\[]\s*(?:stufe|level|zielstufe|ziel|lvl|l)?\.?\s*(?P<a>-?\d{1,2})(?:\s*/\s*4)?"
    r"(?:\s*,?\s*(?P<marks>!{1,3}))?\s*[)\]]"
    r"|\s*[:=]\s*(?P<b>-?\d{1,2}))\Z",
    re.I | re.S,
)
_EMAIL = re.compile(r"[^\s@<>,;()\"]+@[^\s@<>,;()\"]+\.[^\s@<>,;()\".]{2,}\Z")
_IN_ANGLES = re.compile(r".*<([^<>]+)>\Z", re.S)
_LANGUAGE_LEVEL = re.compile(r"\s*(?:\([^)]*\)|[-:–]?\s*\b[ABC][12]\+?(?:\s*[-/]\s*[ABC][12])?)\s*\Z", re.I)
_TITLE = re.compile(
    r"((?:(?:univ\.?-?\s*)?prof(?:essor(?:in)?)?\.?|dr\.?(?:\s?-?\s?(?:ing|med|rer|nat|phil|jur|pol|oec|h|c|habil|agr)\b"
    r"\.?)*|dipl\.?\s?-?\s?[a-zäöü]+\.?(?:\s?\((?:fh|ba|uni|tu)\))?|mag\.|ing\.|ph\.?\s?d\.?|[mb]\.?\s?(?:sc|a|eng)\.)"
    r"(?=\s|\Z)\s*)+",
    re.I,
)
_SUFFIX = re.compile(r",?\s+((?:ph\.?\s?d\.?|[mb]\.\s?(?:sc|a|eng)\.|mba|ll\.?m\.?)\s*)+\Z", re.I)
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "zu",
        "zum",
        "zur",
        "vom",
        "ter",
        "ten",
        "af",
        "av",
        "vor",
        "und",
    ]
)
_SALUTATIONS = {
    Salutation.MS: "frau fr ms mrs miss mme madame",
    Salutation.MR: "herr hr herrn mr mister monsieur",
    Salutation.NONE: "keine kein ohne neutral divers d none mx no",
}
_ADDRESS = re.compile(r"(Frau|Fr\.|Herrn?|Hr\.|Mrs?\.?|Ms\.?|Miss|Mme\.?|Madame|Monsieur)\s+(?=\S)")
_ROLES = {
    Role.MENTOR: "mentor|mentorin|mentor in|mentor innen|mentorinnen|mentoren|mentors",
    Role.MENTEE: "mentee|mentees|mentee in|mentorand|mentorandin",
    Role.BOTH: "beides|beide|both|mentor und mentee|mentorin und mentee|mentor in und mentee|mentor and mentee|"
    "mentor mentee|mentor in mentee|mentorin mentee|mentee mentor|mentee mentor in|mentee und mentor|"
    "mentee und mentor in|mentee and mentor|beide rollen|both roles|mentor mentee both",
}
_ROLE_WORDS = {comparable(word): role for role, words in _ROLES.items() for word in words.split("|")}
_YES = frozenset(["ja", "j", "yes", "y", "true", "wahr", "x", "1", "oui"])
_NO = frozenset(["nein", "n", "no", "false", "falsch", "0"])


def clean(text: str) -> str:
    """One line without control and unseen characters and doubled blanks, in composed letters."""
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()  # nearly every cell, and four times as fast
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(c if c.isprintable() else " " for c in seen).split())


def clean_lines(text: str) -> str:
    """As ``clean``, keeping the lines of a longer text."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def says_nothing(text: str) -> bool:
    """An empty cell, a dash, "k. A."."""
    return len(text) <= 5 and text.casefold() in _NOTHING


def is_error(text: str) -> bool:
    """A spreadsheet's error value: #N/A, #BEZUG!."""
    return text.startswith("#") and _ERRORS.match(text) is not None


def day_of(text: str, *, today: date, month_first: bool = False) -> date | None:
    """03.02.2022, 2022-02-03, 3/2/2022, 3. Februar 2022 or a spreadsheet's day number.

    A year of two digits is one of the next year at the latest: in 2026, 27 is 2027 and 28 is 1928. Days before 1930
    or more than ten years ahead are no dates of a working life: None.
    """
    day = _some_day(text, today, month_first)
    return day if day is not None and EARLIEST_YEAR <= day.year <= today.year + YEARS_AHEAD else None


def _some_day(text: str, today: date, month_first: bool) -> date | None:
    if match := _ISO.match(text) or _ISO_TIGHT.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(text):
        first, second = int(match[1]), int(match[3])
        if month_first and match[2] == "/":
            first, second = second, first
        return _day(_year(match[4], today), second, first)
    if match := _NAMED.match(text):
        month = _MONTH_NUMBERS.get(fold(match[2])[:3])
        return None if month is None else _day(_year(match[3], today), month, int(match[1]))
    number = text.partition(".")[0]
    if number.isascii() and number.isdigit() and _FIRST_SERIAL <= int(number[:6]) <= _LAST_SERIAL and len(number) == 5:
        return date(1899, 12, 30) + timedelta(days=int(number))
    return None


def _year(text: str, today: date) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    century = (today.year + 1) // 100 * 100
    return century + year if year <= (today.year + 1) % 100 else century - 100 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether a column's dates with strokes are American: some can only be read so, none only the other way."""
    american = european = False
    for text in texts:
        if (match := _DAY_FIRST.match(text.strip())) and match[2] == "/":
            first, second = int(match[1]), int(match[3])
            american |= first <= 12 < second
            european |= second <= 12 < first
    return american and not european


@lru_cache(maxsize=256)
def level_of(text: str) -> int | None:
    """A career level 1 to 9: "4", "4.0", "Ebene 4", "L4"."""
    match = _LEVEL.match(text)
    if match is None:
        return None
    level = int(match[1])
    return level if TOP_LEVEL <= level <= LOWEST_LEVEL else None


def capacity_of(text: str) -> int | None:
    """How many tandems at a time, 1 to 9."""
    match = re.match(r"(?:max\.?\s*)?(\d)(?:[.,]0+)?\Z", text, re.I)
    number = int(match[1]) if match else 0
    return number if 1 <= number <= MAX_CAPACITY else None


@lru_cache(maxsize=1024)
def items_of(text: str, weak: str = ",/|") -> tuple[str, ...]:
    """The items of a cell, cut at ; and line ends, or where those leave it whole at one of ``weak``.

    Nothing is cut inside brackets or inside an item in double quotes; an item in quotes comes with its quotes.
    """
    strong = _cut(text, ";\n\r")
    return strong if len(strong) != 1 else _cut(strong[0], weak)


def _cut(text: str, separators: str) -> tuple[str, ...]:
    items: list[str] = []
    current: list[str] = []
    depth, quoted = 0, False
    for letter in text:
        if quoted:
            quoted = letter != '"'
        elif letter == '"' and (not "".join(current).strip() or current[-1] == '"'):
            quoted = True
        elif letter in separators and (depth <= 0 or letter in ";\n\r"):
            items.append("".join(current).strip())
            current, depth = [], 0
            continue
        else:
            depth += (letter in "([") - (letter in ")]")
        current.append(letter)
    items.append("".join(current).strip())
    return tuple(item for item in items if item and not says_nothing(item))


def unquoted(item: str) -> str:
    """An item without the quotes that kept it together."""
    if len(item) >= 2 and item[0] == item[-1] == '"':
        return item[1:-1].replace('""', '"').strip()
    return item


def quoted(item: str) -> str:
    """An item as it stands among others: in quotes where it would be cut otherwise."""
    return '"' + item.replace('"', '""') + '"' if re.search(r'[;,/|\n\r]|^"', item) else item


@lru_cache(maxsize=1024)
def texts_of(text: str, weak: str = ",/|") -> tuple[str, ...]:
    """A list of interests: "Segeln, Schach" or "Segeln; Schach", each said once."""
    found: dict[str, str] = {}
    for item in items_of(text, weak):
        name = clean(unquoted(item))
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


@lru_cache(maxsize=1024)
def languages_of(text: str) -> tuple[str, ...]:
    """A list of languages; how well they are spoken ("Englisch (C1)") is left out, pairs need the language alone."""
    found: dict[str, str] = {}
    for name in (name for item in texts_of(text) for name in languages_in(item)):
        plain = _LANGUAGE_LEVEL.sub("", name) or name
        found.setdefault(plain.casefold(), plain)
    return tuple(found.values())


@lru_cache(maxsize=1024)
def skill_of(item: str) -> tuple[str, int | None, int | None]:
    """The topic and the number in "Excel (3)", "Excel: 3", "Excel [Stufe 3]", "Excel"; the number is not checked.

    Last the priority, which is told as on the screen: "Excel (3, !!)" has 2. None where the item says none.
    """
    match = _SKILL.match(item)
    if match is None:
        return clean(unquoted(item)), None, None
    marks = len(match["marks"] or "")
    return clean(unquoted(match["name"].strip())), int(match["a"] or match["b"]), marks or None


def email_of(text: str) -> str | None:
    """The address alone: "Lea <lea@x.de>" and "mailto:lea@x.de" are lea@x.de."""
    match = _IN_ANGLES.match(text)
    address = (match[1] if match else text).strip()
    if address[:7].casefold() == "mailto:":
        address = address[7:]
    return address if len(address) <= 254 and _EMAIL.match(address) else None


def role_of(text: str) -> Role | None:
    return _ROLE_WORDS.get(comparable(text))


def yes_or_no(text: str) -> bool | None:
    word = fold(text).strip()
    return True if word in _YES else False if word in _NO else None


def salutation_of(text: str) -> tuple[Salutation | None, str]:
    """How to address a person, and what else the cell says: "Herr Dr." is (MR, "Dr.")."""
    first, _, rest = text.partition(" ")
    word = comparable(first)
    for salutation, known in _SALUTATIONS.items():
        if word in known.split():
            return salutation, rest.strip()
    return (Salutation.NONE, "") if word in ("", "keine angabe") else (None, "")


def addressed(text: str) -> tuple[Salutation | None, str]:
    """What a name begins with besides itself: "Frau Dr. Aylin Özdemir" is (MS, "Dr. Aylin Özdemir").

    "Herr, Michael" is Mr Herr: a comma right behind the word makes it a family name.
    """
    if match := _ADDRESS.match(text):
        return salutation_of(match[1])[0], text[match.end() :]
    return None, text


def title_and_name(text: str) -> tuple[str, str]:
    """ "Dr. Aylin Özdemir" is ("Dr.", "Aylin Özdemir"); "Anna Groß, M.Sc." is ("M.Sc.", "Anna Groß")."""
    titles: list[str] = []
    if match := _TITLE.match(text):
        titles.append(match[0].strip())
        text = text[match.end() :]
    if match := _SUFFIX.search(text):
        titles.append(match[0].strip(" ,"))
        text = text[: match.start()]
    return " ".join(titles), text.strip(" ,")


def is_title(text: str) -> bool:
    """Whether a cell holds an academic title and nothing else."""
    return bool(text) and title_and_name(text)[1] == ""


def name_parts(text: str) -> tuple[str, str, str]:
    """Title, given and family name of "Özdemir, Dr. Aylin" or "Frau Dr. Özdemir"; "von der Heide" stays together."""
    title, name = title_and_name(addressed(text)[1])
    family, comma, given = name.partition(",")
    if comma:
        more, given = title_and_name(addressed(given.strip())[1])
        own, family = title_and_name(family.strip())
        return " ".join(part for part in (title, own, more) if part), given, family
    parts = name.split()
    if len(parts) < 2:
        return title, "", name
    first = len(parts) - 1
    for index in range(1, len(parts) - 1):
        if parts[index].casefold() in _PARTICLES:
            first = index
            break
    return title, " ".join(parts[:first]), " ".join(parts[first:])
