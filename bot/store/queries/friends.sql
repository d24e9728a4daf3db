-- name: share_of(code)^
SELECT code, member, commission, discount FROM link_shares WHERE code = :code;

-- name: share_like(member, commission, discount)^
SELECT code FROM link_shares WHERE member = :member AND commission = :commission AND discount = :discount;

-- name: put_share(code, member, commission, discount, now)!
INSERT INTO link_shares (code, member, commission, discount, at)
SELECT :code, :member, :commission, :discount, :now
WHERE NOT EXISTS (SELECT 1 FROM persons WHERE id = :code)
ON CONFLICT DO NOTHING;

-- name: forget_arrivals(member, before)!
DELETE FROM arrivals WHERE member = :member AND at <= :before;

-- name: put_arrival(member, person, at)!
INSERT INTO arrivals (member, at, person) VALUES (:member, :at, :person) ON CONFLICT DO NOTHING;

-- name: lately(member, since)^
-- Friends who came in since, and those who were set aside meanwhile.
SELECT
    (SELECT COUNT(*) FROM arrivals WHERE member = :member AND at > :since)
    + (SELECT COUNT(*) FROM set_aside WHERE member = :member AND at > :since AND decision IS NOT 'released') AS friends;

-- name: accounts(member)
SELECT digest FROM destinations WHERE member = :member;

-- name: same_account(person, member)^
SELECT 1 FROM destinations AS a JOIN destinations AS b ON b.digest = a.digest
WHERE a.member = :person AND b.member = :member LIMIT 1;

-- name: selves(person)
-- The person, and who they were at shops before those customers turned out to be them.
SELECT :person AS id
UNION SELECT earlier FROM shop_links
WHERE person = :person AND earlier IS NOT NULL AND earlier NOT IN (SELECT person FROM profiles);

-- name: met(person)^
-- 0 for somebody who was here before it was written down.
SELECT COALESCE(met_at, 0) AS met_at FROM profiles WHERE person = :person;

-- name: came_at(person, member, since)^
-- When they opened the link: before an admin let them in, where they had to wait.
SELECT MIN(at) AS at FROM (
    SELECT at FROM set_aside WHERE person = :person AND member = :member AND decision = 'released'
    UNION ALL SELECT :since
);

-- name: orders_before(buyer, at)^
SELECT COUNT(*) AS orders FROM orders WHERE buyer = :buyer AND at < :at;

-- name: gift(person, reward)^
SELECT id FROM rewards WHERE person = :person AND reward = :reward;

-- name: codes_given(reward)^
-- As many as codes have been listed for it at most.
SELECT COUNT(*) AS given FROM rewards WHERE reward = :reward AND code IS NOT NULL;

-- name: code_taken(code)^
SELECT 1 FROM rewards WHERE code = :code;

-- name: put_gift(person, reward, kind, code, percent, amount, shop, now, expires, withheld)!
-- Whether they have a chat is noted, so that those who have none are not looked through for news.
INSERT INTO rewards (person, reward, kind, code, percent, amount, shop, given_at, expires_at, withheld, chatless)
VALUES (
    :person, :reward, :kind, :code, :percent, :amount, :shop, :now, :expires, :withheld,
    NOT EXISTS (SELECT 1 FROM profiles WHERE person = :person)
)
ON CONFLICT (person, reward) DO NOTHING;

-- name: fill_gift(id, code, expires)!
UPDATE rewards SET code = :code, expires_at = :expires WHERE id = :id AND code IS NULL;

-- name: empty_gifts(reward)
SELECT id FROM rewards INDEXED BY rewards_without_code
WHERE reward = :reward AND kind = 'code' AND code IS NULL AND withheld IS NULL ORDER BY id;

-- name: gifts_of(person)
SELECT id, person, reward, kind, code, percent, amount, shop, coupon_at, given_at, expires_at, used_at, used_for, withheld
FROM rewards WHERE person = :person ORDER BY id DESC;

-- name: gift_coded(code)^
SELECT id, person, reward, kind, code, percent, amount, shop, coupon_at, given_at, expires_at, used_at, used_for, withheld
FROM rewards WHERE code = :code;

-- name: untold_gifts(after, size)
-- Those that can be handed out, and those that are withheld, of people who have a chat.
SELECT r.id, r.person, r.reward, r.kind, r.code, r.percent, r.amount, r.shop, r.coupon_at, r.given_at, r.expires_at, r.used_at, r.used_for, r.withheld
FROM rewards AS r
WHERE r.told_at IS NULL AND r.chatless = 0 AND r.id > :after
    AND (r.withheld IS NOT NULL OR r.kind = 'text' OR (r.code IS NOT NULL AND (r.shop IS NULL OR r.coupon_at IS NOT NULL)))
