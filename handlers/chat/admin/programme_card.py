"""Shows a proposed change of the programme as `moaref programme apply` does, and puts it in force once confirmed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import UserError
from bot.kit.feature import Feature, on
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Percent, Term, Text, Title, When
from bot.kit.keyboards import Rows
from bot.kit.titles import TitleWords
from engine.change_programme import ProgrammeMoved, change_programme
from engine.programme.diff import Change
from engine.programme.edits import (
    Edit,
    EditGone,
    EndOffer,
    NewOffer,
    NewRate,
    RateOf,
    edit_from_json,
    edit_to_json,
    edited,
)
from engine.programme.errors import ProgrammeError
from engine.programme.model import Offer
from engine.programme.proposal import Proposal, propose
from engine.programme.warnings import ProgrammeWarning
from handlers.chat.admin.buttons import back_to_admin, confirmation
from handlers.chat.admin.programme_buttons import ConfirmProgramme, OpenOfferList, OpenRates
from handlers.phrases import rate, titled, until

DRAFT: Final = "programme"
_WARNINGS_SHOWN: Final = 8
_VALUE_LENGTH_MAX: Final = 100


@dataclass(eq=False)
class GoneMeanwhile(UserError):
    """Raised where the offer or rate to be changed is not there any more, or as it was asked for already."""

    code: ClassVar[str] = "gone_meanwhile"


@dataclass(eq=False)
class OfferIsOver(UserError):
    """Raised for an offer that would end before it is in force."""

    code: ClassVar[str] = "offer_is_over"


@dataclass(eq=False)
class NoProgramme(UserError):
    """Raised for a change that the programme's rules refuse; `problem` is theirs, with the key."""

    code: ClassVar[str] = "no_programme"
    problem: str


async def show_proposal(ctx: Context, edit: Edit, title: TitleWords, *, more: Rows = (), moved: bool = False) -> None:
    """Shows what the edit changes, with the warnings, and waits for confirmation.

    `more` are rows behind the confirmation's; `moved` says that another change came in between.

    Raises GoneMeanwhile, OfferIsOver and NoProgramme.
    """
    seen, tables = await ctx.engine.programme_in_force()
    proposal = _proposed(tables, edit)
    if not proposal.changes:
        raise GoneMeanwhile
    _check_time(edit, ctx.now)
    heads = [*([Term("proposal-moved")] if moved else []), *described(ctx, edit, title)]
    token = ctx.draft(DRAFT, edit=edit_to_json(edit), title=json.dumps(dict(title), ensure_ascii=False), seen=seen)
    ctx.say(
        "proposal-card",
        rows=[*confirmation(ConfirmProgramme(token), DRAFT, token, label="button-proposal-confirm"), *more],
        lines=Lines((*heads, *_told(ctx, proposal))),
    )


def _proposed(tables: Mapping[str, Any], edit: Edit) -> Proposal:
    try:
        return propose(tables, edited(tables, edit))
    except EditGone:
        raise GoneMeanwhile from None
    except ProgrammeError as error:
        raise NoProgramme(str(error.problems[0])) from None


def _check_time(edit: Edit, now: int) -> None:
    """Refuses an offer that is over before it begins to hold. Raises OfferIsOver."""
    if isinstance(edit, NewOffer):
        offer = Offer.model_validate(edit.offer)
        if offer.ends is not None and offer.ends <= now:
            raise OfferIsOver


def described(ctx: Context, edit: Edit, title: TitleWords) -> Iterator[Term]:
    """Yields in words what the edit does."""
    match edit:
        case NewOffer(content):
            offer = Offer.model_validate(content)
            called = Title(offer.id, title)
            yield Term("offer-new-head", name=called, rate=rate(ctx, offer.commission.text))
            yield from offer_lines(ctx, offer)
        case EndOffer(id, at):
            begun = Choice("yes" if at else "no")
            yield Term("offer-end-head", name=titled(ctx, "offer", id, everyone=True), begun=begun)
        case NewRate(of, id, commission):
            yield _rate_head(ctx, of, id, commission)


