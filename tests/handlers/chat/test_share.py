from pathlib import Path

import pytest

from bot.kit.languages import Language
from bot.kit.person import Person
from chat import Chat, buttons_of, open_chat, texts_of
from engine.codes import clean_link
from gifts import SHARE, rules
from handlers.chat.buttons import OpenShare
from handlers.chat.share import ChooseSplit


async def link_of(chat: Chat, member: Person, place: int, discount: str) -> str:
    """The code of the member's link with that split."""
    card = (await chat.press(member, ChooseSplit(place, discount))).outgoing[0]
    assert card.picture is not None
    return str(card.picture["code"])


async def test_the_link_card_leads_to_the_slider_only_where_there_is_one(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader = await chat.member("Nader")
        assert "Discount for a friend" in buttons_of((await chat.send(nader, "/link")).outgoing[1])
    (tmp_path / "other").mkdir()
    async with open_chat(tmp_path / "other") as chat:
        nader = await chat.member("Nader")
        assert "Discount for a friend" not in buttons_of((await chat.send(nader, "/link")).outgoing[1])


PERSIAN_SPLITS = (("۲", "۱۲"), ("۰", "۱۴"), ("۶", "۸"), ("۴", "۱۰"), ("۱۰", "۴"), ("۸", "۶"), ("۱۴", "۰"), ("۱۲", "۲"))
"""The friend's and the member's part, as the buttons stand: each row of two is mirrored."""


@pytest.mark.parametrize(
    ("language", "labels", "begins"),
    [
        (
            "en",
            [f"{part}% off · {14 - part}% you" for part in range(0, 15, 2)],
            "<b>A discount for your friends</b>\nYou have 14% of",
        ),
        (
            "fa",
            [f"دوست {part}٪ · شما {rest}٪" for part, rest in PERSIAN_SPLITS],
            "<b>تخفیف به دوستان</b>\nاز هر خرید ۱۴٪",
        ),
    ],
)
async def test_the_slider_has_a_button_for_each_step(
    tmp_path: Path, language: Language, labels: list[str], begins: str
) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader = await chat.member("Nader", language=language)
        card = await chat.press(nader, OpenShare(), under_picture=True)
        assert list(buttons_of(card.outgoing[0]))[:8] == labels
        assert texts_of(card)[0].startswith(begins)


@pytest.mark.parametrize(
    ("language", "title", "forward"),
    [
        ("en", "<b>6% for your friend, 8% for you</b>", "6% off"),
        ("fa", "<b>سهم دوستتان ۶٪، سهم شما ۸٪</b>", "۶٪ تخفیف"),
    ],
)
async def test_a_choice_is_a_link_with_its_picture_and_a_text_to_forward(
    tmp_path: Path, language: Language, title: str, forward: str
) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader = await chat.member("Nader", language=language)
        to_forward, card = (await chat.press(nader, ChooseSplit(3, "6%"))).outgoing
        assert to_forward.picture is not None
        code = to_forward.picture["code"]
        assert clean_link(code) == code != nader.id
        assert card.params["text"].startswith(title)
        assert to_forward.picture["benefit"] == forward
        assert f"start={code}" in to_forward.params["caption"]
        assert forward in to_forward.params["caption"]


async def test_the_same_split_is_the_same_link_and_another_one_another(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader, babak = await chat.member("Nader"), await chat.member("Babak")
        first = await link_of(chat, nader, 3, "6%")
        assert await link_of(chat, nader, 3, "6%") == first
        assert len({first, await link_of(chat, nader, 4, "8%"), await link_of(chat, babak, 3, "6%")}) == 3


async def test_a_friend_through_a_split_has_the_discount_and_the_member_the_rest(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader, sara = await chat.member("Nader"), await chat.arrive("Sara")
        code = await link_of(chat, nader, 3, "6%")
        welcome = texts_of(await chat.send(sara, f"/start {code}"))[0]
        assert "Nader\u2069 invited you" in welcome
        assert "Your gift: <b>6% off</b>" in welcome
        (gift,) = await chat.friends.gifts(sara.id)
        assert (gift.reward, gift.percent) == ("share", "6%")
        await chat.buy(sara, 100_000, "o-1")
        assert (await chat.engine.balance(nader.id)).available == 8_000
        assert "8%" in texts_of(await chat.send(nader, "/why 1"))[0]
        assert "link" in texts_of(await chat.send(nader, "/why 1"))[0]


async def test_nothing_for_the_friend_gives_no_code_and_all_of_the_budget_no_commission(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader, sara, ali = await chat.member("Nader"), await chat.arrive("Sara"), await chat.arrive("Ali")
        await chat.send(sara, f"/start {await link_of(chat, nader, 0, '0%')}")
        await chat.send(ali, f"/start {await link_of(chat, nader, 7, '14%')}")
        assert await chat.friends.gifts(sara.id) == []
        assert [each.percent for each in await chat.friends.gifts(ali.id)] == ["14%"]
        await chat.buy(ali, 100_000, "o-1")
        assert (await chat.engine.balance(nader.id)).available == 0
        await chat.buy(sara, 100_000, "o-2")
        assert (await chat.engine.balance(nader.id)).available == 14_000


async def test_the_first_link_stays_whatever_split_a_later_one_has(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader, sara = await chat.member("Nader"), await chat.arrive("Sara")
        await chat.send(sara, f"/start {await link_of(chat, nader, 3, '6%')}")
        await chat.send(sara, f"/start {await link_of(chat, nader, 7, '14%')}")
        await chat.send(sara, f"/start {nader.id}")
        assert [each.percent for each in await chat.friends.gifts(sara.id)] == ["6%"]
        await chat.buy(sara, 100_000, "o-1")
        assert (await chat.engine.balance(nader.id)).available == 8_000


async def test_ones_own_split_link_is_ones_own(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader = await chat.member("Nader")
        code = await link_of(chat, nader, 3, "6%")
        assert "your own link" in texts_of(await chat.send(nader, f"/start {code}"))[0]


@pytest.mark.parametrize("button", [ChooseSplit(8, "16%"), ChooseSplit(-1, "0%"), ChooseSplit(3, "7%")])
async def test_a_button_of_another_budget_is_an_old_one(tmp_path: Path, button: ChooseSplit) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        effects = await chat.press(await chat.member("Nader"), button)
        assert effects.toast is not None
        assert "has expired" in effects.toast.text
        assert effects.outgoing == []


async def test_without_a_budget_the_slider_is_an_old_button(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Nader"), OpenShare())
        assert effects.toast is not None
        assert "has expired" in effects.toast.text


async def test_whoever_is_no_member_is_invited_to_become_one(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        sara = await chat.arrive("Sara")
        for button in (OpenShare(), ChooseSplit(3, "6%")):
            assert "Get your link first" in texts_of(await chat.press(sara, button))[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no discount from you; you earn 14%"), ("fa", "از شما تخفیفی نمی‌گیرد؛ شما ۱۴٪ از خریدش")],
)
async def test_a_link_that_leaves_the_friend_nothing_promises_no_code(
    tmp_path: Path, language: Language, words: str
) -> None:
    async with open_chat(tmp_path, rules=rules(share=SHARE)) as chat:
        nader = await chat.member("Nader", language=language)
        _, card = (await chat.press(nader, ChooseSplit(0, "0%"))).outgoing
        assert words in card.params["text"]
