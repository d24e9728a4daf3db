"""Handles /broadcast: a text to many people, from its first word until just before it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import ClassVar, Final

from bot.kit.broadcasts import Broadcast
from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import ButtonHandler, Command, Feature, on, on_answer, on_plain
from bot.kit.formatting import Choice, Count, LanguageNames, Lines, Term, When
from bot.kit.languages import Language, fallback_first
from bot.kit.pagination import in_rows, paginate
from bot.kit.truncate import CAPTION_LENGTH_MAX, TEXT_LENGTH_MAX, visible_length
from handlers.chat.admin.broadcast_audience import AUDIENCE
from handlers.chat.admin.broadcast_buttons import (
    DropPhoto,
    NewBroadcast,
    OpenBroadcast,
    OpenBroadcasts,
    PreviewBroadcast,
    TestBroadcast,
    WriteBroadcast,
)
from handlers.chat.admin.broadcast_cards import found, named, show_broadcast
from handlers.chat.admin.broadcast_run import RUN, ask_to_cancel, ask_to_start, steered
from handlers.chat.admin.buttons import back_to_admin, turning
from handlers.chat.admin.orders import examples
from handlers.chat.admin.parsing import TooLong
from handlers.chat.broadcast_message import broadcast_message
from handlers.phrases import name_of

PAGE_SIZE: Final = 6
_BUTTONS_A_ROW: Final = 3
_EXAMPLES: Final = ("/broadcast new", "/broadcast 3", "/broadcast start 3", "/broadcast pause 3", "/broadcast resume 3")


class BroadcastTextAsked(Step, frozen=True, tag="broadcast-text"):
    """Waits for a broadcast's text in one language."""

    admin: ClassVar[bool] = True
    pictures: ClassVar[bool] = True
    id: int
    language: Language


async def broadcast(ctx: Context) -> None:
    """Handles /broadcast [list | new | NUMBER | start NUMBER | pause NUMBER | resume NUMBER | cancel NUMBER]."""
    match [word.lower() for word in ctx.words]:
        case [] | ["list"]:
            await _show_page(ctx, 1)
        case ["new"]:
            await begin(ctx)
        case ["start", word]:
            await ask_to_start(ctx, await named(ctx, word))
        case ["cancel", word]:
            await ask_to_cancel(ctx, await named(ctx, word))
        case ["pause" | "resume" as act, word]:
            await steered(ctx, "pause" if act == "pause" else "resume", (await named(ctx, word)).id)
        case [word]:
            await show_broadcast(ctx, await named(ctx, word))
        case _:
            ctx.say("admin-usage-broadcast", rows=[back_to_admin()], examples=examples(_EXAMPLES))


async def begin(ctx: Context) -> None:
    """Creates a draft; handling the same update again finds the same one."""
    id = await ctx.broadcasts.create(ctx.key, ctx.person.id, ctx.now)
    await show_broadcast(ctx, await found(ctx, id))


async def open_list(ctx: Context, button: OpenBroadcasts) -> None:
    """Turns to another page of the list."""
    await _show_page(ctx, button.page)


async def _show_page(ctx: Context, wanted: int) -> None:
    """Shows the page, or the last one there is."""
    new = [Press("button-broadcast-new", NewBroadcast(), "primary")]
    _, total = await ctx.broadcasts.latest(0, 0)
    if not total:
        ctx.say("admin-broadcasts-none", rows=[new, back_to_admin()])
        return
    page = paginate(total, wanted, PAGE_SIZE)
    shown, _ = await ctx.broadcasts.latest(page.skip, page.size)
    cards = [Press("button-broadcast", OpenBroadcast(each.id), number=Count(each.id)) for each in shown]
    rows = [new, *in_rows(cards, _BUTTONS_A_ROW), turning(page, OpenBroadcasts)]
    lines = Lines(tuple([await _line(each, ctx) for each in shown]))
    ctx.say("admin-broadcasts", rows=[*rows, back_to_admin()], total=Count(total), broadcasts=lines)