def _rate_head(ctx: Context, of: RateOf, id: str, commission: str | None) -> Term:
    name = titled(ctx, of, id, everyone=True)
    if commission is None:
        return Term("rate-drop-head", of=Choice(of), name=name)
    return Term("rate-new-head", of=Choice(of), name=name, rate=rate(ctx, commission))


def offer_lines(ctx: Context, offer: Offer) -> Iterator[Term]:
    """Yields what an offer holds for, for whom, and from when to when."""
    if offer.products is None and offer.categories is None:
        yield Term("offers-everything")
    for id in offer.products or ():
        yield Term("offers-thing", kind=Choice("product"), name=titled(ctx, "product", id, everyone=True))
    for id in offer.categories or ():
        yield Term("offers-thing", kind=Choice("category"), name=titled(ctx, "category", id, everyone=True))
    if offer.members is not None:
        yield Term("offer-sellers", count=Count(len(offer.members)))
    if offer.starts is not None:
        yield Term("offers-starts", at=When(offer.starts, ctx.bot.zone, time=True))
    if offer.ends is not None:
        yield until(ctx, offer.ends)
    else:
        yield Term("offer-without-end")


def _told(ctx: Context, proposal: Proposal) -> Iterator[Term]:
    yield Term("proposal-changes")
    yield from (_change(each) for each in proposal.changes)
    if proposal.warnings:
        yield Term("proposal-warnings")
        yield from (_warning(ctx, each) for each in proposal.warnings[:_WARNINGS_SHOWN])


def _change(change: Change) -> Term:
    return Term("proposal-change", key=Code(change.key), before=_value(change.before), after=_value(change.after))


def _value(value: str | int | bool | list[str] | None) -> Argument:
    """Returns a key's value as the file has it."""
    if value is None or value == []:
        return Term("proposal-none")
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return Text(text if len(text) <= _VALUE_LENGTH_MAX else f"{text[:_VALUE_LENGTH_MAX]}…")


def _warning(ctx: Context, warning: ProgrammeWarning) -> Term:
    """Returns a warning of the programme in the reader's language."""
    return Term(f"proposal-warning-{warning.code}", **{n: _fact(ctx, n, v) for n, v in warning.facts.items()})


def _fact(ctx: Context, name: str, value: str | int) -> Argument:
    match name:
        case "least":
            return Money(int(value), ctx.bot.currency)
        case "share":
            return Percent(str(value))
        case "members":
            return Count(int(value))
        case "rate":
            return rate(ctx, str(value))
        case "rank":
            return titled(ctx, "rank", str(value), everyone=True)
        case _:
            return titled(ctx, "offer", str(value), everyone=True)


async def confirm(ctx: Context, button: ConfirmProgramme) -> None:
    """Puts the change in force, and lets the file follow; one that was shown before another change is shown anew."""
    draft = await ctx.open(button.token, DRAFT)
    edit, title = edit_from_json(draft.values["edit"]), json.loads(draft.values["title"])
    seen, key = draft.values["seen"], f"programme:{draft.token}"
    row, tables = await ctx.engine.programme_in_force()
    wanted = _proposed(tables, edit).tables if row == seen else tables
    if row == seen:
        _check_time(edit, ctx.now)
    ctx.use(draft)
    try:
        await change_programme(ctx.engine, wanted, seen=seen, actor=ctx.person.id, key=key)
    except ProgrammeMoved:
        await show_proposal(ctx, edit, title, moved=True)
        return
    state = await ctx.programme_file.follow(edit, title)
    back = OpenRates() if isinstance(edit, NewRate) else OpenOfferList()
    ctx.say("proposal-done", rows=[[Press("button-back", back)], back_to_admin()], file=Choice(state))


FEATURE = Feature("programme", buttons=(on(ConfirmProgramme, confirm),))
