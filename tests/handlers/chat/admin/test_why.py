from pathlib import Path
from typing import Any

import pytest

from bot.kit.languages import Language
from bot.kit.links import Purpose
from chat import DAY, UNILEVEL, texts_of
from engine.events.model import Suspend
from handlers.chat.admin.buttons import ExplainCommission
from office import open_office, rows_of


async def test_any_commission_is_explained_with_everybody_s_name(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        answer = await office.said("/why ۱")
        assert answer.startswith("<b>Commission 1: 17,000 toman</b>\n\u2068Sara\u2069, 2026-03-21 14:30\n\n")
        assert "\u2068Ali\u2069" in answer
        assert "\u2068Maryam\u2069" in answer
        assert "3,000 toman" in answer


@pytest.mark.parametrize(
    "called", ["o-17", "order:o-17", "\u2066o-17\u2069", "«o-17»", "`o-17`", "#o-17", "o\u2060-17"]
)
async def test_an_order_shows_all_that_it_paid(tmp_path: Path, called: str) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.chat.engine.refund("o-17", 50_000, key="r1", actor=office.nader.id)
        page = await office.send(f"/why {called}")
        assert texts_of(page)[0] == (
            "<b>Order \u2068<code>o-17</code>\u2069</b>\n"
            "Buyer: \u2068Ali\u2069\n"
            "Amount: 100,000 toman, of which 50,000 toman was refunded\n"
            "Recorded: 2026-03-21 14:30\n\n"
            "\u2068Sara\u2069: 17,000 toman, available, of which 8,500 toman was taken back\n"
            "\u2068Maryam\u2069: 3,000 toman, available, of which 1,500 toman was taken back"
        )
        assert rows_of(page) == [["Why 1?", "Why 2?"], ["Chart"], ["Back to admin"]]
        assert texts_of(await office.press(page, "Why 2?"))[0].startswith("<b>Commission 2: 3,000 toman</b>")


@pytest.mark.parametrize(
    ("program", "days", "reason"),
    [
        ({}, 0, "the inviter is suspended."),
        ({"commission_window_days": 30}, 31, "the invitation was too long ago."),
        ({"first_purchase_only": True}, 0, "only a friend's first purchase pays."),
    ],
)
async def test_an_order_that_paid_nobody_says_why(
    tmp_path: Path, program: dict[str, Any], days: int, reason: str
) -> None:
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], **program}}
    async with open_office(tmp_path, tables) as office:
        if "first_purchase_only" in program:
            await office.chat.buy(office.ali, 100_000, "o-16")
        if not program:
            await office.chat.engine.submit(Suspend(office.sara.id), key="s1")
        office.chat.clock.now += days * DAY
        await office.chat.buy(office.ali, 100_000, "o-17")
        assert (await office.said("/why o-17")).endswith(f"Nobody was credited: {reason}")


async def test_a_person_s_page_says_who_invited_them_and_what_came_of_their_orders(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        answer = await office.said("/why @ali")
        assert f"Invited by \u2068Sara\u2069 (\u2068<code>{office.sara.id}</code>\u2069) on 2026-03-21" in answer
        assert "o-17</code>\u2069: 100,000 toman, 2026-03-21. Credited to \u2068Sara\u2069." in answer


async def test_my_friend_joined_and_nothing_came(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        hamid = await office.chat.arrive("Hamid")
        await office.chat.buy(hamid, 100_000, "o-17")
        answer = await office.said(f"/why {hamid.chat_id}")
        assert "معرف: ندارد، بدون لینک دعوت آمده است." in answer
        assert "پورسانتی ثبت نشد: خریدار معرفی ندارد." in answer


async def test_a_number_is_a_commission_before_it_is_an_order_or_a_person(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "2")
        assert (await office.said("/why 2")).startswith("<b>Commission 2:")
        assert (await office.said("/why order:2")).startswith("<b>Order \u2068<code>2</code>\u2069</b>")
        assert (await office.said(f"/why {office.ali.chat_id}")).startswith("<b>\u2068Ali\u2069</b>")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Please name a commission by its number"),
        ("two words", "I can't find a commission, an order or a person by \u2068two words\u2069."),
        ("nothing", "I can't find a commission, an order or a person by \u2068nothing\u2069."),
        ("99", "I can't find a commission, an order or a person by \u206899\u2069."),
        ("9" * 40, "I can't find a commission, an order or a person by"),
        ("order:99", "There is no order with the number \u206899\u2069."),
    ],
)
async def test_what_is_not_there_is_told(tmp_path: Path, typed: str, answer: str) -> None:
    async with open_office(tmp_path) as office:
        assert (await office.said(f"/why {typed}")).startswith(answer)


async def test_an_old_button_of_a_commission_that_never_was_is_told(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.chat.press(office.nader, ExplainCommission(99))
        assert effects.toast is not None
        assert effects.toast.text == "There is no such commission."


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        (
            "en",
            (
                "2026-03-21 14:30: opened the link \u2068instagram\u2069 of \u2068Maryam\u2069 and came through it.\n"
                "2026-03-22 14:30: opened the link \u2068<code>SARA</code>\u2069 of \u2068Sara\u2069 "
                "and had come through someone else.\n"
                "2026-03-22 14:30: joined.\n"
                "2026-03-23 14:30: first purchase."
            ),
        ),
        (
            "fa",
            (
                "در ۱ فروردین ۱۴۰۵، ساعت ۱۴:۳۰ لینک \u2068instagram\u2069 از \u2068Maryam\u2069 "
                "را باز کرد و با آن آمد.\n"
                "در ۲ فروردین ۱۴۰۵، ساعت ۱۴:۳۰ لینک \u2068<code>SARA</code>\u2069 از \u2068Sara\u2069 "
                "را باز کرد و قبلاً با لینک شخص دیگری آمده بود.\n"
                "در ۲ فروردین ۱۴۰۵، ساعت ۱۴:۳۰ همکار فروش شد.\n"
                "در ۳ فروردین ۱۴۰۵، ساعت ۱۴:۳۰ اولین بار خرید کرد."
            ),
        ),
    ],
)
async def test_a_friend_s_way_is_told_step_by_step(tmp_path: Path, language: Language, steps: str) -> None:
    async with open_office(tmp_path, language=language) as office:
        chat = office.chat
        (tag,) = await chat.links.make(office.maryam.id, [Purpose("tag", "instagram")], chat.clock.now)
        babak = await chat.arrive("Babak")
        await chat.send(babak, f"/start {tag.code}")
        chat.clock.now += DAY
        await chat.send(babak, f"/start {office.sara.id}")
        await chat.engine.join(babak.id, key="j")
        chat.clock.now += DAY
        await chat.buy(babak, 1000, "o-1")
        answer = (await office.said(f"/why {babak.id}")).replace(office.sara.id, "SARA")
        assert steps in answer


async def test_somebody_who_never_bought_and_was_a_member_before_is_told_so(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.send(office.maryam, f"/start {office.sara.id}")
        answer = await office.said(f"/why {office.maryam.id}")
        assert f"{office.sara.id}</code>\u2069 of \u2068Sara\u2069 and was already a member.\n" in answer
        assert "Has not bought yet." in answer
