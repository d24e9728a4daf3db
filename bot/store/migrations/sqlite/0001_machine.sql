-- The machine's own tables. Times are milliseconds since 1970, UTC. The engine's books are in tables of their own.

-- Updates of the platform, stored before they are acknowledged. `seq` is the order of arrival and is never used twice,
-- unlike update_id, which the platform draws anew after a quiet week. Content is blanked when the update is done.
CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER NOT NULL,
    sender INTEGER,                        -- Telegram id of the person (or chat) whose order it keeps
    content TEXT,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'parked')),
    received_at INTEGER NOT NULL,
    finished_at INTEGER,
    reference TEXT,                        -- of a parked update: what the person was told and the log holds
    problem TEXT,
    CHECK (state <> 'new' OR content IS NOT NULL),
    CHECK (state <> 'done' OR content IS NULL)
) STRICT;
CREATE INDEX inbox_update_id ON inbox (update_id);
CREATE INDEX inbox_new ON inbox (seq) WHERE state = 'new';
CREATE INDEX inbox_finished ON inbox (finished_at) WHERE state <> 'new';

-- Calls of the Bot API still to be made, and what became of them. `cause` makes that nothing is enqueued twice.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cause TEXT NOT NULL UNIQUE,
    chat_id INTEGER NOT NULL,
    method TEXT NOT NULL,
    params TEXT NOT NULL,
    picture TEXT,
    fallback TEXT,
    reference TEXT,
    fingerprint TEXT NOT NULL,                                   -- what it said is blanked when it is over; this stays
    priority INTEGER NOT NULL CHECK (priority IN (0, 1)),        -- answers, notices
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'sent', 'failed', 'blocked')),
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER,
    problem TEXT
) STRICT;
CREATE INDEX outbox_new ON outbox (priority, id) WHERE state = 'new';
CREATE INDEX outbox_waiting ON outbox (chat_id, id) WHERE state IN ('new', 'blocked');
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state IN ('sent', 'failed');

-- What the chat knows of a person; `person` is the engine's id.
CREATE TABLE profiles (
    person TEXT PRIMARY KEY,
    telegram_id INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    username TEXT,
    language TEXT NOT NULL,
    first_update INTEGER NOT NULL,         -- inbox.seq of the first update, so that a repeat of it still is the first
    seen_at INTEGER NOT NULL,
    blocked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX profiles_username ON profiles (lower(username)) WHERE username IS NOT NULL;

CREATE TABLE dialogues (
    person TEXT PRIMARY KEY REFERENCES profiles,
    step TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Cards that wait for their owner's confirmation.
CREATE TABLE drafts (
    token TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES profiles,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX drafts_at ON drafts (at);

-- How far each reader of the engine's books has come.
CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
