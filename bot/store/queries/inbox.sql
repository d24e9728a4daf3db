-- name: add(update_id, sender, content, now, window)^
-- Only against what came lately: after a quiet week the platform draws the next update_id by chance.
INSERT INTO inbox (update_id, sender, content, received_at)
SELECT :update_id, :sender, :content, :now
WHERE NOT EXISTS (
    SELECT 1 FROM inbox WHERE update_id = :update_id AND received_at > :now - :window
)
RETURNING seq;

-- name: confirm(next, now)!
INSERT INTO confirmed_updates (one, next, at) VALUES (1, :next, :now)
ON CONFLICT (one) DO UPDATE SET next = excluded.next, at = excluded.at;

-- name: confirmed()^
SELECT next, at FROM confirmed_updates;

-- name: newest()^
SELECT update_id, received_at FROM inbox ORDER BY seq DESC LIMIT 1;

-- name: waiting(after, size)
SELECT seq, update_id, sender, content, received_at
FROM inbox WHERE state = 'new' AND seq > :after ORDER BY seq LIMIT :size;

-- name: waiting_of(sender, after, until, size)
SELECT seq, update_id, sender, content, received_at
FROM inbox WHERE state = 'new' AND sender IS :sender AND seq > :after AND seq <= :until ORDER BY seq LIMIT :size;

-- name: finish(seq, now)!
UPDATE inbox SET state = 'done', content = NULL, finished_at = :now WHERE seq = :seq AND state = 'new';

-- name: park(seq, reference, problem, now)!
UPDATE inbox SET state = 'parked', reference = :reference, problem = :problem, finished_at = :now
WHERE seq = :seq AND state = 'new';

-- name: replace_content(seq, content)!
UPDATE inbox SET content = :content WHERE seq = :seq;

-- name: forget_done(before)!
DELETE FROM inbox WHERE state = 'done' AND finished_at < :before AND seq < (SELECT MAX(seq) FROM inbox);

-- name: blank_parked(before)!
UPDATE inbox SET content = NULL WHERE state = 'parked' AND content IS NOT NULL AND finished_at < :before;
