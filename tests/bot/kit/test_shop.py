"""A configured shop: what its orders are called, where its links lead, and that its secret does not show."""

import json

from msgspec.structs import astuple

from bot.kit.shop import Shop
from bot.shop_kinds.woocommerce.orders import snapshot_of
from storefront import API_SECRET, API_SHOP, WOO_SHOP, woo_line, woo_order


def test_orders_and_customers_are_named_after_their_shop() -> None:
    assert (API_SHOP.order("17"), WOO_SHOP.order("17")) == ("main:17", "woo:17")
    assert (API_SHOP.realm, WOO_SHOP.realm) == ("shop:main", "shop:woo")


def test_a_shop_link_has_the_code_in_its_address_where_a_page_is_configured() -> None:
    assert API_SHOP.address("K7MPQ2R") == "https://shop.example/?ref=K7MPQ2R"
    assert WOO_SHOP.address("K7MPQ2R") is None
    percent = Shop("main", "api", API_SECRET, "https://shop.example/%7B{code}?a=%s")
    assert percent.address("K7MPQ2R") == "https://shop.example/%7BK7MPQ2R?a=%s"


def test_a_shops_secret_does_not_show() -> None:
    assert API_SECRET not in repr(API_SHOP)


def test_a_product_is_its_sku_or_its_number_and_its_category_is_configured_by_either() -> None:
    items = [
        woo_line("1"),
        woo_line("2", sku="phone-x", product_id=5, quantity=3),
        woo_line("3", sku="\u202e\x00", product_id=93),
        woo_line("4", sku=None, product_id=0),
    ]
    lines = snapshot_of(json.dumps(woo_order(line_items=items)).encode(), WOO_SHOP).purchase.lines
    assert [astuple(line) for line in lines] == [
        ("93", 1, "shoes", 1),
        ("phone-x", 2, "phones", 3),
        ("93", 3, "shoes", 1),
        ("0", 4, None, 1),
    ]