ORDER BY r.id LIMIT :size;

-- name: gift_told(id, now)!
UPDATE rewards SET told_at = :now WHERE id = :id AND told_at IS NULL;

-- name: use_gift(id, order, now)!
UPDATE rewards SET used_at = :now, used_for = :order WHERE id = :id AND used_at IS NULL;

-- name: free_gifts(order)!
UPDATE rewards SET used_at = NULL, used_for = NULL WHERE used_for = :order;

-- name: coupons_to_make(after, size)
SELECT id, code, percent, amount, shop, expires_at, reward FROM rewards
WHERE id > :after AND shop IS NOT NULL AND code IS NOT NULL AND coupon_at IS NULL ORDER BY id LIMIT :size;

-- name: coupon_made(id, now)!
UPDATE rewards SET coupon_at = :now WHERE id = :id AND coupon_at IS NULL;

-- name: last_event()^
SELECT MAX(seq) AS seq FROM journal;

-- name: orders_after(seq, size)
SELECT seq, content FROM journal WHERE seq > :seq AND type = 'order' AND refusal IS NULL ORDER BY seq LIMIT :size;

-- name: hold_invitation(person, member, code, reason, leads, now)!
INSERT INTO set_aside (person, member, code, reason, leads, at, told_at)
VALUES (:person, :member, :code, :reason, :leads, :now, CASE WHEN :leads THEN NULL ELSE :now END);

-- name: leads(member, reason, since)^
-- Whether there is one of the same kind already that began before.
SELECT 1 FROM set_aside WHERE member = :member AND reason = :reason AND (at > :since OR decision IS NULL) LIMIT 1;

-- name: waiting(person)^
SELECT id, member, code FROM set_aside WHERE person = :person AND decision IS NULL;

-- name: was_dropped(person, member)^
SELECT 1 FROM set_aside WHERE person = :person AND member = :member AND decision = 'dropped' LIMIT 1;

-- name: held_invitations(skip, count)
SELECT s.id, s.person, s.member, s.code, s.reason, s.at, s.decision,
    (SELECT COUNT(*) FROM set_aside AS o WHERE o.member = s.member AND o.decision IS NULL) AS alike
FROM set_aside AS s WHERE s.decision IS NULL ORDER BY s.id LIMIT :count OFFSET :skip;

-- name: held_invitations_total()^
SELECT COUNT(*) AS total FROM set_aside WHERE decision IS NULL;

-- name: held_invitation(id)^
SELECT s.id, s.person, s.member, s.code, s.reason, s.at, s.decision,
    (SELECT COUNT(*) FROM set_aside AS o WHERE o.member = s.member AND o.decision IS NULL) AS alike
FROM set_aside AS s WHERE s.id = :id;

-- name: held_invitations_of(member)
SELECT id, person, member, code FROM set_aside WHERE member = :member AND decision IS NULL ORDER BY id;

-- name: decide(id, decision, actor, note, tells_member, now)!
UPDATE set_aside
SET decision = :decision, decided_at = :now, decided_by = :actor, note = :note, tells_member = :tells_member
WHERE id = :id AND decision IS NULL;

-- name: untold_held_invitations(size)
-- The first of each burst, while it is still new to the admins.
SELECT s.id, s.person, s.member, s.code, s.reason, s.at, s.decision,
    (SELECT COUNT(*) FROM set_aside AS o WHERE o.member = s.member AND o.decision IS NULL) AS alike
FROM set_aside AS s WHERE s.told_at IS NULL ORDER BY s.id LIMIT :size;

-- name: aside_told(id, now)!
UPDATE set_aside SET told_at = :now WHERE id = :id AND told_at IS NULL;

-- name: untold_decisions(size)
SELECT s.id, s.person, s.member, s.decision, s.note, s.tells_member,
    (SELECT COUNT(*) FROM set_aside AS o
    WHERE o.member = s.member AND o.decided_at = s.decided_at AND o.decision = s.decision) AS alike
FROM set_aside AS s WHERE s.decided_at IS NOT NULL AND s.decision_told_at IS NULL ORDER BY s.id LIMIT :size;

-- name: decision_told(id, now)!
UPDATE set_aside SET decision_told_at = :now WHERE id = :id AND decision_told_at IS NULL;

-- name: first_order_of(buyer)
SELECT id, at FROM orders WHERE buyer = :buyer ORDER BY at, id LIMIT 1;

-- name: person_at(realm, external_id)^
SELECT person FROM identities WHERE realm = :realm AND external_id = :external_id;

-- name: has_chat(person)^
SELECT 1 FROM profiles WHERE person = :person;

-- name: inviter(person)^
SELECT sponsor FROM persons WHERE id = :person;
