"""A list of nothing but names: "Müller, Jörg" is one cell, not two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.exchange import cells
from app.exchange.fields import Field
from app.exchange.headers import EXACT, recognise

_LOOKED_AT = 200
_TITLE_ROWS = 20
_NAME = re.compile(r"[^\W\d_][\w.'’´`-]*(?: [^\W\d_][\w.'’´`()-]*){0,5}")
_LIST = re.compile(_NAME.pattern + r"(?:,\s+" + _NAME.pattern + r"){0,2}\Z")
_SHORTEST_LIST = 2


def is_name(text: str) -> bool:
    """Whether a cell looks like a person's full name: a comma or several words, capital letters, no digits."""
    text = cells.clean(text)
    if len(text) > 80 or not _LIST.match(text):
        return False
    parts = text.replace(",", " ").split()
    capitals = sum(1 for part in parts if not part[:1].islower())
    return 2 <= len(parts) <= 8 and 2 * capitals >= len(parts) and not recognise(text)


def are_names(texts: Sequence[str]) -> bool:
    """Whether these are several cells, nearly all of them names."""
    filled = [text for text in texts[:_LOOKED_AT] if text.strip()]
    return len(filled) >= _SHORTEST_LIST and sum(map(is_name, filled)) * 10 >= len(filled) * 9


def is_one_column(lines: Iterable[str]) -> bool:
    """Whether the lines of a text hold one column of names, with commas inside, below a header or without."""
    filled = [line.strip() for line in lines if line.strip()][:_LOOKED_AT]
    for place, line in enumerate(filled[:_TITLE_ROWS]):
        if "," in line:  # "Vorname, Nachname" over two columns
            cut = [cell.strip(' "') for cell in line.split(",")]
            if all(recognise(cell) for cell in cut):
                return False
            break
        if _is_header(line):
            return all(", " in f"{below}, " and below.count(",") == below.count(", ") for below in filled[place + 1 :])
    return are_names(filled)


def _is_header(line: str) -> bool:
    found = recognise(line.strip('"'))
    return bool(found) and found[0] == (Field.FULL_NAME, EXACT)
