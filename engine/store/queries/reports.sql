-- name: member_report(member, after)^
-- One statement, so that all of it is of the same moment. Sums of amounts are made in two halves, here and below:
-- together they may be more than SQLite can add up.
WITH moved AS (
    SELECT
        amount >> 32 AS high, amount & 4294967295 AS low,
        debit = 'programme' AS earned, credit = 'programme' AS taken_back,
        credit LIKE 'available:%' AND (debit LIKE 'held:%' OR debit LIKE 'pending:%') AS freed,
        debit = 'adjustments' AS added, credit = 'adjustments' AS taken, credit LIKE 'paid:%' AS paid_out
    FROM transfers WHERE member = :member AND seq > :after
),
changes AS (
    SELECT
        SUM(high) FILTER (WHERE earned) AS earned_high, SUM(low) FILTER (WHERE earned) AS earned_low,
        SUM(high) FILTER (WHERE freed) AS freed_high, SUM(low) FILTER (WHERE freed) AS freed_low,
        SUM(high) FILTER (WHERE taken_back) AS taken_back_high, SUM(low) FILTER (WHERE taken_back) AS taken_back_low,
        SUM(high) FILTER (WHERE added) AS added_high, SUM(low) FILTER (WHERE added) AS added_low,
        SUM(high) FILTER (WHERE taken) AS taken_high, SUM(low) FILTER (WHERE taken) AS taken_low,
        SUM(high) FILTER (WHERE paid_out) AS paid_out_high, SUM(low) FILTER (WHERE paid_out) AS paid_out_low
    FROM moved
)
SELECT
    (SELECT MAX(seq) FROM journal) AS seq,
    m.held, m.pending, m.available, m.reserved, m.paid,
    c.*,
    COALESCE(f.came, 0) AS came, COALESCE(f.joined, 0) AS joined, COALESCE(f.bought, 0) AS bought
FROM members AS m CROSS JOIN changes AS c LEFT JOIN friend_counts AS f ON f.sponsor = m.id
WHERE m.id = :member;

-- name: ripening(member, now, until, by_itself)^
SELECT SUM((amount - reversed) >> 32) AS high, SUM((amount - reversed) & 4294967295) AS low FROM commissions
WHERE member = :member AND state = 'pending' AND matures > :now AND matures <= :until AND (:by_itself OR approved);

-- name: earned_since(member, since)
SELECT credited, amount - reversed AS net FROM commissions
WHERE member = :member AND credited >= :since AND state <> 'rejected';

-- name: entries_since(member, since)
-- What came from the programme and what went back to it, corrections too; moves between the member's own buckets do not
-- count. By the member's index: a date finds no rows of the journal.
SELECT at, CASE WHEN debit IN ('programme', 'adjustments') THEN amount ELSE -amount END AS amount
FROM transfers
WHERE member = :member AND at >= :since
AND (debit IN ('programme', 'adjustments') OR credit IN ('programme', 'adjustments'));

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

-- name: queue()^
-- All that waits, with the commissions that an admin has not approved yet.
SELECT
    (SELECT COUNT(*) FROM withdrawals WHERE state IN ('requested', 'approved')) AS requests,
    (SELECT COUNT(*) FROM withdrawals WHERE state IN ('requested', 'approved') AND state = 'requested') AS undecided_requests,
    (SELECT SUM(amount >> 32) FROM withdrawals WHERE state IN ('requested', 'approved')) AS amount_high,
    (SELECT SUM(amount & 4294967295) FROM withdrawals WHERE state IN ('requested', 'approved')) AS amount_low,
    (SELECT MIN(requested) FROM withdrawals WHERE state IN ('requested', 'approved')) AS oldest,
    (SELECT COUNT(*) FROM commissions INDEXED BY commissions_pending WHERE state = 'pending' AND NOT approved)
    + (SELECT COUNT(*) FROM commissions INDEXED BY commissions_held WHERE blocker IS NOT NULL AND NOT approved)
        AS commissions;

-- name: decisions_on_withdrawal(name)
-- The words of the index `journal_decisions`, here and below.
SELECT actor, at, json_extract(content, '$.outcome') AS outcome FROM journal
WHERE
    COALESCE(json_extract(content, '$.id'), json_extract(content, '$.source')) = :name
    AND type IN ('authorise', 'settle', 'approve', 'reject') AND refusal IS NULL
    AND type IN ('authorise', 'settle')
ORDER BY seq;

-- name: approval_of(name, member)^
SELECT actor, at FROM journal
WHERE
    COALESCE(json_extract(content, '$.id'), json_extract(content, '$.source')) = :name
    AND type IN ('authorise', 'settle', 'approve', 'reject') AND refusal IS NULL
    AND type = 'approve' AND json_extract(content, '$.member') = :member
ORDER BY seq LIMIT 1;
