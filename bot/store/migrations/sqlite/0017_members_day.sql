-- What friends brought, how often commissions are told, and how a repeated message says that it is one.

-- What each friend's purchases have earned a member, in minor units: their direct commissions, less what was taken back
-- or rejected. Added up from the transfers after `friend_sums_until.seq` whenever the member looks.
CREATE TABLE friend_sums (
    member TEXT NOT NULL,
    friend TEXT NOT NULL,
    earned INTEGER NOT NULL,
    PRIMARY KEY (member, friend)
) STRICT, WITHOUT ROWID;

CREATE INDEX friend_sums_best ON friend_sums (member, earned DESC, friend) WHERE earned > 0;

CREATE TABLE friend_sums_until (
    member TEXT PRIMARY KEY,
    seq INTEGER NOT NULL                   -- the journal's last row whose transfers are in the sums
) STRICT, WITHOUT ROWID;

-- How often commissions are told; NULL is at once, until a busy day makes it hourly.
ALTER TABLE wishes ADD COLUMN gather TEXT CHECK (gather IN ('now', 'hourly', 'daily'));

-- Whose commissions are told hourly since a busy day, and the notice (of the engine's books) from which on.
CREATE TABLE busy_members (
    person TEXT PRIMARY KEY REFERENCES profiles,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- New ranks were told with caps, and have a switch of their own now.
UPDATE wishes SET muted = muted || ' milestones' WHERE ' ' || muted || ' ' LIKE '% ranks %';

-- Where a message has a reference: the line that a repeat ends with, in the person's language.
ALTER TABLE outbox ADD COLUMN repeat_note TEXT;
