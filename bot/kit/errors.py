"""Defines users' input errors, one class each. The text is the message `refused-<code>`.

Fields are what the text may name, in types that say how to show them: str, int (a count) or Currency.
"""

from dataclasses import dataclass
from typing import ClassVar

from engine.errors import MoarefError


@dataclass(eq=False)
class UserError(MoarefError):
    """Base of invalid user input: reported to the user, changes nothing."""

    code: ClassVar[str] = "misstep"

    def __str__(self) -> str:
        return self.code


@dataclass(eq=False)
class StaleButton(UserError):
    """Raised for callback data that no feature knows any more, or never did."""

    code: ClassVar[str] = "old_button"


@dataclass(eq=False)
class NotYours(UserError):
    """Raised for a button or card that was given to another person."""

    code: ClassVar[str] = "not_yours"


@dataclass(eq=False)
class OwnersOnly(UserError):
    """Raised when an admin who is no owner asks for what owners alone may do."""

    code: ClassVar[str] = "owners_only"


@dataclass(eq=False)
class DraftGone(UserError):
    """Raised for a card that never was, or is too old to be confirmed."""

    code: ClassVar[str] = "draft_gone"


@dataclass(eq=False)
class DraftUsed(UserError):
    """Raised for a card that has been confirmed: a second press changes nothing."""

    code: ClassVar[str] = "draft_used"
