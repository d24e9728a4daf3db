-- name: of_chat(chat_id, count)
SELECT chat_id, cause, reference, priority, state, COALESCE(finished_at, asked_at, created_at) AS at, created_at, unsure, problem
FROM outbox WHERE chat_id = :chat_id ORDER BY id DESC LIMIT :count;

-- name: of_cause(first, last, count)
SELECT chat_id, cause, reference, priority, state, COALESCE(finished_at, asked_at, created_at) AS at, created_at, unsure, problem
FROM outbox WHERE cause >= :first AND cause < :last ORDER BY id LIMIT :count;

-- name: of_reference(reference, count)
SELECT chat_id, cause, reference, priority, state, COALESCE(finished_at, asked_at, created_at) AS at, created_at, unsure, problem
FROM outbox WHERE reference = :reference ORDER BY id LIMIT :count;

-- name: broadcasts_to(chat_id, count)
SELECT r.chat_id, r.broadcast, r.state, b.state AS run, COALESCE(r.finished_at, b.started_at) AS at,
    b.started_at AS created_at, r.problem
FROM broadcast_recipients AS r JOIN broadcasts AS b ON b.id = r.broadcast
WHERE r.chat_id = :chat_id ORDER BY r.broadcast DESC LIMIT :count;

-- name: of_broadcast(broadcast, count)
-- What did not go well first.
SELECT r.chat_id, r.broadcast, r.state, b.state AS run, COALESCE(r.finished_at, b.started_at) AS at,
    b.started_at AS created_at, r.problem
FROM (
    SELECT id, 0 AS went_well
    FROM (
        SELECT id FROM broadcast_recipients
        WHERE broadcast = :broadcast AND state NOT IN ('new', 'sent') ORDER BY id LIMIT :count
    )
    UNION ALL
    SELECT id, 1
    FROM (
        SELECT id FROM broadcast_recipients
        WHERE broadcast = :broadcast AND state IN ('new', 'sent') ORDER BY id LIMIT :count
    )
) AS f
CROSS JOIN broadcast_recipients AS r ON r.id = f.id
JOIN broadcasts AS b ON b.id = r.broadcast
ORDER BY f.went_well, r.id LIMIT :count;

-- name: counts()
SELECT priority, state, COUNT(*) AS count, SUM(unsure > 0) AS unsure
FROM outbox GROUP BY priority, state ORDER BY priority, state;

-- name: broadcasts()
SELECT * FROM broadcasts WHERE started_at IS NOT NULL ORDER BY id DESC LIMIT 20;
