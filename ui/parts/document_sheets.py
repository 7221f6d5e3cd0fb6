"""The documents of the gallery: what each is for, what it is made of, what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from app import documents
from app.documents.badge_inputs import LABEL_SHEETS, NameSheets, NameWishes
from app.documents.inputs import Design
from app.documents.lettering import missing_glyphs
from app.domain.ids import ProgrammeId, PublishingId, TandemId
from app.domain.programmes import EnrolmentState
from app.domain.tandems import OPEN_STATES, TandemState
from app.errors import Fault
from app.i18n import mark, number_text, speaking, tr, trn
from app.services import handouts, reports
from app.services.badges import names
from app.services.letters import letters
from app.services.plans import read_basis
from app.services.protocols import pairing_protocol, published_protocol
from app.store import houses, programmes, tandems
from app.store.vault import Vault
from ui.parts.document_choices import any_to_pair
from ui.parts.name_choices import BADGES, CARDS
from ui.tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A kind of document. ``title`` and ``purpose`` are message ids."""

    key: str
    title: str
    purpose: str
    icon: str
    per_tandem: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was chosen for it; ``tandems`` None is all of them, ``plan`` None the one at hand."""

    programme: ProgrammeId
    language: str
    tandems: tuple[TandemId, ...] | None
    design: str
    on: date
    plan: PublishingId | None = None
    names: NameWishes = NameWishes()
    first_only: bool = False  # the gallery shows the first page of 500 agreements; it needs one of them


SHEETS: tuple[Sheet, ...] = (  # what is made of tandems and names first, then what is the same for many
    Sheet(
        key="tandem_list",
        title=mark("List of tandems"),
        purpose=mark("For the coordination: who with whom, and how far they are."),
        icon="list",
    ),
    Sheet(
        key="pairing_protocol",
        title=mark("Protocol of the pairing"),
        purpose=mark("How a plan came to be, at hand or published: rules, weights and the points of each pair."),
        icon="shuffle",
    ),
    Sheet(
        key="letters",
        title=mark("Letters to the tandems"),
        purpose=mark("For each member of a tandem: with whom, how to reach them, and what comes next."),
        icon="mail",
        per_tandem=True,
    ),
    Sheet(
        key="agreement",
        title=mark("Mentoring agreements"),
        purpose=mark("For both sides to sign at the start."),
        icon="handshake",
        per_tandem=True,
    ),
    Sheet(
        key="evaluation",
        title=mark("Evaluation report"),
        purpose=mark("For the management: figures of the programme, without names."),
        icon="chart-column",
    ),
    Sheet(
        key="certificates",
        title=mark("Certificates of participation"),
        purpose=mark("For the closing event: a page for each person."),
        icon="award",
    ),
    Sheet(
        key=BADGES,
        title=mark("Name badges"),
        purpose=mark("For kick-off and closing event. Print at 100 % (“actual size”), not fitted to the page."),
        icon="id-card",
    ),
    Sheet(
        key=CARDS,
        title=mark("Table cards"),
        purpose=mark("For tables and seats: a sheet for each person, folded to a tent."),
        icon="folded-card",
    ),
    Sheet(
        key="start_check",
        title=mark("Check before the start"),
        purpose=mark("For the coordination: is it accepted, does it have a structure, how far is it?"),
        icon="square-check",
    ),
    Sheet(
        key="about_mentoring",
        title=mark("What mentoring is"),
        purpose=mark("For everybody: how it differs from training, consulting and coaching, and what holds here."),
        icon="info",
    ),
    Sheet(
        key="self_check",
        title=mark("Self-check"),
        purpose=mark("For those who think of taking part; nobody hands it in."),
        icon="circle-check",
    ),
    Sheet(
        key="expectations",
        title=mark("Expectation sheets"),
        purpose=mark("For everybody who takes part, to be filled in before the start."),
        icon="pencil",
    ),
    Sheet(
        key="ground_rules",
        title=mark("Ground rules"),
        purpose=mark("For both of a tandem: how we deal with each other."),
        icon="shield-check",
    ),
    Sheet(
        key="reservations",
        title=mark("Reservation cards"),
        purpose=mark("For the kick-off: doubts, said without a name. Four cards on a sheet, to be cut."),
        icon="message-square",
    ),
    Sheet(
        key="interim",
        title=mark("Interim talk sheets"),
        purpose=mark("For each of a tandem, filled in separately before the talk with the coordination."),
        icon="calendar-check",
        per_tandem=True,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A finished PDF, and the signs of its texts that it shows as a box."""

    pdf: bytes
    boxes: tuple[str, ...]


def reader(sheet: Sheet, vault: Vault, options: Options) -> Callable[[Task], Printed]:
    """Reads the records on this thread and gives the job that makes the PDF of them on another."""
    house = reports.house(vault)

    def printing(print_: Callable[..., bytes], records: Any) -> Callable[[Task], Printed]:
        def job(task: Task) -> Printed:
            pdf = print_(
                records,
                language=options.language,
                house=house,
                on=options.on,
                progress=lambda done, count: task.step(done / max(count, 1)),
                cancelled=task.cancelled,
            )
            return Printed(pdf=pdf, boxes=missing_glyphs("\n".join(_texts((records, house)))))

        return job

    with speaking(options.language):
        if sheet.key == "pairing_protocol":
            protocol, plan = documents.pairing_protocol, options.plan
            if plan is not None:

                def made_again(task: Task) -> Printed:
                    with speaking(options.language):
                        records = published_protocol(vault, plan, cancelled=task.cancelled)
                    return printing(protocol, records)(task)

                return made_again
            basis = read_basis(vault, options.programme)
            return lambda task: printing(protocol, pairing_protocol(basis, cancelled=task.cancelled))(task)
        print_, records = _MADE[sheet.key](vault, options)
        return printing(print_, records)


