"""Reports shop problems to the admins: one by one, or many of a kind together."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.shop import ShopProblem
from bot.notifications.relay import Letters, PendingNotification
from bot.store import load_queries
from engine.store.driver import Connection, Row
from engine.store.reader import Reader

ALONE_MAX: Final = 3
"""Number of problems of one shop and kind told one by one within GATHER_MS; further ones are gathered."""
GATHER_MS: Final = 60_000
READ_AT_ONCE: Final = 10
"""Maximum number of pages read, so that many problems of one kind do not hide another."""

Render = Callable[[ShopProblem, Person], Sequence[Outgoing]]
RenderMany = Callable[[Sequence[ShopProblem], Person], Sequence[Outgoing]]


class ShopProblems:
    """Reads the table of problems; it is a relay's Source."""

    def __init__(
        self,
        reader: Reader,
        people: People,
        render: Render,
        *,
        render_many: RenderMany | None = None,
        now: Callable[[], int] = lambda: 0,
    ) -> None:
        """`now` returns ms, UTC. Without `render_many` each problem is told by itself."""
        self._reader = reader
        self._people = people
        self._render = render
        self._render_many = render_many
        self._now = now
        self._queries = load_queries("shops")
        self._told_at: dict[tuple[str, str], list[int]] = {}  # after a restart some are only told sooner

    async def untold(self, size: int) -> list[PendingNotification]:
        """Returns the problems to tell; none before an admin has begun a chat."""
        if not await self._people.admins():
            return []
        many = self._render_many is not None
        rows = await self._reader.fetch(self._queries.untold.sql, {"size": size * READ_AT_ONCE if many else size})
        if not many:
            return [self._alone(row) for row in rows]
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            groups[row["shop"], row["kind"]].append(row)
        return [news for key, group in groups.items() for news in self._of_a_kind(key, group)]

    def _of_a_kind(self, key: tuple[str, str], rows: list[Row]) -> list[PendingNotification]:
        """Returns the notifications due for one shop and kind."""
        now = self._now()
        told_at = self._told_at[key] = [at for at in self._told_at.get(key, []) if 0 <= now - at < GATHER_MS]
        if len(told_at) + len(rows) <= ALONE_MAX:
            return [self._alone(row) for row in rows]
        return [] if told_at else [self._together(rows)]

    def _alone(self, row: Row) -> PendingNotification:
        return PendingNotification(f"shop problem {row['id']}", partial(self._letters, row), partial(self._note, [row]))

    def _together(self, rows: list[Row]) -> PendingNotification:
        name = f"shop problems {rows[0]['id']} to {rows[-1]['id']}"
        return PendingNotification(name, partial(self._letters_together, rows), partial(self._note, rows))

    async def _letters(self, row: Row) -> Letters:
        admins = await self._people.admins()
        return [(f"shop-problem:{row['id']}/{each.id}", self._render(_problem(row), each)) for each in admins]

    async def _letters_together(self, rows: list[Row]) -> Letters:
        assert self._render_many is not None  # else each is told by itself
        problems, admins = [_problem(row) for row in rows], await self._people.admins()
        cause = f"shop-problems:{rows[0]['id']}-{rows[-1]['id']}"
        return [(f"{cause}/{each.id}", self._render_many(problems, each)) for each in admins]

    def _note(self, rows: list[Row], connection: Connection, now: int) -> None:
        for row in rows:
            self._queries.told(connection, id=row["id"], now=now)
        self._told_at.setdefault((rows[0]["shop"], rows[0]["kind"]), []).append(self._now())


def _problem(row: Any) -> ShopProblem:
    return ShopProblem(row["shop"], row["order_id"], row["kind"], json.loads(row["content"]))
