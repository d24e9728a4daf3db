"""`moaref shop reconcile`: what it says, and how it ends."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import tomlkit

from bot.playground import Settings
from fake_shop import CONSUMER_KEY, CONSUMER_SECRET, FakeShop, fake_shop
from storefront import API_SECRET, WOO_SECRET, woo_order
from stores import UNILEVEL
from warm import moaref


def configuration(folder: Path, shop: FakeShop) -> Path:
    file = folder / "config.toml"
    tables: dict[str, Any] = {
        "telegram": {"token": Settings().token},
        "store": {"url": f"sqlite:///{folder / 'moaref.db'}"},
        "shops": {
            "main": {"kind": "api", "secret": API_SECRET},
            "woo": {
                "kind": "woocommerce",
                "secret": WOO_SECRET,
                "url": shop.address,
                "consumer_key": CONSUMER_KEY,
                "consumer_secret": CONSUMER_SECRET,
            },
        },
        **UNILEVEL,
    }
    file.write_text(tomlkit.dumps(tables), encoding="utf-8")
    file.chmod(0o600)
    return file


async def moaref_shop(*arguments: str) -> CompletedProcess[str]:
    return await asyncio.to_thread(moaref, "shop", *arguments)


async def test_it_says_what_it_found_and_finds_it_once(tmp_path: Path) -> None:
    async with fake_shop() as shop:
        shop.put(woo_order(1), woo_order(2, status="pending"), woo_order(3, total="a lot"))
        config = str(configuration(tmp_path, shop))
        done = await moaref_shop("reconcile", "woo", "--config", config, "--since", "2026-03-01T00:00:00Z")
        assert (done.returncode, done.stdout) == (
            0,
            "2 orders looked at: 1 recorded, 0 refunded, 1 as they were, 0 for an admin to look at, 1 unreadable\n",
        )
        done = await moaref_shop("reconcile", "woo", "--config", config, "--json")
        assert json.loads(done.stdout)["changes"] == {"nothing": 2}


async def test_without_a_name_every_connected_shop_is_asked(tmp_path: Path) -> None:
    async with fake_shop() as shop:
        shop.put(woo_order(1))
        config = configuration(tmp_path, shop)
        tables = tomlkit.parse(config.read_text(encoding="utf-8")).unwrap()
        away = {**tables["shops"]["woo"], "secret": "another-secret-of-a-shop", "url": "http://127.0.0.1:9"}
        config.write_text(tomlkit.dumps({**tables, "shops": {"away": away, **tables["shops"]}}), encoding="utf-8")
        since = ("--since", "2026-03-01T00:00:00Z")
        done = await moaref_shop("reconcile", "--config", str(config), *since)
        assert done.returncode == 1
        assert done.stdout.startswith("woo: 1 orders looked at: 1 recorded,")
        assert "moaref: shops.away: ClientConnectorError" in done.stderr
        done = await moaref_shop("reconcile", "--config", str(config), "--json", *since)
        assert json.loads(done.stdout)["woo"]["changes"] == {"nothing": 1}


async def test_without_a_connected_shop_there_is_nobody_to_ask(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(tomlkit.dumps({"telegram": {"token": Settings().token}, **UNILEVEL}), encoding="utf-8")
    done = await moaref_shop("reconcile", "--config", str(config))
    assert (done.returncode, done.stdout) == (1, "")
    assert "shops: none has url, consumer_key and consumer_secret" in done.stderr


async def test_what_cannot_be_asked_is_one_line_and_a_status(tmp_path: Path) -> None:
    async with fake_shop() as shop:
        config = str(configuration(tmp_path, shop))
        shop.failures = 1
        for arguments, status, said in (
            (("nowhere",), 1, "shops.nowhere: there is no such shop"),
            (("main",), 1, "shops.main: expected url, consumer_key and consumer_secret"),
            (("woo", "--since", "yesterday"), 2, "--since: expected an ISO 8601 time"),
            (("woo",), 1, "shops.woo: the shop answers with status 500"),
        ):
            done = await moaref_shop("reconcile", *arguments, "--config", config)
            assert (done.returncode, done.stdout) == (status, "")
            assert done.stderr.strip().startswith(f"moaref: {said}")
            assert CONSUMER_SECRET not in done.stderr
