"""Defines a new offer as far as its owner has described it, and reads what is written about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

import msgspec

from bot.kit.context import Context
from bot.kit.dates import parse_day
from bot.kit.digits import normalised
from bot.kit.errors import UserError
from bot.kit.titles import TITLE_LENGTH_MAX, clean_title
from engine.events.codec import iso_time
from engine.programme.edits import NewOffer
from engine.programme.model import Programme
from engine.timestamps import utc
from handlers.chat.admin.parsing import TooLong, person_of, short
from handlers.chat.admin.programme_buttons import OfferPart
from handlers.chat.admin.programme_things import known_things, rate_of, things_called

SELLERS_MAX: Final = 50
_KEYWORDS: Final[dict[str, OfferPart]] = {
    "on": "things", "برای": "things", "روی": "things",
    "from": "starts", "از": "starts",
    "to": "ends", "until": "ends", "till": "ends", "تا": "ends",
    "sellers": "sellers", "فروشندگان": "sellers", "همکاران": "sellers",
    "title": "title", "عنوان": "title",
}  # fmt: skip
_NOW: Final = ("now", "اکنون", "الان", "حالا")
_NEVER: Final = ("never", "no end", "بدون پایان")


@dataclass(eq=False)
class OfferStartsInPast(UserError):
    """Raised for an offer that would begin in the past: what was sold before it is not counted anew."""

    code: ClassVar[str] = "offer_starts_in_past"


@dataclass(eq=False)
class OfferEndsFirst(UserError):
    """Raised for an offer that would end before it starts."""

    code: ClassVar[str] = "offer_ends_first"


class OfferDraft(msgspec.Struct, frozen=True):
    """Holds a new offer: its rate as the programme writes it, ids, codes of sellers, and times in ms UTC.

    `starts` None is from now on, `ends` None without an end.
    """

    rate: str = ""
    products: list[str] | None = None
    categories: list[str] | None = None
    members: list[str] | None = None
    starts: int | None = None
    ends: int | None = None
    title: str = ""

    def to_json(self) -> str:
        """Returns it as JSON, to be kept until the next answer."""
        return msgspec.json.encode(self).decode()

    def edit(self, programme: Programme, now: int) -> NewOffer:
        """Returns the change of the programme that it is."""
        offer = {
            "id": _new_id(programme, now),
            "products": self.products,
            "categories": self.categories,
            "members": self.members,
            "starts": iso_time(self.starts) if self.starts is not None else None,
            "ends": iso_time(self.ends) if self.ends is not None else None,
            "commission": self.rate,
        }
        return NewOffer({key: value for key, value in offer.items() if value is not None})


def draft_of(content: str) -> OfferDraft:
    """Returns the offer of its JSON."""
    return msgspec.json.decode(content, type=OfferDraft)


def _new_id(programme: Programme, now: int) -> str:
    """Returns an id that no offer has: the day on which it is made."""
    day = f"offer-{utc(now).astimezone(ZoneInfo(programme.program.timezone)):%Y-%m-%d}"
    taken = {each.id for each in programme.offers}
    return next(id for id in (day, *(f"{day}-{n}" for n in range(2, len(taken) + 3))) if id not in taken)


async def answered(ctx: Context, offer: OfferDraft, part: OfferPart, text: str) -> OfferDraft:
    """Returns the offer with what was written about one part of it. Raises the UserError that says what is wrong."""
    programme, replace = ctx.engine.programme, msgspec.structs.replace
    match part:
        case "rate":
            return replace(offer, rate=rate_of(text, ctx.bot.currency))
        case "things":
            products, categories = things_called(text, known_things(programme, ctx.bot), ctx.bot)
            return replace(offer, products=products, categories=categories)
        case "starts":
            return replace(offer, starts=_start(text, ctx), ends=None)
        case "ends":
            return replace(offer, ends=_end(text, offer, ctx))
        case "title":
            return replace(offer, title=_title(text))
        case "sellers":
            return replace(offer, members=await _sellers(text, ctx))


def _start(text: str, ctx: Context) -> int | None:
    """Returns the moment; None for now, or for today without a time. Raises OfferStartsInPast."""
    if normalised(text).casefold() in _NOW:
        return None
    day = parse_day(text, ctx.bot.zone, ctx.now)
    if day.clock is None and day.day == _today(ctx).date():
        return None
    moment = day.starts(ctx.bot.zone)
    if moment <= ctx.now:
        raise OfferStartsInPast
    return moment


def _end(text: str, offer: OfferDraft, ctx: Context) -> int | None:
    """Returns the first moment after it; None without an end. Raises OfferEndsFirst."""
    if normalised(text).casefold() in _NEVER:
        return None
    first = ctx.now if offer.starts is None else offer.starts
    moment = parse_day(text, ctx.bot.zone, ctx.now, counted_from=first).ends(ctx.bot.zone)
    if moment <= first:
        raise OfferEndsFirst
    return moment


def _today(ctx: Context) -> datetime:
    return utc(ctx.now).astimezone(ZoneInfo(ctx.bot.zone))


def _title(text: str) -> str:
    """Returns the title as it is stored. Raises NothingWritten for invisible marks only, TooLong."""
    try:
        return clean_title(short(text, TITLE_LENGTH_MAX))
    except ValueError:
        raise TooLong(TITLE_LENGTH_MAX) from None


async def _sellers(text: str, ctx: Context) -> list[str]:
    """Returns the sellers' codes. Raises NobodyFound, and TooLong for very many."""
    names = [each for each in re.split(r"[\s,،]+", text) if each]
    if len(names) > SELLERS_MAX:
        raise TooLong(SELLERS_MAX)
    found = [(await person_of(each, ctx.people)).id for each in names]
    return list(dict.fromkeys(found))


async def written_offer(ctx: Context, words: Sequence[str]) -> OfferDraft:
    """Returns the offer of a whole line: RATE [on THINGS] [from DAY] [to DAY] [sellers WHO] [title WORDS].

    Raises the UserError that says what is wrong with a part.
    """
    parts: list[tuple[OfferPart, list[str]]] = [("rate", [])]
    for word in words:
        part = _KEYWORDS.get(normalised(word).casefold())
        if part is not None and parts[-1][0] != "title":
            parts.append((part, []))
        else:
            parts[-1][1].append(word)
    order = ("rate", "things", "starts", "ends", "sellers", "title")
    offer = OfferDraft()
    for part, own in sorted(parts, key=lambda each: order.index(each[0])):
        offer = await answered(ctx, offer, part, " ".join(own))
    return offer
