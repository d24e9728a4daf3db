-- Files of orders that admins have sent. Times are milliseconds since 1970, UTC. Of a file only the platform's id is kept.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cause TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL REFERENCES profiles,
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'looked', 'confirmed', 'done', 'dropped', 'failed')),
    message_id INTEGER,                    -- the card that shows how far it is
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX imports_open ON imports (id) WHERE state IN ('new', 'confirmed');
