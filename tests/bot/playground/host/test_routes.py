"""What the demo answers to what it cannot do, and to bad moments."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from demo import Demo


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/demo/clock", {}),
        ("/demo/clock", {"days": 1, "months": 1}),
        ("/demo/clock", {"days": -1}),
        ("/demo/clock", {"days": 10_000}),
        ("/demo/clock", {"hours": 1}),
        ("/demo/plan", {"id": "pyramid"}),
        ("/demo/language", {"lang": "xx"}),
        ("/demo/trouble", {"kind": "fire"}),
        ("/demo/restart", {"really": True}),
    ],
)
async def test_what_cannot_be_asked_is_refused_in_one_line(demo: Demo, path: str, body: dict[str, Any]) -> None:
    answer = await demo.post(path, body)
    assert (answer.status, answer.body["ok"]) == (400, False)
    assert answer.body["error"]
    assert "\n" not in answer.body["error"]


async def test_a_body_that_is_no_json_is_refused(demo: Demo) -> None:
    async with demo.session.post(f"{demo.origin}/demo/restart", data="{}") as answer:
        assert answer.status == 415
    assert (await demo.state())["generation"] == 0


async def test_a_number_that_is_none_is_refused(demo: Demo) -> None:
    assert (await demo.get("/demo/journal", after="x")).status == 400
    assert (await demo.get("/demo/journal", after=str(10**30))).result["rows"] == []


async def test_one_thing_is_done_at_a_time(demo: Demo) -> None:
    months = asyncio.create_task(demo.post("/demo/clock", {"months": 2}))
    while (await demo.state())["busy"] is None:
        await asyncio.sleep(0.01)
    for path, body in (("/demo/clock", {"days": 1}), ("/demo/restart", {}), ("/demo/members", {})):
        answer = await demo.post(path, body)
        assert (answer.status, answer.body["busy"]["label"]) == (503, "time")
    assert (await demo.get("/control/bot")).status == 200
    assert (await months).status == 200


async def test_while_it_changes_phones_are_told_to_come_again(demo: Demo) -> None:
    restart = asyncio.create_task(demo.post("/demo/restart"))
    while (await demo.state())["busy"] is None:
        await asyncio.sleep(0)
    answer = await demo.post("/control/users/101/say", {"text": "/start"})
    assert (answer.status, answer.body["busy"]["label"]) == (503, "restarting")
    assert (await restart).status == 200
    assert (await demo.post("/control/users/101/say", {"text": "/start"})).status == 200
