"""Delivers states of one WooCommerce order one after the other, and returns their results."""

from __future__ import annotations

from typing import Any

from storefront import Storefront, woo_order

REFUND = {"id": 1, "reason": "", "total": "-11000"}
"""A tenth of a small order, shipping included."""


def at(second: int, **fields: Any) -> dict[str, Any]:
    """Returns an order changed so many seconds after ten o'clock."""
    return woo_order(date_modified_gmt=f"2026-03-21T10:{second // 60:02}:{second % 60:02}", **fields)


async def changes(front: Storefront, *states: dict[str, Any]) -> list[str]:
    """Returns the result of each delivery."""
    answers = [await front.deliver(state) for state in states]
    assert {answer.status_code for answer in answers} <= {200}
    return [str(answer.json()["change"]) for answer in answers]


async def left_of(front: Storefront, order: str = "woo:727") -> int:
    view = await front.engine.order(order)
    assert view is not None
    return view.total - view.refunded


def kinds(front: Storefront) -> list[str]:
    """Returns the problems reported to the admins, in order."""
    return [kind for (kind,) in front.rows("SELECT kind FROM shop_problems ORDER BY id")]
