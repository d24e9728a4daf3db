"""Turns the programme's last days into a picture's recipe: for the morning's summary and for /stats."""

from typing import Final

from bot.kit.formatting import Compact, Text, When
from bot.kit.json import Json
from engine.periods import last_periods
from engine.programme.model import Program
from engine.queries.figures import Overview
from handlers.charts import Words
from handlers.phrases import RenderContext, name_of

DAYS: Final = 7
BEST: Final = 10


def days_until(program: Program, until: int) -> int:
    """Returns when the last seven days before a moment (ms, UTC) began: the day that it is in counts."""
    return last_periods(program, "day", until - 1, DAYS)[0]


async def overview_recipe(overview: Overview, context: RenderContext, words: Words) -> Json:
    """Returns the recipe of a span: its sums, the sales of each day, and who earned most."""
    currency, zone = context.bot.currency, context.bot.zone
    total = overview.total
    since, until = When(total.since, zone, year=False), When(total.until - 1, zone, year=False)
    sums = {
        "overview-sales": total.sales,
        "overview-commissions": total.cost,
        "overview-payouts": total.paid_out,
    }
    return {
        "kind": "overview",
        "language": words.language,
        "title": words("overview-title", name=Text(context.bot.texts[words.language].name)),
        "subtitle": words("overview-span", since=since, until=until),
        "tiles": [
            {"label": words(name), "value": words("chart-value", value=Compact(amount, currency))}
            for name, amount in sums.items()
        ],
        "sales": words("overview-sales-by-day"),
        "days": [words("chart-day", day=When(each.since, zone, year=False)) for each in overview.days],
        "values": [words("chart-value", value=Compact(each.sales, currency)) for each in overview.days],
        "amounts": [each.sales for each in overview.days],
        "best": words("overview-best"),
        "unnamed": words("shares-member"),
        "top": [
            {
                "name": words.name(await name_of(context, each.member)),
                "value": words("chart-value", value=Compact(each.earned, currency)),
                "amount": each.earned,
            }
            for each in overview.top
        ],
    }
