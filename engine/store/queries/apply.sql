-- name: put_event(seq, at, type, content, key, actor, refusal, details, digest)!
INSERT INTO journal VALUES (:seq, :at, :type, :content, :key, :actor, :refusal, :details, :digest);

-- name: put_person(id, sponsor, since, commission, orders)!
INSERT INTO persons VALUES (:id, :sponsor, :since, :commission, :orders)
ON CONFLICT (id) DO UPDATE SET
    sponsor = excluded.sponsor, since = excluded.since, commission = excluded.commission, orders = excluded.orders;

-- name: put_member(id, number, sponsor, parent, slot, rank, joined, suspended, recruits, sales, earnings, held, pending, available, reserved, paid, left, right)!
INSERT INTO members VALUES (
    :id, :number, :sponsor, :parent, :slot, :rank, :joined, :suspended, :recruits, :sales, :earnings,
    :held, :pending, :available, :reserved, :paid, :left, :right
)
ON CONFLICT (id) DO UPDATE SET
    rank = excluded.rank, suspended = excluded.suspended, recruits = excluded.recruits, sales = excluded.sales,
    earnings = excluded.earnings, held = excluded.held, pending = excluded.pending, available = excluded.available,
    reserved = excluded.reserved, paid = excluded.paid,
    left_volume = excluded.left_volume, right_volume = excluded.right_volume;

-- name: put_volume(node, amount)!
INSERT INTO open_volumes VALUES (:node, :amount)
ON CONFLICT (node) DO UPDATE SET amount = amount + excluded.amount;

-- name: clear_volumes()!
DELETE FROM open_volumes;

-- name: put_order(id, buyer, seller, total, at, content, node, refunded, trace)!
INSERT INTO orders VALUES (:id, :buyer, :seller, :total, :at, :content, :node, :refunded, :trace)
ON CONFLICT (id) DO UPDATE SET refunded = excluded.refunded;

-- name: put_commission(number, source, member, kind, level, amount, state, credited, matures, reversed, approved, order_id, blocker, trace)!
INSERT INTO commissions VALUES (
    :number, :source, :member, :kind, :level, :amount, :state, :credited, :matures, :reversed, :approved,
    :order_id, :blocker, :trace
)
ON CONFLICT (number) DO UPDATE SET
    state = excluded.state, reversed = excluded.reversed, approved = excluded.approved, blocker = excluded.blocker;

-- name: put_withdrawal(id, number, member, amount, state, requested)!
INSERT INTO withdrawals VALUES (:id, :number, :member, :amount, :state, :requested)
ON CONFLICT (id) DO UPDATE SET state = excluded.state;

-- name: put_withdrawal_details(id, destination, tracking, reason)!
INSERT INTO withdrawal_details VALUES (:id, :destination, :tracking, :reason)
ON CONFLICT (id) DO UPDATE SET
    tracking = COALESCE(excluded.tracking, tracking), reason = COALESCE(excluded.reason, reason);

-- name: put_adjustment(id, member, amount)!
INSERT INTO adjustments VALUES (:id, :member, :amount);

-- name: put_transfer(seq, leg, at, member, debit, credit, amount, currency, commission, digest)!
INSERT INTO transfers VALUES (:seq, :leg, :at, :member, :debit, :credit, :amount, :currency, :commission, :digest);

-- name: put_notice(seq, at, kind, person, content)!
INSERT INTO notices (seq, at, kind, person, content) VALUES (:seq, :at, :kind, :person, :content);
