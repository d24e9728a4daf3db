-- name: balance(member)^
SELECT held, pending, available, reserved, paid FROM members WHERE id = :member;

-- name: known(person)^
SELECT id, sponsor, since, commission, orders FROM persons WHERE id = :person;

-- name: whoever(realm, external_id)^
SELECT person FROM identities WHERE realm = :realm AND external_id = :external_id;

-- name: entries(member, skip, count)
SELECT
    t.seq, t.leg, t.at, t.debit, t.credit, t.amount, j.type AS event,
    t.commission, c.kind, c.level, c.source
FROM transfers AS t
JOIN journal AS j ON j.seq = t.seq
LEFT JOIN commissions AS c ON c.number = t.commission
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
SELECT
    w.id, w.number, w.member, w.amount, w.state, w.requested,
    d.destination, p.kind AS destination_kind, p.last_four, d.tracking, d.reason
FROM withdrawals AS w
LEFT JOIN withdrawal_details AS d ON d.id = w.id
LEFT JOIN destinations AS p ON p.id = d.destination
WHERE w.number = :number;

-- name: withdrawal_called(id)^
SELECT
    w.id, w.number, w.member, w.amount, w.state, w.requested,
    d.destination, p.kind AS destination_kind, p.last_four, d.tracking, d.reason
FROM withdrawals AS w
LEFT JOIN withdrawal_details AS d ON d.id = w.id
LEFT JOIN destinations AS p ON p.id = d.destination
WHERE w.id = :id;

-- name: open_withdrawals(member, skip, count)
SELECT
    w.id, w.number, w.member, w.amount, w.state, w.requested,
    d.destination, p.kind AS destination_kind, p.last_four, d.tracking, d.reason
FROM withdrawals AS w
LEFT JOIN withdrawal_details AS d ON d.id = w.id
LEFT JOIN destinations AS p ON p.id = d.destination
WHERE w.state IN ('requested', 'approved') AND (:member IS NULL OR w.member = :member)
ORDER BY w.number
LIMIT :count OFFSET :skip;

-- name: open_withdrawals_total(member)^
SELECT COUNT(*) FROM withdrawals
WHERE state IN ('requested', 'approved') AND (:member IS NULL OR member = :member);

-- name: destination(id)^
SELECT id, member, kind, ciphertext, key_id, last_four FROM destinations WHERE id = :id;

-- name: destinations_of(member)
SELECT id, member, kind, ciphertext, key_id, last_four FROM destinations WHERE member = :member ORDER BY id DESC;

-- name: notices_after(number, count)
SELECT number, seq, at, kind, person, content FROM notices WHERE number > :number ORDER BY number LIMIT :count;

-- name: events_after(seq, count)
SELECT seq, at, type, content, key, actor, refusal, digest FROM journal WHERE seq > :seq ORDER BY seq LIMIT :count;

-- name: friends_of(sponsor)^
SELECT COUNT(*) AS came, COUNT(m.id) AS joined, COUNT(*) FILTER (WHERE p.orders > 0) AS bought
FROM persons AS p LEFT JOIN members AS m ON m.id = p.id
WHERE p.sponsor = :sponsor;

-- name: next_maturity(by_itself)^
SELECT MIN(matures) FROM commissions WHERE state = 'pending' AND (approved OR :by_itself);
