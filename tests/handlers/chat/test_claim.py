from pathlib import Path

import pytest

from bot.kit.languages import Language
from bot.kit.person import Person
from chat import DAY, NOON, Chat, buttons_of, open_chat, texts_of
from gifts import BOOK, WELCOME, met, reward, rules
from handlers.chat.buttons import OpenGifts


async def came(chat: Chat, name: str, *, language: Language = "en") -> tuple[Person, str]:
    """Somebody who has opened Nader's link, and what they read."""
    nader = next((each for each in chat.people.known.values() if each.name == "Nader"), None)
    inviter = nader or await chat.member("Nader")
    friend = await chat.arrive(name, language=language)
    return friend, texts_of(await chat.send(friend, f"/start {inviter.id}"))[0]


async def code_of(chat: Chat, friend: Person) -> str:
    gift = (await chat.friends.gifts(friend.id))[0]
    assert gift.code is not None
    return gift.code


@pytest.mark.parametrize(
    ("language", "promise"),
    [
        ("en", " invited you.\nYour gift: <b>\u206810% off your first order\u2069</b>"),
        ("fa", " شما را دعوت کرده است.\nهدیهٔ شما: <b>\u2068ده درصد تخفیف اولین خرید\u2069</b>"),
    ],
)
async def test_the_welcome_says_what_the_friend_gets(tmp_path: Path, language: Language, promise: str) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        _, welcome = await came(chat, "Sara", language=language)
        assert promise in welcome
        assert "Nader" in welcome


@pytest.mark.parametrize(
    ("language", "promise"),
    [
        ("en", "After your first purchase you get: <b>\u2068A book\u2069</b>"),
        ("fa", "بعد از اولین خرید هدیه می‌گیرید: <b>\u2068یک کتاب\u2069</b>"),
    ],
)
async def test_what_a_first_purchase_brings_is_promised_until_it_is_made(
    tmp_path: Path, language: Language, promise: str
) -> None:
    async with open_chat(tmp_path, rules=rules(BOOK)) as chat:
        sara, welcome = await came(chat, "Sara", language=language)
        assert promise in welcome
        assert promise in texts_of(await chat.send(sara, "/claim"))[0]
        await chat.buy(sara, 100_000, "o-1")
        assert promise not in texts_of(await chat.send(sara, "/start"))[0]


CARDS: dict[Language, str] = {
    "en": "<b>Your gifts</b>\n\n<b>\u206810% off your first order\u2069</b>\n"
    "Discount code: \u2068<code>{code}</code>\u2069\nValid until 2026-04-20 14:30.",
    "fa": "<b>هدیه‌های شما</b>\n\n<b>هدیه: \u2068ده درصد تخفیف اولین خرید\u2069</b>\n"
    "کد تخفیف: \u2068<code>{code}</code>\u2069\nاعتبار تا ۳۱ فروردین ۱۴۰۵، ساعت ۱۴:۳۰.",
}


@pytest.mark.parametrize("language", CARDS)
async def test_claim_hands_out_the_same_code_however_often_it_is_asked(tmp_path: Path, language: Language) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        sara, _ = await came(chat, "Sara", language=language)
        code = await code_of(chat, sara)
        first, again = await chat.send(sara, "/claim"), await chat.press(sara, OpenGifts())
        assert texts_of(first) == texts_of(again) == [CARDS[language].format(code=code)]
        assert code in buttons_of(first.outgoing[0]).values()
        assert code.startswith("HI-")


async def test_opening_the_link_again_gives_no_second_code(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        sara, _ = await came(chat, "Sara")
        babak = await chat.member("Babak")
        for code in (babak.id, (await chat.engine.person(sara.id)).sponsor):  # type: ignore[union-attr]
            await chat.send(sara, f"/start {code}")
        assert len(await chat.friends.gifts(sara.id)) == 1


async def test_each_friend_has_a_code_of_their_own(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        friends = [(await came(chat, name))[0] for name in ("Sara", "Ali", "Karim")]
        assert len({await code_of(chat, each) for each in friends}) == 3


async def test_a_code_that_is_over_shows_when_it_ended_and_is_not_copied(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        sara, _ = await came(chat, "Sara")
        chat.clock.now += 30 * DAY
        card = await chat.send(sara, "/claim")
        assert "Expired on 2026-04-20." in texts_of(card)[0]
        assert list(buttons_of(card.outgoing[0])) == ["Home"]
        assert "Your gift" not in texts_of(await chat.send(sara, "/start"))[0]


async def test_a_list_of_codes_is_handed_out_and_then_the_friend_waits(tmp_path: Path) -> None:
    listed = reward("listed", "coming", {"en": "A code", "fa": "کد"}, codes=("one1", "two2"))
    async with open_chat(tmp_path, rules=rules(listed)) as chat:
        friends = [(await came(chat, name))[0] for name in ("Sara", "Ali", "Karim")]
        assert [await code_of(chat, each) for each in friends[:2]] == ["ONE1", "TWO2"]
        assert "Your code is being prepared." in texts_of(await chat.send(friends[2], "/claim"))[0]


@pytest.mark.parametrize(("days", "gets"), [(0, True), (1, True), (2, False)])
async def test_whoever_started_the_bot_long_before_the_link_gets_nothing(
    tmp_path: Path, days: int, *, gets: bool
) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        nader, sara = await chat.member("Nader"), await chat.arrive("Sara")
        await met(chat, sara.id, sara.chat_id, NOON - days * DAY)
        welcome = texts_of(await chat.send(sara, f"/start {nader.id}"))[0]
        assert ("Your gift" in welcome) == gets
        person = await chat.engine.person(sara.id)
        assert person is not None
        assert person.sponsor == nader.id  # the first sponsor all the same
        told = texts_of(await chat.send(sara, "/claim"))[0]
        assert ("you were with us before you came" in told) != gets


async def test_whoever_had_bought_before_coming_gets_nothing(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        nader, sara = await chat.member("Nader"), await chat.arrive("Sara")
        await chat.buy(sara, 100_000, "o-1")
        chat.clock.now += 1
        await chat.send(sara, f"/start {nader.id}")
        assert [each.withheld for each in await chat.friends.gifts(sara.id)] == ["known"]


async def test_a_second_account_at_the_same_destination_gets_nothing(tmp_path: Path) -> None:
    sheba = "IR820540102680020817909002"
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        nader, double = await chat.member("Nader"), await chat.arrive("Nader again", language="fa")
        await chat.engine.keep_destination(nader.id, "sheba", sheba)
        await chat.engine.keep_destination(double.id, "sheba", sheba)
        await chat.send(double, f"/start {nader.id}")
        assert [each.withheld for each in await chat.friends.gifts(double.id)] == ["same_account"]
        assert "تسویهٔ شما و معرفتان به یک کارت یا حساب می‌رود" in texts_of(await chat.send(double, "/claim"))[0]


async def test_ones_own_link_brings_nothing(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME)) as chat:
        nader = await chat.member("Nader")
        assert "your own link" in texts_of(await chat.send(nader, f"/start {nader.id}"))[0]
        assert await chat.friends.gifts(nader.id) == []


@pytest.mark.parametrize(("language", "said"), [("en", "You have no gifts yet."), ("fa", "هنوز هدیه‌ای ندارید.")])
async def test_whoever_has_no_gift_is_told_how_friends_get_one(tmp_path: Path, language: Language, said: str) -> None:
    async with open_chat(tmp_path) as chat:
        hamid = await chat.arrive("Hamid", language=language)
        assert texts_of(await chat.send(hamid, "/claim"))[0].startswith(said)
