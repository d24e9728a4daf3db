-- The orders that a marketplace has made of another one, its parent, as they have been heard of: one of both counts.
CREATE TABLE shop_sub_orders (
    shop TEXT NOT NULL,
    id TEXT NOT NULL,
    parent TEXT NOT NULL,
    PRIMARY KEY (shop, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shop_sub_orders_parent ON shop_sub_orders (shop, parent);
