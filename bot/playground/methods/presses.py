"""Implements answers to presses of inline buttons."""

from __future__ import annotations

from bot.playground.call import Call, Method
from bot.playground.limits import check_answer
from bot.playground.world import World


async def answer_callback_query(world: World, call: Call) -> bool:
    """Answers a press, with a toast, an alert, or without text."""
    check_answer(call.get("text", ""))
    answer = {
        "text": call.get("text", ""),
        "alert": call.get("show_alert", False),
        "url": call.get("url"),
    }
    query = world.queries.answer(call["callback_query_id"], world.now_ms(), answer)
    world.events.add(query.chat_id, "answered", {"query_id": query.id, **answer})
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}
