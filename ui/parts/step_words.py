"""What a step of undo was, for the sentence that says it is taken back: a verb's name to words without a name."""

from __future__ import annotations

from app.i18n import mark, tr

STEPS: dict[str, str] = {
    "bring_back": mark("records brought back"),
    "bulk": mark("people changed together"),
    "drafts.ban": mark("a pair ruled out"),
    "drafts.lock": mark("a pair kept"),
    "drafts.publish": mark("tandems accepted"),
    "drafts": mark("pairing changed"),
    "goals.add": mark("goal added"),
    "goals.remove": mark("goal removed"),
    "goals": mark("goal changed"),
    "houses": mark("organisation changed"),
    "meetings.add": mark("meeting added"),
    "meetings.hold": mark("meeting recorded"),
    "meetings.remove": mark("meeting removed"),
    "meetings": mark("meeting changed"),
    "notes.add": mark("note added"),
    "notes.remove": mark("note removed"),
    "notes.add_gap": mark("skill gap added"),
    "notes.edit_gap": mark("skill gap changed"),
    "notes.remove_gaps": mark("skill gap removed"),
    "notes": mark("note changed"),
    "organisations": mark("organisation changed"),
    "people.add": mark("person added"),
    "people.add_skill_many": mark("people changed together"),
    "people.duplicate": mark("person duplicated"),
    "people.edit_many": mark("people changed together"),
    "people.remove": mark("people removed"),
    "people": mark("person changed"),
    "programmes.add": mark("programme made"),
    "programmes.enrol": mark("people enrolled"),
    "programmes.edit_enrolment": mark("enrolment changed"),
    "programmes.withdraw": mark("enrolment changed"),
    "programmes.rejoin": mark("enrolment changed"),
    "programmes.leave": mark("enrolment removed"),
    "programmes.remove": mark("programme removed"),
    "programmes.weigh": mark("weights changed"),
    "programmes.rule": mark("rules changed"),
    "programmes.settle": mark("weights and rules changed"),
    "programmes": mark("programme changed"),
    "roster": mark("people imported"),
    "tandems.accept": mark("tandems accepted"),
    "tandems.pair": mark("tandem made"),
    "tandems.dissolve": mark("tandem dissolved"),
    "tandems.remove": mark("tandem removed"),
    "tandems.consent": mark("consent changed"),
    "tandems.edit_agreement": mark("agreement changed"),
    "tandems": mark("tandem changed"),
    "together.record_consents": mark("consents recorded"),
    "together.record_agreements": mark("signed agreements recorded"),
    "together.record_meetings": mark("meetings recorded"),
    "topics.add": mark("topic added"),
    "topics.add_starter": mark("topics added"),
    "topics.remove": mark("topic removed"),
    "topics": mark("topic changed"),
}


def step_text(label: str) -> str:
    """What the verb did, "person added"; "" for one without words."""
    words = STEPS.get(label) or STEPS.get(label.partition(".")[0])
    return tr(words) if words else ""
