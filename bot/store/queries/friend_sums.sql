-- name: is_behind(member)^
-- Whether something has happened since the sums were made, or a shop's customer turned out to be another friend.
SELECT
    COALESCE((SELECT MAX(seq) FROM transfers WHERE member = :member), 0)
    > COALESCE((SELECT seq FROM friend_sums_until WHERE member = :member), 0)
    OR EXISTS (
        SELECT 1 FROM friend_sums AS s CROSS JOIN earlier_selves AS e ON e.earlier = s.friend
        WHERE s.member = :member AND e.person <> s.friend
    ) AS behind;

-- name: add_new(member)!
INSERT INTO friend_sums (member, friend, earned)
SELECT t.member, o.buyer, SUM(CASE t.credit WHEN 'programme' THEN -t.amount ELSE t.amount END)
FROM transfers AS t
CROSS JOIN commissions AS c ON c.number = t.commission
CROSS JOIN orders AS o ON o.id = c."order"
WHERE
    t.member = :member AND t.seq > COALESCE((SELECT seq FROM friend_sums_until WHERE member = :member), 0)
    AND c.kind = 'direct' AND 'programme' IN (t.debit, t.credit)
GROUP BY o.buyer
ON CONFLICT (member, friend) DO UPDATE SET earned = earned + excluded.earned;

-- name: note_until(member)!
INSERT INTO friend_sums_until (member, seq)
SELECT :member, COALESCE(MAX(seq), 0) FROM transfers WHERE member = :member
ON CONFLICT (member) DO UPDATE SET seq = excluded.seq;

-- name: earlier_of(member)
-- Sums of shop customers who turned out to be somebody else.
SELECT s.friend, MIN(e.person) AS person, s.earned
FROM friend_sums AS s CROSS JOIN earlier_selves AS e ON e.earlier = s.friend
WHERE s.member = :member AND e.person <> s.friend
GROUP BY s.friend;

-- name: add_to(member, friend, earned)!
INSERT INTO friend_sums (member, friend, earned) VALUES (:member, :friend, :earned)
ON CONFLICT (member, friend) DO UPDATE SET earned = earned + excluded.earned;

-- name: drop_sum(member, friend)!
DELETE FROM friend_sums WHERE member = :member AND friend = :friend;

-- name: best_friends(member, skip, size)
-- The friends who brought something, the best first; only then is looked up what the page shows.
WITH page AS (
    SELECT s.friend, s.earned
    FROM friend_sums AS s CROSS JOIN persons AS p ON p.id = s.friend AND p.sponsor = s.member
    WHERE s.member = :member AND s.earned > 0
    ORDER BY s.earned DESC, s.friend
    LIMIT :size OFFSET :skip
)
SELECT
    f.friend AS person, 'came' AS outcome, COALESCE(p.since, 0) AS at, l.kind, l.name, m.joined, f.earned,
    p.orders + COALESCE(
        (
            SELECT SUM(e.orders) FROM earlier_selves AS s JOIN persons AS e ON e.id = s.earlier
            WHERE s.person = f.friend
        ),
        0
    ) AS orders,
    (
        SELECT MIN(o.at) FROM orders AS o
        WHERE o.buyer = f.friend OR o.buyer IN (SELECT s.earlier FROM earlier_selves AS s WHERE s.person = f.friend)
    ) AS bought
FROM page AS f
JOIN persons AS p ON p.id = f.friend
LEFT JOIN members AS m ON m.id = f.friend
LEFT JOIN visits AS v ON v.person = f.friend AND v.outcome = 'came'
LEFT JOIN link_codes AS l ON l.code = v.code
ORDER BY f.earned DESC, f.friend;

-- name: best_friends_total(member)^
SELECT COUNT(*) AS friends
FROM friend_sums AS s CROSS JOIN persons AS p ON p.id = s.friend AND p.sponsor = s.member
WHERE s.member = :member AND s.earned > 0;
