"""Handles /admins, for owners alone: lists admins, adds and removes them.

Owners stand in the configuration, and nobody removes them in the chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.admins import AddedAdmin
from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.errors import OwnersOnly, StaleButton, UserError
from bot.kit.feature import Command, Feature, on, on_plain, on_plain_answer
from bot.kit.formatting import Argument, Choice, Code, Lines, Term, Text, When
from bot.kit.person import Person
from handlers.chat.admin.buttons import back_to_admin, confirmation
from handlers.chat.admin.finding import person_for, person_of_account
from handlers.chat.buttons import OpenAdmin
from handlers.phrases import name_of

DRAFT: Final = "admin"
_ADD: Final = ("add", "افزودن", "+")
_REMOVE: Final = ("remove", "حذف", "-")


@dataclass(frozen=True)
class OpenAdmins(Button, prefix="admins", owner=True):
    """Opens the list of admins."""


@dataclass(frozen=True)
class AskAdmin(Button, prefix="admnew", owner=True):
    """Asks who is to be an admin."""


@dataclass(frozen=True)
class RemoveAdmin(Button, prefix="admdel", owner=True):
    """Asks whether this admin (a Telegram id) is to be removed."""

    telegram_id: int


@dataclass(frozen=True)
class ConfirmAdmin(Button, prefix="admok", owner=True):
    """Adds or removes the admin of the card."""

    token: str


class AdminAsked(Step, frozen=True, tag="admin-who"):
    """Waits for the name of whoever is to be an admin."""

    admin: ClassVar[bool] = True
    owner: ClassVar[bool] = True
    accounts: ClassVar[bool] = True


@dataclass(eq=False)
class AdminAlready(UserError):
    """Raised for somebody who is an admin."""

    code: ClassVar[str] = "admin_already"
    person: str


@dataclass(eq=False)
class NoAdmin(UserError):
    """Raised for somebody who is no admin."""

    code: ClassVar[str] = "no_admin"
    person: str


@dataclass(eq=False)
class OwnerStays(UserError):
    """Raised for removing an owner."""

    code: ClassVar[str] = "owner_stays"
    person: str


async def admins(ctx: Context) -> None:
    """Handles /admins [add|remove WHO]; somebody's name alone adds them."""
    act, words = _act_of(ctx.words)
    if not words:
        await _show(ctx)
        return
    command, ask = ("admins-remove", remove_person) if act == "removed" else ("admins-add", add_person)
    if (person := await person_for(ctx, command, " ".join(words))) is not None:
        await ask(ctx, person, ())


async def add_person(ctx: Context, person: Person, _words: Sequence[str]) -> None:
    """Asks whether the person is to be an admin. Raises OwnersOnly, AdminAlready."""
    if not ctx.person.is_owner:
        raise OwnersOnly
    await _ask_to_add(ctx, person)


async def remove_person(ctx: Context, person: Person, _words: Sequence[str]) -> None:
    """Asks whether the person is to be none any more. Raises OwnersOnly, NoAdmin, OwnerStays."""
    if not ctx.person.is_owner:
        raise OwnersOnly
    await _ask_to_remove(ctx, person)


