"""Handles /qr: the poster of the member's own link, as a post or as a story."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from handlers.chat.buttons import OpenLink, PosterForm, SendPoster
from handlers.chat.link import is_member_now, send_poster, show_link

_OTHER: Final = {"post": Press("button-story", SendPoster("story")), "story": Press("button-post", SendPoster("post"))}


async def show_qr(ctx: Context) -> None:
    """Handles /qr and /qr story; with another word it is /link with that tag."""
    words = [word.casefold() for word in ctx.words]
    if words and words != ["story"]:
        await show_link(ctx)
    elif await is_member_now(ctx):
        _send(ctx, "story" if words else "post")


async def send(ctx: Context, button: SendPoster) -> None:
    """Sends the poster in the form that the button names."""
    if await is_member_now(ctx):
        _send(ctx, button.form)


def _send(ctx: Context, form: PosterForm) -> None:
    rows: Rows = [[_OTHER[form], Press("button-link", OpenLink())], back_home()]
    send_poster(ctx, form, rows)


FEATURE = Feature("poster", commands=(Command("qr", show_qr),), buttons=(on(SendPoster, send),))
