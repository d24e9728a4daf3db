"""Defines the services shared by the whole process: configuration, stores, texts, clock, randomness."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.botapi.identity import Account, BotIdentity
from bot.config import Config
from bot.config.campaigns import campaigns_of
from bot.config.machine import LanguageTexts
from bot.config.products import for_sale
from bot.config.rewards import rewards_of, share_of
from bot.kit.bot_facts import BotFacts, ProgrammeTexts
from bot.kit.bot_profile import OwnProfile
from bot.kit.effects import Outgoing
from bot.kit.languages import LANGUAGES, Language
from bot.kit.person import Person
from bot.kit.products import Catalogue
from bot.kit.texts import Texts
from bot.kit.titles import TitleBook, Titles
from bot.notifications.relay import OutboxRelay, Source
from bot.outbox.services import OutboxServices
from bot.runtime.clock import Clock
from bot.runtime.signals import Signal, Signals
from bot.store.admins import AdminRoll
from bot.store.database import Database
from bot.store.outbox import Outbox, Priority
from bot.store.preferences import CachedPreferences
from bot.store.profiles import Profiles
from engine.exchange import Exchange
from engine.service import Engine
from engine.withdrawal_limits import WithdrawalLimits
from handlers.notices.renderer import NoticeRenderer

FIRST_RANK: Final = "base"
"""The id that `moaref init` gives the first rank, whose title few operators think of."""


@dataclass(frozen=True, slots=True)
class Services:
    """Holds the process's shared services; `Services.of` builds it."""

    config: Config
    stores: Database
    engine: Engine
    texts: Texts
    clock: Clock
    random: Random
    people: Profiles
    outbox: Outbox
    identity: BotIdentity
    signals: Signals
    admins: AdminRoll
    titles: TitleBook
    _facts: BotFacts

    @classmethod
    def of(
        cls,
        config: Config,
        stores: Database,
        engine: Engine,
        texts: Texts,
        clock: Clock,
        random: Random,
        *,
        username: str = "",
        inline: bool = False,
    ) -> "Services":
        """Builds the services. `username` is the bot's on Telegram, "" while it is not known.

        `inline`: whether the bot supports inline queries.
        """
        signals, owners = Signals(), frozenset(config.telegram.admins)
        admins = AdminRoll(
            stores.writer,
            stores.machine,
            owners=owners,
            added=stores.added_admins,
            changed=signals.admins_changed,
        )
        people = Profiles(stores.writer, stores.machine, admins, owners)
        outbox = Outbox(stores.writer, stores.machine)
        identity = BotIdentity(Account(username, inline))
        facts, titles = _facts_of(config, engine, texts), TitleBook(_titles_of(config, texts))
        return cls(
            config, stores, engine, texts, clock, random, people, outbox, identity, signals, admins, titles, facts
        )

    def facts(self) -> BotFacts:
        """Returns the bot's current facts: the username is Telegram's; the programme's zone and titles may change."""
        account, zone = self.identity.account, self.engine.programme.program.timezone
        return replace(
            self._facts,
            username=account.username,
            inline=account.inline,
            zone=zone,
            titles=self.titles.current,
            admins=self.admins,
        )

    async def tell_admins(
        self, cause: str, message: Callable[[Person], Outgoing], priority: Priority = Priority.NOTICE
    ) -> None:
        """Puts a message to each admin into the outbox, once for each `cause`, and wakes the sender."""
        now, admins = self.clock.now(), await self.people.admins()
        letters = [(f"{cause}/{each.id}", [message(each)]) for each in admins]
        await self.stores.writer.run(lambda connection: self.outbox.post(connection, letters, priority, now))
        self.signals.outbox_changed.set()

    def catalogue(self) -> Catalogue:
        """Returns the products on sale and the exchange rates to the programme's currency."""
        return _catalogue_of(self.config, self.engine)

    def notice_renderer(self) -> NoticeRenderer:
        """Returns a renderer of notices with the current facts."""
        preferences = CachedPreferences(self.stores.machine)
        return NoticeRenderer(self.engine, self.people, self.texts, self.facts(), preferences)

    def for_outbox(self) -> OutboxServices:
        """Returns the services of whatever writes messages into the outbox."""
        return OutboxServices(self.people, self.outbox, self.stores.writer, self.clock, self.signals)

    def relay(self, source: Source, subject: str, *announced_by: Signal) -> OutboxRelay:
        """Returns a relay from `source`, which the signals announce, to the outbox."""
        return OutboxRelay(self.for_outbox(), source, subject, *announced_by)


def _facts_of(config: Config, engine: Engine, texts: Texts) -> BotFacts:
    def words(language: Language) -> ProgrammeTexts:
        """Returns the operator's texts, the catalogue's where the operator configured none."""
        own = config.texts.words.get(language, LanguageTexts())
        names = ("name", "welcome", "share")
        return ProgrammeTexts(**{n: getattr(own, n) or texts.plain(language, f"programme-{n}") for n in names})

    return BotFacts(
        username="",
        link_url=config.telegram.link_url,
        admins=frozenset(config.telegram.admins),
        texts={language: words(language) for language in LANGUAGES},
        currency=engine.programme.currency,
        zone=engine.programme.program.timezone,
        catalogue=_catalogue_of(config, engine),
        broadcasts_per_second=min(config.telegram.broadcasts_per_second, config.telegram.messages_per_second),
        defaults=config.notify.defaults,
        campaigns=campaigns_of(config.campaigns, config.folder),
        rewards=rewards_of(config.rewards, config.folder),
        share=share_of(config.share),
        shops=frozenset(config.shops),
        shop_urls=_shop_urls(config),
        withdrawals=WithdrawalLimits(config.withdrawals.open_requests, config.withdrawals.requests_an_hour),
        profile={
            language: OwnProfile(own.name, own.description, own.short_description)
            for language, own in config.texts.words.items()
        },
        support=config.support.channel if config.support is not None else None,
    )


def _titles_of(config: Config, texts: Texts) -> Titles:
    """Returns the configured titles; the rank that `moaref init` writes has one in any case."""
    ranks = {FIRST_RANK: {each: texts.plain(each, "title-first-rank") for each in LANGUAGES}}
    return Titles({**config.titles, "rank": {**ranks, **config.titles.get("rank", {})}})


def _catalogue_of(config: Config, engine: Engine) -> Catalogue:
    return Catalogue(Exchange(engine.programme.currency, config.exchange), for_sale(config.products))


def _shop_urls(config: Config) -> dict[Language, str]:
    """Returns the operator's address in each language, else the page of the first shop that has one."""
    page = next((shop.page for shop in config.shops.values() if shop.page), "")
    return {each: config.texts.words.get(each, LanguageTexts()).shop_url or page for each in LANGUAGES}
