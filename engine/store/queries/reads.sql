-- name: balance(member)^
SELECT held, pending, available, reserved, paid FROM members WHERE id = :member;

-- name: known(person)^
SELECT id, sponsor, since, commission, orders FROM persons WHERE id = :person;

-- name: whoever(realm, external_id)^
SELECT person FROM identities WHERE realm = :realm AND external_id = :external_id;

-- name: entries(member, skip, count)
SELECT
    t.seq, t.leg, t.at, t.debit, t.credit, t.amount, j.type AS event,
    t.commission, c.kind, c.level, c.source, o.buyer
FROM transfers AS t
JOIN journal AS j ON j.seq = t.seq
LEFT JOIN commissions AS c ON c.number = t.commission
LEFT JOIN orders AS o ON o.id = c."order"
WHERE t.member = :member
ORDER BY t.seq DESC, t.leg DESC
LIMIT :count OFFSET :skip;

-- name: entries_total(member)^
SELECT COUNT(*) FROM transfers WHERE member = :member;

-- name: commission_number(number)^
SELECT * FROM commissions WHERE number = :number;

-- name: commissions_from(source)
SELECT * FROM commissions WHERE source = :source ORDER BY number;

-- name: order_of(id)^
SELECT id, buyer, seller, total, at, content, node, refunded, trace FROM orders WHERE id = :id;

-- name: orders_of(buyer, count)
SELECT id, buyer, seller, total, at, content, node, refunded, trace FROM orders
WHERE buyer = :buyer ORDER BY at DESC, id LIMIT :count;

-- name: withdrawal_view(number)^
SELECT * FROM withdrawals_seen
WHERE number = :number;

-- name: withdrawal_called(id)^
SELECT * FROM withdrawals_seen
WHERE id = :id;

-- name: open_withdrawals(member, state, skip, count)
SELECT * FROM withdrawals_seen
WHERE state IN ('requested', 'approved') AND (:member IS NULL OR member = :member) AND (:state IS NULL OR state = :state)
ORDER BY number
LIMIT :count OFFSET :skip;

-- name: open_withdrawals_total(member, state)^
SELECT COUNT(*) FROM withdrawals
WHERE state IN ('requested', 'approved') AND (:member IS NULL OR member = :member) AND (:state IS NULL OR state = :state);

-- name: withdrawals_numbered(numbers)
SELECT w.* FROM json_each(:numbers) AS n CROSS JOIN withdrawals_seen AS w ON w.number = n.value;

-- name: open_between(low, high, count)
SELECT * FROM withdrawals_seen
WHERE state IN ('requested', 'approved') AND number BETWEEN :low AND :high
ORDER BY number LIMIT :count;

-- name: withdrawals_since(member, since)
SELECT requested, state IN ('requested', 'approved') AS is_open FROM withdrawals
WHERE member = :member AND (state IN ('requested', 'approved') OR requested >= :since);

-- name: destination(id)^
SELECT id, member, kind, ciphertext, key_id, last_four, digest FROM destinations WHERE id = :id;

-- name: destinations_of(member)
SELECT id, member, kind, ciphertext, key_id, last_four FROM destinations WHERE member = :member ORDER BY id DESC;

-- name: owners_of_last_four(last_four, count)
SELECT DISTINCT member FROM destinations WHERE last_four = :last_four ORDER BY member LIMIT :count;

-- name: last_events(count)
-- The newest of all events: few of them are orders where much else happens.
SELECT type, content FROM journal
WHERE seq > (SELECT MAX(seq) FROM journal) - :count AND refusal IS NULL
ORDER BY seq DESC;

-- name: notices_after(number, count, back)
SELECT
    n.number, n.seq, n.at, n.kind, n.person, n.content,
    CASE WHEN n.kind = 'commission' AND json_valid(n.content) THEN (
        SELECT c.credited FROM commissions AS c
        WHERE c.member = n.person AND c.number <= json_extract(n.content, '$.number')
        ORDER BY c.number DESC LIMIT 1 OFFSET :back
    ) END AS credited_before
FROM notices AS n WHERE n.number > :number ORDER BY n.number LIMIT :count;

-- name: events_after(seq, count)
SELECT seq, at, type, content, key, actor, refusal, digest FROM journal WHERE seq > :seq ORDER BY seq LIMIT :count;

-- name: friends_of(sponsor)^
-- One row also for whoever has none.
SELECT COALESCE(SUM(came), 0) AS came, COALESCE(SUM(joined), 0) AS joined, COALESCE(SUM(bought), 0) AS bought
FROM friend_counts WHERE sponsor = :sponsor;

-- name: levels_below(sponsor, depth)
SELECT members FROM level_counts WHERE member = :sponsor AND level <= :depth ORDER BY level;

-- name: deep_levels_below(sponsor, depth)
WITH RECURSIVE team (id, level) AS (
    SELECT m.id, 1
    FROM persons AS p JOIN members AS m ON m.id = p.id
    WHERE p.sponsor = :sponsor
    UNION ALL
    SELECT m.id, t.level + 1
    FROM team AS t JOIN persons AS p ON p.sponsor = t.id JOIN members AS m ON m.id = p.id
    WHERE t.level < :depth
)
SELECT COUNT(*) FROM team GROUP BY level ORDER BY level;

