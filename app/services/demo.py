"""The demo programme: 34 tandems with six meetings each in half a year, 204 in all, seen from its middle.

Everything is drawn from a fixed seed, so that two fillings for the same day are alike.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from app.domain.ids import (
    EnrolmentId,
    GoalId,
    MeetingId,
    MemberId,
    NoteId,
    PersonId,
    ProgrammeId,
    SkillGapId,
    TandemId,
    TopicId,
)
from app.domain.meetings import Goal, GoalOwner, Meeting, Mode, meeting_dates, working_day
from app.domain.notes import Note, SkillGap
from app.domain.people import Person
from app.domain.programmes import Enrolment, Programme, ProgrammeKind, Purpose, Role
from app.domain.tandems import Agreement, Instead, Member, Origin, Reason, Tandem, TandemSide, TandemState
from app.i18n import language
from app.services.demo_people import SHARED, Cast, fill_people, read, said, texts
from app.services.houses import set_house
from app.store import alternatives, goals, meetings, notes, people, programmes, tandems
from app.store.columns import moment
from app.store.vault import Change

TANDEMS, MEETINGS = 34, 6
MIDDLE = 91  # days since the programme's start
STATES = {
    5: TandemState.PAUSED,
    11: TandemState.COMPLETED,
    19: TandemState.PAUSED,
    23: TandemState.ENDED,
    31: TandemState.AGREED,
    32: TandemState.AGREED,
    33: TandemState.PROPOSED,
    34: TandemState.PROPOSED,
}
WITHOUT_CONSENT = frozenset({32, 33, 34})
LATE = frozenset({3, 8, 14, 21, 27})


class Rating(NamedTuple):
    """A tandem's score, what it rests on, and whom the two would have had else."""

    score: int
    reasons: tuple[Reason, ...]
    instead: tuple[Instead, ...]


def fill(change: Change, today: date, *, rate_anew: bool = False) -> ProgrammeId:
    """Fills a fresh vault with the demo, texts in the language spoken here; gives the programme's id.

    The people are the same every day, and so is what their pairing says: it is read from ``ratings.json``, which
    ``packaging/demo_ratings.py`` writes, so that the demo need not load the pairing. ``rate_anew`` works it out.
    """
    return _Demo(change, today, rate_anew=rate_anew).fill()


def kept_ratings() -> list[Rating]:
    """What is known of the tandems' pairs, in the language spoken here."""
    return [
        Rating(
            score,
            tuple(
                Reason(criterion=criterion, points=points, most=most, facts=tuple(facts))
                for criterion, points, most, facts in reasons
            ),
            tuple(Instead(TandemSide(side), EnrolmentId(who), its) for side, who, its in instead),
        )
        for score, reasons, instead in read("ratings.json")[language()]
    ]


