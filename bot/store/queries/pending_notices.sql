-- name: hold(person, number, due_at, held)!
INSERT INTO held_notices (person, number, due_at, held) VALUES (:person, :number, :due_at, :held)
ON CONFLICT (person, number) DO NOTHING;

-- name: put_off(person, number, due_at)!
UPDATE held_notices SET due_at = :due_at WHERE person = :person AND number = :number;

-- name: due(now, late, size)
-- What is due later than anything is ever held was held by a clock that has been set back. The people of the rows that are
-- due first are found until there are enough.
SELECT person, number, held FROM held_notices
WHERE person IN (
    SELECT DISTINCT person FROM (
        SELECT person FROM held_notices WHERE due_at <= :now
        UNION ALL
        SELECT person FROM held_notices WHERE due_at > :late
    ) LIMIT :size
) AND (due_at <= :now OR due_at > :late)
ORDER BY person, number;

-- name: next_due(after)^
SELECT MIN(due_at) AS due_at FROM held_notices WHERE due_at > :after;

-- name: held_of(person)
SELECT number FROM held_notices WHERE person = :person;

-- name: let_go(person, number)!
DELETE FROM held_notices WHERE person = :person AND number = :number;

-- name: note_busy(person, number)!
INSERT INTO busy_members (person, number) VALUES (:person, :number) ON CONFLICT (person) DO NOTHING;
