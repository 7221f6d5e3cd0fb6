-- Schema 2. The draft of a programme's pairing: what was decided about the plan before it is published.
CREATE TABLE draft (
    programme_id INTEGER PRIMARY KEY REFERENCES programme (id) ON DELETE CASCADE,
    aim TEXT NOT NULL DEFAULT 'participation' CHECK (aim IN ('participation', 'quality')),
    method TEXT NOT NULL DEFAULT 'optimal' CHECK (method IN ('optimal', 'stable')),
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_pair (
    id INTEGER PRIMARY KEY,
    mentor_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    mentee_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    decision TEXT NOT NULL CHECK (decision IN ('locked', 'banned')),
    changed_at INTEGER NOT NULL,
    UNIQUE (mentor_id, mentee_id),
    CHECK (mentor_id <> mentee_id)
) STRICT;
CREATE INDEX draft_pair_by_mentee ON draft_pair (mentee_id);