class _Demo:
    def __init__(self, change: Change, today: date, *, rate_anew: bool) -> None:
        self._change = change
        self._today = today
        self._rate_anew = rate_anew
        self._start = working_day(today - timedelta(days=MIDDLE))
        self._chance = random.Random("Hallgrim & Voss")
        self._made: list[Tandem] = []

    def _id(self) -> int:
        return self._chance.getrandbits(62) + 1

    def fill(self) -> ProgrammeId:
        cast = fill_people(self._change, self._chance, self._today)
        programme = self._programme(cast)
        mentors, mentees = _sides(cast)
        enrolled = self._enrol(programme, mentors, mentees)
        self._confide(cast)
        pairs = list(zip(mentors[:TANDEMS], mentees[:TANDEMS], strict=True))
        self._pair(programme, pairs, enrolled)
        for tandem, (mentor, mentee) in zip(self._made, pairs, strict=True):
            themes = _themes(mentor, mentee) + [cast.topics[self._chance.choice(SHARED)]]
            held = self._meet(tandem, themes)
            self._aim(tandem, themes, mentor, held)
        self._note(cast)
        set_house(
            self._change,
            name=said(texts()["firm"]),
            place=texts()["locations"][0],
            signatory_1=cast.top.full_name,
            signatory_2=cast.heads[3].full_name,
            current_programme=str(programme.id),
        )
        return programme.id

    def _programme(self, cast: Cast) -> Programme:
        programme = Programme(
            id=ProgrammeId(self._id()),
            title=said(texts()["title"]).format(year=self._start.year),
            kind=ProgrammeKind.REVERSE,
            purpose=Purpose.DIGITAL,
            starts_on=self._start,
            ends_on=self._start + timedelta(days=2 * MIDDLE),
            planned_meetings=MEETINGS,
            rhythm_days=28,
            patron=cast.top.full_name,
            greeting=said(texts()["greeting"]),
            contact=said(texts()["contact"]),
            topics=tuple(
                cast.topics[name]
                for name in (*SHARED, "KI-Werkzeuge", "Mobile Endgeräte", "Social Media", "Vernetztes Fahren")
            ),
        )
        programmes.add_programme(self._change, programme)
        return programme

    def _enrol(self, programme: Programme, mentors: list[Person], mentees: list[Person]) -> dict[PersonId, EnrolmentId]:
        said_before = texts()["expectations"]
        records = []
        for role, everybody in ((Role.MENTOR, mentors), (Role.MENTEE, mentees)):
            for place, person in enumerate(everybody):
                expectations = said(said_before[role.value][place % 3]) if place % 4 != 3 else ""
                records.append(
                    Enrolment(
                        id=EnrolmentId(self._id()),
                        programme=programme.id,
                        person=person.id,
                        role=role,
                        capacity=2 if role is Role.MENTOR and place % 9 == 4 else 1,
                        expectations=expectations,
                    )
                )
        programmes.add_enrolments(self._change, records)
        return {record.person: record.id for record in records}

    def _confide(self, cast: Cast) -> None:
        """A few rivalries, vetoes and wishes; none of them touches a tandem that exists."""
        leads, juniors = cast.leads, cast.juniors
        people.write_rivals(self._change, leads[2].id, frozenset({leads[9].id}))
        people.write_rivals(self._change, leads[14].id, frozenset({juniors[38].id}))
        people.write_vetoes(self._change, juniors[36].id, frozenset({leads[26].id}))
        people.write_wishes(self._change, juniors[37].id, (leads[27].id, leads[26].id))
        people.write_wishes(self._change, leads[27].id, (juniors[37].id,))

    def _pair(
        self, programme: Programme, pairs: list[tuple[Person, Person]], enrolled: dict[PersonId, EnrolmentId]
    ) -> None:
        ratings = self._rated(programme, pairs, enrolled) if self._rate_anew else kept_ratings()
        for number, ((mentor, mentee), rating) in enumerate(zip(pairs, ratings, strict=True), start=1):
            sides = ((mentor, TandemSide.MENTOR), (mentee, TandemSide.MENTEE))
            members = tuple(
                Member(id=MemberId(self._id()), enrolment=enrolled[one.id], person=one.id, side=side)
                for one, side in sides
            )
            state = STATES.get(number, TandemState.ACTIVE)
            self._made.append(
                Tandem(
                    id=TandemId(self._id()),
                    programme=programme.id,
                    number=number,
                    state=state,
                    origin=Origin.SELF_FOUND if number in (4, 17) else Origin.ASSIGNED,
                    score=rating.score,
                    reasons=rating.reasons,
                    members=members,
                    agreement=self._agreement(number, state),
                )
            )
        tandems.add_tandems(self._change, self._made)
        alternatives.add(
            self._change,
            ((tandem.id, one) for tandem, rating in zip(self._made, ratings, strict=True) for one in rating.instead),
        )
        for tandem in self._made:
            for place, member in enumerate(tandem.members):
                if tandem.number not in WITHOUT_CONSENT or (tandem.number == 32 and place == 0):
                    day = self._start - timedelta(days=self._chance.randint(1, 12))
                    tandems.give_consent(self._change, member.id, day)

    def _rated(
        self, programme: Programme, pairs: list[tuple[Person, Person]], enrolled: dict[PersonId, EnrolmentId]
    ) -> list[Rating]:
        from app.services.alternatives import instead
        from app.services.pairing import rated
        from app.services.plans import opened, read_basis

        ids = [(enrolled[one.id], enrolled[other.id]) for one, other in pairs]
        other = instead(opened(read_basis(self._change, programme.id)), ids, ids)
        return [Rating(one.score, one.reasons, other[one.ids]) for one in rated(self._change, programme.id, ids)]

    def _agreement(self, number: int, state: TandemState) -> Agreement:
        if state in (TandemState.PROPOSED, TandemState.AGREED):
            return Agreement()
        return Agreement(
            signed_on=self._start + timedelta(days=number % 6),
            place=texts()["locations"][0],
            rhythm=said(texts()["rhythm"]),
        )

    def _meet(self, tandem: Tandem, themes: list[TopicId]) -> int:
        """Plans the six meetings and holds those of the past; gives how many were held."""
        waiting = tandem.state in (TandemState.PROPOSED, TandemState.AGREED)
        swift = waiting or tandem.state is TandemState.COMPLETED
        first = self._today + timedelta(days=10) if waiting else self._start + timedelta(days=3 if swift else 7)
        shift = 0 if swift else tandem.number * 5 % 28
        dates = meeting_dates(first + timedelta(days=shift), MEETINGS, 14 if swift else 28)
        past = [day for day in dates if day < self._today]
        held = len(past)
        if tandem.number in LATE:
            held -= 1
        elif tandem.state in (TandemState.PAUSED, TandemState.ENDED):
            held = min(2, held)
        meetings.add_meetings(
            self._change,
            [self._meeting(tandem, number, day, themes, number <= held) for number, day in enumerate(dates, start=1)],
        )
        return held

    def _meeting(self, tandem: Tandem, number: int, day: date, themes: list[TopicId], held: bool) -> Meeting:
        chance = self._chance
        planned = Meeting(
            id=MeetingId(self._id()),
            tandem=tandem.id,
            number=number,
            planned_on=day,
            mode=chance.choices((Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE), (6, 4, 1))[0],
        )
        if not held:
            return planned
        moved = day + timedelta(days=chance.choice((0, 0, 0, 1, 2)))
        return replace(
            planned,
            held_on=min(moved if moved.weekday() < 5 else day, self._today),
            minutes=chance.choice((45, 60, 60, 75, 90)),
            summary=said(texts()["summaries"][number - 1]) if chance.random() < 0.8 else "",
            next_steps=said(chance.choice(texts()["next_steps"])) if chance.random() < 0.6 else "",
            topics=tuple(sorted(chance.sample(themes, min(len(themes), chance.choice((1, 2)))))),
        )

    def _aim(self, tandem: Tandem, themes: list[TopicId], mentor: Person, held: int) -> None:
        chance = self._chance
        if tandem.state is TandemState.PROPOSED:
            return
        aims = [(GoalOwner.MENTEE, topic, said(chance.choice(texts()["goals"]))) for topic in themes[:2]]
        sought = mentor.sought()
        if sought and tandem.number % 2:
            aims.append((GoalOwner.MENTOR, sought[0].topic, said(chance.choice(texts()["mentor_goals"]))))
        records = []
        for place, (owner, topic, title) in enumerate(aims):
            baseline = chance.choice((0, 1, 1, 2))
            target = min(4, baseline + chance.choice((1, 2, 2)))
            gained = target - baseline if tandem.state is TandemState.COMPLETED else chance.randint(0, max(0, held - 1))
            records.append(
                Goal(
                    id=GoalId(self._id()),
                    tandem=tandem.id,
                    owner=owner,
                    topic=topic,
                    title=title,
                    baseline=baseline,
                    target=target,
                    now=min(target, baseline + gained),
                    review_on=self._start + timedelta(days=88 + tandem.number % 9 * 3 + 40 * place),
                )
            )
        goals.add_goals(self._change, records)

    def _note(self, cast: Cast) -> None:
        by_number = {tandem.number: tandem for tandem in self._made}
        now = moment(self._change.now)
        for entry in texts()["notes"]:
            about: dict[str, Any] = {}
            if entry["about"] == "tandem":
                about["tandem"] = by_number[entry["tandem"]].id
            elif entry["about"] == "person":
                about["person"] = by_number[entry["tandem"]].on(TandemSide(entry["side"]))[0].person
            notes.add_note(
                self._change,
                Note(
                    id=NoteId(self._id()),
                    title=said(entry["title"]),
                    body=said(entry["body"]),
                    tags=tuple(said(tag) for tag in entry["tags"]),
                    pinned=entry.get("pinned", False),
                    created_at=now,
                    changed_at=now,
                    **about,
                ),
            )
        for entry in texts()["gaps"]:
            notes.add_gap(
                self._change,
                SkillGap(
                    id=SkillGapId(self._id()),
                    person=by_number[entry["tandem"]].mentee.person,
                    topic=cast.topics[entry["topic"]],
                    seen=entry["seen"],
                    wanted=entry["wanted"],
                    evidence=said(entry["evidence"]),
                    noted_on=self._start + timedelta(days=40 + entry["tandem"]),
                ),
            )


def _sides(cast: Cast) -> tuple[list[Person], list[Person]]:
    """Mentors and mentees in the order of the tandems; a mentor teaches somebody of another department.

    Two mentees and nine mentors more than there are tandems: some remain to be paired.
    """
    mentees = [*cast.heads, *cast.leads]
    waiting = [*cast.juniors, *cast.externals]
    mentors: list[Person] = []
    for mentee in mentees[:TANDEMS]:
        seeks = {skill.topic for skill in mentee.sought()}
        best = max(
            (
                one
                for one in waiting
                if one.department != mentee.department and set(one.languages) & set(mentee.languages)
            ),
            key=lambda one: (
                len(seeks & {skill.topic for skill in one.offered()}),
                one is not waiting[-1],
                one.personnel_number,
            ),
        )
        waiting.remove(best)
        mentors.append(best)
    return mentors + waiting, mentees


def _themes(mentor: Person, mentee: Person) -> list[TopicId]:
    """What the mentor offers and the mentee seeks, else what the mentee seeks."""
    offered = {skill.topic for skill in mentor.offered()}
    sought = [skill.topic for skill in mentee.sought()]
    return [topic for topic in sought if topic in offered] or sought[:1]
