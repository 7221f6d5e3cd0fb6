"""The next step of a programme as a button: its words, its icon, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import mark
from app.services.due import Due, DueKind
from app.services.next_step import NextStep
from ui.place import Place

WORDS: dict[NextStep, tuple[str, str]] = {
    NextStep.IMPORT: (mark("Import people"), "upload"),
    NextStep.PROGRAMME: (mark("Make a programme"), "flag"),
    NextStep.ENROL: (mark("Enrol people"), "user-plus"),
    NextStep.PAIR: (mark("Pair people"), "shuffle"),
    NextStep.PUBLISH: (mark("Accept the pairs"), "check"),
    NextStep.START: (mark("Start the tandems"), "play"),
    NextStep.PLAN: (mark("Plan the next meeting"), "calendar"),
    NextStep.FOLLOW: (mark("See the tandems"), "handshake"),
    NextStep.EVALUATE: (mark("Evaluate"), "chart-column"),
    NextStep.CERTIFICATES: (mark("Print certificates"), "award"),
}
_PLACES = {
    NextStep.IMPORT: Place("people", part="import"),
    NextStep.PROGRAMME: Place("programme", part="new"),
    NextStep.ENROL: Place("programme", part="participants"),
    NextStep.PAIR: Place("pairing"),
    NextStep.PUBLISH: Place("pairing"),
    NextStep.FOLLOW: Place("tandems"),
    NextStep.EVALUATE: Place("documents", part="evaluation"),
    NextStep.CERTIFICATES: Place("documents", part="certificates"),
}
_WAITING = (DueKind.READY, DueKind.NO_AGREEMENT, DueKind.NO_CONSENT)  # the nearest to its start first


def place_of(step: NextStep, found: Sequence[Due]) -> Place:
    """Where the step is done; one that is about a tandem leads to the first of those that are due."""
    wanted = {NextStep.START: _WAITING, NextStep.PLAN: (DueKind.NO_MEETING_PLANNED,)}.get(step, ())
    for kind in wanted:
        first = next((one for one in found if one.kind is kind), None)
        if first is not None:
            return Place("tandem", first.tandem)
    return _PLACES.get(step, Place("tandems"))
