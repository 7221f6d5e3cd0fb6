"""The last step of an import has room on a small screen with large text, and shows no count of nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import i18n
from app.exchange.roster import Status
from ui import theme
from ui.desk import Desk
from ui.dialogs.import_roster import PREVIEW, ImportRoster
from ui.parts.column_widths import needed
from ui.parts.import_reading import Material

TABLE = (
    "Nachname\tVorname\tAbteilung\tKarriereebene\tEintrittsdatum\n"
    "Meier-Oberschelp\tJana\tIT\t4\tkaputt\n"
    "Ackermann\tDieter\tQualität\t99\t\n"
)


@pytest.fixture(params=["de", "en"])
def preview(
    demo_desk: Desk, qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest
) -> Iterator[ImportRoster]:
    i18n.set_language(request.param)
    theme.apply(qapp, "light", 200)
    dialog = ImportRoster(demo_desk, Material(TABLE))
    qtbot.addWidget(dialog)
    dialog.show()
    while dialog.stack.currentIndex() != PREVIEW:
        qtbot.waitUntil(lambda: dialog._task is None and dialog.next.isEnabled())
        dialog.go_on()
    qtbot.waitUntil(lambda: dialog._task is None)
    QApplication.processEvents()
    yield dialog
    theme.apply(qapp, "light", 100)


def test_the_preview_fits_the_screen(preview: ImportRoster) -> None:
    assert preview.minimumSizeHint().width() <= 1280
    assert preview.minimumSizeHint().height() <= 760


def test_what_is_new_in_the_lists_is_named(preview: ImportRoster) -> None:
    assert preview.plan.newcomers.departments == ("Qualität",)
    assert "(Qualität)\n" in preview.preview.levels.text()


def test_only_what_happens_is_counted(preview: ImportRoster) -> None:
    counts = preview.plan.counts
    shown = {key for key, button in preview.preview.filters.items() if not button.isHidden()}
    assert shown >= {"all"} | {one.value for one in Status if counts[one]}
    assert not shown & {one.value for one in Status if not counts[one]}


def test_what_happens_and_to_whom_is_read_whole(preview: ImportRoster) -> None:
    table = preview.preview.table
    columns = table.records.columns
    need = needed(columns, (0, 1, 2), table.records.records())
    for place, column in enumerate(columns[:3]):
        assert table.columnWidth(place) >= need[place], column.key
