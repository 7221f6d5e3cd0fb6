"""The list of a programme's tandems, for the coordination."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from app.documents.blocks import Cell, masthead, paragraph, table, whole
from app.documents.editions import Edition
from app.documents.inputs import ListOrder, PartnerSheet, TandemList, TandemRow
from app.documents.style import TEXT_WIDTH, Imprint, press
from app.documents.words import SIDES, STATES, names
from app.domain.tandems import TandemState
from app.domain.text import sort_key
from app.i18n import speaking, tr, trn

NUMBER, STATE, COUNT = 30.0, 86.0, 70.0
PERSON = (TEXT_WIDTH - NUMBER - STATE - COUNT) / 2


def tandem_list(inputs: TandemList, edition: Edition) -> bytes:
    """All tandems of a programme, a row each, as PDF."""
    with speaking(edition.language):
        title = tr("List of tandems")
        imprint = Imprint(edition, title, inputs.programme.title, confidential=True)
        story: list[Flowable] = [masthead(title, inputs.programme, edition.house)]
        if not inputs.tandems:
            story.append(paragraph(tr("There are no tandems in this programme yet."), "muted"))
            return press(story, imprint)
        rows: list[Sequence[Cell]] = []
        for done, tandem in enumerate(ordered(inputs), start=1):
            edition.stop_if_cancelled()
            rows.append(_row(tandem))
            edition.tell(done, len(inputs.tandems))
        sides = [tr(words) for words in SIDES[inputs.programme.kind]]
        head = [tr("No."), *sides, tr("State"), tr("Meetings held")]
        story.append(paragraph(_summary(inputs.tandems), "muted"))
        story.append(table(head, rows, [NUMBER, PERSON, PERSON, STATE, COUNT], right=[4]))
        return press(story, imprint)


def ordered(inputs: TandemList) -> list[TandemRow]:
    """By number, or by a side's names in the order of the phone book."""
    if inputs.order is ListOrder.NUMBER:
        return sorted(inputs.tandems, key=lambda tandem: tandem.number)

    def names_of(tandem: TandemRow) -> tuple[object, int]:
        side = tandem.mentors if inputs.order is ListOrder.MENTOR else tandem.mentees
        return [sort_key(partner.sorting or partner.name) for partner in side], tandem.number

    return sorted(inputs.tandems, key=names_of)


def _summary(tandems: Sequence[TandemRow]) -> str:
    """ "34 tandems: 30 active, 4 ended early"."""
    counts = [(tr(STATES[state]), sum(tandem.state is state for tandem in tandems)) for state in TandemState]
    parts = ", ".join(f"{count} {name.lower()}" for name, count in counts if count)
    return trn("{n} tandem: {parts}", "{n} tandems: {parts}", len(tandems)).format(n=len(tandems), parts=parts)


def _row(tandem: TandemRow) -> list[Cell]:
    return [
        paragraph(str(tandem.number), "cell"),
        _people(tandem.mentors),
        _people(tandem.mentees),
        paragraph(tr(STATES[tandem.state]), "cell"),
        paragraph(tr("{held} of {planned}").format(held=tandem.held, planned=tandem.planned), "cell_right"),
    ]


def _people(partners: Sequence[PartnerSheet]) -> list[Flowable]:
    """Names over departments (and organisations of those from outside), smaller where they are long."""
    room = PERSON - 10
    places = dict.fromkeys(
        ", ".join(part for part in (partner.department, partner.organisation) if part) for partner in partners
    )
    found: list[Flowable] = [whole(names(partners), room, 3, "cell_strong")]
    if any(places):
        found.append(whole("; ".join(place for place in places if place), room, 2, "small"))
    return found
