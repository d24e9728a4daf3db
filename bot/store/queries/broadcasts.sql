-- name: create(cause, author, now)!
INSERT INTO broadcasts (cause, author, created_at) VALUES (:cause, :author, :now) ON CONFLICT (cause) DO NOTHING;

-- name: id_of(cause)^
SELECT id FROM broadcasts WHERE cause = :cause;

-- name: find(id)^
SELECT * FROM broadcasts WHERE id = :id;

-- name: latest(skip, count)
-- Without drafts that were dropped.
SELECT * FROM broadcasts WHERE state <> 'cancelled' OR started_at IS NOT NULL ORDER BY id DESC LIMIT :count OFFSET :skip;

-- name: total()^
SELECT COUNT(*) AS count FROM broadcasts WHERE state <> 'cancelled' OR started_at IS NOT NULL;

-- name: under_way()^
SELECT COUNT(*) AS count FROM broadcasts WHERE state IN ('running', 'paused');

-- name: texts(id)
SELECT language, html FROM broadcast_texts WHERE broadcast = :id;

-- name: write(id, language, html)!
INSERT INTO broadcast_texts (broadcast, language, html)
SELECT id, :language, :html FROM broadcasts WHERE id = :id AND state = 'draft'
ON CONFLICT (broadcast, language) DO UPDATE SET html = excluded.html;

-- name: illustrate(id, photo)!
UPDATE broadcasts SET photo = :photo WHERE id = :id AND state = 'draft';

-- name: address(id, language, rank, activity)!
UPDATE broadcasts SET language = :language, rank = :rank, activity = :activity WHERE id = :id AND state = 'draft';

-- name: start(id, chat_id, message_id, now)!
UPDATE broadcasts SET state = 'running', started_at = :now, chat_id = :chat_id, message_id = :message_id
WHERE id = :id AND state = 'draft' AND EXISTS (SELECT 1 FROM broadcast_texts WHERE broadcast = :id);

-- name: pause(id)!
UPDATE broadcasts SET state = 'paused' WHERE id = :id AND state = 'running';

-- name: resume(id)!
UPDATE broadcasts SET state = 'running' WHERE id = :id AND state = 'paused';

-- name: cancel(id, now)!
UPDATE broadcasts SET state = 'cancelled', finished_at = :now WHERE id = :id AND state IN ('draft', 'running', 'paused');

-- name: finish(id, now)!
UPDATE broadcasts SET state = 'done', finished_at = :now
WHERE id = :id AND state IN ('running', 'paused') AND gathered
    AND recipients = sent + blocked + failed + unknown + declined;

-- name: decline(person, now)!
INSERT INTO broadcasts_off (person, at) VALUES (:person, :now) ON CONFLICT (person) DO NOTHING;

-- name: accept(person)!
DELETE FROM broadcasts_off WHERE person = :person;

-- name: declined(person)^
SELECT at FROM broadcasts_off WHERE person = :person;

-- name: unreported()
SELECT * FROM broadcasts WHERE NOT reported AND started_at IS NOT NULL ORDER BY id;

-- name: tell(id, told)!
UPDATE broadcasts SET told = :told, edits = edits + 1 WHERE id = :id;

-- name: lose_message(id)!
UPDATE broadcasts SET message_id = NULL WHERE id = :id;

-- name: report(id)!
UPDATE broadcasts SET reported = 1 WHERE id = :id AND NOT reported;

-- name: in_hand(id)^
-- Of a cancelled broadcast: what had left when it was cancelled has a fate yet to come.
SELECT COUNT(*) AS count FROM broadcast_recipients WHERE state = 'sending' AND broadcast = :id;

-- name: state_of(cause)^
SELECT state FROM outbox WHERE cause = :cause;

-- name: old_drafts(before)
SELECT id FROM broadcasts WHERE state IN ('draft', 'cancelled') AND started_at IS NULL AND created_at < :before;

-- name: forget_texts(id)!
DELETE FROM broadcast_texts WHERE broadcast = :id;

-- name: forget(id)!
DELETE FROM broadcasts WHERE id = :id;

-- name: forget_recipients(before, size)!
DELETE FROM broadcast_recipients WHERE id IN (
    SELECT r.id FROM broadcasts AS b CROSS JOIN broadcast_recipients AS r ON r.broadcast = b.id
    WHERE b.finished_at < :before LIMIT :size
);
