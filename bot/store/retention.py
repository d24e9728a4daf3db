"""What the machine forgets, and when."""

import sqlite3

from bot.store import load_queries
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox

_DAY_MS = 24 * 3600 * 1000
DONE_LIFE_MS = 7 * _DAY_MS
PARKED_LIFE_MS = 30 * _DAY_MS
HELD_LIFE_MS = 30 * _DAY_MS
DRAFT_LIFE_MS = 7 * _DAY_MS


def tidy(connection: sqlite3.Connection, inbox: Inbox, outbox: Outbox, now: int) -> None:
    """Done updates and sent messages go after a week, as do old cards; what a parked update said after thirty days.

    What is held for somebody who has blocked the bot is given up after thirty days. A writer's job; `now` is ms, UTC.
    """
    inbox.tidy(connection, done_before=now - DONE_LIFE_MS, parked_before=now - PARKED_LIFE_MS)
    outbox.tidy(connection, finished_before=now - DONE_LIFE_MS, held_since=now - HELD_LIFE_MS, now=now)
    load_queries("people").forget_drafts(connection, before=now - DRAFT_LIFE_MS)
