"""Renders notices about friends: gifts, invitations held for review, and decisions on them."""

from bot.kit.buttons import Copy, Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Choice, Count, Text
from bot.kit.friends import HeldInvitation, ReviewDecision
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from bot.kit.rewards import Gift
from bot.kit.support_button import support_row
from handlers.chat.admin.buttons import OpenAside, OpenAsides, SuspendMember
from handlers.chat.buttons import OpenGifts
from handlers.gifts import asks_for_it, gift_lines, title_of
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import name_of


async def gift_given(gift: Gift, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns the gift itself, to be kept; or why there is none."""
    if gift.withheld is not None:
        title = title_of(renderer, gift.reward, gift.percent, to.language)
        reason = Choice(gift.withheld)
        rows: Rows = [support_row(renderer.bot, fresh=True), back_home(fresh=True)]
        return [message_to(to, renderer.texts, "notice-gift-withheld", rows=rows, title=title, reason=reason)]
    below: Rows = [
        [Copy("button-copy-gift", gift.code)] if gift.code is not None else [],
        support_row(renderer.bot, fresh=True) if asks_for_it(renderer, gift, to.language) else [],
        [Press("button-gifts", OpenGifts(fresh=True))],
    ]
    lines = gift_lines(renderer, gift, gift.given, to.language)
    return [message_to(to, renderer.texts, "notice-gift", rows=below, gift=lines)]


async def set_aside(held: HeldInvitation, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells admins what to review, with the buttons; tells the member that it is being reviewed, and why."""
    friend = await name_of(renderer, held.person)
    if to.is_admin and to.id != held.member:
        rows: Rows = [
            [Press("button-admin-aside", OpenAside(held.id), number=Count(held.id))],
            [Press("button-admin-suspend-member", SuspendMember(held.member))],
            [Press("button-admin-asides-list", OpenAsides(1))],
        ]
        member = await name_of(renderer, held.member)
        reason = Choice(held.reason)
        text_id = "notice-admin-aside"
        return [message_to(to, renderer.texts, text_id, rows=rows, friend=friend, member=member, reason=reason)]
    own = [back_home(fresh=True)]
    return [message_to(to, renderer.texts, "notice-aside", rows=own, friend=friend, reason=Choice(held.reason))]


async def decided(what: ReviewDecision, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells the friend, and the member unless the notice about the friend does so anyway."""
    rows = [back_home(fresh=True)]
    known = await renderer.engine.person(what.person)
    counts = known is not None and known.sponsor == what.member
    if to.id == what.person:
        inviter = await name_of(renderer, what.member)
        if what.decision == "released":
            text_id = "notice-released-friend" if counts else "notice-released-too-late"
            return [message_to(to, renderer.texts, text_id, rows=rows, inviter=inviter)]
        return [
            message_to(to, renderer.texts, "notice-dropped-friend", rows=rows, inviter=inviter, reason=Text(what.note))
        ]
    if what.decision == "released":
        return []
    friend, count = await name_of(renderer, what.person), Count(what.alike)
    text_id = "notice-dropped-member"
    return [message_to(to, renderer.texts, text_id, rows=rows, friend=friend, count=count, reason=Text(what.note))]
