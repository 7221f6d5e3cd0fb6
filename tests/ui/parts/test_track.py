from __future__ import annotations

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
