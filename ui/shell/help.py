"""Help inside the window: a short text per page (F1), and the sheet of shortcuts (Ctrl+/)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QTextBrowser, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.i18n import language, mark, tr
from app.resources import resource
from ui import theme
from ui.parts import buttons, card
from ui.parts.dialog import Dialog

SHORTCUTS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K", mark("Go to a person, a tandem, a page")),
    ("Ctrl+F", mark("Search on this page")),
    ("Ctrl+N", mark("New on this page")),
    ("Ctrl+Z", mark("Undo")),
    ("Ctrl+Shift+Z", mark("Redo")),
    ("Ctrl+Shift+H", mark("Hide private text at once")),
    ("Ctrl+L", mark("Lock the vault")),
    ("Ctrl+1 … Ctrl+9", mark("The pages of the rail")),
    ("Alt+Left / Alt+Right", mark("Back and forward among the places visited")),
    ("F1", mark("Help on this page")),
    ("F6", mark("To a message of the program, and back")),
    ("Ctrl+/", mark("This sheet")),
    ("Ctrl+Q", mark("Save, close and quit")),
)
GERMAN_KEYS = (("Ctrl", "Strg"), ("Shift", "Umschalt"), ("Left", "Links"), ("Right", "Rechts"))


def key_text(keys: str) -> str:
    """The keys as this language names them: Strg+Umschalt+Z."""
    if language() == "de":
        for english, german in GERMAN_KEYS:
            keys = keys.replace(english, german)
    return keys


def help_text(key: str) -> str:
    """The help of a page in Markdown; of the program where the page has none."""
    try:
        return resource("help", language(), f"{key}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return resource("help", language(), "program.md").read_text(encoding="utf-8")


class HelpPanel(QFrame):
    """A panel at the right that follows the page shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "help")
        self.setFixedWidth(theme.px(300))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        close = buttons.icon_button("x", tr("Close help"))
        close.clicked.connect(self.close_help)
        column.addLayout(card.row(card.subheading(tr("Help")), 1, close))
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Help"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self._left: QWidget | None = None  # what had the keyboard when the panel was opened
        column.addWidget(self.text, 1)
        shortcuts = buttons.quiet(tr("All shortcuts"), "keyboard")
        shortcuts.clicked.connect(self.show_shortcuts)
        column.addWidget(shortcuts)

    def show_page(self, key: str) -> None:
        self.text.setMarkdown(help_text(key))

    def open_help(self) -> None:
        """Shows the panel and goes into its text, so that it is read to who does not see it."""
        self._left = QApplication.focusWidget()
        self.show()
        self.text.setFocus()

    def close_help(self) -> None:
        """Hides the panel; the keyboard goes back to where it was when it is in here."""
        focus, left = QApplication.focusWidget(), self._left
        inside = focus is not None and self.isAncestorOf(focus)
        self._left = None
        if inside and left is not None and isValid(left) and left.isVisible():
            left.setFocus()  # before it hides: Qt would look for the next one by itself
        self.hide()

    def show_shortcuts(self) -> None:
        Shortcuts(self.window()).open()


class PageHelp(Dialog):
    """The help of a page that has no panel beside it; Escape closes it."""

    def __init__(self, key: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(460), theme.px(420))
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Help"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setMarkdown(help_text(key))
        keys = buttons.quiet(tr("All shortcuts"), "keyboard")
        keys.clicked.connect(lambda: Shortcuts(self).open())
        close = buttons.secondary(tr("Close"))
        close.clicked.connect(self.accept)
        column = card.column(self.text, spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addLayout(card.row(keys, 1, close, spacing=10))
        self.setLayout(column)


class Shortcuts(Dialog):
    """The sheet of shortcuts; Escape closes it."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        grid = QGridLayout(self)
        grid.setContentsMargins(*[theme.px(24)] * 4)
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(10))
        for line, (keys, words) in enumerate(SHORTCUTS):
            grid.addWidget(card.PlainLabel(key_text(keys), weight=theme.SEMIBOLD), line, 0)
            grid.addWidget(card.PlainLabel(tr(words)), line, 1)
        close = buttons.secondary(tr("Close"))
        close.clicked.connect(self.accept)
        grid.addWidget(close, len(SHORTCUTS), 1, Qt.AlignmentFlag.AlignRight)
