"""A bot that is killed between a tap and the support chat passes everything on, and nothing twice."""

from __future__ import annotations

from pathlib import Path

from bot.playground import Playground
from helpdesk import GROUP, Helpdesk, support, text_of
from machine import until
from running import BotProcess

PATIENCE = 60.0


async def test_a_kill_between_the_tap_and_the_support_chat_loses_nothing_and_repeats_nothing(
    playground: Playground, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    desk = Helpdesk(playground)
    bot = BotProcess.prepared(playground, tmp_path, more=support())
    await bot.start_and_wait()
    sara = await playground.phone(101, "Sara", language_code="en")
    await sara.send("/start")
    await sara.receives(timeout=PATIENCE)

    await playground.fault("cut_before", chat_id=GROUP, count=1_000)
    await sara.send("Where is it?")
    offer = await sara.receives("Shall I pass it on", timeout=PATIENCE)
    await offer.tap("Send to support")
    await sara.receives("Passed on to support", timeout=PATIENCE)  # committed, and not yet in the group
    bot.kill()
    assert await desk.messages() == []
    await playground.clear_faults()
    await offer.tap("Send to support")  # while nobody is there
    await bot.start_and_wait()
    _, question = await desk.receives(2, PATIENCE)

    await playground.fault("cut_before", "copyMessage", chat_id=sara.id, count=1_000)
    await desk.reply(sara, question, "Here.")
    await desk.reply(sara, question, "Or there.")
    await until(lambda: is_tried(playground, sara.id), PATIENCE)  # the answer is committed, and did not arrive
    bot.kill()
    await playground.clear_faults()
    await bot.start_and_wait()
    await sara.receives("Here.", timeout=PATIENCE)
    await sara.receives("Or there.", timeout=PATIENCE)
    await sara.receives_nothing(1)
    assert [text_of(each) for each in await desk.messages()][1:] == ["Where is it?"]
    bot.stop()


async def is_tried(playground: Playground, chat_id: int) -> bool:
    calls = await playground.calls("copyMessage")
    return any(str(each["params"].get("chat_id")) == str(chat_id) for each in calls)
