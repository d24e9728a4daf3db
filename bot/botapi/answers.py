"""Tells Telegram's own answers from those of an intermediary: a gateway's page, a proxy's JSON. Pure.

Only Telegram's own answer decides anything. Every other answer, with any status, is an outage.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from telegram.error import NetworkError

from bot.kit.json import JsonView

OK: Final = 200
RETRY_AFTER_SECONDS_MAX: Final = 7 * 86_400
"""Telegram asks for hours at most; a longer retry_after is not Telegram's."""
WORDS_MAX: Final = 60

_ERRORS: Final = range(400, 600)
_READABLE: Final = frozenset(
    {"", "application/json", "text/json", "text/plain", "application/octet-stream", "application/javascript"}
)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "application/json"})
_HEADLINE: Final = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_HIDDEN: Final = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>?")
_LOOKED_AT: Final = 4096


class ForeignAnswer(NetworkError):
    """Reports an answer that is not Telegram's, or arrived damaged: whether the call had its effect is unknown."""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """Holds Telegram's own answer: 200 and the result, or its error code and description.

    `retry_after` is in seconds, 0 for none.
    """

    code: int
    retry_after: int = 0
    result: object = field(default=None, compare=False)
    description: str = field(default="", compare=False)


def own_answer(content_type: str, content: bytes) -> OwnAnswer | None:
    """Returns Telegram's own answer, None where the answer is not Telegram's.

    A result may hold a name that is invalid UTF-8; an error, which is acted upon, must be well-formed.
    """
    if not _is_readable(content_type):
        return None
    answer = _parsed(content)
    if not isinstance(answer, dict):
        return None
    if answer.get("ok") is True:
        return OwnAnswer(OK, result=answer["result"]) if "result" in answer else None
    return _refusal(answer) if _is_utf8(content) else None


def own_file(content_type: str, status: int) -> bool:
    """Returns whether a download is a file: Telegram never sends one as a page or as JSON."""
    return status == OK and _kind(content_type) not in _PAGES


def in_words(status: int, content_type: str, content: bytes) -> str:
    """Describes an answer for the log: status, content type and the first words of its title; never the page."""
    text = content[:_LOOKED_AT].decode("utf-8", "replace")
    headline = _HEADLINE.search(text)
    bare = _TAG.sub(" ", _HIDDEN.sub(" ", headline.group(2) if headline else text))
    words = " ".join("".join(each if each.isprintable() else " " for each in bare).split())
    short = words if len(words) <= WORDS_MAX else f"{words[: WORDS_MAX - 1]}…"
    return f"HTTP {status}, {_kind(content_type) or 'no content type'}, {short or 'no words'}"


def is_result_of(method: str, result: object) -> bool:
    """Returns whether a result has the method's shape, as far as the bot reads it."""
    expected = _SHAPES.get(method)
    return expected is None or expected(result)


def _refusal(answer: JsonView) -> OwnAnswer | None:
    code, description = answer.get("error_code"), answer.get("description")
    if answer.get("ok") is not False or not _is_int(code) or code not in _ERRORS or not isinstance(description, str):
        return None
    parameters = answer.get("parameters", {})
    if not isinstance(parameters, dict) or not _is_int(parameters.get("migrate_to_chat_id", 0)):
        return None
    retry_after = parameters.get("retry_after", 0)
    if not _is_int(retry_after) or not 0 <= retry_after <= RETRY_AFTER_SECONDS_MAX:
        return None
    return OwnAnswer(code, retry_after, description=description)


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _kind(content_type: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()[:WORDS_MAX]
    return "".join(each for each in kind if each.isprintable())


def _is_readable(content_type: str) -> bool:
    kind = _kind(content_type)
    return kind in _READABLE or kind.endswith("+json")


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_true(result: object) -> bool:
    return result is True


def _is_message(result: object) -> bool:
    return isinstance(result, dict) and _is_int(result.get("message_id"))


def _is_edit(result: object) -> bool:
    return _is_true(result) or _is_message(result)


def _is_list(result: object) -> bool:
    return isinstance(result, list)


def _is_bot(result: object) -> bool:
    return isinstance(result, dict) and _is_int(result.get("id")) and bool(_text(result, "username"))


def _is_webhook(result: object) -> bool:
    return isinstance(result, dict) and isinstance(result.get("url", ""), str)


def _is_file(result: object) -> bool:
    return isinstance(result, dict) and bool(_text(result, "file_id")) and bool(_text(result, "file_path"))


def _text(result: JsonView, name: str) -> str:
    value = result.get(name)
    return value if isinstance(value, str) else ""


def _is_transactions(result: object) -> bool:
    listed = result.get("transactions") if isinstance(result, dict) else None
    return isinstance(listed, list) and all(map(_is_transaction, listed))


def _is_transaction(each: object) -> bool:
    return (
        isinstance(each, dict)
        and bool(_text(each, "id"))
        and _is_int(each.get("amount"))
        and all(_is_partner(each.get(side)) for side in ("source", "receiver"))
    )


def _is_partner(partner: object) -> bool:
    """Returns whether the value is a payer or payee; a user has an id."""
    if partner is None:
        return True
    if not isinstance(partner, dict):
        return False
    user = partner.get("user")
    return partner.get("type") != "user" or (isinstance(user, dict) and _is_int(user.get("id")))


_SHAPES: Final[Mapping[str, Callable[[object], bool]]] = {
    "getMe": _is_bot,
    "getUpdates": _is_list,
    "getWebhookInfo": _is_webhook,
    "getFile": _is_file,
    "getStarTransactions": _is_transactions,
    **dict.fromkeys(("sendMessage", "sendPhoto", "sendInvoice", "copyMessage", "forwardMessage"), _is_message),
    **dict.fromkeys(("editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"), _is_edit),
    **dict.fromkeys(("answerCallbackQuery", "answerInlineQuery", "answerPreCheckoutQuery"), _is_true),
    **dict.fromkeys(("deleteWebhook", "deleteMessage", "setMyCommands", "refundStarPayment"), _is_true),
}
