-- name: unfinished()^
SELECT id, rank, before, after, at, told_until FROM rate_changes WHERE done = 0 ORDER BY id LIMIT 1;

-- name: change(id)^
SELECT id, rank, before, after, at, told_until FROM rate_changes WHERE id = :id;

-- name: untold_of(rank)^
-- A change of the rank that nobody was told of yet.
SELECT id, before FROM rate_changes WHERE done = 0 AND rank = :rank AND told_until = '' ORDER BY id LIMIT 1;

-- name: put_change(seq, rank, before, after, at)!
INSERT INTO rate_changes (seq, rank, before, after, at) VALUES (:seq, :rank, :before, :after, :at)
ON CONFLICT (seq, rank) DO NOTHING;

-- name: told_until(id, told_until, done)!
UPDATE rate_changes SET told_until = :told_until, done = :done WHERE id = :id;

-- name: hold(person, change, due_at)!
INSERT INTO rate_changes_held (person, change, due_at) VALUES (:person, :change, :due_at)
ON CONFLICT (person, change) DO UPDATE SET due_at = excluded.due_at;

-- name: due(now, size)
SELECT person, change FROM rate_changes_held WHERE due_at <= :now ORDER BY due_at LIMIT :size;

-- name: any_held()^
SELECT 1 FROM rate_changes_held LIMIT 1;

-- name: let_go(person, change)!
DELETE FROM rate_changes_held WHERE person = :person AND change = :change;
