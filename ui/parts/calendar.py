"""A month to pick a day from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from app.i18n import language, tr
from ui import icons, theme


class Calendar(QFrame):
    """Pops up below an input, speaks the window's language, closes at a choice or Escape."""

    picked = Signal(object)  # a datetime.date

    def __init__(self, parent: QWidget, day: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "popup")
        self.month = QCalendarWidget()
        german = language() == "de"
        self.month.setLocale(QLocale(QLocale.Language.German if german else QLocale.Language.English))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.setAccessibleName(tr("Choose a day"))
        self._dress()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(8)] * 4)
        column.addWidget(self.month)
        self.month.clicked.connect(self._pick)
        self.month.activated.connect(self._pick)

    def open_below(self, widget: QWidget) -> None:
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, widget.height() + theme.px(4)))
        room = widget.screen().availableGeometry()
        if at.y() + self.height() > room.bottom():
            at = widget.mapToGlobal(QPoint(0, -self.height() - theme.px(4)))
        at.setX(min(at.x(), room.right() - self.width()))
        self.move(at)
        self.show()
        self.month.setFocus()

    def _dress(self) -> None:
        plain, heads = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme.colour("text"))
        heads.setForeground(theme.colour("muted"))
        for day in Qt.DayOfWeek:
            self.month.setWeekdayTextFormat(day, plain)
        self.month.setHeaderTextFormat(heads)
        today = QTextCharFormat()
        today.setForeground(theme.colour("accent"))
        today.setFontWeight(theme.SEMIBOLD)
        self.month.setDateTextFormat(QDate.currentDate(), today)
        for name, icon, said in (
            ("qt_calendar_prevmonth", "chevron-left", tr("Earlier month")),
            ("qt_calendar_nextmonth", "chevron-right", tr("Later month")),
        ):
            button = self.month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icons.icon(icon, "muted", 16))
                button.setAccessibleName(said)

    def _pick(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
