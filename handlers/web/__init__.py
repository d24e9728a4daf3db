"""Serves HTTP: shops' purchases and friends' codes, clicks on links. A new path is one line here."""

from starlette.routing import Route

from bot.kit.shop_kind import ShopKinds
from handlers.web.deliveries import delivery_handler
from handlers.web.health import get_health
from handlers.web.openapi import get_document
from handlers.web.orders import post_order, post_refund
from handlers.web.redirect import follow
from handlers.web.rewards import get_reward, post_use


def routes(kinds: ShopKinds) -> list[Route]:
    """Returns all paths, with and without a trailing slash; each kind of shop with webhooks has one.

    Handlers find their services in the application's state.
    """
    paths = [
        Route("/health", get_health),
        Route("/api/v1/openapi.json", get_document),
        Route("/api/v1/orders", post_order, methods=["POST"]),
        Route("/api/v1/refunds", post_refund, methods=["POST"]),
        Route("/api/v1/rewards/{code}", get_reward, methods=["GET"]),
        Route("/api/v1/rewards/{code}/use", post_use, methods=["POST"]),
        *(
            Route(f"/shop/{kind.name}/{{name}}", delivery_handler(kind, kind.webhooks), methods=["POST"])
            for kind in kinds.values()
            if kind.webhooks is not None
        ),
        Route("/r/{code}", follow),
    ]
    return [*paths, *(Route(f"{each.path}/", each.endpoint, methods=each.methods) for each in paths)]
