-- What friends get, links that share a commission with them, and invitations that wait for an admin's word.
-- Times are milliseconds since 1970, UTC.

-- When the chat first met somebody. Who was here before this column was is known since long ago: NULL.
ALTER TABLE profiles ADD COLUMN met_at INTEGER;

-- A friend's reward, each at most once. `code` is in capitals, NULL for a text and while no code is left. Of an order
-- at a shop `used_for` is the engine's id. `withheld` says why there is none. `shop` is where a coupon is made of it.
CREATE TABLE rewards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    reward TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('code', 'text')),
    code TEXT UNIQUE,
    percent TEXT,
    amount INTEGER CHECK (amount > 0),
    shop TEXT,
    coupon_at INTEGER,
    given_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER,
    used_for TEXT,
    withheld TEXT,
    told_at INTEGER,
    UNIQUE (person, reward),
    CHECK ((used_at IS NULL) = (used_for IS NULL)),
    CHECK (withheld IS NULL OR code IS NULL)
) STRICT;
CREATE INDEX rewards_untold ON rewards (id) WHERE told_at IS NULL;
CREATE INDEX rewards_used_for ON rewards (used_for) WHERE used_for IS NOT NULL;

-- Links whose member shares the budget with the friend: both parts as they were when the link was made.
CREATE TABLE link_shares (
    code TEXT PRIMARY KEY,
    member TEXT NOT NULL,
    commission TEXT NOT NULL,
    discount TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (member, commission, discount)
) STRICT, WITHOUT ROWID;

-- Which friends came through a member lately; what is older than the look at bursts needs is deleted.
CREATE TABLE arrivals (
    member TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (member, at, person)
) STRICT, WITHOUT ROWID;

-- Attributions that the engine has not seen: an admin releases or drops each. `leads` marks the first of a burst, of
-- which people are told.
CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    member TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    leads INTEGER NOT NULL CHECK (leads IN (0, 1)),
    at INTEGER NOT NULL,
    told_at INTEGER,
    decision TEXT CHECK (decision IN ('released', 'dropped')),
    decided_at INTEGER,
    decided_by TEXT,
    note TEXT,
    tells_member INTEGER NOT NULL DEFAULT 1 CHECK (tells_member IN (0, 1)),  -- of many decided at once one does
    decision_told_at INTEGER,
    CHECK ((decision IS NULL) = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX set_aside_open ON set_aside (person) WHERE decision IS NULL;
CREATE INDEX set_aside_of_member ON set_aside (member, at);
CREATE INDEX set_aside_of_person ON set_aside (person, member);
CREATE INDEX set_aside_untold ON set_aside (id) WHERE told_at IS NULL OR (decided_at IS NOT NULL AND decision_told_at IS NULL);
