"""Lines around a table that name nobody: sums, page numbers, "Erstellt von …"."""

from __future__ import annotations

import re

_COUNTED = (
    r"(?:personen|mitarbeit\w*|beschäftigte\w*|teilnehm\w*|einträge|datensätze|zeilen|köpfe|people|persons|employees|"
    r"participants|entries|records|rows|headcount|staff)"
)
_SUM = (
    r"(?:zwischen|gesamt|end)?summe|gesamt(?:anzahl|zahl|ergebnis)?|insgesamt|anzahl|(?:grand |sub)?total|sum|count"
)
_MADE = (
    r"erstellt|stand|gedruckt|ausgedruckt|exportiert|export|druckdatum|erzeugt|quelle|auswertung|abgerufen|generated|"
    r"created|printed|exported|retrieved|as of|as at|source|report"
)
_FOOTER = re.compile(
    rf"(?:(?:{_SUM})(?:\s+{_COUNTED})?\s*[:=]?\s*[\d.,]*(?:\s*{_COUNTED})?"
    r"|(?:seite|page|blatt|sheet)\s*:?\s*\d+(?:\s*(?:von|of|/)\s*\d+)?"
    rf"|\d[\d.,]*\s*{_COUNTED}"
    rf"|(?:{_MADE})\b\s*:?(?=.*\d).*"
    rf"|(?:{_MADE})\s+(?:von|durch|am|aus|by|on|from|with|mit)\b.*"
    r"|(?:---*|\*+)?\s*(?:ende der (?:liste|tabelle|auswertung)|end of (?:list|report|table|file))\s*(?:---*|\*+)?"
    r"|(?:streng )?vertraulich|(?:strictly )?confidential|[\d\W_]+)\Z",
    re.IGNORECASE,
)


def names_nobody(name: str) -> bool:
    """Whether what stands in a row's name cells is a line of the report and not somebody: "Seite 1 von 3"."""
    return _FOOTER.match(name.strip()) is not None
