"""How far each friend has come, and why somebody is none."""

from pathlib import Path

import pytest

from bot.kit.links import Purpose
from chat import DAY, Chat, buttons_of, open_chat, texts_of
from handlers.chat.buttons import OpenFriends, OpenTeam


async def friends_of(chat: Chat, member: str, command: str = "/friends") -> list[str]:
    return texts_of(await chat.send(chat.person(member), command))[0].split("\n\n")


async def test_each_friend_has_their_steps_and_what_is_in_the_way(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await chat.member("Sara"), await chat.member("Ali")
        (tag,) = await chat.links.make(sara.id, [Purpose("tag", "instagram")], chat.clock.now)
        hamid, karim, maryam = await chat.arrive("Hamid"), await chat.arrive("Karim"), await chat.arrive("Maryam")
        await chat.send(hamid, f"/start {tag.code}")
        await chat.send(maryam, f"/start {ali.id}")
        chat.clock.now += DAY
        await chat.send(karim, f"/start {sara.id}")
        await chat.engine.join(hamid.id, key="j")
        chat.clock.now += DAY
        await chat.buy(hamid, 1000, "o-1")
        await chat.buy(hamid, 1000, "o-2")
        await chat.send(maryam, f"/start {tag.code}")
        chat.clock.now += DAY
        await chat.send(ali, f"/start {sara.id}")
        assert "\n\n".join(await friends_of(chat, sara.id)) == (
            "<b>Your friends</b>\n"
            "\n<b>\u2068Ali\u2069</b>\nOpened your link: 2026-03-24\n"
            "Does not count for you: was already a member.\n"
            "\n<b>\u2068Maryam\u2069</b> · \u2068instagram\u2069\nOpened your link: 2026-03-23\n"
            "Does not count for you: came through someone else.\n"
            "\n<b>\u2068Karim\u2069</b>\nCame: 2026-03-22\nHas not bought yet.\n"
            "\n<b>\u2068Hamid\u2069</b> · \u2068instagram\u2069\nCame: 2026-03-21\nJoined: 2026-03-22\n"
            "First purchase: 2026-03-23 (2 orders in all)\nEarned you: <b>400 toman</b>"
        )


async def test_nothing_private_is_shown(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        await chat.buy(hamid, 123_456, "o-17")
        page = "\n".join(await friends_of(chat, sara.id))
        for secret in (hamid.id, str(hamid.chat_id), "123,456", "o-17"):
            assert secret not in page


async def test_a_shop_s_customer_has_no_name_here(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        customer, _ = await chat.engine.get_or_create_person("shop:main", "7")
        await chat.links.follow(customer, sara.id, cause="order:1", now=chat.clock.now)
        page = "\n".join(await friends_of(chat, sara.id))
        assert "<b>A customer of the shop</b>" in page
        assert customer not in page


@pytest.mark.parametrize(("count", "pages"), [(6, 1), (7, 2), (13, 3)])
async def test_six_friends_stand_on_a_page(tmp_path: Path, count: int, pages: int) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        for number in range(count):
            chat.clock.now += 1
            await chat.friend(f"Friend {number}", sara)
        seen: list[str] = []
        for page in range(1, pages + 1):
            effects = await chat.press(sara, OpenFriends(page))
            seen += [line for line in texts_of(effects)[0].split("\n") if "Friend " in line]
            assert ("Next" in buttons_of(effects.outgoing[0])) == (page < pages)
        assert seen == [f"<b>\u2068Friend {number}\u2069</b>" for number in reversed(range(count))]
        last = texts_of(await chat.press(sara, OpenFriends(pages)))
        assert texts_of(await chat.press(sara, OpenFriends(99))) == last


async def test_the_team_leads_to_it_and_somebody_alone_hears_what_to_do(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, hamid = await chat.member("Sara", language="fa"), await chat.arrive("Hamid")
        assert buttons_of((await chat.press(sara, OpenTeam(1))).outgoing[0])["دوستان"] == "friends:1"
        assert "هنوز کسی با لینک شما نیامده است" in "\n".join(await friends_of(chat, sara.id))
        assert texts_of(await chat.send(hamid, "/friends"))[0].startswith("You have no friends here yet")


async def test_a_page_that_is_none_is_the_nearest(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        for number in range(7):
            await chat.friend(f"Friend {number}", sara)
        pages = [texts_of(await chat.press(sara, OpenFriends(page))) for page in (-3, 1, 2, 3, 10**18 - 1)]
        assert pages[0] == pages[1] != pages[2] == pages[3] == pages[4]
