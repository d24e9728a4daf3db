"""/purchase alone: whom, how much, what, and the card; by buttons or typed, back and forth."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.context import DRAFT_LIFE_MS
from bot.kit.effects import Effects
from bot.kit.languages import Language
from chat import texts_of
from handlers.chat.admin.buttons import AskAmount, ChooseAmount, ChooseProduct
from office import Office, button, open_office, rows_of

Labels = tuple[str, str, str]
LABELS: dict[Language, Labels] = {
    "en": ("100,000 toman", "\u2068shoes\u2069", "Yes, record it"),
    "fa": ("۱۰۰٬۰۰۰ تومان", "\u2068shoes\u2069", "بله، ثبت شود"),
}


def all_labels(effects: Effects) -> list[str]:
    return [label for row in rows_of(effects) for label in row]


async def press(office: Office, effects: Effects, part: str) -> Effects:
    return await office.press(effects, next(label for label in all_labels(effects) if part in label))


async def drafts_of(office: Office, kind: str) -> int:
    return sum(each.kind == kind and not each.used for each in office.chat.drafts.kept.values())


@pytest.mark.parametrize("language", LABELS)
async def test_a_purchase_is_recorded_with_four_taps_and_nothing_typed(tmp_path: Path, language: Language) -> None:
    async with open_office(tmp_path, language=language) as office:
        amount, product, record = LABELS[language]
        await office.chat.buy(office.ali, 100_000, "o-1", "shoes")
        taps = 0
        effects = await office.send("/purchase")
        for label in ("Ali", amount, product, record):
            effects = await press(office, effects, label)
            assert len(effects.outgoing) == 1
            assert effects.outgoing[0].method == "editMessageText", "one message, edited in place"
            taps += 1
        assert taps == 4
        assert "<code>S-101</code>" in texts_of(effects)[0]
        recorded = await office.chat.engine.order("S-101")
        assert recorded is not None
        assert (recorded.buyer, recorded.total) == (office.ali.id, 100_000)
        assert office.chat.dialogues.get(office.nader.id) is None


async def test_all_of_it_may_be_typed(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.send("/purchase")
        assert "How much did \u2068Ali\u2069 pay?" in await office.said("ali")
        assert "What did \u2068Ali\u2069 buy?" in await office.said("480 thousand")
        card = await office.send("running shoes, size 42")
        assert "Product: \u2068running shoes, size 42\u2069\nOrder: numbered automatically" in texts_of(card)[0]
        assert rows_of(card) == [["Yes, record it"], ["Back", "Cancel"]]
        result = await office.press(card, "Yes, record it")
        assert "480,000 toman, order \u2068<code>S-101</code>" in texts_of(result)[0]


async def test_an_order_of_the_shops_is_typed_behind_a_number_sign(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.send("/purchase @ali")
        card = texts_of(await office.send("1000 shoes #o-17"))[0]
        assert "Product: \u2068shoes\u2069\nOrder: \u2068<code>o-17</code>" in card
        await office.send("/purchase @ali")
        await office.send("1000")
        card = texts_of(await office.send("#17"))[0]
        assert "Product: not named\nOrder: \u2068<code>17</code>" in card


async def test_each_question_leads_back_and_may_be_left(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-1", "shoes")
        buyer = await office.send("/purchase")
        amount = await press(office, buyer, "Ali")
        assert texts_of(await office.press(amount, "Back"))[0].startswith("<b>Who bought?</b>")
        product = await press(office, amount, "100,000")
        assert texts_of(await office.press(product, "Back"))[0].startswith("<b>How much did")
        card = await press(office, product, "No product")
        assert "Product: not named" in texts_of(card)[0]
        again = await office.press(card, "Back")
        assert texts_of(again)[0].startswith("<b>What did")
        assert (await office.press(card, "Yes, record it")).outgoing == [], "the card that was left counts no more"
        for question in (amount, product):
            assert texts_of(await office.press(question, "Cancel"))[0].startswith("Cancelled.")
            assert office.chat.dialogues[office.nader.id] is None
        assert "Back to admin" in all_labels(buyer)


async def test_what_was_taken_for_an_order_can_be_made_part_of_the_product(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 1000 کفش پیاده‌روی سایز ۴۲")
        assert "Product: \u2068کفش پیاده‌روی سایز\u2069\nOrder: \u2068<code>42</code>" in texts_of(card)[0]
        whole = await press(office, card, "belongs to the product")
        assert "Product: \u2068کفش پیاده‌روی سایز 42\u2069\nOrder: numbered automatically" in texts_of(whole)[0]
        assert rows_of(whole) == [["Yes, record it"], ["Cancel"]]
        assert (await office.press(card, "Yes, record it")).outgoing == [], "only one of the two cards records"
        assert (await press(office, card, "belongs to the product")).outgoing == []
        await office.press(whole, "Yes, record it")
        assert await office.chat.engine.order("42") is None
        assert await office.chat.engine.order("S-101") is not None


@pytest.mark.parametrize(
    "typed", ["480000 shoes #spring", "480000 shoes # 17", "480000 #17", "480000 shoes", "480000 shoes o-17"]
)
async def test_where_nothing_is_doubtful_nothing_is_asked(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path) as office:
        assert rows_of(await office.send(f"/purchase @ali {typed}")) == [["Yes, record it"], ["Cancel"]]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ("much", "I can't read that amount."),
        ("-5", "The amount must be above zero."),
        ("0", "The amount cannot be zero."),
        ("10.5", "Amounts in toman don't have that many decimals."),
        ("12,50", "That amount could mean two things."),
        ("9" * 4000, "I can't read that amount."),
        ("☃", "I can't read that amount."),
    ],
)
async def test_an_amount_that_cannot_be_read_is_asked_for_again(tmp_path: Path, answer: str, refusal: str) -> None:
    async with open_office(tmp_path) as office:
        await office.send("/purchase @ali")
        said = await office.said(answer)
        assert said.startswith((refusal, "That amount is too large."))
        assert "What did" in await office.said("1000")


async def test_a_product_that_is_too_long_or_empty_is_asked_for_again(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.send("/purchase @ali 1000")
        await office.send("/purchase @ali")
        await office.send("1000")
        assert (await office.said("x" * 65)).startswith("That is too long.")
        assert "Record this purchase?" in await office.said("shoes")


async def test_questions_are_open_after_a_restart_and_old_buttons_are_refused(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-1", "shoes")
        amount = await press(office, await office.send("/purchase"), "Ali")
        product = await press(office, amount, "100,000")
        token = next(each.token for each in product.drafts if each.kind == "purchase-product")
        kept = dict(office.chat.dialogues), dict(office.chat.drafts.kept)
        office.chat.dialogues, office.chat.drafts.kept = kept  # what a store holds is all that a new process knows
        assert "Record this purchase?" in await office.said("sandals")
        for stale in (ChooseProduct(token, 99), ChooseProduct(token, -2), ChooseProduct("unknown", 0)):
            assert (await office.chat.press(office.nader, stale)).outgoing == []
        assert (await office.chat.press(office.karim, ChooseProduct(token, 0))).outgoing == []
        office.chat.clock.now += DRAFT_LIFE_MS + 1
        assert (await office.chat.press(office.nader, ChooseProduct(token, 0))).outgoing == []


@pytest.mark.parametrize("amount", [0, -5])
async def test_a_button_with_an_amount_that_nobody_wrote_records_nothing(tmp_path: Path, amount: int) -> None:
    async with open_office(tmp_path) as office:
        product = await office.chat.press(office.nader, ChooseAmount(office.ali.id, amount))
        assert product.outgoing == []
        unknown = await office.chat.press(office.nader, AskAmount("ABCDEFG"))
        assert unknown.outgoing == []


async def test_a_kill_between_the_books_and_the_answer_gives_the_same_number(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/purchase @ali 100000")
        result = await office.killed_once(lambda: office.press(card, "Yes, record it"))
        assert "Purchase recorded" in texts_of(result)[0]
        assert "S-101" in texts_of(result)[0]
        assert await office.available(office.sara) == 17_000
        assert (await office.press(card, "Yes, record it")).outgoing == []
        assert await office.chat.engine.order("S-102") is None


@pytest.mark.parametrize("typed", ["S-101", "s-101", "s101", "S-۱۰۱", "۱۰۱", "#S-101"])
async def test_a_number_is_taken_by_refund_why_and_member_however_it_is_said(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path) as office:
        await office.press(await office.send("/purchase @ali 100000"), "Yes, record it")
        assert "Order: \u2068<code>S-101</code>" in await office.said(f"/refund {typed}")
        assert "<b>Order \u2068<code>S-101</code>" in await office.said(f"/why {typed}")
        if typed != "۱۰۱":  # which is also somebody's Telegram id
            assert (await office.said(f"/member {typed}")).startswith("<b>\u2068Ali\u2069</b>")


async def test_an_order_under_its_own_number_by_a_file_does_not_stop_the_count(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 5, "S-101")
        card = await office.send("/purchase @ali 100000")
        assert "S-102" in texts_of(await office.press(card, "Yes, record it"))[0]


async def test_recent_buyers_come_first_and_then_newcomers(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        newcomer = await office.chat.arrive("Newcomer")
        office.chat.people.known[newcomer.id] = replace(newcomer, username="newcomer")
        await office.chat.buy(office.maryam, 1, "o-1")
        await office.chat.buy(office.ali, 1, "o-2")
        first, second, third, *_ = all_labels(await office.send("/purchase"))
        assert ("Ali" in first, "Maryam" in second, "Newcomer" in third) == (True, True, True)
        assert button(await office.send("/purchase"), third).startswith("pick:")
