"""Handles /offer, for owners alone: a rate for some time, typed in one line or asked for step by step."""

from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.errors import StaleButton
from bot.kit.feature import Command, Feature, on, on_answer, on_plain
from bot.kit.formatting import Choice, Lines, Term
from bot.kit.keyboards import Rows
from bot.kit.languages import LANGUAGES
from bot.kit.pagination import in_rows
from engine.events.codec import iso_time
from engine.programme.edits import EndOffer
from engine.programme.model import Offer
from handlers.chat.admin.buttons import back_to_admin
from handlers.chat.admin.offer_draft import OfferDraft, answered, draft_of, written_offer
from handlers.chat.admin.orders import examples
from handlers.chat.admin.programme_buttons import (
    AskSellers,
    ChooseForOffer,
    CloseOffer,
    OfferPart,
    OpenOfferList,
    StartOffer,
)
from handlers.chat.admin.programme_card import GoneMeanwhile, offer_lines, show_proposal
from handlers.chat.admin.programme_things import Thing, known_things
from handlers.phrases import rate, titled

DRAFT: Final = "offer"
PARTS: Final[tuple[OfferPart, ...]] = ("rate", "things", "starts", "ends", "title")
"""What is asked, in this order; sellers only by a button."""

EXAMPLES: Final = (
    "/offer 30%",
    "/offer 30% from 2026-03-21 to 2026-04-02",
    "/offer 25% on phones to 1405/1/13 title Nowruz",
)
THINGS_SHOWN: Final = 12
OFFERS_SHOWN: Final = 10
_STARTS: Final = {"now": "now", "tomorrow": "tomorrow", "7 days": "week"}
_ENDS: Final = {"1 day": "day", "3 days": "days", "7 days": "week", "30 days": "month", "never": "never"}
"""What may be chosen, as it may be typed, and its name in the catalogue."""
_END_WORDS: Final = ("end", "stop", "پایان")


class OfferAsked(Step, frozen=True, tag="offer-part"):
    """Waits for one part of a new offer; `token` names the draft of what is known so far."""

    admin: ClassVar[bool] = True
    owner: ClassVar[bool] = True
    token: str
    part: OfferPart


async def offer(ctx: Context) -> None:
    """Handles /offer [RATE ...] and /offer end OFFER."""
    words = ctx.words
    if not words:
        await _show_offers(ctx)
    elif words[0].casefold() in _END_WORDS:
        await _end_called(ctx, " ".join(words[1:]))
    else:
        await _propose(ctx, await written_offer(ctx, words))


async def _show_offers(ctx: Context) -> None:
    seen, _ = await ctx.engine.programme_in_force()
    open_offers = [
        (place, each)
        for place, each in enumerate(ctx.engine.programme.offers)
        if each.ends is None or ctx.now < each.ends
    ][:OFFERS_SHOWN]
    lines = [line for _, each in open_offers for line in _lines(ctx, each)]
    closing = [
        [Press("button-offer-end", CloseOffer(place, seen), name=ctx.bot.titles.of("offer", each.id))]
        for place, each in open_offers
    ]
    ctx.say(
        "offer-list",
        rows=[[Press("button-offer-new", StartOffer(), "primary")], *closing, back_to_admin()],
        lines=Lines(tuple(lines) or (Term("offer-none"),)),
        examples=examples(EXAMPLES),
    )


def _lines(ctx: Context, each: Offer) -> list[Term]:
    name = titled(ctx, "offer", each.id, everyone=True)
    return [Term("offers-offer", offer=name, rate=rate(ctx, each.commission.text)), *offer_lines(ctx, each)]


async def open_offers(ctx: Context) -> None:
    """Opens the offers that hold now or later."""
    await _show_offers(ctx)


async def begin(ctx: Context) -> None:
    """Begins a new offer with its rate."""
    _ask(ctx, OfferDraft(), "rate")


def _ask(ctx: Context, known: OfferDraft, part: OfferPart) -> None:
    """Asks for a part: typed, or by a suggestion."""
    token = ctx.draft(DRAFT, offer=known.to_json())
    ctx.ask(OfferAsked(token, part))
    suggested = [_press(ctx, token, part, place, each) for place, each in enumerate(_suggestions(ctx, part))]
    rows: Rows = [*in_rows(suggested, 2), [Press("button-back", OpenOfferList())]]
    ctx.say(f"offer-ask-{part}", rows=rows)


