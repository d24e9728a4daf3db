-- Broadcasts, and what is known of messages whose fate nobody confirmed. Times are milliseconds since 1970, UTC.

ALTER TABLE outbox ADD COLUMN asked_at INTEGER;                  -- its call has left and was not answered yet
ALTER TABLE outbox ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0; -- calls that may have arrived though nobody said so

-- All messages to a chat, for whoever asks what became of them; it serves what the partial one did.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_chat ON outbox (chat_id, id);

-- One text to many people. Its counts are kept with each recipient's fate, so that reading them costs nothing.
CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cause TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL REFERENCES profiles,
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'running', 'paused', 'cancelled', 'done')),
    language TEXT NOT NULL DEFAULT '',             -- whom it is for; empty is everybody
    rank TEXT NOT NULL DEFAULT '',
    activity TEXT NOT NULL DEFAULT '',
    photo TEXT,                                    -- the platform's file id
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    gathered_to INTEGER,                           -- Telegram id of the last profile looked at; NULL before the first
    gathered INTEGER NOT NULL DEFAULT 0 CHECK (gathered IN (0, 1)),
    recipients INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    declined INTEGER NOT NULL DEFAULT 0,
    chat_id INTEGER,                               -- the message that shows how far it is
    message_id INTEGER,
    told TEXT,                                     -- how far it was when that message was last edited
    edits INTEGER NOT NULL DEFAULT 0,
    reported INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1))   -- its author has been sent the result
) STRICT;

CREATE TABLE broadcast_texts (
    broadcast INTEGER NOT NULL REFERENCES broadcasts,
    language TEXT NOT NULL,
    html TEXT NOT NULL CHECK (html <> ''),
    PRIMARY KEY (broadcast, language)
) STRICT, WITHOUT ROWID;

-- 'sending' is written before the call leaves: what a kill finds so may have arrived, and is not sent again.
CREATE TABLE broadcast_recipients (
    id INTEGER PRIMARY KEY,
    broadcast INTEGER NOT NULL REFERENCES broadcasts,
    chat_id INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'sending', 'sent', 'blocked', 'failed', 'unknown', 'declined')),
    finished_at INTEGER,
    message_id INTEGER,
    problem TEXT,
    UNIQUE (chat_id, broadcast)
) STRICT;
CREATE INDEX broadcast_recipients_new ON broadcast_recipients (broadcast, id) WHERE state = 'new';
CREATE INDEX broadcast_recipients_sending ON broadcast_recipients (id) WHERE state = 'sending';

-- Who wants no broadcasts. Everything else that they are told still comes.
CREATE TABLE broadcasts_off (
    person TEXT PRIMARY KEY REFERENCES profiles,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
