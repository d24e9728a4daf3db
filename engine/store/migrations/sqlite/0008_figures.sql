-- What the admins' figures of a span are summed from, each from an index alone.

-- Who earned what; of those few that were taken back or rejected, also how much of it.
DROP INDEX commissions_credited;

CREATE INDEX commissions_credited ON commissions (credited, member, amount);

CREATE INDEX commissions_taken_back ON commissions (credited, member, amount, reversed, state)
WHERE reversed > 0 OR state = 'rejected';

-- Who bought for how much; of those few that were refunded, also how much of it. The order's id ends both.
DROP INDEX orders_at;

CREATE INDEX orders_at ON orders (at, buyer, total);

CREATE INDEX orders_refunded ON orders (at, buyer, refunded) WHERE refunded > 0;

-- Who decided a withdrawal or a commission: the journal alone says it.
CREATE INDEX journal_decisions ON journal (COALESCE(json_extract(content, '$.id'), json_extract(content, '$.source')), seq)
WHERE type IN ('authorise', 'settle', 'approve', 'reject') AND refusal IS NULL;
