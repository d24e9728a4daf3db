import re
from pathlib import Path
from typing import Any

import pytest

from bot.kit.effects import Outgoing
from bot.kit.languages import Language
from bot.kit.person import Person
from chat import DAY, UNILEVEL, Chat, buttons_of, open_chat, text_of
from engine.events.model import Reinstate, Reject, Suspend
from engine.notices import Unreadable
from engine.queries.views import NoticeRow
from handlers.notices import NoticeRenderer, render
from plans import WEEKLY

CARD = "6037991000000004"


def with_program(**program: Any) -> dict[str, Any]:
    """The programme with some settings of its own."""
    return {**UNILEVEL, "program": {**UNILEVEL["program"], **program}}


async def news_for(chat: Chat, person: Person) -> list[tuple[str, Outgoing]]:
    """What this person has been sent since the last look."""
    return [(kind, each) for kind, sent in await chat.notices() for each in sent if each.chat_id == person.chat_id]


def plain(outgoing: Outgoing) -> str:
    """A message as it reads: no tags, no marks of direction."""
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", text_of(outgoing))


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["Hamid used your link.", "Hamid has joined and can invite friends too."]),
        ("fa", ["دوست شما Hamid با لینک شما آمد.", "دوست شما Hamid هم همکار فروش شد."]),
    ],
)
async def test_an_inviter_hears_of_a_friend(tmp_path: Path, language: Language, texts: list[str]) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language=language)
        await chat.friend("Ali", sara)
        await chat.notices()
        chat.clock.now += 1
        await chat.member("Hamid", sara)
        assert [plain(message) for _, message in await news_for(chat, sara)] == texts


async def test_the_seller_hears_amount_reason_and_that_it_is_available(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        await chat.notices()
        await chat.buy(hamid, 100_000, "A17")
        [(kind, message)] = await news_for(chat, sara)
        assert kind == "commission"
        first, reason, state, balance, minimum = plain(message).split("\n")
        assert first == "Your first sale! You earned 20,000 toman"
        assert reason == "Direct commission on a purchase by Hamid."
        assert state == "It can be withdrawn now."
        assert balance == "Available balance: 20,000 toman"
        assert minimum == "You've reached the minimum of 1,000 toman and can withdraw now."
        assert list(buttons_of(message).values()) == ["wdn", "why:1:0", "bal:1"]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            ["Hamid bought for 50,000 toman.", "It pays no commission: only a friend's first purchase does."],
        ),
        (
            "fa",
            [
                "دوست شما Hamid به مبلغ ۵۰٬۰۰۰ تومان خرید کرد.",
                "این خرید پورسانت ندارد: فقط اولین خرید هر دوست پورسانت دارد.",
            ],
        ),
    ],
)
async def test_whose_friend_s_order_pays_nothing_hears_why(
    tmp_path: Path, language: Language, texts: list[str]
) -> None:
    async with open_chat(tmp_path, with_program(first_purchase_only=True)) as chat:
        sara = await chat.member("Sara", language=language)
        hamid = await chat.friend("Hamid", sara)
        await chat.buy(hamid, 100_000, "A17")
        await chat.notices()
        await chat.buy(hamid, 50_000, "A18")
        [(kind, message)] = await news_for(chat, sara)
        assert kind == "friend_bought"
        assert plain(message).split("\n")[:2] == texts


