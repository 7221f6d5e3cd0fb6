"""The roster as a file: who, which columns, which kind of file, and what does not leave."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget

from app.domain.programmes import Role
from app.errors import Fault
from app.exchange.fields import Field
from app.i18n import language, number_text, tr, trn
from app.store import people as people_store
from app.store import topics as topic_store
from ui import tasks, theme
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts import buttons
from ui.parts.banner import Banner
from ui.parts.card import heading, row, subheading
from ui.parts.dialog import Dialog
from ui.parts.roster import Entry, Roster

FIELDS_OF_COLUMN: dict[str, tuple[Field, ...]] = {
    "name": (Field.FAMILY_NAME, Field.GIVEN_NAME),
    "role": (Field.ROLE, Field.CAPACITY),
    "goal": (Field.SOUGHT,),
    "level_sought": (Field.SOUGHT,),
    "state": (),
}
LEFT_OUT_BY_DEFAULT = frozenset({Field.FULL_NAME, Field.BOTH_ROLES, Field.REMARKS})


def fields_of(columns: Sequence[str]) -> tuple[Field, ...]:
    """What the visible columns of the list become in a file."""
    known = {field.value: (field,) for field in Field} | FIELDS_OF_COLUMN
    return tuple(dict.fromkeys(field for key in columns for field in known.get(key, ())))


class ExportRoster(Dialog):
    """Asks for people, columns and kind of file."""

    def __init__(self, shown: int, selected: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export people"))
        self.setMinimumWidth(theme.px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(tr("Export people")))
        self.all_shown = QRadioButton(
            trn("The {n} person shown", "The {n} people shown", shown).format(n=number_text(shown))
        )
        self.only_selected = QRadioButton(
            trn("The {n} person selected", "The {n} people selected", selected).format(n=number_text(selected))
        )
        self.only_selected.setVisible(selected > 0)
        chosen = self.only_selected if selected else self.all_shown
        chosen.setChecked(True)
        self.every_field = QRadioButton(tr("All fields, so that the file can be imported again"))
        self.every_field.setChecked(True)
        self.visible_columns = QRadioButton(tr("Only the columns now visible"))
        self.remarks = QCheckBox(tr("With the remarks"))
        self.xlsx = QRadioButton(tr("Excel workbook (XLSX)"))
        self.xlsx.setChecked(True)
        self.csv = QRadioButton(tr("CSV (semicolons, opens in every spreadsheet)"))
        for name, parts in (
            (tr("Who"), (self.all_shown, self.only_selected)),
            (tr("Columns"), (self.every_field, self.visible_columns, self.remarks)),
            (tr("File"), (self.xlsx, self.csv)),
        ):
            group = QWidget()
            group.setAccessibleName(name)
            lines = QVBoxLayout(group)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(theme.px(2))
            lines.addWidget(subheading(name))
            for part in parts:
                lines.addWidget(part)
            column.addWidget(group)
        column.addWidget(
            Banner(
                "info",
                tr(
                    "The file is not encrypted: keep it as carefully as the vault. "
                    "Confidential wishes, rivals, vetoes and private notes are never exported."
                ),
                closable=False,
            )
        )
        cancel = buttons.secondary(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go = buttons.primary(tr("Choose a file …"), "download")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        column.addLayout(row(1, cancel, self.go))
        chosen.setFocus()  # the first in the order would have the frame and not the mark

    def fields(self, columns: Sequence[str], *, programme: bool) -> tuple[Field, ...]:
        """The columns of the file."""
        if self.visible_columns.isChecked():
            chosen = fields_of(columns)
        else:
            part = {Field.ROLE, Field.CAPACITY} if not programme else set()
            chosen = tuple(field for field in Field if field not in LEFT_OUT_BY_DEFAULT | part)
        return (*chosen, Field.REMARKS) if self.remarks.isChecked() else chosen


def export_roster(
    desk: Desk,
    parent: QWidget,
    roster: Roster,
    shown: Sequence[Entry],
    selected: Sequence[Entry],
    columns: Sequence[str],
) -> None:
    """Asks, and writes the file off the main thread; a toast says where it is."""
    dialog = ExportRoster(len(shown), len(selected), parent)
    if not ask.run(dialog):
        return
    entries = selected if dialog.only_selected.isChecked() else shown
    fields = dialog.fields(columns, programme=roster.around.programme is not None)
    suffix, kinds = ("xlsx", tr("Excel workbook (*.xlsx)")) if dialog.xlsx.isChecked() else ("csv", tr("CSV (*.csv)"))
    folder = Path(desk.settings.folder) if desk.settings.folder else Path.home()
    path = ask.save_file(parent, tr("Export people"), folder / f"{tr('People')}.{suffix}", kinds)
    if path is None:
        return
    if path.suffix.lower() != f".{suffix}":
        path = path.with_name(f"{path.name}.{suffix}")
    spoken = language()

    def job(task: tasks.Task) -> None:
        content = sheet_bytes(desk, roster, entries, fields, suffix, spoken)
        task.step(0.9)
        write(path, content)

    def done(_: object) -> None:
        desk.change_settings(folder=str(path.parent))
        n = len(entries)
        desk.say(trn("{n} person exported", "{n} people exported", n).format(n=number_text(n)), file=path)

    desk.busy.emit(tasks.run(job, done, desk.say_fault), tr("Exporting …"))


def sheet_bytes(
    desk: Desk, roster: Roster, entries: Sequence[Entry], fields: Sequence[Field], suffix: str, spoken: str
) -> bytes:
    """The content of the file; runs in any thread."""
    from app.exchange.write import csv_bytes, roster_rows, xlsx_bytes  # slow to load, seldom needed

    roles: dict[object, tuple[Role, int]] = {
        entry.id: (entry.enrolment.role, entry.enrolment.capacity) for entry in entries if entry.enrolment is not None
    }
    sheet = roster_rows(
        [entry.person for entry in entries],
        topic_store.all_topics(desk.vault),
        people_store.organisations(desk.vault),
        fields,
        spoken,
        everyone=[entry.person for entry in roster.entries],
        roles=roles,  # type: ignore[arg-type]
    )
    return xlsx_bytes(sheet) if suffix == "xlsx" else csv_bytes(sheet)


def write(path: Path, content: bytes) -> None:
    """The whole file or nothing. Fault "file.unwritable"."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Fault("file.unwritable") from None