async def _line(broadcast: Broadcast, ctx: Context) -> Term:
    return Term(
        "admin-broadcast-line",
        number=Count(broadcast.id),
        state=Choice(broadcast.state),
        author=await name_of(ctx, broadcast.author),
        date=When(broadcast.started_at or broadcast.created_at, ctx.bot.zone),
        sent=Count(broadcast.counts.sent),
        people=Count(broadcast.counts.recipients),
    )


# Text and photo


async def open_card(ctx: Context, button: OpenBroadcast) -> None:
    """Shows the current card."""
    await show_broadcast(ctx, await found(ctx, button.id))


async def ask_for_text(ctx: Context, button: WriteBroadcast) -> None:
    """Asks for the text: the admin's next text or photo is the broadcast's."""
    broadcast = await found(ctx, button.id)
    if broadcast.state != "draft":
        await show_broadcast(ctx, broadcast)
        return
    ctx.ask(BroadcastTextAsked(broadcast.id, button.language))
    ctx.say(
        "admin-broadcast-ask-text",
        rows=[[Press("button-back", OpenBroadcast(broadcast.id))]],
        language=LanguageNames((button.language,)),
        number=Count(broadcast.id),
    )


async def take_text(ctx: Context, step: BroadcastTextAsked) -> None:
    """Stores the text with its formatting; a photo brings its caption. Raises TooLong."""
    id, language = step.id, step.language
    broadcast = await found(ctx, id)
    html = ctx.html or escape(ctx.text or "", quote=False)
    photo = ctx.photo or broadcast.content.photo
    _check_lengths([html, *(each for name, each in broadcast.content.texts.items() if name != language)], photo)
    if ctx.photo is not None:
        await ctx.broadcasts.illustrate(id, ctx.photo)
    if html:
        await ctx.broadcasts.write(id, language, html)
    ctx.end()
    await show_broadcast(ctx, await found(ctx, id))


def _check_lengths(texts: Sequence[str], photo: str | None) -> None:
    limit = TEXT_LENGTH_MAX if photo is None else CAPTION_LENGTH_MAX
    if any(visible_length(each) > limit for each in texts):
        raise TooLong(limit)


async def drop_photo(ctx: Context, button: DropPhoto) -> None:
    """Removes the photo; the text stays."""
    await ctx.broadcasts.illustrate(button.id, None)
    await show_broadcast(ctx, await found(ctx, button.id))


async def preview(ctx: Context, button: PreviewBroadcast) -> None:
    """Shows the messages in each language, and the card below them."""
    await _show_messages(ctx, button.id, fallback_first())


async def test_on_oneself(ctx: Context, button: TestBroadcast) -> None:
    """Sends the exact message of the broadcast to the admin alone."""
    await _show_messages(ctx, button.id, [ctx.language])


async def _show_messages(ctx: Context, id: int, languages: Sequence[Language]) -> None:
    broadcast = await found(ctx, id)
    for language in languages if broadcast.content.texts else ():
        if len(languages) > 1:
            ctx.say("admin-broadcast-preview", new=True, language=LanguageNames((language,)))
        message = broadcast_message(broadcast.content, language, ctx.texts)
        ctx.effects.outgoing.append(replace(message, chat_id=ctx.person.chat_id))
    await show_broadcast(ctx, broadcast, new=True)


_BUTTONS: Final[tuple[ButtonHandler, ...]] = (
    on(OpenBroadcasts, open_list),
    on_plain(NewBroadcast, begin),
    on(OpenBroadcast, open_card),
    on(WriteBroadcast, ask_for_text),
    on(DropPhoto, drop_photo),
    on(PreviewBroadcast, preview),
    on(TestBroadcast, test_on_oneself),
)

FEATURE = Feature(
    "broadcast",
    commands=(Command("broadcast", broadcast, admin=True),),
    buttons=(*_BUTTONS, *AUDIENCE, *RUN),
    steps=(on_answer(BroadcastTextAsked, take_text),),
)
