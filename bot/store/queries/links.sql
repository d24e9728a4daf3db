-- name: link(code)^
SELECT code, member, kind, name, products, commission FROM link_codes WHERE code = :code;

-- name: link_for(member, kind, name, commission)^
SELECT code, member, kind, name, products, commission FROM link_codes
WHERE member = :member AND kind = :kind AND name = :name AND commission = :commission;

-- name: tags_of(member)^
SELECT COUNT(*) AS tags FROM link_codes WHERE member = :member AND kind = 'tag';

-- name: put_link(code, member, kind, name, products, commission, now)!
INSERT INTO link_codes (code, member, kind, name, products, commission, at)
VALUES (:code, :member, :kind, :name, :products, :commission, :now)
ON CONFLICT DO NOTHING;

-- name: links_of(member, skip, size)
-- With what came of each: friends who came, who joined, who bought, and how often it was opened on the web.
SELECT
    l.code, l.member, l.kind, l.name, l.products, l.commission,
    COUNT(v.person) AS came, COUNT(m.id) AS joined, COUNT(v.person) FILTER (WHERE p.orders > 0) AS bought,
    COALESCE((SELECT SUM(c.count) FROM clicks AS c WHERE c.code = l.code), 0) AS clicks
FROM link_codes AS l
LEFT JOIN visits AS v ON v.code = l.code AND v.outcome = 'came'
LEFT JOIN persons AS p ON p.id = v.person
LEFT JOIN members AS m ON m.id = v.person
WHERE l.member = :member
GROUP BY l.code
ORDER BY came DESC, l.at, l.code
LIMIT :size OFFSET :skip;

-- name: links_total(member)^
SELECT COUNT(*) AS links FROM link_codes WHERE member = :member;

-- name: reach(code)^
SELECT
    COUNT(v.person) AS came, COUNT(m.id) AS joined, COUNT(v.person) FILTER (WHERE p.orders > 0) AS bought,
    COALESCE((SELECT SUM(c.count) FROM clicks AS c WHERE c.code = :code), 0) AS clicks
FROM visits AS v
LEFT JOIN persons AS p ON p.id = v.person
LEFT JOIN members AS m ON m.id = v.person
WHERE v.code = :code AND v.outcome = 'came';

-- name: through_made(member)^
-- What came of all the links that the member has made: the rest of their friends came by the own code.
SELECT
    COUNT(v.person) AS came, COUNT(m.id) AS joined, COUNT(v.person) FILTER (WHERE p.orders > 0) AS bought
FROM link_codes AS l
JOIN visits AS v ON v.code = l.code AND v.outcome = 'came'
LEFT JOIN persons AS p ON p.id = v.person
LEFT JOIN members AS m ON m.id = v.person
WHERE l.member = :member;

-- name: visit(person, code)^
SELECT outcome, cause FROM visits WHERE person = :person AND code = :code;

-- name: first_in_vain(person, member)^
SELECT cause FROM visits WHERE person = :person AND member = :member AND outcome IN ('elsewhere', 'member')
ORDER BY at, code LIMIT 1;

-- name: put_visit(person, code, member, outcome, cause, now)!
INSERT INTO visits (person, code, member, outcome, cause, at)
VALUES (:person, :code, :member, :outcome, :cause, :now);

-- name: visits_by(person, size)
-- With those that wait for an admin or were left out by one.
SELECT v.code AS code, v.member AS member, v.outcome AS outcome, v.at AS at, l.kind, l.name
FROM visits AS v LEFT JOIN link_codes AS l ON l.code = v.code
WHERE v.person = :person
UNION ALL
SELECT k.code, k.member, COALESCE(k.decision, 'waiting'), k.at, l.kind, l.name
FROM set_aside AS k LEFT JOIN link_codes AS l ON l.code = k.code
WHERE
    k.person = :person AND k.decision IS NOT 'released'
    AND NOT EXISTS (SELECT 1 FROM visits AS e WHERE e.person = k.person AND e.member = k.member)
ORDER BY at DESC, code LIMIT :size;

-- name: first_order(buyer)^
SELECT MIN(at) AS at FROM orders
WHERE buyer = :buyer OR buyer IN (SELECT earlier FROM earlier_selves WHERE person = :buyer);

