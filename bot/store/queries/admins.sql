-- name: added()
SELECT telegram_id, person, added_by, added_at FROM admins ORDER BY telegram_id;

-- name: changes()
SELECT id, kind, telegram_id, person, owner, at FROM admin_changes ORDER BY id;

-- name: note(cause, kind, telegram_id, person, owner, at)!
INSERT INTO admin_changes (cause, kind, telegram_id, person, owner, at)
VALUES (:cause, :kind, :telegram_id, :person, :owner, :at);

-- name: is_noted(cause)^
SELECT 1 AS noted FROM admin_changes WHERE cause = :cause;

-- name: add(telegram_id, person, owner, at)!
INSERT OR IGNORE INTO admins (telegram_id, person, added_by, added_at) VALUES (:telegram_id, :person, :owner, :at);

-- name: remove(telegram_id)!
DELETE FROM admins WHERE telegram_id = :telegram_id;

-- name: outdate_cards(telegram_id)!
-- Cards in that chat are rendered anew: they show account numbers and decisions to admins alone.
UPDATE request_cards SET shown = '' WHERE chat_id = :telegram_id;
