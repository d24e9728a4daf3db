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

-- Cards that were sent before there was this table: an open one is left until it changes, a settled one is edited.
CREATE TEMP TABLE cards_before AS
SELECT o.id, o.chat_id, o.message_id, o.state, w.number, w.state AS request,
    json_object('withdrawal', w.number, 'admin', p.person, 'view', 'card') AS card
FROM notices AS n
JOIN withdrawals AS w ON w.number = json_extract(n.content, '$.number')
JOIN profiles AS p
JOIN outbox AS o ON o.cause = 'notice:' || n.number || '/' || p.person || '/0'
WHERE n.kind = 'admin_withdrawal_requested';

INSERT INTO request_cards (chat_id, message_id, number, card, shown)
SELECT chat_id, message_id, number, card, CASE WHEN request IN ('requested', 'approved') THEN request || ':0' ELSE '' END
FROM cards_before WHERE state = 'sent' AND message_id IS NOT NULL;

UPDATE outbox SET params = '{}', card = (SELECT c.card FROM cards_before AS c WHERE c.id = outbox.id)
WHERE id IN (SELECT id FROM cards_before WHERE state IN ('new', 'blocked'));

DROP TABLE cards_before;
