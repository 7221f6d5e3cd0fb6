"""The proposed tandems as rows: two people, the score split by criterion, two reasons for and one against."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.domain.drafts import PairIds
from app.domain.people import Person
from app.domain.programmes import Rule
from app.domain.tandems import Origin, Reason
from app.i18n import number_text, tr
from ui import icons, theme
from ui.parts.avatar import avatar_picture, initials
from ui.parts.meters import Part, paint_score
from ui.parts.painted import Pictures
from ui.parts.pairing_words import Names, for_and_against, score_parts
from ui.parts.spoken import CurrentTold

Place = QModelIndex | QPersistentModelIndex
RECORD = int(Qt.ItemDataRole.UserRole)
LOCK, BAN, ACCEPT = "lock", "ban", "accept"
ACTIONS = (LOCK, BAN, ACCEPT)
HEIGHT, ICON, STEP, NARROW = 123, 18, 32, 420
PEOPLE, WORDS, MOST_PICTURES = (1, 40), (60, 121), 96  # strips of a row, from its top, and how many are kept


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One row: the pair, its people, its arithmetic. What it rests on and its words are made when the row is seen.

    Rows are equal where they show the same: ``reasons`` follow from the people and the ``settings``.
    """

    pair: PairIds
    mentor: Person
    mentee: Person
    names_said: tuple[str, str]  # with what tells namesakes apart
    score: int
    settings: object  # the weights and rules behind the score
    why: Callable[[], tuple[Reason, ...]] = field(compare=False, repr=False)
    warnings: tuple[Rule, ...] = ()
    names: Names = field(default_factory=dict)  # of topics
    locked: bool = False
    origin: Origin = Origin.ASSIGNED
    instead: str = ""  # what the two would get otherwise, and what it costs; comes after the plan

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return self.why()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return score_parts(self.reasons)

    @property
    def lasting(self) -> tuple[object, ...]:
        """All that it shows but for the alternative."""
        return (
            self.pair, self.score, self.locked, self.origin, self.settings, self.warnings, self.mentor, self.mentee,
            self.names, self.names_said,
        )  # fmt: skip

    @property
    def pros(self) -> tuple[str, ...]:
        return self._told[0]

    @property
    def con(self) -> str:
        return self._told[1]

    @cached_property
    def _told(self) -> tuple[tuple[str, ...], str]:
        pros, con = for_and_against(self.reasons, self.warnings, self.names)
        found = {Origin.SELF_FOUND: tr("found each other"), Origin.BY_HAND: tr("put together by hand")}
        return ((found[self.origin], *pros) if self.origin in found else pros), con

    @property
    def third(self) -> tuple[str, str, str] | None:
        """Sign, colour and words of the last line: what else the two would get; for a kept pair nothing is sought."""
        if self.instead:
            return "git-compare", "muted", self.instead
        return ("lock", "accent", tr("stays together in every plan")) if self.locked else None

    @property
    def warned(self) -> bool:
        return bool(self.warnings)

    @property
    def said(self) -> str:
        """The whole row for a screen reader."""
        words = [
            tr("{mentor} with {mentee}, {score} of 1000").format(
                mentor=self.names_said[0], mentee=self.names_said[1], score=self.score
            )
        ]
        if self.pros:
            words.append(tr("For: {reasons}").format(reasons="; ".join(self.pros)))
        if self.con:
            words.append(tr("Against: {reasons}").format(reasons=self.con))
        if self.locked:
            words.append(tr("kept"))
        if self.instead:
            words.append(self.instead)
        return ". ".join(words)


def _kept(before: Proposal | None, now: Proposal) -> Proposal:
    """The row as it was where nothing but its alternative is new: that is told again when it is known."""
    return before if before is not None and before.lasting == now.lasting else now


def action_text(action: str, *, locked: bool = False) -> str:
    if action == LOCK:
        return tr("No longer keep this pair (L)") if locked else tr("Keep this pair in every plan (L)")
    return tr("Not this one (Del)") if action == BAN else tr("Accept this pair (Enter)")


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Proposal] = []

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Place, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == RECORD:
            return row
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return row.said
        return None


