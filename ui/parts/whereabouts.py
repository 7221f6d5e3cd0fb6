"""The warning beside a vault whose place is risky, with the offer to keep it on this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import tr
from app.store.whereabouts import Risk, Whereabouts, whereabouts
from ui import theme
from ui.parts import buttons, card
from ui.parts.banner import Banner


def risk_text(found: Whereabouts | None) -> str:
    """Why the place of a vault is risky, in a sentence or two; empty where it is not."""
    if found is None:
        return ""
    if found.risk is Risk.CLOUD:
        return tr(
            "This folder is kept in step by {name}: two computers can overwrite each other's work. Better keep the"
            " vault on this computer and only its backups there."
        ).format(name=found.name)
    if found.risk is Risk.NETWORK:
        return tr(
            "This folder is on a network drive: if the connection breaks while saving, the vault may suffer. Better"
            " keep it on this computer and only its backups there."
        )
    return tr(
        "This folder is on a stick or an external drive: pulled out too early, the vault may suffer. Better keep it on"
        " this computer and only its backups there."
    )


class PlaceWarning(QWidget):
    """Shows itself only beside a vault in a risky place; with an offer, ``local_wanted`` where it is taken.

    ``width`` in pixels at 100 % where the room is narrow: the text gets the height that it needs there.
    """

    local_wanted = Signal()

    def __init__(self, *, offer: bool = False, width: int = 0) -> None:
        super().__init__()
        self._width = width
        self.banner: Banner | None = None
        self.local = buttons.quiet(tr("Keep it on this computer …"), "download")
        if not offer:  # shown without a parent it would flash up as a window of its own
            self.local.hide()
        self.local.clicked.connect(self.local_wanted)
        self._body = card.column(spacing=4)
        self._body.addWidget(self.local, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._body)
        self.hide()

    def show_for(self, path: Path | None) -> None:
        """Looks itself; a share that hangs would hold up the window, so only where the place was just chosen."""
        self.show_found(whereabouts(path) if path is not None else None)

    def show_found(self, found: Whereabouts | None) -> None:
        text = risk_text(found)
        if text == (self.banner.text if self.banner is not None else ""):
            return
        if self.banner is not None:
            self._body.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if text:
            self.banner = Banner("warn", text, closable=False)
            if self._width:
                room = theme.px(self._width) - theme.px(14 + 18 + 10 + 8)
                words = card.PlainLabel(text, wrap=True)
                self.banner.setMinimumHeight(words.heightForWidth(room) + theme.px(16))
            self._body.insertWidget(0, self.banner)
        self.setVisible(bool(text))
