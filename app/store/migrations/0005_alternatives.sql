-- Schema 5. Whom a member of a published tandem would have had instead, by side; without a name: who is erased takes
-- the line along.
CREATE TABLE alternative (
    id INTEGER PRIMARY KEY,
    tandem_id INTEGER NOT NULL REFERENCES tandem (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('mentor', 'mentee')),
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    score INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (tandem_id, side)
) STRICT;
CREATE INDEX alternative_by_enrolment ON alternative (enrolment_id);
