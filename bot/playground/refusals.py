"""Defines the server's error answers: Telegram's error codes and wordings.

One class for each kind of refusal. `violation` marks a call that breaks the documented contract (the caller's bug,
recorded so that tests can assert that there was none), unlike one that fails for its circumstances: a blocked bot, a
deleted message, an expired query.
"""

from __future__ import annotations

from typing import ClassVar


class ApiRefusal(Exception):
    """Base of all answers with `ok: false`; `description` is worded as Telegram does."""

    code: ClassVar[int] = 400
    violation: ClassVar[bool] = False

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description

    def answer(self) -> dict[str, object]:
        """Returns the body of the HTTP answer; its status is `code`."""
        return {"ok": False, "error_code": self.code, "description": self.description}


class BadRequest(ApiRefusal):
    """Refuses a well-formed call that cannot be done: no such chat, nothing to change, too late."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Bad Request: {reason}")


class MalformedCall(BadRequest):
    """Refuses a call that breaks the documented contract: a field, a type, a limit."""

    violation = True


class UnparsableText(MalformedCall):
    """Refuses text that is invalid in its parse mode."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"can't parse entities: {reason}")


class NotSupported(MalformedCall):
    """Refuses a feature of Telegram that this server lacks."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not supported by this server")


class UnknownMethod(ApiRefusal):
    """Refuses a method that the Bot API does not have."""

    code = 404
    violation = True

    def __init__(self) -> None:
        super().__init__("Not Found")


class FileGone(ApiRefusal):
    """Refuses the download of an unknown file."""

    code = 404

    def __init__(self) -> None:
        super().__init__("Not Found")


class WrongToken(ApiRefusal):
    """Refuses another bot's token."""

    code = 401

    def __init__(self) -> None:
        super().__init__("Unauthorized")


class BlockedByUser(ApiRefusal):
    """Refuses a call to a person who has blocked the bot."""

    code = 403

    def __init__(self) -> None:
        super().__init__("Forbidden: bot was blocked by the user")


class RemovedFromGroup(ApiRefusal):
    """Refuses a call to a group that has removed the bot."""

    code = 403

    def __init__(self) -> None:
        super().__init__("Forbidden: bot was kicked from the group chat")


class ChatMoved(BadRequest):
    """Refuses a call to a group that has become a supergroup, and names that."""

    def __init__(self, moved_to: int) -> None:
        super().__init__("group chat was upgraded to a supergroup chat")
        self.moved_to = moved_to

    def answer(self) -> dict[str, object]:
        """Returns the body with the supergroup's id among its parameters."""
        return {**super().answer(), "parameters": {"migrate_to_chat_id": self.moved_to}}


class OtherPoller(ApiRefusal):
    """Ends the earlier of two concurrent getUpdates."""

    code = 409

    def __init__(self) -> None:
        super().__init__(
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )


class WebhookActive(ApiRefusal):
    """Refuses polling while a webhook is set."""

    code = 409

    def __init__(self) -> None:
        super().__init__(
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )


class FloodRefusal(ApiRefusal):
    """Refuses a call above the rate limit; `retry_after` in seconds."""

    code = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too Many Requests: retry after {retry_after}")
        self.retry_after = retry_after

    def answer(self) -> dict[str, object]:
        """Returns the body with the seconds to wait among its parameters."""
        return {**super().answer(), "parameters": {"retry_after": self.retry_after}}


class ServerFailure(ApiRefusal):
    """Reports a failure of Telegram itself, on request."""

    code = 500

    def __init__(self) -> None:
        super().__init__("Internal Server Error")
