"""Invitations that wait: who is told what, and what an admin can do about them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.kit.effects import Effects
from bot.kit.friends import ReviewRules
from bot.kit.languages import Language
from bot.kit.person import Person
from chat import DAY, NOON, Chat, buttons_of, open_chat, texts_of
from gifts import BOOK, WELCOME, met, rules
from handlers.chat.admin.buttons import DropAside, OpenAside, OpenAsides, ReleaseAside

TWO_AN_HOUR = rules(WELCOME, caution=ReviewRules(friends_an_hour=2))
RINGS_OF_THREE = rules(caution=ReviewRules(ring_length=3))
HOUR = 3_600_000


@dataclass
class Burst:
    """Nader's friends: Sara and Ali came, Karim and Maryam wait; Hamid is the admin."""

    chat: Chat
    nader: Person
    hamid: Person
    friends: dict[str, Person]

    async def send(self, text: str) -> str:
        return "\n".join(texts_of(await self.chat.send(self.hamid, text)))

    async def press(self, button: Any) -> Effects:
        return await self.chat.press(self.hamid, button)

    async def sponsor(self, name: str) -> str | None:
        person = await self.chat.engine.person(self.friends[name].id)
        return person.sponsor if person is not None else None


async def burst(chat: Chat, language: Language = "en", *, inviters: Language = "en") -> Burst:
    nader, hamid = (
        await chat.member("Nader", language=inviters),
        await chat.arrive("Hamid", admin=True, language=language),
    )
    friends = {}
    for name in ("Sara", "Ali", "Karim", "Maryam"):
        friends[name] = await chat.arrive(name, language=language)
        await chat.send(friends[name], f"/start {nader.id}")
    return Burst(chat, nader, hamid, friends)


async def waits(chat: Chat) -> int:
    return (await chat.friends.held_invitations(skip=0, count=0))[1]


async def test_friends_beyond_the_limit_wait_and_the_engine_has_not_seen_them(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        assert [await those.sponsor(name) for name in those.friends] == [those.nader.id, those.nader.id, None, None]
        asked = [event async for event in chat.engine.events() if event["type"] == "attribute"]
        assert len(asked) == 2
        assert await chat.friends.gifts(those.friends["Karim"].id) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Your invitation by \u2068Nader\u2069 is under review."),
        ("fa", "دعوت شما از طرف \u2068Nader\u2069 در حال بررسی است."),
    ],
)
async def test_a_friend_who_waits_is_told_so_fairly_and_once_is_enough(
    tmp_path: Path, language: Language, said: str
) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat, language)
        karim = those.friends["Karim"]
        for _ in range(2):
            told, home = texts_of(await chat.send(karim, f"/start {those.nader.id}"))
            assert told.startswith(said)
            assert "Nader" not in home.splitlines()[2]
        assert await waits(chat) == 2


async def test_an_hour_later_friends_come_in_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        chat.clock.now += HOUR - 1
        late = await chat.arrive("Babak")
        await chat.send(late, f"/start {those.nader.id}")
        assert await waits(chat) == 3
        chat.clock.now += HOUR
        later = await chat.arrive("Mohammad")
        assert "invited you" in texts_of(await chat.send(later, f"/start {those.nader.id}"))[0]


async def leading(chat: Chat) -> list[int]:
    """Which of all that were ever set aside people are told of."""
    rows = await chat.engine.write_silently(
        lambda books: books.connection.execute("SELECT id FROM set_aside WHERE leads ORDER BY id").fetchall()
    )
    return [row["id"] for row in rows]