-- name: recruits_of(sponsor, skip, count)
SELECT m.id, m.recruits AS below
FROM persons AS p JOIN members AS m ON m.id = p.id
WHERE p.sponsor = :sponsor
ORDER BY m.recruits DESC, p.since DESC, p.id
LIMIT :count OFFSET :skip;

-- name: sponsor_above(person, member)^
WITH RECURSIVE above (id) AS (
    VALUES (:person)
    UNION
    SELECT p.sponsor FROM above AS a JOIN persons AS p ON p.id = a.id
    WHERE p.sponsor IS NOT NULL AND a.id <> :member
)
SELECT id FROM above WHERE id = :member;

-- name: sold_since(members, since)
SELECT n.value AS member FROM json_each(:members) AS n
WHERE EXISTS (
    SELECT 1 FROM commissions AS c
    WHERE c.member = n.value AND c.credited >= :since AND c.kind = 'direct' AND c.state <> 'rejected'
);

-- name: held_behind(member, skip, count)
-- The sum in two halves, as every sum of amounts.
SELECT
    blocker, COUNT(*) AS commissions,
    SUM((amount - reversed) >> 32) AS waiting_high, SUM((amount - reversed) & 4294967295) AS waiting_low
FROM commissions
WHERE member = :member AND state = 'held'
GROUP BY blocker
ORDER BY SUM((amount - reversed) >> 32) + (SUM((amount - reversed) & 4294967295) >> 32) DESC,
    SUM((amount - reversed) & 4294967295) & 4294967295 DESC, blocker
LIMIT :count OFFSET :skip;

-- name: held_behind_total(member)^
SELECT COUNT(DISTINCT blocker) FROM commissions WHERE member = :member AND state = 'held';

-- name: undecided(by_itself, skip, count)
SELECT * FROM commissions
WHERE number IN (
    SELECT number FROM commissions WHERE state = 'pending' AND (:by_itself OR NOT approved)
    UNION ALL
    SELECT number FROM commissions WHERE blocker IS NOT NULL AND (:by_itself OR NOT approved)
    ORDER BY number
    LIMIT :count OFFSET :skip
)
ORDER BY number;

-- name: undecided_of(member, by_itself, skip, count)
SELECT * FROM commissions
WHERE member = :member AND state IN ('held', 'pending') AND (:by_itself OR NOT approved)
ORDER BY number
LIMIT :count OFFSET :skip;

-- name: undecided_total(by_itself)^
SELECT
    (SELECT COUNT(*) FROM commissions INDEXED BY commissions_pending WHERE state = 'pending' AND (:by_itself OR NOT approved))
    + (SELECT COUNT(*) FROM commissions INDEXED BY commissions_held WHERE blocker IS NOT NULL AND (:by_itself OR NOT approved));

-- name: commissions_numbered(numbers)
SELECT c.* FROM json_each(:numbers) AS n CROSS JOIN commissions AS c ON c.number = n.value;

-- name: programme_before(at)^
SELECT content FROM journal WHERE type = 'programme' AND refusal IS NULL AND at < :at ORDER BY seq DESC LIMIT 1;

-- name: programme_in_force()^
SELECT seq, content FROM journal
WHERE seq = (SELECT MAX(seq) FROM journal WHERE type = 'programme' AND refusal IS NULL);

-- name: programme_at(seq)^
SELECT seq, at, content FROM journal WHERE type = 'programme' AND refusal IS NULL AND seq <= :seq ORDER BY seq DESC LIMIT 1;

-- name: programme_after(seq)^
SELECT seq, at, content FROM journal WHERE type = 'programme' AND refusal IS NULL AND seq > :seq ORDER BY seq LIMIT 1;

-- name: members_ranked(rank, joined_by, after, size)
SELECT id FROM members
WHERE id > :after AND rank = :rank AND joined <= :joined_by AND NOT suspended ORDER BY id LIMIT :size;

-- name: details_of_key(key)^
SELECT details FROM journal WHERE key = :key AND refusal IS NULL;

-- name: details_of(seq)^
SELECT details FROM journal WHERE seq = :seq;

-- name: first_friend(sponsor)^
SELECT id FROM persons WHERE sponsor = :sponsor ORDER BY since, id DESC LIMIT 1;

-- name: sold_before(member, number)^
SELECT 1 FROM commissions WHERE member = :member AND number < :number AND kind = 'direct' ORDER BY number DESC LIMIT 1;

-- name: available_since(member, account, seq)^
-- In two halves, as every sum of amounts.
SELECT
    SUM(sign * (amount >> 32)) FILTER (WHERE seq = :seq) AS own_high,
    SUM(sign * (amount & 4294967295)) FILTER (WHERE seq = :seq) AS own_low,
    SUM(sign * (amount >> 32)) FILTER (WHERE seq > :seq) AS later_high,
    SUM(sign * (amount & 4294967295)) FILTER (WHERE seq > :seq) AS later_low
FROM (
    SELECT seq, amount, (credit = :account) - (debit = :account) AS sign
    FROM transfers WHERE member = :member AND seq >= :seq
);
