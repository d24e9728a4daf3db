-- What happens at its hour, what people wish to be told, and what they have been told.

-- The timetable: one row for each job and local-calendar slot, so that none runs twice however many processes tick.
CREATE TABLE runs (
    job TEXT NOT NULL,
    slot TEXT NOT NULL,                    -- a local date, week or month; a job's slots sort as they follow each other
    state TEXT NOT NULL CHECK (state IN ('begun', 'missed', 'claimed', 'done', 'failed')),
    due_at INTEGER NOT NULL,
    claimed_at INTEGER,                    -- renewed while it runs; a claim that is not is taken over
    claim TEXT,                            -- who runs it, and a token of this very attempt
    tries INTEGER NOT NULL DEFAULT 0,
    again_at INTEGER,                      -- when a failed one may be tried again
    finished_at INTEGER,
    problem TEXT,
    cursor TEXT NOT NULL DEFAULT '',       -- how far a run that works page by page has come
    CHECK ((state = 'claimed') = (claim IS NOT NULL)),
    CHECK (state <> 'failed' OR again_at IS NOT NULL),
    PRIMARY KEY (job, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_open ON runs (job, slot) WHERE state IN ('claimed', 'failed');

-- What a person has chosen to be told, and when; NULL is the configuration's default.
CREATE TABLE wishes (
    person TEXT PRIMARY KEY REFERENCES profiles,
    muted TEXT NOT NULL DEFAULT '',        -- groups of notices that are switched off, by name, with blanks between
    digest TEXT CHECK (digest IN ('off', 'daily', 'weekly', 'monthly')),
    hour INTEGER CHECK (hour BETWEEN 0 AND 23),
    zone TEXT,
    quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 23),
    quiet_until INTEGER CHECK (quiet_until BETWEEN 0 AND 23),  -- the same hour twice: no quiet hours
    always INTEGER NOT NULL DEFAULT 0 CHECK (always IN (0, 1)), -- a digest also when there is nothing to say
    rhythm_at INTEGER NOT NULL,            -- since when digest, hour and zone are as they are
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
) STRICT, WITHOUT ROWID;

-- What a member's last digest told, so that the next one says exactly what has changed since.
CREATE TABLE digests (
    person TEXT PRIMARY KEY REFERENCES profiles,
    slot TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,                  -- the journal's last row that it knew of
    came INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    bought INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Notices that are held back for a moment, to be told together, or until quiet hours are over.
CREATE TABLE held_notices (
    person TEXT NOT NULL REFERENCES profiles,
    number INTEGER NOT NULL,               -- notices.number of the engine's books
    due_at INTEGER NOT NULL,
    held INTEGER NOT NULL CHECK (held IN (0, 1)),              -- it was not due when it came
    PRIMARY KEY (person, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_notices_due ON held_notices (due_at);
