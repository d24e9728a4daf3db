"""Stores the bot's account as Telegram last reported it."""

from hashlib import sha256

from bot.botapi.identity import Account
from bot.store import load_queries
from engine.store.reader import Reader
from engine.store.writer import Writer


class BotAccounts:
    """Holds the table `bot_account`: one row for each bot that this store has served.

    A bot is identified by the number at the start of its token. Only the token's digest is stored.
    """

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._queries = load_queries("account")

    async def last(self, token: str) -> Account | None:
        """Returns the token's account; None if this store has not served it."""
        row = await self._reader.fetch_one(self._queries.account.sql, {"id": _number(token)})
        return None if row is None else Account(row["username"], bool(row["inline"]))

    async def has_known(self, token: str) -> bool:
        """Returns whether Telegram has ever accepted this very token."""
        row = await self._reader.fetch_one(self._queries.account.sql, {"id": _number(token)})
        return row is not None and row["token_digest"] == _digest(token)

    async def remember(self, token: str, account: Account, now: int) -> None:
        """Records the account that Telegram reported at `now` (ms, UTC)."""
        row = {
            "id": _number(token),
            "username": account.username,
            "inline": int(account.inline),
            "token_digest": _digest(token),
            "now": now,
        }
        await self._writer.run(lambda connection: self._queries.remember(connection, **row))


def _number(token: str) -> str:
    return token.partition(":")[0]


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
