"""Sentences for what a verb can refuse; each says what to do next."""

from __future__ import annotations

from app.i18n import mark

SENTENCES: dict[str, str] = {
    "record.gone": mark("This record is no longer there. It was removed or undone in the meantime."),
    "people.nameless": mark("A person needs a given name or a family name. Please enter one of them."),
    "people.level": mark("The career level is a number from {lowest} (top) to {highest}."),
    "people.skill_level": mark("The level of a skill is a number from {lowest} to {highest}."),
    "people.skill_priority": mark("The priority of a skill is a number from {lowest} to {highest}."),
    "people.supervision_cycle": mark(
        "This supervisor stands below the person. Choose somebody who does not report to them."
    ),
    "people.in_tandem": mark(
        "People who are or were in a tandem of any programme stay: {count} of those chosen. "
        "Remove the tandem first, or leave them in the list."
    ),
    "organisations.nameless": mark("An organisation needs a name. Please enter one."),
    "topics.nameless": mark("A topic needs a name in at least one language. Please enter one."),
    "topics.double": mark("There is already a topic of that name. Use it, or choose another name."),
    "topics.in_use": mark("This topic is in use in {count} places. Archive it instead: it is then no longer offered."),
    "programmes.untitled": mark("A programme needs a title. Please enter one."),
    "programmes.ends_before_start": mark("The end lies before the start. Change one of the two dates."),
    "programmes.meetings": mark("The number of planned meetings is a number from {lowest} to {highest}."),
    "programmes.rhythm": mark("Between two meetings there are {lowest} to {highest} days."),
    "programmes.weight": mark("A weight is a number from {lowest} to {highest}."),
    "programmes.number": mark("This is a number from {lowest} to {highest}."),
    "programmes.capacity": mark("A mentor takes {lowest} to {highest} mentees. Please change the number."),
    "programmes.role_in_tandem": mark(
        "This role is needed by an open tandem. Dissolve the tandem first, or choose both roles."
    ),
    "programmes.in_tandem": mark(
        "Who is or was in a tandem of this programme stays ({count}). Withdraw them instead, or remove the tandem."
    ),
    "tandems.blocked": mark("A rule of this programme forbids the pair. Choose somebody else, or change the rule."),
    "tandems.blocked.same_person": mark("Nobody can be paired with themselves. Choose somebody else."),
    "tandems.blocked.supervision": mark(
        "One of them is the other's supervisor, directly or indirectly. Choose somebody from another line."
    ),
    "tandems.blocked.rivalry": mark("A rivalry is noted between these two. Choose somebody else."),
    "tandems.blocked.veto": mark("One of these two asked not to be paired with the other. Choose somebody else."),
    "tandems.blocked.same_team": mark(
        "Both work in the same team. Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.same_project": mark(
        "Both work in the same project. Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.language": mark(
        "These two have no language in common. Check the languages of both, or choose somebody else."
    ),
    "tandems.blocked.level": mark(
        "Their career levels are the wrong way round for this kind of programme. "
        "Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.level_near": mark(
        "Their career levels are closer together than this programme wants. "
        "Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.level_far": mark(
        "Their career levels are farther apart than this programme wants. "
        "Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.previous_pair": mark(
        "These two were a tandem before. Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.near_boss": mark(
        "One works closely with the other's superior. "
        "Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.same_organisation": mark(
        "Both come from the same organisation. Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.other_organisation": mark(
        "These two come from different organisations. Choose somebody else, or change the rule in the programme."
    ),
    "tandems.blocked.must": mark(
        "A criterion that is a must is not met at all. Choose somebody else, or lift the must in the programme."
    ),
    "tandems.withdrawn": mark("One of these two has left the programme. Enrol them again, or choose somebody else."),
    "tandems.wrong_role": mark("One of these two does not take part in this role. Change the role, or swap the two."),
    "tandems.mentee_taken": mark("This mentee already has a tandem. Dissolve it first, or choose somebody else."),
    "tandems.mentor_full": mark(
        "This mentor already has as many mentees as agreed ({count}). Raise the number, or choose somebody else."
    ),
    "tandems.no_such_step": mark("A tandem can't go there from its present state. Choose one of the steps offered."),
    "tandems.no_consent": mark("The consent of both sides is needed first. Record both, then try again."),
    "meetings.held_later": mark(
        "A meeting can have been held today or before. For a later day, enter it under “Planned for”."
    ),
    "meetings.minutes": mark("The length of a meeting is a number from {lowest} to {highest} minutes."),
    "goals.level": mark("A level is a number from {lowest} to {highest}."),
    "notes.level": mark("A level is a number from {lowest} to {highest}."),
}
