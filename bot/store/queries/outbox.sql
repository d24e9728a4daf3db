-- name: enqueue(cause, chat_id, method, params, picture, fallback, reference, fingerprint, kind, card, edits, repeat_note, priority, now)!
-- To a person who has blocked the bot nothing is sent until they come back.
INSERT INTO outbox (
    cause, chat_id, method, params, picture, fallback, reference, fingerprint, kind, card, edits, repeat_note, priority, created_at, state
)
VALUES (
    :cause, :chat_id, :method, :params, :picture, :fallback, :reference, :fingerprint, :kind, :card, :edits, :repeat_note, :priority, :now,
    CASE WHEN EXISTS (SELECT 1 FROM profiles WHERE telegram_id = :chat_id AND blocked_at IS NOT NULL)
        THEN 'blocked' ELSE 'new' END
)
ON CONFLICT (cause) DO NOTHING;

-- name: waiting(priority, after, size)
SELECT id, chat_id, method, params, picture, fallback, reference, priority, kind, card, created_at, repeat_note, unsure
FROM outbox WHERE state = 'new' AND priority = :priority AND id > :after ORDER BY id LIMIT :size;

-- name: waiting_in_chat(chat_id, priority, after, until, size)
SELECT id, chat_id, method, params, picture, fallback, reference, priority, kind, card, created_at, repeat_note, unsure
FROM outbox
WHERE state = 'new' AND chat_id = :chat_id AND priority = :priority AND id > :after AND id <= :until
ORDER BY id LIMIT :size;

-- name: discard(id)*!
DELETE FROM outbox WHERE id = :id AND state IN ('new', 'blocked');

-- name: recover()!
UPDATE outbox SET asked_at = NULL, unsure = unsure + 1 WHERE asked_at IS NOT NULL AND state IN ('new', 'blocked');

-- name: claim(id, now)*!
UPDATE outbox SET asked_at = :now WHERE id = :id AND state IN ('new', 'blocked');

-- name: put_back(id)!
UPDATE outbox SET asked_at = NULL WHERE id = :id;

-- name: mark_unconfirmed(id, tries)!
UPDATE outbox SET asked_at = NULL, unsure = unsure + 1, tries = :tries WHERE id = :id AND state IN ('new', 'blocked');

-- name: mark_sent(id, message_id, tries, now)*!
-- Blanked like the inbox: what people were told is theirs.
UPDATE outbox SET asked_at = NULL, state = 'sent', params = '{}', picture = NULL, fallback = NULL, repeat_note = NULL, message_id = :message_id, tries = :tries, finished_at = :now
WHERE id = :id AND state IN ('new', 'blocked');

-- name: note_fingerprint(id, fingerprint)!
UPDATE outbox SET fingerprint = :fingerprint WHERE id = :id;

-- name: mark_failed(id, problem, tries, now)!
UPDATE outbox SET asked_at = NULL, state = 'failed', params = '{}', picture = NULL, fallback = NULL, repeat_note = NULL, problem = :problem, tries = :tries, finished_at = :now
WHERE id = :id AND state IN ('new', 'blocked');

-- name: mark_blocked(chat_id)!
UPDATE outbox SET asked_at = NULL, state = 'blocked' WHERE chat_id = :chat_id AND state = 'new';

-- name: forget_finished(before)!
DELETE FROM outbox WHERE state IN ('sent', 'failed') AND finished_at < :before;

-- name: give_up_blocked(before, now)!
UPDATE outbox SET state = 'failed', params = '{}', picture = NULL, fallback = NULL, repeat_note = NULL, problem = 'the person did not come back in time', finished_at = :now
WHERE state = 'blocked' AND created_at < :before;

-- name: cursor(name)^
SELECT value FROM cursors WHERE name = :name;

-- name: move_cursor(name, value)!
INSERT INTO cursors (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value > cursors.value;