class ProposalList(QListView):
    """``chosen`` gives a Proposal or None; ``acted`` a Proposal and one of ACTIONS. Keys: L, Delete, Enter."""

    chosen = Signal(object)
    acted = Signal(object, str)
    mutual = False  # then neither of two is the mentor, and the arrow between them points both ways

    def __init__(self) -> None:
        super().__init__()
        self._last = 0
        self._again = False  # the second click of a double click
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(tr("Proposed tandems"))
        CurrentTold(self)
        self.setUniformItemSizes(True)
        self.setStyleSheet(f"QListView {{ padding: {theme.px(3)}px; }}")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def show_rows(self, rows: list[Proposal]) -> None:
        """Shows another plan; the chosen pair stays chosen while it is in it. Only rows that differ are drawn anew."""
        known = {row.pair: row for row in self._model.rows}
        rows = [_kept(known.get(row.pair), row) for row in rows]
        if [row.pair for row in rows] == [row.pair for row in self._model.rows]:
            self._exchange(rows)
            return
        chosen = self.current()
        self._last = self.currentIndex().row() if chosen is not None else 0
        at = self.verticalScrollBar().value()
        blocked = self.selectionModel().blockSignals(True)
        self._model.beginResetModel()
        self._model.rows = rows
        self._model.endResetModel()
        self.selectionModel().blockSignals(blocked)
        if chosen is not None and not self.choose(chosen.pair):
            self.chosen.emit(None)
        self.verticalScrollBar().setValue(at)

    def _exchange(self, rows: list[Proposal]) -> None:
        """The same pairs in the same order: whatever is shown of each."""
        for place, (old, new) in enumerate(zip(self._model.rows, rows, strict=True)):
            if old is not new and old != new:
                self._model.rows[place] = new
                self.update(self._model.index(place))  # dataChanged would lay out and draw the whole list

    def show_alternatives(self, texts: Mapping[PairIds, str]) -> None:
        """Says below each pair what the two would get instead."""
        self._exchange([replace(row, instead=texts.get(row.pair, "")) for row in self._model.rows])

    def rows(self) -> list[Proposal]:
        return list(self._model.rows)

    def current(self) -> Proposal | None:
        indexes = self.selectedIndexes()
        return self._model.rows[indexes[0].row()] if indexes else None

    def choose(self, pair: PairIds) -> bool:
        for place, row in enumerate(self._model.rows):
            if row.pair == pair:
                self.setCurrentIndex(self._model.index(place))
                return True
        return False

    def choose_nearest(self) -> None:
        """Chooses the row where the last chosen one was, or the first."""
        if self._model.rows:
            self.choose(self._model.rows[min(self._last, len(self._model.rows) - 1)].pair)

    def action_rect(self, place: QRect, action: str) -> QRect:
        """Where an action's sign is painted in a row: beside the names, below them where the row is narrow."""
        step = theme.px(STEP)
        left = place.right() - theme.px(8) - step * (len(ACTIONS) - ACTIONS.index(action))
        down = place.height() - step - theme.px(6) if self.narrow(place) else theme.px(7)
        return QRect(left, place.y() + down, step, step)

    def narrow(self, place: QRect) -> bool:
        return place.width() < theme.px(NARROW)

    def _action_at(self, event: QMouseEvent | QHelpEvent) -> tuple[Proposal, str] | None:
        at = event.position().toPoint() if isinstance(event, QMouseEvent) else event.pos()
        index = self.indexAt(at)
        if not index.isValid():
            return None
        place = self.visualRect(index)
        for action in ACTIONS:
            if self.action_rect(place, action).contains(at):
                return self._model.rows[index.row()], action
        return None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The plan has changed by the first click: the second would meet another pair at the same place."""
        self._again = True
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        again, self._again = self._again, False
        found = None if again else self._action_at(event)
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.acted.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._action_at(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            found = self._action_at(event)
            text = "" if found is None else action_text(found[1], locked=found[0].locked)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_L: LOCK, Qt.Key.Key_Delete: BAN, Qt.Key.Key_Backspace: BAN,
            Qt.Key.Key_Return: ACCEPT, Qt.Key.Key_Enter: ACCEPT,
        }  # fmt: skip
        action = keys.get(Qt.Key(event.key()))
        at = self.currentIndex()  # not what is selected: who comes by Tab acts on the row that they hear
        if action is None or not at.isValid() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.acted.emit(self._model.rows[at.row()], action)


class _Rows(QStyledItemDelegate):
    def __init__(self, view: ProposalList) -> None:
        super().__init__(view)
        self._list = view
        self._pictures = Pictures(MOST_PICTURES)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Place) -> QSize:
        return QSize(theme.px(240), theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        row: Proposal = index.data(RECORD)
        rect: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "accent_soft" if chosen else "hover" if hovered else "surface"
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        if chosen or option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.x(), rect.y(), theme.px(3), rect.height() - 1, theme.colour("accent"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        people = partial(self._paint_people, chosen=chosen)
        self._layer(painter, rect, PEOPLE, ground, (row.pair, row.names_said, row.locked), people, row)
        self._paint_score(painter, rect, row)
        told = (row.pros, row.con, row.warned, row.instead, row.locked)
        self._layer(painter, rect, WORDS, ground, told, self._paint_reasons, row)
        painter.restore()

    def _layer(
        self, painter: QPainter, rect: QRect, part: tuple[int, int], ground: str, key: Hashable,
        paint: Callable[[QPainter, QRect, Proposal], None], row: Proposal,
    ) -> None:  # fmt: skip
        """A strip of the row from a picture, for what rarely changes while weights move and takes long to draw."""
        top, left = theme.px(part[0]), theme.px(3)
        size = QSizeF(rect.width() - left, theme.px(part[1]) - top)

        def drawn(canvas: QPainter, room: QRectF) -> None:
            canvas.fillRect(room, theme.colour(ground))
            canvas.translate(-left, -top)
            paint(canvas, QRect(0, 0, rect.width(), rect.height()), row)

        made = self._pictures.picture((part, ground, key), size, painter.device().devicePixelRatio(), drawn)
        painter.drawPixmap(rect.x() + left, rect.y() + top, made)

    def _paint_people(self, painter: QPainter, rect: QRect, row: Proposal, *, chosen: bool) -> None:
        side, gap = theme.px(26), theme.px(8)
        left, top = rect.x() + theme.px(12), rect.y() + theme.px(10)
        signs = self._list.action_rect(rect, LOCK).left()
        end = rect.right() - theme.px(16) if self._list.narrow(rect) else signs - gap
        half = (end - left - theme.px(22)) // 2
        font = theme.font(1.0, theme.MEDIUM)
        people = zip((row.mentor, row.mentee), row.names_said, (left, left + half + theme.px(22)), strict=True)
        for person, name, at in people:
            letters = initials(person.family_name, person.given_name)
            scale = painter.device().devicePixelRatio()
            drawn = avatar_picture(letters, person.id, side, scale, chosen=chosen)
            painter.drawPixmap(at, top, drawn)
            room = QRect(at + side + gap, top, half - side - gap, side)
            self._text(painter, room, name, font, "text")
        arrow = QRectF(left + half + theme.px(2), top + side / 2 - theme.px(7), theme.px(14), theme.px(14))
        icons.paint(painter, arrow, "arrow-left-right" if self._list.mutual else "arrow-right", "muted")
        if not self._list.narrow(rect):
            self._paint_signs(painter, rect, row)

    def _paint_signs(self, painter: QPainter, rect: QRect, row: Proposal) -> None:
        for action in ACTIONS:
            place = self._list.action_rect(rect, action)
            inset = (place.width() - theme.px(ICON)) / 2
            name = {LOCK: "lock" if row.locked else "lock-open", BAN: "ban", ACCEPT: "check"}[action]
            tint = "accent" if (action == LOCK and row.locked) or action == ACCEPT else "muted"
            icons.paint(painter, QRectF(place).adjusted(inset, inset, -inset, -inset), name, tint)

    def _paint_score(self, painter: QPainter, rect: QRect, row: Proposal) -> None:
        left, right = rect.x() + theme.px(12), rect.right() - theme.px(16)
        wide = theme.px(40)
        line = QRect(right - wide, rect.y() + theme.px(41), wide, theme.px(18))
        bar = QRectF(left, rect.y() + theme.px(46), right - wide - theme.px(8) - left, theme.px(8))
        paint_score(painter, bar, row.parts)
        painter.setFont(theme.font(1.0, theme.SEMIBOLD, tabular=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number_text(row.score))

    def _paint_reasons(self, painter: QPainter, rect: QRect, row: Proposal) -> None:
        if self._list.narrow(rect):
            self._paint_signs(painter, rect, row)
        font = theme.font(0.92)
        pros = " \u00b7 ".join(row.pros) or tr("nothing speaks for it in particular")
        cons = row.con or tr("nothing speaks against it")
        against = "triangle-alert" if row.warned else "minus"
        lines = [("check", "ok", pros, 61), (against, "warn" if row.con else "muted", cons, 80)]
        if row.third is not None:
            lines.append((*row.third, 99))
        for sign, tint, text, down in lines:
            top, size = rect.y() + theme.px(down), theme.px(14)
            icons.paint(painter, QRectF(rect.x() + theme.px(12), top + theme.px(2), size, size), sign, tint)
            left = rect.x() + theme.px(12) + size + theme.px(6)
            signs = self._list.action_rect(rect, LOCK).left()
            right = signs if self._list.narrow(rect) else rect.right() - theme.px(16)
            self._text(painter, QRect(left, top, right - left, theme.px(18)), text, font, "muted")

    def _text(self, painter: QPainter, room: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(theme.colour(token))
        fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitted)
