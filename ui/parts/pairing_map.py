"""The heat map: mentors x mentees, a cell for each pair, by mouse and by keyboard.

Arrows go from cell to cell, Enter keeps the pair in the plan, L keeps or frees it, Delete rules it out or allows it. A
mentor's name dragged onto a mentee's name or column does what Enter does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.domain.drafts import PairIds
from app.domain.ids import EnrolmentId
from app.i18n import number_text, tr
from ui import theme
from ui.parts.banner import announce
from ui.parts.painted import Pictures
from ui.parts.pairing_cells import Mark, mark_text, paint_cell, tens

HEAD_WIDTH, HEAD_HEIGHT = 150, 112
NARROW, WIDE, LOW, TALL = 27, 64, 24, 30
Cell = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A person at the edge of the map. ``name`` as in lists, ``full`` as it is said."""

    id: EnrolmentId
    name: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """All cells: ``scores`` by row and column; the other fields name the cells that are more than a score."""

    mentors: tuple[Head, ...] = ()
    mentees: tuple[Head, ...] = ()
    scores: tuple[tuple[int, ...], ...] = ()
    blocked: frozenset[Cell] = frozenset()
    warned: frozenset[Cell] = frozenset()
    marks: tuple[tuple[Cell, Mark], ...] = ()

    def pair(self, cell: Cell) -> PairIds:
        return self.mentors[cell[0]].id, self.mentees[cell[1]].id


_CELLS, _HEADS = Pictures(1500), Pictures(8)


def _cell(look: tuple[int, Mark, bool, bool], painter: QPainter, room: QRectF) -> None:
    score, mark, blocked, warned = look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(theme.font(0.86, tabular=True))
    paint_cell(painter, room, score, mark, blocked=blocked, warned=warned)


