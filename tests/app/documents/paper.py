"""Prints a document for a test and reads it back."""

from __future__ import annotations

from datetime import date, timedelta

from document_samples import DEPARTMENTS, HOUSE, ON, programme
from pdf_reading import opened

from app import documents
from app.documents.inputs import (
    AgreementSheets,
    CertificateSheets,
    EvaluationSheet,
    House,
    ProgrammeSheet,
    TandemList,
    TopicCount,
)
from app.domain.ids import EnrolmentId, GoalId, MeetingId, MemberId, PersonId, ProgrammeId, TandemId, TopicId
from app.domain.meetings import Goal, Meeting, Mode
from app.domain.people import Person
from app.domain.tandems import Member, Tandem, TandemSide, TandemState
from app.evaluation.figures import programme_figures

Inputs = TandemList | AgreementSheets | EvaluationSheet | CertificateSheets


def printed(inputs: Inputs, language: str = "de", house: House = HOUSE) -> bytes:
    """The document these inputs are for."""
    if isinstance(inputs, TandemList):
        return documents.tandem_list(inputs, language=language, house=house, on=ON)
    if isinstance(inputs, AgreementSheets):
        return documents.agreement(inputs, language=language, house=house, on=ON)
    if isinstance(inputs, EvaluationSheet):
        return documents.evaluation_report(inputs, language=language, house=house, on=ON)
    return documents.certificates(inputs, language=language, house=house, on=ON)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, every run of spaces and line ends as one space."""
    return [" ".join(page.extract_text().split()) for page in opened(pdf).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def evaluation_of(
    tandems: int,
    *,
    departments: tuple[str, ...] = DEPARTMENTS,
    months: int = 6,
    topics: tuple[str, ...] = ("KI-Werkzeuge", "Social Media", "Innovation"),
    head: ProgrammeSheet | None = None,
) -> EvaluationSheet:
    """A report of so many tandems, ``months`` meetings each, the first half of them held."""
    first = date(2026, 2, 2)
    made, people, held, goals = [], [], [], []
    for number in range(tandems):
        sides = ((2 * number, TandemSide.MENTOR), (2 * number + 1, TandemSide.MENTEE))
        made.append(
            Tandem(
                id=TandemId(number), programme=ProgrammeId(1), number=number + 1, state=TandemState.ACTIVE,
                members=tuple(
                    Member(id=MemberId(who), enrolment=EnrolmentId(who), person=PersonId(who), side=side)
                    for who, side in sides
                ),
            )
        )  # fmt: skip
        for who, _ in sides:
            department = departments[who % len(departments)] if departments else ""
            people.append(Person(id=PersonId(who), given_name="P", family_name="Q", department=department))
        for month in range(months):
            day = first + timedelta(days=30 * month)
            done = month < (months + 1) // 2
            held.append(
                Meeting(
                    id=MeetingId(number * 100 + month), tandem=TandemId(number), number=month + 1, planned_on=day,
                    held_on=day if done else None, minutes=60 if done else None, mode=list(Mode)[number % 3],
                    topics=tuple(TopicId(at) for at in range(1 + number % max(len(topics), 1))) if topics else (),
                )
            )  # fmt: skip
        goals.append(Goal(id=GoalId(number), tandem=TandemId(number), target=4, now=number % 5))
    figures = programme_figures(made, held, goals, people, first + timedelta(days=30 * (months // 2)))
    counts = tuple(TopicCount(name=topics[one.topic], meetings=one.meetings, tandems=one.tandems)
                   for one in figures.topics)  # fmt: skip
    return EvaluationSheet(programme=head or programme(), figures=figures, topics=counts)
