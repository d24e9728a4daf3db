-- name: request(shop, key)^
SELECT digest FROM shop_requests WHERE shop = :shop AND key = :key;

-- name: put_request(shop, key, digest, now)!
INSERT INTO shop_requests (shop, key, digest, at) VALUES (:shop, :key, :digest, :now)
ON CONFLICT (shop, key) DO NOTHING;

-- name: order(shop, id)^
SELECT currency, rate, total, refunded FROM shop_orders WHERE shop = :shop AND id = :id;

-- name: put_order(shop, id, currency, rate, total)!
INSERT INTO shop_orders (shop, id, currency, rate, total) VALUES (:shop, :id, :currency, :rate, :total)
ON CONFLICT (shop, id) DO NOTHING;

-- name: put_refunded(shop, id, refunded)!
UPDATE shop_orders SET refunded = :refunded WHERE shop = :shop AND id = :id;

-- name: snapshot(shop, id)^
SELECT status, modified, state FROM shop_snapshots WHERE shop = :shop AND id = :id;

-- name: put_snapshot(shop, id, status, modified, state)!
INSERT INTO shop_snapshots (shop, id, status, modified, state) VALUES (:shop, :id, :status, :modified, :state)
ON CONFLICT (shop, id) DO UPDATE
SET status = excluded.status, modified = excluded.modified, state = excluded.state;

-- name: put_problem(shop, order_id, kind, content, change, now)!
INSERT INTO shop_problems (shop, order_id, kind, content, change, at)
VALUES (:shop, :order_id, :kind, :content, :change, :now)
ON CONFLICT (shop, order_id, kind, change) DO NOTHING;

-- name: problems_of(shop, order_id, kind)^
SELECT COUNT(*) AS times, COUNT(*) FILTER (WHERE settled_at IS NULL) AS unsettled
FROM shop_problems WHERE shop = :shop AND order_id = :order_id AND kind = :kind;

-- name: put_unreadable(shop, order_id, content, now)!
-- One that had become readable is open again.
INSERT INTO shop_problems (shop, order_id, kind, content, at) VALUES (:shop, :order_id, 'unreadable', :content, :now)
ON CONFLICT (shop, order_id, kind, change) DO UPDATE SET
    settled_at = NULL,
    at = CASE WHEN settled_at IS NULL THEN at ELSE excluded.at END,
    content = excluded.content;

-- name: forget_unreadable(shop, order_id, content)!
-- What has passed and comes back for another reason is news.
DELETE FROM shop_problems
WHERE shop = :shop AND order_id = :order_id AND kind = 'unreadable' AND settled_at IS NOT NULL AND content <> :content;

-- name: settle_unnamed(shop, before, now)!
UPDATE shop_problems SET settled_at = :now
WHERE shop = :shop AND kind = 'unreadable' AND order_id LIKE 'body-%' AND at < :before AND settled_at IS NULL;

-- name: problems(shop, settled)
SELECT shop, order_id, kind, content, at, told_at, settled_at FROM shop_problems
WHERE (:shop IS NULL OR shop = :shop) AND (:settled OR settled_at IS NULL)
ORDER BY id;

-- name: open_problems(skip, count)
SELECT id, shop, order_id, kind, content FROM shop_problems
WHERE settled_at IS NULL ORDER BY shop, kind, id LIMIT :count OFFSET :skip;

-- name: open_problems_total()^
SELECT COUNT(*) AS count FROM shop_problems WHERE settled_at IS NULL;

-- name: settle_problem(id, now)!
UPDATE shop_problems SET settled_at = :now WHERE id = :id AND settled_at IS NULL;

-- name: put_sub_order(shop, id, parent)!
INSERT INTO shop_sub_orders (shop, id, parent) VALUES (:shop, :id, :parent)
ON CONFLICT (shop, id) DO UPDATE SET parent = excluded.parent WHERE parent <> excluded.parent;

-- name: sub_orders(shop, parent)
SELECT id FROM shop_sub_orders WHERE shop = :shop AND parent = :parent ORDER BY id;

-- name: settle_problems(shop, order_id, kind, now)!
UPDATE shop_problems SET settled_at = :now
WHERE shop = :shop AND order_id = :order_id AND kind = :kind AND settled_at IS NULL;

-- name: unsettled(shop, kind)
SELECT order_id FROM shop_problems WHERE shop = :shop AND kind = :kind AND settled_at IS NULL ORDER BY id;

-- name: untold(size)
SELECT id, shop, order_id, kind, content FROM shop_problems WHERE told_at IS NULL ORDER BY id LIMIT :size;

-- name: told(id, now)!
UPDATE shop_problems SET told_at = :now WHERE id = :id AND told_at IS NULL;

-- name: forget_told(before, size)!
-- All of one kind and order or none: `problems_of` counts them.
DELETE FROM shop_problems
WHERE (shop, order_id, kind) IN (
    SELECT DISTINCT p.shop, p.order_id, p.kind FROM shop_problems AS p
    WHERE p.settled_at IS NOT NULL AND p.told_at IS NOT NULL AND p.told_at < :before
        AND NOT EXISTS (
            SELECT 1 FROM shop_problems AS o
            WHERE o.shop = p.shop AND o.order_id = p.order_id AND o.kind = p.kind
                AND (o.settled_at IS NULL OR o.settled_at >= :before OR o.told_at IS NULL OR o.told_at >= :before)
        )
    LIMIT :size
);

-- name: token(token, since)^
SELECT person FROM drafts WHERE token = :token AND kind = 'shop' AND used_at IS NULL AND at > :since;

-- name: use_token(token, now)!
UPDATE drafts SET used_at = :now WHERE token = :token AND used_at IS NULL;

-- name: put_link(shop, customer, earlier, person, now)!
INSERT INTO shop_links (shop, customer, earlier, person, at) VALUES (:shop, :customer, :earlier, :person, :now);

-- name: earlier(person)
-- Somebody of the chat who gave the shop's account away is no earlier self of who has it now.
SELECT DISTINCT earlier FROM shop_links
WHERE person = :person AND earlier IS NOT NULL AND earlier NOT IN (SELECT person FROM profiles)
ORDER BY earlier;

-- name: tags_of_day(code, day)^
SELECT COUNT(*) AS tags FROM clicks WHERE code = :code AND day = :day;

-- name: click(code, tag, day)!
INSERT INTO clicks (code, tag, day, count) VALUES (:code, :tag, :day, 1)
ON CONFLICT (code, tag, day) DO UPDATE SET count = count + 1;

-- name: counted(code, tag, day)^
SELECT count FROM clicks WHERE code = :code AND tag = :tag AND day = :day;

-- name: clicks_of(code)
SELECT tag, SUM(count) AS clicks FROM clicks WHERE code = :code GROUP BY tag ORDER BY clicks DESC, tag;

-- name: categories()
SELECT shop, name, category FROM shop_products;

-- name: put_category(shop, name, category)!
INSERT INTO shop_products (shop, name, category) VALUES (:shop, :name, :category)
ON CONFLICT (shop, name) DO UPDATE SET category = excluded.category;

-- name: forget_category(shop, name)!
DELETE FROM shop_products WHERE shop = :shop AND name = :name;

-- name: account(realm, guest, person)^
SELECT external_id FROM identities WHERE person = :person AND realm = :realm AND external_id <> :guest LIMIT 1;