class HeatMap(QWidget):
    """``current``: the pair looked at, by keys or pointer; ``wanted``: one to keep; ``lock``, ``ban``: one to turn."""

    current = Signal(object)  # PairIds | None
    wanted = Signal(object)  # PairIds
    lock = Signal(object)
    ban = Signal(object)
    shown = Signal(QRect)  # where the cell that was gone to by keyboard lies

    def __init__(self) -> None:
        super().__init__()
        self.sheet = MapSheet()
        self._marks: dict[Cell, Mark] = {}
        self._cell: Cell = (0, 0)
        self._over: Cell | None = None
        self._dragged: int | None = None  # the mentor's row
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Heat map of all pairs"))

    # What is shown

    def show_sheet(self, sheet: MapSheet) -> None:
        """Shows another map; the cell gone to stays with its two people while they are there."""
        before = self.pair()
        self.sheet, self._marks = sheet, dict(sheet.marks)
        self._over = self._dragged = None
        found = self._find(before) if before is not None else None
        proposed = [cell for cell, mark in sheet.marks if mark is not Mark.BANNED]
        self._cell = found or min(proposed, default=(0, 0))
        self.setMinimumSize(self.minimumSizeHint())
        self._tell(aloud=False)
        self.update()

    def _find(self, pair: PairIds) -> Cell | None:
        rows = [row for row, one in enumerate(self.sheet.mentors) if one.id == pair[0]]
        columns = [column for column, one in enumerate(self.sheet.mentees) if one.id == pair[1]]
        return (rows[0], columns[0]) if rows and columns else None

    def pair(self) -> PairIds | None:
        """The pair of the cell gone to by keyboard or click."""
        row, column = self._cell
        if row < len(self.sheet.mentors) and column < len(self.sheet.mentees):
            return self.sheet.pair(self._cell)
        return None

    def choose(self, pair: PairIds) -> None:
        """Goes to the cell of a pair."""
        found = self._find(pair)
        if found is not None:
            self._go(found)

    def cell_text(self, cell: Cell) -> str:
        """A cell in words, as a screen reader says it."""
        row, column = cell
        mentor, mentee = self.sheet.mentors[row], self.sheet.mentees[column]
        words = [tr("{mentor} with {mentee}").format(mentor=mentor.full, mentee=mentee.full)]
        if cell in self.sheet.blocked and self._mark(cell) is not Mark.BANNED:
            words.append(tr("blocked by a rule"))
        else:
            points = tr("{score} of 1000").format(score=number_text(self.sheet.scores[row][column]))
            words.append(points)
            if cell in self.sheet.warned:
                words.append(tr("with a warning"))
        words.append(mark_text(self._mark(cell)))
        return ", ".join(filter(None, words))

    def _mark(self, cell: Cell) -> Mark:
        return self._marks.get(cell, Mark.NONE)

    def describe(self, text: str) -> None:
        """The reasons of the current cell, for a screen reader and the tooltip."""
        self.setAccessibleDescription(text)

    # Where things lie

    def minimumSizeHint(self) -> QSize:
        wide = theme.px(HEAD_WIDTH) + len(self.sheet.mentees) * theme.px(NARROW)
        return QSize(wide, theme.px(HEAD_HEIGHT) + len(self.sheet.mentors) * theme.px(LOW))

    def _step(self) -> tuple[float, float]:
        """Width and height of a cell."""
        columns, rows = max(len(self.sheet.mentees), 1), max(len(self.sheet.mentors), 1)
        wide = (self.width() - theme.px(HEAD_WIDTH)) / columns
        tall = (self.height() - theme.px(HEAD_HEIGHT)) / rows
        return (
            float(int(min(max(wide, theme.px(NARROW)), theme.px(WIDE)))),
            float(int(min(max(tall, theme.px(LOW)), theme.px(TALL)))),
        )

    def _corner(self) -> QPoint:
        """Where the names begin: they stay in sight when the map is scrolled."""
        return self.visibleRegion().boundingRect().topLeft()

    def cell_rect(self, cell: Cell) -> QRectF:
        wide, tall = self._step()
        row, column = cell
        left, top = theme.px(HEAD_WIDTH) + column * wide, theme.px(HEAD_HEIGHT) + row * tall
        return QRectF(left, top, wide, tall)

    def cell_at(self, at: QPoint) -> Cell | None:
        """The cell below a point; the names hide what lies below them."""
        corner, (wide, tall) = self._corner(), self._step()
        if at.x() < corner.x() + theme.px(HEAD_WIDTH) or at.y() < corner.y() + theme.px(HEAD_HEIGHT):
            return None
        row, column = int((at.y() - theme.px(HEAD_HEIGHT)) / tall), int((at.x() - theme.px(HEAD_WIDTH)) / wide)
        inside = row < len(self.sheet.mentors) and column < len(self.sheet.mentees)
        return (row, column) if inside else None

    def mentor_at(self, at: QPoint) -> int | None:
        """The row whose name is below a point."""
        corner, (_, tall) = self._corner(), self._step()
        if at.x() > corner.x() + theme.px(HEAD_WIDTH) or at.y() < corner.y() + theme.px(HEAD_HEIGHT):
            return None
        row = int((at.y() - theme.px(HEAD_HEIGHT)) / tall)
        return row if row < len(self.sheet.mentors) else None

    def mentee_at(self, at: QPoint) -> int | None:
        """The column below a point, its name included."""
        corner, (wide, _) = self._corner(), self._step()
        if at.x() < corner.x() + theme.px(HEAD_WIDTH):
            return None
        column = int((at.x() - theme.px(HEAD_WIDTH)) / wide)
        return column if column < len(self.sheet.mentees) else None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_cells(painter, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_focus(painter)
        self._paint_heads(painter)
        painter.end()

    def _paint_cells(self, painter: QPainter, seen: QRect) -> None:
        """Cells that look alike are one picture: drawing each of thousands anew takes longer than a frame."""
        wide, tall = self._step()
        left, top = theme.px(HEAD_WIDTH), theme.px(HEAD_HEIGHT)
        rows = range(max(0, int((seen.top() - top) / tall)), len(self.sheet.mentors))
        columns = range(max(0, int((seen.left() - left) / wide)), len(self.sheet.mentees))
        size, scale = QSizeF(wide, tall), painter.device().devicePixelRatio()
        blocked, warned, marks = self.sheet.blocked, self.sheet.warned, self._marks
        drawn: dict[tuple[int, Mark, bool, bool], QPixmap] = {}
        for row in rows:
            if top + row * tall > seen.bottom():
                break
            for column in columns:
                if left + column * wide > seen.right():
                    break
                cell = row, column
                shut = cell in blocked
                score = 0 if shut else tens(self.sheet.scores[row][column])
                look = (score, marks.get(cell, Mark.NONE), shut, cell in warned)
                made = drawn.get(look)
                if made is None:
                    made = drawn[look] = _CELLS.picture(("cell", *look), size, scale, partial(_cell, look))
                painter.drawPixmap(int(left + column * wide), int(top + row * tall), made)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._over is not None:
            painter.setPen(QPen(theme.colour("muted"), 2))
            painter.drawRoundedRect(self.cell_rect(self._over).adjusted(0, 0, -1, -1), 3, 3)
        if self.pair() is not None:
            painter.setPen(QPen(theme.colour("accent"), 3 if self.hasFocus() else 2))
            painter.drawRoundedRect(self.cell_rect(self._cell).adjusted(-1, -1, 0, 0), 4, 4)

    def _paint_heads(self, painter: QPainter) -> None:
        corner, (wide, tall) = self._corner(), self._step()
        head_wide, head_tall = theme.px(HEAD_WIDTH), theme.px(HEAD_HEIGHT)
        ground = theme.colour("surface")
        painter.fillRect(QRect(corner.x(), corner.y(), self.width(), head_tall), ground)
        painter.fillRect(QRect(corner.x(), corner.y(), head_wide, self.height()), ground)
        looked_at = self._over or self._cell
        scale = painter.device().devicePixelRatio()
        names = tuple(one.name for one in self.sheet.mentors), tuple(one.name for one in self.sheet.mentees)
        strong = frozenset(row for row in (looked_at[0], self._dragged) if row is not None)
        size = QSizeF(head_wide, max(len(names[0]) * tall, 1))
        made = _HEADS.picture(("rows", names[0], strong, tall), size, scale, partial(self._row_names, strong))
        painter.setClipRect(QRect(corner.x(), corner.y() + head_tall, head_wide, self.height()))
        painter.drawPixmap(corner.x(), head_tall, made)
        size = QSizeF(max(len(names[1]) * wide, 1), head_tall)
        key = ("columns", names[1], looked_at[1], wide)
        made = _HEADS.picture(key, size, scale, partial(self._column_names, looked_at[1]))
        painter.setClipRect(QRect(corner.x() + head_wide, corner.y(), self.width(), head_tall))
        painter.drawPixmap(head_wide, corner.y(), made)
        painter.setClipping(False)

    def _row_names(self, strong: frozenset[int], painter: QPainter, room: QRectF) -> None:
        painter.fillRect(room, theme.colour("surface"))
        tall = self._step()[1]
        for row, one in enumerate(self.sheet.mentors):
            box = QRectF(0, row * tall, room.width() - theme.px(8), tall)
            self._name(painter, box, one.name, strong=row in strong, right=True)

    def _column_names(self, strong: int, painter: QPainter, room: QRectF) -> None:
        painter.fillRect(room, theme.colour("surface"))
        wide = self._step()[0]
        for column, one in enumerate(self.sheet.mentees):
            painter.save()
            painter.translate((column + 1) * wide - (wide - theme.px(16)) / 2, room.height())
            painter.rotate(-90)
            box = QRectF(theme.px(6), -theme.px(16), room.height() - theme.px(6), theme.px(16))
            self._name(painter, box, one.name, strong=column == strong, right=False)
            painter.restore()

    def _name(self, painter: QPainter, box: QRectF, name: str, *, strong: bool, right: bool) -> None:
        font = theme.font(0.92, theme.SEMIBOLD if strong else theme.REGULAR)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if strong else "muted"))
        fitted = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), fitted)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pair = self.pair()
        key = Qt.Key(event.key())
        if pair is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        if (cell := self._next_cell(key, event.modifiers())) is not None:
            self._go(cell)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(pair)
        elif key == Qt.Key.Key_L and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.lock.emit(pair)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.ban.emit(pair)
        else:
            super().keyPressEvent(event)

    def _next_cell(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Cell | None:
        row, column = self._cell
        last_row, last_column = len(self.sheet.mentors) - 1, len(self.sheet.mentees) - 1
        far = bool(held & Qt.KeyboardModifier.ControlModifier)
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_PageUp: (-10, 0), Qt.Key.Key_PageDown: (10, 0),
        }  # fmt: skip
        if key in steps:
            down, right = steps[key]
            return min(max(row + down, 0), last_row), min(max(column + right, 0), last_column)
        if key == Qt.Key.Key_Home:
            return (0 if far else row, 0)
        if key == Qt.Key.Key_End:
            return (last_row if far else row, last_column)
        return None

    def _go(self, cell: Cell) -> None:
        self._cell, self._over = cell, None
        box = self.cell_rect(cell).toRect()
        self.shown.emit(box.adjusted(-theme.px(HEAD_WIDTH), -theme.px(HEAD_HEIGHT), box.width(), box.height()))
        self._tell(aloud=self.hasFocus())
        self.update()

    def _tell(self, *, aloud: bool) -> None:
        pair = self.pair()
        name = tr("Heat map of all pairs")
        said = "" if pair is None else self.cell_text(self._cell)
        self.setAccessibleName(": ".join(filter(None, (name, said))))
        self.current.emit(pair)
        if aloud and said:
            announce(self, said)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._dragged = self.mentor_at(at)
        if self._dragged is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif (cell := self.cell_at(at)) is not None:
            self._go(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._dragged is not None:
            column = self.mentee_at(at)
            self._look_at(None if column is None else (self._dragged, column))
            return
        self.setCursor(
            Qt.CursorShape.OpenHandCursor if self.mentor_at(at) is not None else Qt.CursorShape.ArrowCursor
        )
        self._look_at(self.cell_at(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged = self._dragged, None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        column = self.mentee_at(event.position().toPoint())
        if dragged is not None and column is not None:
            self._go((dragged, column))
            self.wanted.emit(self.sheet.pair((dragged, column)))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._look_at(None)

    def _look_at(self, cell: Cell | None) -> None:
        if cell == self._over:
            return
        self._over = cell
        self.current.emit(self.pair() if cell is None else self.sheet.pair(cell))
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            cell = self.cell_at(event.pos())
            words = "" if cell is None else f"{self.cell_text(cell)}\n{self.accessibleDescription()}".strip()
            text = f"<p>{escape(words)}</p>".replace("\n", "<br>") if words else ""  # names are no markup
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
