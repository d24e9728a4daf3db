"""Renders what goes between people and support: the asker's card, the copies, and the news that one did not arrive."""

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing, RenderedCard
from bot.kit.formatting import Argument, Choice, Code, Lines, Money, Term, Text, When
from bot.kit.home_button import back_home
from bot.kit.json import Json, JsonView
from bot.kit.keyboards import Rows, in_topic, keyboard, text_message
from bot.kit.languages import FALLBACK, Language
from bot.kit.person import People, Person
from bot.kit.support import PassedOn, SupportChannel, SupportRows
from bot.kit.support_button import support_row
from handlers.chat.buttons import AnswerSupport
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import name_of

SHOWN = "support"


async def render_passed_on(recipe: JsonView, rows: SupportRows, renderer: NoticeRenderer) -> RenderedCard:
    """Returns the params of the call that passes a row's message on, as things stand when it is made.

    A forwarded message replies to nothing: Telegram has no such call.
    """
    row = await rows.message(recipe["support"])
    assert row is not None  # a row outlives what waits in the outbox by weeks
    channel = renderer.bot.support or SupportChannel()
    if row.way == "card":
        return RenderedCard(await _card(row, channel, renderer), SHOWN)
    params: Json = {"from_chat_id": row.source_chat, "message_id": row.source_message}
    replies = row.reply_to is not None and not recipe.get("forwarded")
    reply_to = await rows.message(row.reply_to or 0) if replies else None
    place = reply_to.place_in(row.chat_id) if reply_to is not None else None
    if place is not None:
        params["reply_parameters"] = {"message_id": place, "allow_sending_without_reply": True}
    if row.way == "question":
        return RenderedCard({**params, **_topic(channel)}, SHOWN)
    asker = await renderer.people.get(row.person)
    language = asker.language if asker is not None else FALLBACK
    answer = [[Press("button-support-answer", AnswerSupport(row.id))]]
    return RenderedCard({**params, "reply_markup": keyboard(answer, language, renderer.texts)}, SHOWN)


async def _card(row: PassedOn, channel: SupportChannel, renderer: NoticeRenderer) -> Json:
    """Returns who asks. Only an admin, in their own chat, sees the balance: a group may hold others."""
    language = await staff_language(channel, renderer.people)
    asker = await renderer.people.get(row.person)
    lines = await _membership(row.person, renderer, with_balance=channel.chat > 0)
    if asker is not None and asker.username is not None:
        lines = [Term("admin-username", username=Text(f"@{asker.username}")), *lines]
    html = renderer.texts.render(
        language,
        "support-card",
        name=await name_of(renderer, row.person),
        code=Code(row.person),
        lines=Lines(tuple(lines)),
    )
    return {**text_message(row.chat_id, html, None).params, **_topic(channel)}


async def _membership(id: str, renderer: NoticeRenderer, *, with_balance: bool) -> list[Term]:
    joined = await renderer.engine.member(id)
    if joined is None:
        return [Term("admin-not-joined"), *await _invitation(id, renderer)]
    suspended = Choice("yes" if joined.suspended else "no")
    lines = [Term("admin-joined", date=When(joined.joined, renderer.bot.zone), suspended=suspended)]
    if with_balance:
        currency = renderer.bot.currency
        available, pending = Money(joined.available, currency), Money(joined.pending, currency)
        lines.append(Term("support-card-balance", available=available, pending=pending))
    return lines


async def _invitation(id: str, renderer: NoticeRenderer) -> list[Term]:
    """Returns through whom somebody came who is no member, and since when they are known."""
    known = await renderer.engine.person(id)
    if known is None or known.sponsor is None or known.since is None:
        return []
    sponsor, date = await name_of(renderer, known.sponsor), When(known.since, renderer.bot.zone)
    return [Term("admin-came-through", sponsor=sponsor, code=Code(known.sponsor), date=date)]


async def staff_language(channel: SupportChannel, people: People) -> Language:
    """Returns the language of the support chat: its admin's, in a group the first admin's who has started the bot."""
    own = await people.find(str(channel.chat)) if channel.chat > 0 else None
    admins = [own] if own is not None else await people.admins()
    return admins[0].language if admins else FALLBACK


def _topic(channel: SupportChannel) -> Json:
    return {} if channel.topic is None else {"message_thread_id": channel.topic}


def question_lost(to: Person, renderer: NoticeRenderer) -> Outgoing:
    """Tells a person that their question did not arrive."""
    rows: Rows = [support_row(renderer.bot, fresh=True), back_home(fresh=True)]
    return message_to(to, renderer.texts, "support-not-reached", rows=rows)


async def answer_lost(row: PassedOn, renderer: NoticeRenderer) -> Outgoing:
    """Tells the support chat that an answer did not arrive, and why."""
    channel = renderer.bot.support or SupportChannel()
    assert row.source_chat is not None  # an answer was written by somebody
    shown: dict[str, Argument] = {
        "name": await name_of(renderer, row.person),
        "problem": Choice(row.problem or "unreachable"),
    }
    html = renderer.texts.render(await staff_language(channel, renderer.people), "support-undelivered", **shown)
    message = text_message(row.source_chat, html, None)
    message.params["reply_parameters"] = {"message_id": row.source_message, "allow_sending_without_reply": True}
    return in_topic(message, channel.topic)


def chat_fails(problem: str, to: Person, renderer: NoticeRenderer) -> Outgoing:
    """Tells an admin that nothing reaches the support chat; `problem` is in Telegram's words."""
    return message_to(to, renderer.texts, "support-unreachable", problem=Code(problem))