def _act_of(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Returns what is to be done, and whom the words name."""
    first = words[0].casefold() if words else ""
    if first in _REMOVE:
        return "removed", words[1:]
    return "added", words[1:] if first in _ADD else words


async def _show(ctx: Context) -> None:
    added = await ctx.admins.added()
    owners = [Term("admins-owner", name=await _owner(ctx, each)) for each in sorted(ctx.admins.owners)]
    removing = [
        [Press("button-admins-remove", RemoveAdmin(each.telegram_id), name=await name_of(ctx, each.person))]
        for each in added
    ]
    ctx.say(
        "admins-card",
        rows=[[Press("button-admins-add", AskAdmin())], *removing, back_to_admin()],
        lines=Lines((*owners, *[await _line(ctx, each) for each in added])),
    )


async def _owner(ctx: Context, telegram_id: int) -> Argument:
    """Returns an owner's name; their Telegram id where they have not begun a chat yet."""
    found = await ctx.people.find(str(telegram_id))
    return Text(found.name) if found is not None else Code(str(telegram_id))


async def _line(ctx: Context, added: AddedAdmin) -> Term:
    return Term(
        "admins-added",
        name=await name_of(ctx, added.person),
        since=When(added.added_at, ctx.bot.zone),
        owner=await name_of(ctx, added.added_by),
    )


async def open_admins(ctx: Context) -> None:
    """Opens the list."""
    await _show(ctx)


async def ask_who(ctx: Context) -> None:
    """Asks who is to be an admin."""
    ctx.ask(AdminAsked())
    ctx.say("admins-ask", rows=[back_to_admins()])


async def take_who(ctx: Context) -> None:
    """Takes a name, a forwarded message or a contact; an unknown one is asked for again."""
    if ctx.account is not None:
        person: Person | None = await person_of_account(ctx, ctx.account)
    else:
        person = await person_for(ctx, "admins-add", ctx.text or "")
    if person is not None:
        ctx.end()
        await _ask_to_add(ctx, person)


async def _ask_to_add(ctx: Context, person: Person) -> None:
    if person.chat_id in ctx.admins:
        raise AdminAlready(person.name)
    token = ctx.draft(DRAFT, act="added", person=person.id)
    rows = confirmation(ConfirmAdmin(token), DRAFT, token, label="button-admins-confirm-add")
    ctx.say("admins-confirm-add", rows=rows, name=Text(person.name), code=Code(person.id))


async def ask_to_remove(ctx: Context, button: RemoveAdmin) -> None:
    """Shows whom the button removes. An admin who is none any more makes it stale."""
    person = await ctx.people.find(str(button.telegram_id))
    if person is None:
        raise StaleButton
    await _ask_to_remove(ctx, person)


async def _ask_to_remove(ctx: Context, person: Person) -> None:
    if person.chat_id in ctx.admins.owners:
        raise OwnerStays(person.name)
    if person.chat_id not in ctx.admins:
        raise NoAdmin(person.name)
    token = ctx.draft(DRAFT, act="removed", person=person.id)
    rows = confirmation(ConfirmAdmin(token), DRAFT, token, label="button-admins-confirm-remove")
    ctx.say("admins-confirm-remove", rows=rows, name=Text(person.name), code=Code(person.id))


async def confirm(ctx: Context, button: ConfirmAdmin) -> None:
    """Adds or removes; what another owner has done meanwhile is not done twice."""
    draft = await ctx.open(button.token, DRAFT)
    person = await ctx.people.get(draft.values["person"])
    assert person is not None  # a person who has begun a chat stays known
    await (_remove if draft.values["act"] == "removed" else _add)(ctx, person, f"admin:{draft.token}")
    ctx.use(draft)


async def _add(ctx: Context, person: Person, cause: str) -> None:
    if not await ctx.admins.add(person, owner=ctx.person.id, cause=cause, at=ctx.now):
        raise AdminAlready(person.name)
    await _tell(ctx, person, "added")
    rows = [[Press("button-admin", OpenAdmin())]]
    ctx.tell(person, "admins-you-are", rows=rows, owner=Text(ctx.person.name))


async def _remove(ctx: Context, person: Person, cause: str) -> None:
    admin = AddedAdmin(person.chat_id, person.id, "", 0)
    if not await ctx.admins.remove(admin, owner=ctx.person.id, cause=cause, at=ctx.now):
        raise NoAdmin(person.name)
    await _tell(ctx, person, "removed")
    ctx.tell(person, "admins-you-were", owner=Text(ctx.person.name))


async def _tell(ctx: Context, person: Person, act: str) -> None:
    """Answers the owner, and tells the other owners who did what."""
    ctx.say("admins-done", rows=[back_to_admins()], act=Choice(act), name=Text(person.name))
    for other in await ctx.people.admins():
        if other.is_owner and other.id != ctx.person.id:
            ctx.tell(other, "admins-told", act=Choice(act), owner=Text(ctx.person.name), name=Text(person.name))


def back_to_admins() -> list[Press]:
    """Returns the row that leads back to the list."""
    return [Press("button-back", OpenAdmins())]


FEATURE = Feature(
    "admins",
    commands=(Command("admins", admins, admin=True, owner=True),),
    buttons=(
        on_plain(OpenAdmins, open_admins),
        on_plain(AskAdmin, ask_who),
        on(RemoveAdmin, ask_to_remove),
        on(ConfirmAdmin, confirm),
    ),
    steps=(on_plain_answer(AdminAsked, take_who),),
)
