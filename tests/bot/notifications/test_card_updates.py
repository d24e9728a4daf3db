"""Which cards are edited when: also those of an earlier version, and never for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from backroom import ADMINS, Backroom, open_backroom
from bot.kit.effects import Outgoing, RenderedCard
from bot.notifications.card_updates import CardUpdates
from bot.store.outbox import DAY_MS, Outbox, OutboxMessage, Priority
from bot.store.request_cards import IN_CHAT, RequestCards
from signalled import for_outbox

SHEBA = "IR820540102680020817909002"


@asynccontextmanager
async def a_request(folder: Path) -> AsyncIterator[tuple[Backroom, Outbox, CardUpdates]]:
    """Sara's request 1, whose card Hamid may be sent."""
    async with open_backroom(folder, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid")
        sara = await room.member(101, "Sara")
        await room.sells(sara, 100_000, "o1")
        await room.engine.withdraw("w1", sara, 5000, await room.engine.keep_destination(sara, "sheba", SHEBA))
        outbox, cards = Outbox(room.stores.writer, room.stores.machine), RequestCards(room.stores.machine)
        services = for_outbox(room.people, outbox, room.stores.writer, room.clock)
        updates = CardUpdates(services, cards, books_changed=room.engine.watch())
        yield room, outbox, updates


async def post(room: Backroom, outbox: Outbox, cause: str, outgoing: Outgoing) -> None:
    await room.stores.writer.run(lambda db: outbox.post(db, [(cause, [outgoing])], Priority.NOTICE, room.clock.now()))


async def sent(room: Backroom, outbox: Outbox, shown: str, message_id: int = 7) -> Outgoing:
    """The next message goes out, showing this; returns it."""
    letter = (await letters(outbox))[0]
    rendered = RenderedCard({"text": shown}, shown) if letter.outgoing.card else None
    await outbox.mark_sent(replace(letter, rendered=rendered), message_id, 1, room.clock.now())
    return letter.outgoing


def card(view: str = "card", **params: Any) -> Outgoing:
    method = "editMessageText" if params else "sendMessage"
    return Outgoing(ADMINS[0], method, params, card={"withdrawal": 1, "admin": "HAMID", "view": view})


async def waiting(outbox: Outbox) -> list[Outgoing]:
    return [each.outgoing for each in await letters(outbox)]


async def letters(outbox: Outbox) -> list[OutboxMessage]:
    return [each for kind in (Priority.ANSWER, Priority.NOTICE) for each in await outbox.waiting(kind, 0, 10)]


async def test_a_card_is_edited_once_for_each_change_and_forgotten_when_it_is_settled(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        await post(room, outbox, "c", card())
        await sent(room, outbox, "requested:0")
        await updates.step()
        assert await waiting(outbox) == []
        await room.engine.authorise("w1", actor="ali")
        for _ in range(3):
            await updates.step()
        assert [each.params for each in await waiting(outbox)] == [{"message_id": 7}]
        await sent(room, outbox, "approved:0")
        await room.engine.settle("w1", "rejected", actor="ali")
        await updates.step()
        await sent(room, outbox, "rejected:0")
        await updates.step()
        assert await waiting(outbox) == []
        assert await room.stores.machine.fetch("SELECT * FROM request_cards") == []


async def test_a_card_that_was_decided_while_it_was_on_its_way_is_edited(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        await post(room, outbox, "c", card())
        await room.engine.settle("w1", "rejected", actor="ali")
        await sent(room, outbox, "requested:0")
        await updates.step()
        assert [each.params for each in await waiting(outbox)] == [{"message_id": 7}]


async def test_what_has_taken_a_cards_place_is_not_edited(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        await post(room, outbox, "c", card())
        await sent(room, outbox, "requested:0")
        await post(room, outbox, "page", Outgoing(ADMINS[0], "editMessageText", {"message_id": 7, "text": "a page"}))
        await room.engine.authorise("w1", actor="ali")
        await updates.step()
        assert len(await waiting(outbox)) == 1
        await sent(room, outbox, "")
        await updates.step()
        assert await waiting(outbox) == []


async def test_after_a_decision_about_many_an_admin_s_own_answers_come_between_the_edits(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        sara = (await room.engine.open_withdrawals(count=1))[0][0].member
        kept = await room.engine.keep_destination(sara, "sheba", SHEBA)
        for number in range(2, 9):
            await room.engine.withdraw(f"w{number}", sara, 1000, kept)
        for number in range(1, 9):
            recipe = {"withdrawal": number, "admin": "HAMID", "view": "card"}
            await post(room, outbox, f"c{number}", Outgoing(ADMINS[0], "sendMessage", {}, card=recipe))
            await sent(room, outbox, "requested:0", message_id=number)
        for number in range(1, 9):
            await room.engine.authorise(f"w{number}", actor="ali")
        edited = []
        while True:
            await updates.step()
            await updates.step()
            if not (under_way := await waiting(outbox)):
                break
            assert len(under_way) <= IN_CHAT
            place = under_way[0].params["message_id"]
            edited.append((await sent(room, outbox, "approved:0", message_id=place)).params["message_id"])
        assert edited == list(range(1, 9))


async def test_an_edit_that_cannot_be_made_is_not_tried_for_ever(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        await post(room, outbox, "c", card())
        await sent(room, outbox, "requested:0")
        await room.engine.authorise("w1", actor="ali")
        await updates.step()
        [letter] = await letters(outbox)
        await outbox.mark_failed(letter, "it cannot be edited", 1, room.clock.now())
        await updates.step()
        assert await waiting(outbox) == []


async def test_an_edit_that_has_waited_for_more_than_a_day_gives_way_to_a_new_one(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        await post(room, outbox, "c", card())
        await sent(room, outbox, "requested:0")
        await room.engine.authorise("w1", actor="ali")
        await updates.step()
        [letter] = await letters(outbox)
        await outbox.mark_failed(letter, "nobody needs it any more", 9, room.clock.now() + 2 * DAY_MS)
        await updates.step()
        assert [each.params for each in await waiting(outbox)] == [{"message_id": 7}]


async def test_a_debt_that_comes_and_goes_is_shown_each_time(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        await post(room, outbox, "c", card())
        await sent(room, outbox, "requested:0")
        await room.engine.refund("o1", None, key="r", actor="shop:woo")
        await updates.step()
        await sent(room, outbox, "requested:5000")
        sara = (await room.engine.open_withdrawals(count=1))[0][0].member
        for number, (amount, owed) in enumerate(((5000, 0), (-300, 300), (300, 0))):
            await room.engine.adjust(f"a{number}", sara, amount, "because", actor="ali")
            await updates.step()
            assert len(await waiting(outbox)) == 1
            await sent(room, outbox, f"requested:{owed}")
        await updates.step()
        assert await waiting(outbox) == []


async def test_cards_of_an_earlier_version_are_taken_in_and_those_that_wait_lose_the_number(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        hamid = (await room.people.admins())[0]
        [notice] = [each for each in await room.engine.notices(0, 100) if each.kind == "admin_withdrawal_requested"]
        before = Outgoing(hamid.chat_id, "sendMessage", {"text": f"Withdrawal 1 to {SHEBA}"})
        await post(room, outbox, f"notice:{notice.number}/{hamid.id}", before)
        await room.engine.settle("w1", "rejected", actor="ali")
        await room.stores.writer.run(updates._adopt)
        [letter] = await room.letters()
        assert letter.params == {}
        [waits] = await waiting(outbox)
        assert waits.card == {"withdrawal": 1, "admin": hamid.id, "view": "card"}


async def test_a_sent_card_of_an_earlier_version_is_edited_where_its_request_is_settled(tmp_path: Path) -> None:
    async with a_request(tmp_path) as (room, outbox, updates):
        hamid = (await room.people.admins())[0]
        [notice] = [each for each in await room.engine.notices(0, 100) if each.kind == "admin_withdrawal_requested"]
        before = Outgoing(hamid.chat_id, "sendMessage", {"text": f"Withdrawal 1 to {SHEBA}"})
        await post(room, outbox, f"notice:{notice.number}/{hamid.id}", before)
        await sent(room, outbox, "", message_id=9)
        await room.stores.writer.run(updates._adopt)
        await updates.step()
        assert await waiting(outbox) == []
        await room.engine.settle("w1", "rejected", actor="ali")
        await updates.step()
        assert [each.params for each in await waiting(outbox)] == [{"message_id": 9}]
