"""How what the books hold is put into words: names of people, rates, rules, requirements, destinations.

Everything here gives typed arguments for texts; whoever asks decides where they stand.
"""

from typing import Protocol

from bot.kit.bank import parse_destination
from bot.kit.context import BotFacts
from bot.kit.display import Argument, Choice, Code, Count, Money, Percent, Term, Text
from bot.kit.person import People, Person
from engine.service import Engine


class Desk(Protocol):
    """Where words come from; the context of an update and the desk of notices are both one."""

    @property
    def engine(self) -> Engine: ...
    @property
    def people(self) -> People: ...
    @property
    def bot(self) -> BotFacts: ...


async def name_of(desk: Desk, id: str) -> Argument:
    """Somebody's name; their code where the chat does not know them."""
    person = await desk.people.get(id)
    return Text(person.name) if person is not None else Code(id)


async def name_for(desk: Desk, reader: Person, id: str, *, everyone: bool = False) -> Argument:
    """Somebody as this reader may know them: members see the names of their own friends, `everyone` is for admins."""
    if id == reader.id and not everyone:
        return Term("person-you")
    person = await desk.engine.person(id)
    if everyone or (person is not None and person.sponsor == reader.id):
        return await name_of(desk, id)
    return Term("person-of-team")


def rate(desk: Desk, text: str) -> Argument:
    """A rate as the programme writes it: "20%", or "5000" minor units for each unit sold."""
    if text.endswith("%"):
        return Percent(text)
    return Term("rate-each", amount=Money(int(text), desk.bot.currency))


def rule(kind: str, name: str) -> Term:
    """What gave a rate: the link, an offer, a product, a category or a rank."""
    return Term("rate-rule", kind=Choice(kind), name=Text(name))


def requirements(desk: Desk) -> list[Term]:
    """What the plan asks of a member before a held commission is theirs, a line each."""
    asks = desk.engine.programme.plan.requires
    if asks is None:
        return []
    lines = []
    if asks.recruits:
        lines.append(Term("requires-recruits", recruits=Count(asks.recruits)))
    if asks.sales:
        lines.append(Term("requires-sales", sales=Money(asks.sales, desk.bot.currency)))
    return lines


def masked(kind: str | None, last_four: str | None) -> Argument:
    """A kept destination by its last four digits."""
    return Term("destination-masked", kind=Choice(kind or "card"), tail=Text(f"•••• {last_four or '????'}"))


async def masked_fully(desk: Desk, destination: int) -> Text:
    """A kept destination as far as it may be shown to its owner, such as "6037 99** **** 0004"."""
    _, secret = await desk.engine.destination(destination)
    return Text(parse_destination(secret).masked)
