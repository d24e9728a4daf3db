-- What else is known of an order's newest state (JSON): when it came, what the shop had left of it, whose it was.
ALTER TABLE shop_snapshots ADD COLUMN state TEXT;

-- A problem counts once for each change that leads to it: `change` says which one, empty where there can be one alone.
CREATE TABLE shop_problems_by_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    told_at INTEGER,
    settled_at INTEGER,
    change TEXT NOT NULL DEFAULT '',
    UNIQUE (shop, order_id, kind, change)
) STRICT;

INSERT INTO shop_problems_by_change (id, shop, order_id, kind, content, at, told_at, settled_at)
SELECT id, shop, order_id, kind, content, at, told_at, settled_at FROM shop_problems;

DROP TABLE shop_problems;

ALTER TABLE shop_problems_by_change RENAME TO shop_problems;

CREATE INDEX shop_problems_untold ON shop_problems (id) WHERE told_at IS NULL;
