"""Provides ten orders of real shops, and the changes that plugins, hosts and accidents make to such a body."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any, Final

from mutations import mutated
from storefront import with_code, woo_line, woo_order

Json = dict[str, Any]
SHAPES: Final = (
    "plain",
    "guest",
    "coupon",
    "refunded",
    "marketplace child",
    "gift card",
    "negative fee",
    "toman gateway",
    "renewal",
    "weights",
)
BILLING: Final = {"first_name": "Sara", "email": "sara@example.com", "phone": "+98-912-111-22-33"}
CURRENCIES: Final = ("IRT", "IRR", "IRHT", "IRHR", "irt", "USD", "EUR", "Toman", "", "dollars", None)
STATUSES: Final = ("processing", "completed", "wc-completed", "pending", "cancelled", "refunded", "shipped", "", None)


def shape(name: str, id: int, code: str) -> Json:
    """Returns the order of that kind, with a member's code."""
    return woo_order(id, **{"meta_data": with_code(code), "billing": BILLING, **_fields(name, code)})


def _fields(name: str, code: str) -> Json:
    fields: dict[str, Json] = {
        "plain": {},
        "guest": {"customer_id": 0},
        "coupon": {"meta_data": [], "coupon_lines": [{"id": 3, "code": code.lower(), "discount": "5000"}]},
        "refunded": {
            "refunds": [{"id": 9, "reason": "", "total": "-11000"}, {"id": 10, "reason": "Post", "total": "-10000"}]
        },
        "marketplace child": {
            "parent_id": 1,
            "created_via": "dokan",
            "line_items": [woo_line("60000"), woo_line("40000")],
        },
        "gift card": {"total": "80000", "gift_cards": [{"id": 4, "code": "AB-CD", "amount": "30000"}]},
        "negative fee": {
            "total": "85000",
            "fee_lines": [{"id": 5, "name": "Club", "total": "-25000", "total_tax": "0", "tax_status": "none"}],
        },
        "toman gateway": {
            "currency": "IRHT",
            "payment_method": "WC_ZPal",
            "total": "110.5",
            "shipping_total": "10.5",
            "line_items": [woo_line("100", quantity=2)],
        },
        "renewal": {
            "created_via": "subscription",
            "meta_data": [*with_code(code), {"id": 7, "key": "_subscription_renewal", "value": "700"}],
        },
        "weights": {"line_items": [woo_line("60000", quantity=0.75), woo_line("40000.4", quantity="2.5", sku=41)]},
    }
    return fields[name]


def changed(order: Json, random: Random) -> bytes:
    """Returns the order's body after changes by plugins, and sometimes with damaged bytes."""
    content = copy.deepcopy(order)
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        random.choice(_CHANGES)(content, random)
    return mutated(content, random) if random.random() < 0.6 else json.dumps(content).encode()


def _list_as_object(order: Json, random: Random) -> None:
    name = random.choice(("line_items", "meta_data", "coupon_lines", "refunds", "fee_lines"))
    if isinstance(order[name], list):
        order[name] = {str(2 * place): each for place, each in enumerate(order[name])}


def _nothing(order: Json, random: Random) -> None:
    order[random.choice(list(order))] = random.choice((None, "", False, [], {}))


def _negative_line(order: Json, random: Random) -> None:
    lines = order["line_items"]
    if isinstance(lines, list):
        lines.append(woo_line(random.choice(("-30000", "-1", "-100000", "-999999", "-0.5")), quantity=-1))


def _other_numbers(order: Json, random: Random) -> None:
    name = random.choice(("total", "shipping_total", "total_tax", "id", "customer_id", "parent_id"))
    value = order.get(name)
    order[name] = random.choice((str(value), f" {value} ", value, f"-{value}", f"{value}.000000000000001"))


def _numbers_as_numbers(order: Json, _: Random) -> None:
    order["total"] = float(order["total"]) if str(order["total"]).replace(".", "", 1).isdigit() else order["total"]


def _currency(order: Json, random: Random) -> None:
    order["currency"] = random.choice(CURRENCIES)


def _status(order: Json, random: Random) -> None:
    order["status"] = random.choice(STATUSES)


def _time(order: Json, random: Random) -> None:
    order["date_modified_gmt"] = random.choice(
        ("", None, "2026-03-21T13:30:00+03:30", "0000-00-00 00:00:00", "21/03/2026", {"date": "2026-03-21 10:00:00"})
    )


def _quantity(order: Json, random: Random) -> None:
    lines = order["line_items"]
    for line in lines if isinstance(lines, list) else ():
        line["quantity"] = random.choice((-1, 0, 0.5, "2", "1,5", None, "", 10**12))


def _refund(order: Json, random: Random) -> None:
    refunds = order["refunds"]
    if isinstance(refunds, list):
        refunds.append({"id": 99, "total": random.choice(("-5000", "5000", -5000.5, "10000", "", None, "x", "9" * 30))})


_CHANGES: Final = (
    _list_as_object,
    _nothing,
    _negative_line,
    _other_numbers,
    _numbers_as_numbers,
    _currency,
    _status,
    _time,
    _quantity,
    _refund,
)
