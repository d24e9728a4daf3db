"""Explains a commission's calculation line by line, from the traces that the engine kept with it.

The traces are defined in engine/traces.py and made by engine/rules.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from bot.kit.formatting import Argument, Choice, Code, Count, Exact, Lines, Money, Term, When
from bot.kit.person import Person
from bot.kit.titles import TitledKind
from engine.errors import UnknownCommission
from engine.queries.progress import exact_share
from engine.queries.views import Explained
from engine.records import Commission
from engine.service import Engine
from handlers.chat.pairing_explained import pairing_lines
from handlers.phrases import RenderContext, known_as, missing, name_for, rate, rule, titled


async def commission_numbered(number: int, engine: Engine) -> Explained:
    """Returns a commission with all that it was calculated from, for admins. Raises UnknownCommission."""
    explained = await engine.explain(number)
    if explained is None:
        raise UnknownCommission(str(number), "")
    return explained


async def explanation(explained: Explained, reader: Person, context: RenderContext, *, everyone: bool = False) -> Lines:
    """Returns the lines of a commission's calculation for this reader; `everyone` names all participants, for
    admins.
    """
    teller = _Teller(explained, reader, context, everyone)
    return Lines(tuple([line async for line in teller.lines()]))


@dataclass(frozen=True, slots=True)
class _Teller:
    explained: Explained
    reader: Person
    context: RenderContext
    everyone: bool

    @property
    def commission(self) -> Commission:
        return self.explained.commission

    async def lines(self) -> AsyncIterator[Term]:
        """Yields the lines from the purchase to the money's current state."""
        if self.explained.order is not None:
            async for line in self._order():
                yield line
        async for line in self._share():
            yield line
        for line in self._credited():
            yield line
        async for line in self._state():
            yield line

    # The purchase, and what it pays directly

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
            yield Term("why-direct", direct=self._money(trace["direct"]), **self._rounding(trace.get("rounded_from")))

    def _line(self, line: dict[str, Any]) -> Iterator[Term]:
        """Yields the rule that won a line of the order, and those that it overrides."""
        kind, name, text = line["rule"]
        category = line["category"]
        yield Term(
            "why-line",
            product=self._titled("product", line["product"]),
            sorted=Choice("no" if category is None else "yes"),
            category=self._titled("category", category or ""),
            amount=self._money(line["amount"]),
            quantity=Count(line["quantity"]),
            rate=rate(self.context, text),
            rule=rule(self.context, kind, name, everyone=self.everyone),
        )
        for kind, name, text in line["lost"]:
            yield Term(
                "why-lost", rate=rate(self.context, text), rule=rule(self.context, kind, name, everyone=self.everyone)
            )

    # This member's part

    async def _share(self) -> AsyncIterator[Term]:
        trace = self.commission.trace
        if self.commission.kind == "direct":
            async for line in self._cut_out(trace.get("levels", ())):
                yield line
        elif self.commission.kind == "level":
            yield Term("why-seller", seller=await self._name(trace["seller"]))
            yield self._level(trace)
        elif self.commission.kind == "signup":
            friend = await self._name(trace["newcomer"])
            yield Term(
                "why-signup", friend=friend, rank=self._titled("rank", trace["rank"]), bonus=self._money(trace["bonus"])
            )
        elif self.commission.kind == "rank":
            yield Term("why-rank", rank=self._titled("rank", trace["rank"]), bonus=self._money(trace["bonus"]))
        else:
            for line in await pairing_lines(self.commission, self.context):
                yield line

    async def _cut_out(self, shares: list[list[Any]]) -> AsyncIterator[Term]:
        """Yields what levels took out of the direct commission, also shares that were credited to nobody."""
        alike = await self.context.engine.explain_source(self.commission.source) if shares else []
        credited = {(each.commission.level, each.commission.member) for each in alike}
        for level, member, amount in shares:
            given: dict[str, Argument] = {"level": Count(level), "amount": self._money(amount)}
            if (level, member) not in credited:
                yield Term("why-cut-out-lost", **given)
            elif self.everyone:
                yield Term("why-cut-out-for", member=await self._name(member), **given)
            else:
                yield Term("why-cut-out", **given)

    def _level(self, trace: dict[str, Any]) -> Term:
        of, base = trace["base"]
        return Term(
            "why-level",
            level=Count(trace["level"]),
            rate=rate(self.context, trace["rate"]),
            of=Choice(of),
            base=self._money(base),
            **self._rounding(exact_share(trace["rate"], base)),
        )

    def _rounding(self, exact: str | None) -> dict[str, Argument]:
        """Returns whether something was rounded, and the value before it."""
        return {"rounded": Choice("yes" if exact else "no"), "exact": Exact(exact or "0", self.context.bot.currency)}

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

    # Current state

    async def _state(self) -> AsyncIterator[Term]:
        """Yields when or why: for a held commission who has to do what, for a pending one what it waits for."""
        commission = self.commission
        until = When(commission.matures, self.context.bot.zone, time=True)
        if commission.state == "held":
            async for line in self._held():
                yield line
            yield Term("why-once-released", ripens=self._ripens(), until=until, word=self._word())
            return
        if commission.trace.get("blocker"):
            yield Term("why-was-held")
        if commission.state == "pending" and self._needs_a_word():
            yield Term("why-waits-for-approval")
        yield Term("why-state", state=Choice(commission.state), until=until)

    def _ripens(self) -> Choice:
        """Tells whether it becomes available some time after it was credited, or could at once."""
        return Choice("later" if self.commission.matures > self.commission.credited else "at-once")

    def _word(self) -> Choice:
        return Choice("needed" if self._needs_a_word() else "none")

    def _needs_a_word(self) -> bool:
        return not (self.commission.approved or self.context.engine.programme.approves_by_itself)

    async def _held(self) -> AsyncIterator[Term]:
        """Yields who blocks it, and the requirements that they lack."""
        blocker = self.commission.blocker or self.commission.member
        who = await known_as(self.context, self.reader, blocker, everyone=self.everyone)
        yield Term("why-held", who=Choice(who), member=await self._name(blocker))
        for line in await missing(self.context, blocker):
            yield line

    async def _name(self, id: str) -> Argument:
        return await name_for(self.context, self.reader, id, everyone=self.everyone)

    def _titled(self, kind: TitledKind, id: str) -> Argument:
        return titled(self.context, kind, id, everyone=self.everyone)

    def _money(self, amount: int) -> Money:
        return Money(amount, self.context.bot.currency)
