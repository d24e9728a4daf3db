"""Decides which notices a person gets and when, and renders them: preferences, quiet hours and language."""

from collections.abc import Callable, Sequence

from bot.kit.effects import Outgoing
from bot.kit.gathering import day_began, gathered_until
from bot.kit.person import Person
from bot.kit.preferences import GATHERED, PreferenceRepository, Preferences
from bot.kit.quiet_hours import quiet_until
from bot.notifications.notice_dispatcher import Due
from bot.store.rate_changes import RateChange
from engine.notices import CommissionCredited
from engine.queries.views import NoticeRow
from handlers.notices import NoticeRenderer, group_of, is_alone, is_milestone, render, render_together
from handlers.notices.rates import rate_changed


class ChatNotificationPolicy:
    """Implements the dispatcher's NotificationPolicy for the chat. `renderer` returns the current NoticeRenderer."""

    def __init__(self, preferences: PreferenceRepository, renderer: Callable[[], NoticeRenderer]) -> None:
        self._preferences = preferences
        self._renderer = renderer

    async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:
        """Returns when the notice is due: now, when what is gathered is told, or after quiet hours; None for a kind
        switched off. A milestone is told although its other kind is off. What a clock since set back has dated later is
        not gathered.
        """
        renderer = self._renderer()
        held = await self._held(person, renderer)
        if group_of(notice) in held.muted and not await self._is_wanted_milestone(notice, person, held, renderer):
            return None
        busy = held.may_become_hourly and _is_busy(notice, held)
        at = now if notice.at > now else max(now, _gathered_until(notice, held, busy=busy))
        return Due(quiet_until(held.quiet, held.zone, at), busy)

    async def _held(self, person: Person, renderer: NoticeRenderer) -> Preferences:
        return (await self._preferences.of(person.id)).over(renderer.bot.defaults, renderer.bot.zone)

    async def _is_wanted_milestone(
        self, notice: NoticeRow, person: Person, held: Preferences, renderer: NoticeRenderer
    ) -> bool:
        return "milestones" not in held.muted and await is_milestone(notice, person, renderer)

    def alone(self, notice: NoticeRow) -> bool:
        """Returns whether the notice is sent by itself: receipts and the steps before them are not combined."""
        return is_alone(notice)

    async def say(self, notices: Sequence[NoticeRow], person: Person, *, waited: bool) -> Sequence[Outgoing]:
        """Renders the notices in the person's language, with the ledger's current values."""
        renderer = self._renderer()
        busy = waited and await self._became_busy(notices, person, renderer)
        if len(notices) == 1 and not busy:
            return await render(notices[0], person, renderer)
        return await render_together(notices, person, renderer, busy=busy)

    async def _became_busy(self, notices: Sequence[NoticeRow], person: Person, renderer: NoticeRenderer) -> bool:
        """Returns whether one of them has made this person's commissions hourly: it was held then, and is told once."""
        if not any(isinstance(each.notice, CommissionCredited) for each in notices):
            return False
        busy_from = (await self._held(person, renderer)).busy_from
        return busy_from in {each.number for each in notices}


class ChatRateWords:
    """Implements RateWords for the chat: part of the switch for rates and caps, after quiet hours."""

    def __init__(self, preferences: PreferenceRepository, renderer: Callable[[], NoticeRenderer]) -> None:
        self._preferences = preferences
        self._renderer = renderer

    async def due(self, person: Person, now: int) -> int | None:
        """Returns when the person may be told (ms, UTC); None where the kind is switched off."""
        bot = self._renderer().bot
        held = (await self._preferences.of(person.id)).over(bot.defaults, bot.zone)
        return None if "ranks" in held.muted else quiet_until(held.quiet, held.zone, now)

    def say(self, change: RateChange, to: Person) -> Outgoing:
        """Renders the message in the person's language."""
        return rate_changed(change.before, change.after, f"R-{change.id}", to, self._renderer())


def _is_busy(notice: NoticeRow, held: Preferences) -> bool:
    """Returns whether more commissions have come on the notice's day than are told one by one."""
    if notice.credited_before is None or group_of(notice) not in GATHERED:
        return False
    return notice.credited_before >= day_began(held.zone, notice.at)


def _gathered_until(notice: NoticeRow, held: Preferences, *, busy: bool) -> int:
    """Returns when a notice is told by how its kind is gathered; what came before a busy day's limit, at once."""
    if group_of(notice) not in GATHERED or (held.busy_from is not None and notice.number < held.busy_from):
        return notice.at
    return gathered_until("hourly" if busy else held.gather, held.zone, held.hour, notice.at)
