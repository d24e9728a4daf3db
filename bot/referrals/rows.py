"""Rows of the tables about friends, as the kit has them."""

from typing import Any

from bot.kit.friends import Aside, Decision
from bot.kit.rewards import Gift


def gift_of(row: Any) -> Gift:
    """A row of `rewards`. A code that is to be a coupon is ready once it is one."""
    is_coupon = row["shop"] is None or row["coupon_at"] is not None
    return Gift(
        id=row["id"],
        person=row["person"],
        reward=row["reward"],
        kind=row["kind"],
        code=row["code"],
        percent=row["percent"] or "",
        amount=row["amount"] or 0,
        given=row["given_at"],
        expires=row["expires_at"],
        used=row["used_at"],
        order=row["used_for"],
        withheld=row["withheld"],
        ready=row["kind"] == "text" or (row["code"] is not None and is_coupon),
        shop=row["shop"],
    )


def aside_of(row: Any) -> Aside:
    """A row of `set_aside` with how many are alike."""
    return Aside(row["id"], row["person"], row["member"], row["reason"], row["at"], row["alike"], row["decision"])


def decision_of(row: Any) -> Decision:
    """A row of `set_aside` that is decided, with how many were decided with it."""
    return Decision(row["id"], row["person"], row["member"], row["decision"], row["note"] or "", row["alike"])
