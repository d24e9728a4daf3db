-- What follows from no event is sealed (engine/seals.py): a checksum and, where the key is at hand, a signature.
ALTER TABLE identities ADD COLUMN seal TEXT NOT NULL DEFAULT '';

ALTER TABLE destinations ADD COLUMN seal TEXT NOT NULL DEFAULT '';

ALTER TABLE halts ADD COLUMN seal TEXT NOT NULL DEFAULT '';

-- An account that came to be another person's: who it was before.
CREATE TABLE identity_changes (
    number INTEGER PRIMARY KEY,
    realm TEXT NOT NULL,
    external_id TEXT NOT NULL,
    earlier TEXT NOT NULL REFERENCES persons (id),
    person TEXT NOT NULL REFERENCES persons (id),
    seal TEXT NOT NULL
) STRICT;

CREATE TRIGGER identity_changes_stay BEFORE UPDATE ON identity_changes
BEGIN SELECT RAISE (ABORT, 'the history of identities is never changed'); END;

CREATE TRIGGER identity_changes_are_kept BEFORE DELETE ON identity_changes
BEGIN SELECT RAISE (ABORT, 'the history of identities is never changed'); END;

-- What was written before there was a proof of it, by one digest over all of it: the journal's details up to row
-- `upto`, notices up to number `upto`. Rows behind those are proved one by one. `sealed` says that the store is.
CREATE TABLE baselines (
    name TEXT PRIMARY KEY,
    upto INTEGER NOT NULL,
    digest TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO baselines SELECT 'journal', COALESCE(MAX(seq), 0), '', '' FROM journal;

INSERT INTO baselines SELECT 'notices', COALESCE(MAX(number), 0), '', '' FROM notices;
