"""Wires the scheduler of one process with its jobs' services, and heartbeat and verification beside it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from random import SystemRandom
from typing import Final

from bot.assembly.services import Services
from bot.broadcasts.repository import BroadcastStore
from bot.config import Config
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Code, Count, When
from bot.kit.person import Person
from bot.kit.texts import Texts
from bot.monitoring.clock_watch import ClockWatch
from bot.monitoring.heartbeat import Heartbeat
from bot.monitoring.verification import Verification
from bot.referrals.figures import FiguresBook
from bot.runtime.clock import Clock
from bot.runtime.trusted_time import ClockDoubt
from bot.schedule.jobs import JobServices, jobs
from bot.schedule.runs import Runs
from bot.schedule.scheduler import Failure, Scheduler
from bot.store.database import Database
from bot.store.digests import Digests
from bot.store.inbox import Inbox
from bot.store.outbox import Priority
from bot.store.preferences import CachedPreferences
from bot.store.trusted_clock import TrustedClock
from engine.verify import process
from engine.verify.ledger import Verdict
from handlers.digests.admins import job_failed

PROBLEM_SHOWN_MAX: Final = 300

ProveBooks = Callable[[Services], Awaitable[Verdict]]
"""Returns the verdict on the store of these services; raises nothing that a store can cause."""


def timetable_of(services: Services, prove: ProveBooks) -> Scheduler:
    """Returns the scheduled jobs on a store."""
    job_services = _services(services, prove)

    async def alarm(failure: Failure) -> None:
        """Alerts the admins of a failing job once a day, however often it is retried."""
        day = job_services.today(failure.at)
        messages = {
            each.id: job_failed(failure.job, each, job_services.notices())
            for each in await job_services.people.admins()
        }
        cause = f"job-failed:{failure.job}:{day}"
        await services.stores.writer.run(partial(job_services.tell_each, messages, cause=cause, at=failure.at))
        services.signals.outbox_changed.set()

    return Scheduler(jobs(job_services), job_services.runs, clock=services.clock, random=services.random, alarm=alarm)


def _services(services: Services, prove: ProveBooks) -> JobServices:
    writer, machine = services.stores.writer, services.stores.machine
    return JobServices(
        engine=services.engine,
        prove=partial(_prove_for_certain, services, prove),
        people=services.people,
        preferences=CachedPreferences(machine),
        digests=Digests(machine),
        inbox=Inbox(writer, machine),
        outbox=services.outbox,
        broadcasts=BroadcastStore(writer, machine, services.signals.broadcast_changed),
        runs=Runs(writer, machine),
        notices=services.notice_renderer,
        figures=FiguresBook(services.stores.figures),
        defaults=services.config.notify.defaults,
        admin_hour=services.config.notify.admin_hour,
        keep_told_days=services.config.store.keep_told_days,
        clock=services.clock,
        outbox_changed=services.signals.outbox_changed,
    )


@asynccontextmanager
async def timetable_beside(config: Config, texts: Texts, clock: Clock) -> AsyncIterator[Scheduler]:
    """Yields the scheduler without Telegram, for a command beside a running bot, which sends the messages.

    Raises StoreError where the store does not exist yet.
    """
    async with Database.with_engine(config.database, clock, key=config.store.key.get_secret_value()) as (
        stores,
        engine,
    ):
        services = Services.of(config, stores, engine, texts, clock, SystemRandom())
        yield timetable_of(services, prove_in_a_process)


def heartbeat_of(services: Services, *, chores: Callable[[], Awaitable[None]]) -> Heartbeat:
    """Returns the heartbeat. `chores` are retried at each beat."""
    return Heartbeat(services.engine, chores=chores)


def verification_of(services: Services, prove: ProveBooks) -> Verification:
    """Returns the verification, which alerts the admins at once, and once, when a check of the ledger fails."""

    async def alarm(verdict: Verdict, since: int) -> None:
        count, problem = Count(len(verdict.problems)), Code(verdict.problems[0][:PROBLEM_SHOWN_MAX])

        def message(admin: Person) -> Outgoing:
            return message_to(admin, services.texts, "books-do-not-hold", count=count, problem=problem)

        await services.tell_admins(f"proof:{since}", message, Priority.ANSWER)

    return Verification(services.engine, partial(prove, services), clock=services.clock, alarm=alarm)


async def prove_in_a_process(services: Services) -> Verdict:
    """Returns the verdict on the store, from a process of its own."""
    key = services.config.store.key.get_secret_value()
    return await process.prove(services.stores.path, key, now=services.clock.now())


async def _prove_for_certain(services: Services, prove: ProveBooks) -> Verdict:
    """Proves in full after a failure since the last seal, which may be the replayed state's."""
    verdict = await prove(services)
    return verdict if verdict.holds or verdict.full else await prove(services)


def _clock_message(admin: Person, doubt: ClockDoubt | None, services: Services) -> Outgoing:
    if doubt is None:
        return message_to(admin, services.texts, "clock-is-believed")
    zone = services.engine.programme.program.timezone
    wall, time = (When(moment, zone, time=True) for moment in (doubt.wall, doubt.trusted))
    return message_to(admin, services.texts, "clock-is-doubted", wall=wall, time=time)


def clock_watch_of(services: Services, clock: TrustedClock) -> ClockWatch:
    """Returns the clock watch, which alerts the admins when the system clock is distrusted or trusted again."""

    async def alarm(doubt: ClockDoubt | None) -> None:
        cause = f"clock:{clock.now()}"
        await services.tell_admins(cause, lambda admin: _clock_message(admin, doubt, services), Priority.ANSWER)

    return ClockWatch(clock, services.stores.writer, services.stores.machine, alarm)
