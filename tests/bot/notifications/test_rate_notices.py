"""Members of a rank whose rate has changed are told, once, when they may be."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.assembly.notification_policy import ChatRateWords
from bot.kit.languages import Language
from bot.kit.preferences import ChosenPreferences, Group, Quiet
from bot.notifications.rate_notices import RateNotices
from bot.runtime.signals import Signals
from bot.store.outbox import Outbox
from bot.store.rate_changes import RateChanges
from chat import NOON, UNILEVEL, Chat, open_chat
from engine.events.model import ProgrammeChanged
from engine.store.reader import Reader
from engine.store.writer import Writer
from handlers.notices import NoticeRenderer
from signalled import for_outbox
from ticking import StandingClock

HOUR = 3_600_000


class Desk:
    """The rate notices of a chat's store, with a clock that stands at noon until a test moves it."""

    def __init__(self, chat: Chat, writer: Writer, reader: Reader) -> None:
        self.clock = StandingClock()
        self.clock.time = NOON
        self.reader = reader
        self.notices = RateNotices(
            for_outbox(chat.profiles, Outbox(writer, reader), writer, self.clock, Signals()),
            chat.engine,
            RateChanges(reader),
            ChatRateWords(chat.preferences, lambda: NoticeRenderer(chat.engine, chat.people, chat.texts, chat.facts)),
        )

    async def told(self) -> list[str]:
        """Goes on as far as there is something to do; returns the causes of all that was ever told."""
        while await self.notices.step():
            pass
        rows = await self.reader.fetch("SELECT cause FROM outbox WHERE cause LIKE 'rate:%' ORDER BY cause")
        return [row["cause"] for row in rows]

    async def words(self) -> list[str]:
        rows = await self.reader.fetch("SELECT params FROM outbox WHERE cause LIKE 'rate:%' ORDER BY id")
        return [row["params"] for row in rows]


def ranked(**rates: str) -> Mapping[str, Any]:
    first, *others = rates.items()
    ranks: list[dict[str, Any]] = [{"id": first[0], "commission": first[1]}]
    ranks += [{"id": id, "commission": rate, "requires": {"recruits": 2}} for id, rate in others]
    return {**UNILEVEL, "ranks": ranks}


async def applied(chat: Chat, **rates: str) -> None:
    chat.clock.now += 1000
    await chat.engine.submit(ProgrammeChanged(dict(ranked(**rates))), key=f"programme:{chat.clock.now}")


def desk_of(chat: Chat) -> Desk:
    return Desk(chat, chat.engine._writer, chat.engine._reader)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Your rate is 25% now", "It was 20%."]),
        ("fa", ["نرخ پورسانت شما عوض شد: ۲۵٪", "قبلاً ۲۰٪ بود."]),
    ],
)
async def test_a_new_rate_is_told_to_the_members_of_its_rank_once(
    tmp_path: Path, language: Language, said: list[str]
) -> None:
    async with open_chat(tmp_path, ranked(base="20%", silver="22%")) as chat:
        sara = await chat.member("Sara", language=language)
        await chat.arrive("Hamid")
        desk = desk_of(chat)
        assert await desk.told() == [], "what was before this feature is no news"
        await applied(chat, base="25%", silver="22%")
        assert await desk.told() == [f"rate:1/{sara.id}/0"]
        [words] = await desk.words()
        assert [each for each in said if each not in words] == []
        assert await desk_of(chat).told() == [f"rate:1/{sara.id}/0"], "nor again after a restart"


async def test_other_ranks_suspended_members_and_later_ones_hear_nothing(tmp_path: Path) -> None:
    async with open_chat(tmp_path, ranked(base="20%", silver="22%")) as chat:
        sara, nader = await chat.member("Sara"), await chat.member("Nader")
        for name in ("Ali", "Babak"):
            await chat.member(name, sara)
        desk = desk_of(chat)
        await desk.told()
        await chat.engine.suspend(nader.id, reason="x", actor="admin", key="s")
        await applied(chat, base="20%", silver="30%")
        chat.clock.now += 1000
        await chat.member("Karim")
        assert await desk.told() == [f"rate:1/{sara.id}/0"]


async def test_a_rate_that_was_only_tried_out_is_not_told_and_several_are_told_as_one(tmp_path: Path) -> None:
    async with open_chat(tmp_path, ranked(base="20%")) as chat:
        await chat.member("Sara")
        desk = desk_of(chat)
        await desk.told()
        await applied(chat, base="2%")
        await applied(chat, base="20%")
        assert await desk.told() == []
        await applied(chat, base="30%")
        await applied(chat, base="25%")
        assert len(await desk.told()) == 1
        assert "Your rate is 25% now" in (await desk.words())[0]
        assert "It was 20%." in (await desk.words())[0]


@pytest.mark.parametrize("muted", [frozenset(), frozenset({"ranks"})])
async def test_quiet_hours_hold_it_and_the_switch_of_then_decides(tmp_path: Path, muted: frozenset[Group]) -> None:
    async with open_chat(tmp_path, ranked(base="20%")) as chat:
        sara = await chat.member("Sara")
        desk = desk_of(chat)
        await desk.told()
        chat.preferences.kept[sara.id] = ChosenPreferences(quiet=Quiet(14, 16))
        await applied(chat, base="25%")
        assert await desk.told() == []
        chat.preferences.kept[sara.id] = ChosenPreferences(muted)
        desk = desk_of(chat)
        assert await desk.told() == []
        desk.clock.time = NOON + 2 * HOUR
        assert await desk.told() == ([] if muted else [f"rate:1/{sara.id}/0"])
        assert await desk.reader.fetch("SELECT * FROM rate_changes_held") == []


async def test_many_members_are_told_page_by_page_and_none_twice(tmp_path: Path) -> None:
    async with open_chat(tmp_path, ranked(base="20%")) as chat:
        for number in range(205):
            await chat.member(f"Sara {number}")
        desk = desk_of(chat)
        await desk.told()
        await applied(chat, base="25%")
        assert await desk.notices.step(), "the programme"
        assert await desk.notices.step(), "a page, after which the process is killed"
        told = await desk_of(chat).told()
        assert len(told) == len(set(told)) == 205
