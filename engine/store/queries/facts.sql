-- name: person(id)^
SELECT id, sponsor, since, commission, orders FROM persons WHERE id = :id;

-- name: member(id)^
SELECT * FROM members WHERE id = :id;

-- name: order(id)^
SELECT id, buyer, seller, total, at, content, node, refunded, trace FROM orders WHERE id = :id;

-- name: withdrawal(id)^
SELECT id, number, member, amount, state, requested FROM withdrawals WHERE id = :id;

-- name: adjustment(id)^
SELECT id, member, amount FROM adjustments WHERE id = :id;

-- name: commission(source, member)^
SELECT * FROM commissions WHERE source = :source AND member = :member ORDER BY number LIMIT 1;

-- name: commissions_of_order(order_id)
SELECT * FROM commissions WHERE "order" = :order_id ORDER BY number;

-- name: held_by(blocker)
SELECT * FROM commissions WHERE blocker = :blocker ORDER BY number;

-- name: all_held()
SELECT * FROM commissions WHERE blocker IS NOT NULL ORDER BY number;

-- name: maturing(at, by_itself)
SELECT * FROM commissions
WHERE state = 'pending' AND matures <= :at AND (approved OR :by_itself)
ORDER BY matures, number;

-- name: ripens(by_itself)^
SELECT COALESCE(
    (
        SELECT matures FROM commissions
        WHERE state = 'pending' AND (approved OR :by_itself)
        ORDER BY matures LIMIT 1
    ),
    9223372036854775807
);

-- name: members()
SELECT * FROM members ORDER BY number;

-- name: places()
SELECT id, parent, slot FROM members ORDER BY number;

-- name: standings()
SELECT number, rank, suspended, recruits, sales, earnings FROM members;

-- name: carried()
SELECT member, left_volume, right_volume FROM carried;

-- name: commissions()
SELECT * FROM commissions ORDER BY number;

-- name: last_member()^
SELECT COALESCE(MAX(number), 0) FROM members;

-- name: open_volumes()
SELECT node, amount FROM open_volumes;

-- name: last_commission()^
SELECT COALESCE(MAX(number), 0) FROM commissions;

-- name: last_withdrawal()^
SELECT COALESCE(MAX(number), 0) FROM withdrawals;

-- name: last_event()^
SELECT seq, at, digest FROM journal ORDER BY seq DESC LIMIT 1;

-- name: programme_seq()^
SELECT MAX(seq) FROM journal WHERE type = 'programme' AND refusal IS NULL;

-- name: content_of(seq)^
SELECT content FROM journal WHERE seq = :seq;

-- name: taken(key)^
SELECT seq, at, content FROM journal WHERE key = :key AND refusal IS NULL;

-- name: credited_to(account)^
-- In two halves, as every sum of amounts: together they may be more than SQLite can add up.
SELECT SUM(amount >> 32), SUM(amount & 4294967295) FROM transfers WHERE credit = :account;

-- name: halted()^
SELECT 1 FROM halts LIMIT 1;
