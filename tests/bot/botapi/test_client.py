import asyncio
import inspect
import io
import json
import logging
import re
import traceback
from collections.abc import AsyncIterator

import pytest
from telegram import InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest

from bot.botapi import client, transport
from bot.botapi.answers import ForeignAnswer
from bot.botapi.client import PlainBot, build_bot, retry_after_ms
from bot.botapi.transport import AiohttpRequest, NotDone
from bot.playground.client import Playground, playground_server
from bot.playground.faults import GatewayAnswer
from bot.playground.phone import grey_png
from bot.runtime.logging_setup import set_up_logs
from gate import gate_to

TOKEN = "123456789:AAsecret_secret_secret_secret_12345"


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with playground_server() as server:
        yield server


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[PlainBot]:
    bot = build_bot(
        playground.token, base_url=playground.base_url, base_file_url=playground.base_file_url, read_timeout=5
    )
    async with bot:
        yield bot


async def test_the_bot_learns_who_it_is(bot: PlainBot, playground: Playground) -> None:
    assert bot.username == playground.bot_username


async def test_the_librarys_own_methods_work_over_it(bot: PlainBot, playground: Playground) -> None:
    nader = await playground.phone(101, "نادر")
    await nader.send("/start")
    message = await bot.send_message(101, "<b>سلام</b> & خوش آمدید".replace("&", "&amp;"), parse_mode="HTML")
    assert message.text == "سلام & خوش آمدید"
    assert (await nader.receives("سلام")).id == message.message_id
    await playground.assert_no_violations()


async def test_a_picture_is_uploaded_with_its_caption_and_can_be_fetched(bot: PlainBot, playground: Playground) -> None:
    nader = await playground.phone(101, "Nader")
    await nader.send("/start")
    picture = grey_png()
    params = {"chat_id": 101, "caption": "کارت", "photo": InputFile(picture, filename="card.png")}
    answer = await bot.call("sendPhoto", params)
    assert (await nader.receives("کارت")).photo == picture
    file = await bot.get_file(answer["photo"][-1]["file_id"])
    assert bytes(await file.download_as_bytearray()) == picture


async def test_what_the_platform_answers_comes_as_the_librarys_errors(bot: PlainBot, playground: Playground) -> None:
    nader = await playground.phone(101, "Nader")
    await nader.send("/start")
    await playground.fault("429", "sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})
    assert retry_after_ms(flood.value) == 7_000
    await playground.fault("500", "sendMessage")
    with pytest.raises(NotDone):
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})
    with pytest.raises(BadRequest):
        await bot.call("sendMessage", {"chat_id": 101, "text": ""})
    await nader.block()
    with pytest.raises(Forbidden):
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
async def test_a_cut_connection_is_a_network_error_and_the_next_call_works(
    bot: PlainBot, playground: Playground, kind: str
) -> None:
    await playground.fault(kind, "getMe")
    with pytest.raises(NetworkError) as cut:
        await bot.call("getMe", {})
    assert not isinstance(cut.value, NotDone), "nobody knows whether it was done"
    assert playground.token not in "".join(traceback.format_exception(cut.value))
    assert (await bot.call("getMe", {}))["is_bot"] is True


async def test_a_slow_answer_times_out(bot: PlainBot, playground: Playground) -> None:
    await playground.conditions(delay_ms=2_000)
    with pytest.raises(TimedOut):
        await bot.call("getMe", {}, read_timeout=0.05)


async def test_a_call_that_never_left_is_known_not_to_be_done() -> None:
    async with gate_to("http://127.0.0.1:9") as gate:  # nobody is behind it
        url = gate.url
        await gate.close()
        bot = build_bot("123456789:AAnobodyhaseverseenthistokenbefore00", base_url=f"{url}/bot")
        await bot.connect()
        with pytest.raises(NotDone):
            await bot.call("getMe", {})
        await bot.shutdown()


