"""Every dialog at 200 % text size on a screen of 1280 x 800, in both languages: it fits, and no button is cut."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QDialog,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ui.dialogs
from app import i18n
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import Tandem
from app.services.erase import restoring
from app.store import backups as shelf
from app.store import people, tandems
from app.store.backups import Backup
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs.backups import Backups
from ui.dialogs.bring_back import BringBack
from ui.dialogs.bulk_edit import BulkEdit
from ui.dialogs.change_passphrase import ChangePassphrase
from ui.dialogs.crash import Crash
from ui.dialogs.earlier_passphrase import EarlierPassphraseDialog
from ui.dialogs.enrol_people import EnrolPeople
from ui.dialogs.erase_person import ErasePerson
from ui.dialogs.export_roster import ExportRoster
from ui.dialogs.forgotten import Forgotten
from ui.dialogs.import_roster import ImportRoster
from ui.dialogs.new_vault import NewVault
from ui.dialogs.open_with_sheet import OpenWithSheet
from ui.dialogs.protect import Protect
from ui.dialogs.record_together import RecordAgreements, RecordConsents, RecordMeetings, RecordTogether
from ui.dialogs.restore_preview import RestorePreview
from ui.dialogs.salvage import SalvageDialog
from ui.dialogs.sheet_again import PrintSheet, ProveSheet
from ui.parts.dialog import Dialog
from ui.parts.import_reading import Material
from ui.parts.roster import empty_roster
from ui.shell.help import PageHelp, Shortcuts

SCREEN, FRAME, RING = QSize(1280, 800), 40, 2  # the ring of the focus is a part of what a button wants

Make = Callable[[Desk], QDialog]


def backup(desk: Desk) -> Backup:
    return desk.vault.back_up(desk.places.backups)


def some(desk: Desk) -> tuple[Tandem, ...]:
    assert desk.programme is not None
    return tandems.of_programme(desk.vault, desk.programme)[:9]


def preview(desk: Desk) -> QDialog:
    made = backup(desk)
    return RestorePreview(made, shelf.contents_of(desk.vault), restoring(desk.vault, made), None)


def bulk(desk: Desk) -> QDialog:
    roster = empty_roster(i18n.language()).read(desk.vault, desk.programme, i18n.language())
    return BulkEdit(roster.entries[:3], roster)


def listed(desk: Desk) -> QDialog:
    backup(desk)
    return Backups(desk)


DIALOGS: dict[type[QDialog], Make] = {
    Backups: listed,
    BringBack: lambda desk: BringBack(desk, backup(desk)),
    BulkEdit: bulk,
    ChangePassphrase: lambda desk: ChangePassphrase(desk.vault, desk.places.backups, None),
    Crash: lambda _: Crash(None, "app/one.py:12 verb\nValueError"),
    EarlierPassphraseDialog: lambda desk: EarlierPassphraseDialog(backup(desk)),
    EnrolPeople: lambda _: EnrolPeople(None, ProgrammeKind.REVERSE),
    ErasePerson: lambda desk: ErasePerson(desk, people.all_people(desk.vault)[0]),
    ExportRoster: lambda _: ExportRoster(80, 3),
    Forgotten: lambda _: Forgotten(None),
    ImportRoster: lambda desk: ImportRoster(desk, Material("Name\tVorname\tAbteilung\nMeier\tJana\tIT\n")),
    NewVault: lambda desk: NewVault(None, desk.places.vaults),
    OpenWithSheet: lambda desk: OpenWithSheet(desk.vault.path, desk.places.backups, None),
    Protect: lambda _: Protect(None),
    ProveSheet: lambda desk: ProveSheet(desk.vault, None),
    PrintSheet: lambda desk: PrintSheet(desk.vault, None),
    RecordAgreements: lambda desk: RecordAgreements(None, some(desk)),
    RecordConsents: lambda desk: RecordConsents(None, some(desk), ProgrammeKind.REVERSE),
    RecordMeetings: lambda desk: RecordMeetings(None, some(desk), {}),
    RestorePreview: preview,
    SalvageDialog: lambda desk: SalvageDialog(desk.vault.path, "x", desk.places.backups),
    PageHelp: lambda _: PageHelp("unlock", None),
    Shortcuts: lambda _: Shortcuts(None),
}


def test_every_dialog_is_among_them() -> None:
    found = {
        one
        for module in pkgutil.iter_modules(ui.dialogs.__path__)
        for one in vars(importlib.import_module(f"ui.dialogs.{module.name}")).values()
        if isinstance(one, type) and issubclass(one, Dialog) and one not in (Dialog, RecordTogether)
    }
    assert found <= set(DIALOGS)


def cut(dialog: QDialog) -> list[str]:
    """Buttons that are narrower or lower than their words, or lie outside of the dialog with no way to scroll."""
    found = []
    for button in dialog.findChildren(QAbstractButton):
        if not button.isVisibleTo(dialog) or not button.text():
            continue
        room = button.size()
        wanted = button.sizeHint()
        if isinstance(button, QCheckBox | QRadioButton | QPushButton) and (
            room.width() < wanted.width() or room.height() < wanted.height() - RING
        ):
            found.append(f"{button.text()}: {room.width()}x{room.height()} of {wanted.width()}x{wanted.height()}")
        around: QWidget | None = button.parentWidget()
        while around is not None and not isinstance(around, QAbstractScrollArea) and around is not dialog:
            around = around.parentWidget()
        place = button.rect().translated(button.mapTo(dialog, button.rect().topLeft()))
        if around is dialog and not dialog.rect().contains(place):
            found.append(f"{button.text()}: outside")
    return found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", DIALOGS)
def test_it_fits_and_no_button_is_cut(
    qtbot: QtBot, qapp: QApplication, demo_desk: Desk, kind: type[QDialog], language: str
) -> None:
    i18n.set_language(language)
    theme.apply(qapp, theme.Scheme.LIGHT, 200)
    dialog = DIALOGS[kind](demo_desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not tasks.running())
    QApplication.processEvents()  # what was read is laid out then
    room = SCREEN - QSize(0, FRAME)
    dialog.resize(dialog.size().boundedTo(room))
    QApplication.processEvents()
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert least.boundedTo(room) == least
    assert cut(dialog) == []


def test_tab_brings_what_is_below_the_edge_into_view(qtbot: QtBot, qapp: QApplication, demo_desk: Desk) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, 200)
    dialog = ChangePassphrase(demo_desk.vault, demo_desk.places.backups, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.resize(dialog.width(), 360)
    QApplication.processEvents()
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisibleTo(dialog) and one.isEnabled()]
    last = max(buttons, key=lambda one: one.mapTo(dialog, one.rect().center()).y())
    assert last.visibleRegion().isEmpty()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
        if last.hasFocus():
            break
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect() == last.rect()
