-- name: put_card(chat_id, message_id, number, card, shown)!
INSERT INTO request_cards (chat_id, message_id, number, card, shown)
VALUES (:chat_id, :message_id, :number, :card, :shown)
ON CONFLICT (chat_id, message_id) DO UPDATE SET number = excluded.number, card = excluded.card, shown = excluded.shown;

-- name: drop_card(chat_id, message_id)!
DELETE FROM request_cards WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: stale_cards(size, in_chat)
-- Those that show something else than the books say, and that no message on its way edits; of one chat only so many that
-- `in_chat` edits of cards are on their way in it.
SELECT chat_id, message_id, card
FROM (
    SELECT
        c.chat_id, c.message_id, c.number, c.card,
        ROW_NUMBER() OVER (PARTITION BY c.chat_id ORDER BY c.number, c.message_id)
        + (
            SELECT COUNT(*) FROM outbox AS o
            WHERE o.chat_id = c.chat_id AND o.edits IS NOT NULL AND o.card IS NOT NULL AND o.state IN ('new', 'blocked')
        ) AS place
    FROM request_cards AS c
    JOIN withdrawals AS w ON w.number = c.number
    JOIN members AS m ON m.id = w.member
    WHERE c.shown <> w.state || ':'
        || CASE WHEN w.state IN ('requested', 'approved') AND m.available < 0 THEN -m.available ELSE 0 END
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS o
        WHERE o.chat_id = c.chat_id AND o.edits = c.message_id AND o.edits IS NOT NULL AND o.state IN ('new', 'blocked')
    )
) AS stale
WHERE place <= :in_chat
ORDER BY number, chat_id, message_id LIMIT :size;

-- name: last_message()^
SELECT COALESCE(MAX(seq), 0) AS id FROM sqlite_sequence WHERE name = 'outbox';

-- name: adopt_sent()!
-- Cards that were sent before they were kept: an open one is left until it changes, a settled one is edited.
INSERT INTO request_cards (chat_id, message_id, number, card, shown)
SELECT
    o.chat_id, o.message_id, w.number, json_object('withdrawal', w.number, 'admin', p.person, 'view', 'card'),
    CASE WHEN w.state IN ('requested', 'approved') THEN w.state || ':0' ELSE '' END
FROM notices AS n
JOIN withdrawals AS w ON w.number = json_extract(n.content, '$.number')
JOIN profiles AS p
JOIN outbox AS o ON o.cause = 'notice:' || n.number || '/' || p.person || '/0'
WHERE n.kind = 'admin_withdrawal_requested' AND o.state = 'sent' AND o.message_id IS NOT NULL AND o.card IS NULL
ON CONFLICT (chat_id, message_id) DO NOTHING;

-- name: adopt_waiting()!
-- Those that wait to be sent hold a number in clear no longer.
UPDATE outbox SET params = '{}', fallback = NULL, card = (
    SELECT json_object('withdrawal', json_extract(n.content, '$.number'), 'admin', p.person, 'view', 'card')
    FROM notices AS n JOIN profiles AS p
    WHERE n.kind = 'admin_withdrawal_requested' AND outbox.cause = 'notice:' || n.number || '/' || p.person || '/0'
)
WHERE state IN ('new', 'blocked') AND card IS NULL AND cause IN (
    SELECT 'notice:' || n.number || '/' || p.person || '/0' FROM notices AS n JOIN profiles AS p
    WHERE n.kind = 'admin_withdrawal_requested'
);
