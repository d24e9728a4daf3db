"""Handles ready texts: one for each campaign and product, with the member's link in it."""

from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import COPY_LENGTH_MAX, Button, Copy, Press
from bot.kit.campaigns import CampaignWords
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on
from bot.kit.formatting import Text, Verbatim
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.links import MemberLink
from bot.kit.pagination import paginate
from handlers.chat.buttons import OpenLink, OpenReady
from handlers.chat.link import is_member_now
from handlers.chat.sharing import Ready, ready_texts, share_button

READY_A_PAGE: Final = 8


@dataclass(frozen=True)
class SendReady(Button, prefix="rdy"):
    """Sends the text at that index of the list."""

    place: int


async def open_ready(ctx: Context, button: OpenReady) -> None:
    """Shows the list, a button for each."""
    texts = ready_texts(ctx.bot)
    page = paginate(len(texts), button.page, READY_A_PAGE)
    shown = page.of(list(enumerate(texts)))
    cards = [[Press("button-ready-one", SendReady(place), title=_title(ctx, each))] for place, each in shown]
    ctx.say("ready-page", rows=[*cards, page.turning(OpenReady), [Press("button-link", OpenLink())], back_home()])


def _title(ctx: Context, ready: Ready) -> Text:
    return Text(ready.words[ctx.language].title)


async def send_ready(ctx: Context, button: SendReady) -> None:
    """Sends one text, as a message that can be forwarded unchanged."""
    texts = ready_texts(ctx.bot)
    if not 0 <= button.place < len(texts):
        raise StaleButton
    if await is_member_now(ctx):
        ready = texts[button.place]
        (link,) = await ctx.links.make(ctx.person.id, [ready.purpose], ctx.now)
        _send(ctx, ready, link)


def _send(ctx: Context, ready: Ready, link: MemberLink) -> None:
    words, address = ready.words[ctx.language], ctx.bot.link(link.code)
    filled = words.filled(address, link.code)
    picture = _picture(ready)
    ctx.say(
        "ready-text",
        rows=_rows(ctx, words, link, filled),
        new=True,
        picture=picture,
        text=Verbatim(filled),
    )


def _rows(ctx: Context, words: CampaignWords, link: MemberLink, filled: str) -> Rows:
    address = ctx.bot.link(link.code)
    whole = len(filled) <= COPY_LENGTH_MAX
    copy = Copy("button-copy-text", filled) if whole else Copy("button-copy-link", address)
    return [[share_button(ctx.bot, link, words.filled("", link.code).strip()), copy]]


def _picture(ready: Ready) -> dict[str, str] | None:
    if not ready.picture:
        return None
    return {"kind": "file", "path": ready.picture} if ready.picture_is_a_file else {"address": ready.picture}


FEATURE = Feature("ready", buttons=(on(OpenReady, open_ready), on(SendReady, send_ready)))
