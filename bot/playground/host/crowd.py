"""Creates eighty members and a month of their orders, so that the demo shows an established shop.

They use the engine like everyone else, and the clock advances from day to day meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bot.kit.formatting import in_digits
from bot.kit.languages import HABITS, Language
from bot.playground.host.show import RunningBot
from engine.service import Engine

SIZE: Final = 80
DAYS: Final = 30
ORDERS_A_DAY: Final = 8
BELOW_VISIBLE: Final = 10
"""Number of them below the visible member: enough for pages, few enough to read the messages."""
DIRECT: Final = 4
"""Number of those whom the visible member invited directly."""
FIRST_ID: Final = 1_000_000
PRICES: Final = tuple(range(80_000, 900_000, 35_000))
PRODUCTS: Final = {"en": ("shoes", "boots", "sandals"), "fa": ("کفش", "چکمه", "صندل")}
NAMES: Final = {"en": ("Maryam", "Karim", "Mohammad", "Sara"), "fa": ("مریم", "کریم", "محمد", "سارا")}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Holds one new member: their number, and whose link they follow (None: the visible member's)."""

    place: int
    sponsor: int | None


def newcomers(random: Random, first: int, size: int = SIZE) -> Iterator[Newcomer]:
    """Yields new members in the order of joining; everyone follows a link of an earlier one.

    `first` is the first one's number. The first one who is not below the visible member follows no link, marked by
    being their own sponsor.
    """
    below = list(range(first, first + BELOW_VISIBLE))
    others = list(range(first + BELOW_VISIBLE, first + size))
    for index, place in enumerate(below):
        yield Newcomer(place, None if index < DIRECT else random.choice(below[:index]))
    for index, place in enumerate(others):
        yield Newcomer(place, random.choice(others[:index]) if index else place)


class Crowd:
    """Adds new members to the programme, at random as `random` decides."""

    def __init__(self, bot: RunningBot, language: Language, visible: str, *, random: Random, known: int) -> None:
        """`visible` is the visible member's id in the programme; `known` is the number of earlier crowds' members."""
        self._bot = bot
        self._language: Language = language
        self._visible = visible
        self._random = random
        self._first = known + 1
        self._codes: dict[int, str] = {}

    @property
    def _engine(self) -> Engine:
        return self._bot.engine

    async def come(self, next_day: Callable[[int], Awaitable[None]]) -> None:
        """Lets them join and buy for a month; `next_day` is awaited after each day, with the number of days passed."""
        days = _spread(list(newcomers(self._random, self._first)), DAYS)
        for day, joining in enumerate(days):
            await asyncio.gather(*map(self._introduce, joining))
            for newcomer in joining:
                await self._join(newcomer)
            await asyncio.gather(
                *(self._buy(f"{self._first}-{day + 1}-{number + 1}") for number in range(ORDERS_A_DAY))
            )
            await next_day(day + 1)

    async def _introduce(self, newcomer: Newcomer) -> None:
        names, place = NAMES[self._language], newcomer.place
        name = f"{names[place % len(names)]} {in_digits(str(place), HABITS[self._language])}"
        code = await self._bot.introduce(FIRST_ID + place, name, f"member{place}", self._language)
        self._codes[place] = code

    async def _join(self, newcomer: Newcomer) -> None:
        code = self._codes[newcomer.place]
        if newcomer.sponsor != newcomer.place:
            sponsor = self._visible if newcomer.sponsor is None else self._codes[newcomer.sponsor]
            await self._engine.attribute(code, sponsor, key=f"attribute:{code}:{sponsor}")
        await self._engine.join(code, key=f"join:{code}")

    async def _buy(self, number: str) -> None:
        buyer = self._random.choice(list(self._codes.values()))
        price, product = self._random.choice(PRICES), self._random.choice(PRODUCTS[self._language])
        await self._engine.purchase(number, buyer, price, product, actor=buyer)


def _spread(crowd: Sequence[Newcomer], days: int) -> list[list[Newcomer]]:
    """Spreads the members over the days, most in the first half of the month, so that all of them have orders."""
    early = days // 2
    return [list(crowd[len(crowd) * day // early : len(crowd) * (day + 1) // early]) for day in range(early)] + [
        [] for _ in range(days - early)
    ]