PAGES = [
    GatewayAnswer(404, "text/html", "<html><head><title>404 Not Found</title></head><body>nginx</body></html>"),
    GatewayAnswer(403, "text/html", "<h1>Forbidden</h1>"),
    GatewayAnswer(403, "application/json", '{"ok":false}'),
    GatewayAnswer(403, "text/html", '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked"}'),
    GatewayAnswer(401, "application/json", '{"message":"Unauthorized"}'),
    GatewayAnswer(409, "text/plain", "Conflict"),
    GatewayAnswer(429, "application/json", '{"retry_after":5}'),
    GatewayAnswer(200, "text/html", "<html>please log in</html>"),
    GatewayAnswer(200, "application/json", "null"),
    GatewayAnswer(200, "application/json", "[]"),
    GatewayAnswer(200, "application/json", "{}"),
    GatewayAnswer(200, "application/json", '{"ok":false}'),
    GatewayAnswer(200, "application/json", '{"ok":true}'),
    GatewayAnswer(200, "application/json", '{"ok":true,"result":null}'),
    GatewayAnswer(200, "application/json", '{"ok":true,"result":{"message_id":"7"}}'),
    GatewayAnswer(200, "application/json", '{"ok":true,"result":{"message_id":7'),
    GatewayAnswer(200, "application/json", ""),
    GatewayAnswer(302, "text/html", ""),
    GatewayAnswer(500, "text/html", "<html>Internal Server Error</html>"),
    GatewayAnswer(502, "application/json", '{"ok":false,"error_code":502,"description":"Bad Gateway"}'),
]


@pytest.mark.parametrize("answer", PAGES, ids=lambda each: f"{each.status}-{each.content_type}-{each.body[:24]}")
async def test_what_is_not_the_platforms_own_answer_decides_nothing(
    bot: PlainBot, playground: Playground, answer: GatewayAnswer
) -> None:
    await playground.fault("answer_before", "sendMessage", answer=answer)
    with pytest.raises(NetworkError) as outage:
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})
    assert not isinstance(outage.value, NotDone | BadRequest), "nobody knows whether it was done"
    assert "<" not in str(outage.value)
    assert len(str(outage.value)) < 200


@pytest.mark.parametrize("code", [500, 429])
async def test_the_platforms_own_word_says_that_nothing_was_done(
    bot: PlainBot, playground: Playground, code: int
) -> None:
    own = GatewayAnswer(code, "application/json", f'{{"ok":false,"error_code":{code},"description":"no"}}')
    await playground.fault("answer_before", "sendMessage", answer=own)
    with pytest.raises(NotDone):
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})


async def test_a_gateways_page_that_repeats_the_address_does_not_give_the_token_away(
    bot: PlainBot, playground: Playground
) -> None:
    page = GatewayAnswer(404, "text/html", f"<title>Cannot POST /bot{playground.token}/sendMessage</title>")
    await playground.fault("answer_before", "sendMessage", answer=page)
    with pytest.raises(ForeignAnswer) as outage:
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})
    assert playground.token not in "".join(traceback.format_exception(outage.value))
    assert "HTTP 404, text/html, Cannot POST" in str(outage.value)


@pytest.mark.parametrize("method", ["getFile", "download"])
async def test_a_gateways_page_is_no_file(bot: PlainBot, playground: Playground, method: str) -> None:
    nader = await playground.phone(101, "Nader")
    await nader.send_document("orders.csv", b"order;amount\n1;100\n")
    (update,) = await bot.call("getUpdates", {})
    file = update["message"]["document"]["file_id"]
    for page in (*PAGES[:3], GatewayAnswer(200, "text/html", "<html>please log in</html>")):
        await playground.fault("answer_before", method, answer=page)
        with pytest.raises(NetworkError):
            await bot.fetch(file)
    cut_short = GatewayAnswer(200, "application/octet-stream", "order;am")
    await playground.fault("answer_before", "download", answer=cut_short)
    with pytest.raises(ForeignAnswer, match="8 bytes"):
        await bot.fetch(file)
    assert await bot.fetch(file) == b"order;amount\n1;100\n"


