-- name: last_digest(person)^
SELECT slot, told_at, seq, came, joined, bought FROM digests WHERE person = :person;

-- name: told(person, slot, now, after, seq, came, joined, bought)!
-- Only by whoever has told what happened behind the row that the last one ended with.
INSERT INTO digests (person, slot, told_at, seq, came, joined, bought)
VALUES (:person, :slot, :now, :seq, :came, :joined, :bought)
ON CONFLICT (person) DO UPDATE SET
    slot = excluded.slot, told_at = excluded.told_at, seq = excluded.seq,
    came = excluded.came, joined = excluded.joined, bought = excluded.bought
WHERE digests.seq = :after AND digests.slot <> excluded.slot;
