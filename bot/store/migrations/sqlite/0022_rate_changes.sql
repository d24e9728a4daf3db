-- Changes of a rank's rate, which the members of that rank are told of, page by page.
CREATE TABLE rate_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,                  -- the journal's row with the new programme
    rank TEXT NOT NULL,
    before TEXT NOT NULL,                  -- as programmes write rates
    after TEXT NOT NULL,
    at INTEGER NOT NULL,
    told_until TEXT NOT NULL DEFAULT '',   -- the last member, by id, who was told or is to be told later
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    UNIQUE (seq, rank)
) STRICT;

CREATE INDEX rate_changes_open ON rate_changes (id) WHERE done = 0;

-- Whom quiet hours keep from being told.
CREATE TABLE rate_changes_held (
    person TEXT NOT NULL REFERENCES profiles,
    change INTEGER NOT NULL REFERENCES rate_changes,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (person, change)
) STRICT, WITHOUT ROWID;

CREATE INDEX rate_changes_held_due ON rate_changes_held (due_at);
