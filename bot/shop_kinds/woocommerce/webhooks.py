"""Reads WooCommerce's webhooks: verifies their signature, and tells what they hold by their topic."""

import base64
import hashlib
import hmac
import logging
import re
from collections.abc import Mapping
from typing import Final

from bot.kit.shop import Malformed, Shop
from bot.kit.shop_kind import BodyRefused, DeletedOrder, Delivered, Delivery, Unauthenticated, UnreadableOrder, Webhooks
from bot.shop_kinds.woocommerce.orders import deleted_order, order_name, product_of, snapshot_of

BYTES_MAX: Final = 2 * 1024 * 1024
PING_BYTES_MAX: Final = 64
SIGNATURE: Final = re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII)
"""32 bytes in base64."""
PING: Final = re.compile(rb"webhook_id=\d+")
PRODUCT_TOPICS: Final = ("product.created", "product.updated", "product.restored")

_log = logging.getLogger(__name__)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Returns whether X-WC-Webhook-Signature is base64 of HMAC-SHA256 over the raw body; compared in constant time."""
    made = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256))
    return hmac.compare_digest(made, signature.encode("utf-8", "replace"))


class WooCommerceWebhooks(Webhooks):
    """Reads deliveries of created, updated, deleted and restored orders and products."""

    async def verified_body(self, delivery: Delivery, shop: Shop) -> bytes | None:
        """Returns the raw body that the shop has signed; None for WooCommerce's test ping, a form, signed or not.

        Raises Unauthenticated, BodyRefused. With a missing or malformed signature the body is not read.
        """
        signature = delivery.headers.get("x-wc-webhook-signature", "").strip()
        if not signature and await _is_unsigned_ping(delivery):
            return None
        if not SIGNATURE.fullmatch(signature):
            raise Unauthenticated(
                "misshapen_signature" if signature else "no_signature",
                "X-WC-Webhook-Signature is missing or malformed",
            )
        body = await delivery.body(BYTES_MAX)
        if not is_signed(body, signature, shop.secret):
            raise Unauthenticated("wrong_signature", "X-WC-Webhook-Signature does not match the body")
        return None if _is_form(delivery) and PING.fullmatch(body) else body

    def read(self, headers: Mapping[str, str], body: bytes, shop: Shop) -> Delivered | None:
        """Parses an order or a product. Other topics are of no interest; a delivery without a topic must be an order.

        A product that cannot be read is requested with all others within the hour.
        """
        topic = headers.get("x-wc-webhook-topic", "")
        if topic in PRODUCT_TOPICS:
            try:
                return product_of(body)
            except Malformed as problem:
                _log.warning("shop %s: product unreadable: %s", shop.name, problem.key)
        if topic and not topic.startswith("order."):
            return None
        try:
            return DeletedOrder(deleted_order(body)) if topic == "order.deleted" else snapshot_of(body, shop)
        except Malformed as problem:
            return UnreadableOrder(order_name(body), problem)


async def _is_unsigned_ping(delivery: Delivery) -> bool:
    if not _is_form(delivery):
        return False
    try:
        body = await delivery.body(PING_BYTES_MAX)
    except BodyRefused:
        return False
    return PING.fullmatch(body) is not None


def _is_form(delivery: Delivery) -> bool:
    return delivery.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
