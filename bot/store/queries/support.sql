-- name: add(person, way, source_chat, source_message, chat_id, reply_to, at, problem)<!
INSERT INTO support_messages (person, way, source_chat, source_message, chat_id, reply_to, at, problem)
VALUES (:person, :way, :source_chat, :source_message, :chat_id, :reply_to, :at, :problem);

-- name: message(id)^
SELECT id, person, way, source_chat, source_message, chat_id, message_id, reply_to, at, problem
FROM support_messages WHERE id = :id;

-- name: standing(chat_id, message_id)^
SELECT id, person, way, source_chat, source_message, chat_id, message_id, reply_to, at, problem
FROM support_messages WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: written(chat_id, message_id)^
SELECT id, person, way, source_chat, source_message, chat_id, message_id, reply_to, at, problem
FROM support_messages WHERE source_chat = :chat_id AND source_message = :message_id LIMIT 1;

-- name: latest(person, since)^
-- What a person's next message joins: the newest that is passed on, or on the way.
SELECT id, at FROM support_messages
WHERE person = :person AND at > :since AND problem IS NULL
ORDER BY at DESC LIMIT 1;

-- name: asked_since(person, since)
-- The pictures of an album are one question.
SELECT DISTINCT at FROM support_messages
WHERE person = :person AND at > :since AND way = 'question'
ORDER BY at;

-- name: arrived(id, chat_id, message_id)!
UPDATE support_messages SET chat_id = :chat_id, message_id = :message_id WHERE id = :id;

-- name: undelivered(id, problem)!
UPDATE support_messages SET problem = :problem WHERE id = :id AND message_id IS NULL AND problem IS NULL;

-- name: blocked(chat_id)!
UPDATE support_messages SET problem = 'blocked' WHERE chat_id = :chat_id AND message_id IS NULL AND problem IS NULL;

-- name: any_on_the_way(chat_id)^
SELECT 1 AS waits FROM support_messages WHERE chat_id = :chat_id AND message_id IS NULL AND problem IS NULL LIMIT 1;

-- name: give_up(chat_id, now)!
-- What is passed on is not held for somebody who has blocked the bot: its writer is told at once.
UPDATE outbox SET asked_at = NULL, state = 'failed', params = '{}', problem = 'blocked', finished_at = :now
WHERE chat_id = :chat_id AND state = 'new' AND card LIKE '{"support":%';

-- name: untold(size)
SELECT id, person, way, source_chat, source_message, chat_id, message_id, reply_to, at, problem
FROM support_messages WHERE problem IS NOT NULL AND told_at IS NULL ORDER BY id LIMIT :size;

-- name: told(id, now)*!
UPDATE support_messages SET told_at = :now WHERE id = :id;

-- name: wait_for_answer(person, since)!
INSERT INTO support_waiting (person, since) VALUES (:person, :since) ON CONFLICT (person) DO NOTHING;

-- name: end_waiting(person)!
DELETE FROM support_waiting WHERE person = :person;

-- name: waiting()^
SELECT COUNT(*) AS people FROM support_waiting;

-- name: askers(skip, count)
SELECT person, since FROM support_waiting ORDER BY since LIMIT :count OFFSET :skip;

-- name: chat(configured)^
SELECT configured, current, failing_at, problem, told_at FROM support_chats WHERE configured = :configured;

-- name: know_chat(configured)!
INSERT INTO support_chats (configured, current) VALUES (:configured, :configured) ON CONFLICT (configured) DO NOTHING;

-- name: move_chat(old, new)!
UPDATE support_chats SET current = :new WHERE current = :old;

-- name: chat_fails(current, problem, now)!
UPDATE support_chats SET failing_at = :now, problem = :problem, told_at = NULL
WHERE current = :current AND failing_at IS NULL;

-- name: chat_works(current)!
UPDATE support_chats SET failing_at = NULL, problem = NULL, told_at = NULL
WHERE current = :current AND failing_at IS NOT NULL;

-- name: chat_told(configured, now)!
UPDATE support_chats SET told_at = :now WHERE configured = :configured;

-- name: forget(before)!
DELETE FROM support_messages WHERE at < :before;

-- name: forget_waiting(before)!
DELETE FROM support_waiting WHERE since < :before;

-- name: blocks_us(telegram_id)^
SELECT 1 AS blocked FROM profiles WHERE telegram_id = :telegram_id AND blocked_at IS NOT NULL;
