"""What can be done with the people selected in the list: its menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.ids import PersonId, TandemId
from app.domain.programmes import Role
from app.i18n import tr
from ui import icons
from ui.parts.roster import Entry


@dataclass(frozen=True, slots=True)
class Acts:
    """What the menu sets off."""

    open_tandem: Callable[[TandemId], object]
    edit: Callable[[], object]
    duplicate: Callable[[], object]
    edit_together: Callable[[], object]
    enrol: Callable[[Role], object]
    copy: Callable[[], object]
    export: Callable[[], object]
    remove: Callable[[], object]
    erase: Callable[[PersonId], object]


class PeopleMenu(QMenu):
    """For those who are selected; gone once it was closed. ``enrolling``: there is a programme to enrol them in."""

    def __init__(self, parent: QWidget, entries: Sequence[Entry], acts: Acts, *, enrolling: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = entries[0] if len(entries) == 1 else None
        if one is not None and one.tandem is not None:
            self._act(tr("Open tandem"), "handshake", partial(acts.open_tandem, one.tandem))
        if one is not None:
            self._act(tr("Edit"), "pencil", acts.edit, "Return")
            self._act(tr("Duplicate"), "copy", acts.duplicate, "Ctrl+D")
        else:
            self._act(tr("Edit together"), "pencil", acts.edit_together)
        if enrolling:
            self.addSeparator()
            for role, words in ((Role.MENTOR, tr("Enrol as mentor")), (Role.MENTEE, tr("Enrol as mentee"))):
                self._act(words, "user-plus", partial(acts.enrol, role))
        self.addSeparator()
        self._act(tr("Copy rows"), "copy", acts.copy, "Ctrl+C")
        self._act(tr("Export these"), "download", acts.export)
        self.addSeparator()
        self._act(tr("Remove"), "trash-2", acts.remove, "Del")
        if one is not None:
            self._act(tr("Delete for good …"), "trash-2", partial(acts.erase, one.id))

    def _act(self, words: str, icon: str, act: Callable[[], object], keys: str = "") -> None:
        action = self.addAction(icons.icon(icon, "muted", 16), words)
        if keys == "Return" and tr("Return") != keys:  # Qt's German leaves this one key in English
            action.setText(f"{words}\t{tr('Return')}")
        elif keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: act())
