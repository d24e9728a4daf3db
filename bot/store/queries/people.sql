-- name: by_person(person)^
SELECT person, telegram_id, name, username, language, first_update, blocked_at
FROM profiles WHERE person = :person;

-- name: by_telegram_id(telegram_id)^
SELECT person, telegram_id, name, username, language, first_update, blocked_at
FROM profiles WHERE telegram_id = :telegram_id;

-- name: by_username(username)^
SELECT person, telegram_id, name, username, language, first_update, blocked_at
FROM profiles WHERE lower(username) = lower(:username) AND username IS NOT NULL;

-- name: standing(telegram_id)^
-- The profile and the dialogue in one look: this is read for every update.
SELECT p.person, p.telegram_id, p.name, p.username, p.language, p.first_update, p.blocked_at,
    d.step, d.content, d.at
FROM profiles AS p LEFT JOIN dialogues AS d ON d.person = p.person
WHERE p.telegram_id = :telegram_id;

-- name: release_username(username, telegram_id)
-- Usernames change hands: the one who shows it now has it.
UPDATE profiles SET username = NULL
WHERE lower(username) = lower(:username) AND username IS NOT NULL AND telegram_id <> :telegram_id
RETURNING person, name;

-- name: put(person, telegram_id, name, username, language, first_update, now)!
INSERT INTO profiles (person, telegram_id, name, username, language, first_update, seen_at, met_at)
VALUES (:person, :telegram_id, :name, :username, :language, :first_update, :now, :now)
ON CONFLICT (person) DO UPDATE SET
    telegram_id = excluded.telegram_id, name = excluded.name, username = excluded.username,
    seen_at = excluded.seen_at, blocked_at = NULL;

-- name: await_no_chat(person)!
-- They have a chat now: rewards that came before it can be told.
UPDATE rewards SET chatless = 0 WHERE person = :person AND chatless = 1;

-- name: release_held(telegram_id)!
-- They are back: what was held for them is to be sent.
UPDATE outbox SET state = 'new' WHERE chat_id = :telegram_id AND state = 'blocked';

-- name: seen(person, now)!
UPDATE profiles SET seen_at = :now WHERE person = :person;

-- name: choose_language(person, language)!
UPDATE profiles SET language = :language WHERE person = :person;

-- name: block(telegram_id, asked_at, now)!
-- Not where they have come back since the refused message was sent off.
UPDATE profiles SET blocked_at = :now WHERE telegram_id = :telegram_id AND seen_at <= :asked_at;

-- name: is_back(telegram_id)^
SELECT 1 AS back FROM profiles WHERE telegram_id = :telegram_id AND blocked_at IS NULL;

-- name: put_dialogue(person, step, content, at)!
INSERT INTO dialogues (person, step, content, at) VALUES (:person, :step, :content, :at)
ON CONFLICT (person) DO UPDATE SET step = excluded.step, content = excluded.content, at = excluded.at;

-- name: end_dialogue(person)!
DELETE FROM dialogues WHERE person = :person;

-- name: draft(token)^
SELECT token, person, kind, content, at, used_at FROM drafts WHERE token = :token;

-- name: put_draft(token, person, kind, content, at)!
-- One that its owner has not used yet may grow, as the offer of an album does with each of its pictures.
INSERT INTO drafts (token, person, kind, content, at) VALUES (:token, :person, :kind, :content, :at)
ON CONFLICT (token) DO UPDATE SET content = excluded.content
WHERE drafts.used_at IS NULL AND drafts.person = excluded.person AND drafts.kind = excluded.kind;

-- name: use_draft(token, now)!
UPDATE drafts SET used_at = :now WHERE token = :token AND used_at IS NULL;

-- name: forget_drafts(before)!
DELETE FROM drafts WHERE at < :before;
