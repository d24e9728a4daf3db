"""The home card: a friend's next step, what one earns, and the way to every page."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.kit.home_button import OpenHome
from bot.kit.keyboards import Rows, keyboard
from bot.kit.languages import Language
from bot.kit.links import Purpose
from bot.kit.products import Catalogue
from bot.kit.row_width import fits
from bot.kit.support import SupportChannel
from chat import DAY, NOON, UNILEVEL, Chat, buttons_of, open_chat, texts_of
from engine.exchange import Exchange
from gifts import WELCOME, rules
from plans import with_plan, with_ranks

DIRECT: Mapping[str, Any] = {**UNILEVEL, "plan": {"kind": "direct"}}


async def came(chat: Chat, code: str = "", *, language: Language = "en") -> tuple[list[str], dict[str, str], str]:
    """The labels and targets of a friend's home card, and the inviter's code."""
    sara = await chat.member("Sara")
    friend = await chat.arrive("Hamid", language=language)
    home = (await chat.send(friend, f"/start {code or sara.id}")).outgoing[0]
    return list(buttons_of(home)), buttons_of(home), sara.id


def sells_nothing(chat: Chat) -> None:
    chat.facts = replace(chat.facts, catalogue=Catalogue(Exchange(chat.engine.programme.currency, {}), {}))


@pytest.mark.parametrize(
    ("language", "labels"), [("en", ["Go to the shop", "Get my link"]), ("fa", ["رفتن به فروشگاه", "دریافت لینک دعوت"])]
)
async def test_a_friend_is_led_to_the_shop_with_the_inviter_s_code(
    tmp_path: Path, language: Language, labels: list[str]
) -> None:
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, shop_urls={language: "https://shop.example/?ref={code}"})
        found, targets, code = await came(chat, language=language)
        assert found[:2] == labels
        assert targets[labels[0]] == f"https://shop.example/?ref={code}"


async def test_the_code_is_that_of_the_link_that_brought_the_friend(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, shop_urls={"en": "https://shop.example/?ref={code}"})
        sara = await chat.member("Sara")
        (tag,) = await chat.links.make(sara.id, [Purpose("tag", "instagram")], NOON)
        hamid = await chat.arrive("Hamid")
        home = (await chat.send(hamid, f"/start {tag.code}")).outgoing[0]
        assert buttons_of(home)["Go to the shop"].endswith(tag.code)
        chat.clock.now += DAY
        again = (await chat.send(hamid, f"/start {sara.id}")).outgoing[0]
        assert buttons_of(again)["Go to the shop"].endswith(tag.code)


async def test_where_the_address_takes_no_code_it_can_be_copied(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, shop_urls={"en": "https://shop.example/"})
        labels, targets, code = await came(chat)
        assert labels[:3] == ["Go to the shop", "Copy code", "Get my link"]
        assert targets["Copy code"] == code


async def test_without_a_shop_a_friend_is_led_to_what_the_bot_sells_then_to_a_gift_then_to_the_link(
    tmp_path: Path,
) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        labels, targets, _ = await came(chat)
        assert labels[:3] == ["See what's for sale", "My gifts", "Get my link"]
        assert targets["See what's for sale"] == "goods:1"
        sells_nothing(chat)
        hamid = await chat.arrive("Karim")
        home = (await chat.send(hamid, f"/start {(await chat.member('Ali')).id}")).outgoing[0]
        assert list(buttons_of(home))[:2] == ["My gifts", "Get my link"]


async def test_whoever_came_through_nobody_is_offered_the_link_first(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, shop_urls={"en": "https://shop.example/?ref={code}"})
        home = (await chat.send(await chat.arrive("Hamid"), "/start")).outgoing[0]
        assert next(iter(buttons_of(home))) == "Get my link"
        assert "Go to the shop" not in buttons_of(home)


@pytest.mark.parametrize(
    ("language", "tables", "promise"),
    [
        ("en", DIRECT, "You earn 20% of every purchase your friends make."),
        ("fa", DIRECT, "از هر خرید دوستانتان ۲۰٪ پورسانت می‌گیرید."),
        ("en", UNILEVEL, "You earn up to 20% of every purchase your friends make."),
        ("fa", UNILEVEL, "از هر خرید دوستانتان تا ۲۰٪ پورسانت می‌گیرید."),
        (
            "en",
            {**DIRECT, "ranks": [{"id": "base", "commission": "5000"}]},
            "You earn 5,000 toman for each item your friends buy.",
        ),
        (
            "fa",
            {**DIRECT, "ranks": [{"id": "base", "commission": "5000"}]},
            "به‌ازای هر عدد محصولی که دوستانتان بخرند ۵٬۰۰۰ تومان پورسانت می‌گیرید.",
        ),
        (
            "en",
            with_ranks({"id": "base", "commission": "20%", "signup_bonus": 500}),
            "For each member that you bring: 500 toman",
        ),
        (
            "en",
            with_plan(kind="binary", spill="left", pairing={"period": "week", "rate": "10%"}),
            "Pairing bonus: 10% of your weaker leg, paid every week",
        ),
    ],
)
async def test_the_welcome_says_what_one_earns_in_this_programme(
    tmp_path: Path, language: Language, tables: Mapping[str, Any], promise: str
) -> None:
    async with open_chat(tmp_path, tables) as chat:
        welcome = texts_of(await chat.send(await chat.arrive("Hamid", language=language), "/start"))[0]
        assert promise in welcome.split("\n")


async def test_an_offer_on_everything_is_what_one_earns_while_it_lasts(tmp_path: Path) -> None:
    offer = {"id": "spring", "commission": "30%", "starts": "2026-03-20T00:00:00Z", "ends": "2026-03-23T00:00:00Z"}
    async with open_chat(tmp_path, {**DIRECT, "offers": [offer]}) as chat:
        hamid = await chat.arrive("Hamid")
        assert "You earn 30% of every purchase" in texts_of(await chat.send(hamid, "/start"))[0]
        chat.clock.now += 3 * DAY
        assert "You earn 20% of every purchase" in texts_of(await chat.send(hamid, "/start"))[0]


@pytest.mark.parametrize(
    ("language", "empty", "earned"),
    [
        ("en", "Your balance: 0 toman – share your link to get started", "Your balance: 20,000 toman"),
        ("fa", "موجودی شما: ۰ تومان – لینکتان را بفرستید تا شروع شود", "موجودی شما: ۲۰٬۰۰۰ تومان"),
    ],
)
async def test_a_member_sees_the_balance_and_at_first_how_to_begin(
    tmp_path: Path, language: Language, empty: str, earned: str
) -> None:
    async with open_chat(tmp_path, DIRECT) as chat:
        sara = await chat.member("Sara", language=language)
        assert texts_of(await chat.send(sara, "/start"))[0].endswith(empty)
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        assert texts_of(await chat.press(sara, OpenHome()))[0].endswith(earned)


async def test_every_page_is_a_tap_from_more_and_home_is_a_tap_back(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        home = buttons_of((await chat.send(sara, "/start")).outgoing[0])
        assert list(home.values()) == ["link", "bal:0", "friends:1", "more"]
        more = await chat.press(sara, "more")
        assert more.outgoing[0].method == "editMessageText"
        for data in buttons_of(more.outgoing[0]).values():
            assert (await chat.press(sara, data)).outgoing[0].method == "editMessageText", data
        for wanted in ("set:0", "gifts:0", "offers:1", "friends:1", "home:0"):
            assert wanted in buttons_of(more.outgoing[0]).values()


PAGES = [
    *("/start", "/link", "/links", "/balance", "/history", "/friends", "/team", "/rank", "/offers", "/withdraw"),
    *("/settings", "/claim", "/language", "/help", "/privacy", "/buy", "/ready", "/code"),
]
PRESSED = ("more", "set_c", "set_d", "set_z", "set_q", "friends_by:1", "friends:1")


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_no_label_of_any_page_is_broken_by_its_row(
    tmp_path: Path, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, ...]] = []

    def noted(rows: Rows | None, language: Language, texts: Any) -> Any:
        drawn = keyboard(rows, language, texts)
        rows_drawn = (drawn or {"inline_keyboard": []})["inline_keyboard"]
        seen.extend(tuple(each["text"] for each in row) for row in rows_drawn)
        return drawn

    monkeypatch.setattr("bot.kit.keyboards.keyboard", noted)
    async with open_chat(tmp_path, DIRECT, rules=rules(WELCOME)) as chat:
        chat.facts = replace(chat.facts, shop_urls={language: "https://shop.example/?ref={code}"})
        sara = await chat.member("Sara", language=language)
        for number in range(8):
            await chat.buy(await chat.friend(f"Hamid {number}", sara), 100_000, f"A{number}")
        newcomer = await chat.arrive("Karim", language=language)
        await chat.send(newcomer, f"/start {sara.id}")
        for page in PAGES:
            await chat.send(sara, page)
        for data in PRESSED:
            await chat.press(sara, data)
    assert len(seen) > 60
    assert [row for row in seen if not fits(row)] == []


@pytest.mark.parametrize(("language", "label"), [("en", "Withdraw"), ("fa", "برداشت")])
async def test_who_can_withdraw_does_so_from_the_home_card(tmp_path: Path, language: Language, label: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language=language)
        assert label not in buttons_of((await chat.send(sara, "/start")).outgoing[0])
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        home = buttons_of((await chat.send(sara, "/start")).outgoing[0])
        assert home[label] == "wd"


@pytest.mark.parametrize(
    ("language", "told", "label"),
    [("en", "Your membership is suspended", "Support"), ("fa", "عضویت شما تعلیق شده است", "پشتیبانی")],
)
async def test_whoever_is_suspended_reads_so_at_home_and_whom_to_ask(
    tmp_path: Path, language: Language, told: str, label: str
) -> None:
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, support=SupportChannel(-100))
        sara = await chat.member("Sara", language=language)
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        await chat.engine.suspend(sara.id, actor="shell:shop", key="s1")
        home = (await chat.send(sara, "/start")).outgoing[0]
        assert f"\n{told}" in home.params["text"]
        assert label in buttons_of(home)
        assert "wd" not in buttons_of(home).values()
