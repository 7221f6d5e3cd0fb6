"""What documents are made of, gathered from the vault. Notes and skill gaps are not read here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from app.documents.inputs import (
    AgreementSheets,
    CertificateSheet,
    CertificateSheets,
    Design,
    EvaluationSheet,
    GoalSheet,
    House,
    ListOrder,
    PartnerSheet,
    ProgrammeSheet,
    TandemList,
    TandemRow,
    TandemSheet,
    TopicCount,
)
from app.domain.ids import EnrolmentId, OrganisationId, PersonId, ProgrammeId, TandemId, TopicId
from app.domain.meetings import Goal, Meeting
from app.domain.people import Person
from app.domain.programmes import Enrolment, Programme, ProgrammeKind
from app.domain.tandems import Member, Tandem, TandemSide, TandemState
from app.evaluation.figures import programme_figures
from app.i18n import language
from app.services.records import present
from app.store import goals, houses, meetings, people, programmes, tandems, topics
from app.store.vault import Source


class Gathered:
    """A programme with everything about it, read once."""

    def __init__(self, source: Source, programme_id: ProgrammeId) -> None:
        self.programme: Programme = present(programmes.programme(source, programme_id))
        self.tandems: tuple[Tandem, ...] = tandems.of_programme(source, programme_id)
        self.meetings: dict[TandemId, tuple[Meeting, ...]] = meetings.of_programme(source, programme_id)
        self.goals: dict[TandemId, tuple[Goal, ...]] = goals.of_programme(source, programme_id)
        enrolments = programmes.enrolments(source, programme_id)
        self.enrolments: dict[EnrolmentId, Enrolment] = {one.id: one for one in enrolments}
        self.people: dict[PersonId, Person] = {one.id: one for one in people.enrolled(source, programme_id)}
        self._organisations: dict[OrganisationId, str] = {one.id: one.name for one in people.organisations(source)}
        self._topics: dict[TopicId, str] = {one.id: one.name(language()) for one in topics.all_topics(source)}

    @property
    def mutual(self) -> bool:
        """Both teach and both learn: nobody has a role."""
        return self.programme.kind is ProgrammeKind.MUTUAL

    def topic(self, identity: TopicId | None) -> str:
        return self._topics.get(identity, "") if identity is not None else ""

    def organisation(self, person: Person) -> str:
        """Its name; "" for the house itself."""
        return self._organisations.get(person.organisation, "") if person.organisation is not None else ""

    def head(self) -> ProgrammeSheet:
        one = self.programme
        return ProgrammeSheet(
            title=one.title,
            kind=one.kind,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            planned_meetings=one.planned_meetings,
            rhythm_days=one.rhythm_days,
            contact=one.contact,
            patron=one.patron,
        )

    def partners(self, tandem: Tandem, side: TandemSide) -> tuple[PartnerSheet, ...]:
        return tuple(self._partner(member) for member in tandem.on(side))

    def _partner(self, member: Member) -> PartnerSheet:
        person = self.people[member.person]
        return PartnerSheet(
            name=person.full_name,
            sorting=person.list_name,
            position=person.position,
            department=person.department,
            organisation=self.organisation(person),
            expectations=self.enrolments[member.enrolment].expectations,
            consented_on=member.consent_on,
        )

    def held(self, tandem: Tandem) -> list[Meeting]:
        return [one for one in self.meetings.get(tandem.id, ()) if one.held_on is not None]


def house(source: Source) -> House:
    """Who prints, from the settings of the house."""
    known = houses.house(source)
    signatories = (known.get("signatory_1", ""), known.get("signatory_2", ""))
    return House(
        name=known.get("name", ""),
        colour=known.get("colour", "") or House().colour,
        place=known.get("place", ""),
        signatories=tuple(name for name in signatories if name),
        logo=houses.logo(source),
    )


def tandem_list(source: Source, programme_id: ProgrammeId, order: ListOrder = ListOrder.NUMBER) -> TandemList:
    """Every tandem of a programme; planned are the meetings it has, else those of the programme."""
    round_ = Gathered(source, programme_id)
    rows = tuple(
        TandemRow(
            number=one.number,
            state=one.state,
            mentors=round_.partners(one, TandemSide.MENTOR),
            mentees=round_.partners(one, TandemSide.MENTEE),
            held=len(round_.held(one)),
            planned=len(round_.meetings.get(one.id, ())) or round_.programme.planned_meetings,
        )
        for one in round_.tandems
    )
    return TandemList(programme=round_.head(), tandems=rows, order=order)


def agreements(source: Source, tandem_ids: Iterable[TandemId]) -> AgreementSheets:
    """An agreement for each tandem, in the order given; all of one programme."""
    wanted = list(dict.fromkeys(tandem_ids))
    first = present(tandems.tandem(source, wanted[0]) if wanted else None)
    round_ = Gathered(source, first.programme)
    known = {one.id: one for one in round_.tandems}
    sheets = tuple(_agreement(round_, present(known.get(identity))) for identity in wanted)
    return AgreementSheets(programme=round_.head(), tandems=sheets)


def _agreement(round_: Gathered, tandem: Tandem) -> TandemSheet:
    agreed = tandem.agreement
    aims = round_.goals.get(tandem.id, ())
    written = [line.strip() for line in agreed.topics.splitlines() if line.strip()]
    from_goals = [name for goal in aims if (name := round_.topic(goal.topic))]
    return TandemSheet(
        number=tandem.number,
        mentors=round_.partners(tandem, TandemSide.MENTOR),
        mentees=round_.partners(tandem, TandemSide.MENTEE),
        topics=tuple(dict.fromkeys(written or from_goals)),
        goals=tuple(
            GoalSheet(
                owner=goal.owner,
                topic=round_.topic(goal.topic),
                title=goal.title,
                baseline=goal.baseline,
                target=goal.target,
                review_on=goal.review_on,
            )
            for goal in aims
        ),
        planned_meetings=len(round_.meetings.get(tandem.id, ())) or None,
        rhythm=agreed.rhythm,
        place=agreed.place,
        signed_on=agreed.signed_on,
        confidentiality=agreed.confidentiality,
        remarks=agreed.remarks,
    )


def evaluation(source: Source, programme_id: ProgrammeId, today: date) -> EvaluationSheet:
    """The figures of a programme; tandems that are only proposed count as such."""
    round_ = Gathered(source, programme_id)
    figures = programme_figures(
        round_.tandems,
        [one for found in round_.meetings.values() for one in found],
        [one for found in round_.goals.values() for one in found],
        round_.people.values(),
        today,
    )
    counts = tuple(
        TopicCount(name=name, meetings=one.meetings, tandems=one.tandems)
        for one in figures.topics
        if (name := round_.topic(one.topic))
    )
    return EvaluationSheet(programme=round_.head(), figures=figures, topics=counts)


def certificates(
    source: Source,
    programme_id: ProgrammeId,
    person_ids: Iterable[PersonId] | None = None,
    design: Design = Design.PLAIN,
) -> CertificateSheets:
    """A certificate for each person in the order of a phone book: those chosen, else everybody who has met."""
    round_ = Gathered(source, programme_id)
    chosen = None if person_ids is None else set(person_ids)
    sheets = [
        sheet
        for person in round_.people.values()
        if chosen is None or person.id in chosen
        if (sheet := _certificate(round_, person)) is not None and (chosen is not None or sheet.meetings)
    ]
    return CertificateSheets(programme=round_.head(), people=tuple(sheets), design=design)


def _certificate(round_: Gathered, person: Person) -> CertificateSheet | None:
    """None for somebody who was in no tandem that began."""
    sides: set[TandemSide] = set()
    held: list[Meeting] = []
    for tandem in round_.tandems:
        mine = {member.side for member in tandem.members if member.person == person.id}
        if mine and (tandem.state is not TandemState.PROPOSED or round_.held(tandem)):
            sides |= mine
            held += round_.held(tandem)
    if not sides:
        return None
    topics_met = Counter(name for one in held for topic in one.topics if (name := round_.topic(topic)))
    return CertificateSheet(
        name=person.full_name,
        salutation=person.salutation,
        mentor=TandemSide.MENTOR in sides and not round_.mutual,
        mentee=TandemSide.MENTEE in sides and not round_.mutual,
        meetings=len(held),
        minutes=sum(one.minutes or 0 for one in held),
        topics=tuple(sorted(topics_met, key=lambda name: (-topics_met[name], name))),
    )
