-- What the machine knows of shops beside the books. Times are milliseconds since 1970, UTC.

-- What a shop has asked for, by what makes it count once: an order's id, the refund of all that is left of an order, or
-- the Idempotency-Key of a request. The digest is of the whole request.
CREATE TABLE shop_requests (
    shop TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (shop, key)
) STRICT, WITHOUT ROWID;

-- A recorded order in its shop's own money (minor units of `currency`), and the rate that was used on entry.
CREATE TABLE shop_orders (
    shop TEXT NOT NULL,
    id TEXT NOT NULL,
    currency TEXT NOT NULL,
    rate TEXT NOT NULL,
    total INTEGER NOT NULL CHECK (total > 0),
    refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND total),
    PRIMARY KEY (shop, id)
) STRICT, WITHOUT ROWID;

-- The newest state of an order that a shop has sent, so that an older one changes nothing.
CREATE TABLE shop_snapshots (
    shop TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (shop, id)
) STRICT, WITHOUT ROWID;

-- What admins have to look at, once for each kind and order. `settled_at` says that it has passed.
CREATE TABLE shop_problems (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    told_at INTEGER,
    settled_at INTEGER,
    UNIQUE (shop, order_id, kind)
) STRICT;

CREATE INDEX shop_problems_untold ON shop_problems (id) WHERE told_at IS NULL;

-- A shop's customer who turned out to be somebody we knew: who they were before, where that was another person.
CREATE TABLE shop_links (
    shop TEXT NOT NULL,
    customer TEXT NOT NULL,
    earlier TEXT,
    person TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX shop_links_person ON shop_links (person);

-- How often a member's link was opened on the web, by the link's tag ('' for none) and the day (UTC).
CREATE TABLE clicks (
    code TEXT NOT NULL,
    tag TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (code, tag, day)
) STRICT, WITHOUT ROWID;
