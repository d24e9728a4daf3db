-- name: lasts(now)
-- What was written an hour from now or later was written while the clock was ahead. What was done then counts when its
-- moment comes, so that it is not done twice, but no more than a week ahead: nothing would be done for years.
SELECT job, MAX(slot) AS slot FROM runs
WHERE due_at <= :now
    AND COALESCE(finished_at, claimed_at) < :now + CASE state WHEN 'done' THEN 604800000 ELSE 3600000 END
GROUP BY job;

-- name: last(job, now)^
SELECT MAX(slot) AS slot FROM runs
WHERE job = :job AND due_at <= :now
    AND COALESCE(finished_at, claimed_at) < :now + CASE state WHEN 'done' THEN 604800000 ELSE 3600000 END;

-- name: forget_ahead(job, now)!
-- What does not count would keep its slot from being claimed when it comes.
DELETE FROM runs
WHERE job = :job
    AND COALESCE(finished_at, claimed_at) >= :now + CASE state WHEN 'done' THEN 604800000 ELSE 3600000 END;

-- name: open_jobs(now)
SELECT DISTINCT job FROM runs WHERE state IN ('claimed', 'failed') AND due_at <= :now;

-- name: open_of(job, now)
SELECT job, slot, state, due_at, claimed_at, again_at, tries, cursor
FROM runs WHERE job = :job AND state IN ('claimed', 'failed') AND due_at <= :now ORDER BY slot;

-- name: put(job, slot, state, due_at, now)!
INSERT INTO runs (job, slot, state, due_at, finished_at) VALUES (:job, :slot, :state, :due_at, :now)
ON CONFLICT (job, slot) DO NOTHING;

-- name: claim(job, slot, due_at, claim, now)!
INSERT INTO runs (job, slot, state, due_at, claim, claimed_at, tries)
VALUES (:job, :slot, 'claimed', :due_at, :claim, :now, 1)
ON CONFLICT (job, slot) DO NOTHING;

-- name: claim_again(job, slot, claim, now)!
UPDATE runs SET state = 'claimed', claim = :claim, claimed_at = :now, again_at = NULL, tries = tries + 1
WHERE job = :job AND slot = :slot AND state IN ('claimed', 'failed');

-- name: pass_over(job, slot, now)!
-- What could not be done is said no more once the next one has taken its place.
UPDATE runs SET state = 'missed', claim = NULL, again_at = NULL, finished_at = :now
WHERE job = :job AND slot = :slot AND state IN ('claimed', 'failed');

-- name: move_on(job, slot, claim, cursor, now)!
UPDATE runs SET cursor = :cursor, claimed_at = :now
WHERE job = :job AND slot = :slot AND claim = :claim;

-- name: renew(job, slot, claim, now)!
UPDATE runs SET claimed_at = :now WHERE job = :job AND slot = :slot AND claim = :claim;

-- name: finish(job, slot, claim, now)!
UPDATE runs SET state = 'done', claim = NULL, problem = NULL, finished_at = :now
WHERE job = :job AND slot = :slot AND claim = :claim;

-- name: fail(job, slot, claim, problem, again_at, now)!
-- Without a problem it only waits.
UPDATE runs SET state = 'failed', claim = NULL, problem = :problem, again_at = :again_at, finished_at = :now
WHERE job = :job AND slot = :slot AND claim = :claim;

-- name: overview(now)
SELECT
    job,
    MAX(slot) AS last_slot,
    MAX(slot) FILTER (WHERE state = 'done') AS done_slot,
    MAX(finished_at) FILTER (WHERE state = 'done') AS done_at,
    COUNT(*) FILTER (WHERE state = 'missed') AS missed,
    COUNT(*) FILTER (WHERE state = 'failed' AND problem IS NOT NULL) AS failed,
    MAX(problem) FILTER (WHERE state = 'failed') AS problem
FROM runs WHERE due_at <= :now GROUP BY job ORDER BY job;

-- name: forget(before)!
-- The last of each job stays: what comes after it is counted from there.
DELETE FROM runs
WHERE COALESCE(finished_at, claimed_at) < :before
    AND slot < (SELECT MAX(r.slot) FROM runs AS r WHERE r.job = runs.job AND r.due_at <= :before);
