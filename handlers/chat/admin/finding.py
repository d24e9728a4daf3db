"""Finds the person whom an admin means, and where several fit lets the admin choose.

People are named by a Telegram id, @username, code or link, a part of their name, an order, the last four digits of a
card or Sheba, a forwarded message, or a contact. A command is kept in a draft while the admin chooses, and goes on with
the chosen person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.digits import identifier
from bot.kit.errors import UserError
from bot.kit.formatting import Argument, Choice, Code, Lines, Term, Text, When
from bot.kit.keyboards import Rows
from bot.kit.name_search import needle_of
from bot.kit.person import Person, SharedAccount
from bot.kit.truncate import cut_plain
from engine.codes import clean_link
from handlers.chat.admin.buttons import OpenMatches, PickPerson, back_to_admin
from handlers.chat.admin.parsing import NobodyFound, echo, exact_person, order_of
from handlers.phrases import name_of

DRAFT: Final = "person"
PEOPLE_A_PAGE: Final = 6
RECENT: Final = 6
_EVENTS_LOOKED_AT: Final = 300
_OWNERS_MAX: Final = 20
_LAST_FOUR: Final = 4
_NAME_ON_BUTTON_MAX: Final = 30


class PersonAsked(Step, frozen=True, tag="person"):
    """Waits for a person; the draft of that token keeps the command that goes on with them."""

    admin: ClassVar[bool] = True
    accounts: ClassVar[bool] = True
    token: str


@dataclass(eq=False)
class AccountHidden(UserError):
    """Raised for a forwarded message whose author hides their account."""

    code: ClassVar[str] = "account_hidden"
    name: str


@dataclass(eq=False)
class ContactWithoutAccount(UserError):
    """Raised for a contact that Telegram knows no account of."""

    code: ClassVar[str] = "contact_without_account"
    name: str


@dataclass(eq=False)
class NotStarted(UserError):
    """Raised for an account that has never written to the bot."""

    code: ClassVar[str] = "not_started"
    name: str


@dataclass(eq=False)
class BuyerOfShop(UserError):
    """Raised for an order whose buyer only the shop knows."""

    code: ClassVar[str] = "buyer_of_shop"
    order: str


@dataclass(frozen=True, slots=True)
class Match:
    """Holds a person who may be meant. `why` says what was found, where it is not their name."""

    person: Person
    why: Term | None = None


async def person_for(ctx: Context, command: str, sought: str, words: Sequence[str] = ()) -> Person | None:
    """Returns the person meant by what was typed.

    Where several fit it shows them and returns None: the command goes on, with its other `words`, when one is chosen.
    Raises NobodyFound, BuyerOfShop.
    """
    matches = await _matches(ctx, sought, 1)
    if len(matches) == 1:
        return matches[0].person
    await _show(ctx, _keep(ctx, command, sought, words), sought, matches, 1)
    return None


async def person_of_account(ctx: Context, account: SharedAccount) -> Person:
    """Returns the person of a forwarded message or a contact. Raises AccountHidden, ContactWithoutAccount,
    NotStarted.
    """
    name = echo(account.name) or "…"
    if account.telegram_id is None:
        raise AccountHidden(name) if account.forwarded else ContactWithoutAccount(name)
    person = await ctx.people.by_telegram_id(account.telegram_id)
    if person is None:
        raise NotStarted(name)
    return person


async def ask_whom(ctx: Context, command: str) -> Rows:
    """Waits for the person of a command. Returns the buttons of those who bought or came last."""
    token = _keep(ctx, command, "", ())
    ctx.ask(PersonAsked(token))
    return [*[[await _button(ctx, token, Match(each))] for each in await recent_people(ctx)], back_to_admin()]


async def recent_people(ctx: Context) -> list[Person]:
    """Returns the last buyers, and after them the people who came last; no admin who looks is among them."""
    buyers = dict.fromkeys(order.buyer for order in await ctx.engine.last_orders(_EVENTS_LOOKED_AT))
    found = [person for id in list(buyers)[:RECENT] if (person := await ctx.people.get(id)) is not None]
    newest = [each for each in await ctx.people.newest(2 * RECENT) if not each.is_admin]
    by_id = {each.id: each for each in (*found, *newest) if each.id != ctx.person.id}
    return list(by_id.values())[:RECENT]


async def open_page(ctx: Context, button: OpenMatches) -> None:
    """Turns to another page of those who fit."""
    draft = await ctx.open(button.token, DRAFT)
    sought = draft.values["sought"]
    await _show(ctx, draft.token, sought, await _matches(ctx, sought, button.page), button.page)


async def _show(ctx: Context, token: str, sought: str, matches: Sequence[Match], page: int) -> None:
    """Shows a page of people, each a line and a button; what is typed next is looked for instead."""
    ctx.ask(PersonAsked(token))
    shown = matches[:PEOPLE_A_PAGE]
    ctx.say(
        "admin-matches",
        rows=[*[[await _button(ctx, token, each)] for each in shown], *_turning(token, matches, page), back_to_admin()],
        sought=Text(echo(sought)),
        people=Lines(tuple([await _line(ctx, each) for each in shown])),
    )


def _turning(token: str, matches: Sequence[Match], page: int) -> Rows:
    back = [Press("button-admin-previous", OpenMatches(token, page - 1))] if page > 1 else []
    on = [Press("button-admin-next", OpenMatches(token, page + 1))] if len(matches) > PEOPLE_A_PAGE else []
    return [back + on] if back or on else []


def _keep(ctx: Context, command: str, sought: str, words: Sequence[str]) -> str:
    return ctx.draft(DRAFT, command=command, sought=sought, words=" ".join(words))


# Who fits


async def _matches(ctx: Context, sought: str, page: int) -> list[Match]:
    """Returns the people of a page, and one more if there is another page. Raises NobodyFound for an empty first one,
    BuyerOfShop.
    """
    exact = await _exactly(ctx, sought)
    if exact is not None:
        return [Match(exact)]
    by_numbers = {each.person.id: each for each in await _by_numbers(ctx, sought)}
    start = (max(1, page) - 1) * PEOPLE_A_PAGE
    first = list(by_numbers.values())[start : start + PEOPLE_A_PAGE + 1]
    needle = needle_of(sought)
    if needle is not None and len(first) <= PEOPLE_A_PAGE:
        size, skip = PEOPLE_A_PAGE + 1 - len(first), max(0, start - len(by_numbers))
        named = await ctx.people.search(needle, skip=skip, size=size)
        first += [Match(each) for each in named if each.id not in by_numbers]
    if not first and page <= 1:
        raise NobodyFound(echo(sought))
    return first


async def _exactly(ctx: Context, sought: str) -> Person | None:
    """Finds the one person of a Telegram id, @username, code or link."""
    found = await exact_person(sought, ctx.people)
    if found is None and (code := clean_link(sought)) is not None:
        link = await ctx.links.owner_of(code)
        found = await ctx.people.get(link.member) if link is not None else None
    return found


async def _by_numbers(ctx: Context, sought: str) -> list[Match]:
    """Finds the buyer of an order, the members of a card or Sheba with these last digits, and a username without @."""
    matches = []
    order = await order_of(identifier(sought), ctx)
    if order is not None:
        buyer = await ctx.people.get(order.buyer)
        if buyer is None:
            raise BuyerOfShop(order.id)
        matches.append(Match(buyer, Term("admin-fact-order", order=Code(order.id))))
    digits = identifier(sought)
    if len(digits) == _LAST_FOUR and digits.isascii() and digits.isdecimal():
        owners = await ctx.engine.owners_of_last_four(digits, _OWNERS_MAX)
        people = [person for id in owners if (person := await ctx.people.get(id)) is not None]
        matches += [Match(each, Term("admin-fact-destination", tail=Text(f"•••• {digits}"))) for each in people]
    if (named := await ctx.people.find(f"@{digits}")) is not None:
        matches.append(Match(named))
    return matches


# How they are told apart


async def _line(ctx: Context, match: Match) -> Term:
    person = match.person
    return Term(
        "admin-match",
        name=Text(person.name),
        handle=Text(f"@{person.username}") if person.username else Code(person.id),
        fact=match.why or await _fact(ctx, person),
        blocked=Choice("yes" if person.blocked else "no"),
    )


async def _fact(ctx: Context, person: Person) -> Term:
    known = await ctx.engine.person(person.id)
    if known is not None and known.sponsor is not None and known.since is not None:
        date = When(known.since, ctx.bot.zone)
        return Term("admin-fact-friend", sponsor=await name_of(ctx, known.sponsor), date=date)
    member = await ctx.engine.member(person.id)
    if member is not None:
        return Term("admin-fact-member", date=When(member.joined, ctx.bot.zone))
    return Term("admin-fact-alone")


async def _button(ctx: Context, token: str, match: Match) -> Press:
    person = match.person
    name = Text(cut_plain(person.name, _NAME_ON_BUTTON_MAX))
    fact = await _short_fact(ctx, person)
    return Press("button-admin-pick", PickPerson(token, person.id), name=name, fact=fact)


async def _short_fact(ctx: Context, person: Person) -> Argument:
    """Returns the username; of others their inviter, or else their code."""
    if person.username:
        return Text(f"@{person.username}")
    known = await ctx.engine.person(person.id)
    sponsor = await ctx.people.get(known.sponsor) if known is not None and known.sponsor is not None else None
    if sponsor is None:
        return Code(person.id)
    return Term("admin-pick-friend", sponsor=Text(cut_plain(sponsor.name, _NAME_ON_BUTTON_MAX)))