async def test_people_are_told_once_for_a_burst_and_again_for_the_next(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        assert await leading(chat) == [1]
        await those.send("/aside release 1 all")
        chat.clock.now += 2 * HOUR
        for name in ("Babak", "Mohammad", "Sara 2", "Ali 2"):
            await chat.send(await chat.arrive(name), f"/start {those.nader.id}")
        assert await leading(chat) == [1, 3]
        assert await waits(chat) == 2


async def test_another_members_friends_come_in_meanwhile_but_not_who_waits(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        babak, new = await chat.member("Babak"), await chat.arrive("Mohammad")
        assert "invited you" in texts_of(await chat.send(new, f"/start {babak.id}"))[0]
        # the first link wins here, too
        assert "under review" in texts_of(await chat.send(those.friends["Karim"], f"/start {babak.id}"))[0]


async def test_whoever_waits_cannot_join_past_their_inviter(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        karim = (await burst(chat)).friends["Karim"]
        assert "After that you can get a link" in texts_of(await chat.send(karim, "/link"))[0]
        assert await chat.engine.member(karim.id) is None


async def test_a_released_friend_has_their_inviter_and_their_gift(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        assert "The invitation counts from now on." in await those.send("/aside release 1")
        assert await those.sponsor("Karim") == those.nader.id
        assert [each.percent for each in await chat.friends.gifts(those.friends["Karim"].id)] == ["10%"]
        assert "already been decided" in await those.send("/aside release 1")
        assert await waits(chat) == 1


@pytest.mark.parametrize(
    ("language", "waits", "dropped"),
    [
        ("en", "Under review.", "Does not count for you: an admin declined it."),
        ("fa", "در حال بررسی است.", "برای شما حساب نمی‌شود: مدیر آن را نپذیرفته است."),
    ],
)
async def test_the_member_sees_who_waits_and_who_was_left_out(
    tmp_path: Path, language: Language, waits: str, dropped: str
) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat, inviters=language)

        async def page() -> str:
            return texts_of(await chat.send(those.nader, "/friends"))[0]

        assert (await page()).count(waits) == 2
        await those.send("/aside drop 1 the same phone")
        await those.send("/aside release 2")
        shown = await page()
        assert (shown.count(waits), shown.count(dropped), shown.count("Karim"), shown.count("Maryam")) == (0, 1, 1, 1)
        assert (await chat.links.friends(those.nader.id, skip=0, size=9))[1] == 4


async def test_whoever_is_released_later_makes_no_new_burst(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        chat.clock.now += HOUR
        await those.send("/aside release 1 all")
        babak = await chat.arrive("Babak")
        await chat.send(babak, f"/start {those.nader.id}")
        assert await waits(chat) == 0


async def test_why_of_a_friend_says_that_they_wait_or_were_left_out(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        karim = those.friends["Karim"]
        assert "of \u2068Nader\u2069 and is under review: /aside" in await those.send(f"/why {karim.id}")
        await those.send("/aside drop 1 the same phone")
        assert "of \u2068Nader\u2069 and was declined by an admin." in await those.send(f"/why {karim.id}")
        babak = await chat.member("Babak")
        await chat.send(karim, f"/start {babak.id}")
        await chat.send(karim, f"/start {those.nader.id}")
        told = await those.send(f"/why {karim.id}")
        assert "left out" not in told
        assert "of \u2068Nader\u2069 and had come through someone else." in told


async def test_whoever_waited_long_for_an_admin_is_as_new_as_on_coming(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME, BOOK, caution=ReviewRules(friends_an_hour=2))) as chat:
        those = await burst(chat)
        karim, maryam = those.friends["Karim"], those.friends["Maryam"]
        for friend, days in ((karim, 0), (maryam, 2)):
            await met(chat, friend.id, friend.chat_id, NOON - days * DAY)
        chat.clock.now += 2 * DAY
        await those.send("/aside release 1 all")
        assert [each.withheld for each in await chat.friends.gifts(karim.id)] == [None]
        assert (await chat.friends.expected(karim.id)).ahead == ("book",)
        assert [each.withheld for each in await chat.friends.gifts(maryam.id)] == ["known"]
        assert (await chat.friends.expected(maryam.id)).ahead == ()


async def test_a_dropped_friend_may_come_through_another_but_not_through_the_same(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        assert "does not count. Both" in await those.send("/aside drop 1 the same phone")
        chat.clock.now += DAY
        karim, babak = those.friends["Karim"], await chat.member("Babak")
        again = texts_of(await chat.send(karim, f"/start {those.nader.id}"))[0]
        assert again.startswith("Your invitation by \u2068Nader\u2069 was reviewed and does not count.")
        assert "Babak\u2069 invited you" in texts_of(await chat.send(karim, f"/start {babak.id}"))[0]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "<b>Invitations to review: 2</b>",
                "",
                "<b>1</b>: \u2068Karim\u2069 through \u2068Nader\u2069, many at once",
                "<b>2</b>: \u2068Maryam\u2069 through \u2068Nader\u2069, many at once",
            ],
        ),
        (
            "fa",
            [
                "<b>دعوت‌های منتظر بررسی: ۲</b>",
                "",
                "شمارهٔ <b>۱</b>: \u2068Karim\u2069 با لینک \u2068Nader\u2069، خیلی‌ها با هم",
                "شمارهٔ <b>۲</b>: \u2068Maryam\u2069 با لینک \u2068Nader\u2069، خیلی‌ها با هم",
            ],
        ),
    ],
)
async def test_the_list_names_friend_member_and_reason(tmp_path: Path, language: Language, lines: list[str]) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat, language)
        assert (await those.send("/aside")).splitlines() == lines


