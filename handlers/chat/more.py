"""Shows a member's other pages, which the home card leads to in one tap."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on_plain
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.support_button import support_row
from handlers.chat.buttons import (
    OpenFriends,
    OpenGifts,
    OpenHelp,
    OpenHistory,
    OpenLanguage,
    OpenMore,
    OpenOffers,
    OpenRank,
    OpenSettings,
    OpenTeam,
    OpenWithdraw,
)


async def show_more(ctx: Context) -> None:
    """Shows the pages, two in a row."""
    rows: Rows = [
        [Press("button-history", OpenHistory(1)), Press("button-withdraw", OpenWithdraw())],
        [Press("button-friends", OpenFriends(1)), Press("button-team", OpenTeam(1))],
        [Press("button-rank", OpenRank()), Press("button-offers", OpenOffers(1))],
        [Press("button-gifts", OpenGifts()), Press("button-settings", OpenSettings())],
        [Press("button-language", OpenLanguage()), Press("button-help", OpenHelp())],
        support_row(ctx.bot),
        back_home(),
    ]
    ctx.say("more-card", rows=rows)


FEATURE = Feature("more", buttons=(on_plain(OpenMore, show_more),))
