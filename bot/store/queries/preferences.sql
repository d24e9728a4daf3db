-- name: wishes_of(person)^
-- One row for everybody, also for who has chosen nothing.
SELECT
    COALESCE(w.muted, '') AS muted, w.digest, w.hour, w.zone, w.quiet_from, w.quiet_until,
    COALESCE(w.always, 0) AS always, w.gather, b.number AS busy_from
FROM (SELECT :person AS person) AS p
LEFT JOIN wishes AS w ON w.person = p.person
LEFT JOIN busy_members AS b ON b.person = p.person;

-- name: put_wishes(person, muted, digest, hour, zone, quiet_from, quiet_until, always, gather, now)!
-- A rhythm that nobody has chosen is as old as the programme.
INSERT INTO wishes (person, muted, digest, hour, zone, quiet_from, quiet_until, always, gather, rhythm_at)
VALUES (
    :person, :muted, :digest, :hour, :zone, :quiet_from, :quiet_until, :always, :gather,
    CASE WHEN COALESCE(:digest, :hour, :zone) IS NULL THEN 0 ELSE :now END
)
ON CONFLICT (person) DO UPDATE SET
    muted = excluded.muted, digest = excluded.digest, hour = excluded.hour, zone = excluded.zone,
    quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, always = excluded.always,
    gather = excluded.gather,
    rhythm_at = CASE
        WHEN wishes.digest IS excluded.digest AND wishes.hour IS excluded.hour AND wishes.zone IS excluded.zone
            THEN wishes.rhythm_at
        ELSE :now
    END;

-- name: rhythms(digest, hour, zone)
-- Of those who have chosen something of their own: a handful, however many people there are.
SELECT
    COALESCE(w.digest, :digest) AS digest, COALESCE(w.hour, :hour) AS hour, COALESCE(w.zone, :zone) AS zone,
    p.language, MIN(w.rhythm_at) AS since
FROM wishes AS w JOIN profiles AS p ON p.person = w.person
WHERE COALESCE(w.digest, :digest) <> 'off'
GROUP BY 1, 2, 3, 4;

-- name: with_rhythm(of_digest, of_hour, of_zone, language, digest, hour, zone, before, after, size)
-- Not those who chose it only since the moment `before`.
SELECT p.person, COALESCE(w.always, 0) AS always, w.zone, w.quiet_from, w.quiet_until
FROM profiles AS p LEFT JOIN wishes AS w ON w.person = p.person
WHERE p.person > :after AND p.blocked_at IS NULL AND p.language = :language
    AND COALESCE(w.digest, :digest) = :of_digest
    AND COALESCE(w.hour, :hour) = :of_hour
    AND COALESCE(w.zone, :zone) = :of_zone
    AND COALESCE(w.rhythm_at, 0) < :before
ORDER BY p.person LIMIT :size;

-- name: with_digests(digest, after, size)
SELECT p.person, COALESCE(w.always, 0) AS always, w.zone, w.quiet_from, w.quiet_until
FROM profiles AS p LEFT JOIN wishes AS w ON w.person = p.person
WHERE p.person > :after AND p.blocked_at IS NULL AND COALESCE(w.digest, :digest) <> 'off'
ORDER BY p.person LIMIT :size;
