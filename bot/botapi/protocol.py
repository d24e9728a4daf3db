"""Defines the Bot API as the bot calls it: methods with plain values."""

from typing import Any, Protocol

from bot.kit.json import Json
from engine.errors import MoarefError


class TokenRefused(MoarefError):
    """Reports that Telegram refuses the bot's token: it is mistyped or revoked, so an immediate retry cannot help."""


class Api(Protocol):
    """Calls methods of the Bot API with plain values."""

    async def call(self, method: str, params: Json, *, read_timeout: float | None = None) -> Any:
        """Returns the method's plain result. Raises TelegramError."""
