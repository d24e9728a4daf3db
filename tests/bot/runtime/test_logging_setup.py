import io
import json
import logging
import warnings

import pytest
import structlog
from telegram.error import NetworkError

from bot.botapi.client import build_bot
from bot.runtime.logging_setup import MASK, Scrubber, set_up_logs

TOKEN = "123456789:AAsecret_secret_secret_secret_12345"
KEY = "c2VjcmV0IGtleSBvZiB0aGUgc3RvcmUsIDMyIGJ5dGU="


@pytest.fixture
def log() -> io.StringIO:
    """Where logs go."""
    return io.StringIO()


def lines_of(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_our_logs_and_the_libraries_come_as_json_lines_with_level_name_and_time(log: io.StringIO) -> None:
    set_up_logs(level="info", style="json", secrets=[], stream=log)
    structlog.get_logger("bot.app").info("started", persons=3)
    logging.getLogger("telegram.Bot").warning("پیام %s", 7)
    logging.getLogger("bot.app").debug("not this one")
    first, second = lines_of(log)
    assert (first["event"], first["persons"], first["level"], first["logger"]) == ("started", 3, "info", "bot.app")
    assert (second["event"], second["level"]) == ("پیام 7", "warning")
    assert str(second["timestamp"]).endswith("Z")


@pytest.mark.parametrize("style", ["json", "console"])
def test_secrets_are_in_no_line_wherever_they_were_put(log: io.StringIO, style: str) -> None:
    set_up_logs(level="debug", style="json" if style == "json" else "console", secrets=[TOKEN, KEY, ""], stream=log)
    logger = structlog.get_logger("bot.app")
    logger.info("using %s", TOKEN, key=KEY, nested={"urls": [f"http://host/bot{TOKEN}/getMe"], TOKEN: 1})
    logging.getLogger("httpx").error("POST %s", f"http://host/bot{TOKEN.replace(':', '%3A')}/getMe")
    logging.getLogger("aiohttp.client").warning("%r", NetworkError(f"no way to {TOKEN}"))
    try:
        raise ValueError(f"the key {KEY} is wrong")
    except ValueError:
        logger.exception("failed")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"do not use {TOKEN}", UserWarning, stacklevel=1)
    build_bot(TOKEN)  # the library tells its URLs at debug level
    text = log.getvalue()
    assert text.count(MASK) >= 6
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text
    assert KEY not in text


def test_libraries_that_tell_of_every_call_are_heard_from_warnings_on(log: io.StringIO) -> None:
    set_up_logs(level="debug", style="json", secrets=[], stream=log)
    for name in ("httpx", "telegram.Bot", "aiosqlite", "uvicorn.access"):
        logging.getLogger(name).info("one more call")
    assert log.getvalue() == ""


def test_a_token_that_nobody_told_of_is_known_by_its_look() -> None:
    scrubber = Scrubber([])
    assert scrubber.scrub(f"https://api.telegram.org/bot{TOKEN}/getMe") == f"https://api.telegram.org/bot{MASK}/getMe"
    assert scrubber.scrub(["12:30 today", 15, {"at": "2026-11-22T03:34:00"}]) == [
        "12:30 today",
        15,
        {"at": "2026-11-22T03:34:00"},
    ]
