-- name: figures(since, until)^
-- One statement, so that all of it is of the same moment. Sums of amounts are made in two halves, here and below:
-- together they may be more than SQLite can add up.
SELECT
    (SELECT COUNT(*) FROM persons WHERE since >= :since AND since < :until) AS came,
    (SELECT COUNT(*) FROM members WHERE joined >= :since AND joined < :until) AS joined,
    (SELECT COUNT(*) FROM orders WHERE at >= :since AND at < :until) AS orders,
    (SELECT SUM(total >> 32) FROM orders WHERE at >= :since AND at < :until) AS sold_high,
    (SELECT SUM(total & 4294967295) FROM orders WHERE at >= :since AND at < :until) AS sold_low,
    (SELECT SUM(refunded >> 32) FROM orders WHERE at >= :since AND at < :until AND refunded > 0) AS refunded_high,
    (SELECT SUM(refunded & 4294967295) FROM orders WHERE at >= :since AND at < :until AND refunded > 0) AS refunded_low,
    (SELECT COUNT(*) FROM commissions WHERE credited >= :since AND credited < :until) AS commissions,
    (SELECT SUM(amount >> 32) FROM commissions WHERE credited >= :since AND credited < :until) AS credited_high,
    (SELECT SUM(amount & 4294967295) FROM commissions WHERE credited >= :since AND credited < :until) AS credited_low,
    (
        SELECT SUM(CASE state WHEN 'rejected' THEN amount ELSE reversed END >> 32) FROM commissions
        WHERE credited >= :since AND credited < :until AND (reversed > 0 OR state = 'rejected')
    ) AS taken_back_high,
    (
        SELECT SUM(CASE state WHEN 'rejected' THEN amount ELSE reversed END & 4294967295) FROM commissions
        WHERE credited >= :since AND credited < :until AND (reversed > 0 OR state = 'rejected')
    ) AS taken_back_low,
    (SELECT COUNT(*) FROM transfers WHERE at >= :since AND at < :until AND credit LIKE 'paid:%') AS payouts,
    (SELECT SUM(amount >> 32) FROM transfers WHERE at >= :since AND at < :until AND credit LIKE 'paid:%') AS paid_out_high,
    (SELECT SUM(amount & 4294967295) FROM transfers WHERE at >= :since AND at < :until AND credit LIKE 'paid:%') AS paid_out_low;

-- name: top_members(since, until, count)
-- By what is left of the commissions of the span.
SELECT member, SUM(one) AS commissions, SUM(net >> 32) AS earned_high, SUM(net & 4294967295) AS earned_low
FROM (
    SELECT member, 1 AS one, amount AS net FROM commissions WHERE credited >= :since AND credited < :until
    UNION ALL
    SELECT member, 0, -CASE state WHEN 'rejected' THEN amount ELSE reversed END FROM commissions
    WHERE credited >= :since AND credited < :until AND (reversed > 0 OR state = 'rejected')
)
GROUP BY member
HAVING SUM(net >> 32) + (SUM(net & 4294967295) >> 32) > 0 OR SUM(net & 4294967295) & 4294967295 > 0
ORDER BY SUM(net >> 32) + (SUM(net & 4294967295) >> 32) DESC, SUM(net & 4294967295) & 4294967295 DESC, member
LIMIT :count;

-- name: sales_by_shop(since, until)
-- By what stands before the colon of an order's id; '' for those without.
SELECT shop, SUM(one) AS orders, SUM(net >> 32) AS sold_high, SUM(net & 4294967295) AS sold_low
FROM (
    SELECT substr(id, 1, instr(id, ':') - 1) AS shop, 1 AS one, total AS net FROM orders WHERE at >= :since AND at < :until
    UNION ALL
    SELECT substr(id, 1, instr(id, ':') - 1), 0, -refunded FROM orders WHERE at >= :since AND at < :until AND refunded > 0
)
GROUP BY shop;

-- name: waiting_commissions(own, member, before, low, high, count)
-- Those that wait for the word of an admin who is not their member, the oldest first.
SELECT c.number, c.member, c.amount - c.reversed AS net
FROM (
    SELECT number FROM commissions INDEXED BY commissions_pending WHERE state = 'pending' AND NOT approved
    UNION ALL
    SELECT number FROM commissions INDEXED BY commissions_held WHERE blocker IS NOT NULL AND NOT approved
    ORDER BY number
) AS w
CROSS JOIN commissions AS c ON c.number = w.number
WHERE c.member <> :own AND (:member IS NULL OR c.member = :member) AND (:before IS NULL OR c.credited < :before)
AND c.number BETWEEN :low AND :high
LIMIT :count;

-- name: waiting_by_member(own, member, before, low, high, count)
-- The largest sums first.
SELECT
    c.member, COUNT(*) AS commissions,
    SUM((c.amount - c.reversed) >> 32) AS waiting_high, SUM((c.amount - c.reversed) & 4294967295) AS waiting_low
FROM (
    SELECT number FROM commissions INDEXED BY commissions_pending WHERE state = 'pending' AND NOT approved
    UNION ALL
    SELECT number FROM commissions INDEXED BY commissions_held WHERE blocker IS NOT NULL AND NOT approved
) AS w
CROSS JOIN commissions AS c ON c.number = w.number
WHERE c.member <> :own AND (:member IS NULL OR c.member = :member) AND (:before IS NULL OR c.credited < :before)
AND c.number BETWEEN :low AND :high
GROUP BY c.member
ORDER BY waiting_high + (waiting_low >> 32) DESC, waiting_low & 4294967295 DESC, c.member
LIMIT :count;

-- name: waiting_total(own, member, before, low, high)^
SELECT
    COUNT(*) AS commissions,
    SUM((c.amount - c.reversed) >> 32) AS waiting_high, SUM((c.amount - c.reversed) & 4294967295) AS waiting_low
FROM (
    SELECT number FROM commissions INDEXED BY commissions_pending WHERE state = 'pending' AND NOT approved
    UNION ALL
    SELECT number FROM commissions INDEXED BY commissions_held WHERE blocker IS NOT NULL AND NOT approved
) AS w
CROSS JOIN commissions AS c ON c.number = w.number
WHERE c.member <> :own AND (:member IS NULL OR c.member = :member) AND (:before IS NULL OR c.credited < :before)
AND c.number BETWEEN :low AND :high;
