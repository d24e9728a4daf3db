-- The journal is sealed: a row chains the digests of all journal rows up to `journal`, each followed by those of its
-- transfers, to the seal before it (engine/store/journal_seals.py). `transfers` is how many there are up to there.
CREATE TABLE seals (
    number INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
    transfers INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TRIGGER seals_stay BEFORE UPDATE ON seals
BEGIN SELECT RAISE (ABORT, 'seals of the journal are never changed'); END;

CREATE TRIGGER seals_are_kept BEFORE DELETE ON seals
BEGIN SELECT RAISE (ABORT, 'seals of the journal are never changed'); END;
