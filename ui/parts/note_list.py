"""The list of private notes: pinned ones first, two lines of each, what was searched for marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.ids import NoteId
from app.domain.notes import Found, Note
from app.i18n import date_text, tr
from ui import icons, theme
from ui.parts.spoken import CurrentTold, follow_selection

Place = QModelIndex | QPersistentModelIndex
HIT, HIT_END = "\x02", "\x03"
MOST_SHOWN = 220  # characters of a note that two lines could ever need


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One row: the note, two lines of it with its hits between HIT and HIT_END, and whom it is about."""

    note: Note
    excerpt: str = field(repr=False)
    about: str = field(default="", repr=False)
    title_hits: tuple[tuple[int, int], ...] = field(default=(), repr=False)


def rows_from_notes(notes: Sequence[Note], about: dict[NoteId, str]) -> list[NoteRow]:
    return [NoteRow(note, _opening(note), about.get(note.id, "")) for note in notes]


def rows_from_search(found: Sequence[Found], about: dict[NoteId, str]) -> list[NoteRow]:
    """The best hit first, but pinned notes before all others."""
    ordered = sorted(found, key=lambda one: not one.note.pinned)
    return [_row_found(one, about.get(one.note.id, "")) for one in ordered]


def _row_found(found: Found, about: str) -> NoteRow:
    """A hit in the title is marked there, with the note's opening below it."""
    excerpt = _plain(found.excerpt)
    text, hits = without_marks(excerpt)
    if text == found.note.title:
        return NoteRow(found.note, _opening(found.note), about, tuple(hits))
    return NoteRow(found.note, excerpt, about)


def _opening(note: Note) -> str:
    return _plain(note.body[: MOST_SHOWN * 2])


def _plain(text: str) -> str:
    """Two lines of a list are no place for Markdown's signs."""
    return " ".join(text.replace("**", "").replace("`", "").split())


def title_of(note: Note) -> str:
    """The title, or the first words of a note without one."""
    if note.title:
        return note.title
    first = next((line.strip("#*- ") for line in note.body.splitlines() if line.strip()), "")
    return first[:60] or tr("Untitled")


def without_marks(excerpt: str) -> tuple[str, list[tuple[int, int]]]:
    """The excerpt as it is read, and the hits in it as (start, length)."""
    text, hits, start = "", [], 0
    for character in excerpt:
        if character == HIT:
            start = len(text)
        elif character == HIT_END:
            hits.append((start, len(text) - start))
        else:
            text += character
    return text, hits


