import re
from pathlib import Path

import pytest

from bot.kit.effects import Effects
from bot.kit.person import Person
from chat import Chat, buttons_of, open_chat, texts_of
from engine.events.model import Suspend
from handlers.chat.buttons import OpenTeam
from plans import WEEKLY, binary, with_plan


def plain(effects: Effects) -> str:
    """The page as it reads: no tags, no marks of direction."""
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", texts_of(effects)[0])


async def team_of(chat: Chat, person: Person) -> list[str]:
    return plain(await chat.send(person, "/team")).split("\n")


async def family(chat: Chat) -> tuple[Person, Person, Person]:
    """Nader brought Babak and Maryam; Maryam brought Ali, and Ali Sara. Returned are Nader, Babak and Maryam."""
    nader = await chat.member("Nader")
    babak, maryam = await chat.member("Babak", nader), await chat.member("Maryam", nader)
    await chat.member("Sara", await chat.member("Ali", maryam))
    return nader, babak, maryam


async def test_a_team_is_counted_level_by_level_as_far_as_the_plan_pays(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%", "12%"])) as chat:
        nader, babak, _ = await family(chat)
        assert await team_of(chat, nader) == ["Your team", "Level 1: 2 members", "Level 2: 1 member"]
        assert await team_of(chat, babak) == [
            "Your team",
            "Nobody has joined below you yet. Share your link, and your team grows: /link",
        ]


async def test_direct_counts_those_whom_one_brought(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="direct")) as chat:
        nader, _, maryam = await family(chat)
        assert "2 members joined through your link." in await team_of(chat, nader)
        assert "1 member joined through your link." in await team_of(chat, maryam)


async def test_under_binary_without_levels_only_those_whom_one_brought_are_said_to_have_come_by_the_link(
    tmp_path: Path,
) -> None:
    async with open_chat(tmp_path, with_plan(kind="binary", spill="left", pairing=WEEKLY)) as chat:
        nader = await chat.member("Nader")
        babak, *_ = [await chat.member(name, nader) for name in ("Babak", "Maryam", "Ali", "Sara")]
        told = await team_of(chat, nader)
        assert "4 members joined through your link." in told
        assert [line.partition(",")[0] for line in told if " leg:" in line] == [
            "Left leg: 3 members",
            "Right leg: 1 member",
        ]
        told = await team_of(chat, babak)  # Ali and Sara are below Babak, whom Nader brought
        assert "Nobody has joined through your link yet; those below were placed here by others." in told


async def test_a_matrix_counts_by_the_places_and_not_by_who_brought_whom(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="matrix", width=2, levels=["15%", "12%", "8%"])) as chat:
        nader = await chat.member("Nader")
        for name in ("Babak", "Maryam", "Ali", "Sara"):
            await chat.member(name, nader)
        assert await team_of(chat, nader) == ["Your team", "Level 1: 2 members", "Level 2: 2 members"]


async def test_a_binary_member_sees_both_legs_with_their_volumes_and_when_they_are_paired(tmp_path: Path) -> None:
    async with open_chat(tmp_path, binary(pairing=WEEKLY)) as chat:
        nader, babak, _ = await family(chat)
        await chat.buy(await chat.friend("Hamid", babak), 70_000, "o1")
        told = await team_of(chat, nader)
        assert "Left leg: 1 member, volume 70,000 toman" in told
        assert "Right leg: 3 members, volume 0 toman" in told
        assert "The legs are paired when the period closes: 2026-03-23 00:00." in told


async def test_volume_of_members_is_counted_and_without_pairing_there_is_none(tmp_path: Path) -> None:
    async with open_chat(tmp_path, binary(pairing={**WEEKLY, "measure": "members"})) as chat:
        nader, *_ = await family(chat)
        assert "Right leg: 3 members, volume 3 members" in await team_of(chat, nader)
    (tmp_path / "other").mkdir()
    async with open_chat(tmp_path / "other", binary()) as chat:
        nader, *_ = await family(chat)
        assert "Right leg: 3 members" in await team_of(chat, nader)


async def test_the_plans_condition_is_told_with_how_far_one_is(tmp_path: Path) -> None:
    async with open_chat(tmp_path, binary()) as chat:
        nader, _, maryam = await family(chat)
        assert (await team_of(chat, nader))[-3:] == [
            "The plan's condition: you meet it.",
            "– members in the left leg: 1 of 1",
            "– members in the right leg: 3 of 1",
        ]
        assert (await team_of(chat, maryam))[-3:] == [
            "The plan's condition: you do not meet it yet.",
            "– members in the left leg: 2 of 1",
            "– members in the right leg: 0 of 1",
        ]


