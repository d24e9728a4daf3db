"""Simulates a crowd that uses the bot at once, and remembers the confirmations it got.

No one presses twice: a missing answer is waited for, since the update was stored or will be delivered.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random

from bot.playground.card import ChatCard
from bot.playground.client import Playground
from bot.playground.phone import Phone
from running import ADMIN, SECOND_ADMIN

PATIENCE_SECONDS = 60
SHEBA = "IR820540102680020817909002"
FAMILY_MEMBERS_MAX = 4
PART_REFUNDED = 10_000


@dataclass(slots=True)
class Request:
    """Holds a withdrawal as its member and the admins know it; the amount is in minor units."""

    member: int
    amount: int
    state: str = "requested"


@dataclass(slots=True)
class Known:
    """Holds the confirmations that people got. People are Telegram ids; amounts are minor units."""

    sponsors: dict[int, int | None] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    purchases: dict[str, tuple[int, int]] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)
    withdrawals: dict[int, Request] = field(default_factory=dict)


class Crowd:
    """Simulates some families and two admins. `acts` counts their actions; `over` ends their day."""

    def __init__(self, playground: Playground, random: Random) -> None:
        self._playground = playground
        self._random = random
        self._numbers = count(1)
        self._phones: dict[int, Phone] = {}
        self._links: dict[int, str] = {}
        self._admins: list[tuple[Phone, asyncio.Lock]] = []
        self._acted = asyncio.Event()
        self.known = Known()
        self.acts = 0
        self.over = asyncio.Event()

    async def live(self, families: int) -> None:
        """Runs until the day is over and everyone has finished their current action."""
        for number, name in ((ADMIN, "Ali"), (SECOND_ADMIN, "Hamid")):
            phone = await self._phone(number, name)
            self._admins.append((phone, asyncio.Lock()))
            await self._arrive(phone, None)
        async with asyncio.TaskGroup() as group:
            for family in range(1, families + 1):
                group.create_task(self._family(family * 1000))

    async def next_act(self) -> None:
        """Waits for the next action of anyone."""
        self._acted.clear()
        await self._acted.wait()

    # A family: a member invites friends, some of whom invite friends of their own

    async def _family(self, first: int) -> None:
        founder = await self._phone(first, "Nader")
        await self._arrive(founder, None)
        await self._join(founder)
        members = [founder]
        for number in count(first + 1):
            seller = self._random.choice(members)
            friend = await self._phone(number, "Sara")
            await self._befriend(seller, friend)
            if len(members) < FAMILY_MEMBERS_MAX:
                await self._join(friend)
                members.append(friend)
            await self._earn(seller, friend)
            await self._withdraw(seller)
            if self.over.is_set():
                return

    async def _arrive(self, phone: Phone, sponsor: Phone | None) -> None:
        await self._send(phone, "/start")
        await self._hears(phone, "Nader's shop")
        self.known.sponsors[phone.id] = sponsor.id if sponsor else None

    async def _join(self, phone: Phone) -> None:
        await self._send(phone, "/link")
        card = await self._hears(phone, "Your link")
        await self._hears(phone, "Look at these shoes:")
        self._links[phone.id] = next(text for text in card.copy_texts if "://" in text)
        self.known.members.add(phone.id)
        if (sponsor := self.known.sponsors[phone.id]) is not None:
            await self._hears(self._phones[sponsor], f"{phone.id}", "has joined")

    async def _befriend(self, inviter: Phone, friend: Phone) -> None:
        self._act()
        await friend.open(self._links[inviter.id])
        await self._hears(friend, "invited you")
        self.known.sponsors[friend.id] = inviter.id
        await self._hears(inviter, f"{friend.id}", "used your link")

    async def _earn(self, seller: Phone, buyer: Phone) -> None:
        order, amount = f"o-{buyer.id}", 100_000 + 1000 * self._random.randrange(100)
        await self._of_an_admin(lambda admin: self._record(admin, order, buyer.id, amount))
        await self._hears(seller, "You earned", f"{buyer.id}")
        if self._random.random() < 0.3:
            await self._of_an_admin(lambda admin: self._refund(admin, order))
            await self._hears(seller, "was taken back", order)

    async def _withdraw(self, member: Phone) -> None:
        amount = 1000 + next(self._numbers)
        await self._send(member, f"/withdraw {amount} {SHEBA}")
        card = await self._hears(member, "Is this right?", f"{amount:,} toman")
        await self._tap(card, "Yes, request it")
        done = await self._hears(member, "submitted", f"{amount:,} toman")
        number = int(re.search(r"Request (\d+)", done.text)[1])  # type: ignore[index]
        self.known.withdrawals[number] = Request(member.id, amount)
        match self._random.choice(("paid", "paid", "approved", "rejected", "cancelled", "requested")):
            case "paid":
                await self._of_an_admin(lambda admin: self._approve(admin, member, number))
                await self._of_an_admin(lambda admin: self._pay(admin, member, number))
            case "approved":
                await self._of_an_admin(lambda admin: self._approve(admin, member, number))
            case "rejected":
                await self._of_an_admin(lambda admin: self._reject(admin, member, number))
            case "cancelled":
                await self._tap(done, "Cancel the request")
                await self._hears(member, f"Request {number} is cancelled")
                self.known.withdrawals[number].state = "cancelled"
        await self._send(member, "/balance")
        await self._hears(member, "Your balance")

    # Admins

    async def _of_an_admin(self, work: Callable[[Phone], Awaitable[None]]) -> None:
        """Runs an admin's actions one after the other."""
        phone, free = self._random.choice(self._admins)
        async with free:
            await work(phone)

    async def _record(self, admin: Phone, order: str, buyer: int, amount: int) -> None:
        await self._send(admin, f"/purchase {buyer} {amount} shoes {order}")
        card = await self._hears(admin, "Record this purchase?", order)
        await self._tap(card, "Yes, record it")
        await self._hears(admin, "Purchase recorded", order)
        self.known.purchases[order] = (buyer, amount)

    async def _refund(self, admin: Phone, order: str) -> None:
        await self._send(admin, f"/refund {order} {PART_REFUNDED}")
        card = await self._hears(admin, "Refund this order?", order)
        await self._tap(card, "Yes, record it")
        await self._hears(admin, "Refunded:", order)
        self.known.refunds[order] = PART_REFUNDED

    async def _approve(self, admin: Phone, member: Phone, number: int) -> None:
        await self._send(admin, f"/approve {number}")
        await self._hears(admin, f"Withdrawal {number}\n", "approved, to be paid")
        await self._hears(member, f"Request {number} is approved")
        self.known.withdrawals[number].state = "approved"

    async def _pay(self, admin: Phone, member: Phone, number: int) -> None:
        tracking = f"T{number:05}"
        await self._send(admin, f"/paid {number} {tracking}")
        await self._hears(admin, f"Withdrawal {number}\n", "State: paid")
        await self._hears(member, "Paid:", tracking)
        self.known.withdrawals[number].state = "paid"

    async def _reject(self, admin: Phone, member: Phone, number: int) -> None:
        await self._send(admin, f"/reject {number} wrong card")
        await self._hears(admin, f"Withdrawal {number}\n", "State: rejected")
        await self._hears(member, f"Request {number} was rejected", "wrong card")
        self.known.withdrawals[number].state = "rejected"

    # Phones

    async def _phone(self, number: int, name: str) -> Phone:
        phone = await self._playground.phone(number, name, str(number), language_code="en")
        self._phones[number] = phone
        return phone

    async def _send(self, phone: Phone, text: str) -> None:
        self._act()
        await phone.send(text)

    async def _tap(self, card: ChatCard, label: str) -> None:
        self._act()
        await card.tap(label)

    async def _hears(self, phone: Phone, *parts: str) -> ChatCard:
        return await phone.receives(*parts, timeout=PATIENCE_SECONDS)

    def _act(self) -> None:
        self.acts += 1
        self._acted.set()
