"""Streams the world's event log as Server-Sent Events: all past events, then new ones, until the client leaves.

    id: STAMP.SEQ          the world, and the event's number in it
    event: happened        data: the event, as in the control interface

Besides: `generation` when a (new) world begins, whose data are its stamp and its clock; `live` when all past events
have been sent. A reconnecting client sends the last id: with the same world's stamp it gets only newer events, with
another's all events from the beginning.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Collection
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.playground.page.assets import GUARDS
from bot.playground.world import World

Current = Callable[[], World]

BREATH_S: Final = 10.0
"""Silence before a comment shows that the connection is alive."""
COME_BACK_MS: Final = 800


def stream(current: Current, request: Request) -> StreamingResponse:
    """Answers with the events after `Last-Event-ID`, else `?after=`, else all; of each `?chat=`, else of all.

    Raises ValueError for a chat that is not a number.
    """
    chats = frozenset(int(chat) for chat in request.query_params.getlist("chat"))
    seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
    headers = {**GUARDS, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told(current, *_place(seen), chats), media_type="text/event-stream", headers=headers)


async def told(
    current: Current, stamp: int | None, seq: int, chats: Collection[int] = frozenset()
) -> AsyncIterator[str]:
    """Yields world after world, of some chats or of all. Ends when a world is closed without a successor."""
    yield f"retry: {COME_BACK_MS}\n\n"
    while True:
        world = current()
        if stamp is not None and stamp != world.stamp:
            seq = 0
        yield _said("generation", {"world": world.stamp, "now": world.now_ms()})
        async for line in _events_of(world, seq, current, chats):
            yield line
        if current() is world:
            return
        stamp, seq = world.stamp, 0


async def _events_of(world: World, seq: int, current: Current, chats: Collection[int]) -> AsyncIterator[str]:
    events, live = world.events.after(seq), False
    while True:
        for event in events:
            seq = event.seq
            if not chats or event.chat_id in chats:
                yield _said("happened", event.as_json(), f"{world.stamp}.{seq}")
        if not live:
            yield _said("live", {"seq": seq, "now": world.now_ms()})
            live = True
        if world.events.closed or current() is not world:
            return
        events = await world.events.wait(seq, None, BREATH_S)
        if not events:
            yield ": \n\n"


def _said(event: str, data: Any, id: str | None = None) -> str:
    name = f"id: {id}\n" if id else ""
    return f"{name}event: {event}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _place(seen: str) -> tuple[int | None, int]:
    """Parses `STAMP.SEQ`, or `SEQ` alone for any world; anything else is the beginning."""
    stamp, dot, seq = seen.rpartition(".")
    if not seq.isdecimal() or (dot and not stamp.isdecimal()):
        return None, 0
    return (int(stamp) if dot else None), int(seq)
