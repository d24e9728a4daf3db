"""A guest's order that is given to an account, and codes that are added later: the buyer is the friend by then."""

from __future__ import annotations

from pathlib import Path

from storefront import open_storefront, with_code, woo_order
from woo_states import at, changes, kinds


async def test_an_account_that_a_guests_order_was_given_to_is_the_same_friend(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        code = with_code(front.nader)
        await changes(front, at(1, customer_id=0, meta_data=code), at(2, customer_id=26, meta_data=code))
        await front.deliver(woo_order(728, customer_id=26))
        first, second = [await front.buyer(f"woo:{number}") for number in (727, 728)]
        assert (first.id, second.sponsor) == (second.id, front.nader)
        assert (await front.available(front.nader), kinds(front)) == (40_000, [])


async def test_an_account_that_has_bought_before_comes_to_have_the_guests_inviter(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(1, customer_id=26))
        await changes(front, at(1, customer_id=0, meta_data=with_code(front.nader)), at(2, customer_id=26))
        await front.deliver(woo_order(728, customer_id=26))
        assert (await front.buyer("woo:728")).sponsor == front.nader
        assert (await front.buyer("woo:727")).id != (await front.buyer("woo:728")).id
        assert kinds(front) == []


async def test_the_first_inviter_stays_whatever_a_guest_came_by(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(1, customer_id=26, meta_data=with_code(front.babak)))
        code = with_code(front.nader)
        await changes(front, at(1, customer_id=0, meta_data=code), at(2, customer_id=26, meta_data=code))
        assert (await front.buyer("woo:1")).sponsor == front.babak
        assert kinds(front) == []


async def test_a_guests_order_without_an_inviter_given_to_a_friend_is_told_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(1, customer_id=26, meta_data=with_code(front.babak)))
        states = [at(1, customer_id=0), at(2, customer_id=26), at(2, customer_id=26), at(3, customer_id=26)]
        assert await changes(front, *states) == ["recorded", "refused", "nothing", "nothing"]
        assert front.rows("SELECT order_id, kind, content FROM shop_problems") == [
            ("727", "late_friend", f'{{"sponsor": "{front.babak}"}}')
        ]


async def test_a_code_that_is_added_to_a_paid_order_makes_the_buyer_a_friend_and_is_told_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        code = with_code(front.nader)
        assert await changes(front, at(1), *(at(n, meta_data=code) for n in (1, 1, 2))) == [
            "recorded",
            "refused",
            "nothing",
            "nothing",
        ]
        assert (await front.buyer("woo:727")).sponsor == front.nader
        assert (await front.available(front.nader), kinds(front)) == (0, ["late_friend"])
        await front.deliver(woo_order(728))
        assert await front.available(front.nader) == 20_000


async def test_a_code_added_to_a_friends_order_or_a_coupon_of_the_shop_changes_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sale = [{"id": 1, "code": "spring-sale"}]
        await changes(
            front,
            at(1, meta_data=with_code(front.nader)),
            at(2, meta_data=with_code(front.babak)),
            at(3, coupon_lines=sale),
        )
        assert (await front.buyer("woo:727")).sponsor == front.nader
        assert (await front.available(front.nader), kinds(front)) == (20_000, [])


async def test_a_code_added_to_an_order_that_is_over_brings_nobody(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await changes(front, at(1), at(2, status="cancelled", meta_data=with_code(front.nader)))
        assert ((await front.buyer("woo:727")).sponsor, kinds(front)) == (None, [])


async def test_a_guest_who_waits_and_pays_with_an_account_is_one_person(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        code = with_code(front.nader)
        await changes(
            front, at(1, status="on-hold", customer_id=0, meta_data=code), at(2, customer_id=26, meta_data=code)
        )
        assert await front.available(front.nader) == 20_000


async def test_a_guests_order_given_to_one_account_and_then_to_another_is_of_two_people(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        code = with_code(front.nader)
        await changes(front, *(at(n, customer_id=customer, meta_data=code) for n, customer in enumerate((0, 26, 27))))
        for number, customer in ((728, 26), (729, 27), (730, 28)):
            await front.deliver(woo_order(number, customer_id=customer))
        first, second, third = [await front.buyer(f"woo:{number}") for number in (728, 729, 730)]
        assert len({first.id, second.id, third.id}) == 3
        assert (first.sponsor, second.sponsor, third.sponsor) == (front.nader, front.nader, None)
        assert kinds(front) == []


async def test_another_account_of_an_order_without_an_inviter_takes_none_from_the_first(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        states = [at(1, customer_id=0), at(2, customer_id=26), at(3, customer_id=27, meta_data=with_code(front.nader))]
        assert await changes(front, *states) == ["recorded", "nothing", "refused"]
        for number, customer in ((728, 26), (729, 27)):
            await front.deliver(woo_order(number, customer_id=customer))
        assert (await front.buyer("woo:728")).sponsor is None
        assert (await front.buyer("woo:729")).sponsor == front.nader
        assert (await front.available(front.nader), kinds(front)) == (20_000, ["late_friend"])
