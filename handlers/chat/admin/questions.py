"""Shows whose question to support waits for an answer; it is answered in the support chat."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on
from bot.kit.formatting import Count, Lines, Term, When
from bot.kit.pagination import paginate
from handlers.chat.admin.buttons import OpenQuestions, PickPerson, back_to_admin, turning
from handlers.chat.admin.finding import DRAFT
from handlers.phrases import name_of

PAGE_SIZE: Final = 6


async def open_page(ctx: Context, button: OpenQuestions) -> None:
    """Shows a page of those who wait, each with a way to their card."""
    total = await ctx.support.waiting()
    if not total:
        ctx.say("admin-questions-none", rows=[back_to_admin()])
        return
    page = paginate(total, button.page, PAGE_SIZE)
    askers = await ctx.support.askers(skip=page.skip, count=page.size)
    names = [await name_of(ctx, each.person) for each in askers]
    lines = [
        Term("admin-questions-line", asker=name, since=When(each.since, ctx.bot.zone))
        for each, name in zip(askers, names, strict=True)
    ]
    token = ctx.draft(DRAFT, command="member", sought="", words="")
    cards = [
        [Press("button-admin-question", PickPerson(token, each.person), asker=name)]
        for each, name in zip(askers, names, strict=True)
    ]
    ctx.say(
        "admin-questions",
        rows=[*cards, turning(page, OpenQuestions), back_to_admin()],
        total=Count(total),
        questions=Lines(tuple(lines)),
    )


FEATURE = Feature("questions", buttons=(on(OpenQuestions, open_page),))
