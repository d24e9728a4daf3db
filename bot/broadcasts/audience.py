"""Translates an audience's conditions to SQL about a profile `p`.

Ranks, joining and purchases are read from the engine's tables in the same file.
"""

from typing import Final

from bot.kit.broadcasts import Audience
from engine.store.driver import Value

_DAY_MS = 24 * 3600 * 1000

_MEMBER = "EXISTS (SELECT 1 FROM members AS m WHERE m.id = p.person)"
_BUYER = "EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = p.person)"
_RANK = "EXISTS (SELECT 1 FROM members AS r WHERE r.id = p.person AND r.rank = :rank)"
_ACTIVITIES: Final = {
    "active7": "p.seen_at >= :week_ago",
    "active30": "p.seen_at >= :month_ago",
    "away30": "p.seen_at < :month_ago",
    "joined": _MEMBER,
    "not_joined": f"NOT {_MEMBER}",
    "bought": _BUYER,
    "never_bought": f"NOT {_BUYER}",
}
_WANTS_THEM: Final = "NOT EXISTS (SELECT 1 FROM broadcasts_off AS f WHERE f.person = p.person)"


def condition(audience: Audience) -> str:
    """Returns SQL about a profile `p`, with the parameters of `parameters`.

    People who declined broadcasts are excluded.
    """
    conditions = [_WANTS_THEM]
    if audience.language:
        conditions.append("p.language = :language")
    if audience.rank:
        conditions.append(_RANK)
    if audience.activity:
        conditions.append(_ACTIVITIES[audience.activity])
    return " AND ".join(conditions)


def parameters(audience: Audience, now: int) -> dict[str, Value]:
    """Returns the values of the condition's named parameters; `now` is ms, UTC."""
    return {
        "language": audience.language,
        "rank": audience.rank,
        "week_ago": now - 7 * _DAY_MS,
        "month_ago": now - 30 * _DAY_MS,
    }
