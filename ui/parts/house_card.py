"""The house's card in the settings: what stands on certificates, agreements and reports, down to colour and logo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from app.documents.inputs import HOUSE_COLOUR, HOUSE_COLOURS
from app.errors import Fault
from app.i18n import mark, tr
from app.services.houses import set_house, set_logo
from app.store import houses
from ui import theme
from ui.desk import Desk
from ui.parts import buttons, card
from ui.parts.named_box import NamedBox

FIELDS: tuple[tuple[str, str], ...] = (
    ("name", mark("Name of the organisation")),
    ("place", mark("Place")),
    ("signatory_1", mark("First signature")),
    ("signatory_2", mark("Second signature")),
)
OTHER = "other"
LOGO_PIXELS = QSize(1200, 480)  # 70 mm at 430 dots per inch: sharper than any office printer
MOST_PIXELS = 64_000_000  # what a picture may claim to be before it is read


class HouseCard(card.Card):
    """Name, place and signatories as lines, the documents' colour, the logo; each saves itself.

    The questions are the page's: ``colour_wanted`` comes with the colour at hand and is answered by ``take_colour``,
    ``logo_wanted`` by ``take_logo``.
    """

    colour_wanted = Signal(str)
    logo_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: dict[str, QLineEdit] = {}
        self._refused: set[str] = set()  # what could not be saved stays, and is tried again
        self.body.addWidget(card.subheading(tr("Your organisation")))
        self.body.addWidget(card.muted(tr("Stands on certificates, agreements and reports."), wrap=True))
        self.form = form()
        for key, words in FIELDS:
            line = QLineEdit()
            line.setAccessibleName(tr(words))
            line.setMinimumWidth(theme.px(240))
            line.setMaximumWidth(theme.px(480))
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            line.editingFinished.connect(self._saver(key, line))
            self.lines[key] = line
            add(self.form, tr(words), line)
        self._build_colour()
        self._build_logo()
        self.body.addLayout(self.form)

    def _build_colour(self) -> None:
        self.colour = NamedBox()
        self.colour.setAccessibleName(tr("Colour of the documents"))
        self.colour.setMinimumWidth(theme.px(240))
        self.colour.setIconSize(QSize(theme.px(16), theme.px(16)))
        for value, words in HOUSE_COLOURS:
            self.colour.addItem(_swatch(value), tr(words), value)
        self.colour.addItem(tr("Another colour …"), OTHER)
        self.colour.activated.connect(lambda _: self._choose_colour())
        add(self.form, tr("Colour of the documents"), self.colour)

    def _build_logo(self) -> None:
        self.picture = QLabel()
        self.picture.setAccessibleName(tr("Logo"))
        self.choose_logo = buttons.secondary(tr("Choose a logo …"), "upload")
        self.choose_logo.clicked.connect(self.logo_wanted)
        self.remove_logo = buttons.quiet(tr("Remove the logo"), "x")
        self.remove_logo.clicked.connect(lambda: self._set_logo(None))
        whole = QWidget()
        row = card.row(self.picture, self.choose_logo, self.remove_logo, 1, spacing=10)
        row.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(row)
        add(self.form, tr("Logo"), whole)

    def _saver(self, key: str, line: QLineEdit) -> Callable[[], None]:
        def save() -> None:
            if self._desk.vault.closed:  # the line loses the keyboard after the lock
                return
            if houses.house(self._desk.vault).get(key, "") != line.text().strip():
                self._refused.discard(key)
                if not self._desk.keep(set_house, **{key: line.text().strip()}):
                    self._refused.add(key)

        return save

    def refresh(self) -> None:
        kept = houses.house(self._desk.vault)
        for key, line in self.lines.items():
            if key not in self._refused and (not line.hasFocus() or not line.isModified()):
                line.setText(kept.get(key, ""))
        self._show_colour(kept.get("colour", "") or HOUSE_COLOUR)
        self._show_logo(houses.logo(self._desk.vault))

    def flush(self) -> None:
        for line in self.lines.values():
            if line.isModified():
                line.editingFinished.emit()

    # Colour

    def _show_colour(self, value: str) -> None:
        at = self.colour.findData(value)
        if at < 0:
            at = self.colour.count() - 1
            self.colour.insertItem(at, _swatch(value), value, value)
        self.colour.setCurrentIndex(at)

    def _kept_colour(self) -> str:
        return houses.house(self._desk.vault).get("colour", "") or HOUSE_COLOUR

    def _choose_colour(self) -> None:
        chosen = str(self.colour.currentData())
        if chosen == OTHER:
            self._show_colour(self._kept_colour())
            self.colour_wanted.emit(self._kept_colour())
        else:
            self.take_colour(chosen)

    def take_colour(self, chosen: str) -> None:
        """Saves a colour, #rrggbb."""
        if chosen != self._kept_colour():
            self._desk.attempt(set_house, colour=chosen)
        self._show_colour(self._kept_colour())

    # Logo

    def _show_logo(self, logo: bytes | None) -> None:
        image = QImage.fromData(logo) if logo else QImage()
        self.picture.setVisible(not image.isNull())
        self.remove_logo.setVisible(logo is not None)
        self.choose_logo.set_text(tr("Choose a logo …") if logo is None else tr("Choose another logo …"))
        if not image.isNull():
            scale = self.devicePixelRatioF()
            room = QSize(theme.px(140), theme.px(48)) * scale
            small = image.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self.picture.setPixmap(_on_paper(small, scale))

    def take_logo(self, path: Path) -> None:
        """Saves the picture in that file, or says that it can't be read."""
        picture = logo_of(path)
        if picture is None:
            self._desk.say_fault(Fault("documents.logo"))
        else:
            self._set_logo(picture)

    def _set_logo(self, picture: bytes | None) -> None:
        self._desk.attempt(set_logo, picture)
        if picture is None:
            self._desk.say(tr("The logo was removed."), undo=True)


def logo_of(path: Path) -> bytes | None:
    """The picture at ``path`` as a PNG no larger than paper needs; None where it can't be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    vector = bytes(reader.format().data()) in (b"svg", b"svgz")
    if vector or size.width() > LOGO_PIXELS.width() or size.height() > LOGO_PIXELS.height():
        reader.setScaledSize(size.scaled(LOGO_PIXELS, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _on_paper(image: QImage, scale: float) -> QPixmap:
    """A logo is made for paper: on the dark theme it lies on white too."""
    paper = QPixmap(image.size())
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    paper.setDevicePixelRatio(scale)
    return paper


def _swatch(value: str) -> QIcon:
    size = theme.px(16)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(value))
    painter.drawRoundedRect(QRectF(0, 0, size, size), 4, 4)
    painter.end()
    return QIcon(picture)


def form() -> QFormLayout:
    """Names at the left, fields at the right, as all cards of the settings have them."""
    made = QFormLayout()
    made.setHorizontalSpacing(theme.px(24))
    made.setVerticalSpacing(theme.px(10))
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)  # names and places are long
    made.setFormAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return made


def add(to: QFormLayout, name: str, field: QWidget) -> None:
    """A line of the form."""
    label = card.PlainLabel(name)
    label.setMinimumSize(theme.px(200), field.sizeHint().height())
    label.setBuddy(field)
    to.addRow(label, field)
