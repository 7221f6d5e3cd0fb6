"""Something of which a part is always seen, and the rest behind a pencil."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.parts import buttons


class Folded(QFrame):
    """``more`` is what lies behind the pencil. It is made when it is first wanted: most of it is never seen."""

    def __init__(self, name: str) -> None:
        """``name`` is what the pencil is called. What is always seen goes into ``whole``."""
        super().__init__()
        self.more: QWidget | None = None
        self.more_button = buttons.icon_button("pencil", name)
        self.more_button.setCheckable(True)
        self.more_button.toggled.connect(self._show_more)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)

    def make_more(self) -> QWidget:
        """Makes the fields behind the pencil."""
        raise NotImplementedError

    def fill_more(self) -> None:
        """Shows in them what the vault has; they are new."""

    def complete(self) -> None:
        """Makes them where they are not made yet; nobody sees them."""
        if self.more is None:
            self.more = self.make_more()
            self.more.hide()
            self.whole.addWidget(self.more)
            self.fill_more()

    def _show_more(self, shown: bool) -> None:
        if shown:
            self.complete()
        if self.more is not None:
            self.more.setVisible(shown)
