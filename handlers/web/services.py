"""Defines the services of the web handlers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from bot.kit.bot_facts import BotFacts
from bot.kit.failed_attempts import FailedAttemptCounter
from bot.kit.links import Links
from bot.kit.rewards import Gifts
from bot.kit.shop import Categories, Clicks, Shop, ShopOrders
from bot.kit.shop_kind import ShopKinds
from bot.kit.texts import Texts
from engine.service import Engine


@dataclass(frozen=True, slots=True)
class WebServices:
    """Holds the engine, the order service, the links, the click counter, the shops and their kinds by
    name, and the bot's own data.

    `trouble` says why Telegram is unreachable, "" if it is not.
    """

    engine: Engine
    order_service: ShopOrders
    links: Links
    clicks: Clicks
    categories: Categories
    gifts: Gifts
    kinds: ShopKinds
    shops: Mapping[str, Shop]
    texts: Texts
    bot: BotFacts
    public_url: str = ""
    trouble: Callable[[], str] = lambda: ""


def services_of(request: Request) -> WebServices:
    """Returns the services that the application was made with."""
    services = request.app.state.services
    assert isinstance(services, WebServices)
    return services


def attempts_of(request: Request) -> FailedAttemptCounter:
    """Returns where this application counts requests whose secret or signature is wrong."""
    counter: FailedAttemptCounter = request.app.state.attempts
    return counter
