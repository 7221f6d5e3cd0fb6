"""What a column of a roster can mean, and which columns a careful program does not take."""

from __future__ import annotations

from enum import StrEnum

from app.i18n import mark, tr


class Field(StrEnum):
    """What a column means: everything a person has, and the part somebody takes in a programme."""

    PERSONNEL_NUMBER = "personnel_number"
    FULL_NAME = "full_name"  # "Nachname, Vorname" or "Vorname Nachname" in one cell
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    TITLE = "title"
    SALUTATION = "salutation"
    EMAIL = "email"
    PHONE = "phone"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    TEAM = "team"
    PROJECT = "project"
    POSITION = "position"
    LEVEL = "level"
    SUPERVISOR = "supervisor"
    LOCATION = "location"
    ENTRY_DATE = "entry_date"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    OFFERED = "offered"
    SOUGHT = "sought"
    AVAILABILITY = "availability"
    REMARKS = "remarks"
    ROLE = "role"
    BOTH_ROLES = "both_roles"  # yes: mentor and mentee; no: the role chosen for the whole file
    CAPACITY = "capacity"


REPEATABLE = frozenset({Field.LANGUAGES, Field.INTERESTS, Field.OFFERED, Field.SOUGHT})
"""Fields that several columns may fill together: "Sprache 1", "Sprache 2"."""

NAMES = frozenset({Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME})

LABELS: dict[Field, str] = {
    Field.PERSONNEL_NUMBER: mark("Personnel number"),
    Field.FULL_NAME: mark("Full name"),
    Field.FAMILY_NAME: mark("Family name"),
    Field.GIVEN_NAME: mark("Given name"),
    Field.TITLE: mark("Title"),
    Field.SALUTATION: mark("Form of address"),
    Field.EMAIL: mark("E-mail"),
    Field.PHONE: mark("Phone"),
    Field.ORGANISATION: mark("Organisation"),
    Field.DEPARTMENT: mark("Department"),
    Field.TEAM: mark("Team"),
    Field.PROJECT: mark("Project"),
    Field.POSITION: mark("Position"),
    Field.LEVEL: mark("Career level"),
    Field.SUPERVISOR: mark("Supervisor"),
    Field.LOCATION: mark("Location"),
    Field.ENTRY_DATE: mark("Entry date"),
    Field.LANGUAGES: mark("Languages"),
    Field.INTERESTS: mark("Interests"),
    Field.OFFERED: mark("Skills offered"),
    Field.SOUGHT: mark("Skills sought"),
    Field.AVAILABILITY: mark("Availability"),
    Field.REMARKS: mark("Remarks"),
    Field.ROLE: mark("Role in the programme"),
    Field.BOTH_ROLES: mark("Both mentor and mentee"),
    Field.CAPACITY: mark("Max. tandems"),
}


def label(field: Field) -> str:
    """The field's name in the language spoken here; also the header an export writes."""
    return tr(LABELS[field])


class LeftOut(StrEnum):
    """Why a column is not mapped by itself."""

    ORIENTATION = "orientation"
    RELIGION = "religion"
    ETHNICITY = "ethnicity"
    HEALTH = "health"
    UNION = "union"
    POLITICS = "politics"
    IDENTITY = "identity"
    GENDER = "gender"
    AGE = "age"
    FAMILY = "family"
    NATIONALITY = "nationality"
    PAY = "pay"
    PRIVATE = "private"
    BIOGRAPHY = "biography"
    TWICE = "twice"  # another column gives the field already
    UNLIKE = "unlike"  # the header fits a field, the cells do not


REASONS: dict[LeftOut, str] = {
    LeftOut.ORIENTATION: mark(
        "Looks like sexual orientation: a special category of personal data (Art. 9 GDPR) that mentoring does not need."
    ),
    LeftOut.RELIGION: mark(
        "Looks like religion or belief: a special category of personal data (Art. 9 GDPR) that mentoring does not need."
    ),
    LeftOut.ETHNICITY: mark(
        "Looks like ethnic origin: a special category of personal data (Art. 9 GDPR) that mentoring does not need."
    ),
    LeftOut.HEALTH: mark(
        "Looks like health or disability: a special category of personal data (Art. 9 GDPR) "
        "that mentoring does not need."
    ),
    LeftOut.UNION: mark(
        "Looks like trade union membership: a special category of personal data (Art. 9 GDPR) "
        "that mentoring does not need."
    ),
    LeftOut.POLITICS: mark(
        "Looks like political opinion: a special category of personal data (Art. 9 GDPR) that mentoring does not need."
    ),
    LeftOut.IDENTITY: mark(
        "Looks like personal identity or characteristics, which can hold special categories of personal data "
        "(Art. 9 GDPR)."
    ),
    LeftOut.GENDER: mark(
        "Looks like gender. Pairs are not made by gender; the form of address has a field of its own."
    ),
    LeftOut.AGE: mark("Looks like age or date of birth. Pairs are not made by age."),
    LeftOut.FAMILY: mark("Looks like marital status or family. Mentoring does not need it."),
    LeftOut.NATIONALITY: mark("Looks like nationality. Mentoring does not need it."),
    LeftOut.PAY: mark("Looks like pay. Mentoring does not need it."),
    LeftOut.PRIVATE: mark(
        "Looks like a private address, bank details or an official number. Mentoring does not need it."
    ),
    LeftOut.BIOGRAPHY: mark(
        "Free text about a person, which can hold special categories of personal data (Art. 9 GDPR). Read it first."
    ),
    LeftOut.TWICE: mark("Another column already goes there. Choose here if this one is meant."),
    LeftOut.UNLIKE: mark("The header fits, but the cells look different. Please choose yourself."),
}


def reason_text(reason: LeftOut) -> str:
    """The sentence shown beside a column that was left unmapped."""
    return tr(REASONS[reason])
