-- Cards of withdrawals in admins' chats, so that each is edited when its request is decided.

ALTER TABLE outbox ADD COLUMN card TEXT;      -- the recipe of a message that is put into words when it is sent
ALTER TABLE outbox ADD COLUMN edits INTEGER;  -- the message that it edits
CREATE INDEX outbox_edits ON outbox (chat_id, edits) WHERE edits IS NOT NULL AND state IN ('new', 'blocked');

-- Each message that shows a card now: `shown` is the request's state and what its member owed, in minor units.
-- Once it shows a request that is settled it will not change again, and is forgotten.
CREATE TABLE request_cards (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    number INTEGER NOT NULL,               -- the withdrawal's
    card TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_cards_number ON request_cards (number);
