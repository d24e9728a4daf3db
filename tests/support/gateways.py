"""Draws random answers of gateways: a status, a content type and a body, with the expected interpretation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.botapi.answers import ForeignAnswer
from bot.botapi.transport import NotDone
from bot.playground.faults import GatewayAnswer

STATUSES: Final = (200, 201, 202, 206, 301, 302, 307, 400, 401, 403, 404, 405, 407, 408, 409, 410, 413, 418, 421, 429)
FAILURES: Final = (500, 501, 502, 503, 504, 520, 521, 525, 530, 599)
READ: Final = ("application/json", "application/json; charset=utf-8", "text/plain", "", "application/octet-stream")
PAGES: Final = ("text/html", "text/html; charset=windows-1256", "application/xhtml+xml", "image/png", "garbage;;=")
CODES: Final[Mapping[int, type[TelegramError]]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
    429: RetryAfter,
    500: NotDone,
    502: NetworkError,
    503: NetworkError,
}
PASSING: Final = frozenset({401, 404, 409, 429, 500, 502, 503})
"""Telegram's own errors while it is in trouble; 400 and 403 concern the message."""
FOREIGN: Final = (
    "",
    " ",
    "null",
    "[]",
    "{}",
    "0",
    "true",
    '"ok"',
    '{"ok":false}',
    '{"ok":true}',
    '{"ok":null,"result":true}',
    '{"ok":"true","result":[]}',
    '{"ok":false,"error_code":"403","description":"Forbidden: bot was blocked by the user"}',
    '{"ok":false,"error_code":403}',
    '{"ok":false,"description":"Forbidden: bot was blocked by the user"}',
    '{"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    '{"ok":false,"error_code":403,"description":"Forbidden\udcff"}',
    '{"ok":false,"error_code":200,"description":"OK"}',
    '{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":"soon"}}',
    '{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":99999999999999999999}}',
    '{"ok":false,"error_code":400,"description":"x","parameters":[1]}',
    '{"message":"Forbidden"}',
    '{"error":{"code":401,"message":"Unauthorized"}}',
    '{"ok":true,"result":[',
    '{"ok":true,"result":"' + "x" * 20_000,
    "[" * 20_000,
    "<html><head><title>403 Forbidden</title></head><body><center>nginx</center></body></html>",
    "<!doctype html><title>Attention Required! | Cloudflare</title><script>var x = 1</script>",
    "<h1>404 Not Found</h1>",
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    "Bad Gateway",
    "upstream connect error or disconnect/reset before headers",
    "\udcff\udcfe\udc80",
    "\ufeff{}",
    "\x00" * 40,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Holds an answer, and the bot's expected error; None where it is Telegram's own success."""

    answer: GatewayAnswer
    error: type[TelegramError] | None
    code: int = 0


def draw(random: Random, right: Any, wrong: Any) -> Drawn:
    """Draws an answer to a method that has results like `right`, and never one like `wrong`."""
    is_page = random.random() < 0.4
    kind = random.choice(PAGES if is_page else READ)
    status = random.choice((*STATUSES, *FAILURES))
    body, error, code = _body(random, right, wrong)
    return Drawn(GatewayAnswer(status, kind, body), ForeignAnswer if is_page else error, 0 if is_page else code)


def draw_trouble(random: Random) -> Drawn:
    """Draws an answer that says nothing about the message to be sent."""
    while True:
        drawn = draw(random, True, None)
        if drawn.error is ForeignAnswer or drawn.code in PASSING:
            return drawn


def _body(random: Random, right: Any, wrong: Any) -> tuple[str, type[TelegramError] | None, int]:
    match random.randrange(6):
        case 0:
            code = random.choice(list(CODES))
            return _refusal(code, random), CODES[code], code
        case 1:
            return json.dumps({"ok": True, "result": wrong}), ForeignAnswer, 0
        case 2:
            return json.dumps({"ok": True, "result": right}), None, 0
        case 3:  # Telegram's own, cut off
            whole = json.dumps({"ok": True, "result": right})
            return whole[: random.randrange(len(whole))], ForeignAnswer, 0
        case _:
            return random.choice(FOREIGN), ForeignAnswer, 0


def _refusal(code: int, random: Random) -> str:
    more = {"parameters": {"retry_after": random.randint(1, 3)}} if code == 429 else {}
    return json.dumps({"ok": False, "error_code": code, "description": f"Some words ({code})", **more})
