"""What a saved PDF is called."""

from __future__ import annotations

from datetime import date

import pytest

from ui.parts.pdf_file import proposed_name

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("programme", "name"),
    [
        ("Reverse Mentoring 2026", "Liste Reverse Mentoring 2026 2026-11-22.pdf"),
        ('A/B: "Zukunft?"  <neu>\n', "Liste A B Zukunft neu 2026-11-22.pdf"),
        ("Über Grenzen …", "Liste Über Grenzen … 2026-11-22.pdf"),
        ("..", "Liste 2026-11-22.pdf"),
        ("", "Liste 2026-11-22.pdf"),
    ],
)
def test_document_programme_and_day_as_every_system_takes_them(programme: str, name: str) -> None:
    assert proposed_name("Liste", programme, DAY) == name


def test_a_long_title_leaves_room_for_the_day() -> None:
    name = proposed_name("Liste", "x" * 400, DAY)
    assert len(name) < 140
    assert name.endswith(" 2026-11-22.pdf")
