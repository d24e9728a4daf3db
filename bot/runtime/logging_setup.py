"""Configures logging: structlog for this process and its libraries, with secrets masked in every line."""

import logging
import re
from collections.abc import Collection
from typing import Any, Final, Literal, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

MASK: Final = "<secret>"
_TOKEN: Final = r"[0-9]{6,}(?::|%3A)[A-Za-z0-9_-]{30,}"  # noqa: S105  what a secret looks like is none
"""Pattern of a bot token, for tokens that are not configured secrets."""

_TALKATIVE: Final = ("aiohttp", "aiosqlite", "asyncio", "httpcore", "httpx", "telegram", "uvicorn")
"""Libraries that log every call below WARNING, some of them with its URL."""

_RECURRENT: Final = "apscheduler"
"""A library that warns of each run that is left out because the last one still goes on, which is as it should be."""


class Scrubber:
    """Masks secrets in log values, at any depth."""

    def __init__(self, secrets: Collection[str]) -> None:
        written = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""))}
        known = sorted(written, key=len, reverse=True)
        self._pattern = re.compile("|".join([*map(re.escape, known), _TOKEN]))

    def scrub(self, value: Any) -> Any:
        """Returns the value with every secret masked; a non-text value becomes its repr where that contains one."""
        if isinstance(value, str):
            return self._pattern.sub(MASK, value)
        if isinstance(value, dict):
            return {self.scrub(key): self.scrub(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.scrub(each) for each in value]
        shown = repr(value)
        return self._pattern.sub(MASK, shown) if self._pattern.search(shown) else value

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Masks an event's values, as a structlog processor."""
        return {key: self.scrub(value) for key, value in event.items()}


def set_up_logs(*, level: str, style: Literal["console", "json"], secrets: Collection[str], stream: TextIO) -> None:
    """Sends every log of this process to `stream`, from `level` up ("info", "debug" ...), scrubbed of `secrets`.

    Call it once, at the start; an earlier setup is replaced.
    """
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=_rendering(style, Scrubber(secrets), colours=stream.isatty())
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.getLogger(_RECURRENT).setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)


def _rendering(style: Literal["console", "json"], scrubber: Scrubber, *, colours: bool) -> list[Processor]:
    """Returns the rendering processors. Tracebacks become text before the scrubber, so that it sees everything."""
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "console":
        last = structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        scrubber,
        last,
    ]
