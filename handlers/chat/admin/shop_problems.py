"""Shows the orders of shops that were not recorded or need a decision, until an admin has dealt with them."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on
from bot.kit.formatting import Code, Count, Lines
from bot.kit.pagination import paginate
from handlers.chat.admin.buttons import OpenShopProblems, SettleShopProblem, back_to_admin, turning
from handlers.shop_problem import problem_term

PAGE_SIZE: Final = 4


async def open_page(ctx: Context, button: OpenShopProblems) -> None:
    """Shows a page of the open problems, the oldest on page 1."""
    await _show_page(ctx, button.page)


async def settle(ctx: Context, button: SettleShopProblem) -> None:
    """Takes a problem from the list; whoever was first, the list shows what is left."""
    await ctx.shop_problems.settle(button.id)
    ctx.toast("toast-admin-shop-problem-settled")
    await _show_page(ctx, 1)


async def _show_page(ctx: Context, wanted: int) -> None:
    _, total = await ctx.shop_problems.waiting(skip=0, count=0)
    if not total:
        ctx.say("admin-shop-problems-none", rows=[back_to_admin()])
        return
    page = paginate(total, wanted, PAGE_SIZE)
    found, _ = await ctx.shop_problems.waiting(skip=page.skip, count=page.size)
    settled = [
        [
            Press(
                "button-admin-shop-problem-settled",
                SettleShopProblem(each.id),
                order=Code(f"{each.problem.shop}:{each.problem.order}"),
            )
        ]
        for each in found
    ]
    ctx.say(
        "admin-shop-problem-list",
        rows=[*settled, turning(page, OpenShopProblems), back_to_admin()],
        total=Count(total),
        problems=Lines(tuple(problem_term(each.problem) for each in found)),
    )


FEATURE = Feature("shop_problems", buttons=(on(OpenShopProblems, open_page), on(SettleShopProblem, settle)))
