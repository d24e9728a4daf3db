-- Admins whom an owner added in the chat; owners themselves stand in the configuration.
CREATE TABLE admins (
    telegram_id INTEGER PRIMARY KEY,
    person TEXT NOT NULL,                  -- the engine's id
    added_by TEXT NOT NULL,                -- the owner, by the engine's id
    added_at INTEGER NOT NULL              -- ms UTC
) STRICT;

-- Who made whom an admin, or took that back, and when. Rows are only ever added.
CREATE TABLE admin_changes (
    id INTEGER PRIMARY KEY,
    cause TEXT NOT NULL UNIQUE,            -- the update that did it, so that it is done once
    kind TEXT NOT NULL CHECK (kind IN ('added', 'removed')),
    telegram_id INTEGER NOT NULL,
    person TEXT NOT NULL,
    owner TEXT NOT NULL,
    at INTEGER NOT NULL                    -- ms UTC
) STRICT;
