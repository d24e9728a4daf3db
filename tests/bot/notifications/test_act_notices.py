"""What others did by hand: told to each other admin in one message, once, whatever is killed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backroom import ADMINS, Backroom, open_backroom
from bot.notifications.act_notices import GATHER_MS, ActNotices
from bot.store.outbox import Outbox
from handlers.digests.by_hand import ByHandWords
from signalled import for_outbox


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[tuple[Backroom, ActNotices, str, str, str]]:
    """A store on which nothing is news yet, its two admins and Sara, who is a member."""
    async with open_backroom(folder, notify={"digest": "off"}) as room:
        hamid, ali = await room.person(ADMINS[0], "Hamid"), await room.person(ADMINS[1], "Ali")
        sara = await room.member(101, "Sara")
        notices = acts_of(room)
        await notices.step()
        yield room, notices, hamid, ali, sara


def acts_of(room: Backroom) -> ActNotices:
    """As a process begins with it."""
    outbox = Outbox(room.stores.writer, room.stores.machine)
    services = for_outbox(room.people, outbox, room.stores.writer, room.clock)
    return ActNotices(services, room.engine, ByHandWords(room.notices), books_changed=room.engine.watch())


async def later(room: Backroom, notices: ActNotices) -> list[tuple[int, str]]:
    """What is told once the time for gathering is over, by chat."""
    await notices.step()
    room.clock.time += GATHER_MS
    await notices.step()
    return [(each.chat_id, each.text) for each in await room.letters() if each.cause.startswith("acts:")]


async def test_the_other_admins_are_told_in_one_message_and_the_actor_is_not(tmp_path: Path) -> None:
    async with office(tmp_path) as (room, notices, hamid, _, sara):
        await room.engine.adjust("a1", sara, 5000, "present", actor=hamid)
        await room.engine.suspend(sara, actor=hamid, key="s")
        [(chat, text)] = await later(room, notices)
        assert chat == ADMINS[1]
        assert "Done by hand: 2" in text
        assert "\u2068Hamid\u2069 corrected the account of \u2068Sara\u2069 by 5,000 toman." in text
        assert "\u2068Hamid\u2069 suspended \u2068Sara\u2069." in text
        assert len(await later(room, notices)) == 1


async def test_what_was_done_on_the_shell_is_told_to_all(tmp_path: Path) -> None:
    async with office(tmp_path) as (room, notices, _, _, sara):
        await room.engine.suspend(sara, actor="shell:shop", key="s")
        told = await later(room, notices)
        assert [chat for chat, _ in told] == list(ADMINS)
        assert all("\u2068shop\u2069 (on the server) suspended \u2068Sara\u2069." in text for _, text in told)


async def test_many_of_a_kind_are_one_line_with_their_sum(tmp_path: Path) -> None:
    async with office(tmp_path) as (room, notices, hamid, _, sara):
        for number in range(50):
            await room.engine.adjust(f"a{number}", sara, 1000, "present", actor=hamid)
        [(_, text)] = await later(room, notices)
        assert "\u2068Hamid\u2069: accounts corrected: 50, 50,000 toman in all" in text
        assert len(text.split("\n")) == 2


async def test_a_kill_before_it_is_told_loses_nothing_and_one_after_repeats_nothing(tmp_path: Path) -> None:
    async with office(tmp_path) as (room, notices, hamid, _, sara):
        await room.engine.adjust("a1", sara, 5000, "present", actor=hamid)
        await notices.step()
        assert len(await later(room, acts_of(room))) == 1
        assert len(await later(room, acts_of(room))) == 1


async def test_what_people_do_for_themselves_and_what_shops_report_is_told_to_nobody(tmp_path: Path) -> None:
    async with office(tmp_path) as (room, notices, _, _, sara):
        await room.engine.purchase("o1", sara, 1000, "shoes", actor=sara)
        await room.sells(sara, 100_000, "o2")
        destination = await room.engine.keep_destination(sara, "sheba", "IR820540102680020817909002")
        await room.engine.withdraw("w1", sara, 1000, destination)
        await room.engine.settle("w1", "cancelled", actor=sara)
        assert await later(room, notices) == []


async def test_what_was_done_before_the_programme_told_of_it_is_old(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        hamid, sara = await room.person(ADMINS[0], "Hamid"), await room.member(101, "Sara")
        await room.person(ADMINS[1], "Ali")
        await room.engine.adjust("a1", sara, 5000, "present", actor=hamid)
        assert await later(room, acts_of(room)) == []


async def test_one_admin_alone_is_told_nothing_and_the_cursor_moves_on(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        hamid, sara = await room.person(ADMINS[0], "Hamid"), await room.member(101, "Sara")
        notices = acts_of(room)
        await notices.step()
        await room.engine.adjust("a1", sara, 5000, "present", actor=hamid)
        assert await later(room, notices) == []
        await room.person(ADMINS[1], "Ali")
        assert await later(room, acts_of(room)) == []
