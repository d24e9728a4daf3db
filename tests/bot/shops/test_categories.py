"""Which category a line is in: orders do not say it, products do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from asked_shop import LAST_WEEK, reconciler
from bot.kit.shop import Malformed
from bot.shop_kinds.woocommerce.orders import product_of
from bot.shops.categories import ShopCategories
from fake_shop import fake_shop
from storefront import WOO_SHOP, Storefront, open_storefront, with_code, woo_line, woo_order

TABLES = {
    "program": {"currency": "IRT"},
    "ranks": [{"id": "base", "commission": "20%"}],
    "rates": [{"category": "phones", "commission": "10%"}, {"category": "books", "commission": "5%"}],
}


def product(id: int, *slugs: str, sku: str = "") -> dict[str, Any]:
    """As WooCommerce sends it, with what we do not look at."""
    categories = [{"id": 9 + place, "name": slug.title(), "slug": slug} for place, slug in enumerate(slugs)]
    return {"id": id, "name": "Something", "type": "simple", "sku": sku, "categories": categories, "price": "9.00"}


async def credited(front: Storefront, id: int, line: dict[str, Any]) -> int:
    """What the member gets for an order of 100,000 with that line."""
    before = await front.available(front.nader)
    answer = await front.deliver(woo_order(id=id, line_items=[line], meta_data=with_code(front.nader)))
    assert answer.json() == {"change": "recorded"}
    return await front.available(front.nader) - before


async def test_a_line_has_the_category_of_its_product_by_sku_or_number(tmp_path: Path) -> None:
    async with open_storefront(tmp_path, TABLES) as front:
        assert await credited(front, 1, woo_line("100000", product_id=501)) == 20_000, "nobody has said yet"
        for said in (product(501, "books", "gifts"), product(502, "books", sku="novel"), product(503)):
            answer = await front.deliver(said, topic="product.updated")
            assert (answer.status_code, answer.json()) == (200, {"change": "nothing"})
        assert await credited(front, 2, woo_line("100000", product_id=501)) == 5_000
        assert await credited(front, 3, woo_line("100000", product_id=777, sku="novel")) == 5_000
        assert await credited(front, 4, woo_line("100000", product_id=503)) == 20_000
        variation = woo_line("100000", product_id=501, variation_id=900, sku="novel-red")
        assert await credited(front, 5, variation) == 5_000, "a variation is in its product's category"


async def test_what_is_configured_goes_before_what_the_shop_says(tmp_path: Path) -> None:
    async with open_storefront(tmp_path, TABLES) as front:
        assert WOO_SHOP.categories["phone-x"] == "phones"
        await front.deliver(product(94, "books", sku="phone-x"), topic="product.created")
        assert await credited(front, 1, woo_line("100000", product_id=94, sku="phone-x")) == 10_000


async def test_an_unsigned_product_changes_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path, TABLES) as front:
        answer = await front.deliver(product(501, "books"), topic="product.updated", secret="somebody-else-s-secret")
        assert answer.status_code == 401
        assert front.rows("SELECT * FROM shop_products") == []


async def test_asking_a_shop_brings_the_categories_before_the_orders(tmp_path: Path) -> None:
    async with open_storefront(tmp_path, TABLES) as front, fake_shop() as shop:
        shop.products = [product(number, "books") for number in range(1, 251)]
        line = woo_line("100000", product_id=250)
        shop.put(woo_order(1, line_items=[line], meta_data=with_code(front.nader)))
        await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert await front.available(front.nader) == 5_000
        shop.products[0] = product(1)
        await reconciler(front, shop).ask("woo")
        assert "1" not in front.categories.of("woo"), "it is in no category any more"
        assert len(front.categories.of("woo")) == 249
        elsewhere = ShopCategories(front.stores.writer, front.stores.machine)
        await elsewhere.load()
        assert elsewhere.of("woo") == front.categories.of("woo")


async def test_a_shop_that_shows_no_products_still_brings_its_orders(tmp_path: Path) -> None:
    async with open_storefront(tmp_path, TABLES) as front, fake_shop() as shop:
        shop.hides_products = True
        shop.put(woo_order(1, meta_data=with_code(front.nader)))
        tally = await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert dict(tally.changes) == {"recorded": 1}


@pytest.mark.parametrize("broken", [{}, {"id": 0}, {"id": "7"}, {"id": 7, "categories": ["books"]}, []])
def test_what_is_no_product_is_refused(broken: object) -> None:
    with pytest.raises(Malformed):
        product_of(json.dumps(broken).encode())
