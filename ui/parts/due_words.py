"""What is due, in sentences with a button each."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import mark, number_text, tr, trn
from app.services.beforehand import Lack
from app.services.due import Due, DueKind, Heap
from ui.desk import Place
from ui.parts.start_words import lacks_text


def due_sentence(one: Due, names: Mapping[int, str], *, mutual: bool = False) -> str:
    """ "Weiß / Kowalczyk: meeting 2 is 12 days late". ``mutual``: nobody is mentor or mentee alone."""
    who = names.get(one.tandem or one.person or 0, "")
    what = tr("no tandem yet") if mutual and one.kind is DueKind.UNPAIRED else _what(one, mutual)
    return tr("{who}: {what}").format(who=who, what=what)


_HEAPS = {
    DueKind.MEETING_LATE: mark("{n} further tandems have a late meeting"),
    DueKind.NO_CONSENT: mark("{n} further tandems lack a consent"),
    DueKind.NO_AGREEMENT: mark("{n} further tandems have not signed their agreement yet"),
    DueKind.READY: mark("{n} further tandems can begin"),
    DueKind.GOAL_REVIEW: mark("{n} further goals are to be reviewed"),
    DueKind.NO_MEETING_PLANNED: mark("{n} further tandems have no next meeting planned"),
    DueKind.MEETING_DUE: mark("{n} further tandems meet within a week"),
    DueKind.TO_CLOSE: mark("{n} further tandems are still open after the end of the programme"),
    DueKind.UNPAIRED: mark("{n} mentees without a tandem"),
}


def heap_sentence(heap: Heap, *, mutual: bool = False) -> str:
    """What several things of a kind are in one line; but for people without a tandem one stands above them."""
    unpaired = mutual and heap.kind is DueKind.UNPAIRED
    words = tr("{n} people without a tandem") if unpaired else tr(_HEAPS[heap.kind])
    if heap.kind is DueKind.READY and any(one.lacks for one in heap.things):  # the line above says what it waits for
        words = tr("{n} further tandems have every consent and a signed agreement")
    return words.format(n=number_text(len(heap.things)))


def heap_button(heap: Heap) -> str:
    return tr("Pair people") if heap.kind is DueKind.UNPAIRED else tr("Show each")


def _what(one: Due, mutual: bool) -> str:
    days = abs(one.days)
    if one.kind is DueKind.MEETING_LATE:
        words = trn("meeting {number} is {n} day late", "meeting {number} is {n} days late", days)
        return words.format(number=one.number, n=days)
    if one.kind is DueKind.MEETING_DUE:
        if not one.days:
            return tr("meeting {number} is today").format(number=one.number)
        words = trn("meeting {number} is tomorrow", "meeting {number} is in {n} days", days)
        return words.format(number=one.number, n=days)
    if one.kind is DueKind.NO_CONSENT:
        return trn("{n} consent is missing", "{n} consents are missing", one.number).format(n=one.number)
    if one.kind is DueKind.GOAL_REVIEW:
        if not days:
            return tr("a goal is to be reviewed today")
        return trn(
            "a goal's review is {n} day overdue", "a goal's review is {n} days overdue", days
        ).format(n=days)
    if one.lacks and one.lacks != (Lack.AGREEMENT,):
        return tr("the start waits for: {what}").format(what=lacks_text(one.lacks, mutual=mutual))
    return {
        DueKind.NO_AGREEMENT: tr("both have consented, the agreement is not signed yet"),
        DueKind.READY: tr("consents and agreement are there, the tandem can begin"),
        DueKind.NO_MEETING_PLANNED: tr("no next meeting is planned"),
        DueKind.TO_CLOSE: tr("the programme is over, the tandem still open"),
        DueKind.UNPAIRED: tr("mentee without a tandem"),
    }[one.kind]


def button_words(one: Due, *, mutual: bool = False) -> str:
    if mutual and one.kind is DueKind.UNPAIRED:
        return tr("Find a partner")
    return {
        DueKind.MEETING_LATE: tr("Record it"),
        DueKind.MEETING_DUE: tr("Open"),
        DueKind.NO_CONSENT: tr("Record consent"),
        DueKind.NO_AGREEMENT: tr("Record agreement") if len(one.lacks) < 2 else tr("Open"),
        DueKind.READY: tr("Open") if one.lacks else tr("Begin"),
        DueKind.GOAL_REVIEW: tr("Review"),
        DueKind.NO_MEETING_PLANNED: tr("Plan"),
        DueKind.TO_CLOSE: tr("Close it"),
        DueKind.UNPAIRED: tr("Find a mentor"),
    }[one.kind]


def due_icon(one: Due | Heap) -> tuple[str, str]:
    """Icon and colour of a line."""
    return {
        DueKind.MEETING_LATE: ("triangle-alert", "warn"),
        DueKind.MEETING_DUE: ("calendar", "accent"),
        DueKind.NO_CONSENT: ("pencil", "muted"),
        DueKind.NO_AGREEMENT: ("file-text", "muted"),
        DueKind.READY: ("play", "ok"),
        DueKind.GOAL_REVIEW: ("target", "violet"),
        DueKind.NO_MEETING_PLANNED: ("calendar", "muted"),
        DueKind.TO_CLOSE: ("flag", "muted"),
        DueKind.UNPAIRED: ("user", "muted"),
    }[one.kind]


def due_place(one: Due | Heap) -> Place | None:
    """Where the button goes; None for several that are to be looked at one by one."""
    if isinstance(one, Heap):
        return Place("pairing") if one.kind is DueKind.UNPAIRED else None
    if one.kind is DueKind.UNPAIRED:
        return Place("pairing", one.person)
    if one.kind in (DueKind.MEETING_LATE, DueKind.MEETING_DUE):
        return Place("tandem", one.tandem, "meeting")
    return Place("tandem", one.tandem)
