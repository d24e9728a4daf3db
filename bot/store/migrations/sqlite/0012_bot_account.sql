-- Who the bot was when the platform last said so: its links are known also while the platform is out of reach.
CREATE TABLE bot_account (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL,
    inline INTEGER NOT NULL CHECK (inline IN (0, 1)),
    token_digest TEXT NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
