"""Purges old rows of the bot's tables."""

import sqlite3
from typing import Final

from bot.store import load_queries
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.support import LIFE_MS as SUPPORT_LIFE_MS
from bot.store.support import forget_support

_DAY_MS = 24 * 3600 * 1000
DONE_LIFE_MS = 7 * _DAY_MS
PARKED_LIFE_MS = 30 * _DAY_MS
HELD_LIFE_MS = 30 * _DAY_MS
DRAFT_LIFE_MS = 7 * _DAY_MS
TOLD_AT_ONCE: Final = 1_000
"""Orders whose problems are purged in one transaction; it bounds how long answers wait."""


def tidy(connection: sqlite3.Connection, inbox: Inbox, outbox: Outbox, now: int) -> None:
    """Purges done updates, sent messages and old cards after a week, parked updates' content after thirty days.

    Messages held for people who have blocked the bot are given up after thirty days, and so are the numbers of messages
    that were passed on to and from support. Runs inside a write transaction;
    `now` is ms, UTC.
    """
    inbox.tidy(connection, done_before=now - DONE_LIFE_MS, parked_before=now - PARKED_LIFE_MS)
    outbox.tidy(connection, finished_before=now - DONE_LIFE_MS, held_since=now - HELD_LIFE_MS, now=now)
    load_queries("people").forget_drafts(connection, before=now - DRAFT_LIFE_MS)
    forget_support(connection, before=now - SUPPORT_LIFE_MS)


def forget_told(connection: sqlite3.Connection, keep_days: int, now: int, size: int = TOLD_AT_ONCE) -> bool:
    """Purges problems of at most `size` orders that are over and were told more than `keep_days` ago. Returns whether
    there may be more.

    Problems that are open stay, however old they are. Runs inside a write transaction; `now` is ms, UTC.
    """
    forgotten: int = load_queries("shops").forget_told(connection, before=now - keep_days * _DAY_MS, size=size)
    return forgotten >= size
