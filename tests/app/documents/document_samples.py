"""Records to print, for the tests of documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.documents.badge_inputs import NameSheet, NameSheets, NameWishes
from app.documents.handout_inputs import ExpectationSheets, Handout, Participant
from app.documents.inputs import (
    AgreementSheets,
    CertificateSheet,
    CertificateSheets,
    Design,
    GoalSheet,
    House,
    PartnerSheet,
    ProgrammeSheet,
    TandemList,
    TandemRow,
    TandemSheet,
)
from app.documents.letter_inputs import Addressee, LetterSheet, LetterSheets
from app.domain.meetings import GoalOwner
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState

ON = date(2026, 2, 3)
HOUSE = House(name="Maschinenbau Lindner GmbH", place="Ulm", signatories=("Dr. Katrin Brüggemann", "Jonas Weiß"))
HOSTILE = "a<b>c & <img src=/etc/passwd> {name} %s"
LONG_NAME = "Prof. Dr.-Ing. Maximiliane-Charlotte von Wolframs-Eschenbach"
NAMES = (
    "Aylin Özdemir",
    "Łukasz Wiśniewski",
    "Nguyễn Thị Hồng Phượng",
    "Zoë van der Straeten",
    "İbrahim Güneş",
    "Σοφία Παπαδοπούλου",
    "Дмитрий Коваленко",
    "Fjóla Þórðardóttir",
    LONG_NAME,
)
DEPARTMENTS = ("Vertrieb", "Konstruktion", "IT und Prozesse", "Personal", "Qualitätssicherung", "Einkauf")


def programme(kind: ProgrammeKind = ProgrammeKind.REVERSE, title: str = "Reverse Mentoring 2026") -> ProgrammeSheet:
    return ProgrammeSheet(
        title=title,
        kind=kind,
        starts_on=date(2026, 2, 2),
        ends_on=date(2026, 7, 31),
        contact="Katrin Brüggemann, Personalentwicklung, Telefon 0731 555-120",
        patron="Dr. Helmut Lindner",
    )


def partner(number: int, name: str | None = None, **more: str) -> PartnerSheet:
    chosen = name or NAMES[number % len(NAMES)]
    return PartnerSheet(
        name=chosen,
        sorting=" ".join(reversed(chosen.split(" ", 1))),
        position=more.get("position", "Leitung " + DEPARTMENTS[number % len(DEPARTMENTS)]),
        department=more.get("department", DEPARTMENTS[number % len(DEPARTMENTS)]),
        organisation=more.get("organisation", ""),
        expectations=more.get("expectations", ""),
        consented_on=date(2026, 1, 20),
    )


def tandem_list_of(count: int) -> TandemList:
    states = list(TandemState)
    rows = tuple(
        TandemRow(
            number=number + 1,
            state=states[number * 7 % len(states)],
            mentors=(partner(number),),
            mentees=(partner(number + 3),),
            held=number % 6,
            planned=6,
        )
        for number in range(count)
    )
    return TandemList(programme=programme(), tandems=rows)


def tandem_sheet(number: int = 1, mentor: str | None = None, mentee: str | None = None) -> TandemSheet:
    return TandemSheet(
        number=number,
        mentors=(
            partner(
                number,
                mentor,
                position="Auszubildender Mechatronik",
                expectations="Ich möchte erfahren, wie Entscheidungen im Haus entstehen, und offen sprechen können.",
            ),
        ),
        mentees=(
            partner(
                number + 3,
                mentee,
                expectations="Sicher mit den neuen Werkzeugen umgehen und verstehen, was jüngere Kolleg:innen bewegt.",
            ),
        ),
        topics=("KI-Werkzeuge", "Social Media", "Neue Arbeitsformen"),
        goals=(
            GoalSheet(topic="KI-Werkzeuge", title="Angebote mit einem Sprachmodell vorbereiten", baseline=1, target=3,
                      review_on=date(2026, 5, 4)),
            GoalSheet(topic="Social Media", baseline=0, target=2),
            GoalSheet(owner=GoalOwner.MENTOR, topic="Führung", title="Eine Besprechung leiten", baseline=1, target=2),
        ),
        rhythm="alle vier Wochen, montags nach dem Mittag",
        place="Ulm",
    )  # fmt: skip


def agreements_of(count: int, kind: ProgrammeKind = ProgrammeKind.REVERSE) -> AgreementSheets:
    return AgreementSheets(programme=programme(kind), tandems=tuple(tandem_sheet(n + 1) for n in range(count)))


def certificates_of(count: int, design: Design = Design.PLAIN) -> CertificateSheets:
    people = tuple(
        CertificateSheet(
            name=NAMES[number % len(NAMES)],
            mentor=number % 3 != 1,
            mentee=number % 3 != 0,
            meetings=number % 7,
            minutes=number % 7 * 65,
            topics=("KI-Werkzeuge", "Social Media", "Neue Arbeitsformen")[: number % 4],
        )
        for number in range(count)
    )
    return CertificateSheets(programme=programme(), people=people, design=design)


def names_of(count: int, **wishes: Any) -> NameSheets:
    people = tuple(
        NameSheet(
            name=NAMES[number % len(NAMES)],
            affiliation=DEPARTMENTS[number % len(DEPARTMENTS)],
            mentor=number % 3 != 1,
            mentee=number % 3 != 0,
            partners=(NAMES[(number + 3) % len(NAMES)],),
        )
        for number in range(count)
    )
    return NameSheets(programme=programme(), people=people, wishes=NameWishes(**wishes))


def letters_of(count: int, kind: ProgrammeKind = ProgrammeKind.REVERSE) -> LetterSheets:
    names = [Addressee(name=one, family_name=one.split()[-1], department=DEPARTMENTS[0]) for one in NAMES]
    made = tuple(
        LetterSheet(
            number=number + 1,
            to=names[number % len(NAMES)],
            partners=(names[(number + 3) % len(NAMES)],),
            teaches=True,
            sought=("KI-Werkzeuge", "Social Media"),
        )
        for number in range(count)
    )
    return LetterSheets(programme=programme(kind), letters=made)


def handout_of(count: int, kind: ProgrammeKind = ProgrammeKind.REVERSE) -> Handout:
    return Handout(programme=programme(kind), greeting="Wer führt, lernt zuerst.", participants=count)


def expectations_of(count: int, kind: ProgrammeKind = ProgrammeKind.REVERSE, said: str = "") -> ExpectationSheets:
    people = tuple(
        Participant(
            name=NAMES[number % len(NAMES)],
            role=list(Role)[number % 3],
            department=DEPARTMENTS[number % len(DEPARTMENTS)],
            expectations=said if number % 2 else "",
        )
        for number in range(count)
    )
    return ExpectationSheets(
        programme=programme(kind), topics=("KI-Werkzeuge", "Social Media", "Neue Arbeitsformen"), people=people
    )
