-- Links of members beside their own code, and who opened which. Times are milliseconds since 1970, UTC.

-- A link for one purpose: a tag of the member's, a product, a group of products, or a campaign of the configuration.
-- `products` is a JSON list of ids that the friend lands on; `commission` the rate that the link was made with, which
-- goes before every other. A link never changes: another rate is another link.
CREATE TABLE link_codes (
    code TEXT PRIMARY KEY,
    member TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tag', 'product', 'group', 'campaign')),
    name TEXT NOT NULL CHECK (name <> ''),
    products TEXT NOT NULL DEFAULT '[]',
    commission TEXT NOT NULL DEFAULT '', -- '' for none
    at INTEGER NOT NULL,
    UNIQUE (member, kind, name, commission)
) STRICT, WITHOUT ROWID;

-- The first time that a person opened a link, and what came of it: came (they are the member's friend since), friend
-- (they were already), elsewhere (they had come through somebody else), member (they were a member already). `member`
-- is whose link it was; `cause` the update or order that told of it.
CREATE TABLE visits (
    person TEXT NOT NULL,
    code TEXT NOT NULL,
    member TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('came', 'friend', 'elsewhere', 'member')),
    cause TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, code)
) STRICT, WITHOUT ROWID;

-- Nobody comes twice: the tag of the link that brought a friend stays theirs.
CREATE UNIQUE INDEX visits_came ON visits (person) WHERE outcome = 'came';

CREATE INDEX visits_member ON visits (member, at);

-- Whom a shop knew somebody as before they were linked. Somebody of the chat who gave the shop's account away is nobody's
-- earlier self.
CREATE VIEW earlier_selves AS
SELECT s.earlier, s.person FROM shop_links AS s
WHERE s.earlier IS NOT NULL AND NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.person = s.earlier);

CREATE INDEX shop_links_earlier ON shop_links (earlier) WHERE earlier IS NOT NULL;

CREATE INDEX visits_code ON visits (code) WHERE outcome = 'came';
