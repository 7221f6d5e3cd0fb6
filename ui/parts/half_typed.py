"""What stands in the fields of a page without being saved, and how it comes back into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from app.domain.resumes import Spot, Unsaved
from ui.parts.autosave import LongText
from ui.parts.editors import TextField
from ui.parts.field import Field, TypedField
from ui.parts.note_editor import TitleField
from ui.parts.page import Page
from ui.parts.people_picker import PeoplePicker
from ui.parts.search import SearchField
from ui.parts.tokens import TokensField

Input = QLineEdit | LongText
DIALOG = "dialog"  # stands for a page that is not there any more
LOOKUPS = (SearchField, PeoplePicker)  # what is typed here looks for something and is itself nothing to keep


def unsaved(page: Page) -> tuple[Unsaved, ...]:
    """What a page's ``flush`` has left in its fields: refused, not valid, or not yet added."""
    return tuple(Unsaved(spot=_spot(page, one), text=_text(one)) for one in _inputs(page) if _is_unsaved(one))


def in_dialogs(windows: Iterable[QWidget]) -> tuple[Unsaved, ...]:
    """What was typed into dialogs. Their fields are gone after a lock, so it comes back as a private note.

    Of plain fields only that of a question counts: the others take passphrases and the codes of sheets.
    """
    found: list[Unsaved] = []
    for window in windows:
        for one in window.findChildren(QWidget):
            text = _typed_in(one, asked=isinstance(window, QInputDialog))
            if text:
                line = one.input if isinstance(one, TokensField) else one
                name = window.labelText() if isinstance(window, QInputDialog) else line.accessibleName()
                spot = Spot(page=DIALOG, record=None, kind=type(one).__name__, name=name, number=len(found))
                found.append(Unsaved(spot=spot, text=text))
    return tuple(found)


def _typed_in(one: QWidget, *, asked: bool) -> str:
    if isinstance(one, TokensField):
        return ", ".join(filter(None, [*one.value(), one.input.text().strip()]))
    if isinstance(one, LongText):
        return one.toPlainText().strip() if one.document().isModified() else ""
    if isinstance(one, TextField) or (asked and isinstance(one, QLineEdit)):
        return one.text().strip() if one.isModified() else ""
    return ""


def let_go(page: Page) -> None:
    """Nothing on the page is saved any more; to be called before the vault closes."""
    for one in _inputs(page):
        if isinstance(one, LongText | TitleField):
            one.let_go()


def focus(page: Page, widget: QWidget | None) -> tuple[Spot | None, int]:
    """The field of the page that has the focus, and where in its text the cursor is."""
    if not isinstance(widget, Input) or not page.isAncestorOf(widget) or isinstance(widget, LOOKUPS):
        return None, 0
    at = widget.textCursor().position() if isinstance(widget, LongText) else widget.cursorPosition()
    return _spot(page, widget), at


def put_back(page: Page, one: Unsaved) -> bool:
    """Writes it where it stood, as if it were typed again; False where that field is not there now."""
    field = _at(page, one.spot)
    if field is None:
        return False
    if _text(field) == one.text:
        return True
    if isinstance(field, LongText):
        field.setPlainText(one.text)
    elif isinstance(field, TitleField):
        field.setText(one.text)
        field.textEdited.emit(one.text)
    else:
        field.setText(one.text)
        field.setModified(True)
        if isinstance(field, TextField) or (_field_of(field) and not isinstance(_field_of(field), TokensField)):
            field.editingFinished.emit()  # says again what is wrong
    return True


def put_focus(page: Page, spot: Spot, cursor: int) -> None:
    """Puts the cursor where it was, if the field is there and can be seen."""
    field = _at(page, spot)
    if field is None or not field.isVisibleTo(page):
        return
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, LongText):
        place = field.textCursor()
        place.setPosition(min(cursor, len(field.toPlainText())))
        field.setTextCursor(place)
    else:
        field.setCursorPosition(cursor)


def _inputs(page: Page) -> Iterator[Input]:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, Input) and not isinstance(widget, LOOKUPS) and not widget.isReadOnly():
            if isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal:
                continue
            yield widget


def _is_unsaved(one: Input) -> bool:
    if isinstance(one, LongText | TitleField):
        return one.half_typed()
    field = _field_of(one)
    if field is not None and field.error():
        return True
    if isinstance(one, TextField) or not one.text().strip():
        return False
    if isinstance(field, TypedField):
        return field.half_typed()  # Qt calls a line modified by what was typed and has been saved since, too
    return isinstance(field, TokensField) or one.isModified()


def _field_of(one: QWidget) -> Field | None:
    parent = one.parentWidget()
    while parent is not None and not isinstance(parent, Field | Page):
        parent = parent.parentWidget()
    return parent if isinstance(parent, Field) else None


def _text(one: Input) -> str:
    return one.toPlainText() if isinstance(one, LongText) else one.text()


def _spot(page: Page, one: Input) -> Spot:
    page.complete()
    alike = [other for other in _inputs(page) if _is_alike(other, type(one).__name__, one.accessibleName())]
    return Spot(
        page=page.key, record=page.record_shown(), kind=type(one).__name__, name=one.accessibleName(),
        number=alike.index(one),
    )  # fmt: skip


def _at(page: Page, spot: Spot) -> Input | None:
    page.complete()
    alike = [other for other in _inputs(page) if _is_alike(other, spot.kind, spot.name)]
    return alike[spot.number] if spot.number < len(alike) else None


def _is_alike(one: Input, kind: str, name: str) -> bool:
    return type(one).__name__ == kind and one.accessibleName() == name
