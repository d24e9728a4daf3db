"""The tables about shops: what each kind takes, and what is refused by the full name of its key."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, ConfigError, build
from bot.config.shops import Http
from bot.shop_kinds.woocommerce.settings import WooCommerceSettings

PROGRAMME = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
SECRET = "a-secret-of-both-of-us"
SHOP = {"kind": "api", "secret": SECRET}
HOOKS = {"kind": "woocommerce", "secret": SECRET}
WOO = {"kind": "woocommerce", "secret": SECRET, "url": "https://shop.example", "consumer_key": "ck_1"}


def built(tables: dict[str, Any], **environ: str) -> Config:
    return build({**PROGRAMME, **tables}, environ, Path("/srv/shop"), token_needed=False)


def refused(tables: dict[str, Any], **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        built(tables, **environ)
    return [str(problem) for problem in caught.value.problems]


def test_a_shops_secrets_may_come_from_the_environment() -> None:
    config = built(
        {"shops": {"my_shop": {"kind": "woocommerce", "url": "https://shop.example/", "consumer_key": "ck_1"}}},
        MOAREF_SHOPS__MY_SHOP__SECRET=SECRET,
        MOAREF_SHOPS__MY_SHOP__CONSUMER_SECRET="cs_1",
        MOAREF_HTTP__PORT="9090",
        MOAREF_EXCHANGE__USD="58000",
    )
    shop = config.shops["my_shop"]
    assert isinstance(shop, WooCommerceSettings)
    assert (shop.secret.get_secret_value(), shop.url, shop.polled) == (SECRET, "https://shop.example", True)
    assert config.http == Http(port=9090)
    assert config.exchange == {"USD": "58000"}
    assert config.secrets == [SECRET, "ck_1", "cs_1"]
    assert not any(secret in f"{config!r}{config}" for secret in config.secrets)


def test_which_orders_of_a_shop_count_is_a_setting_with_a_default() -> None:
    chosen = {**HOOKS, "paid_statuses": ["wc-Shipped", "completed"], "sub_orders": "children"}
    shop, plain = (built({"shops": {"woo": table}}).shops["woo"] for table in (chosen, HOOKS))
    assert isinstance(shop, WooCommerceSettings)
    assert isinstance(plain, WooCommerceSettings)
    assert (shop.paid_statuses, shop.sub_orders) == (["shipped", "completed"], "children")
    assert (plain.paid_statuses, plain.sub_orders) == (["completed", "processing"], "parent")


def test_without_the_tables_there_is_no_server_and_no_shop() -> None:
    config = built({})
    assert (config.http, config.shops, config.exchange, config.secrets) == (None, {}, {}, [])


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"http": {"port": 70_000}}, "http.port: expected 65535 or below"),
        ({"http": {"hots": "x"}}, "http.hots: expected no such key; did you mean host?"),
        ({"http": {"public_url": "shop.example"}}, "http.public_url: expected an address"),
        ({"shops": {"main": {"kind": "api"}}}, "shops.main.secret: expected a value"),
        ({"shops": {"main": {"secret": SECRET}}}, "shops.main.kind: expected a value"),
        ({"shops": {"main": {**SHOP, "secret": "short"}}}, "shops.main.secret: expected a secret of at least 6"),
        ({"shops": {"main": {**SHOP, "scret": "x"}}}, "shops.main.scret: expected no such key; did you mean secret?"),
        ({"shops": {"main": {**SHOP, "page": "https://x/{ref}"}}}, "shops.main.page: expected an address with {code}"),
        ({"shops": {"main": {**SHOP, "page": "javascript:{code}"}}}, "shops.main.page: expected an address that"),
        ({"shops": {"main": {**SHOP, "url": "https://x"}}}, "shops.main: expected url, consumer_key"),
        ({"shops": {"Main Shop": SHOP}}, "shops.Main Shop: expected a shop's name"),
        ({"shops": {"stars": SHOP}}, "shops.stars: expected another name: this one is the prefix"),
        ({"shops": {"a": SHOP, "b": SHOP}}, "shops: expected a different secret for each shop"),
        ({"shops": {"woo": WOO}}, "shops.woo: expected url, consumer_key and consumer_secret together"),
        (
            {"shops": {"woo": {**WOO, "consumer_secret": "cs_1", "url": "http://shop.example"}}},
            "shops.woo.url: expected an address that begins with https://",
        ),
        ({"shops": {"woo": {**HOOKS, "paid_statuses": []}}}, "shops.woo.paid_statuses: expected statuses of orders"),
        ({"shops": {"woo": {**HOOKS, "paid_statuses": ["is sent"]}}}, "shops.woo.paid_statuses: expected statuses"),
        (
            {"shops": {"woo": {**HOOKS, "paid_statuses": ["wc-failed"]}}},
            "shops.woo.paid_statuses: expected statuses of",
        ),
        ({"shops": {"woo": {**HOOKS, "sub_orders": "both"}}}, "shops.woo.sub_orders: expected"),
        ({"shops": {"main": {**SHOP, "sub_orders": "children"}}}, "shops.main: expected paid_statuses and sub_orders"),
        ({"exchange": {"USD": "0"}}, "exchange.USD: expected an exact rate above 0"),
        ({"exchange": {"USD": 58000}}, "exchange.USD: expected a text"),
        ({"exchange": {"dollars": "58000"}}, "exchange.dollars: expected three capital letters"),
    ],
)
def test_what_is_wrong_about_shops_is_told_by_its_key(tables: dict[str, Any], problem: str) -> None:
    problems = refused(tables)
    assert len(problems) == 1
    assert problems[0].startswith(problem)
    assert SECRET not in problems[0]
