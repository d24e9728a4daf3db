from pathlib import Path

import pytest

from chat import texts_of
from engine.errors import OwnAccount
from office import open_office, rows_of


async def test_a_card_repeats_member_amount_and_reason(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send(f"/adjust {office.sara.id} 5000 a present for Nowruz")
        assert texts_of(card)[0] == (
            "<b>Correct this account?</b>\n"
            f"Member: \u2068Sara\u2069 (\u2068<code>{office.sara.id}</code>\u2069)\n"
            "By: 5,000 toman\n"
            "Reason: \u2068a present for Nowruz\u2069\n"
            "Available now: 0 toman"
        )
        assert rows_of(card) == [["Yes, record it"], ["Cancel"]]
        assert await office.available(office.sara) == 0


@pytest.mark.parametrize("minus", ["-", "−", "–"])
async def test_a_correction_may_take_away_in_any_minus_and_digits(tmp_path: Path, minus: str) -> None:
    async with open_office(tmp_path, language="fa") as office:
        card = await office.send(f"/adjust {office.sara.id} {minus}۵ هزار تومان بابت اشتباه در سفارش")
        assert "مبلغ اصلاح: \u2066−۵٬۰۰۰\u2069 تومان\nدلیل: \u2068بابت اشتباه در سفارش\u2069" in texts_of(card)[0]
        result = texts_of(await office.press(card, "بله، ثبت شود"))[0]
        assert result.startswith("<b>اصلاح حساب ثبت شد: \u2066−۵٬۰۰۰\u2069 تومان</b>")
        assert await office.available(office.sara) == -5_000


async def test_pressed_twice_or_cut_off_it_counts_once(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send(f"/adjust {office.sara.id} 5000 a present")
        result = await office.killed_once(lambda: office.press(card, "Yes, record it"))
        assert "Available now: 5,000 toman" in texts_of(result)[0]
        assert (await office.press(card, "Yes, record it")).outgoing == []
        assert await office.available(office.sara) == 5_000


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Please name the member"),
        ("{sara}", "Member: \u2068Sara\u2069"),
        ("{sara} 5000", "Please name the member"),
        ("@ali 5000 a present", "This person is not a member."),
        ("@nobody 5000 a present", "I can't find \u2068@nobody\u2069."),
        ("{sara} a present", "I can't read that amount."),
        ("{sara} 0 a present", "The amount cannot be zero."),
        ("{sara} 5000 " + "x" * 301, "That is too long. Please use at most 300 characters."),
    ],
)
async def test_what_cannot_be_corrected_is_told_and_leaves_no_card(tmp_path: Path, typed: str, answer: str) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.send(f"/adjust {typed.format(sara=office.sara.id)}")
        assert texts_of(effects)[0].startswith(answer)
        assert [each for each in effects.drafts if each.kind == "adjustment"] == []


async def test_nobody_corrects_their_own_account(tmp_path: Path) -> None:
    """A request of one's own is another admin's to decide; the money behind it is no less so."""
    async with open_office(tmp_path) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        assert await office.said(f"/adjust {office.nader.id} 5000 a present") == (
            "You can't correct your own account. Another admin has to."
        )
        with pytest.raises(OwnAccount):
            await office.chat.engine.adjust("a1", office.nader.id, 5000, "a present", actor=office.nader.id)
        assert await office.available(office.nader) == 0
