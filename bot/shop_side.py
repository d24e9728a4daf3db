"""The shop side of one process, put together: the till, the HTTP server, and what runs beside them."""

from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.config import Config
from bot.friends.spending import GiftTill
from bot.kit.context import BotFacts
from bot.kit.links import Links
from bot.kit.person import People
from bot.kit.shop import Shop
from bot.kit.texts import Texts
from bot.shops.clicks import ClickCounts
from bot.shops.problems import ProblemTeller
from bot.shops.reconcile import Reconciler
from bot.shops.till import ShopTill
from bot.store.outbox import Outbox
from bot.stores import Stores
from bot.web.application import application
from bot.web.server import HttpServer
from engine.service import Engine
from handlers.notices.shops import shop_problem
from handlers.web.desk import WebDesk


def shops_of(config: Config) -> dict[str, Shop]:
    """The configured shops as handlers see them."""
    return {
        name: Shop(name, table.kind, table.secret.get_secret_value(), table.page, table.categories)
        for name, table in config.shops.items()
    }


def reconciler_of(
    config: Config, stores: Stores, engine: Engine, clock: Clock, troubled: Callable[[], None] = lambda: None
) -> Reconciler:
    """What polls the shops of the configuration."""
    shops = {name: (shop, config.shops[name]) for name, shop in shops_of(config).items()}
    till = ShopTill(engine, config.exchange, now=clock.now, troubled=troubled)
    outbox = Outbox(stores.writer, stores.machine)
    return Reconciler(shops, till, outbox, stores.writer, stores.machine, clock)


class ShopSide:
    """What the bot runs where the configuration has `[http]` or shops. `server` listens already, or is None."""

    def __init__(
        self,
        config: Config,
        stores: Stores,
        engine: Engine,
        *,
        people: People,
        links: Links,
        outbox: Outbox,
        texts: Texts,
        clock: Clock,
        server: HttpServer | None,
    ) -> None:
        self._config = config
        self._stores = stores
        self._engine = engine
        self._people = people
        self._links = links
        self._outbox = outbox
        self._texts = texts
        self._clock = clock
        self._server = server

    def jobs(self, facts: BotFacts, written: Callable[[], None]) -> list[Awaitable[None]]:
        """To be run until they are cancelled; `written` is called when there is something to send."""
        teller = self._teller(written)
        jobs: list[Awaitable[None]] = [teller.run()] if self._config.shops else []
        if any(table.polled for table in self._config.shops.values()):
            jobs.append(reconciler_of(self._config, self._stores, self._engine, self._clock, teller.wake).run())
        if self._server is not None:
            jobs.append(self._server.run(application(self._desk(facts, teller.wake))))
        return jobs

    def _teller(self, written: Callable[[], None]) -> ProblemTeller:
        return ProblemTeller(
            self._stores.writer,
            self._stores.machine,
            self._people,
            self._outbox,
            lambda problem, admin: shop_problem(problem, admin, self._texts),
            clock=self._clock,
            written=written,
        )

    def _desk(self, facts: BotFacts, troubled: Callable[[], None]) -> WebDesk:
        now = self._clock.now
        return WebDesk(
            engine=self._engine,
            till=ShopTill(self._engine, self._config.exchange, now=now, troubled=troubled),
            links=self._links,
            clicks=ClickCounts(self._stores.writer, self._stores.machine, now),
            gifts=GiftTill(self._engine, now),
            shops=shops_of(self._config),
            texts=self._texts,
            bot=facts,
            public_url=self._config.http.public_url if self._config.http is not None else "",
        )
