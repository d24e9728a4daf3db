-- name: put_card(chat_id, message_id, number, card, shown)!
INSERT INTO request_cards (chat_id, message_id, number, card, shown)
VALUES (:chat_id, :message_id, :number, :card, :shown)
ON CONFLICT (chat_id, message_id) DO UPDATE SET number = excluded.number, card = excluded.card, shown = excluded.shown;

-- name: drop_card(chat_id, message_id)!
DELETE FROM request_cards WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: stale_cards(size)
-- Those that show something else than the books say, and that no message on its way edits.
SELECT c.chat_id, c.message_id, c.card
FROM request_cards AS c
JOIN withdrawals AS w ON w.number = c.number
JOIN members AS m ON m.id = w.member
WHERE c.shown <> w.state || ':'
    || CASE WHEN w.state IN ('requested', 'approved') AND m.available < 0 THEN -m.available ELSE 0 END
AND NOT EXISTS (
    SELECT 1 FROM outbox AS o
    WHERE o.chat_id = c.chat_id AND o.edits = c.message_id AND o.edits IS NOT NULL AND o.state IN ('new', 'blocked')
)
ORDER BY c.number, c.chat_id, c.message_id LIMIT :size;

-- name: last_message()^
SELECT COALESCE(MAX(seq), 0) AS id FROM sqlite_sequence WHERE name = 'outbox';
