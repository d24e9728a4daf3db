"""Converts rows of the referral tables to the kit's types."""

from bot.kit.friends import HeldInvitation, ReviewDecision
from bot.kit.rewards import Gift
from engine.store.driver import Row


def gift_of(row: Row) -> Gift:
    """Returns the reward in a row of `rewards`. A code that becomes a coupon is ready once the shop has it."""
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


def held_invitation_of(row: Row) -> HeldInvitation:
    """Returns the held invitation in a row of `set_aside`, with the number of similar ones."""
    return HeldInvitation(
        row["id"], row["person"], row["member"], row["reason"], row["at"], row["alike"], row["decision"]
    )


def decision_of(row: Row) -> ReviewDecision:
    """Returns the decision in a row of `set_aside`, with the number decided together."""
    return ReviewDecision(row["id"], row["person"], row["member"], row["decision"], row["note"] or "", row["alike"])
