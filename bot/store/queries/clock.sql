-- name: remembered()^
SELECT at, boot, ticks, accepted FROM clock;

-- name: journal_at()^
SELECT MAX(at) AS at FROM journal WHERE seq = (SELECT MAX(seq) FROM journal);

-- name: seen_at(limit)^
SELECT MAX(at) AS at FROM (
    SELECT MAX(received_at) AS at FROM inbox WHERE received_at <= :limit
    UNION ALL SELECT MAX(finished_at) FROM runs WHERE finished_at <= :limit
);

-- name: keep(at, boot, ticks)!
INSERT INTO clock (one, at, boot, ticks) VALUES (1, :at, :boot, :ticks)
ON CONFLICT (one) DO UPDATE SET at = excluded.at, boot = excluded.boot, ticks = excluded.ticks, accepted = 0;

-- name: accept(at, boot, ticks)!
INSERT INTO clock (one, at, boot, ticks, accepted) VALUES (1, :at, :boot, :ticks, 1)
ON CONFLICT (one) DO UPDATE SET at = excluded.at, boot = excluded.boot, ticks = excluded.ticks, accepted = 1;
