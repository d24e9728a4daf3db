"""States of an order that no date tells apart, in another currency, or dated ahead: by their content, and told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.verify.ledger import verify_file
from storefront import open_storefront, with_code, woo_line, woo_order
from woo_states import REFUND, at, changes, kinds, left_of

IN_DOLLARS: dict[str, Any] = {"currency": "USD", "total": "20.00", "line_items": [woo_line("20.00")]}
IN_TOMAN: dict[str, Any] = {"currency": "IRT", "total": "1160000", "line_items": [woo_line("1160000")]}

# --- unchanged dates


async def test_a_refund_that_became_less_at_an_unchanged_date_is_told_once_for_each_change(tmp_path: Path) -> None:
    most, less, none = ([{**REFUND, "total": f"-{amount}"}] if amount else [] for amount in (44_000, 11_000, 0))
    async with open_storefront(tmp_path) as front:
        states = [at(1), at(1, refunds=most), at(1, refunds=less), at(1, refunds=less), at(1, refunds=none)]
        assert await changes(front, *states) == ["recorded", "refunded", "refused", "refused", "refused"]
        assert (await left_of(front), kinds(front)) == (60_000, ["more_left"] * 2)
    assert verify_file(tmp_path / "moaref.db").holds


async def test_lines_that_were_added_at_an_unchanged_date_are_told(tmp_path: Path) -> None:
    more = {"total": "160000", "line_items": [woo_line("100000"), woo_line("50000")]}
    async with open_storefront(tmp_path) as front:
        assert await changes(front, at(1), at(1, **more), at(1, **more)) == ["recorded", "refused", "refused"]
        assert (await left_of(front), kinds(front)) == (100_000, ["more_left"])


@pytest.mark.parametrize("dates", [(1, 1, 1, 1, 1), (1, 2, 3, 4, 5), (1, 2, 3, 3, 3)])
async def test_an_order_that_is_revived_a_second_time_is_told_a_second_time(
    tmp_path: Path, dates: tuple[int, ...]
) -> None:
    statuses = ["processing", "cancelled", "processing", "cancelled", "processing"]
    async with open_storefront(tmp_path) as front:
        await changes(
            front, *(at(second, status=status) for second, status in zip(dates, statuses, strict=True) for _ in "ab")
        )
        assert (await left_of(front), kinds(front)) == (0, ["more_left"] * 2)


async def test_a_cancelled_order_that_waits_for_money_again_is_told_when_it_is_paid(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await changes(front, at(1), at(1, status="cancelled"), at(1, status="pending"))
        assert kinds(front) == []
        await changes(front, at(1))
        assert kinds(front) == ["more_left"]


async def test_what_an_admin_took_back_by_hand_is_no_change_at_the_shop(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await changes(front, at(1))
        await front.engine.refund("woo:727", 10_000, key="by hand", actor=front.babak)
        assert await changes(front, at(2), at(3, refunds=[REFUND])) == ["nothing", "nothing"]
        assert (await left_of(front), kinds(front)) == (90_000, [])


async def test_an_order_that_is_deleted_restored_and_deleted_is_told_twice(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await changes(front, at(1))
        for _ in range(2):
            for _ in range(2):
                await front.deliver({"id": 727}, topic="order.deleted")
            await front.deliver(at(1), topic="order.restored")
        assert kinds(front) == ["deleted"] * 2


# --- currencies


async def test_an_order_that_is_in_another_currency_by_now_moves_no_money_and_is_told_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        states = [at(1, **IN_TOMAN, meta_data=with_code(front.nader)), *(at(n, **IN_DOLLARS) for n in (2, 2, 3))]
        assert await changes(front, *states) == ["recorded", "refused", "nothing", "nothing"]
        assert (await left_of(front), await front.available(front.nader)) == (1_160_000, 232_000)
        assert front.rows("SELECT kind, content FROM shop_problems") == [
            ("currency_changed", '{"recorded": "IRT", "currency": "USD"}')
        ]


async def test_a_part_that_goes_back_in_the_new_currency_is_that_part_of_the_order(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        refunds = [{**REFUND, "total": "-5.00"}]
        half = {**IN_DOLLARS, "total": "10.00", "line_items": [woo_line("10.00")]}
        await changes(front, at(1, **IN_TOMAN), at(2, **IN_DOLLARS, refunds=refunds))
        assert await left_of(front) == 870_000
        await changes(front, at(3, **half))
        assert await left_of(front) == 580_000
        assert await changes(front, at(4, **half, status="cancelled")) == ["refunded"]
        assert (await left_of(front), kinds(front)) == (0, ["currency_changed"])


async def test_refunds_of_the_currency_before_are_not_compared_with_a_total_in_the_new_one(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        refunds = [{**REFUND, "total": "-116000"}]
        await changes(front, at(1, **IN_TOMAN), at(2, **IN_TOMAN, refunds=refunds))
        await changes(front, at(3, **IN_DOLLARS, refunds=refunds))
        assert (await left_of(front), kinds(front)) == (1_044_000, ["currency_changed"])


async def test_each_change_to_another_currency_is_told_and_the_way_back_is_read_exactly(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        euros = {**IN_DOLLARS, "currency": "EUR"}
        await changes(front, *(at(n, **state) for n, state in enumerate([IN_TOMAN, IN_DOLLARS, euros, IN_TOMAN])))
        assert (await left_of(front), kinds(front)) == (1_160_000, ["currency_changed"] * 2)
        refunds = [{**REFUND, "total": "-116000"}]
        assert await changes(front, at(9, **IN_TOMAN, refunds=refunds)) == ["refunded"]
        assert await left_of(front) == 1_044_000
        assert front.rows("SELECT id FROM shop_problems WHERE settled_at IS NULL") == []


# --- dates


def ahead(**fields: Any) -> dict[str, Any]:
    """Tehran's time of ten o'clock, sent as if it were GMT; it came at eleven."""
    return woo_order(date_modified_gmt="2026-03-21T13:30:00", **fields)


@pytest.mark.parametrize("second", [30, 3599])
async def test_an_order_dated_ahead_is_cancelled_by_what_comes_later(tmp_path: Path, second: int) -> None:
    async with open_storefront(tmp_path) as front:
        state = ahead(meta_data=with_code(front.nader))
        assert await changes(front, state, at(second, status="cancelled")) == ["recorded", "refunded"]
        assert await front.available(front.nader) == 0
        assert await changes(front, state, state) == ["older", "older"]  # the same body once more
        assert kinds(front) == []


async def test_an_order_that_waited_dated_ahead_is_recorded_once_it_is_paid(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for status in ("pending", "failed", "on-hold"):
            await front.deliver(ahead(status=status))
        assert await changes(front, at(30)) == ["recorded"]


async def test_a_date_that_came_true_tells_nothing_apart_either(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(ahead())
        front.clock.now += 5 * 3_600_000
        assert await changes(front, at(1800, refunds=[REFUND])) == ["refunded"]


async def test_a_clock_a_few_seconds_ahead_still_tells_what_is_older(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        state = woo_order(date_modified_gmt="2026-03-21T11:00:05", refunds=[REFUND])
        assert await changes(front, state, at(0, status="cancelled")) == ["refunded", "older"]


# --- stores of earlier versions


async def test_states_of_an_earlier_version_are_followed_and_told(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await changes(front, at(1), at(2, refunds=[REFUND]))

        def forget(connection: Any) -> None:
            connection.execute("UPDATE shop_snapshots SET state = NULL")

        await front.stores.writer.run(forget)
        assert await changes(front, at(1), at(2), at(2, status="cancelled")) == ["older", "refused", "refunded"]
        assert (await left_of(front), kinds(front)) == (0, ["more_left"])
