-- name: sales_by_tag(since, until, count)
-- Of tags alone: the order of the joins is that of the span's own rows. Sums of amounts are made in two halves.
SELECT
    tag, SUM(came) AS came, SUM(joined) AS joined, SUM(orders) AS orders,
    SUM(net >> 32) AS sold_high, SUM(net & 4294967295) AS sold_low
FROM (
    SELECT l.name AS tag, 1 AS came, m.id IS NOT NULL AS joined, 0 AS orders, 0 AS net
    FROM persons AS p
    CROSS JOIN visits AS v ON v.person = p.id AND v.outcome = 'came'
    CROSS JOIN link_codes AS l ON l.code = v.code AND l.kind = 'tag'
    LEFT JOIN members AS m ON m.id = p.id
    WHERE p.since >= :since AND p.since < :until
    UNION ALL
    SELECT l.name, 0, 0, 1, o.total
    FROM orders AS o
    CROSS JOIN visits AS v ON v.person = o.buyer AND v.outcome = 'came'
    CROSS JOIN link_codes AS l ON l.code = v.code AND l.kind = 'tag'
    WHERE o.at >= :since AND o.at < :until
    UNION ALL
    SELECT l.name, 0, 0, 0, -o.refunded
    FROM orders AS o
    CROSS JOIN visits AS v ON v.person = o.buyer AND v.outcome = 'came'
    CROSS JOIN link_codes AS l ON l.code = v.code AND l.kind = 'tag'
    WHERE o.at >= :since AND o.at < :until AND o.refunded > 0
)
GROUP BY tag
ORDER BY SUM(net >> 32) + (SUM(net & 4294967295) >> 32) DESC, SUM(net & 4294967295) & 4294967295 DESC,
    SUM(came) DESC, tag
LIMIT :count;