async def test_who_holds_up_what_and_why_names_ones_own_friends_alone(tmp_path: Path) -> None:
    async with open_chat(tmp_path, binary()) as chat:
        nader, _, maryam = await family(chat)
        sara = next(each for each in chat.people.known.values() if each.name == "Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "o1")  # Ali, Maryam and Nader stand above Sara
        assert (await team_of(chat, nader))[-4:] == [
            "",
            "Held up",
            "1,600 toman in 1 commission waits for somebody in your team:",
            "– members in the right leg: 0 of 1",
        ]
        assert "2,400 toman in 1 commission waits for you:" in await team_of(chat, maryam)
        ali = next(each for each in chat.people.known.values() if each.name == "Ali")
        await chat.buy(await chat.friend("Karim", ali), 100_000, "o2")  # here Maryam is the first in Nader's way
        assert "2,400 toman in 1 commission waits for Maryam:" in await team_of(chat, nader)


async def test_one_who_holds_up_their_own_is_told_so_until_it_is_released(tmp_path: Path) -> None:
    requires = {"recruits": 2, "sales": 50_000}
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%"], requires=requires)) as chat:
        nader = await chat.member("Nader")
        babak = await chat.member("Babak", nader)
        hamid = await chat.friend("Hamid", babak)
        for order in ("o1", "o2"):
            await chat.buy(hamid, 100_000, order)
        assert (await team_of(chat, nader))[-3:] == [
            "6,000 toman in 2 commissions waits for you:",
            "– members brought: 1 of 2",
            "– sold: 0 toman of 50,000 toman",
        ]
        await chat.member("Maryam", nader)
        await chat.buy(await chat.friend("Ali", nader), 50_000, "o3")
        assert "Held up" not in await team_of(chat, nader)


async def test_a_suspended_member_holds_up_by_being_suspended(tmp_path: Path) -> None:
    requires = {"recruits": 1}
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%"], requires=requires)) as chat:
        nader = await chat.member("Nader")
        babak = await chat.member("Babak", nader)
        hamid = await chat.friend("Hamid", babak)
        await chat.engine.submit(Suspend(nader.id), key="s")
        await chat.buy(hamid, 100_000, "o1")
        assert (await team_of(chat, nader))[-2:] == [
            "3,000 toman in 1 commission waits for you:",
            "– the membership is suspended and has to go on",
        ]


async def test_more_than_six_who_hold_up_go_over_several_pages(tmp_path: Path) -> None:
    tables = with_plan(kind="unilevel", levels=["15%", "12%"], chain=True, requires={"recruits": 2})
    async with open_chat(tmp_path, tables) as chat:
        nader = await chat.member("Nader")
        for number in range(1, 9):
            friend = await chat.member(f"Friend {number}", nader)
            below = await chat.member(f"Seller {number}", friend)
            await chat.buy(await chat.friend(f"Buyer {number}", below), 10_000 * number, f"o{number}")
        first = await chat.send(nader, "/team")
        assert buttons_of(first.outgoing[0]) == {
            "Tree": f"tree:{nader.id}:1",
            "Next": "team:2",
            "Friends": "friends:1",
            "History": "his:1",
            "Home": "home:0",
        }
        assert plain(first).count("waits for") == 6
        assert "1,920 toman in 1 commission waits for Friend 8:" in plain(first)
        second = await chat.press(nader, "team:2")
        assert plain(second).count("waits for") == 2
        assert "Level 1" not in plain(second)
        assert "Previous" in buttons_of(second.outgoing[0])
        assert plain(await chat.press(nader, "team:99")) == plain(second)


async def test_under_a_notice_the_team_comes_as_a_message_of_its_own(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        assert (await chat.press(nader, OpenTeam(0))).outgoing[0].method == "sendMessage"
        assert (await chat.press(nader, OpenTeam(1))).outgoing[0].method == "editMessageText"


async def test_somebody_who_has_not_joined_is_offered_the_link(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), "/team")
        assert "You have no team yet." in texts_of(effects)[0]
        assert "Get my link" in buttons_of(effects.outgoing[0])


@pytest.mark.parametrize("pairing", [None, WEEKLY])
async def test_in_persian_every_line_begins_in_persian(tmp_path: Path, pairing: object) -> None:
    async with open_chat(tmp_path, binary(**({"pairing": pairing} if pairing else {}))) as chat:
        nader = await chat.member("نادر", language="fa")
        babak = await chat.member("بابک", nader)
        await chat.buy(await chat.friend("حمید", babak), 100_000, "o1")
        text = plain(await chat.send(nader, "/team"))
        assert "سطح ۱: ۱ نفر" in text
        assert "مبلغ ۳٬۰۰۰ تومان (۱ پورسانت) منتظر شما است:\nشرط همکاران دست راست: ۰ از ۱ نفر" in text
        assert all("\u0600" <= line[0] <= "\u06ff" for line in text.split("\n") if line)
