"""Goes on with a command once its person is known: chosen from several, typed, forwarded or sent as a contact."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from bot.kit.context import Context
from bot.kit.feature import Feature, on, on_answer
from bot.kit.person import Person, SharedAccount
from handlers.chat.admin.adjust import adjust_of
from handlers.chat.admin.admins import add_person, remove_person
from handlers.chat.admin.buttons import OpenMatches, PickPerson
from handlers.chat.admin.commission_batches import ask_about_person
from handlers.chat.admin.finding import DRAFT, PersonAsked, open_page, person_for, person_of_account
from handlers.chat.admin.member import show_member
from handlers.chat.admin.member_commissions import show_commissions_of
from handlers.chat.admin.parsing import NobodyFound
from handlers.chat.admin.purchase import purchase_of
from handlers.chat.admin.suspension import reinstate_person, suspend_person
from handlers.chat.admin.why import explain_person

PERSON_COMMANDS: Final[Mapping[str, Callable[[Context, Person, Sequence[str]], Awaitable[None]]]] = {
    "member": show_member,
    "why": explain_person,
    "purchase": purchase_of,
    "adjust": adjust_of,
    "suspend": suspend_person,
    "reinstate": reinstate_person,
    "commissions": show_commissions_of,
    "commissions-approve": ask_about_person,
    "admins-add": add_person,
    "admins-remove": remove_person,
}
"""What each command does with its person and its other words."""


async def pick(ctx: Context, button: PickPerson) -> None:
    """Goes on with the person of the button."""
    draft = await ctx.open(button.token, DRAFT)
    person = await ctx.people.get(button.person)
    if person is None:
        raise NobodyFound(button.person)
    await _go_on(ctx, draft.values["command"], person, draft.values["words"])


async def take_person(ctx: Context, step: PersonAsked) -> None:
    """Takes the person who was forwarded, sent as a contact, or named; where several fit it asks again."""
    draft = await ctx.open(step.token, DRAFT)
    command, words = draft.values["command"], draft.values["words"]
    if ctx.account is not None:
        person: Person | None = await person_of_account(ctx, ctx.account)
    else:
        person = await person_for(ctx, command, " ".join(ctx.words), words.split())
    if person is not None:
        ctx.end()
        await _go_on(ctx, command, person, words)


async def open_account(ctx: Context, account: SharedAccount) -> None:
    """Opens the card of a person whom an admin shows outside of any dialogue."""
    await show_member(ctx, await person_of_account(ctx, account), ())


async def _go_on(ctx: Context, command: str, person: Person, words: str) -> None:
    await PERSON_COMMANDS[command](ctx, person, words.split())


FEATURE = Feature(
    "person-commands",
    buttons=(on(PickPerson, pick), on(OpenMatches, open_page)),
    steps=(on_answer(PersonAsked, take_person),),
    accounts=open_account,
)
