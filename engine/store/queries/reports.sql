-- name: member_report(member, after)^
-- One statement, so that all of it is of the same moment.
WITH changes AS (
    SELECT
        SUM(amount) FILTER (WHERE debit = 'programme') AS earned,
        SUM(amount) FILTER (WHERE credit = 'programme') AS taken_back,
        SUM(amount) FILTER (WHERE credit LIKE 'available:%' AND (debit LIKE 'held:%' OR debit LIKE 'pending:%')) AS freed,
        SUM(CASE WHEN debit = 'adjustments' THEN amount ELSE -amount END)
            FILTER (WHERE 'adjustments' IN (debit, credit)) AS adjusted,
        SUM(amount) FILTER (WHERE credit LIKE 'paid:%') AS paid_out
    FROM transfers WHERE member = :member AND seq > :after
)
SELECT
    (SELECT MAX(seq) FROM journal) AS seq,
    m.held, m.pending, m.available, m.reserved, m.paid,
    COALESCE(c.earned, 0) AS earned, COALESCE(c.freed, 0) AS freed, COALESCE(c.taken_back, 0) AS taken_back,
    COALESCE(c.adjusted, 0) AS adjusted, COALESCE(c.paid_out, 0) AS paid_out,
    (SELECT COUNT(*) FROM persons AS p WHERE p.sponsor = m.id) AS came,
    (SELECT COUNT(*) FROM persons AS p JOIN members AS f ON f.id = p.id WHERE p.sponsor = m.id) AS joined,
    (SELECT COUNT(*) FROM persons AS p WHERE p.sponsor = m.id AND p.orders > 0) AS bought
FROM members AS m CROSS JOIN changes AS c
WHERE m.id = :member;

-- name: ripening(member, now, until, by_itself)^
SELECT COALESCE(SUM(amount - reversed), 0) AS amount FROM commissions
WHERE member = :member AND state = 'pending' AND matures > :now AND matures <= :until AND (:by_itself OR approved);

-- name: earned_since(member, since)
SELECT credited, amount - reversed AS net FROM commissions
WHERE member = :member AND credited >= :since AND state <> 'rejected';

-- name: day_report(since, until, by_itself)^
SELECT
    (SELECT COUNT(*) FROM persons WHERE since >= :since AND since < :until) AS came,
    (SELECT COUNT(*) FROM members WHERE joined >= :since AND joined < :until) AS joined,
    (SELECT COUNT(*) FROM orders WHERE at >= :since AND at < :until) AS orders,
    (SELECT COALESCE(SUM(total), 0) FROM orders WHERE at >= :since AND at < :until) AS sold,
    (SELECT COUNT(*) FROM commissions WHERE credited >= :since AND credited < :until) AS commissions,
    (SELECT COALESCE(SUM(amount), 0) FROM commissions WHERE credited >= :since AND credited < :until) AS credited,
    (SELECT COUNT(*) FROM transfers WHERE at >= :since AND at < :until AND credit LIKE 'paid:%') AS payouts,
    (SELECT COALESCE(SUM(amount), 0) FROM transfers WHERE at >= :since AND at < :until AND credit LIKE 'paid:%') AS paid_out,
    (SELECT COUNT(*) FROM withdrawals WHERE state IN ('requested', 'approved')) AS open_requests,
    (SELECT COALESCE(SUM(amount), 0) FROM withdrawals WHERE state IN ('requested', 'approved')) AS open_amount,
    (SELECT COUNT(*) FROM commissions WHERE state = 'pending' AND NOT approved AND NOT :by_itself) AS undecided,
    (SELECT MIN(requested) FROM withdrawals WHERE state IN ('requested', 'approved')) AS oldest;

-- name: requests_before(before, count)
SELECT * FROM withdrawals_seen
WHERE state IN ('requested', 'approved') AND requested < :before
ORDER BY number LIMIT :count;

-- name: requests_before_total(before)^
SELECT COUNT(*) FROM withdrawals WHERE state IN ('requested', 'approved') AND requested < :before;

-- name: acted_after(seq, until, count)
-- What shops and the platform report is nobody's act, and so is what only members do.
SELECT seq, at, type, content, actor FROM journal
WHERE seq > :seq AND seq <= :until AND refusal IS NULL AND actor IS NOT NULL AND actor <> 'stars'
AND actor NOT LIKE 'shop:%' AND type NOT IN ('join', 'withdraw', 'tick')
ORDER BY seq LIMIT :count;

-- name: time_of(seq)^
SELECT at FROM journal WHERE seq = :seq;
