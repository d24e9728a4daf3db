"""Phrases records: names of people, rates, rules, requirements, destinations.

Everything here returns typed arguments for texts; the caller decides where they stand.
"""

from datetime import date, time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.kit.bank import parse_destination
from bot.kit.bot_facts import BotFacts
from bot.kit.formatting import Argument, Choice, Code, Count, Money, Percent, Term, Text, When
from bot.kit.person import People, Person
from bot.kit.titles import TitledKind, kind_of_rule
from engine.periods import first_moment
from engine.programme.model import Pairing
from engine.queries.progress import Need
from engine.records import Commission
from engine.service import Engine
from engine.timestamps import utc

SHELL: Final = "shell:"
"""The prefix of actors who acted on the server."""


class RenderContext(Protocol):
    """Provides texts and data for rendering; the context of an update and the notice renderer both do."""

    @property
    def engine(self) -> Engine: ...
    @property
    def people(self) -> People: ...
    @property
    def bot(self) -> BotFacts: ...


async def name_of(context: RenderContext, id: str) -> Argument:
    """Returns a person's name; their code if the chat does not know them."""
    person = await context.people.get(id)
    return Text(person.name) if person is not None else Code(id)


async def actor_of(context: RenderContext, actor: str) -> Argument:
    """Returns who acted: a person's name, or the server's user behind `shell:USER`."""
    if actor.startswith(SHELL):
        return Term("by-hand-shell", user=Text(actor.removeprefix(SHELL)))
    return await name_of(context, actor)


async def name_for(context: RenderContext, reader: Person, id: str, *, everyone: bool = False) -> Argument:
    """Returns a person as this reader may know them: members see their own friends' names, `everyone` is for admins."""
    known = await known_as(context, reader, id, everyone=everyone)
    if known == "you":
        return Term("person-you")
    if known == "named":
        person = await context.people.get(id)
        return Text(person.name) if person is not None else Code(id) if everyone else Term("person-of-shop")
    return Term("person-of-team")


async def known_as(context: RenderContext, reader: Person, id: str, *, everyone: bool = False) -> str:
    """Returns how the reader may know them: as "you", as "named" or as a "stranger"."""
    if id == reader.id and not everyone:
        return "you"
    person = await context.engine.person(id)
    return "named" if everyone or (person is not None and person.sponsor == reader.id) else "stranger"


def rate(context: RenderContext, text: str) -> Argument:
    """Formats a rate as the programme writes it: "20%", or "5000" minor units for each unit sold."""
    if text.endswith("%"):
        return Percent(text)
    return Term("rate-each", amount=Money(int(text), context.bot.currency))


def titled(context: RenderContext, kind: TitledKind, id: str, *, everyone: bool = False) -> Argument:
    """Returns what this reader calls a thing of the programme; `everyone` is for admins, who read its id as well."""
    return context.bot.titles.with_id(kind, id) if everyone else context.bot.titles.of(kind, id)


def until(context: RenderContext, ends: int) -> Term:
    """Returns when an offer ends (ms, UTC, exclusive): its last day where that is over at midnight."""
    clock = utc(ends).astimezone(ZoneInfo(context.bot.zone)).time()
    if clock == time():
        return Term("offers-ends-day", day=When(ends - 1, context.bot.zone))
    return Term("offers-ends", at=When(ends, context.bot.zone, time=True))


def rule(context: RenderContext, kind: str, name: str, *, everyone: bool = False) -> Term:
    """Names a rate's source: the link, an offer, a product, a category or a rank; the only rank is not named."""
    thing = kind_of_rule(kind)
    if kind == "rank" and len(context.engine.programme.ranks) == 1:
        kind = "base"
    return Term(
        "rate-rule",
        kind=Choice(kind),
        name=Text(name) if thing is None else titled(context, thing, name, everyone=everyone),
    )


def need(context: RenderContext, asked: Need) -> Term:
    """Describes one requirement, and its progress."""
    if asked.kind in ("sales", "earnings"):
        has, asks = Money(asked.has, context.bot.currency), Money(asked.asks, context.bot.currency)
        return Term("need-money", kind=Choice(asked.kind), has=has, asks=asks)
    return Term("need-members", kind=Choice(asked.kind), has=Count(asked.has), asks=Count(asked.asks))


async def missing(context: RenderContext, member: str) -> list[Term]:
    """Returns a line for each requirement of the plan that a member lacks; a suspended membership first."""
    joined = await context.engine.member(member)
    lines = [Term("need-reinstated")] if joined is not None and joined.suspended else []
    return lines + [need(context, each) for each in await context.engine.needs(member) if not each.met]


def volume(context: RenderContext, pairing: Pairing, amount: int) -> Argument:
    """Formats a leg's volume as the programme measures it: in money (minor units) or in members."""
    if pairing.measure == "members":
        return Term("volume-members", members=Count(amount))
    return Money(amount, context.bot.currency)


def period(context: RenderContext, first_day: str) -> When:
    """Formats the first day of a period, as a commission's source names it: "2026-03-21"."""
    return When(first_moment(date.fromisoformat(first_day), ZoneInfo(context.bot.zone)), context.bot.zone)


def origin(context: RenderContext, commission: Commission) -> Term:
    """Describes a commission's source by the id of its order, member, rank or period, for admins."""
    name = commission.source.partition(":")[2]
    of: Argument = Code(name)
    if commission.kind == "pairing":
        of = period(context, name)
    elif commission.kind == "rank":
        of = titled(context, "rank", name, everyone=True)
    return Term("commission-origin", kind=Choice(commission.kind), level=Count(commission.level), of=of)


def masked(kind: str | None, last_four: str | None) -> Argument:
    """Formats a stored destination by its last four digits."""
    return Term("destination-masked", kind=Choice(kind or "card"), tail=Text(f"•••• {last_four or '????'}"))


async def masked_fully(context: RenderContext, destination: int) -> Text:
    """Formats a stored destination as far as its owner may see it, such as "6037 99** **** 0004"."""
    _, secret = await context.engine.destination(destination)
    return Text(parse_destination(secret).masked)
