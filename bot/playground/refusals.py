"""What the server answers instead of a result: Telegram's error codes and wordings.

One class for each kind of refusal. `violation` tells apart a call that breaks the documented contract (the caller's
mistake, recorded so that a test can assert that there was none) from one that meets the world as it is: a blocked
bot, a message that is gone, a query that is too old.
"""

from __future__ import annotations

from typing import ClassVar


class ApiRefusal(Exception):
    """Root of everything that the Bot API answers with `ok: false`; `description` is worded as Telegram does."""

    code: ClassVar[int] = 400
    violation: ClassVar[bool] = False

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description

    def answer(self) -> dict[str, object]:
        """Return the body of the HTTP answer; its status is `code`."""
        return {"ok": False, "error_code": self.code, "description": self.description}


class BadRequest(ApiRefusal):
    """The call is well formed and cannot be done: no such chat, nothing to change, too late."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Bad Request: {reason}")


class MalformedCall(BadRequest):
    """The call breaks the documented contract: a field, a type, a limit."""

    violation = True


class UnparsableText(MalformedCall):
    """Text that is not valid in its parse mode."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"can't parse entities: {reason}")


class NotSupported(MalformedCall):
    """Something that Telegram knows and this server does not do."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not supported by this server")


class UnknownMethod(ApiRefusal):
    """A method that the Bot API does not have."""

    code = 404
    violation = True

    def __init__(self) -> None:
        super().__init__("Not Found")


class FileGone(ApiRefusal):
    """A download of a file that the server does not keep."""

    code = 404

    def __init__(self) -> None:
        super().__init__("Not Found")


class WrongToken(ApiRefusal):
    """A token that is not this bot's."""

    code = 401

    def __init__(self) -> None:
        super().__init__("Unauthorized")


class BlockedByUser(ApiRefusal):
    """The person has blocked the bot."""

    code = 403

    def __init__(self) -> None:
        super().__init__("Forbidden: bot was blocked by the user")


class OtherPoller(ApiRefusal):
    """Two getUpdates at once: the earlier one ends with this."""

    code = 409

    def __init__(self) -> None:
        super().__init__(
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )


class WebhookActive(ApiRefusal):
    """Polling while a webhook is set."""

    code = 409

    def __init__(self) -> None:
        super().__init__(
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )


class TooManyRequests(ApiRefusal):
    """Faster than allowed; `retry_after` in seconds."""

    code = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too Many Requests: retry after {retry_after}")
        self.retry_after = retry_after

    def answer(self) -> dict[str, object]:
        """Return the body with the seconds to wait among its parameters."""
        return {**super().answer(), "parameters": {"retry_after": self.retry_after}}


class ServerFailure(ApiRefusal):
    """The platform's own failure, on demand."""

    code = 500

    def __init__(self) -> None:
        super().__init__("Internal Server Error")
