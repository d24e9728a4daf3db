"""Authenticates requests: a shop shows its secret, or signs the body. Wrong ones are counted and slowed."""

import hmac
import ipaddress
from typing import Final

from starlette.requests import Request

from bot.kit.failed_attempts import FailedAttempt, Reason
from bot.kit.shop import Shop
from bot.kit.shop_kind import Delivery, Unauthenticated, Webhooks
from handlers.web.body import body_of
from handlers.web.problems import HttpProblem
from handlers.web.services import attempts_of, services_of

ANY_API_SHOP: Final = "api"
"""The counter's key for a wrong secret, which does not tell its shop."""


def shop_that_asks(request: Request) -> Shop:
    """Returns the shop whose secret is shown, in constant time. Raises HttpProblem."""
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    offered = shown.strip().encode("latin-1")  # the bytes as received
    services = services_of(request)
    shops = [shop for shop in services.shops.values() if services.kinds[shop.kind].uses_purchase_api]
    found = None
    for shop in shops:
        if hmac.compare_digest(shop.secret.encode(), offered):
            found = shop
    if scheme.lower() == "bearer" and found is not None:
        return found
    reason: Reason = "wrong_secret" if offered else "no_secret"
    meant = shops[0].name if len(shops) == 1 else ANY_API_SHOP
    raise _refusal(request, meant, reason, "Authorization: Bearer SECRET, with the secret of a shop")


async def verified_body_of(request: Request, shop: Shop, webhooks: Webhooks) -> bytes | None:
    """Returns the raw body that the shop has signed; None for a test of the connection. Raises HttpProblem."""
    delivery = Delivery(request.headers, lambda most: body_of(request, most))
    try:
        return await webhooks.verified_body(delivery, shop)
    except Unauthenticated as problem:
        refused = problem
    raise _refusal(request, shop.name, refused.reason, refused.detail)


def _refusal(request: Request, shop: str, reason: Reason, detail: str) -> HttpProblem:
    """Returns the problem, delayed for repeated wrong attempts."""
    slowdown = attempts_of(request).note(FailedAttempt(shop, reason, address_of(request)))
    if slowdown is None:
        return HttpProblem(401, "unauthorized", detail)
    return HttpProblem(401, "unauthorized", detail, retry_after_s=slowdown.retry_after_s, delay_s=slowdown.delay_s)


def address_of(request: Request) -> str:
    """Returns a request's client address; behind a web server on this machine, the one that it saw.

    Of the addresses in X-Forwarded-For only the last is the web server's own; clients can forge those before it. IPv6
    addresses count by network, as each customer has a whole one.
    """
    host = request.client.host if request.client is not None else ""
    address = _address(host)
    if address is not None and address.is_loopback:
        address = _address(request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()) or address
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host if address is None else str(address)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
