"""From the lock to the next unlocking: the same page, the same record, the cursor, and no typed word lost.

What knows the fields of all pages is loaded where there is something to keep or to put back: a vault opens without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.resumes import Resume, Unsaved
from app.errors import Fault
from app.i18n import tr, trn
from app.services import notes, resumes
from app.store.resumes import kept
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts import veil
from ui.place import Place
from ui.shell.workplace import Workplace
from ui.words import sentence

LONGEST_TITLE = 200


def keep(
    desk: Desk,
    workplace: Workplace,
    focused: QWidget | None,
    dialogs: Iterable[QWidget] = (),
    *,
    closing: bool = False,
) -> Fault | None:
    """Writes into the vault where somebody is and what could not be saved; why that text is lost, or None.

    ``dialogs`` are the windows that were open over the pages: what was typed there is not saved anywhere.
    That only the place could not be written is nobody's loss; at a close the place alone is not kept.
    """
    from ui.parts import half_typed

    left = tuple(one for page in workplace.built for one in half_typed.unsaved(page))
    left += half_typed.in_dialogs(dialogs)
    if closing and not left:
        return None
    focus, cursor = half_typed.focus(workplace.page, focused)
    here = workplace.here
    resume = Resume(page=here.page, record=here.record, focus=focus, cursor=cursor, veiled=veil.hidden(), unsaved=left)
    try:
        with desk.vault.change("resumes.keep", undoable=False) as change:
            resumes.keep(change, resume)
    except Fault as fault:
        return fault if left else None
    return None


def may_lose(window: QWidget, fault: Fault) -> bool:
    """Asks whether to lock or close although a text that was typed can't be saved."""
    text = tr("A text that you typed can't be saved. It is lost when the vault is closed now.\n\n{reason}")
    return ask.yes_no(
        window, tr("Close and lose the text?"), text.format(reason=sentence(fault)), tr("Lose the text"), danger=True
    )


def let_go(workplace: Workplace) -> None:
    """Before the vault closes: the pages save nothing more, begin nothing, and hear of nothing that they began."""
    from ui.parts import half_typed

    workplace.forget_ahead()
    for page in workplace.built:
        half_typed.let_go(page)
    for timer in workplace.findChildren(QTimer):
        timer.stop()
    tasks.hush()


def lost_text() -> str:
    """What the next life of the program says where nobody could be asked."""
    return tr(
        "When the vault was locked, a text that was being typed could not be saved: there was no room on the disk, or"
        " it could not be written to. Please look at what you wrote last."
    )


def take(vault: Vault) -> Resume | None:
    """What the last lock left; it is gone from the vault then."""
    resume = kept(vault)
    if resume is None:
        return None
    try:
        with vault.change("resumes.forget", undoable=False) as change:
            resumes.forget(change)
    except Fault:  # a vault that can't be written to is shown all the same
        return resume
    return resume


def give_back(desk: Desk, workplace: Workplace, resume: Resume) -> None:
    """Puts every unsaved text where it stood; one whose field is gone becomes a private note."""
    veil.draw(resume.veiled)
    homeless = [one for one in resume.unsaved if not _put_back(workplace, one)]
    for one in homeless:
        title = tr("Not saved before the lock: {field}").format(field=one.spot.name)[:LONGEST_TITLE]
        desk.attempt(notes.add, title=title, body=one.text)
    if homeless:
        said = trn("A text that was not saved before the lock is now a private note.",
                   "{n} texts that were not saved before the lock are now private notes.", len(homeless))  # fmt: skip
        desk.say(said.format(n=len(homeless)), tone="info")
    elif resume.unsaved:
        desk.say(tr("What you were typing at the lock stands where it stood."), tone="info")
    if resume.focus is not None and workplace.page.key == resume.focus.page:
        from ui.parts import half_typed

        half_typed.put_focus(workplace.page, resume.focus, resume.cursor)


def _put_back(workplace: Workplace, one: Unsaved) -> bool:
    from ui.parts import half_typed

    page = workplace.page_of(one.spot.page)
    if page.key != one.spot.page:
        return False
    page.ensure_fresh()
    if one.spot.record is not None and page.record_shown() != one.spot.record:
        page.show_record(one.spot.record)
    return page.record_shown() == one.spot.record and half_typed.put_back(page, one)


def place(resume: Resume) -> Place:
    return Place(resume.page, resume.record)