async def test_an_upline_member_hears_the_level_and_no_strangers_name(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        sara = await chat.member("Sara", nader)
        hamid = await chat.friend("Hamid", sara)
        await chat.notices()
        await chat.buy(hamid, 100_000, "A17")
        [(_, message)] = await news_for(chat, nader)
        assert "Level 1 commission on a purchase by someone in your team." in plain(message)
        assert "Hamid" not in plain(message)


async def test_the_same_in_persian(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("سارا", language="fa")
        hamid = await chat.friend("حمید", sara)
        await chat.notices()
        await chat.buy(hamid, 100_000, "A17")
        [(_, message)] = await news_for(chat, sara)
        assert plain(message).split("\n")[:3] == [
            "اولین فروشتان! پورسانت شما: ۲۰٬۰۰۰ تومان",
            "پورسانت مستقیم بابت خرید حمید.",
            "همین حالا قابل برداشت است.",
        ]


@pytest.mark.parametrize(
    ("program", "state"),
    [
        ({"maturity_days": 14}, "It can be withdrawn from 2026-04-04 14:30."),
        ({"approval": "manual"}, "It can be withdrawn once an admin has approved it."),
        (
            {"approval": "manual", "maturity_days": 14},
            "It can be withdrawn from 2026-04-04 14:30, once an admin has approved it.",
        ),
    ],
)
async def test_a_pending_commission_says_what_it_waits_for(tmp_path: Path, program: dict[str, Any], state: str) -> None:
    async with open_chat(tmp_path, with_program(**program)) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        assert state in plain((await news_for(chat, sara))[-1][1])


async def test_a_held_commission_says_what_would_release_it_and_is_told_when_it_is(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"recruits": 2}}
    async with open_chat(tmp_path, {**UNILEVEL, "plan": plan}) as chat:
        nader = await chat.member("Nader")
        sara = await chat.member("Sara", nader)
        hamid = await chat.friend("Hamid", sara)
        await chat.notices()
        await chat.buy(hamid, 100_000, "A17")
        [(_, held)] = await news_for(chat, nader)
        assert "held until you meet the plan's condition.\n– members brought: 1 of 2" in plain(held)
        await chat.member("Ali", nader)
        released = dict(await news_for(chat, nader))["released"]
        assert plain(released).startswith(
            "3,000 toman has been released\nLevel 1 commission on a purchase by someone in your team.\n"
        )
        assert "It can be withdrawn now." in plain(released)


async def test_who_is_held_up_by_a_friend_reads_their_name_and_what_they_lack(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"recruits": 1, "sales": 50_000}, "chain": True}
    async with open_chat(tmp_path, {**UNILEVEL, "plan": plan}) as chat:
        nader = await chat.member("Nader")
        babak = await chat.member("Babak", nader)
        sara = await chat.member("Sara", babak)
        await chat.buy(await chat.friend("Ali", nader), 50_000, "A16")
        hamid = await chat.friend("Hamid", sara)
        await chat.notices()
        await chat.buy(hamid, 100_000, "A17")
        held = dict(await news_for(chat, nader))["commission"]
        assert "It is held until Babak meets the plan's condition.\n– sold: 0 toman of 50,000 toman\n" in plain(held)
        assert buttons_of(held)["Team"] == "team:0"


@pytest.mark.parametrize(
    ("language", "earned", "reason"),
    [
        ("en", "You earned 5,000 toman", "Pairing commission of the period from 2026-03-16."),
        ("fa", "پورسانت شما: ۵٬۰۰۰ تومان", "پاداش تعادل دوره‌ای که از ۲۵ اسفند ۱۴۰۴ شروع شد."),
    ],
)
async def test_pairing_is_told_with_its_period(tmp_path: Path, language: Language, earned: str, reason: str) -> None:
    async with open_chat(tmp_path, {**UNILEVEL, "plan": {"kind": "binary", "pairing": WEEKLY}}) as chat:
        nader = await chat.member("Nader", language=language)
        for name in ("Babak", "Maryam"):
            await chat.buy(await chat.friend(f"of {name}", await chat.member(name, nader)), 50_000, name)
        chat.clock.now += 7 * DAY
        await chat.engine.tick()
        paired = (await news_for(chat, nader))[-1][1]
        assert plain(paired).split("\n")[:2] == [earned, reason]


@pytest.mark.parametrize(
    ("reason", "told"), [("a double order", "Reason: a double order"), (None, "Reason: not given")]
)
async def test_a_rejected_commission_is_told_with_the_reason(tmp_path: Path, reason: str | None, told: str) -> None:
    async with open_chat(tmp_path, with_program(approval="manual")) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        await chat.engine.reject(1, actor="admin", key="reject", reason=reason)
        assert told in plain(dict(await news_for(chat, sara))["rejected"])


