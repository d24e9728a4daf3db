"""Links and visits on a real store: what opening a link comes to, once and for good."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.kit.links import TAGS_MAX, MemberLink, Purpose, Reach, TooManyTags
from chat import NOON, Chat, open_chat
from engine.codes import ALPHABET, LINK_LENGTH

INSTAGRAM = Purpose("tag", "instagram")


async def tagged(chat: Chat, member: str, purpose: Purpose = INSTAGRAM) -> MemberLink:
    (link,) = await chat.links.make(member, [purpose], chat.clock.now)
    return link


async def opened(chat: Chat, person: str, code: str, cause: str = "update:1") -> tuple[str, bool] | None:
    followed = await chat.links.follow(person, code, cause=cause, now=chat.clock.now)
    return None if followed is None else (followed.outcome, followed.first)


async def sponsor_of(chat: Chat, person: str) -> str | None:
    known = await chat.engine.person(person)
    return known.sponsor if known is not None else None


def journal(folder: Path, kind: str) -> list[tuple[str, str | None]]:
    with closing(sqlite3.connect(folder / "moaref.db")) as connection:
        sql = "SELECT content, refusal FROM journal WHERE type = ? ORDER BY seq"
        return [tuple(row) for row in connection.execute(sql, (kind,))]


async def test_a_link_is_made_once_for_its_purpose_and_has_a_code_of_its_own(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await chat.member("Sara"), await chat.member("Ali")
        first, again = await tagged(chat, sara.id), await tagged(chat, sara.id)
        others = [await tagged(chat, ali.id), await tagged(chat, sara.id, Purpose("tag", "shop"))]
        dearer = await tagged(chat, sara.id, Purpose("tag", "instagram", commission="5%"))
        assert first == again
        assert len({first.code, dearer.code, *(each.code for each in others)}) == 4
        assert len(first.code) == LINK_LENGTH
        assert set(first.code) <= set(ALPHABET)


async def test_the_member_stands_behind_every_code(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, hamid = await chat.member("Sara"), await chat.arrive("Hamid")
        case = Purpose("product", "case", ("case",))
        link = await tagged(chat, sara.id, case)
        assert await chat.links.owner_of(sara.id) == MemberLink(sara.id, sara.id)
        assert await chat.links.owner_of(link.code) == MemberLink(link.code, sara.id, case)
        assert await chat.links.owner_of(hamid.id) is None
        assert await chat.links.owner_of("2" * LINK_LENGTH) is None


async def test_the_friend_comes_to_the_member_and_the_first_tag_stays_theirs(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, hamid = await chat.member("Sara"), await chat.arrive("Hamid")
        instagram, shop = await tagged(chat, sara.id), await tagged(chat, sara.id, Purpose("tag", "shop"))
        assert await opened(chat, hamid.id, instagram.code) == ("came", True)
        assert await opened(chat, hamid.id, shop.code, "update:2") == ("friend", True)
        assert await opened(chat, hamid.id, sara.id, "update:3") == ("friend", True)
        assert await sponsor_of(chat, hamid.id) == sara.id
        assert await chat.links.reach(instagram.code) == Reach(came=1)
        assert await chat.links.reach(shop.code) == Reach()


async def test_the_first_sponsor_wins_also_among_links_that_were_made(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali, hamid = await chat.member("Sara"), await chat.member("Ali"), await chat.arrive("Hamid")
        await opened(chat, hamid.id, sara.id)
        link = await tagged(chat, ali.id)
        assert await opened(chat, hamid.id, link.code, "update:2") == ("elsewhere", True)
        assert await sponsor_of(chat, hamid.id) == sara.id
        assert await chat.links.reach(link.code) == Reach()


async def test_a_member_who_opens_a_link_is_noted_and_stays_where_they_are(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await chat.member("Sara"), await chat.member("Ali")
        assert await opened(chat, ali.id, sara.id) == ("member", True)
        assert await opened(chat, ali.id, sara.id, "update:2") == ("member", False)
        assert [each.outcome for each in await chat.links.visits(ali.id, 5)] == ["member"]


async def test_one_s_own_links_and_unknown_codes_are_no_visits(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, hamid = await chat.member("Sara"), await chat.arrive("Hamid")
        link = await tagged(chat, sara.id)
        for code in (sara.id, link.code, hamid.id, "2" * LINK_LENGTH, "nothing"):
            assert await opened(chat, sara.id, code) is None
        assert await chat.links.visits(sara.id, 5) == []


async def test_the_update_that_was_first_is_first_again_and_a_later_one_is_not(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali, hamid = await chat.member("Sara"), await chat.member("Ali"), await chat.arrive("Hamid")
        await opened(chat, hamid.id, sara.id, "update:1")
        answers = [await opened(chat, hamid.id, ali.id, cause) for cause in ("update:2", "update:2", "update:3")]
        assert answers == [("elsewhere", True), ("elsewhere", True), ("elsewhere", False)]
        assert len(journal(tmp_path, "attribute")) == 2


async def test_a_link_s_rate_goes_with_the_friend(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, hamid = await chat.member("Sara"), await chat.arrive("Hamid")
        link = await tagged(chat, sara.id, Purpose("tag", "discount", commission="5%"))
        await opened(chat, hamid.id, link.code)
        await chat.buy(hamid, 100_000, "o-1")
        assert (await chat.engine.balance(sara.id)).available == 5_000


async def test_opening_two_members_links_at_once_gives_one_sponsor(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        members = [await chat.member(f"Member {number}") for number in range(5)]
        links = [await tagged(chat, each.id) for each in members]
        hamid = await chat.arrive("Hamid")
        outcomes = await asyncio.gather(
            *(opened(chat, hamid.id, link.code, f"update:{number}") for number, link in enumerate(links))
        )
        assert sorted(str(each) for each in outcomes) == sorted(
            ["('came', True)", *["('elsewhere', True)"] * (len(members) - 1)]
        )
        reached = [(await chat.links.reach(link.code)).came for link in links]
        assert sum(reached) == 1
        assert await sponsor_of(chat, hamid.id) == links[reached.index(1)].member


async def test_what_came_of_links_is_counted_by_friend(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        link = await tagged(chat, sara.id)
        for number, name in enumerate(("Hamid", "Karim", "Ali")):
            friend = await chat.arrive(name)
            await opened(chat, friend.id, link.code)
            if number < 2:
                await chat.engine.join(friend.id, key=f"join:{friend.id}")
            if number < 1:
                await chat.buy(friend, 1000, "o-1")
                await chat.buy(friend, 1000, "o-2")
        by_own = await chat.friend("Babak", sara)
        await chat.buy(by_own, 1000, "o-3")
        assert await chat.links.made(sara.id, size=5) == ([(link, Reach(3, 2, 1))], 1)
        assert await chat.links.through_made(sara.id) == Reach(3, 2, 1)
        assert await chat.engine.friends(sara.id) == (4, 2, 2)


async def test_there_is_an_end_to_tags_and_none_to_what_was_made(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        tags = [Purpose("tag", f"tag{number}") for number in range(TAGS_MAX)]
        await chat.links.make(sara.id, tags, NOON)
        with pytest.raises(TooManyTags):
            await tagged(chat, sara.id)
        assert len(await chat.links.make(sara.id, tags, NOON)) == TAGS_MAX
        assert len(await chat.links.make(sara.id, [Purpose("product", "case")], NOON)) == 1


async def test_friends_are_listed_with_their_steps_and_those_in_vain_once(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await chat.member("Sara"), await chat.member("Ali")
        link = await tagged(chat, sara.id)
        hamid, karim = await chat.arrive("Hamid"), await chat.friend("Karim", ali)
        chat.clock.now += 1
        await opened(chat, hamid.id, link.code)
        chat.clock.now += 1
        await chat.buy(hamid, 1000, "o-1")
        chat.clock.now += 1
        await opened(chat, karim.id, link.code)
        chat.clock.now += 1
        await opened(chat, karim.id, sara.id)
        await opened(chat, ali.id, sara.id)
        found, total = await chat.links.friends(sara.id, skip=0, size=10)
        assert total == 3
        assert [(each.person, each.outcome, each.at - NOON, each.bought) for each in found] == [
            (ali.id, "member", 4, None),
            (karim.id, "elsewhere", 3, None),
            (hamid.id, "came", 1, NOON + 2),
        ]
        assert found[1].purpose == INSTAGRAM
        assert [each.person for each in (await chat.links.friends(sara.id, skip=1, size=1))[0]] == [karim.id]


async def test_pages_of_friends_are_the_whole_list_in_parts(tmp_path: Path) -> None:
    """Friends, those in vain, and shop customers who turned out to be one of the friends; some of the same moment."""
    async with open_chat(tmp_path) as chat:
        sara, ali = await chat.member("Sara"), await chat.member("Ali")
        link = await tagged(chat, sara.id)
        for number in range(6):
            chat.clock.now += number % 2
            friend = await chat.arrive(f"Friend {number}")
            await opened(chat, friend.id, (sara.id, link.code, ali.id)[number % 3])
            await opened(chat, friend.id, sara.id)
        earlier, _ = await chat.engine.get_or_create_person("shop:main", "7")
        stranger, _ = await chat.engine.get_or_create_person("shop:main", "8")
        for customer in (earlier, stranger):
            await opened(chat, customer, sara.id, f"order:{customer}")
        assert (await chat.links.friends(sara.id, skip=0, size=99))[1] == 8
        row = "INSERT INTO shop_links VALUES ('main', '7', ?, ?, 0)"
        await chat.engine.write_silently(lambda books: books.connection.execute(row, (earlier, friend.id)))
        assert (await chat.links.friends(sara.id, skip=0, size=99))[1] == 8  # the friend of Ali is no friend of Sara
        found, _ = await chat.links.friends(sara.id, skip=0, size=99)
        known = next(each.person for each in found if each.outcome == "came" and each.person not in (earlier, stranger))
        await chat.engine.write_silently(lambda books: books.connection.execute(row, (earlier, known)))
        whole, total = await chat.links.friends(sara.id, skip=0, size=99)
        assert total == len(whole) == 7
        assert earlier not in [each.person for each in whole]
        assert [(-each.at, each.person) for each in whole] == sorted((-each.at, each.person) for each in whole)
        for size in (1, 2, 3):
            pages = [await chat.links.friends(sara.id, skip=skip, size=size) for skip in range(0, 8, size)]
            assert [each for found, _ in pages for each in found] == whole
            assert {count for _, count in pages} == {7}


async def test_in_vain_it_is_the_first_time_once_for_each_member(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali, babak = await chat.member("Sara"), await chat.member("Ali"), await chat.member("Babak")
        hamid = await chat.friend("Hamid", sara)
        firsts = []
        for number, code in enumerate((ali.id, (await tagged(chat, ali.id)).code, babak.id)):
            chat.clock.now += 1
            firsts += [await opened(chat, hamid.id, code, f"update:{number}") for _ in range(2)]
        assert firsts == [
            ("elsewhere", True),
            ("elsewhere", True),
            ("elsewhere", False),
            ("elsewhere", False),
            ("elsewhere", True),
            ("elsewhere", True),
        ]