def _suggestions(ctx: Context, part: OfferPart) -> list[str]:
    """Returns what may be chosen, as it may be typed."""
    match part:
        case "things":
            return ["all", *(f"{kind}:{id}" for kind, id in _things(ctx))]
        case "starts":
            return [*_STARTS]
        case "ends":
            return [*_ENDS]
        case "title":
            return [""]
        case _:
            return []


def _things(ctx: Context) -> list[Thing]:
    return known_things(ctx.engine.programme, ctx.bot)[:THINGS_SHOWN]


def _press(ctx: Context, token: str, part: OfferPart, place: int, text: str) -> Press:
    button = ChooseForOffer(token, part, place)
    if part == "things" and place:
        kind, id = _things(ctx)[place - 1]
        return Press("button-offer-thing", button, kind=Choice(kind), name=ctx.bot.titles.of(kind, id))
    choice = Choice((_STARTS if part == "starts" else _ENDS).get(text, "other"))
    return Press("button-offer-choice", button, part=Choice(part), choice=choice)


async def take_answer(ctx: Context, step: OfferAsked) -> None:
    """Takes what was written about a part; what cannot be read is asked for again."""
    draft = await ctx.open(step.token, DRAFT)
    known = await answered(ctx, draft_of(draft.values["offer"]), step.part, ctx.text or "")
    ctx.end()
    await _go_on(ctx, known, step.part)


async def choose(ctx: Context, button: ChooseForOffer) -> None:
    """Takes a suggestion. What the programme has lost meanwhile makes the button stale."""
    draft = await ctx.open(button.token, DRAFT)
    known, suggested = draft_of(draft.values["offer"]), _suggestions(ctx, button.part)
    if not 0 <= button.place < len(suggested):
        raise StaleButton
    if button.part != "title":
        known = await answered(ctx, known, button.part, suggested[button.place])
    await _go_on(ctx, known, button.part)


async def _go_on(ctx: Context, known: OfferDraft, part: OfferPart) -> None:
    """Asks for the next part, or shows what the whole offer changes."""
    later = PARTS[PARTS.index(part) + 1 :] if part in PARTS else ()
    if later:
        _ask(ctx, known, later[0])
    else:
        await _propose(ctx, known)


async def _propose(ctx: Context, known: OfferDraft) -> None:
    """Shows the offer as it would be put in force; a button below limits it to some sellers."""
    named = {each: ctx.texts.plain(each, "title-offer") for each in LANGUAGES}
    title = {ctx.language: known.title} if known.title else named
    token = ctx.draft(DRAFT, offer=known.to_json())
    more = [[Press("button-offer-sellers", AskSellers(token))]]
    await show_proposal(ctx, known.edit(ctx.engine.programme, ctx.now), title, more=more)


async def ask_sellers(ctx: Context, button: AskSellers) -> None:
    """Asks for whom alone the offer is."""
    draft = await ctx.open(button.token, DRAFT)
    _ask(ctx, draft_of(draft.values["offer"]), "sellers")


async def close(ctx: Context, button: CloseOffer) -> None:
    """Shows what ending the offer changes. A button of another programme is stale."""
    seen, _ = await ctx.engine.programme_in_force()
    offers = ctx.engine.programme.offers
    if seen != button.seen or not 0 <= button.place < len(offers):
        raise StaleButton
    await _end(ctx, offers[button.place])


async def _end_called(ctx: Context, word: str) -> None:
    """Ends the offer of that id or title. Raises GoneMeanwhile where none holds now or later."""
    id = ctx.bot.titles.named("offer", word) or word
    found = next((each for each in ctx.engine.programme.offers if each.id == id), None)
    if found is None:
        raise GoneMeanwhile
    await _end(ctx, found)


async def _end(ctx: Context, found: Offer) -> None:
    """Shows the end: at once, or taken out where it has not begun. Raises GoneMeanwhile for one that is over."""
    if found.ends is not None and found.ends <= ctx.now:
        raise GoneMeanwhile
    begun = found.starts is None or found.starts <= ctx.now
    await show_proposal(ctx, EndOffer(found.id, iso_time(ctx.now) if begun else None), {})


FEATURE = Feature(
    "offer",
    commands=(Command("offer", offer, admin=True, owner=True),),
    buttons=(
        on_plain(OpenOfferList, open_offers),
        on_plain(StartOffer, begin),
        on(ChooseForOffer, choose),
        on(AskSellers, ask_sellers),
        on(CloseOffer, close),
    ),
    steps=(on_answer(OfferAsked, take_answer),),
)
