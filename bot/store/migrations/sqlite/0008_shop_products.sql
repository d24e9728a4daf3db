-- What WooCommerce shops say of their products, whose orders do not name it: the category by SKU and by number.
CREATE TABLE shop_products (
    shop TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (shop, name)
) STRICT, WITHOUT ROWID;
