-- name: begin(cause, author, file, name, now)!
INSERT OR IGNORE INTO imports (cause, author, file, name, at) VALUES (:cause, :author, :file, :name, :now);

-- name: confirm(id, message_id)!
UPDATE imports SET state = 'confirmed', message_id = :message_id WHERE id = :id AND state = 'looked';

-- name: drop_import(id)!
UPDATE imports SET state = 'dropped' WHERE id = :id AND state = 'looked';

-- name: next_open()^
SELECT id, author, file, name, state, message_id FROM imports WHERE state IN ('new', 'confirmed') ORDER BY id LIMIT 1;

-- name: move(id, state)!
UPDATE imports SET state = :state WHERE id = :id;
