"""The kinds of record a change can touch; pages say which they listen to."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    ORGANISATION = "organisation"
    PERSON = "person"  # with skills, rivalries, vetoes, wishes
    TOPIC = "topic"
    PROGRAMME = "programme"
    ENROLMENT = "enrolment"  # with consents
    DRAFT = "draft"  # of a programme's pairing, with locks and bans
    TANDEM = "tandem"  # with members and agreement, what was published when, and instead of whom
    GOAL = "goal"
    MEETING = "meeting"
    NOTE = "note"
    SKILL_GAP = "skill_gap"
    HOUSE = "house"


TABLE_KINDS: dict[str, Kind] = {
    "organisation": Kind.ORGANISATION,
    "person": Kind.PERSON,
    "skill": Kind.PERSON,
    "rivalry": Kind.PERSON,
    "veto": Kind.PERSON,
    "wish": Kind.PERSON,
    "topic": Kind.TOPIC,
    "programme": Kind.PROGRAMME,
    "programme_topic": Kind.PROGRAMME,
    "enrolment": Kind.ENROLMENT,
    "consent": Kind.ENROLMENT,
    "draft": Kind.DRAFT,
    "draft_pair": Kind.DRAFT,
    "tandem": Kind.TANDEM,
    "member": Kind.TANDEM,
    "agreement": Kind.TANDEM,
    "publishing": Kind.TANDEM,
    "published_pair": Kind.TANDEM,
    "alternative": Kind.TANDEM,
    "goal": Kind.GOAL,
    "meeting": Kind.MEETING,
    "meeting_topic": Kind.MEETING,
    "note": Kind.NOTE,
    "skill_gap": Kind.SKILL_GAP,
    "house": Kind.HOUSE,
}
