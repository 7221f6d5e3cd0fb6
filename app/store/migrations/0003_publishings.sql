-- Schema 3. What is kept of a plan that was published, and where the pairs that a draft keeps come from.
CREATE TABLE publishing (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    published_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reverse', 'classic', 'mutual')),
    starts_on TEXT,
    ends_on TEXT,
    version TEXT NOT NULL,
    checksum TEXT NOT NULL CHECK (length(checksum) = 64),
    aim TEXT NOT NULL CHECK (aim IN ('participation', 'quality')),
    method TEXT NOT NULL CHECK (method IN ('optimal', 'stable')),
    proved INTEGER NOT NULL CHECK (proved IN (0, 1)),
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    rules TEXT NOT NULL CHECK (json_valid(rules)),
    shares TEXT NOT NULL CHECK (json_valid(shares)),
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX publishing_by_programme ON publishing (programme_id);

-- Without names: who is erased takes the line along.
CREATE TABLE published_pair (
    id INTEGER PRIMARY KEY,
    publishing_id INTEGER NOT NULL REFERENCES publishing (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    mentor_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    mentee_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    tandem_id INTEGER REFERENCES tandem (id) ON DELETE SET NULL,
    score INTEGER NOT NULL,
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),
    warnings TEXT NOT NULL CHECK (json_valid(warnings)),
    kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
    origin TEXT NOT NULL CHECK (origin IN ('assigned', 'by_hand', 'self_found')),
    changed_at INTEGER NOT NULL,
    UNIQUE (publishing_id, position)
) STRICT;
CREATE INDEX published_pair_by_mentor ON published_pair (mentor_id);
CREATE INDEX published_pair_by_mentee ON published_pair (mentee_id);
CREATE INDEX published_pair_by_tandem ON published_pair (tandem_id) WHERE tandem_id IS NOT NULL;

-- A pair that was kept before is the officer's decision.
CREATE TABLE draft_pair_now (
    id INTEGER PRIMARY KEY,
    mentor_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    mentee_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    decision TEXT NOT NULL CHECK (decision IN ('locked', 'banned')),
    origin TEXT NOT NULL DEFAULT 'assigned' CHECK (origin IN ('assigned', 'by_hand', 'self_found')),
    changed_at INTEGER NOT NULL,
    UNIQUE (mentor_id, mentee_id),
    CHECK (mentor_id <> mentee_id)
) STRICT;
INSERT INTO draft_pair_now (id, mentor_id, mentee_id, decision, origin, changed_at)
    SELECT id, mentor_id, mentee_id, decision, iif(decision = 'locked', 'by_hand', 'assigned'), changed_at FROM draft_pair;
DROP TABLE draft_pair;
ALTER TABLE draft_pair_now RENAME TO draft_pair;
CREATE INDEX draft_pair_by_mentee ON draft_pair (mentee_id);
