"""Holds a row's content for each kind of notice, as it was stored before notices were types."""

from collections.abc import Mapping
from typing import Any, Final

STORED: Final[Mapping[str, dict[str, Any]]] = {
    "friend_came": {"friend": "HAMID"},
    "friend_joined": {"friend": "HAMID"},
    "friend_bought": {"friend": "HAMID", "order": "A17", "total": 100_000, "why": "window"},
    "commission": {
        "number": 31,
        "amount": 13_000,
        "kind": "level",
        "level": 2,
        "state": "held",
        "source": "order:A17",
        "matures": 1_774_090_800_000,
        "blocker": "SARA",
    },
    "released": {"number": 31, "amount": 13_000, "state": "pending", "source": "order:A17", "matures": 5},
    "available": {"amount": 26_000, "count": 2, "number": 31},
    "reversed": {"number": 31, "amount": 6_500, "order": "A17", "left": 6_500, "source": "order:A17"},
    "rejected": {"number": 31, "amount": 13_000, "source": "order:A17"},
    "cap_reached": {"source": "order:A17", "cut": 13_000, "cap": "lifetime", "limit": 90_000},
    "adjusted": {"amount": -500, "reason": "a double payment"},
    "rank_reached": {"rank": "silver", "bonus": 50_000},
    "suspended": {},
    "reinstated": {},
    "withdrawal_requested": {"number": 17, "id": "w1", "amount": 15_000},
    "withdrawal_cancelled": {"number": 17, "id": "w1", "amount": 15_000},
    "withdrawal_approved": {"number": 17, "id": "w1", "amount": 15_000},
    "withdrawal_rejected": {"number": 17, "id": "w1", "amount": 15_000},
    "withdrawal_paid": {"number": 17, "id": "w1", "amount": 15_000},
    "admin_withdrawal_requested": {"member": "SARA", "number": 17, "id": "w1", "amount": 15_000},
    "admin_withdrawal_cancelled": {"member": "SARA", "number": 17, "id": "w1", "amount": 15_000},
}
