"""What a person can do wrong in the chat, a class for each. Its text is the message `refused-<code>`.

Fields are what the text may name, in types that say how to show them: str, int (a count) or Currency.
"""

from dataclasses import dataclass
from typing import ClassVar

from engine.errors import MoarefError


@dataclass(eq=False)
class UserError(MoarefError):
    """The root of what people do that the chat cannot take: told to them, and nothing changes."""

    code: ClassVar[str] = "misstep"

    def __str__(self) -> str:
        return self.code


@dataclass(eq=False)
class StaleButton(UserError):
    """Callback data that no feature knows any more, or never did."""

    code: ClassVar[str] = "old_button"


@dataclass(eq=False)
class NotYours(UserError):
    """A button or a card that somebody else was given."""

    code: ClassVar[str] = "not_yours"


@dataclass(eq=False)
class DraftGone(UserError):
    """A card that never was, or is too old to be confirmed."""

    code: ClassVar[str] = "draft_gone"


@dataclass(eq=False)
class DraftUsed(UserError):
    """A card that has been confirmed: a second press changes nothing."""

    code: ClassVar[str] = "draft_used"
