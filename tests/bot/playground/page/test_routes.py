"""The page's own addresses: files with their types and guards, what people sent, what they pass on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.playground import Phone, Playground
from bot.playground.page.assets import STATIC, TYPES

FILES = sorted(path for path in STATIC.rglob("*") if path.is_file())


@pytest.fixture
async def web(server: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.address.url) as session:
        yield session


async def test_the_page_and_each_of_its_files_come_with_their_type_and_the_guards(web: aiohttp.ClientSession) -> None:
    addresses = {"/": ".html", **{f"/page/{path.relative_to(STATIC).as_posix()}": path.suffix for path in FILES}}
    assert len(addresses) > 30
    for address, suffix in addresses.items():
        async with web.get(address) as answer:
            assert answer.status == 200, address
            assert answer.headers["Content-Type"] == TYPES[suffix], address
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self';")
            assert not re.search(r"unsafe|data:|blob:|\*|https?:", policy)


async def test_a_file_that_did_not_change_is_not_sent_again(web: aiohttp.ClientSession) -> None:
    async with web.get("/page/app.js") as first:
        assert first.headers["Cache-Control"] == "no-cache"
        tag = first.headers["ETag"]
    async with web.get("/page/app.js", headers={"If-None-Match": tag}) as again:
        assert again.status == 304
        assert "Content-Security-Policy" in again.headers


async def test_a_font_is_kept_for_good(web: aiohttp.ClientSession) -> None:
    async with web.get("/page/fonts/vazirmatn.woff2") as font:
        assert "immutable" in font.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/page/nothing.js", "/page/../routes.py", "/page/%2e%2e/routes.py", "/page/"])
async def test_what_is_no_file_of_the_page_is_not_there(web: aiohttp.ClientSession, address: str) -> None:
    async with web.get(address) as answer:
        assert answer.status == 404


async def test_about_tells_of_the_bot_its_people_and_the_parts_of_the_page(
    web: aiohttp.ClientSession, nader: Phone
) -> None:
    async with web.get("/page/about") as answer:
        about = (await answer.json())["result"]
    assert about["username"] == "moaref_playground_bot"
    assert [(person["id"], person["started"]) for person in about["people"]] == [(nader.id, True)]
    assert {"app.js", "strings.en.json", "strings.fa.json"} <= set(about["parts"])
    assert about["demo"] is False


async def test_a_picture_is_shown_and_anything_else_only_kept(
    web: aiohttp.ClientSession, server: Playground, nader: Phone
) -> None:
    await nader.send_photo()
    await nader.send_document("hello.html", b"<script>alert(1)</script>", "text/html")
    chat = (await server.get(f"chats/{nader.id}"))["messages"]
    picture, page = chat[-2]["photo"][-1]["file_id"], chat[-1]["document"]["file_id"]
    async with web.get(f"/page/files/{picture}") as answer:
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Content-Disposition"].startswith("inline")
    async with web.get(f"/page/files/{page}") as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''hello.html"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert await answer.read() == b"<script>alert(1)</script>"


async def test_an_unknown_file_is_refused(web: aiohttp.ClientSession) -> None:
    async with web.get("/page/files/none") as answer:
        assert answer.status == 400


async def test_what_is_passed_on_reaches_the_other_phone_and_not_the_bot(
    web: aiohttp.ClientSession, server: Playground, nader: Phone
) -> None:
    karim = await server.phone(id=102, first_name="Karim")
    before = await server.updates()
    body = {"sender": nader.id, "to": karim.id, "text": "Look", "link": "https://t.me/moaref_playground_bot?start=A"}
    async with web.post("/page/share", json=body) as answer:
        assert answer.status == 200
    (event,) = await server.events(chat_id=karim.id)
    assert event["kind"] == "shared"
    assert event["content"] == {"name": "Nader", **{key: body[key] for key in ("sender", "text", "link")}}
    assert await server.updates() == before


async def test_what_is_put_away_is_put_away_for_all_who_look_on(
    web: aiohttp.ClientSession, server: Playground, nader: Phone
) -> None:
    for person, status in ((nader.id, 200), (7, 404)):
        async with web.post("/page/away", json={"person": person}) as answer:
            assert answer.status == status
    assert [event["kind"] for event in await server.events(chat_id=nader.id)][-1] == "put_away"


@pytest.mark.parametrize(("change", "status"), [({"to": 7}, 404), ({"text": "x" * 4097}, 400), ({"more": 1}, 400)])
async def test_what_nobody_could_pass_on_is_refused(
    web: aiohttp.ClientSession, nader: Phone, change: dict[str, object], status: int
) -> None:
    async with web.post("/page/share", json={"sender": nader.id, "to": nader.id, "text": "Look", **change}) as answer:
        assert answer.status == status


def test_a_licence_lies_beside_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_every_file_is_of_a_known_kind() -> None:
    assert [path.name for path in FILES if path.suffix not in TYPES] == []


def test_no_file_of_the_page_is_too_long() -> None:
    written = [path for path in FILES if path.suffix in {".js", ".css", ".html"}]
    assert {path.name: lines for path in written if (lines := path.read_text(encoding="utf-8").count("\n")) > 300} == {}


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in {".html", ".css", ".js", ".svg"}], ids=str)
def test_no_file_asks_another_host_or_holds_what_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "").replace("`https://${url}`", "")
    assert not re.search(r"https?://|(?:src|href)=\"//|data:[a-z]+/|\beval\(|innerHTML|insertAdjacentHTML", text)
    assert not re.search(r"\sstyle=\"|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".css"], ids=lambda path: path.name)
def test_styles_know_start_and_end_and_not_left_and_right(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:min-|max-)?(?:width|height)\s*:"
    assert re.findall(physical, re.sub(r"@media[^{]*", "", text)) == []


def test_every_module_and_drawing_that_is_named_is_there() -> None:
    names = {path.relative_to(STATIC).as_posix() for path in FILES}
    optional = {"drawer.js", "tour.js"}
    for path in FILES:
        if path.suffix == ".js":
            named = set(re.findall(r"from \"\./([\w.-]+)\"", path.read_text(encoding="utf-8")))
            assert named <= names | optional, path.name
        if path.suffix in {".html", ".css"}:
            named = set(re.findall(r"\"/page/([\w./-]+)\"", path.read_text(encoding="utf-8")))
            assert named <= names, path.name
