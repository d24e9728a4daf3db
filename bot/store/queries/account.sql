-- name: account(id)^
SELECT id, username, inline, token_digest, seen_at FROM bot_account WHERE id = :id;

-- name: remember(id, username, inline, token_digest, now)!
INSERT INTO bot_account (id, username, inline, token_digest, seen_at)
VALUES (:id, :username, :inline, :token_digest, :now)
ON CONFLICT (id) DO UPDATE SET
    username = excluded.username,
    inline = excluded.inline,
    token_digest = excluded.token_digest,
    seen_at = excluded.seen_at;
