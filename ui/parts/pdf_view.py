"""A PDF shown from memory, page by page as on paper; no temporary file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QPen, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts import buttons, card
from ui.parts.foot import Foot
from ui.parts.scroll import told_as_widget

Pages = told_as_widget(QPdfView)


class PdfView(QWidget):
    """The document ``show_pdf`` gave it, fitted to the width; with page count and zoom."""

    def __init__(self) -> None:
        super().__init__()
        self.pdf = b""
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view = Pages(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(tr("Preview"))
        self.view.setDocumentMargins(QMargins(*[theme.px(14)] * 4))
        self.view.setPageSpacing(theme.px(14))
        palette = self.view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, theme.colour("border"))  # the mat below the paper, and beside it under the bar
        self.view.setPalette(palette)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.installEventFilter(self)
        self.view.pageNavigator().currentPageChanged.connect(self._turned)
        self.pages = card.muted("")
        whole = buttons.quiet(tr("Whole page"))
        wide = buttons.quiet(tr("Page width"))
        self._whole = False
        whole.clicked.connect(lambda: self._fit(whole=True))
        wide.clicked.connect(lambda: self._fit(whole=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Foot(self.pages, wide, whole, least=60))
        column.addWidget(self.view, 1)
        for before, after in ((wide, whole), (whole, self.view)):
            QWidget.setTabOrder(before, after)

    def show_pdf(self, pdf: bytes) -> None:
        """Loads the bytes; the place in the document is kept where the new one is as long."""
        bar = self.view.verticalScrollBar()
        place = bar.value()
        self._document.close()
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.pdf = pdf
        self._fit(whole=self._whole)
        bar.setValue(min(place, bar.maximum()))
        count = self._document.pageCount()
        self.pages.setText(trn("{n} page", "{n} pages", count).format(n=number_text(count)))

        self._turned()

    def _fit(self, *, whole: bool) -> None:
        """The page as wide as the view, or all of it with the mat around it, which Qt's own way leaves out."""
        self._whole = whole
        page = self._document.pagePointSize(0)
        if not whole or page.isEmpty():
            self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            return
        scale, mat = self.screen().logicalDotsPerInch() / 72, self.view.documentMargins()
        room = self.view.maximumViewportSize().shrunkBy(mat)
        tall = room.height() - self.view.pageSpacing()  # which stands below the last page as well
        most = min(room.width() / page.width(), tall / page.height()) / scale
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(0.05, most))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() is QEvent.Type.Resize and self._whole:
            self._fit(whole=True)
        if watched is self.view and event.type() is QEvent.Type.FocusIn:
            self._turned()
        return super().eventFilter(watched, event)

    def _turned(self) -> None:
        """The words of the page in view, for who reads by ear; read only while the keyboard is on it."""
        count, page = self._document.pageCount(), self.view.pageNavigator().currentPage()
        if not count or not self.view.hasFocus():
            self.view.setAccessibleDescription("")
            return
        words = " ".join(self._document.getAllText(page).text().split())
        place = tr("Page {n} of {of}").format(n=number_text(page + 1), of=number_text(count))
        self.view.setAccessibleDescription(f"{place}: {words}")

    def clear(self) -> None:
        self._document.close()
        self.pdf = b""
        self.pages.setText("")

    @property
    def page_count(self) -> int:
        return self._document.pageCount()

    def thumbnail(self, room: QSize) -> QPixmap:
        """The first page, in the middle of ``room`` logical pixels."""
        return first_page(self._document, room, self.devicePixelRatioF())


def first_page(document: QPdfDocument, room: QSize, scale: float) -> QPixmap:
    """The first page as large as ``room`` lets it be, with the edge of its paper; nothing beside it."""
    points = document.pagePointSize(0).toSize()
    if points.isEmpty():
        return QPixmap()
    pixels = points.scaled(room * scale, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(room * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    paper = QRect(QPoint(), pixels)
    paper.moveCenter(image.rect().center())
    painter = QPainter(image)
    painter.fillRect(paper, Qt.GlobalColor.white)
    painter.drawImage(paper.topLeft(), document.render(0, pixels))
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.drawRect(paper.adjusted(0, 0, -1, -1))
    painter.end()
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)


def thumbnail_of(pdf: bytes, room: QSize, scale: float) -> QPixmap:
    """The first page of a PDF as a picture."""
    document = QPdfDocument()
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    picture = first_page(document, room, scale)
    document.close()
    return picture
