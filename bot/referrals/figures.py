"""Implements the kit's ProgrammeFigures: the engine's queries, and sales by the tags of members' links."""

from bot.kit.figures import TagSales
from bot.store import load_queries
from engine.queries.figures import FigureQueries
from engine.store.reader import Reader
from engine.store.sums import exact


class FiguresBook(FigureQueries):
    """Answers from a reader of its own, so that nobody else waits for a long span."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._queries = load_queries("figures")

    async def sales_by_tag(self, since: int, until: int, count: int) -> list[TagSales]:
        """Returns what came of tags of members' links, the largest sales first."""
        span = {"since": since, "until": until, "count": count}
        return [
            TagSales(row["tag"], row["came"], row["joined"], row["orders"], exact(row["sold_high"], row["sold_low"]))
            for row in await self._reader.fetch(self._queries.sales_by_tag.sql, span)
        ]
