"""Who is let in: names, keys, cookies and sites."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.cli.demo_bot import launch
from bot.playground.host import Host, is_loopback, open_site
from demo import Demo, open_demo

FORBIDDEN = 403
CHANGE = ("/demo/clock", {"days": 1})


@pytest.mark.parametrize("name", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "192.168.1.5"])
async def test_a_name_that_is_not_this_machines_own_is_refused(demo: Demo, name: str) -> None:
    for path in ("/demo/state", "/control/bot"):
        assert (await demo.get(path, headers={"Host": name})).status == FORBIDDEN


@pytest.mark.parametrize("name", ["localhost", "localhost:1", "127.0.0.1:99", "[::1]:80"])
async def test_every_name_of_the_loopback_will_do(demo: Demo, name: str) -> None:
    assert (await demo.get("/demo/state", headers={"Host": name})).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_changes_nothing(demo: Demo, headers: dict[str, str]) -> None:
    path, body = CHANGE
    assert (await demo.post(path, body, headers)).status == FORBIDDEN
    assert (await demo.post("/control/users/101/say", {"text": "/start"}, headers)).status == FORBIDDEN
    assert (await demo.phones.updates()) == []


async def test_the_page_itself_may_change_things(demo: Demo) -> None:
    path, body = CHANGE
    assert (await demo.post(path, body, {"Origin": demo.origin, "Sec-Fetch-Site": "same-origin"})).status == 200


async def test_without_the_key_nothing_is_answered(tmp_path: Path) -> None:
    async with open_demo(tmp_path, key="open-sesame") as demo:
        for key in ("open", "", "open-sesame-and-more"):
            assert (await demo.get("/demo/state", key=key)).status == FORBIDDEN
            assert (await demo.get("/control/bot", key=key)).status == FORBIDDEN
        assert (await demo.get("/demo/state")).status == FORBIDDEN
        wrong = {"Cookie": "moaref_demo=open-sesame"}
        assert (await demo.get("/demo/state", headers=wrong)).status == FORBIDDEN


async def test_whoever_showed_the_key_once_is_known_by_a_cookie(tmp_path: Path) -> None:
    async with (
        open_demo(tmp_path, key="open-sesame") as demo,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser,
    ):
        async with browser.get(f"{demo.origin}/demo/state", params={"key": "open-sesame"}) as answer:
            assert answer.status == 200
            cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        async with browser.get(f"{demo.origin}/demo/state") as answer:
            assert answer.status == 200
        async with browser.post(f"{demo.origin}/demo/clock", json={"days": 1}) as answer:
            assert answer.status == 200


async def test_the_bot_comes_in_by_its_token_and_nobody_by_another(tmp_path: Path) -> None:
    async with open_demo(tmp_path, key="open-sesame") as demo:
        assert (await demo.get(f"/bot{demo.host.token}/getMe")).status == 200
        assert (await demo.get("/bot1:AAlocal_playground_secret_000000000/getMe")).status == FORBIDDEN


async def test_beyond_the_loopback_a_key_is_a_must(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key"):
        async with open_site(Host(launch, tmp_path, "en"), address="0.0.0.0"):  # noqa: S104
            pass


@pytest.mark.parametrize(("name", "own"), [("127.0.0.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])  # noqa: S104
def test_what_is_the_loopback(name: str, own: bool) -> None:
    assert is_loopback(name) is own
