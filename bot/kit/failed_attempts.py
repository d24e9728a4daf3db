"""Requests whose secret or signature is wrong, as handlers of the web see them."""

from dataclasses import dataclass
from typing import Literal, Protocol

Reason = Literal["no_secret", "wrong_secret", "no_signature", "misshapen_signature", "wrong_signature"]


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """A refused request: at which shop, or at "api" where no secret says which; why, and from which address."""

    shop: str
    reason: Reason
    address: str

    @property
    def is_guess(self) -> bool:
        """Whether it is slowed, and told to admins, when it goes on: whoever shows no secret at all guesses nothing."""
        return self.reason != "no_secret"


@dataclass(frozen=True, slots=True)
class Slowdown:
    """How an answer is slowed: held back for `delay_s` seconds, and not before `retry_after_s` worth another try."""

    delay_s: float
    retry_after_s: int


class FailedAttemptCounter(Protocol):
    """Where failed attempts are counted."""

    def note(self, attempt: FailedAttempt) -> Slowdown | None:
        """Counts one; None where its answer is not slowed."""
