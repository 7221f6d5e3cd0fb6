"""First step of an import: how the file is to be read, with its first rows as they are understood."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.exchange.columns import HEADER_ROWS
from app.exchange.quotes import WHOLE_LINE
from app.exchange.tables import ENCODINGS, SEPARATORS, SourceKind, Table
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts.card import row
from ui.parts.editors import ChoiceField, Labelled
from ui.parts.spoken import SpokenLabel

SHOWN_ROWS, SHOWN_COLUMNS = 30, 40
NAMES = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}


def separator_text(sign: str) -> str:
    """A separator by its name; one that has none by itself."""
    names = {";": tr("Semicolon ;"), ",": tr("Comma ,"), "\t": tr("Tab"), WHOLE_LINE: tr("none (one column)")}
    return names.get(sign, sign)


class _Rows(QAbstractTableModel):
    """The first rows as they stand in the file; the header row is bold."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._width = 0
        self.header_row: int | None = None

    def show_rows(self, rows: tuple[tuple[str, ...], ...], header_row: int | None) -> None:
        self.beginResetModel()
        self._rows, self.header_row = rows[:SHOWN_ROWS], header_row
        self._width = min(max(map(len, self._rows), default=0), SHOWN_COLUMNS)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._width + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        role = int(role)
        is_header = index.row() == self.header_row
        if role == int(Qt.ItemDataRole.DisplayRole):
            if index.column() == 0:
                return str(index.row() + 1)
            cells = self._rows[index.row()]
            return " ".join(cells[index.column() - 1].split())[:80] if index.column() <= len(cells) else ""
        if role == int(Qt.ItemDataRole.FontRole) and is_header:
            return theme.font(1.0, theme.SEMIBOLD)
        if role == int(Qt.ItemDataRole.ForegroundRole):
            before = self.header_row is not None and index.row() < self.header_row
            return theme.colour("muted" if index.column() == 0 or before else "text")
        if role == int(Qt.ItemDataRole.BackgroundRole) and is_header:
            return theme.colour("accent_soft")
        return None


class FileFacts(QWidget):
    """Encoding, separator, sheet and header row: found out, and correctable."""

    reread_wanted = Signal()  # encoding, separator or sheet is another one
    header_moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.encoding = ChoiceField([(name, NAMES[name]) for name in ENCODINGS])
        self.separator = ChoiceField([(sign, separator_text(sign)) for sign in (*SEPARATORS, WHOLE_LINE)])
        self.sheet = ChoiceField()
        self.header = ChoiceField([(None, tr("none")), *((row, str(row + 1)) for row in range(HEADER_ROWS))])
        for field in (self.encoding, self.separator, self.sheet, self.header):
            field.setMinimumWidth(theme.px(160))
        self._fields = {
            "encoding": Labelled(tr("Encoding"), self.encoding),
            "separator": Labelled(tr("Separator"), self.separator),
            "sheet": Labelled(tr("Sheet"), self.sheet),
            "header": Labelled(tr("Row with the headings"), self.header),
        }
        for field in (self.encoding, self.separator, self.sheet):
            field.committed.connect(lambda _: self.reread_wanted.emit())
        self.header.committed.connect(lambda _: self.header_moved.emit())
        for labelled in self._fields.values():
            labelled.hide()  # until the file has been read nobody knows which of them there are
        column.addLayout(row(*self._fields.values(), 1, spacing=12))
        self.said = SpokenLabel("muted")
        column.addWidget(self.said)
        self._rows = _Rows()
        self.table = QTableView()
        self.table.setModel(self._rows)
        self.table.setAccessibleName(tr("The first rows of the file"))
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setCornerWidget(QWidget())
        column.addWidget(self.table, 1)

    def show_nothing(self) -> None:
        """The file could not be read: what it holds is not known."""
        for name in ("encoding", "separator", "sheet", "header"):
            self._fields[name].setVisible(name == "encoding" and self.encoding.value() is not None)

    def show_table(self, table: Table, header_row: int | None) -> None:
        """Shows a table as it was read."""
        self.encoding.show_value(table.encoding)
        signs = dict.fromkeys((*SEPARATORS, WHOLE_LINE, table.separator or WHOLE_LINE))
        self.separator.set_choices([(sign, separator_text(sign)) for sign in signs])
        self.separator.show_value(table.separator)
        self.sheet.set_choices([(name, name) for name in table.sheets])
        self.sheet.show_value(table.sheet)
        self._fields["encoding"].setVisible(table.kind is SourceKind.CSV)
        self._fields["separator"].setVisible(table.kind is not SourceKind.WORKBOOK)
        self._fields["sheet"].setVisible(len(table.sheets) > 1)
        self._fields["header"].show()
        self.header.show_value(header_row)
        n, width = len(table.rows), table.width
        self.said.setText(
            trn("{n} row", "{n} rows", n).format(n=number_text(n))
            + " · "
            + trn("{n} column", "{n} columns", width).format(n=number_text(width))
        )
        self._rows.show_rows(table.rows, header_row)
        self.table.resizeColumnsToContents()
        for place in range(self._rows.columnCount()):
            self.table.setColumnWidth(place, min(self.table.columnWidth(place) + theme.px(8), theme.px(220)))

    def header_row(self) -> int | None:
        """The header's row counted from 0; None for a file without."""
        found = self.header.value()
        return None if found is None else int(found)
