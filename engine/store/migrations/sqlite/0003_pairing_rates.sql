-- A pairing commission says by what it was paid, as the programme that was in force when its period closed had it.
UPDATE commissions SET
    trace = json_patch(
        trace,
        COALESCE(
            (
                SELECT
                    json_object(
                        'rate', json_extract(content, '$.tables.plan.pairing.rate'),
                        'unit', json_extract(content, '$.tables.plan.pairing.unit'),
                        'bonus', json_extract(content, '$.tables.plan.pairing.bonus')
                    )
                FROM journal
                WHERE type = 'programme' AND refusal IS NULL AND at < credited
                ORDER BY seq DESC
                LIMIT 1
            ),
            '{}'
        )
    )
WHERE
    kind = 'pairing'
    AND json_extract(trace, '$.rate') IS NULL
    AND json_extract(trace, '$.unit') IS NULL;
