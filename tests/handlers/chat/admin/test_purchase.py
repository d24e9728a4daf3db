from dataclasses import replace
from pathlib import Path

import pytest

from chat import texts_of
from office import button, open_office, rows_of, styles_of


async def test_a_card_repeats_everything_and_the_button_that_records_it_stands_alone(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000 phone o-17")
        assert texts_of(card)[0] == (
            "<b>Record this purchase?</b>\n"
            f"Buyer: \u2068Ali\u2069 (\u2068<code>{office.ali.id}</code>\u2069)\n"
            "Amount: 100,000 toman\n"
            "Product: \u2068phone\u2069\n"
            "Order: \u2068<code>o-17</code>\u2069\n"
            "Invited by \u2068Sara\u2069, who earns the commission."
        )
        assert rows_of(card) == [["Yes, record it"], ["Cancel"]]
        assert styles_of(card) == {"Yes, record it": "success"}
        assert await office.chat.engine.order("o-17") is None


async def test_confirmed_it_is_recorded_and_shows_who_is_credited(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        result = await office.press(await office.send("/purchase @ali 100000 phone o-17"), "Yes, record it")
        assert texts_of(result)[0] == (
            "<b>Purchase recorded</b>\n"
            "\u2068Ali\u2069, 100,000 toman, order \u2068<code>o-17</code>\u2069\n\n"
            "\u2068Sara\u2069: 17,000 toman, available\n"
            "\u2068Maryam\u2069: 3,000 toman, available"
        )
        assert result.outgoing[0].method == "editMessageText"
        order = await office.chat.engine.order("o-17")
        assert order is not None
        assert (order.buyer, order.seller, order.total) == (office.ali.id, office.sara.id, 100_000)


async def test_in_persian_amounts_may_be_words_and_digits_are_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        card = await office.send(f"/purchase {office.ali.chat_id} ۱۰۰ هزار تومان گوشی ۱۷")
        assert "مبلغ: ۱۰۰٬۰۰۰ تومان\nمحصول: \u2068گوشی\u2069\nسفارش: \u2068<code>17</code>\u2069" in texts_of(card)[0]
        result = await office.press(card, "بله، ثبت شود")
        assert "پورسانت \u2068Sara\u2069: ۱۷٬۰۰۰ تومان، قابل برداشت" in texts_of(result)[0]


@pytest.mark.parametrize("who", ["id", "code", "code in small letters", "@ali"])
async def test_a_friend_is_named_by_id_code_or_username(tmp_path: Path, who: str) -> None:
    async with open_office(tmp_path) as office:
        ali = office.ali
        named = {"id": str(ali.chat_id), "code": ali.id, "code in small letters": ali.id.lower()}.get(who, who)
        assert "Buyer: \u2068Ali\u2069" in await office.said(f"/purchase {named} 1000")


async def test_without_a_product_and_an_order_it_gets_a_number_that_can_be_said(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        first, second = [await office.send("/purchase @ali 1000") for _ in range(2)]
        assert "Product: not named\nOrder: numbered automatically" in texts_of(first)[0]
        for card, number in ((second, "S-101"), (first, "S-102")):
            result = await office.press(card, "Yes, record it")
            assert f"order \u2068<code>{number}</code>\u2069" in texts_of(result)[0]
            assert await office.chat.engine.order(number) is not None


async def test_a_second_press_changes_nothing(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000")
        await office.press(card, "Yes, record it")
        again = await office.press(card, "Yes, record it")
        assert again.toast is not None
        assert again.toast.text == "This has already been done."
        assert await office.available(office.sara) == 17_000


async def test_the_same_order_again_is_told_and_counted_once(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        cards = [await office.send("/purchase @ali 100000 phone o-17") for _ in range(2)]
        first, second = [texts_of(await office.press(card, "Yes, record it"))[0] for card in cards]
        assert first.startswith("<b>Purchase recorded</b>")
        assert second.startswith("<b>Already recorded</b>\nNo duplicate was made.\n")
        assert await office.available(office.sara) == 17_000


async def test_another_purchase_under_a_known_order_is_refused(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.press(await office.send("/purchase @ali 100000 phone o-17"), "Yes, record it")
        refused = await office.press(await office.send("/purchase @ali 200000 phone o-17"), "Yes, record it")
        assert refused.toast is not None
        assert refused.toast.text == "This number is already recorded with other details. Nothing changed."
        assert refused.outgoing == []
        assert await office.available(office.sara) == 17_000


async def test_a_kill_between_the_books_and_the_answer_does_not_show(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000 phone o-17")
        result = await office.killed_once(lambda: office.press(card, "Yes, record it"))
        assert texts_of(result)[0].startswith("<b>Purchase recorded</b>")
        assert await office.available(office.sara) == 17_000


async def test_a_buyer_whom_nobody_invited_pays_nobody(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send(f"/purchase {office.maryam.id} 100000")
        assert "The buyer has no inviter" in texts_of(card)[0]
        result = texts_of(await office.press(card, "Yes, record it"))[0]
        assert "Nobody was credited: the buyer has no inviter." in result


async def test_a_card_that_was_left_cannot_be_confirmed(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000 phone o-17")
        assert texts_of(await office.press(card, "Cancel")) == ["Cancelled. Nothing changed."]
        assert (await office.press(card, "Yes, record it")).outgoing == []
        assert await office.chat.engine.order("o-17") is None


async def test_another_admin_cannot_confirm_the_card(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000 phone o-17")
        refused = await office.chat.press(office.karim, button(card, "Yes, record it"))
        assert refused.toast is not None
        assert refused.toast.text == "This button is not for you."
        assert await office.chat.engine.order("o-17") is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "<b>Who bought?</b>"),
        ("@ali", "<b>How much did \u2068Ali\u2069 pay?</b>"),
        ("@nobody 1000", "I can't find \u2068@nobody\u2069."),
        ("777 1000", "I can't find \u2068777\u2069."),
        ("@ali much", "I can't read that amount."),
        ("@ali -1000", "The amount must be above zero."),
        ("@ali 0", "The amount cannot be zero."),
        ("@ali 10.5", "Amounts in toman don't have that many decimals."),
        ("@ali 12,50", "That amount could mean two things."),
        ("@ali 1000 ریال", "Amounts here are in toman, not in rials."),
        ("@ali 1000 " + "x" * 4000, "That is too long. Please use at most 64 characters."),
    ],
)
async def test_what_cannot_be_read_is_told_and_leaves_no_card(tmp_path: Path, typed: str, answer: str) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.send(f"/purchase {typed}")
        assert texts_of(effects)[0].startswith(answer)
        assert [each for each in effects.drafts if each.kind == "purchase"] == []


async def test_others_are_not_told_that_the_command_exists(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.chat.send(office.sara, "/purchase @ali 100000")
        assert texts_of(effects) == texts_of(await office.chat.send(office.sara, "/nonsense"))
        assert effects.drafts == []


async def test_others_cannot_press_an_admin_s_button(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000 phone o-17")
        refused = await office.chat.press(office.sara, button(card, "Yes, record it"))
        assert refused.toast is not None
        assert refused.outgoing == []
        assert await office.chat.engine.order("o-17") is None


@pytest.mark.parametrize("number", ["woo:777", "WOO:777", "\uff57\uff4f\uff4f\uff1a777", "stars:ch_1", "payment:5"])
async def test_a_number_of_a_shop_or_of_the_chat_itself_is_refused_by_name(tmp_path: Path, number: str) -> None:
    async with open_office(tmp_path) as office:
        office.chat.facts = replace(office.chat.facts, shops=frozenset({"woo"}))
        said = await office.said(f"/purchase @ali 1000 phone {number}")
        assert said.startswith("Numbers that begin with")
        assert "other:777" in await office.said("/purchase @ali 1000 phone other:777")


async def test_a_card_from_before_a_shop_was_connected_records_nothing_under_its_number(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 1000 phone woo:777")
        office.chat.facts = replace(office.chat.facts, shops=frozenset({"woo"}))
        answer = await office.press(card, "Yes, record it")
        assert answer.toast is not None
        assert answer.toast.text.startswith("Numbers that begin with")
        assert await office.chat.engine.order("woo:777") is None


@pytest.mark.parametrize(
    ("typed", "product", "order"),
    [
        ("480 هزار تومان کفش پیاده‌روی", "کفش پیاده‌روی", None),
        ("480000 running shoes", "running shoes", None),
        ("480000 کفش پیاده‌روی مردانه ۱۷", "کفش پیاده‌روی مردانه", "17"),
        ("480000 کفش پیاده‌روی \u2066o-17\u2069", "کفش پیاده‌روی", "o-17"),
        ("480000 running shoes #spring", "running shoes", "spring"),
        ("480000 running shoes # spring", "running shoes", "spring"),
        ("480000 #١٧", None, "17"),
        ("480000 کفش «o-17»", "کفش", "o-17"),
        ("480000 shoes", "shoes", None),
        ("۴۸۰٬۰۰۰ running shoes #", "running shoes #", None),
        ("480000 running shoes # #", "running shoes # #", None),
        ("۴۸۰ هزار ۳ جفت کفش", "3 جفت کفش", None),
        ("480k 3 shoes", "3 shoes", None),
    ],
)
async def test_only_a_last_word_with_a_digit_or_a_number_sign_is_the_order(
    tmp_path: Path, typed: str, product: str | None, order: str | None
) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send(f"/purchase @ali {typed}")
        values = card.drafts[0].values
        assert values["amount"] == 480_000
        assert values["product"] == (product or "purchase")
        assert values["order"] == (order or "")
        await office.press(card, "Yes, record it")
        recorded = await office.chat.engine.order(order or "S-101")
        assert recorded is not None
        assert recorded.total == 480_000
