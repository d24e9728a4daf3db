"""The store's file deleted, moved or replaced under the running bot: nobody is told that something is recorded."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from connected import Connected, connected
from engine.store.connection import connect
from engine.verify.ledger import verify
from running import ADMIN


def delete(store: Path) -> None:
    store.unlink()


def move(store: Path) -> None:
    store.rename(store.with_suffix(".moved"))


def replace_with_a_copy(store: Path) -> None:
    shutil.copyfile(store, store.with_suffix(".copy"))
    store.with_suffix(".copy").replace(store)


def cut_short(store: Path) -> None:
    os.truncate(store, store.stat().st_size // 2)


def empty(store: Path) -> None:
    os.truncate(store, 0)


def delete_the_log(store: Path) -> None:
    Path(f"{store}-wal").unlink()


async def an_admin(shop: Connected) -> None:
    admin = await shop.phone(ADMIN, "Hamid")
    await admin.send("/start")
    await admin.receives()
    await asyncio.sleep(1.2)  # the watch looks every second


@pytest.mark.parametrize("mishap", [delete, move, replace_with_a_copy, cut_short, empty, delete_the_log])
async def test_no_order_is_acknowledged_and_admins_hear_of_it_at_once(
    tmp_path: Path, mishap: Callable[[Path], None]
) -> None:
    async with connected(tmp_path) as shop:
        await an_admin(shop)
        assert (await shop.order(order="1")).status_code == 201
        mishap(tmp_path / "moaref.db")
        for number in (2, 3):
            answer = await shop.order(order=str(number))
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        told = await (await shop.phone(ADMIN, "Hamid")).receives("The store's file is gone")
        assert "restart the bot" in told.text
        await asyncio.sleep(1.5)  # it looks again, and says nothing again
        cards = await (await shop.phone(ADMIN, "Hamid")).messages()
        assert sum("The store's file is gone" in card.text for card in cards) == 1


async def test_the_right_file_comes_back_and_everything_goes_on(tmp_path: Path) -> None:
    store, away = tmp_path / "moaref.db", tmp_path / "away.db"
    async with connected(tmp_path) as shop:
        await an_admin(shop)
        admin, nader = await shop.phone(ADMIN, "Hamid"), await shop.phone(101, "Nader")
        store.rename(away)
        assert (await shop.order(order="1")).status_code == 503
        await admin.receives("The store's file is gone")
        await nader.send("/start")
        away.rename(store)
        await admin.receives("The store's file is back")
        await nader.receives()  # what he wrote meanwhile was not confirmed, or waited
        assert (await shop.order(order="1")).status_code == 201
        assert (await shop.order(order="1")).status_code == 200
    connection = connect(store)
    assert verify(connection).holds
    connection.close()