-- name: friends(member, skip, size)
-- Those who came, those who opened a link of the member's in vain (each by the first time), and those who wait for an
-- admin or were left out by one, the last first. A shop's customer who turned out to be one of the friends is that
-- friend, and what they bought before is theirs. The page is found in the order of three indexes, and only then is
-- looked up what it shows.
WITH page AS (
    SELECT p.id AS person, 'came' AS outcome, p.since AS at, NULL AS code
    FROM persons AS p
    WHERE
        p.sponsor = :member
        AND NOT EXISTS (
            SELECT 1 FROM earlier_selves AS s CROSS JOIN persons AS q ON q.id = s.person
            WHERE s.earlier = p.id AND q.sponsor = p.sponsor
        )
    UNION ALL
    SELECT v.person, v.outcome, v.at, v.code
    FROM visits AS v
    WHERE
        v.member = :member AND v.outcome IN ('elsewhere', 'member')
        AND NOT EXISTS (
            SELECT 1 FROM visits AS e
            WHERE
                e.member = v.member AND e.person = v.person AND e.outcome IN ('elsewhere', 'member')
                AND (e.at < v.at OR (e.at = v.at AND e.code < v.code))
        )
    UNION ALL
    SELECT k.person, COALESCE(k.decision, 'waiting'), k.at, k.code
    FROM set_aside AS k
    WHERE
        k.member = :member AND k.decision IS NOT 'released'
        AND NOT EXISTS (SELECT 1 FROM persons AS p WHERE p.id = k.person AND p.sponsor = k.member)
        AND NOT EXISTS (
            SELECT 1 FROM visits AS e
            WHERE e.member = k.member AND e.person = k.person AND e.outcome IN ('elsewhere', 'member')
        )
    ORDER BY at DESC, person
    LIMIT :size OFFSET :skip
)
SELECT
    f.person, f.outcome, COALESCE(f.at, 0) AS at, l.kind, l.name, m.joined,
    CASE
        WHEN f.outcome <> 'came' THEN 0
        ELSE (SELECT orders FROM persons WHERE id = f.person) + COALESCE(
            (
                SELECT SUM(e.orders) FROM earlier_selves AS s JOIN persons AS e ON e.id = s.earlier
                WHERE s.person = f.person
            ),
            0
        )
    END AS orders,
    CASE
        WHEN f.outcome = 'came'
            THEN (
                SELECT MIN(o.at) FROM orders AS o
                WHERE o.buyer = f.person OR o.buyer IN (SELECT s.earlier FROM earlier_selves AS s WHERE s.person = f.person)
            )
    END AS bought,
    COALESCE((SELECT s.earned FROM friend_sums AS s WHERE s.member = :member AND s.friend = f.person), 0) AS earned
FROM page AS f
LEFT JOIN members AS m ON m.id = f.person AND f.outcome = 'came'
LEFT JOIN visits AS v ON v.person = f.person AND v.outcome = 'came' AND f.outcome = 'came'
LEFT JOIN link_codes AS l ON l.code = COALESCE(f.code, v.code)
ORDER BY f.at DESC, f.person;

-- name: friends_total(member)^
-- The rows of `friends`. Of those who came there is a count, less the shop's customers who turned out to be another.
SELECT
    COALESCE((SELECT came FROM friend_counts WHERE sponsor = :member), 0)
    - (
        SELECT COUNT(DISTINCT p.id)
        FROM persons AS p
        CROSS JOIN earlier_selves AS s ON s.earlier = p.id
        CROSS JOIN persons AS q ON q.id = s.person AND q.sponsor = p.sponsor
        WHERE p.sponsor = :member
    )
    + (
        SELECT COUNT(DISTINCT person) FROM visits
        WHERE member = :member AND outcome IN ('elsewhere', 'member')
    )
    + (
        SELECT COUNT(*) FROM set_aside AS k
        WHERE
            k.member = :member AND k.decision IS NOT 'released'
            AND NOT EXISTS (SELECT 1 FROM persons AS p WHERE p.id = k.person AND p.sponsor = k.member)
            AND NOT EXISTS (
                SELECT 1 FROM visits AS e
                WHERE e.member = k.member AND e.person = k.person AND e.outcome IN ('elsewhere', 'member')
            )
    ) AS friends;
