"""Defines the platform as the machine uses it: methods of the Bot API with plain values."""

from typing import Any, Protocol

from engine.errors import MoarefError


class TokenRefused(MoarefError):
    """The platform does not know the bot's token: it was mistyped or revoked, and trying again at once cannot help."""


class Api(Protocol):
    """The platform as the machine uses it: methods of the Bot API with plain values."""

    async def call(self, method: str, params: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """The method's plain result. Raises TelegramError."""