async def test_a_card_has_what_decides_each_in_its_own_row(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        card = (await those.press(OpenAside(1))).outgoing[0]
        assert list(buttons_of(card)) == [
            "Accept",
            "Decline",
            "Accept all 2 of this member",
            "Decline all 2",
            "Suspend",
            "Invitations to review",
        ]
        assert "Until you decide, the friend has no inviter" in card.params["text"]
        await those.press(ReleaseAside(1, every=False))
        decided = (await those.press(OpenAside(1))).outgoing[0]
        assert list(buttons_of(decided)) == ["Invitations to review"]
        assert "Accepted: it counts." in decided.params["text"]


async def test_all_of_a_member_are_released_at_once(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        effects = await those.press(ReleaseAside(1, every=True))
        assert effects.toast is not None
        assert effects.toast.text == "Accepted: 2"
        assert texts_of(effects) == ["No invitations to review."]
        assert await those.sponsor("Maryam") == those.nader.id


async def test_a_drop_asks_for_the_reason_first(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        asked = texts_of(await those.press(DropAside(2, every=True)))[0]
        assert asked.startswith("Why do 2 invitations by \u2068Nader\u2069 not count?")
        assert await waits(chat) == 2
        assert "2 invitations do not count" in await those.send("bought followers")
        assert await waits(chat) == 0
        assert chat.dialogues[those.hamid.id] is None


async def test_a_second_admin_is_told_that_it_is_decided(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        await those.press(ReleaseAside(1, every=False))
        for button in (ReleaseAside(1, every=False), DropAside(1, every=False)):
            effects = await those.press(button)
            assert effects.toast is not None
            assert effects.toast.text == "This invitation has already been decided."


async def test_nobody_decides_about_their_own_friends(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        nader = await chat.arrive("Nader", admin=True)
        await chat.engine.join(nader.id, key="join")
        for name in ("Sara", "Ali", "Karim"):
            await chat.send(await chat.arrive(name), f"/start {nader.id}")
        assert "Another admin has to" in texts_of(await chat.send(nader, "/aside release 1"))[0]
        assert "Another admin has to" in texts_of(await chat.send(nader, "/aside drop 1 why not"))[0]
        effects = await chat.press(nader, OpenAside(1))
        assert list(buttons_of(effects.outgoing[0])) == ["Invitations to review"]
        assert await waits(chat) == 1


async def test_who_joined_by_buying_meanwhile_stays_without_an_inviter(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        await chat.engine.join(those.friends["Karim"].id, key="join:karim")
        await those.send("/aside release 1")
        assert await those.sponsor("Karim") is None
        assert await waits(chat) == 1


@pytest.mark.parametrize("text", ["/aside release", "/aside drop 1", "/aside release 1 2 3", "/aside 1 2"])
async def test_what_cannot_be_read_is_answered_with_examples(tmp_path: Path, text: str) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        assert "/aside release 17" in await those.send(text)
        assert await waits(chat) == 2


@pytest.mark.parametrize("text", ["/aside 9", "/aside release 9", "/aside drop 9 no"])
async def test_a_number_that_never_was_is_told(tmp_path: Path, text: str) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        assert await (await burst(chat)).send(text) == "There is no invitation 9 to review."


async def test_a_line_that_only_brings_one_another_is_looked_at_until_somebody_buys(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=RINGS_OF_THREE) as chat:
        nader = await chat.member("Nader")
        babak = await chat.member("Babak", nader)
        sara = await chat.member("Sara", babak)
        ali, karim = await chat.arrive("Ali"), await chat.arrive("Karim")
        assert "under review" in texts_of(await chat.send(ali, f"/start {sara.id}"))[0]
        assert "invited you" in texts_of(await chat.send(await chat.arrive("Hamid"), f"/start {babak.id}"))[0]
        await chat.buy(babak, 100_000, "o-1")
        assert "invited you" in texts_of(await chat.send(karim, f"/start {sara.id}"))[0]


async def test_two_members_of_a_line_who_are_paid_at_one_account_are_looked_at(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=RINGS_OF_THREE) as chat:
        nader = await chat.member("Nader")
        babak = await chat.member("Babak", nader)
        for each in (nader, babak):
            await chat.engine.keep_destination(each.id, "sheba", "IR820540102680020817909002")
        assert "under review" in texts_of(await chat.send(await chat.arrive("Ali"), f"/start {babak.id}"))[0]
        hamid = await chat.arrive("Hamid", admin=True)
        assert "one account for two" in texts_of(await chat.send(hamid, "/aside"))[0]


async def test_the_admins_home_leads_there_only_while_something_waits(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        hamid = await chat.arrive("Hamid", admin=True)
        assert not any("look at" in label for label in buttons_of((await chat.send(hamid, "/admin")).outgoing[0]))
        await burst(chat)
        buttons = buttons_of((await chat.send(hamid, "/admin")).outgoing[0])
        assert buttons["Invitations to review: 2"] == OpenAsides(1).pack()


async def test_nobody_but_an_admin_sees_the_list(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rules=TWO_AN_HOUR) as chat:
        those = await burst(chat)
        assert "don't know that command" in texts_of(await chat.send(those.nader, "/aside release 1"))[0]
        await chat.press(those.nader, ReleaseAside(1, every=True))
        assert await waits(chat) == 2
