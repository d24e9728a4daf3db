-- The journal: every event that the programme took or refused, in order. All state follows from it.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    content TEXT NOT NULL,
    key TEXT,
    actor TEXT,
    refusal TEXT,
    details TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

-- A refused event leaves its key free: the same cause may be taken later.
CREATE UNIQUE INDEX journal_key ON journal (key) WHERE refusal IS NULL AND key IS NOT NULL;

CREATE INDEX journal_programmes ON journal (seq) WHERE type = 'programme' AND refusal IS NULL;

-- Double entry by construction: one row debits one account and credits another.
CREATE TABLE transfers (
    seq INTEGER NOT NULL REFERENCES journal (seq),
    leg INTEGER NOT NULL,
    at INTEGER NOT NULL,
    member TEXT,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL CHECK (credit <> debit),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    commission INTEGER,
    digest TEXT NOT NULL,
    PRIMARY KEY (seq, leg)
) STRICT;

CREATE INDEX transfers_member ON transfers (member, seq, leg);

CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'the journal is never changed'); END;

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'the journal is never changed'); END;

CREATE TRIGGER transfers_stay BEFORE UPDATE ON transfers
BEGIN SELECT RAISE (ABORT, 'transfers are never changed'); END;

CREATE TRIGGER transfers_are_kept BEFORE DELETE ON transfers
BEGIN SELECT RAISE (ABORT, 'transfers are never changed'); END;

CREATE TABLE persons (
    id TEXT PRIMARY KEY,
    sponsor TEXT,
    since INTEGER,
    commission TEXT,
    orders INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX persons_sponsor ON persons (sponsor) WHERE sponsor IS NOT NULL;

-- Where a person is known from: a Telegram account, a shop's customer.
CREATE TABLE identities (
    realm TEXT NOT NULL,
    external_id TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES persons (id),
    PRIMARY KEY (realm, external_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_person ON identities (person);

CREATE TABLE members (
    id TEXT PRIMARY KEY REFERENCES persons (id),
    number INTEGER NOT NULL UNIQUE, -- in the order of joining
    sponsor TEXT,
    parent TEXT,
    slot INTEGER,
    rank TEXT NOT NULL,
    joined INTEGER NOT NULL,
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    recruits INTEGER NOT NULL CHECK (recruits >= 0),
    sales INTEGER NOT NULL,
    earnings INTEGER NOT NULL,
    held INTEGER NOT NULL CHECK (held >= 0),
    pending INTEGER NOT NULL CHECK (pending >= 0),
    available INTEGER NOT NULL, -- refunds may take it below 0
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    paid INTEGER NOT NULL CHECK (paid >= 0),
    left_volume INTEGER NOT NULL, -- carried into the open period; refunds may take it below 0
    right_volume INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What has come in at each node since the last period was closed.
CREATE TABLE open_volumes (
    node TEXT PRIMARY KEY REFERENCES members (id),
    amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL,
    seller TEXT,
    total INTEGER NOT NULL CHECK (total > 0),
    at INTEGER NOT NULL,
    content TEXT NOT NULL,
    node TEXT,
    refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND total),
    trace TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX orders_buyer ON orders (buyer, at);

CREATE TABLE commissions (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('held', 'pending', 'available', 'rejected', 'reversed')),
    credited INTEGER NOT NULL,
    matures INTEGER NOT NULL,
    reversed INTEGER NOT NULL CHECK (reversed BETWEEN 0 AND amount),
    approved INTEGER NOT NULL CHECK (approved IN (0, 1)),
    "order" TEXT,
    blocker TEXT,
    trace TEXT NOT NULL
) STRICT;

-- Nobody is paid twice. A changed programme may let a second period begin on the same day, so pairing has no such row.
CREATE UNIQUE INDEX commissions_once ON commissions (source, member, kind, level) WHERE kind <> 'pairing';

CREATE INDEX commissions_source ON commissions (source, member);

CREATE INDEX commissions_order ON commissions ("order") WHERE "order" IS NOT NULL;

CREATE INDEX commissions_blocker ON commissions (blocker) WHERE blocker IS NOT NULL;

CREATE INDEX commissions_ripening ON commissions (matures) WHERE state = 'pending';

CREATE INDEX commissions_member ON commissions (member, number);

-- Cards and Sheba: readable only with the key; the keyed digest finds the same one again.
CREATE TABLE destinations (
    id INTEGER PRIMARY KEY,
    member TEXT NOT NULL,
    kind TEXT NOT NULL,
    ciphertext TEXT NOT NULL,
    key_id TEXT NOT NULL,
    last_four TEXT NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (member, digest)
) STRICT;

CREATE INDEX destinations_digest ON destinations (digest);

CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    member TEXT NOT NULL REFERENCES members (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'paid', 'rejected', 'cancelled')),
    requested INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX withdrawals_open ON withdrawals (number) WHERE state IN ('requested', 'approved');

CREATE INDEX withdrawals_member ON withdrawals (member, number);

-- What the running programme knows of a withdrawal beside its events: no rule looks at it.
CREATE TABLE withdrawal_details (
    id TEXT PRIMARY KEY REFERENCES withdrawals (id),
    destination INTEGER REFERENCES destinations (id),
    tracking TEXT,
    reason TEXT
) STRICT, WITHOUT ROWID;

-- A withdrawal with all that is known of it, as people are shown it.
CREATE VIEW withdrawals_seen AS
SELECT
    w.id, w.number, w.member, w.amount, w.state, w.requested,
    d.destination, p.kind AS destination_kind, p.last_four, d.tracking, d.reason
FROM withdrawals AS w
LEFT JOIN withdrawal_details AS d ON d.id = w.id
LEFT JOIN destinations AS p ON p.id = d.destination;

CREATE TABLE adjustments (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT, WITHOUT ROWID;

-- What happened, for whoever turns it into messages; no text.
CREATE TABLE notices (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL REFERENCES journal (seq),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person TEXT,
    content TEXT NOT NULL
) STRICT;

-- A row here stops payouts: the books did not verify.
CREATE TABLE halts (
    at INTEGER PRIMARY KEY,
    problem TEXT NOT NULL
) STRICT;
