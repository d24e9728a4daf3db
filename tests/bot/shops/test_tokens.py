"""One-time tokens at a shop: for one account, for a day, and the earlier customer is remembered."""

from __future__ import annotations

from pathlib import Path

from bot.kit.context import DRAFT_LIFE_MS
from bot.store.profiles import Profiles, UserSeen
from engine.customers import link
from storefront import WOO_SHOP, Storefront, open_storefront, with_code, woo_order

TOKEN = "23456789AB"
AGAIN = "23456789AC"


async def sara_with(front: Storefront, token: str, *, at: int) -> str:
    """Sara, whom the chat knows, and the token that it gave her then (ms, UTC)."""
    person, _ = await front.engine.get_or_create_person("telegram", "103")
    people = Profiles(front.stores.writer, front.stores.machine, frozenset())
    await people.arrive(person, UserSeen(103, "Sara", None, "en", seq=1), at)
    await front.stores.writer.run(
        lambda db: db.execute("INSERT INTO drafts VALUES (?, ?, 'shop', '{}', ?, NULL)", (token, person, at))
    )
    return person


async def earlier(front: Storefront, person: str) -> list[str]:
    return await Profiles(front.stores.writer, front.stores.machine, frozenset()).earlier(person)


async def test_a_token_in_an_order_links_the_customer_and_their_history(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await sara_with(front, TOKEN, at=front.clock.now)
        await front.deliver(woo_order(1, meta_data=with_code(front.nader)))
        before = await front.buyer("woo:1")
        await front.deliver(woo_order(2, meta_data=with_code(TOKEN, "moaref_token")))
        await front.deliver(woo_order(3))
        assert [(await front.buyer(f"woo:{n}")).id for n in (1, 2, 3)] == [before.id, sara, sara]
        assert (await front.buyer("woo:3")).sponsor == front.nader
        assert await earlier(front, sara) == [before.id]
        assert await earlier(front, before.id) == []


async def test_a_token_holds_for_a_day(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await sara_with(front, TOKEN, at=front.clock.now - DRAFT_LIFE_MS)
        await front.order(order="1", code=TOKEN)
        assert (await front.buyer("main:1")).id != sara
        await sara_with(front, AGAIN, at=front.clock.now - DRAFT_LIFE_MS + 1)
        await front.order(order="2", code=AGAIN)
        assert (await front.buyer("main:2")).id == sara


async def test_an_order_that_is_paid_later_was_the_persons_when_it_was_placed(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await sara_with(front, TOKEN, at=front.clock.now)
        meta = with_code(TOKEN, "moaref_token")
        await front.deliver(woo_order(1, status="on-hold", date_paid_gmt=None, meta_data=meta))
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]
        front.clock.now += 3 * DRAFT_LIFE_MS
        await front.deliver(woo_order(1, date_modified_gmt="2026-03-24T10:00:00", meta_data=meta))
        assert (await front.buyer("woo:1")).id == sara


async def test_a_token_that_was_used_is_no_code_any_more(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await sara_with(front, TOKEN, at=front.clock.now)
        await front.order(order="1", buyer="7", code=TOKEN)
        await front.order(order="2", buyer="8", code=TOKEN)
        assert (await front.buyer("main:1")).id == sara
        assert (await front.buyer("main:2")).id != sara
        assert (await front.order(order="1", buyer="7", code=TOKEN)).status_code == 200


async def test_a_token_and_a_code_together_make_a_known_person_somebodys_friend(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await sara_with(front, TOKEN, at=front.clock.now)
        meta = [*with_code(TOKEN, "moaref_token"), *with_code(front.babak)]
        await front.deliver(woo_order(1, meta_data=meta))
        buyer = await front.buyer("woo:1")
        assert (buyer.id, buyer.sponsor) == (sara, front.babak)


async def test_who_gave_an_account_away_is_no_earlier_self_of_who_has_it_now(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await sara_with(front, TOKEN, at=front.clock.now)
        await front.deliver(woo_order(1, meta_data=with_code(TOKEN, "moaref_token")))
        await front.engine.transaction(lambda books: link(books, WOO_SHOP.realm, "26", front.nader))
        assert await earlier(front, front.nader) == []
        assert (await front.buyer("woo:1")).id == sara
