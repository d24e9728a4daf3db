"""Defines requests with a wrong secret or signature, for handlers of the web."""

from dataclasses import dataclass
from typing import Literal, Protocol

Reason = Literal["no_secret", "wrong_secret", "no_signature", "misshapen_signature", "wrong_signature"]


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """Holds a refused request: at which shop, or "api" if no secret tells; why, and from which address."""

    shop: str
    reason: Reason
    address: str

    @property
    def is_guess(self) -> bool:
        """Returns whether repeated attempts are slowed and reported to admins: a missing secret is no guess."""
        return self.reason != "no_secret"


@dataclass(frozen=True, slots=True)
class Slowdown:
    """Slows an answer: delayed by `delay_s` seconds, with `retry_after_s` seconds until a retry."""

    delay_s: float
    retry_after_s: int


class FailedAttemptCounter(Protocol):
    """Counts failed attempts."""

    def note(self, attempt: FailedAttempt) -> Slowdown | None:
        """Counts an attempt; returns None if its answer is not slowed."""
