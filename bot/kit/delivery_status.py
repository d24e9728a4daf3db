"""Defines messages' delivery status, as admins look it up."""

from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["answer", "notice", "broadcast"]
State = Literal["waiting", "sending", "sent", "blocked", "failed", "unknown", "declined", "cancelled"]


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """Holds one message to one chat.

    reference: the one that the person can read in it, or the broadcast's number; None where it has neither. at: when it
    got its last state, or was written while it waits (ms, UTC). unsure: how many of its calls may have arrived
    unconfirmed: a message that was sent after such a call may have come more than once. problem: why it failed, for
    admins.
    """

    kind: Kind
    cause: str
    reference: str | None
    state: State
    at: int
    unsure: int = 0
    problem: str | None = None


class DeliveryStatuses(Protocol):
    """Looks up delivery statuses."""

    async def of_chat(self, chat_id: int, count: int) -> list[DeliveryStatus]:
        """Returns the last messages to a chat, the newest first."""
