"""An order that was recorded by hand under a shop's number keeps the shop's one out, and admins hear of it."""

from __future__ import annotations

from pathlib import Path

from engine.verify.ledger import verify_file
from storefront import Storefront, open_storefront
from woo_states import REFUND, at, changes, kinds, left_of


async def by_hand(front: Storefront, order: str) -> None:
    buyer, _ = await front.engine.get_or_create_person("telegram", "60")
    await front.engine.purchase(order, buyer, 1000, "p", actor=front.babak, key=f"purchase:{order}")


async def test_an_order_of_woocommerce_whose_number_is_taken_is_told_once_it_is_paid(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await by_hand(front, "woo:727")
        assert await changes(front, at(1, status="pending")) == ["nothing"]
        assert kinds(front) == []
        states = [at(2), at(2), at(3, refunds=[REFUND]), at(4, status="cancelled")]
        assert await changes(front, *states) == ["refused", "refused", "refused", "nothing"]
        assert (await left_of(front), kinds(front)) == (1000, ["number_taken"])
    assert verify_file(tmp_path / "moaref.db").holds


async def test_an_order_of_the_api_whose_number_is_taken_is_refused_and_told_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await by_hand(front, "main:1")
        for _ in range(2):
            answer = await front.order()
            assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert kinds(front) == ["number_taken"]
        assert front.troubles.times