async def test_many_calls_go_side_by_side() -> None:
    all_here = asyncio.Barrier(30)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await all_here.wait()  # calls one after the other would wait here for ever
        body = b'{"ok":true,"result":true}'
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        bot = build_bot(TOKEN, base_url=f"http://{host}:{port}/bot")
        await bot.connect()
        assert await asyncio.gather(*(bot.call("deleteWebhook", {}) for _ in range(30))) == [True] * 30
        await bot.shutdown()


async def test_an_answer_longer_than_any_of_the_platforms_is_not_read_to_its_end(
    bot: PlainBot, playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ANSWER_BYTES_MAX", 1_000)
    body = json.dumps({"ok": True, "result": {"message_id": 7, "text": "x" * 2_000}})
    await playground.fault("answer_before", "sendMessage", answer=GatewayAnswer(200, "application/json", body))
    with pytest.raises(ForeignAnswer, match="longer than any answer"):
        await bot.call("sendMessage", {"chat_id": 101, "text": "hello"})


async def test_the_token_is_in_no_line_of_the_log_even_at_its_most_talkative(
    bot: PlainBot, playground: Playground
) -> None:
    log = io.StringIO()
    set_up_logs(level="debug", style="json", secrets=[playground.token], stream=log)
    await bot.call("getMe", {})
    await playground.fault("cut_before", "getMe")
    with pytest.raises(NetworkError) as cut:
        await bot.call("getMe", {})
    logging.getLogger("bot.app").warning("no way", exc_info=cut.value)
    assert "no way" in log.getvalue()
    assert playground.token not in log.getvalue()


async def test_connections_that_were_only_opened_are_closed_again() -> None:
    bot = build_bot(TOKEN, base_url="http://127.0.0.1:9/bot")
    await bot.connect()
    await bot.shutdown()
    with pytest.raises(NotDone, match="not open"):
        await bot.call("getMe", {})


def test_nothing_below_the_librarys_documented_surface_is_used() -> None:
    for file in (client, transport):
        source = inspect.getsource(file)
        assert not re.search(
            r"telegram\._|\b_do_post|\b_post\(|_requests_initialized|\._request\b|_retry_after", source
        )


async def test_the_token_is_in_no_error_and_no_repr(playground: Playground) -> None:
    said = []
    for address in (playground.base_url, "http://127.0.0.1:9/bot", "http://no such host/bot"):
        bot = build_bot(TOKEN, base_url=address, read_timeout=2)
        with pytest.raises((InvalidToken, NetworkError)) as refused:
            await bot.initialize()
        with pytest.raises((InvalidToken, NetworkError)) as again:
            await bot.call("getUpdates", {})
        await bot.shutdown()
        said += [repr(bot), str(bot)]
        for error in (refused.value, again.value):
            said += [repr(error), *traceback.format_exception(error)]
    assert TOKEN not in "".join(said)


def test_the_transport_takes_what_the_library_documents_for_it() -> None:
    theirs = inspect.signature(BaseRequest.do_request).parameters
    ours = inspect.signature(AiohttpRequest.do_request).parameters
    assert [(each.name, each.kind, each.default) for each in ours.values()] == [
        (each.name, each.kind, each.default) for each in theirs.values()
    ]
    assert AiohttpRequest.__abstractmethods__ == frozenset()


async def test_a_refused_token_is_told_from_an_unreachable_platform(playground: Playground) -> None:
    async with build_bot(playground.token, base_url=playground.base_url) as bot:
        stranger = build_bot(TOKEN, base_url=playground.base_url)
        with pytest.raises(InvalidToken):
            await stranger.initialize()
        with pytest.raises(InvalidToken):
            await stranger.call("getUpdates", {})
        await stranger.shutdown()
        assert (await bot.call("getMe", {}))["username"] == playground.bot_username


async def test_a_bot_that_is_not_open_says_so() -> None:
    bot = build_bot(TOKEN, base_url="http://127.0.0.1:9/bot")
    with pytest.raises(NetworkError, match="not open"):
        await bot.call("getMe", {})
