"""The timetable of one process with all that its jobs work with: beside the platform in the bot, or without it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from random import Random, SystemRandom

from bot.clock import Clock
from bot.config import Config
from bot.config.campaigns import campaigns_of
from bot.config.products import for_sale
from bot.config.rewards import rewards_of, share_of
from bot.kit.context import BotFacts, ProgrammeTexts
from bot.kit.languages import LANGUAGES, Language
from bot.kit.products import Catalogue
from bot.kit.texts import Texts
from bot.schedule.jobs import JobDesk, jobs
from bot.schedule.timetable import Failure, Timetable
from bot.store.broadcasts import BroadcastStore
from bot.store.digests import Digests
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.people import Profiles
from bot.store.runs import Runs
from bot.store.wishes import KeptWishes
from bot.stores import Stores
from engine.exchange import Exchange
from engine.service import Engine
from handlers.digests.admins import job_failed


def facts_of(config: Config, engine: Engine, texts: Texts, username: str) -> BotFacts:
    """What the bot knows of itself: `username` is what the platform calls it."""

    def words(language: Language) -> ProgrammeTexts:
        """The operator's; where they wrote none, the catalogue's."""
        own = getattr(config.texts, language)
        names = ("name", "welcome", "share")
        return ProgrammeTexts(**{n: getattr(own, n) or texts.plain(language, f"programme-{n}") for n in names})

    return BotFacts(
        username=username,
        link_url=config.telegram.link_url,
        admins=frozenset(config.telegram.admins),
        texts={language: words(language) for language in LANGUAGES},
        currency=engine.programme.currency,
        zone=engine.programme.program.timezone,
        catalogue=catalogue_of(config, engine),
        broadcasts_per_second=min(config.telegram.broadcasts_per_second, config.telegram.messages_per_second),
        defaults=config.notify.defaults,
        campaigns=campaigns_of(config.campaigns, config.folder),
        rewards=rewards_of(config.rewards, config.folder),
        share=share_of(config.share),
    )


def catalogue_of(config: Config, engine: Engine) -> Catalogue:
    """What the bot sells now, and what other currencies are worth in the programme's."""
    return Catalogue(Exchange(engine.programme.currency, config.exchange), for_sale(config.products))


def timetable_of(
    config: Config,
    stores: Stores,
    engine: Engine,
    texts: Texts,
    facts: BotFacts,
    *,
    clock: Clock,
    random: Random,
    written: Callable[[], None],
) -> Timetable:
    """The jobs on a store. `written` is called when they have put messages into the outbox."""
    writer, machine = stores.writer, stores.machine
    desk = JobDesk(
        engine=engine,
        path=stores.path,
        people=Profiles(writer, machine, facts.admins),
        wishes=KeptWishes(machine),
        digests=Digests(machine),
        inbox=Inbox(writer, machine),
        outbox=Outbox(writer, machine),
        broadcasts=BroadcastStore(writer, machine, lambda: None),
        runs=Runs(writer, machine),
        texts=texts,
        bot=facts,
        admin_hour=config.notify.admin_hour,
        clock=clock,
        written=written,
    )

    async def alarm(failure: Failure) -> None:
        """Admins hear of a job that fails once a day, however often it is tried."""
        day = desk.today(failure.at)
        messages = {each.id: job_failed(failure.job, each, desk.notices) for each in await desk.people.admins()}
        cause = f"job-failed:{failure.job}:{day}"
        await writer.run(partial(desk.tell_each, messages, cause=cause, at=failure.at))
        written()

    return Timetable(jobs(desk), desk.runs, clock=clock, random=random, alarm=alarm)


@asynccontextmanager
async def timetable_beside(config: Config, texts: Texts, clock: Clock) -> AsyncIterator[Timetable]:
    """The jobs with no platform, for a command beside a running bot, which sends what they write.

    Raises StoreError where there is no store yet.
    """
    random = SystemRandom()
    async with Stores.with_engine(config.database, clock) as (stores, engine):
        facts = facts_of(config, engine, texts, username="")
        yield timetable_of(config, stores, engine, texts, facts, clock=clock, random=random, written=lambda: None)
