-- name: texts(bot)
SELECT field, language, value, ours, retry_at FROM bot_profile WHERE bot = :bot;

-- name: keep(bot, field, language, value, ours, retry_at)!
INSERT INTO bot_profile (bot, field, language, value, ours, retry_at)
VALUES (:bot, :field, :language, :value, :ours, :retry_at)
ON CONFLICT (bot, field, language) DO UPDATE SET
    value = excluded.value, ours = excluded.ours, retry_at = excluded.retry_at;
