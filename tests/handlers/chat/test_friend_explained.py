"""A member asks about one of their friends: "my friend came and I got nothing"."""

from pathlib import Path

import pytest

from bot.kit.effects import Effects
from bot.kit.languages import Language
from bot.kit.name_search import needle_of
from bot.kit.person import Person
from chat import DAY, UNILEVEL, Chat, buttons_of, open_chat, texts_of
from handlers.chat.buttons import ExplainFriend, PickFriend


def pressed(effects: Effects, label: str) -> str:
    return next(data for text, data in buttons_of(effects.outgoing[-1]).items() if label in text)


def text_in(effects: Effects) -> str:
    return "\n".join(texts_of(effects))


async def two(chat: Chat, language: Language = "en") -> tuple[Person, Person]:
    """Nader, and his friend Sara, who has not bought yet."""
    nader = await chat.member("Nader", language=language)
    return nader, await chat.friend("Sara", nader)


async def test_each_friend_on_the_page_has_a_button_that_tells_what_they_brought(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, sara = await two(chat)
        await chat.buy(sara, 100_000, "o-17")
        page = await chat.send(nader, "/friends")
        shown = await chat.press(nader, pressed(page, "Why: \u2068Sara"))
        assert shown.outgoing[0].method == "editMessageText"
        assert text_in(shown) == (
            "<b>What \u2068Sara\u2069 has brought you</b>\n"
            "Came: 2026-03-21\n"
            "2026-03-21: order \u2068<code>o-17</code>\u2069 brought you 20,000 toman, available"
        )
        assert sara.id not in str(shown.outgoing[0].params), "a friend's code is their own"
        explained = await chat.press(nader, pressed(shown, "Why commission 1?"))
        assert "Why 20,000 toman?" in text_in(explained)
        back = await chat.press(nader, pressed(shown, "Friends"))
        assert "Your friends" in text_in(back)


async def test_it_is_persian_for_a_persian_reader(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, sara = await two(chat, "fa")
        await chat.buy(sara, 100_000, "o-17")
        shown = text_in(await chat.send(nader, "/why sara"))
        assert "خریدهای \u2068Sara\u2069 و سهم شما" in shown
        assert "سهم شما ۲۰٬۰۰۰ تومان، قابل برداشت" in shown


async def test_a_friend_is_found_by_part_of_their_name_their_username_number_or_code(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, sara = await two(chat)
        for word in ("sar", "Sara", str(sara.chat_id), sara.id, sara.id.lower()):
            if word == sara.id.lower():
                continue  # the people in memory know codes as they are; profiles are tested with every writing
            assert "\u2068Sara\u2069 has brought you" in text_in(await chat.send(nader, f"/why {word}")), word


async def test_a_purchase_that_paid_nothing_says_why(tmp_path: Path) -> None:
    rules = {**UNILEVEL, "program": {**UNILEVEL["program"], "first_purchase_only": True}}
    async with open_chat(tmp_path, rules) as chat:
        nader, sara = await two(chat)
        assert "Has not bought yet." in text_in(await chat.send(nader, "/why sara"))
        await chat.buy(sara, 100_000, "o-17")
        chat.clock.now += DAY
        await chat.buy(sara, 100_000, "o-18")
        shown = text_in(await chat.send(nader, "/why sara"))
        assert "2026-03-22: bought, and nothing came to you: only a friend's first purchase pays." in shown
        assert "o-18" not in shown, "what paid them nothing is not theirs to see"


async def test_what_was_bought_before_coming_is_said(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        sara = await chat.arrive("Sara")
        await chat.buy(sara, 100_000, "o-17")
        chat.clock.now += DAY
        await chat.engine.attribute(sara.id, nader.id, key="attribute")
        chat.people.sponsors[sara.id] = nader.id
        assert "that was before they came through your link." in text_in(await chat.send(nader, "/why sara"))


async def test_somebody_who_opened_the_link_in_vain_is_explained_too(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, karim = await chat.member("Nader"), await chat.member("Karim")
        sara = await chat.friend("Sara", karim)
        await chat.links.follow(sara.id, nader.id, cause="update:9", now=chat.clock.now)
        shown = text_in(await chat.send(nader, f"/why {sara.chat_id}"))
        assert "Does not count for you: came through someone else." in shown


@pytest.mark.parametrize("word", ["karim", "104", "x" * 4000, "😀", "%", "   _"])
async def test_nobody_elses_friends_are_found(tmp_path: Path, word: str) -> None:
    async with open_chat(tmp_path) as chat:
        nader, _ = await two(chat)
        karim = await chat.friend("Karim", await chat.member("Babak"))
        assert karim.chat_id == 104
        said = text_in(await chat.send(nader, f"/why {word}"))
        assert said.startswith(("None of your friends is called", "There is no such commission."))
        assert len(said) < 200


async def test_of_several_friends_one_is_chosen_and_the_choice_is_checked(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, _ = await two(chat)
        await chat.friend("Sarah", nader)
        which = await chat.send(nader, "/why sar")
        assert text_in(which).startswith("<b>Which friend?</b>")
        token = which.drafts[0].token
        assert "\u2068Sarah\u2069 has brought you" in text_in(await chat.press(nader, pressed(which, "Sarah")))
        stranger = await chat.member("Karim")
        for person, button in (
            (nader, PickFriend(token, 9)),
            (nader, PickFriend(token, -1)),
            (stranger, PickFriend(token, 0)),
        ):
            refused = await chat.press(person, button)
            assert refused.outgoing == []
            assert refused.toast is not None


async def test_a_button_of_a_friend_who_is_on_another_page_by_now_still_finds_them(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, _ = await two(chat)
        button = pressed(await chat.send(nader, "/friends"), "Sara")
        for number in range(6):
            chat.clock.now += 1000
            await chat.friend(f"Friend {number}", nader)
        assert "\u2068Sara\u2069 has brought you" in text_in(await chat.press(nader, button))
        for stale in (ExplainFriend(1, 5), ExplainFriend(0, -1), ExplainFriend(10**17, 1)):
            assert (await chat.press(nader, stale)).outgoing == []


async def test_profiles_find_a_members_own_friends_alone(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, sara = await two(chat)
        babak = await chat.member("Babak")
        other = await chat.friend("Sara", babak)
        await chat.links.follow(other.id, nader.id, cause="update:9", now=chat.clock.now)
        needle = needle_of("SARA")
        assert needle is not None
        found = await chat.profiles.search_friends(nader.id, needle, 9)
        assert {each.id for each in found} == {sara.id, other.id}
        assert [each.id for each in await chat.profiles.search_friends(babak.id, needle, 9)] == [other.id]
        assert await chat.profiles.search_friends(sara.id, needle, 9) == []
