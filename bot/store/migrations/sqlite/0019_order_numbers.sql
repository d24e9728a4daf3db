-- Orders that the bot numbers itself, such as S-104: `cause` is the purchase or payment that the number was given to,
-- so that the same one never gets a second. Numbers of purchases that were refused are never given again.
CREATE TABLE order_numbers (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    cause TEXT NOT NULL UNIQUE
) STRICT;
