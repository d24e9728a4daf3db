"""Several notices as one message, and the switch that each kind hangs on."""

import json
import re
from pathlib import Path

import pytest

from bot.kit.languages import Language
from bot.kit.person import Person
from chat import UNILEVEL, Chat, buttons_of, open_chat, text_of
from engine.notices import read
from engine.queries.views import NoticeRow
from handlers.chat.buttons import OpenBalance, OpenHistory, OpenTeam, OpenWithdrawAnew
from handlers.notices import RENDERERS, NoticeRenderer, group_of, is_alone, render_together
from handlers.notices.combined import LINES
from stored_notices import STORED

RANKS = [
    {"id": "base", "commission": "20%"},
    {"id": "silver", "commission": "20%", "requires": {"sales": 200_000}, "bonus": 5_000, "max_earnings": 60_000},
]


async def together(chat: Chat, person: Person) -> list[str]:
    """All that this person may be told together, since the last look, line by line as it reads."""
    renderer = NoticeRenderer(chat.engine, chat.people, chat.texts, chat.facts)
    new = await chat.engine.notices(chat.noticed, 1000)
    chat.noticed = new[-1].number
    theirs = [notice for notice in new if notice.person == person.id and not is_alone(notice)]
    [message] = await render_together(theirs, person, renderer)
    assert message.reference is not None
    assert "bal:1" in buttons_of(message).values()
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", text_of(message)).split("\n")


async def a_busy_minute(chat: Chat, sara: Person) -> None:
    hamid = await chat.member("Hamid", sara)
    for order in ("A17", "A18", "A19"):
        await chat.buy(hamid, 100_000, order)
    await chat.engine.refund("A17", 50_000, key="r", actor="admin")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "8 updates",
                "– Your first friend! Hamid used your link.",
                "– Hamid has joined.",
                "– Your first sale: 20,000 toman, available. Direct commission on a purchase by Hamid.",
                "– 20,000 toman, available. Direct commission on a purchase by Hamid.",
                "– 5,000 toman, available. Bonus of the rank silver.",
                "– You've reached the rank silver. Congratulations!",
                "– and 2 more",
                "Earned in all: 60,000 toman",
                "Available balance: 50,000 toman",
                "You've reached the minimum of 1,000 toman and can withdraw now.",
            ],
        ),
        (
            "fa",
            [
                "خبرهای تازه: ۸ مورد",
                "اولین دوستتان! دوست شما Hamid با لینک شما آمد.",
                "دوست شما Hamid همکار فروش شد.",
                "اولین فروشتان: ۲۰٬۰۰۰ تومان، قابل برداشت. پورسانت مستقیم بابت خرید Hamid.",
                "مبلغ ۲۰٬۰۰۰ تومان، قابل برداشت: پورسانت مستقیم بابت خرید Hamid.",
                "مبلغ ۵٬۰۰۰ تومان، قابل برداشت: پاداش رتبهٔ silver.",
                "به رتبهٔ silver رسیدید. تبریک می‌گوییم!",
                "و ۲ مورد دیگر",
                "جمع پورسانت‌ها: ۶۰٬۰۰۰ تومان",
                "موجودی قابل برداشت: ۵۰٬۰۰۰ تومان",
                "به کمترین مبلغ برداشت (۱٬۰۰۰ تومان) رسیدید و می‌توانید برداشت کنید.",
            ],
        ),
    ],
)
async def test_a_busy_minute_is_one_message_with_a_line_for_each_and_a_total(
    tmp_path: Path, language: Language, lines: list[str]
) -> None:
    async with open_chat(tmp_path, {**UNILEVEL, "ranks": RANKS, "plan": {"kind": "direct"}}) as chat:
        sara = await chat.member("Sara", language=language)
        await a_busy_minute(chat, sara)
        told = await together(chat, sara)
        assert told == lines


async def test_a_very_busy_minute_names_the_first_and_counts_the_rest(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        for number in range(40):
            await chat.buy(hamid, 1_000, f"A{number}")
        told = await together(chat, sara)
        assert told[0] == "41 updates"
        assert told[7] == "– and 35 more"
        assert told[8] == "Earned in all: 8,000 toman"
        assert len(told) == 11


async def test_what_is_opened_under_it_leaves_it_where_it_is(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        for button in (OpenHistory(0), OpenBalance(fresh=True), OpenTeam(0), OpenWithdrawAnew()):
            effects = await chat.press(sara, button)
            assert effects.outgoing[0].method == "sendMessage"


def test_every_kind_that_is_told_together_is_told_alone_too() -> None:
    assert set(LINES) <= set(RENDERERS)


@pytest.mark.parametrize(
    ("kind", "commission", "group"),
    [
        ("friend_came", "", "friends"),
        ("commission", "direct", "commissions"),
        ("commission", "signup", "rewards"),
        ("commission", "rank", "rewards"),
        ("released", "", "releases"),
        ("available", "", "releases"),
        ("cap_reached", "", "ranks"),
        ("rank_reached", "", "milestones"),
        ("withdrawal_approved", "", "withdrawals"),
        ("withdrawal_paid", "", None),
        ("withdrawal_rejected", "", None),
        ("adjusted", "", None),
        ("suspended", "", None),
    ],
)
def test_each_kind_hangs_on_its_switch_and_what_moves_money_out_on_none(
    kind: str, commission: str, group: str | None
) -> None:
    content = STORED[kind] | ({"kind": commission} if commission else {})
    assert group_of(NoticeRow(1, 1, 0, kind, "SARA", read(kind, json.dumps(content)))) == group
