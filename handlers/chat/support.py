"""Handles /support and all conversations with support: questions are passed on to its chat, replies there come back.

Nothing is passed on without a tap, except what replies to an answer. Whoever is in the support chat may answer.
"""

from typing import Final

from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.effects import Draft
from bot.kit.errors import StaleButton
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Count, When
from bot.kit.home_button import back_home
from bot.kit.support import HOUR_MS, Handover, PassedOn, SentMessage, SupportChannel, TooManyQuestions, check_rate
from bot.kit.support_button import OpenSupport, support_row
from handlers.chat.buttons import AnswerSupport, SendToSupport
from handlers.chat.support_offers import KIND, album_token, messages_of
from handlers.phrases import name_of

DONE: Final = "done"
"""The reply by which support says that a question needs no answer."""


class QuestionAsked(Step, frozen=True, tag="support"):
    """Waits for what is to be passed on; `reply_to` is the row of the answer that it replies to, 0 for none."""

    anything = True
    reply_to: int = 0


async def support(ctx: Context) -> None:
    """Handles /support: the person's next message is passed on."""
    await _ask(ctx, new=False)


async def open_support(ctx: Context, button: OpenSupport) -> None:
    """Asks for the question, in a new message under one that is to be kept."""
    await _ask(ctx, new=button.fresh)


async def _ask(ctx: Context, *, new: bool) -> None:
    channel = ctx.bot.support
    if channel is None or not channel.chat:
        ctx.say("support-elsewhere", rows=[support_row(ctx.bot), back_home()], new=new)
        return
    await _check_rate(ctx, channel)
    ctx.ask(QuestionAsked())
    ctx.say("support-ask", rows=[back_home()], new=new)


async def open_answer(ctx: Context, button: AnswerSupport) -> None:
    """Asks for the reply to an answer of support's."""
    row = await ctx.support.message(button.number)
    await _check_rate(ctx, _channel(ctx))
    is_theirs = row is not None and row.person == ctx.person.id and row.way == "answer"
    ctx.ask(QuestionAsked(button.number if is_theirs else 0))
    ctx.say("support-ask", rows=[back_home()], new=True)


async def take_question(ctx: Context, step: QuestionAsked) -> None:
    """Passes on the message that was asked for. The other pictures of its album follow it."""
    sent = ctx.sent
    if sent is None or not sent.copyable:
        ctx.say("support-not-copyable")
        return
    ctx.end()
    if sent.album is not None:
        token = ctx.draft(KIND, token=album_token(ctx.person.id, sent.album), messages=str(sent.id), forwarded=0)
        ctx.use(Draft(token, ctx.person.id, KIND, {}, ctx.now))
    await _pass_on(ctx, (sent.id,), step.reply_to or None, forwarded=ctx.forwarded)


async def send_offered(ctx: Context, button: SendToSupport) -> None:
    """Passes on the message that was offered, once."""
    draft = await ctx.open(button.token, KIND)
    await _pass_on(ctx, messages_of(draft), None, forwarded=bool(draft.values.get("forwarded")))
    ctx.use(draft)


async def _pass_on(ctx: Context, messages: tuple[int, ...], reply_to: int | None, *, forwarded: bool = False) -> None:
    channel = _channel(ctx)
    await _check_rate(ctx, channel)
    ctx.pass_on(
        Handover("question", ctx.person.id, ctx.person.chat_id, messages, channel.chat, reply_to, forwarded=forwarded)
    )
    ctx.say("support-passed-on", rows=[back_home(fresh=True)])


def _channel(ctx: Context) -> SupportChannel:
    """Returns the chat that questions go to. Raises StaleButton where the configuration names none any more."""
    if ctx.bot.support is None or not ctx.bot.support.chat:
        raise StaleButton
    return ctx.bot.support


async def _check_rate(ctx: Context, channel: SupportChannel) -> None:
    """Raises TooManyQuestions."""
    check_rate(await ctx.support.asked_since(ctx.person.id, ctx.now - HOUR_MS), channel.an_hour)


async def converse(ctx: Context) -> bool:
    """Handles replies to messages that were passed on, and edits of such. Returns whether this was one."""
    channel, sent = ctx.bot.support, ctx.sent
    if channel is None or not channel.chat or sent is None or ctx.chat_id is None:
        return False
    if sent.edited:
        return await _tell_of_edit(ctx, sent)
    if sent.replies_to is None:
        return False
    row = await ctx.support.standing_at(ctx.chat_id, sent.replies_to)
    if await ctx.support.is_staff_chat(channel.chat, ctx.chat_id):
        return await _answer(ctx, sent, row)
    if row is None or row.way != "answer" or row.person != ctx.person.id or ctx.split.command is not None:
        return False
    if not sent.copyable:
        ctx.say("support-not-copyable")
    else:
        await _pass_on(ctx, (sent.id,), row.id)
    return True


async def _tell_of_edit(ctx: Context, sent: SentMessage) -> bool:
    """Tells whoever edits a message that was passed on that its copy stays as it was."""
    assert ctx.chat_id is not None  # a message has a chat
    if await ctx.support.written_at(ctx.chat_id, sent.id) is None:
        return False
    ctx.say("support-edited")
    return True


async def _answer(ctx: Context, sent: SentMessage, row: PassedOn | None) -> bool:
    """Passes on a reply written in the support chat, by whomever."""
    command = ctx.split.command
    if row is None:
        if command is not None or ctx.is_private or not sent.to_bot:
            return False
        ctx.say("support-unknown-reply")
        return True
    if command == DONE:
        ctx.settle(row.person)
        ctx.say("support-done", name=await name_of(ctx, row.person))
        return True
    if command is not None:
        return False
    asker = await ctx.people.get(row.person)
    if asker is None:
        ctx.say("support-unknown-reply")
    elif not sent.copyable:
        ctx.say("support-not-copyable")
    else:
        assert ctx.chat_id is not None  # a message has a chat
        ctx.pass_on(Handover("answer", row.person, ctx.chat_id, (sent.id,), asker.chat_id, row.id))
    return True


FEATURE = Feature(
    "support",
    commands=(Command("support", support),),
    buttons=(on(OpenSupport, open_support), on(AnswerSupport, open_answer), on(SendToSupport, send_offered)),
    steps=(on_answer(QuestionAsked, take_question),),
    refusals={
        TooManyQuestions: lambda error, ctx: {
            "count": Count(error.count),
            "at": When(error.next_at, ctx.bot.zone, time=True),
        }
    },
    conversation=converse,
)
