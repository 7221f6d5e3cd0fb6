"""Gathers the German fragments into resources/translations/de.mo, and says which texts lack their German.

    python packaging/translations.py           compile
    python packaging/translations.py --check   compare; exit status 1 if a text is missing, unused or stale
"""

from __future__ import annotations

import io
import string
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FRAGMENTS = ROOT / "resources" / "translations" / "de"
COMPILED = ROOT / "resources" / "translations" / "de.mo"
KEYWORDS = {"tr": None, "trn": (1, 2), "trc": ((1, "c"), 2), "mark": None}


def used() -> dict[object, str]:
    """Every message id the code speaks, with the place of one use. Plural ids are tuples."""
    found: dict[object, str] = {}
    for folder in ("app", "ui"):
        for name, line, message, _comments, context in extract_from_dir(
            str(ROOT / folder), method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            identity = (context, message if isinstance(message, str) else tuple(message))
            found.setdefault(identity, f"{folder}/{name}:{line}")
    return found


def gather() -> tuple[Catalog, list[str]]:
    """All fragments as one catalogue, and what is wrong with them."""
    whole = Catalog(locale="de", charset="utf-8")
    wrong: list[str] = []
    for path in sorted(FRAGMENTS.glob("*.po")):
        with path.open("rb") as stream:
            part = read_po(stream, locale="de", charset="utf-8")
        for message in part:
            if not message.id:
                continue
            known = whole.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            if known is not None and known.string != message.string:
                wrong.append(f"{path.name}: {message.id!r} has another German text elsewhere")
            wrong += [f"{path.name}: {problem}" for problem in placeholders(message.id, message.string)]
            if message.string and all(message.string if isinstance(message.string, tuple) else [message.string]):
                whole.add(message.id, message.string, context=message.context)
    return whole, wrong


def placeholders(source: object, german: object) -> list[str]:
    """A German text must fill in the same placeholders as its English one."""
    sources = source if isinstance(source, tuple) else (source,)
    germans = german if isinstance(german, tuple) else (german,)
    names = [{field for _, field, _, _ in string.Formatter().parse(str(text)) if field} for text in sources]
    allowed = set().union(*names)
    problems = []
    for text in germans:
        mine = {field for _, field, _, _ in string.Formatter().parse(str(text)) if field}
        if text and (not mine <= allowed or not (len(germans) > 1 or mine == allowed)):
            problems.append(f"{source!r}: placeholders differ in {text!r}")
    return problems


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    # The same fragments give the same bytes, whenever they are compiled.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", catalogue.plural_forms)]
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    catalogue, wrong = gather()
    if "--check" not in arguments:
        COMPILED.write_bytes(compiled(catalogue))
    speaking = used()
    have = {(m.context or None, m.id if isinstance(m.id, str) else tuple(m.id)) for m in catalogue if m.id}
    wrong += [f"no German text: {key[1]!r} ({place})" for key, place in speaking.items() if key not in have]  # type: ignore[index]
    wrong += [f"not used: {key[1]!r}" for key in sorted(have - set(speaking), key=str)]
    if "--check" in arguments and (not COMPILED.exists() or COMPILED.read_bytes() != compiled(catalogue)):
        wrong.append("de.mo is stale: run packaging/translations.py")
    print("\n".join(wrong) if wrong else f"{len(have)} texts, all in German")
    return 1 if wrong and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
