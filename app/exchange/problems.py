"""What is wrong with a row: said in the preview with its row number, never in an exception."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as slot
from datetime import date
from enum import StrEnum

from app.exchange.fields import Field
from app.i18n import date_text, mark, tr


class Severity(StrEnum):
    ERROR = "error"  # the row is not imported
    WARNING = "warning"  # the row is imported, this value is left out
    NOTICE = "notice"  # something was guessed


class Code(StrEnum):
    NO_NAME = "no_name"
    FOOTER = "footer"
    DOUBLED = "doubled"
    DOUBLED_DIFFERS = "doubled_differs"
    AMBIGUOUS_PERSON = "ambiguous_person"
    OPEN_QUOTE = "open_quote"
    ERROR_CELL = "error_cell"
    DATE = "date"
    DATE_ROUGH = "date_rough"
    LEVEL = "level"
    GRADE = "grade"
    EMAIL = "email"
    EMAIL_DOUBTED = "email_doubted"
    EMAIL_SHARED = "email_shared"
    SAME_NAME = "same_name"
    SALUTATION = "salutation"
    ROLE = "role"
    BOTH_ROLES = "both_roles"
    CAPACITY = "capacity"
    AVAILABILITY = "availability"
    AVAILABILITY_WEEK = "availability_week"
    SKILL_LEVEL = "skill_level"
    SKILL_NAMELESS = "skill_nameless"
    SKILL_GUESSED = "skill_guessed"
    SKILL_DOUBTED = "skill_doubted"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    SUPERVISOR_UNKNOWN = "supervisor_unknown"
    SUPERVISOR_AMBIGUOUS = "supervisor_ambiguous"
    SUPERVISOR_SELF = "supervisor_self"
    SUPERVISOR_CYCLE = "supervisor_cycle"
    SUPERVISOR_SUPERSEDED = "supervisor_superseded"
    SUPERVISOR_GUESSED = "supervisor_guessed"


ERRORS = frozenset({Code.NO_NAME, Code.FOOTER, Code.DOUBLED, Code.DOUBLED_DIFFERS, Code.AMBIGUOUS_PERSON})
NOTICES = frozenset({
    Code.OPEN_QUOTE, Code.SUPERVISOR_GUESSED, Code.SUPERVISOR_SUPERSEDED, Code.SAME_NAME, Code.EMAIL_SHARED,
    Code.EMAIL_DOUBTED, Code.SKILL_GUESSED, Code.SKILL_DOUBTED, Code.DATE_ROUGH,
    Code.AVAILABILITY_WEEK,
})  # fmt: skip

SENTENCES: dict[Code, str] = {
    Code.NO_NAME: mark("There is no name in this row."),
    Code.FOOTER: mark("“{value}” looks like a line of the report and not like a person; it is left out."),
    Code.DOUBLED: mark("The same person is in row {first}; this row is left out."),
    Code.DOUBLED_DIFFERS: mark("The same person is in row {first} with other values; this row is left out."),
    Code.AMBIGUOUS_PERSON: mark(
        "Several people fit this row. Add the personnel number or e-mail address to tell them apart."
    ),
    Code.OPEN_QUOTE: mark(
        "A quotation mark is opened and not closed, or the other way round; the row was read as it stands. "
        "Please check."
    ),
    Code.ERROR_CELL: mark("“{value}” is an error value of the spreadsheet and is left out."),
    Code.DATE: mark("“{value}” is not a possible date and is left out."),
    Code.DATE_ROUGH: mark("“{value}” names no day; it is taken as {day}. Please check."),
    Code.LEVEL: mark("“{value}” is not a career level from 1 to 9 and is left out."),
    Code.GRADE: mark("“{value}” was given no career level in the step “Columns”; the person's level stays as it is."),
    Code.EMAIL: mark("“{value}” is not an e-mail address and is left out."),
    Code.EMAIL_DOUBTED: mark("Nobody can have the e-mail address “{value}”; it is taken as it is. Please check."),
    Code.EMAIL_SHARED: mark("Somebody else has the same e-mail address; both are kept as two people."),
    Code.SAME_NAME: mark("Somebody else has the same name; both are kept as two people."),
    Code.SALUTATION: mark("“{value}” is not a known form of address and is left out."),
    Code.ROLE: mark("“{value}” is not a role (mentor, mentee, both) and is left out."),
    Code.BOTH_ROLES: mark("“{value}” is neither yes nor no and is left out."),
    Code.CAPACITY: mark("“{value}” is not a number of tandems from 1 to 9 and is left out."),
    Code.AVAILABILITY: mark("“{value}” names no weekdays and is left out."),
    Code.AVAILABILITY_WEEK: mark("“{value}” names no weekday; all five are taken. Please check."),
    Code.SKILL_LEVEL: mark("“{value}” has no level from 1 to 4 and is left out."),
    Code.SKILL_NAMELESS: mark("“{value}” names no topic and is left out."),
    Code.SKILL_GUESSED: mark("“{value}” was read as “{topic}” at level {level}. Please check."),
    Code.SKILL_DOUBTED: mark("“{value}” was taken as the name of a topic. Please check whether its number is a level."),
    Code.TOO_LONG: mark("The text has {length} characters, {limit} are possible; it is left out."),
    Code.TOO_MANY: mark("There are more than {limit} entries in this cell; it is left out."),
    Code.SUPERVISOR_UNKNOWN: mark("The supervisor “{value}” is neither in the file nor in the vault and is left out."),
    Code.SUPERVISOR_AMBIGUOUS: mark(
        "Several people fit the supervisor “{value}”, who is left out. A personnel number would tell."
    ),
    Code.SUPERVISOR_SELF: mark("The person is their own supervisor in this row; that is left out."),
    Code.SUPERVISOR_CYCLE: mark("The line of supervisors would lead back to this person; the supervisor is left out."),
    Code.SUPERVISOR_SUPERSEDED: mark(
        "Before, “{who}” reported to “{boss}”. That contradicts the file, which is newer, and is dropped."
    ),
    Code.SUPERVISOR_GUESSED: mark("The supervisor “{value}” was taken to be {taken_for}. Please check."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in a row (numbered as in the spreadsheet). ``value`` is the cell's text, for the preview alone."""

    row: int
    field: Field | None
    code: Code
    value: str = slot(default="", repr=False)
    facts: tuple[tuple[str, object], ...] = slot(default=(), repr=False)

    @property
    def severity(self) -> Severity:
        if self.code in ERRORS:
            return Severity.ERROR
        return Severity.NOTICE if self.code in NOTICES else Severity.WARNING


def problem_text(problem: Problem) -> str:
    """The sentence for the preview, in the language spoken here. It may quote the cell: show it as plain text."""
    value = problem.value if len(problem.value) <= 60 else f"{problem.value[:59]}…"
    facts = {name: date_text(fact) if isinstance(fact, date) else fact for name, fact in problem.facts}
    return tr(SENTENCES[problem.code]).format(value=value, **facts)
