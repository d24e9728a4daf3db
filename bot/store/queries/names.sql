-- name: name_of(person)^
SELECT id, folded FROM profile_names WHERE person = :person;

-- name: put_name(person, folded)^
INSERT INTO profile_names (person, folded) VALUES (:person, :folded)
ON CONFLICT (person) DO UPDATE SET folded = excluded.folded
RETURNING id;

-- name: put_parts(id, folded)!
INSERT INTO profile_name_parts (rowid, folded) VALUES (:id, :folded);

-- name: forget_parts(id, folded)!
-- The index keeps no text of its own, so it has to be told what it forgets.
INSERT INTO profile_name_parts (profile_name_parts, rowid, folded) VALUES ('delete', :id, :folded);

-- name: to_fold()^
SELECT value FROM cursors WHERE name = 'names_to_fold';

-- name: all_folded()!
DELETE FROM cursors WHERE name = 'names_to_fold';

-- name: everybody()
SELECT person, name, username FROM profiles;

-- name: with_parts(whole, match, first, second, third, skip, size)
-- Names that begin with all of it first, by the alphabet; then those that have each word somewhere.
SELECT person FROM (
    SELECT person FROM (
        SELECT person FROM profile_names
        WHERE folded >= :whole AND folded < :whole || char(1114111)
        ORDER BY folded, id
    )
    UNION ALL
    SELECT n.person
    FROM profile_name_parts AS f CROSS JOIN profile_names AS n ON n.id = f.rowid
    WHERE
        f.profile_name_parts MATCH :match
        AND instr(n.folded, :first) > 0 AND instr(n.folded, :second) > 0 AND instr(n.folded, :third) > 0
        AND NOT (n.folded >= :whole AND n.folded < :whole || char(1114111))
)
LIMIT :size OFFSET :skip;

-- name: with_letters(whole, first, second, third, skip, size)
-- The same for one letter or two, which the index of parts does not know.
SELECT person FROM (
    SELECT person FROM (
        SELECT person FROM profile_names
        WHERE folded >= :whole AND folded < :whole || char(1114111)
        ORDER BY folded, id
    )
    UNION ALL
    SELECT n.person FROM profile_names AS n
    WHERE
        instr(n.folded, :first) > 0 AND instr(n.folded, :second) > 0 AND instr(n.folded, :third) > 0
        AND NOT (n.folded >= :whole AND n.folded < :whole || char(1114111))
)
LIMIT :size OFFSET :skip;

-- name: among_friends(member, first, second, third, size)
-- The member's friends, those who opened a link of theirs in vain, and invitations that wait or were left out.
SELECT n.person
FROM (
    SELECT id AS person FROM persons WHERE sponsor = :member
    UNION
    SELECT person FROM visits WHERE member = :member AND outcome IN ('elsewhere', 'member')
    UNION
    SELECT person FROM set_aside WHERE member = :member AND decision IS NOT 'released'
) AS mine
CROSS JOIN profile_names AS n ON n.person = mine.person
WHERE instr(n.folded, :first) > 0 AND instr(n.folded, :second) > 0 AND instr(n.folded, :third) > 0
ORDER BY n.folded, n.id
LIMIT :size;

-- name: newest(size)
SELECT person FROM profile_names ORDER BY id DESC LIMIT :size;
