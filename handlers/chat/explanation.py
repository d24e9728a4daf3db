"""The whole calculation behind a commission, line by line, out of the traces that the engine kept with it.

What the traces hold is described where it is made: engine/rules/orders.py, levels.py, joining.py and credit.py.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from bot.kit.display import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.person import Person
from engine.records import Commission
from engine.views import Explained
from handlers.wording import Desk, name_for, rate, requirements, rule


async def explanation(explained: Explained, reader: Person, desk: Desk, *, everyone: bool = False) -> Lines:
    """The lines of a commission's calculation for this reader; `everyone` names all who took part, for admins."""
    teller = _Teller(explained, reader, desk, everyone)
    return Lines(tuple([line async for line in teller.lines()]))


@dataclass(frozen=True, slots=True)
class _Teller:
    explained: Explained
    reader: Person
    desk: Desk
    everyone: bool

    @property
    def commission(self) -> Commission:
        return self.explained.commission

    async def lines(self) -> AsyncIterator[Term]:
        """From the purchase to the state that the money is in."""
        if self.explained.order is not None:
            async for line in self._order():
                yield line
        async for line in self._share():
            yield line
        for line in self._credited():
            yield line
        async for line in self._state():
            yield line

    # What was bought, and what that pays directly

    async def _order(self) -> AsyncIterator[Term]:
        yield Term(
            "why-order",
            order=Code(self.explained.order or ""),
            buyer=await self._name(self.explained.buyer or ""),
            total=self._money(self.explained.total),
        )
        trace = self.explained.order_trace
        for line in trace.get("lines", ()):
            for told in self._line(line):
                yield told
        if "over_total" in trace:
            yield Term("why-over-total", exact=self._money(trace["over_total"]))
        if "direct" in trace:
            rounded = Choice("yes" if "rounded_from" in trace else "no")
            yield Term("why-direct", direct=self._money(trace["direct"]), rounded=rounded)

    def _line(self, line: dict[str, Any]) -> Iterator[Term]:
        """The rule that won a line of the order, and those that it goes before."""
        kind, name, text = line["rule"]
        yield Term(
            "why-line",
            product=Text(line["product"]),
            amount=self._money(line["amount"]),
            quantity=Count(line["quantity"]),
            rate=rate(self.desk, text),
            rule=rule(kind, name),
        )
        for kind, name, text in line["lost"]:
            yield Term("why-lost", rate=rate(self.desk, text), rule=rule(kind, name))

    # This member's part of it

    async def _share(self) -> AsyncIterator[Term]:
        trace = self.commission.trace
        if self.commission.kind == "direct":
            for level, member, amount in trace.get("levels", ()):
                yield await self._cut_out(level, member, amount)
        elif self.commission.kind == "level":
            of, base = trace["base"]
            yield Term("why-seller", seller=await self._name(trace["seller"]))
            yield Term(
                "why-level",
                level=Count(trace["level"]),
                rate=rate(self.desk, trace["rate"]),
                of=Choice(of),
                base=self._money(base),
            )
        elif self.commission.kind == "signup":
            friend = await self._name(trace["newcomer"])
            yield Term("why-signup", friend=friend, rank=Text(trace["rank"]), bonus=self._money(trace["bonus"]))
        elif self.commission.kind == "rank":
            yield Term("why-rank", rank=Text(trace["rank"]), bonus=self._money(trace["bonus"]))

    async def _cut_out(self, level: int, member: str, amount: int) -> Term:
        if self.everyone:
            name = await self._name(member)
            return Term("why-cut-out-for", level=Count(level), member=name, amount=self._money(amount))
        return Term("why-cut-out", level=Count(level), amount=self._money(amount))

    def _credited(self) -> Iterator[Term]:
        cap = self.commission.trace.get("cap")
        if cap:
            before, limit = self._money(cap["before"]), self._money(cap["limit"])
            yield Term("why-cap", cap=Choice(cap["cap"]), limit=limit, before=before)
        yield Term("why-amount", amount=self._money(self.commission.amount))
        if self.commission.reversed:
            yield Term(
                "why-reversed",
                refunded=self._money(self.explained.refunded),
                reversed=self._money(self.commission.reversed),
                left=self._money(self.commission.net),
            )

    # Where it stands

    async def _state(self) -> AsyncIterator[Term]:
        """When or why: a held commission says who has to do what, a pending one what it waits for."""
        commission = self.commission
        if commission.state == "held":
            async for line in self._held():
                yield line
            return
        if commission.trace.get("blocker"):
            yield Term("why-was-held")
        if commission.state == "pending" and not self._waits_for_time_alone():
            yield Term("why-waits-for-approval")
        until = When(commission.matures, self.desk.bot.zone, time=True)
        yield Term("why-state", state=Choice(commission.state), until=until)

    def _waits_for_time_alone(self) -> bool:
        return self.commission.approved or self.desk.engine.programme.approves_by_itself

    async def _held(self) -> AsyncIterator[Term]:
        blocker = self.commission.blocker or self.commission.member
        member = await self.desk.engine.member(blocker)
        yield Term(
            "why-held",
            who=Choice(self._who(blocker)),
            member=await self._name(blocker),
            suspended=Choice("yes" if member is not None and member.suspended else "no"),
        )
        for line in requirements(self.desk):
            yield line

    def _who(self, blocker: str) -> str:
        if blocker == self.reader.id:
            return "you"
        return "named" if self.everyone else "between"

    async def _name(self, id: str) -> Argument:
        return await name_for(self.desk, self.reader, id, everyone=self.everyone)

    def _money(self, amount: int) -> Money:
        return Money(amount, self.desk.bot.currency)
