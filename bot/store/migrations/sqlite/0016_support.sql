-- Messages passed on between people and support. Only numbers of messages and persons are kept: the words are the platform's.

CREATE TABLE support_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,                  -- whose question it belongs to
    way TEXT NOT NULL CHECK (way IN ('card', 'question', 'answer')),
    source_chat INTEGER,                   -- where it was written; NULL for a card, which the bot writes itself
    source_message INTEGER,
    chat_id INTEGER NOT NULL,              -- where it is passed on to
    message_id INTEGER,                    -- its number there, once it has arrived
    reply_to INTEGER,                      -- the row that it replies to
    at INTEGER NOT NULL,
    problem TEXT CHECK (problem IN ('blocked', 'message', 'unreachable')),
    told_at INTEGER,                       -- when its writer was told of the problem
    CHECK ((way = 'card') = (source_chat IS NULL)),
    CHECK ((source_chat IS NULL) = (source_message IS NULL))
) STRICT;
CREATE INDEX support_messages_standing ON support_messages (chat_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX support_messages_source ON support_messages (source_chat, source_message) WHERE source_chat IS NOT NULL;
CREATE INDEX support_messages_on_the_way ON support_messages (chat_id) WHERE message_id IS NULL AND problem IS NULL;
CREATE INDEX support_messages_untold ON support_messages (id) WHERE problem IS NOT NULL AND told_at IS NULL;
CREATE INDEX support_messages_person ON support_messages (person, at);
CREATE INDEX support_messages_at ON support_messages (at);

-- Whose question waits for an answer, and since when.
CREATE TABLE support_waiting (
    person TEXT PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX support_waiting_since ON support_waiting (since);

-- Where the configured support chat is now: a group that becomes a supergroup gets another number.
CREATE TABLE support_chats (
    configured INTEGER PRIMARY KEY,
    current INTEGER NOT NULL,
    failing_at INTEGER,                    -- since when nothing gets through; NULL while it does
    problem TEXT,                          -- the platform's words
    told_at INTEGER                        -- when the admins were told
) STRICT;

-- What the platform was told about the bot itself, so that a start does not repeat it, nor a refused call before its time.
CREATE TABLE bot_profile (
    bot TEXT NOT NULL,                     -- the number at the start of the token
    field TEXT NOT NULL,
    language TEXT NOT NULL,                -- empty for all other languages
    value TEXT NOT NULL,                   -- as the platform has it; empty while that is refused
    ours INTEGER NOT NULL CHECK (ours IN (0, 1)),  -- 0: the operator wrote it at the platform, and it stays
    retry_at INTEGER,                      -- not before
    PRIMARY KEY (bot, field, language)
) STRICT, WITHOUT ROWID;
