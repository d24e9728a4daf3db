"""Shows the programme's last seven days as a picture."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on_plain
from bot.kit.formatting import Lines, When
from bot.kit.pagination import in_rows
from bot.kit.picture_pages import show_picture
from handlers.charts import Words
from handlers.chat.admin.buttons import OpenStats, ShowOverview, back_to_admin
from handlers.chat.admin.stats import top_lines
from handlers.figures import figure_lines
from handlers.overview import BEST, days_until, overview_recipe


async def show_overview(ctx: Context) -> None:
    """Shows the days up to now."""
    program = ctx.engine.programme.program
    since = days_until(program, ctx.now + 1)
    overview = await ctx.figures.overview(program, since, ctx.now + 1, top=BEST)
    lines = [*figure_lines(overview.total, ctx.bot.currency), *await top_lines(overview.top, ctx)]
    buttons = [Press("button-refresh", ShowOverview()), Press("button-stats", OpenStats("week", fresh=True))]
    show_picture(
        ctx,
        "overview-card",
        await overview_recipe(overview, ctx, Words.of(ctx)),
        [*in_rows(buttons, 2), back_to_admin()],
        since=When(since, ctx.bot.zone),
        until=When(ctx.now, ctx.bot.zone),
        lines=Lines(tuple(lines)),
    )


FEATURE = Feature("stats-picture", buttons=(on_plain(ShowOverview, show_overview),))
