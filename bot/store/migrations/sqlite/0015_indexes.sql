-- What is asked often is found by an index, so that its cost does not grow with the years.

-- Calls that had left when the process ended.
CREATE INDEX outbox_asked ON outbox (id) WHERE asked_at IS NOT NULL;

-- What became of the message with that reference, and what waits for somebody who has blocked the bot.
CREATE INDEX outbox_reference ON outbox (reference, id) WHERE reference IS NOT NULL;

CREATE INDEX outbox_blocked ON outbox (created_at) WHERE state = 'blocked';

-- Parked updates whose content is still there.
CREATE INDEX inbox_parked ON inbox (finished_at) WHERE state = 'parked' AND content IS NOT NULL;

-- Recipients of one broadcast, and those of them whom it did not reach.
CREATE INDEX broadcast_recipients_of ON broadcast_recipients (broadcast, id);

CREATE INDEX broadcast_recipients_missed ON broadcast_recipients (broadcast, id) WHERE state NOT IN ('new', 'sent');

-- A reward of somebody without a chat, as a shop's customer, can be told to nobody until they have one.
ALTER TABLE rewards ADD COLUMN chatless INTEGER NOT NULL DEFAULT 0 CHECK (chatless IN (0, 1));

UPDATE rewards SET chatless = 1 WHERE NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.person = rewards.person);

DROP INDEX rewards_untold;

CREATE INDEX rewards_untold ON rewards (id)
WHERE told_at IS NULL AND chatless = 0
AND (withheld IS NOT NULL OR kind = 'text' OR (code IS NOT NULL AND (shop IS NULL OR coupon_at IS NOT NULL)));

CREATE INDEX rewards_codes ON rewards (reward) WHERE code IS NOT NULL;

CREATE INDEX rewards_without_code ON rewards (reward, id) WHERE kind = 'code' AND code IS NULL AND withheld IS NULL;

CREATE INDEX rewards_without_coupon ON rewards (id) WHERE shop IS NOT NULL AND code IS NOT NULL AND coupon_at IS NULL;

-- Who opened a member's link in vain, and whose invitation waits or was left out, the last first.
CREATE INDEX visits_in_vain ON visits (member, at DESC, person, code) WHERE outcome IN ('elsewhere', 'member');

DROP INDEX visits_member;

CREATE INDEX set_aside_among_friends ON set_aside (member, at DESC, person) WHERE decision IS NOT 'released';

CREATE INDEX set_aside_waiting ON set_aside (id) WHERE decision IS NULL;

CREATE INDEX set_aside_waiting_of ON set_aside (member, id) WHERE decision IS NULL;

CREATE INDEX set_aside_decided ON set_aside (id) WHERE decided_at IS NOT NULL AND decision_told_at IS NULL;

-- Problems of shops that are open, and those that are over and told.
CREATE INDEX shop_problems_open ON shop_problems (shop, kind, id) WHERE settled_at IS NULL;

CREATE INDEX shop_problems_over ON shop_problems (told_at) WHERE settled_at IS NOT NULL AND told_at IS NOT NULL;
