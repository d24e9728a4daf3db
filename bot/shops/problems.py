"""Reports shop problems to the admins: one by one, or many of a kind together."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.shop import ShopProblem
from bot.notifications.relay import Letters, PendingNotification
from bot.store import load_queries
from engine.store.driver import Connection
from engine.store.reader import Reader

ALONE_MAX: Final = 3
"""Number of problems of one shop and kind told one by one within GATHER_MS; further ones are gathered."""
GATHER_MS: Final = 60_000
READ_AT_ONCE: Final = 10
"""Maximum number of pages read, so that many problems of one kind do not hide another."""

Render = Callable[[ShopProblem, Person], Sequence[Outgoing]]
RenderMany = Callable[[Sequence[ShopProblem], Person], Sequence[Outgoing]]


class _Stored(NamedTuple):
    """Holds a problem as it is stored, its content in JSON."""

    id: int
    shop: str
    order: str
    kind: str
    content: str

    def problem(self) -> ShopProblem:
        return ShopProblem(self.shop, self.order, self.kind, json.loads(self.content))


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
        stored = [_Stored(row["id"], row["shop"], row["order_id"], row["kind"], row["content"]) for row in rows]
        if not many:
            return [self._alone(each) for each in stored]
        groups: dict[tuple[str, str], list[_Stored]] = defaultdict(list)
        for each in stored:
            groups[each.shop, each.kind].append(each)
        return [news for key, group in groups.items() for news in self._of_a_kind(key, group)]

    def _of_a_kind(self, key: tuple[str, str], stored: list[_Stored]) -> list[PendingNotification]:
        """Returns the notifications due for one shop and kind."""
        now = self._now()
        told_at = self._told_at[key] = [at for at in self._told_at.get(key, []) if 0 <= now - at < GATHER_MS]
        if len(told_at) + len(stored) <= ALONE_MAX:
            return [self._alone(each) for each in stored]
        return [] if told_at else [self._together(stored)]

    def _alone(self, stored: _Stored) -> PendingNotification:
        return PendingNotification(
            f"shop problem {stored.id}", partial(self._letters, stored), partial(self._note, [stored])
        )

    def _together(self, stored: list[_Stored]) -> PendingNotification:
        name = f"shop problems {stored[0].id} to {stored[-1].id}"
        return PendingNotification(name, partial(self._letters_together, stored), partial(self._note, stored))

    async def _letters(self, stored: _Stored) -> Letters:
        admins = await self._people.admins()
        return [(f"shop-problem:{stored.id}/{each.id}", self._render(stored.problem(), each)) for each in admins]

    async def _letters_together(self, stored: list[_Stored]) -> Letters:
        assert self._render_many is not None  # else each is told by itself
        problems, admins = [each.problem() for each in stored], await self._people.admins()
        cause = f"shop-problems:{stored[0].id}-{stored[-1].id}"
        return [(f"{cause}/{each.id}", self._render_many(problems, each)) for each in admins]

    def _note(self, stored: list[_Stored], connection: Connection, now: int) -> None:
        for each in stored:
            self._queries.told(connection, id=each.id, now=now)
        self._told_at.setdefault((stored[0].shop, stored[0].kind), []).append(self._now())
