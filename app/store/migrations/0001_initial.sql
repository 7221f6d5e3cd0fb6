-- Schema 1. Ids are random 63-bit integers; dates ISO text; changed_at UTC in milliseconds; lists are lines of text.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE house (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    verb TEXT NOT NULL,
    kinds TEXT NOT NULL,
    rows INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE topic (
    id INTEGER PRIMARY KEY,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    salutation TEXT NOT NULL DEFAULT 'none' CHECK (salutation IN ('none', 'ms', 'mr')),
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    organisation_id INTEGER REFERENCES organisation (id) ON DELETE SET NULL,
    personnel_number TEXT NOT NULL DEFAULT '',
    department TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '',
    project TEXT NOT NULL DEFAULT '',
    position TEXT NOT NULL DEFAULT '',
    level INTEGER CHECK (level BETWEEN 1 AND 9),
    supervisor_id INTEGER REFERENCES person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    location TEXT NOT NULL DEFAULT '',
    entry_date TEXT,
    languages TEXT NOT NULL DEFAULT '',
    interests TEXT NOT NULL DEFAULT '',
    availability INTEGER NOT NULL DEFAULT 0 CHECK (availability BETWEEN 0 AND 1023),
    remarks TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL,
    CHECK (given_name <> '' OR family_name <> '')
) STRICT;
CREATE INDEX person_by_name ON person (sort_name);
CREATE INDEX person_by_supervisor ON person (supervisor_id) WHERE supervisor_id IS NOT NULL;
CREATE INDEX person_by_organisation ON person (organisation_id) WHERE organisation_id IS NOT NULL;

CREATE TABLE skill (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES topic (id) ON DELETE RESTRICT,
    side TEXT NOT NULL CHECK (side IN ('offered', 'sought')),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 1 AND 3),
    position INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL,
    UNIQUE (person_id, side, topic_id)
) STRICT;
CREATE INDEX skill_by_topic ON skill (topic_id);

-- Confidential: shown to the officer alone, in no document.
CREATE TABLE rivalry (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    changed_at INTEGER NOT NULL,
    UNIQUE (person_id, other_id),
    CHECK (person_id < other_id)
) STRICT;
CREATE INDEX rivalry_by_other ON rivalry (other_id);

CREATE TABLE veto (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    changed_at INTEGER NOT NULL,
    UNIQUE (person_id, other_id),
    CHECK (person_id <> other_id)
) STRICT;
CREATE INDEX veto_by_other ON veto (other_id);

CREATE TABLE wish (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    rank INTEGER NOT NULL CHECK (rank >= 1),
    changed_at INTEGER NOT NULL,
    UNIQUE (person_id, other_id),
    CHECK (person_id <> other_id)
) STRICT;
CREATE INDEX wish_by_other ON wish (other_id);

CREATE TABLE programme (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL CHECK (title <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('reverse', 'classic', 'mutual')),
    purpose TEXT NOT NULL DEFAULT 'none',
    starts_on TEXT,
    ends_on TEXT,
    planned_meetings INTEGER NOT NULL DEFAULT 6 CHECK (planned_meetings BETWEEN 0 AND 99),
    rhythm_days INTEGER NOT NULL DEFAULT 28 CHECK (rhythm_days BETWEEN 1 AND 366),
    pilot INTEGER NOT NULL DEFAULT 0 CHECK (pilot IN (0, 1)),
    patron TEXT NOT NULL DEFAULT '',
    greeting TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    rules TEXT NOT NULL DEFAULT '{}',
    weights TEXT NOT NULL DEFAULT '{}',
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE programme_topic (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES topic (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL,
    UNIQUE (programme_id, topic_id)
) STRICT;
CREATE INDEX programme_topic_by_topic ON programme_topic (topic_id);

CREATE TABLE enrolment (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('mentor', 'mentee', 'both')),
    capacity INTEGER NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 9),
    expectations TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'confirmed' CHECK (state IN ('proposed', 'confirmed', 'withdrawn')),
    changed_at INTEGER NOT NULL,
    UNIQUE (programme_id, person_id)
) STRICT;
CREATE INDEX enrolment_by_person ON enrolment (person_id);

CREATE TABLE tandem (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    state TEXT NOT NULL DEFAULT 'proposed'
        CHECK (state IN ('proposed', 'agreed', 'active', 'paused', 'completed', 'ended')),
    origin TEXT NOT NULL DEFAULT 'assigned' CHECK (origin IN ('assigned', 'by_hand', 'self_found')),
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    score INTEGER NOT NULL DEFAULT 0,
    reasons TEXT NOT NULL DEFAULT '[]',
    changed_at INTEGER NOT NULL,
    UNIQUE (programme_id, number)
) STRICT;

CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    tandem_id INTEGER NOT NULL REFERENCES tandem (id) ON DELETE CASCADE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE RESTRICT,
    side TEXT NOT NULL CHECK (side IN ('mentor', 'mentee')),
    changed_at INTEGER NOT NULL,
    UNIQUE (tandem_id, enrolment_id)
) STRICT;
CREATE INDEX member_by_enrolment ON member (enrolment_id);

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    member_id INTEGER REFERENCES member (id) ON DELETE CASCADE,
    enrolment_id INTEGER REFERENCES enrolment (id) ON DELETE CASCADE,
    given_on TEXT NOT NULL,
    withdrawn_on TEXT,
    changed_at INTEGER NOT NULL,
    CHECK ((member_id IS NULL) <> (enrolment_id IS NULL))
) STRICT;
CREATE INDEX consent_by_member ON consent (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX consent_by_enrolment ON consent (enrolment_id) WHERE enrolment_id IS NOT NULL;

CREATE TABLE agreement (
    tandem_id INTEGER PRIMARY KEY REFERENCES tandem (id) ON DELETE CASCADE,
    signed_on TEXT,
    place TEXT NOT NULL DEFAULT '',
    rhythm TEXT NOT NULL DEFAULT '',
    topics TEXT NOT NULL DEFAULT '',
    confidentiality INTEGER NOT NULL DEFAULT 1 CHECK (confidentiality IN (0, 1)),
    remarks TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    tandem_id INTEGER NOT NULL REFERENCES tandem (id) ON DELETE CASCADE,
    owner TEXT NOT NULL DEFAULT 'mentee' CHECK (owner IN ('mentor', 'mentee', 'both')),
    topic_id INTEGER REFERENCES topic (id) ON DELETE RESTRICT,
    title TEXT NOT NULL DEFAULT '',
    baseline INTEGER NOT NULL DEFAULT 0 CHECK (baseline BETWEEN 0 AND 4),
    target INTEGER NOT NULL DEFAULT 3 CHECK (target BETWEEN 0 AND 4),
    now INTEGER NOT NULL DEFAULT 0 CHECK (now BETWEEN 0 AND 4),
    review_on TEXT,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX goal_by_tandem ON goal (tandem_id);
CREATE INDEX goal_by_topic ON goal (topic_id) WHERE topic_id IS NOT NULL;

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    tandem_id INTEGER NOT NULL REFERENCES tandem (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    planned_on TEXT,
    held_on TEXT,
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
    mode TEXT NOT NULL DEFAULT 'in_person' CHECK (mode IN ('in_person', 'video', 'phone')),
    summary TEXT NOT NULL DEFAULT '',
    next_steps TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_by_tandem ON meeting (tandem_id, number);

CREATE TABLE meeting_topic (
    id INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES topic (id) ON DELETE RESTRICT,
    changed_at INTEGER NOT NULL,
    UNIQUE (meeting_id, topic_id)
) STRICT;
CREATE INDEX meeting_topic_by_topic ON meeting_topic (topic_id);

-- Private: no view, report or export joins note or skill_gap.
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    tandem_id INTEGER REFERENCES tandem (id) ON DELETE SET NULL,
    meeting_id INTEGER REFERENCES meeting (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_person ON note (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX note_by_tandem ON note (tandem_id) WHERE tandem_id IS NOT NULL;
CREATE INDEX note_by_meeting ON note (meeting_id) WHERE meeting_id IS NOT NULL;

CREATE TABLE skill_gap (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES topic (id) ON DELETE RESTRICT,
    seen INTEGER NOT NULL DEFAULT 0 CHECK (seen BETWEEN 0 AND 4),
    wanted INTEGER NOT NULL DEFAULT 0 CHECK (wanted BETWEEN 0 AND 4),
    evidence TEXT NOT NULL DEFAULT '',
    noted_on TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX skill_gap_by_person ON skill_gap (person_id, topic_id, noted_on);
CREATE INDEX skill_gap_by_topic ON skill_gap (topic_id);

CREATE VIRTUAL TABLE note_fts USING fts5 (
    title, body, tags,
    content = 'note', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO note_fts (note_fts, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER note_fts_insert AFTER INSERT ON note BEGIN
    INSERT INTO note_fts (rowid, title, body, tags) VALUES (new.id, new.title, new.body, new.tags);
END;
CREATE TRIGGER note_fts_delete AFTER DELETE ON note BEGIN
    INSERT INTO note_fts (note_fts, rowid, title, body, tags) VALUES ('delete', old.id, old.title, old.body, old.tags);
END;
CREATE TRIGGER note_fts_update AFTER UPDATE OF title, body, tags ON note BEGIN
    INSERT INTO note_fts (note_fts, rowid, title, body, tags) VALUES ('delete', old.id, old.title, old.body, old.tags);
    INSERT INTO note_fts (rowid, title, body, tags) VALUES (new.id, new.title, new.body, new.tags);
END;
