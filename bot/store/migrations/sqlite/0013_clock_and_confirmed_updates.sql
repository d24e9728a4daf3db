-- The last moment that was taken for right, and the computer's ticks since its start (`boot`) at that moment: so a clock
-- that jumps while nothing runs is noticed, too. `accepted`: somebody has said that the computer's clock is right.
CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at INTEGER NOT NULL,
    boot TEXT,
    ticks INTEGER NOT NULL,
    accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1))
) STRICT;

-- The update behind the last one that the platform has been told we have. Inline queries count, and are never stored.
CREATE TABLE confirmed_updates (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    next INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