async def test_a_refund_says_what_is_left_and_explains_a_balance_below_zero(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        kept = await chat.engine.keep_destination(sara.id, "card", CARD)
        await chat.engine.refund("A17", 50_000, key="r1", actor="admin")
        half = dict(await news_for(chat, sara))["reversed"]
        assert plain(half).startswith("10,000 toman was taken back\nOrder A17 was refunded.")
        assert "Left of this commission: 10,000 toman.\nAvailable balance: 10,000 toman" in plain(half)
        await chat.engine.withdraw("w", sara.id, 10_000, kept)
        await chat.engine.refund("A17", None, key="r2", actor="admin")
        rest = dict(await news_for(chat, sara))["reversed"]
        assert "\nYour balance is below zero now; what you earn next makes up for it first.\n" in plain(rest)
        assert plain(rest).endswith("\nAvailable balance: \u221210,000 toman")


async def test_a_rejected_commission_and_a_reached_cap_are_told(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_program(approval="manual", max_earnings=20_000)) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        await chat.buy(hamid, 100_000, "A17")
        await chat.buy(hamid, 100_000, "A18")
        await chat.engine.submit(Reject("order:A17", sara.id), key="reject")
        news = dict(await news_for(chat, sara))
        assert "all your earnings together can be 20,000 toman at most" in plain(news["cap_reached"])
        assert plain(news["rejected"]).startswith("A commission of 20,000 toman was rejected")


async def test_a_correction_a_rank_and_the_membership_are_told(tmp_path: Path) -> None:
    ranks = [
        {"id": "base", "commission": "20%"},
        {"id": "silver", "commission": "25%", "requires": {"recruits": 1}},
    ]
    async with open_chat(tmp_path, {**UNILEVEL, "ranks": ranks}) as chat:
        sara = await chat.member("Sara")
        await chat.member("Ali", sara)
        await chat.engine.adjust("a", sara.id, -700, "a <mistake>", actor="admin")
        await chat.engine.submit(Suspend(sara.id), key="s")
        await chat.engine.submit(Reinstate(sara.id), key="r")
        news = dict(await news_for(chat, sara))
        assert plain(news["rank_reached"]).split("\n") == [
            "You've reached the rank silver",
            "Congratulations!",
            "On what your friends buy: 25%",
        ]
        assert buttons_of(news["rank_reached"])["Rank"] == "rank:1"
        assert "\u2212700 toman" in plain(news["adjusted"])
        assert "a &lt;mistake&gt;" in text_of(news["adjusted"])
        assert "is suspended" in plain(news["suspended"])
        assert "is active again" in plain(news["reinstated"])


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_each_step_of_a_withdrawal_is_told_and_the_receipt_holds_the_tracking_code(
    tmp_path: Path, language: Language
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language=language)
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        kept = await chat.engine.keep_destination(sara.id, "card", CARD)
        for id in ("w1", "w2", "w3"):
            await chat.engine.withdraw(id, sara.id, 5000, kept)
        await chat.notices()
        await chat.engine.authorise("w1", actor="admin")
        await chat.engine.settle("w1", "paid", actor="admin", tracking="TRACK-77")
        await chat.engine.settle("w2", "rejected", actor="admin", reason="wrong card")
        await chat.engine.settle("w3", "cancelled", actor=sara.id)
        news = dict(await news_for(chat, sara))
        assert list(news) == ["withdrawal_approved", "withdrawal_paid", "withdrawal_rejected"]
        receipt = plain(news["withdrawal_paid"])
        assert "TRACK-77" in receipt
        assert "•••• 0004" in receipt
        assert str(news["withdrawal_paid"].reference) in receipt
        assert "wrong card" in plain(news["withdrawal_rejected"])
        assert ("5,000 toman" if language == "en" else "۵٬۰۰۰ تومان") in receipt


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "40,000 toman can be withdrawn now",
                "2 commissions of yours have become available.",
                "Available balance: 40,000 toman, 20,000 toman pending",
            ],
        ),
        (
            "fa",
            [
                "قابل برداشت شد: ۴۰٬۰۰۰ تومان",
                "تعداد ۲ پورسانت شما سررسید شد.",
                "موجودی قابل برداشت: ۴۰٬۰۰۰ تومان، ۲۰٬۰۰۰ تومان در انتظار",
            ],
        ),
    ],
)
async def test_what_comes_due_at_once_is_told_once(tmp_path: Path, language: Language, lines: list[str]) -> None:
    async with open_chat(tmp_path, with_program(maturity_days=14)) as chat:
        sara = await chat.member("Sara", language=language)
        hamid = await chat.friend("Hamid", sara)
        for order in ("A17", "A18"):
            await chat.buy(hamid, 100_000, order)
        chat.clock.now += 13 * DAY
        await chat.buy(hamid, 100_000, "A19")
        await chat.notices()
        chat.clock.now += DAY
        await chat.engine.tick()
        [(kind, message)] = await news_for(chat, sara)
        assert kind == "available"
        assert plain(message).split("\n")[:3] == lines
        assert list(buttons_of(message).values()) == ["wdn", "his:0"]
        await chat.engine.tick()
        assert await news_for(chat, sara) == []


async def test_an_admin_s_word_makes_a_ripe_commission_available_and_is_told(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_program(approval="manual")) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        await chat.notices()
        await chat.engine.approve(1, actor="admin", key="a")
        [(kind, message)] = await news_for(chat, sara)
        assert kind == "available"
        assert "A commission of yours has become available." in plain(message)
        assert list(buttons_of(message).values()) == ["wdn", "why:1:0"]


async def test_rendering_a_notice_again_gives_the_same_message_with_the_same_reference(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        first = await chat.notices()
        chat.noticed = 0
        chat.clock.now += DAY
        assert await chat.notices() == first
        references = [each.reference for _, sent in first for each in sent]
        assert len(set(references)) == len(references)


async def test_a_kind_that_nobody_writes_about_is_logged_and_sends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        renderer = NoticeRenderer(chat.engine, chat.people, chat.texts, chat.facts)
        assert await render(NoticeRow(1, 1, 0, "eclipse", sara.id, Unreadable()), sara, renderer) == []
        assert "eclipse" in caplog.text
