"""Links for web pages: counted, led on to what is configured, and nowhere else."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.kit.links import Purpose
from bot.shops.clicks import TAGS_A_DAY_MAX, ClickCounts
from storefront import WOO_SECRET, Storefront, open_storefront, woo_headers, woo_order


def clicks(front: Storefront) -> ClickCounts:
    return ClickCounts(front.stores.writer, front.stores.machine, front.clock)


async def test_a_click_is_counted_and_led_to_the_bot_with_the_code(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for path in (front.nader, front.nader.lower(), f"{front.nader}?tag=instagram"):
            answer = await front.web.get(f"/r/{path}")
            assert answer.status_code == 302
            assert answer.headers["location"] == f"https://t.me/moaref_bot?start={front.nader}"
            assert answer.headers["cache-control"] == "no-store"
        assert await clicks(front).of(front.nader) == {"": 2, "instagram": 1}
        assert front.rows("SELECT DISTINCT day FROM clicks") == [("2026-03-21",)]


async def test_a_shop_link_leads_to_the_shops_page_with_the_code_in_its_address(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.web.get(f"/r/{front.nader}?to=main")
        assert answer.headers["location"] == f"https://shop.example/?ref={front.nader}"


@pytest.mark.parametrize("query", ["?to=woo", "?to=nowhere", "?to=https://evil.example", "?to=//evil.example", "?to="])
async def test_nothing_in_the_address_is_ever_led_to(tmp_path: Path, query: str) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.web.get(f"/r/{front.nader}{query}")
        assert answer.status_code == 404
        assert "location" not in answer.headers
        assert "evil" not in answer.text
        assert await clicks(front).of(front.nader) == {}


async def test_a_slash_at_the_end_is_nothing_and_no_host_is_led_to(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.web.get(f"/r/{front.nader}/", headers={"Host": "evil.example"})
        assert answer.headers["location"] == f"https://t.me/moaref_bot?start={front.nader}"
        raw = json.dumps(woo_order()).encode()
        headers = woo_headers(raw, "order.updated", WOO_SECRET)
        answer = await front.web.post("/shop/woocommerce/woo/", content=raw, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"change": "recorded"})
        answer = await front.web.get("/nowhere/", headers={"Host": "evil.example"})
        assert (answer.status_code, "location" in answer.headers) == (404, False)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("accepted", "language", "direction", "words"),
    [
        ("fa-IR,fa;q=0.9,en;q=0.8", "fa", "rtl", "این لینک شناخته نشد"),
        ("xx-XX,xx,en-US;q=0.7", "en", "ltr", "This link is not known"),
        ("", "en", "ltr", "This link is not known"),
    ],
)
async def test_an_unknown_code_lands_on_a_friendly_page_in_the_visitors_language(
    tmp_path: Path, accepted: str, language: str, direction: str, words: str
) -> None:
    async with open_storefront(tmp_path) as front:
        sara, _ = await front.engine.get_or_create_person("telegram", "3")  # met, and no member
        for code in ("2222222", "nonsense", "%3Cscript%3E", sara):
            answer = await front.web.get(f"/r/{code}", headers={"Accept-Language": accepted})
            assert answer.status_code == 404
            assert words in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            tags = Tags()
            tags.feed(answer.text)
            assert ("html", {"lang": language, "dir": direction}) in tags.seen
            assert ("a", {"href": "https://t.me/moaref_bot"}) in tags.seen
            assert not {"script", "style", "img"} & {tag for tag, _ in tags.seen}
        assert front.rows("SELECT * FROM clicks") == []


async def test_tags_that_anybody_invents_do_not_fill_the_table(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for number in range(TAGS_A_DAY_MAX + 10):
            await front.web.get(f"/r/{front.nader}?tag=t{number}")
        await front.web.get(f"/r/{front.nader}?tag=<b>")
        await front.web.get(f"/r/{front.nader}?tag=t1")
        counted = await clicks(front).of(front.nader)
        assert sum(counted.values()) == TAGS_A_DAY_MAX + 12
        assert (counted["t1"], counted[""]) == (2, 11)
        assert len(counted) == TAGS_A_DAY_MAX + 1


async def test_a_click_that_cannot_be_counted_is_led_on_and_a_look_counts_as_none(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        assert (await front.web.head(f"/r/{front.nader}")).status_code == 302
        assert await clicks(front).of(front.nader) == {}
        front.stores.writer.close()
        assert (await front.web.get(f"/r/{front.nader}")).status_code == 302


async def test_health_is_a_look_into_the_books(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.web.get("/health")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        await front.stores.books.connection.execute("ATTACH ':memory:' AS elsewhere")
        await front.stores.books.close()
        assert (await front.web.get("/health")).status_code >= 500


async def test_a_link_that_was_made_for_a_purpose_is_led_on_with_its_own_code(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        (link,) = await front.links.make(front.nader, [Purpose("product", "case", ("case",))], 0)
        answer = await front.web.get(f"/r/{link.code}")
        assert answer.headers["location"] == f"https://t.me/moaref_bot?start={link.code}"
        answer = await front.web.get(f"/r/{link.code.lower()}?to=main")
        assert answer.headers["location"] == f"https://shop.example/?ref={link.code}"
        assert (await front.links.reach(link.code)).clicks == 2
        assert (await front.web.get("/r/22222222")).status_code == 404


async def test_a_tag_of_the_members_in_the_address_leads_to_the_link_with_that_tag(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        (link,) = await front.links.make(front.nader, [Purpose("tag", "instagram")], 0)
        answer = await front.web.get(f"/r/{front.nader}?tag=Instagram")
        assert answer.headers["location"] == f"https://t.me/moaref_bot?start={link.code}"
        assert await clicks(front).of(link.code) == {"": 1}
        answer = await front.web.get(f"/r/{front.babak}?tag=instagram")
        assert answer.headers["location"] == f"https://t.me/moaref_bot?start={front.babak}"