_OF_TANDEMS = frozenset({"tandem_list", "letters", "agreement", "interim", "evaluation", "certificates"})
Made = tuple[Callable[..., bytes], Any]  # what prints, and the records it prints


def _tandem_list(vault: Vault, options: Options) -> Made:
    return documents.tandem_list, reports.tandem_list(vault, options.programme)


def _chosen(vault: Vault, options: Options, states: frozenset[TandemState]) -> list[TandemId]:
    """The tandems chosen, else all in these states. Fault "documents.no_tandem"."""
    every = tandems.of_programme(vault, options.programme)
    ids = [one.id for one in every if one.state in states] if options.tandems is None else list(options.tandems)
    if not ids:
        raise Fault("documents.no_tandem")
    return ids[:1] if options.first_only else ids


def _agreements(vault: Vault, options: Options) -> Made:
    return documents.agreement, reports.agreements(vault, _chosen(vault, options, frozenset(TandemState)))


def _letters(vault: Vault, options: Options) -> Made:
    return documents.letters, letters(vault, _chosen(vault, options, OPEN_STATES))


def _evaluation(vault: Vault, options: Options) -> Made:
    return documents.evaluation_report, reports.evaluation(vault, options.programme, options.on)


def _certificates(vault: Vault, options: Options) -> Made:
    certified = reports.certificates(vault, options.programme, design=Design(options.design))
    if not certified.people:
        raise Fault("documents.nobody")
    people = certified.people[:1] if options.first_only else certified.people
    return documents.certificates, replace(certified, people=people)


def _badges(vault: Vault, options: Options) -> Made:
    return documents.badges, _names(vault, options)


def _table_cards(vault: Vault, options: Options) -> Made:
    return documents.table_cards, _names(vault, options)


def _names(vault: Vault, options: Options) -> NameSheets:
    found = names(vault, options.programme, options.names)
    if not found.every():
        raise Fault("documents.no_names")
    most = LABEL_SHEETS[options.names.measure].places  # as many as a page of badges holds
    return replace(found, people=found.people[:most]) if options.first_only else found


def _expectations(vault: Vault, options: Options) -> Made:
    found = handouts.expectation_sheets(vault, options.programme)
    return documents.expectation_sheets, replace(found, people=found.people[:1]) if options.first_only else found


def _reservations(vault: Vault, options: Options) -> Made:
    found = handouts.handout(vault, options.programme)
    return documents.reservation_cards, replace(found, participants=1) if options.first_only else found


def _interim(vault: Vault, options: Options) -> Made:
    return documents.interim_sheets, reports.agreements(vault, _chosen(vault, options, OPEN_STATES))


def _same_for_all(print_: Callable[..., bytes]) -> Callable[[Vault, Options], Made]:
    return lambda vault, options: (print_, handouts.handout(vault, options.programme))


_MADE: dict[str, Callable[[Vault, Options], Made]] = {
    "tandem_list": _tandem_list, "agreement": _agreements, "letters": _letters, "evaluation": _evaluation,
    "certificates": _certificates, BADGES: _badges, CARDS: _table_cards,
    "expectations": _expectations, "reservations": _reservations, "interim": _interim,
    "start_check": lambda vault, options: (documents.start_check, handouts.start_check(vault, options.programme)),
    "about_mentoring": _same_for_all(documents.about_mentoring), "self_check": _same_for_all(documents.self_check),
    "ground_rules": _same_for_all(documents.ground_rules),
}  # fmt: skip


def _texts(record: object) -> Iterator[str]:
    """Every text in a record and the records in it."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from _texts(one)
    elif is_dataclass(record):
        for field in fields(record):
            yield from _texts(getattr(record, field.name))


def gaps(
    sheet: Sheet, vault: Vault, programme: ProgrammeId, design: str = "", plan: int | None = None
) -> tuple[str, ...]:
    """Sentences about what is missing for this document; none where it is complete."""
    found: list[str] = []
    house = houses.house(vault)
    every = tandems.of_programme(vault, programme)
    if sheet.key == "pairing_protocol":
        if not plan and not any_to_pair(vault, programme):
            found.append(tr("Nobody is left to be paired, and there is no plan at hand."))
    elif not every and sheet.key in _OF_TANDEMS:
        found.append(tr("There are no tandems yet; pair people first."))
    if sheet.key not in ("tandem_list", "pairing_protocol", "start_check") and not house.get("name"):
        found.append(tr("The name of your organisation is missing; enter it in the settings."))
    if sheet.key == "certificates" and not house.get("signatory_1"):
        found.append(tr("No signatory is entered in the settings; the lines stay empty."))
    if sheet.key == "certificates" and design == Design.LOGO and houses.logo(vault) is None:
        found.append(tr("No logo is chosen in the settings; a frame stands in for it."))
    if sheet.key == "agreement":
        open_ones = sum(not one.consented for one in every if one.state is not TandemState.ENDED)
        if open_ones:
            found.append(
                trn("{n} tandem still lacks a consent.", "{n} tandems still lack a consent.", open_ones).format(
                    n=open_ones
                )
            )
    if sheet.key == "expectations" and not any(
        one.state is not EnrolmentState.WITHDRAWN for one in programmes.enrolments(vault, programme)
    ):
        found.append(tr("Nobody is enrolled yet; a blank sheet is shown."))
    if sheet.key in ("letters", "interim") and (over := sum(one.state not in OPEN_STATES for one in every)):
        text = trn(
            "{n} tandem that is over is left out of “All”; it is printed when it is chosen by itself.",
            "{n} tandems that are over are left out of “All”; each is printed when it is chosen by itself.",
            over,
        )
        found.append(text.format(n=number_text(over)))
    return tuple(found)
