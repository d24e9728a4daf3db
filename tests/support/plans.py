"""Defines programmes for tests of the chat, one for each kind of plan."""

from collections.abc import Mapping
from typing import Any

from chat import UNILEVEL


def with_plan(**plan: Any) -> dict[str, Any]:
    """Returns the usual programme with another plan."""
    return {**UNILEVEL, "plan": plan}


def with_ranks(*ranks: Mapping[str, Any], **program: Any) -> dict[str, Any]:
    """Returns the usual programme with other ranks, and its own settings."""
    return {**UNILEVEL, "program": {**UNILEVEL["program"], **program}, "ranks": [dict(rank) for rank in ranks]}


def binary(**more: Any) -> dict[str, Any]:
    """Returns a programme with three levels over two legs that spill to the left, each of which must have a member."""
    levels = {"levels": ["15%", "12%", "8%"], "chain": True, "requires": {"legs": 1}}
    return with_plan(kind="binary", spill="left", **levels, **more)


WEEKLY: Mapping[str, Any] = {"period": "week", "rate": "10%"}
BASE: Mapping[str, Any] = {"id": "base", "commission": "20%"}
SILVER: Mapping[str, Any] = {
    "id": "silver",
    "commission": "25%",
    "bonus": 9000,
    "requires": {"recruits": 2, "sales": 300_000, "earnings": 50_000},
}
