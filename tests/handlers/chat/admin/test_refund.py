from pathlib import Path

import pytest

from chat import texts_of
from office import Office, open_office, rows_of


async def sell(office: Office) -> None:
    await office.chat.buy(office.ali, 100_000, "o-17")


async def test_a_card_says_what_is_left_and_what_is_taken_back(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await sell(office)
        card = await office.send("/refund o-17 50,000")
        for copied in ("\u2066o-17\u2069 \u200e50,000\u200e", "«o-17» ۵۰٬۰۰۰", "#o-17 ５０，０００"):
            assert texts_of(await office.send(f"/refund {copied}")) == texts_of(card)
        assert texts_of(card)[0] == (
            "<b>Refund this order?</b>\n"
            "Order: \u2068<code>o-17</code>\u2069\n"
            "Buyer: \u2068Ali\u2069\n"
            "Amount of the order: 100,000 toman, of which 100,000 toman is left\n"
            "To be refunded: 50,000 toman\n"
            "Taken back from commissions, in all: 10,000 toman"
        )
        assert rows_of(card) == [["Yes, record it"], ["Cancel"]]
        assert await office.available(office.sara) == 17_000


async def test_confirmed_it_takes_the_commissions_back_and_shows_them(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await sell(office)
        result = await office.press(await office.send("/refund o-17 50000"), "Yes, record it")
        assert texts_of(result)[0] == (
            "<b>Refunded: 50,000 toman</b>\n"
            "Order: \u2068<code>o-17</code>\u2069\n\n"
            "\u2068Sara\u2069: 17,000 toman, available, of which 8,500 toman was taken back\n"
            "\u2068Maryam\u2069: 3,000 toman, available, of which 1,500 toman was taken back"
        )
        assert (await office.available(office.sara), await office.available(office.maryam)) == (8_500, 1_500)


async def test_without_an_amount_all_that_is_left_goes_back(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await sell(office)
        await office.press(await office.send("/refund o-17 ۳۰٬۰۰۰"), "بله، ثبت شود")
        card = await office.send("/refund o-17")
        assert "که ۷۰٬۰۰۰ تومان از آن مانده است\nمبلغ بازگشتی: ۷۰٬۰۰۰ تومان" in texts_of(card)[0]
        result = texts_of(await office.press(card, "بله، ثبت شود"))[0]
        assert "پورسانت \u2068Sara\u2069: ۱۷٬۰۰۰ تومان، کامل برگشت خورد" in result
        assert await office.available(office.sara) == 0


async def test_pressed_twice_or_cut_off_it_counts_once(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await sell(office)
        card = await office.send("/refund o-17 50000")
        result = await office.killed_once(lambda: office.press(card, "Yes, record it"))
        assert texts_of(result)[0].startswith("<b>Refunded: 50,000 toman</b>")
        assert (await office.press(card, "Yes, record it")).outgoing == []
        assert await office.available(office.sara) == 8_500


async def test_more_than_is_left_by_then_is_refused(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await sell(office)
        cards = [await office.send("/refund o-17 60000") for _ in range(2)]
        await office.press(cards[0], "Yes, record it")
        refused = await office.press(cards[1], "Yes, record it")
        assert refused.toast is not None
        assert refused.toast.text == "Only 40,000 toman of this order is left to refund."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Please name the order's number"),
        ("o-99", "There is no order with the number \u2068o-99\u2069."),
        ("o-17 100001", "Only 100,000 toman of this order is left to refund."),
        ("o-17 all", "I can't read that amount."),
        ("o-17 50000 please", "I can't read that amount."),
        ("o-17 -5", "The amount must be above zero."),
    ],
)
async def test_what_cannot_be_refunded_is_told_and_leaves_no_card(tmp_path: Path, typed: str, answer: str) -> None:
    async with open_office(tmp_path) as office:
        await sell(office)
        effects = await office.send(f"/refund {typed}")
        assert texts_of(effects)[0].startswith(answer)
        assert effects.drafts == []
