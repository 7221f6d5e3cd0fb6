from __future__ import annotations

import pytest

from app.i18n import speaking
from ui.parts.labels import counted


@pytest.mark.parametrize(
    ("n", "language", "words"),
    [(14, "en", "Mentees (14)"), (1, "en", "Mentees (1)"), (0, "en", "Mentees"), (1200, "de", "Mentees (1.200)")],
)
def test_nothing_is_not_counted(n: int, language: str, words: str) -> None:
    with speaking(language):
        assert counted("Mentees ({n})", n) == words
