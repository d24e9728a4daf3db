"""Stores what Telegram was told about the bot itself."""

from bot.botapi.bot_profile import KeptText, Place
from bot.store import load_queries
from engine.store.reader import Reader
from engine.store.writer import Writer


class BotProfileRows:
    """Holds the table `bot_profile` for the bot of one token, which is identified by the number at its start."""

    def __init__(self, writer: Writer, reader: Reader, token: str) -> None:
        self._writer = writer
        self._reader = reader
        self._bot = token.partition(":")[0]
        self._queries = load_queries("bot_profile")

    async def texts(self) -> dict[Place, KeptText]:
        """Returns everything that is stored for this bot."""
        rows = await self._reader.fetch(self._queries.texts.sql, {"bot": self._bot})
        return {
            (row["field"], row["language"]): KeptText(row["value"], bool(row["ours"]), row["retry_at"]) for row in rows
        }

    async def keep(self, place: Place, text: KeptText) -> None:
        """Stores what Telegram has."""
        field, language = place
        row = {"value": text.value, "ours": int(text.ours), "retry_at": text.retry_at}
        await self._writer.run(
            lambda connection: self._queries.keep(connection, bot=self._bot, field=field, language=language, **row)
        )
