-- name: running()
SELECT id, photo FROM broadcasts WHERE state = 'running' ORDER BY id;

-- name: texts(broadcast)
SELECT language, html FROM broadcast_texts WHERE broadcast = :broadcast;

-- name: waiting(broadcast, size)
SELECT r.id, r.broadcast, r.chat_id, p.language
FROM broadcast_recipients AS r JOIN profiles AS p ON p.telegram_id = r.chat_id
WHERE r.broadcast = :broadcast AND r.state = 'new' ORDER BY r.id LIMIT :size;

-- name: claim(id, now)^
-- At the last moment: whoever has blocked the bot or declined broadcasts since they were gathered gets none.
UPDATE broadcast_recipients SET finished_at = :now, state = (
    SELECT CASE
        WHEN p.blocked_at IS NOT NULL THEN 'blocked'
        WHEN EXISTS (SELECT 1 FROM broadcasts_off AS o WHERE o.person = p.person) THEN 'declined'
        ELSE 'sending' END
    FROM profiles AS p WHERE p.telegram_id = chat_id
)
WHERE id = :id AND state = 'new'
    AND EXISTS (SELECT 1 FROM broadcasts AS b WHERE b.id = broadcast AND b.state = 'running')
RETURNING broadcast, state;

-- name: put_back(id)!
UPDATE broadcast_recipients SET state = 'new', finished_at = NULL WHERE id = :id AND state = 'sending';

-- name: close(id, state, message_id, problem, now)^
UPDATE broadcast_recipients SET state = :state, message_id = :message_id, problem = :problem, finished_at = :now
WHERE id = :id AND state = 'sending'
RETURNING broadcast;

-- name: count_sent(broadcast, count)!
UPDATE broadcasts SET sent = sent + :count WHERE id = :broadcast;

-- name: count_other(broadcast, blocked, failed, unknown, declined)!
UPDATE broadcasts SET blocked = blocked + :blocked, failed = failed + :failed, unknown = unknown + :unknown,
    declined = declined + :declined
WHERE id = :broadcast;

-- name: sending()
SELECT id FROM broadcast_recipients WHERE state = 'sending';

-- name: next_gathering()^
SELECT id, gathered_to, language, rank, activity, started_at FROM broadcasts
WHERE state IN ('running', 'paused') AND NOT gathered ORDER BY id LIMIT 1;

-- name: last_of_page(after, size)^
SELECT MAX(telegram_id) AS last, COUNT(*) AS count
FROM (SELECT telegram_id FROM profiles WHERE telegram_id > :after ORDER BY telegram_id LIMIT :size);

-- name: gathered_to(broadcast, last, done, added, blocked)!
UPDATE broadcasts SET gathered_to = :last, gathered = :done, recipients = recipients + :added, blocked = blocked + :blocked
WHERE id = :broadcast AND state IN ('running', 'paused');
