-- What a member's legs brought into the open period, where it is not 0: the one thing that a close writes of everybody.
CREATE TABLE carried (
    member INTEGER PRIMARY KEY REFERENCES members (number),
    left_volume INTEGER NOT NULL, -- refunds may take it below 0
    right_volume INTEGER NOT NULL
) STRICT;

INSERT INTO carried
SELECT number, left_volume, right_volume FROM members WHERE left_volume <> 0 OR right_volume <> 0 ORDER BY number;

ALTER TABLE members DROP COLUMN left_volume;

ALTER TABLE members DROP COLUMN right_volume;
