"""The heat map: mentors x mentees, a cell for each pair, by mouse and by keyboard.

Arrows go from cell to cell, Enter keeps the pair in the plan, L keeps or frees it, Delete rules it out or allows it.
Ctrl with +, -, 0 or the wheel changes the size of the cells. A mentor's name dragged onto a mentee's name or column
does what Enter does; Escape or letting go anywhere else does nothing.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.domain.drafts import PairIds
from app.i18n import number_text, tr
from ui import theme
from ui.parts.banner import announce
from ui.parts.pairing_cells import Mark, mark_text
from ui.parts.pairing_drag import MentorDrag
from ui.parts.pairing_map_cells import paint_cells
from ui.parts.pairing_map_heads import Heads
from ui.parts.pairing_map_sheet import Cell, MapSheet
from ui.parts.pairing_map_zoom import Zoom

HEAD_WIDTH, HEAD_HEIGHT = 150, 112
NOTCH = 120  # eighths of a degree, as Qt tells how far a wheel was turned

def _ctrl(event: QKeyEvent | QWheelEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class HeatMap(QWidget):
    """``current``: the pair looked at, by keys or pointer; ``wanted``: one to keep; ``lock``, ``ban``: one to turn."""

    current = Signal(object)  # PairIds | None
    wanted = Signal(object)  # PairIds
    lock = Signal(object)
    ban = Signal(object)
    shown = Signal(QRect)  # where the cell that was gone to by keyboard lies
    zoomed = Signal(object)  # Zoom
    pulled = Signal(QPoint)  # scroll by so much: something is dragged to an edge

    def __init__(self) -> None:
        super().__init__()
        self.sheet = MapSheet()
        self._marks: dict[Cell, Mark] = {}
        self._cell: Cell = (0, 0)
        self._over: Cell | None = None
        self._zoom = Zoom()
        self._turned = 0  # of the wheel, towards its next notch
        self._drag = MentorDrag(self)
        self._drag.pulled.connect(self._pulled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Heat map of all pairs"))

    # What is shown

    def show_sheet(self, sheet: MapSheet) -> None:
        """Shows another map; the cell gone to stays with its two people while they are there."""
        before = self.pair()
        self.sheet, self._marks = sheet, dict(sheet.marks)
        self._drop()
        self._over = None
        found = self.sheet.find(before) if before is not None else None
        proposed = [cell for cell, mark in sheet.marks if mark is not Mark.BANNED]
        self._cell = found or min(proposed, default=(0, 0))
        self.setMinimumSize(self.minimumSizeHint())
        self._tell(aloud=False)
        self.update()

    def pair(self) -> PairIds | None:
        """The pair of the cell gone to by keyboard or click."""
        row, column = self._cell
        if row < len(self.sheet.mentors) and column < len(self.sheet.mentees):
            return self.sheet.pair(self._cell)
        return None

    def choose(self, pair: PairIds) -> None:
        """Goes to the cell of a pair."""
        found = self.sheet.find(pair)
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
        wide, tall = self._zoom.least()
        rows, columns = len(self.sheet.mentors), len(self.sheet.mentees)
        return QSize(theme.px(HEAD_WIDTH) + columns * wide, theme.px(HEAD_HEIGHT) + rows * tall)

    def zoom(self, wanted: Zoom) -> None:
        """Other cells; the one gone to stays in sight."""
        self._zoom = wanted
        self.setMinimumSize(self.minimumSizeHint())
        self.updateGeometry()
        self.update()
        self.zoomed.emit(wanted)

    def larger(self) -> None:
        self.zoom(self._zoom.larger(self._step()[0]))

    def smaller(self) -> None:
        self.zoom(self._zoom.smaller(self._step()[0]))

    def _step(self) -> tuple[float, float]:
        """Width and height of a cell."""
        room = self.size() - QSize(theme.px(HEAD_WIDTH), theme.px(HEAD_HEIGHT))
        return self._zoom.step(room, len(self.sheet.mentees), len(self.sheet.mentors))

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
        """The column whose name or cells are below a point; None outside of what is seen of the map."""
        seen, (wide, tall) = self.visibleRegion().boundingRect(), self._step()
        left = at.x() - theme.px(HEAD_WIDTH)
        below = theme.px(HEAD_HEIGHT) + len(self.sheet.mentors) * tall
        if not seen.contains(at) or at.x() < seen.left() + theme.px(HEAD_WIDTH) or at.y() >= below:
            return None
        column = int(left / wide)
        return column if column < len(self.sheet.mentees) else None

    def _seen_cells(self) -> QRect:
        return self.visibleRegion().boundingRect().adjusted(theme.px(HEAD_WIDTH), theme.px(HEAD_HEIGHT), 0, 0)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        corner = QPoint(theme.px(HEAD_WIDTH), theme.px(HEAD_HEIGHT))
        paint_cells(painter, event.rect(), self.sheet, self._marks, corner, self._step())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_focus(painter)
        self._paint_heads(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        if self._over is not None and self._drag.row is not None:
            self._paint_target(painter, self._over)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._over is not None:
            painter.setPen(QPen(theme.colour("muted"), 2))
            painter.drawRoundedRect(self.cell_rect(self._over).adjusted(0, 0, -1, -1), 3, 3)
        if self.pair() is not None:
            painter.setPen(QPen(theme.colour("accent"), 3 if self.hasFocus() else 2))
            painter.drawRoundedRect(self.cell_rect(self._cell).adjusted(-1, -1, 0, 0), 4, 4)

    def _paint_target(self, painter: QPainter, cell: Cell) -> None:
        """Where the name that is dragged would be let go: the whole column; in another colour where a rule forbids."""
        colour = theme.colour("danger" if cell in self.sheet.blocked else "accent")
        painter.setPen(QPen(colour, 3))
        ground = QColor(colour)
        ground.setAlpha(40)
        painter.setBrush(ground)
        last = len(self.sheet.mentors) - 1
        painter.drawRect(self.cell_rect((0, cell[1])).united(self.cell_rect((last, cell[1]))).adjusted(0, 0, -1, -1))

    def _paint_heads(self, painter: QPainter) -> None:
        looked_at = self._over or self._cell
        strong = tuple(row for row in (self._drag.row, looked_at[0]) if row is not None)
        room = QSize(theme.px(HEAD_WIDTH), theme.px(HEAD_HEIGHT))
        heads = Heads(corner=self._corner(), room=room, step=self._step(), rows=strong, column=looked_at[1])
        heads.paint(painter, self.sheet, self.size())

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pair = self.pair()
        key = Qt.Key(event.key())
        if self._drag.row is not None:
            if key == Qt.Key.Key_Escape:
                self._drop()
            return  # whoever holds a name goes nowhere else meanwhile
        if self._zoom_by_key(event):
            return
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

    def _zoom_by_key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.ZoomIn) or (_ctrl(event) and event.key() == Qt.Key.Key_Equal):
            self.larger()
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.smaller()
        elif _ctrl(event) and event.key() == Qt.Key.Key_0:
            self.zoom(Zoom(whole=True))
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not _ctrl(event):
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()  # a touchpad tells one notch of a wheel in many small pieces
        while abs(self._turned) >= NOTCH:
            up = self._turned > 0
            self._turned -= NOTCH if up else -NOTCH
            (self.larger if up else self.smaller)()

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
            self._drop()
            super().mousePressEvent(event)
            return
        self._drag.begin(self.mentor_at(at))
        if self._drag.row is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        elif (cell := self.cell_at(at)) is not None:
            self._go(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._drag.row is not None:
            self._drag.move(event.globalPosition().toPoint(), at, self._seen_cells())
            self._look_at(self._target(at))
            return
        self.setCursor(
            Qt.CursorShape.OpenHandCursor if self.mentor_at(at) is not None else Qt.CursorShape.ArrowCursor
        )
        if not event.buttons():  # a drag that was given up is over when the button is let go
            self._look_at(self.cell_at(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = self._target(event.position().toPoint())
        self._drop()
        if target is not None:
            self._go(target)
            self.wanted.emit(self.sheet.pair(target))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._drop()
        super().focusOutEvent(event)
        self.update()

    def _target(self, at: QPoint) -> Cell | None:
        """The cell that letting go here would choose; nobody is paired with themselves."""
        row, column = self._drag.row, self.mentee_at(at)
        if row is None or column is None or self.sheet.mentors[row].id == self.sheet.mentees[column].id:
            return None
        return row, column

    def _pulled(self, by: QPoint) -> None:
        """Scrolls below the pointer, which stays where it is: another column is the target now."""
        self.pulled.emit(by)
        self._look_at(self._target(self.mapFromGlobal(self._drag.at)))

    def _drop(self) -> None:
        """Ends the drag without a pair."""
        if self._drag.end() is not None:
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self._look_at(None)
            self.update()

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
