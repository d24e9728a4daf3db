"""Wires the shops of one process: the order service, the HTTP server, and their background tasks."""

from collections.abc import Awaitable
from dataclasses import replace

from starlette.applications import Starlette

from bot.assembly.services import Services
from bot.config import Config
from bot.kit.links import Links
from bot.kit.shop import Shop
from bot.notifications.relay import OutboxRelay
from bot.referrals.reward_redemption import RewardRedemptions
from bot.runtime.clock import Clock
from bot.runtime.signals import Signal
from bot.runtime.ticker import Recurring
from bot.shop_kinds import KINDS
from bot.shops.categories import ShopCategories
from bot.shops.clicks import ClickCounts
from bot.shops.current_orders import CurrentOrders
from bot.shops.problems import ShopProblems
from bot.shops.reconcile import Reconciler
from bot.shops.service import ShopOrderService
from bot.store.database import Database
from bot.store.outbox import Outbox
from bot.web.application import application
from bot.web.failed_attempts import DELAY_S, FailedAttempts
from bot.web.server import HttpServer
from bot.web.wrong_secret_alerts import WrongSecretAlerts
from engine.service import Engine
from handlers.notices.shop_problems import shop_problems
from handlers.notices.shops import shop_problem
from handlers.notices.wrong_secrets import wrong_secret
from handlers.web.services import WebServices


def shops_of(config: Config, categories: ShopCategories) -> dict[str, Shop]:
    """Returns the configured shops as handlers see them; `categories` are updated in place."""
    return {
        name: KINDS[settings.kind].shop(name, settings, categories.of(name)) for name, settings in config.shops.items()
    }


def reconciler_of(
    config: Config,
    stores: Database,
    engine: Engine,
    clock: Clock,
    categories: ShopCategories | None = None,
    failed: Signal | None = None,
) -> Reconciler:
    """Returns the reconciler, which polls the configured shops and keeps `categories` up to date.

    `failed` is set when there is a problem for the admins, for whoever tells them in this process.
    """
    categories = categories or ShopCategories(stores.writer, stores.machine)
    shops = {name: (shop, config.shops[name]) for name, shop in shops_of(config, categories).items()}
    order_service = ShopOrderService(engine, config.exchange, now=clock.now, failed=failed or Signal())
    outbox = Outbox(stores.writer, stores.machine)
    return Reconciler(shops, order_service, categories, outbox, stores.writer, stores.machine, clock)


class ShopWiring:
    """Holds the parts that run where the configuration has `[http]` or shops. `server` already listens, or is None."""

    def __init__(self, services: Services, links: Links, server: HttpServer | None) -> None:
        self._services = services
        self._links = links
        self._server = server
        self._categories = ShopCategories(services.stores.writer, services.stores.machine)

    async def prepare(self) -> None:
        """Loads the categories, which order deliveries need, before the first delivery arrives."""
        await self._categories.load()

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled."""
        shops = self._services.config.shops
        jobs: list[Awaitable[None]] = [self._relay().run()] if shops else []
        if self._server is not None:
            attempts = FailedAttempts(
                self._services.clock.ticks, self._services.signals.secret_refused, delay_s=DELAY_S
            )
            jobs.append(self._alerts(attempts).run())
            jobs.append(self._server.run(self._application(attempts)))
        return jobs

    def recurring(self) -> list[Recurring]:
        """Returns the recurring work."""
        is_polled = any(table.polled for table in self._services.config.shops.values())
        return [self._reconciler().recurring()] if is_polled else []

    def _alerts(self, attempts: FailedAttempts) -> WrongSecretAlerts:
        services = self._services
        return WrongSecretAlerts(
            services.for_outbox(), attempts, lambda attempt, admin: wrong_secret(attempt, admin, services.texts)
        )

    def _application(self, attempts: FailedAttempts) -> Starlette:
        """Returns the HTTP application. It serves before the bot's username is known, and after."""
        served = application(self._web_services(), attempts)

        def learn() -> None:
            served.state.services = replace(served.state.services, bot=self._services.facts())

        self._services.identity.watch(learn)
        return served

    def _reconciler(self) -> Reconciler:
        services = self._services
        return reconciler_of(
            services.config,
            services.stores,
            services.engine,
            services.clock,
            categories=self._categories,
            failed=services.signals.order_failed,
        )

    def _relay(self) -> OutboxRelay:
        services = self._services
        problems = ShopProblems(
            services.stores.machine,
            services.people,
            lambda problem, admin: shop_problem(problem, admin, services.texts),
            render_many=lambda several, admin: shop_problems(several, admin, services.texts),
            now=services.clock.now,
        )
        return services.relay(problems, "shop problem notifications", services.signals.order_failed)

    def _order_service(self) -> ShopOrderService:
        services = self._services
        return ShopOrderService(
            services.engine,
            services.config.exchange,
            now=services.clock.now,
            failed=services.signals.order_failed,
            current=CurrentOrders(services.config.shops),
        )

    def _web_services(self) -> WebServices:
        services, http = self._services, self._services.config.http
        now = services.clock.now
        return WebServices(
            engine=services.engine,
            order_service=self._order_service(),
            links=self._links,
            clicks=ClickCounts(services.stores.writer, services.stores.machine, now),
            categories=self._categories,
            gifts=RewardRedemptions(services.engine, now),
            kinds=KINDS,
            shops=shops_of(services.config, self._categories),
            texts=services.texts,
            bot=services.facts(),
            public_url=http.public_url if http is not None else "",
            trouble=self._services.identity.trouble,
        )
