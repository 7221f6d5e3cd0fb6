from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts.track import Station, Track

NAMES = ("Auswahl", "Zwischen\u00adgespräche", "Abschluss")


def test_a_long_name_takes_two_lines_where_it_has_no_room(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    track = Track([Station(name=name, note="22.11.2026") for name in NAMES])
    qtbot.addWidget(track)
    track.resize(900, 80)
    track.show()
    low = track.sizeHint().height()
    assert track._name_lines(track.stations[1]) == ["Zwischengespräche"]
    track.resize(3 * 90, 80)
    assert track._name_lines(track.stations[1]) == ["Zwischen-", "gespräche"]
    assert track.sizeHint().height() > low
    assert "Zwischengespräche, 22.11.2026" in track.accessibleName()
    assert "\u00ad" not in track.accessibleName() + track.toolTip()


@pytest.mark.parametrize("width", [7 * 150, 7 * 125, 7 * 110])
def test_large_text_is_written_smaller_before_a_name_is_cut(qtbot: QtBot, qapp: QApplication, width: int) -> None:
    names = ("Auswahl", "Schulung", "Auftakt", "Treffen", "Zwischen\u00adgespräche", "Abschluss", "Auswertung")
    theme.apply(qapp, "light", 200)
    try:
        track = Track([Station(name=name, note="22.11.2026") for name in names])
        qtbot.addWidget(track)
        track.resize(width, 160)
        track.show()
        for_names, for_notes = track.shares()
        for station in track.stations:
            metrics = QFontMetrics(track._name_font(station, for_names))
            assert all(metrics.horizontalAdvance(line) <= width // 7 - 4 for line in track._name_lines(station))
            assert QFontMetrics(track._note_font(for_notes)).horizontalAdvance(station.note) <= width // 7 - 4
    finally:
        theme.apply(qapp, "light", 100)


def test_a_track_with_room_is_written_as_large_as_ever(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    track = Track([Station(name=name, note="22.11.2026") for name in NAMES])
    qtbot.addWidget(track)
    track.resize(900, 80)
    assert track.shares() == (1.0, 1.0)
