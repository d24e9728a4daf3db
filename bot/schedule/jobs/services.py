"""Defines the jobs' services."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.broadcasts.repository import BroadcastStore
from bot.kit.calendar_slots import Schedule
from bot.kit.effects import Outgoing
from bot.kit.figures import ProgrammeFigures
from bot.kit.preferences import Defaults
from bot.runtime.clock import Clock
from bot.runtime.signals import Signal
from bot.schedule.job import ScheduledJob
from bot.schedule.runs import Runs
from bot.store.digests import Digests
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox, Priority
from bot.store.preferences import CachedPreferences
from bot.store.profiles import Profiles
from engine.periods import Period
from engine.service import Engine
from engine.store.driver import Connection
from engine.timestamps import utc
from engine.verify.ledger import Verdict
from handlers.notices import NoticeRenderer


@dataclass(frozen=True, slots=True)
class JobServices:
    """Holds the engine, the bot's tables, the means of rendering, and the default preferences.

    `prove` never raises. `outbox_changed` is set when there are new messages in the outbox.
    """

    engine: Engine
    prove: Callable[[], Awaitable[Verdict]]
    people: Profiles
    preferences: CachedPreferences
    digests: Digests
    inbox: Inbox
    outbox: Outbox
    broadcasts: BroadcastStore
    runs: Runs
    notices: Callable[[], NoticeRenderer]
    figures: ProgrammeFigures
    defaults: Defaults
    admin_hour: int
    keep_told_days: int
    clock: Clock
    outbox_changed: Signal

    @property
    def zone(self) -> str:
        """Returns the programme's zone, which may change while we run."""
        return self.engine.programme.program.timezone

    def today(self, moment: int) -> date:
        """Returns the local date of a moment (ms, UTC) in the programme's zone."""
        return utc(moment).astimezone(ZoneInfo(self.zone)).date()

    def tell_each(self, messages: Mapping[str, Outgoing], connection: Connection, *, cause: str, at: int) -> None:
        """Enqueues a message for each person, once for a cause; in the caller's transaction."""
        letters = [(f"{cause}/{person}", [message]) for person, message in messages.items()]
        self.outbox.post(connection, letters, Priority.NOTICE, at)

    def scheduled(self, job: str, every: Period, hour: int) -> ScheduledJob:
        """Returns a schedule in the programme's own calendar."""
        program = self.engine.programme.program
        return ScheduledJob(job, Schedule(every, program.timezone, hour, program.calendar, program.week_start))
