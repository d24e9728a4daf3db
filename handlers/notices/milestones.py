"""Finds milestones among notices: a member's first friend, first sale and new ranks.

Follows from the books alone, so that a notice is the same milestone whenever and however often it is told.
"""

from bot.kit.person import Person
from engine.notices import CommissionCredited, FriendCame, RankReached
from engine.queries.views import NoticeRow
from handlers.notices.renderer import NoticeRenderer


async def is_milestone(row: NoticeRow, to: Person, renderer: NoticeRenderer) -> bool:
    """Returns whether the notice tells a milestone of this member."""
    match row.notice:
        case FriendCame(friend=friend):
            return await renderer.engine.first_friend(to.id) == friend
        case CommissionCredited(kind="direct", number=number):
            return not await renderer.engine.sold_before(to.id, number)
        case RankReached():
            return True
    return False


async def is_celebrated(row: NoticeRow, to: Person, renderer: NoticeRenderer) -> bool:
    """Returns whether the notice is told as a milestone: it is one, and they are not switched off."""
    return await is_milestone(row, to, renderer) and "milestones" not in await renderer.muted_by(to)