class NoteModel(QStringListModel):
    """The rows of the list; a screen reader hears title, whom it is about and the excerpt.

    Qt asks for the number of rows twice for each row that it lays out: its own model of so many empty texts answers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[NoteRow] = []
        self._places: dict[NoteId, int] | None = None

    def set_rows(self, rows: Sequence[NoteRow]) -> None:
        self.rows, self._places = list(rows), None
        self.setStringList([""] * len(self.rows))

    def place_of(self, note: NoteId | None) -> int:
        """The row of a note, -1 where it is not in the list."""
        if note is None:
            return -1
        if self._places is None:
            self._places = {one.note.id: place for place, one in enumerate(self.rows)}
        return self._places.get(note, -1)

    def flags(self, index: Place) -> Qt.ItemFlag:
        """As of any list that is only read."""
        return super().flags(index) & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)

    def data(self, index: Place, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if int(role) == int(Qt.ItemDataRole.DisplayRole):
            return title_of(one.note)
        if int(role) == int(Qt.ItemDataRole.AccessibleTextRole):
            pinned = tr("pinned") if one.note.pinned else ""
            said = (title_of(one.note), pinned, one.about, without_marks(one.excerpt)[0])
            return ", ".join(text for text in said if text)
        return None


class NoteDelegate(QStyledItemDelegate):
    """Paints a note's row: title and pin, two lines of text, whom it is about and its day."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Place) -> QSize:
        return QSize(theme.px(120), theme.px(98))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        rect: QRect = option.rect
        one: NoteRow = index.model().rows[index.row()]  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "violet_soft" if chosen else "hover" if hovered else "surface"
        painter.save()
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        if chosen:
            painter.fillRect(rect.x(), rect.y(), theme.px(3), rect.height() - 1, theme.colour("violet"))
        inner = rect.adjusted(theme.px(14), theme.px(10), -theme.px(12), -theme.px(8))
        line = theme.px(20)
        self._paint_title(painter, QRect(inner.x(), inner.y(), inner.width(), line), one)
        self._paint_excerpt(painter, QRect(inner.x(), inner.y() + line, inner.width(), theme.px(36)), one, chosen)
        foot = QRect(inner.x(), inner.bottom() - line + 1, inner.width(), line)
        self._paint_foot(painter, foot, one, chosen)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, one: NoteRow) -> None:
        room = rect.width()
        if one.note.pinned:
            side = theme.px(14)
            at = QRect(rect.right() - side, rect.y() + (rect.height() - side) // 2, side, side)
            icons.paint(painter, at.toRectF(), "pin", "violet")
            room -= side + theme.px(6)
        font = theme.font(1.0, theme.SEMIBOLD)
        metrics = QFontMetricsF(font)
        laid = QTextLayout(metrics.elidedText(title_of(one.note), Qt.TextElideMode.ElideRight, room), font)
        laid.setFormats([_hit(start, length) for start, length in one.title_hits])
        laid.beginLayout()
        line = laid.createLine()
        line.setLineWidth(room + 1)
        laid.endLayout()
        painter.setPen(theme.colour("text"))
        laid.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - metrics.height()) / 2))

    def _paint_excerpt(self, painter: QPainter, rect: QRect, one: NoteRow, chosen: bool) -> None:
        text, hits = without_marks(one.excerpt)
        font = theme.font(0.94)
        metrics = QFontMetricsF(font)
        laid = QTextLayout(metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() * 1.86), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        laid.setTextOption(option)
        laid.setFormats([_hit(start, length) for start, length in hits])
        laid.beginLayout()
        for place in range(2):
            line = laid.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width())
            line.setPosition(QPointF(0, place * rect.height() / 2))
        laid.endLayout()
        painter.setPen(theme.colour("text" if chosen else "muted"))
        laid.draw(painter, QPointF(rect.topLeft()))

    def _paint_foot(self, painter: QPainter, rect: QRect, one: NoteRow, chosen: bool) -> None:
        font = theme.font(0.88)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if chosen else "muted"))
        day = date_text(one.note.changed_at.astimezone().date())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, day)
        said = " \u00b7 ".join([text for text in (one.about, *(f"#{tag}" for tag in one.note.tags)) if text])
        room = rect.width() - metrics.horizontalAdvance(day) - theme.px(10)
        painter.setPen(theme.colour("violet"))
        shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _hit(start: int, length: int) -> QTextLayout.FormatRange:
    """Marked by weight and by a ground, so not by colour alone."""
    marked = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setFontWeight(theme.SEMIBOLD)
    look.setForeground(theme.colour("warn"))
    look.setBackground(theme.colour("warn_soft"))
    marked.start, marked.length, marked.format = start, length, look
    return marked


class NoteList(QListView):
    """One note chosen at a time; the choice outlives a new reading of the list."""

    chosen = Signal(object)  # NoteId or None, by hand or by ``choose``

    def __init__(self, name: str) -> None:
        super().__init__()
        self.notes = NoteModel()
        self.current: NoteId | None = None
        self._restoring = False
        self.setAccessibleName(name)
        self.setModel(self.notes)
        CurrentTold(self)
        follow_selection(self)
        self.setItemDelegate(NoteDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ring = f"border-radius: {theme.px(8)}px; border: 2px solid"
        accent = theme.colour("accent").name()
        self.setStyleSheet(f"QListView {{ {ring} transparent; }} QListView:focus {{ {ring} {accent}; }}")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def set_rows(self, rows: Sequence[NoteRow]) -> None:
        """Shows other rows; the chosen note stays chosen where it is among them, and nothing scrolls."""
        top = self.verticalScrollBar().value()
        self._restoring = True
        self.notes.set_rows(rows)
        self._mark(self.notes.place_of(self.current))
        self._restoring = False
        self.verticalScrollBar().setValue(top)

    def choose(self, note: NoteId | None) -> None:
        """Chooses a note and shows its row; None, or one that is not in the list, chooses nothing."""
        place = self.notes.place_of(note)
        self._restoring = True
        self._mark(place)
        self._restoring = False
        if place >= 0:
            self.scrollTo(self.notes.index(place))
        self._take(note if place >= 0 else None)

    def expect(self, note: NoteId) -> None:
        """Chooses a note that is not listed yet; its row is marked as soon as it is."""
        self._restoring = True
        self._mark(self.notes.place_of(note))
        self._restoring = False
        self._take(note)

    def _mark(self, place: int) -> None:
        if place < 0:
            self.selectionModel().clear()
            return
        self.selectionModel().setCurrentIndex(
            self.notes.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._restoring:
            self._take(self.notes.rows[now.row()].note.id if now.isValid() else None)

    def _take(self, note: NoteId | None) -> None:
        if note != self.current:
            self.current = note
            self.chosen.emit(note)
