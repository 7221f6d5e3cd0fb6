"""One private note, written in place: title, text, tags, pin. It saves itself and says when it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import NoteId
from app.domain.notes import Note
from app.i18n import time_text, tr
from app.services import notes
from ui import theme
from ui.desk import Desk
from ui.parts import buttons
from ui.parts.autosave import WAITS_MS, LongText
from ui.parts.bound import bind, finish, settle, settle_text
from ui.parts.card import PlainLabel, row
from ui.parts.markdown_look import MarkdownLook
from ui.parts.tokens import TokensField
from ui.parts.two_clicks import TwoClickButton


class TitleField(QLineEdit):
    """The title, saved like the text: 800 ms after the last key, on leaving, and on ``flush``."""

    finished = Signal()  # Enter or Down: on to the text

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Title of the note"))
        self.setPlaceholderText(tr("Title"))
        self.setMaxLength(200)
        self.setFont(theme.font(1.25, theme.SEMIBOLD))
        self.setProperty("look", "title")
        self.keep: Callable[[str], bool] = lambda _: True  # gives False where the title was not saved
        self._kept = ""
        self.timer = QTimer(self, interval=WAITS_MS, singleShot=True)
        self.timer.timeout.connect(self.flush)
        self.textEdited.connect(lambda _: self.timer.start())

    def show_value(self, title: str, *, other: bool = False) -> None:
        """Shows a title from the vault, unless this note's is being typed: "Talk " is on its way to "Talk with"."""
        if not other and (self.timer.isActive() or self._typed() != self._kept):
            return
        self._kept = title
        if self._typed() != title:
            self.setText(title)

    def _typed(self) -> str:
        return " ".join(self.text().split())

    def half_typed(self) -> bool:
        """Whether what stands here is not saved."""
        return self._typed() != self._kept

    def let_go(self) -> None:
        """As ``LongText.let_go``."""
        self.timer.stop()
        self._kept = self._typed()

    def flush(self) -> None:
        self.timer.stop()
        title = self._typed()
        if title != self._kept and self.keep(title):
            self._kept = title

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.finished.emit()
            return
        super().keyPressEvent(event)


class NoteText(LongText):
    """Fills what room there is, and makes no page scroll before it is a few lines high. Bold words are bold."""

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder)
        self._look = MarkdownLook(self.document())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(96))


class NoteEditor(QWidget):
    """Shows one note at a time. The vault has every word of it 800 ms after the last key."""

    removed = Signal()

    def __init__(self, desk: Desk, tags: Callable[[], Sequence[str]], *, lines: int = 0) -> None:
        """``tags`` gives the tags used so far; ``lines`` a fixed height of the text, 0 lets it fill the room."""
        super().__init__()
        self.desk = desk
        self.note: NoteId | None = None
        self.title = TitleField()
        hint = tr("Only you can read this. **bold** and # heading are shown as such.")
        self.text = NoteText(tr("Text of the note"), hint)
        self.tags = TokensField(tr("Tags"))
        self._used = tags
        self.pin_button = buttons.icon_button("pin", tr("Pin to the top of the list"))
        self.pin_button.setCheckable(True)
        self.remove_button = TwoClickButton(tr("Remove"), tr("Really remove?"), "trash-2")
        self.saved = PlainLabel("", "violet", 0.92)
        self.text.setMinimumHeight(theme.px(60))
        if lines:
            self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + theme.px(18))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(8))
        head = row(self.title, self.pin_button)
        head.setStretch(0, 1)
        whole.addLayout(head)
        whole.addWidget(self.text, 1)
        whole.addWidget(self.tags)
        whole.addLayout(row(self.saved, 1, self.remove_button))
        for before, after in ((self.title, self.text), (self.text, self.tags), (self.tags, self.pin_button)):
            QWidget.setTabOrder(before, after)  # as ``read_as``, for a window that keeps Qt's order
        self.title.keep = lambda title: self._edit(self.note, title=title)
        self.title.finished.connect(self.text.setFocus)
        self.text.unsaved.connect(lambda: self.saved.setText(tr("Not saved yet …")))
        self.title.textEdited.connect(lambda _: self.saved.setText(tr("Not saved yet …")))
        bind(self.tags, lambda words: self._refusal(self.note, tags=words))
        self.pin_button.clicked.connect(lambda pinned: self._edit(self.note, pinned=pinned))
        self.remove_button.confirmed.connect(self._remove)

    def read_as(self) -> tuple[QWidget, ...]:
        """Who has typed a title goes on to the text."""
        return self.title, self.text, self.tags, self.pin_button, self.remove_button

    def show_note(self, note: Note) -> None:
        """Shows a note; what is being typed in it stays, what was half-typed in another is saved first."""
        other = note.id != self.note
        if other:
            self.flush()
            self.note = note.id
            self.saved.setText(tr("Saved {time}").format(time=time_text(note.changed_at.astimezone())))
            self.remove_button.disarm()
            self.tags.set_suggestions(tuple(self._used()))
        self.title.show_value(note.title, other=other)
        settle_text(self.text, note.body, lambda body: self._edit(note.id, body=body), other=other)
        settle(self.tags, note.tags, other=other)
        self.pin_button.setChecked(note.pinned)

    def forget(self) -> None:
        """The note is gone: nothing half-typed is kept for it, nothing of it stays in the fields."""
        self.title.timer.stop()
        self.text.timer.stop()
        self.note = None
        self.title.clear()
        self.title.show_value("", other=True)
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.text.set_value("")
        self.tags.set_value(())

    def start(self) -> None:
        """Puts the cursor into the title."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        self.title.flush()
        finish(self.text, self.tags)

    def _edit(self, note: NoteId | None, **fields: object) -> bool:
        """False where the vault did not take it."""
        return not self._refusal(note, **fields)

    def _refusal(self, note: NoteId | None, **fields: object) -> str:
        """What was wrong, or "". For a note that is no longer shown there is nothing left to save."""
        if note is None or note != self.note:
            return ""
        wrong = self.desk.refusal(notes.edit, note, **fields)
        if not wrong:
            self.saved.setText(tr("Saved {time}").format(time=time_text(datetime.now().astimezone())))
        return wrong

    def _remove(self) -> None:
        note = self.note
        if note is not None:
            self.flush()
            self.desk.do(notes.remove, (note,))
            self.desk.say(tr("The note was removed"), undo=True)
            self.removed.emit()
