-- What is asked often is found by an index or read from a count that is kept as things happen, so that its cost does not
-- grow with the years.

-- A sponsor's friends, the last first.
CREATE INDEX persons_friends ON persons (sponsor, since DESC, id) WHERE sponsor IS NOT NULL;

DROP INDEX persons_sponsor;

-- What a day brought.
CREATE INDEX persons_since ON persons (since) WHERE since IS NOT NULL;

CREATE INDEX members_joined ON members (joined);

CREATE INDEX orders_at ON orders (at, total);

CREATE INDEX commissions_credited ON commissions (credited, amount);

CREATE INDEX transfers_paid ON transfers (at, amount) WHERE credit LIKE 'paid:%';

-- What an admin may decide, and what each member waits for.
CREATE INDEX commissions_pending ON commissions (number, approved) WHERE state = 'pending';

CREATE INDEX commissions_held ON commissions (number, approved) WHERE blocker IS NOT NULL;

CREATE INDEX commissions_of_blockers ON commissions (member, blocker) WHERE state = 'held';

-- How many friends of a sponsor came, joined and bought: those with an order that counts.
CREATE TABLE friend_counts (
    sponsor TEXT PRIMARY KEY,
    came INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    bought INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO friend_counts
SELECT p.sponsor, COUNT(*), COUNT(m.id), COUNT(*) FILTER (WHERE p.orders > 0)
FROM persons AS p LEFT JOIN members AS m ON m.id = p.id
WHERE p.sponsor IS NOT NULL
GROUP BY p.sponsor;

CREATE TRIGGER friend_is_new AFTER INSERT ON persons WHEN NEW.sponsor IS NOT NULL
BEGIN
    INSERT INTO friend_counts
    VALUES (NEW.sponsor, 1, EXISTS (SELECT 1 FROM members WHERE id = NEW.id), NEW.orders > 0)
    ON CONFLICT (sponsor) DO UPDATE SET
        came = came + 1, joined = joined + excluded.joined, bought = bought + excluded.bought;
END;

CREATE TRIGGER friend_comes AFTER UPDATE OF sponsor ON persons WHEN NEW.sponsor IS NOT OLD.sponsor
BEGIN
    UPDATE friend_counts SET
        came = came - 1,
        joined = joined - EXISTS (SELECT 1 FROM members WHERE id = OLD.id),
        bought = bought - (OLD.orders > 0)
    WHERE sponsor = OLD.sponsor;
    INSERT INTO friend_counts
    SELECT NEW.sponsor, 1, EXISTS (SELECT 1 FROM members WHERE id = NEW.id), NEW.orders > 0
    WHERE NEW.sponsor IS NOT NULL
    ON CONFLICT (sponsor) DO UPDATE SET
        came = came + 1, joined = joined + excluded.joined, bought = bought + excluded.bought;
END;

CREATE TRIGGER friend_buys AFTER UPDATE OF orders ON persons
WHEN NEW.sponsor IS OLD.sponsor AND (NEW.orders > 0) <> (OLD.orders > 0)
BEGIN
    UPDATE friend_counts SET bought = bought + (NEW.orders > 0) - (OLD.orders > 0) WHERE sponsor = NEW.sponsor;
END;

CREATE TRIGGER friend_joins AFTER INSERT ON members
BEGIN
    UPDATE friend_counts SET joined = joined + 1 WHERE sponsor = (SELECT sponsor FROM persons WHERE id = NEW.id);
END;

-- How many members were sponsored at each level below a member, down to the 20th; deeper ones are counted when asked for.
CREATE TABLE level_counts (
    member TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 20),
    members INTEGER NOT NULL,
    PRIMARY KEY (member, level)
) STRICT, WITHOUT ROWID;

INSERT INTO level_counts
WITH RECURSIVE above (id, level) AS (
    SELECT sponsor, 1 FROM members WHERE sponsor IS NOT NULL
    UNION ALL
    SELECT m.sponsor, a.level + 1
    FROM above AS a JOIN members AS m ON m.id = a.id
    WHERE a.level < 20 AND m.sponsor IS NOT NULL
)
SELECT id, level, COUNT(*) FROM above GROUP BY id, level;
