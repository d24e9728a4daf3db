-- Written many rows at a time, each a tuple in the order of its table's columns.

-- name: put_event()!
INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: put_person()!
-- A buyer changes by their orders alone: indexes over a sponsor are not written anew for each of those.
INSERT INTO persons VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET sponsor = excluded.sponsor, since = excluded.since, commission = excluded.commission
WHERE sponsor IS NOT excluded.sponsor OR since IS NOT excluded.since OR commission IS NOT excluded.commission;

-- name: put_orders_of_person()!
UPDATE persons SET orders = ?1 WHERE id = ?2 AND orders <> ?1;

-- name: put_member()!
INSERT INTO members VALUES (
    ?, ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?, ?, ?, ?, ?, ?
)
ON CONFLICT (id) DO UPDATE SET
    rank = excluded.rank, suspended = excluded.suspended, recruits = excluded.recruits, sales = excluded.sales,
    earnings = excluded.earnings, held = excluded.held, pending = excluded.pending, available = excluded.available,
    reserved = excluded.reserved, paid = excluded.paid;

-- name: count_newcomer()!
-- As many levels as migration 0006 counts.
INSERT INTO level_counts
WITH RECURSIVE above (id, level) AS (
    SELECT sponsor, 1 FROM members WHERE id = ? AND sponsor IS NOT NULL
    UNION ALL
    SELECT m.sponsor, a.level + 1
    FROM above AS a JOIN members AS m ON m.id = a.id
    WHERE a.level < 20 AND m.sponsor IS NOT NULL
)
SELECT id, level, 1 FROM above WHERE TRUE
ON CONFLICT (member, level) DO UPDATE SET members = members + 1;

-- name: credit_member()!
UPDATE members SET earnings = earnings + ?, pending = pending + ?, available = available + ? WHERE id = ?;

-- name: put_carried()!
INSERT INTO carried VALUES (?, ?, ?)
ON CONFLICT (member) DO UPDATE SET left_volume = excluded.left_volume, right_volume = excluded.right_volume;

-- name: drop_carried()!
DELETE FROM carried WHERE member = ?;

-- name: put_volume()!
INSERT INTO open_volumes VALUES (?, ?)
ON CONFLICT (node) DO UPDATE SET amount = amount + excluded.amount;

-- name: clear_volumes()!
DELETE FROM open_volumes;

-- name: put_order()!
INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET refunded = excluded.refunded;

-- name: put_commission()!
INSERT INTO commissions VALUES (
    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?
)
ON CONFLICT (number) DO UPDATE SET
    state = excluded.state, reversed = excluded.reversed, approved = excluded.approved, blocker = excluded.blocker;

-- name: put_withdrawal()!
INSERT INTO withdrawals VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state;

-- name: put_withdrawal_details()!
INSERT INTO withdrawal_details VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    tracking = COALESCE(excluded.tracking, tracking), reason = COALESCE(excluded.reason, reason);

-- name: put_adjustment()!
INSERT INTO adjustments VALUES (?, ?, ?);

-- name: put_transfer()!
INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: put_notice()!
INSERT INTO notices (seq, at, kind, person, content) VALUES (?, ?, ?, ?, ?);
