"""`moaref init`: what it asks, what it writes, and what it never shows or overwrites."""

import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli.botapi import BotAddress, Parameters, PlatformError, call_platform, username_of, wait_for_code
from bot.cli.frame import CommandError
from bot.cli.init import Outside, command
from bot.config import load
from bot.playground.client import playground_server
from bot.playground.faults import GatewayAnswer
from engine.programme.model import Programme

TOKEN = "123456:AAFakeTokenOfATest"
BYTES = bytes(range(32))


class Platform:
    """A platform that knows one token, and holds the updates that it is given."""

    def __init__(self, *updates: dict[str, Any]) -> None:
        self.updates = list(updates)
        self.calls: list[tuple[str, Parameters]] = []

    async def __call__(self, address: BotAddress, method: str, parameters: Parameters) -> Any:
        self.calls.append((method, parameters))
        if address.token.get_secret_value() != TOKEN:
            raise PlatformError("Telegram does not know this token", status=401)
        return {"id": 123456, "username": "shop_bot"} if method == "getMe" else self.updates


def message(text: str, person: int = 101, chat: str = "private") -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Nader", "username": "nader"}
    return {"update_id": 1, "message": {"message_id": 1, "text": text, "chat": {"type": chat}, "from": sender}}


def same_bytes(count: int) -> bytes:
    return BYTES[:count]


CODE = "5230-6183"  # what the first eight of those bytes make


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MOAREF_TELEGRAM__TOKEN", raising=False)
    return tmp_path


def init(platform: Platform, *arguments: str, typed: str = "") -> Any:
    app = typer.Typer()
    app.command()(command(Outside(platform, same_bytes, code_seconds=5)))
    return CliRunner().invoke(app, list(arguments), input=typed)


def test_without_questions_it_writes_what_run_can_read(folder: Path) -> None:
    result = init(Platform(), "--yes", "--token", TOKEN, "--admin", "7", "--currency", "usd", "--plan", "unilevel")
    assert result.exit_code == 0, result.output
    config = load(folder / "config.toml", {})
    assert config.telegram.token.get_secret_value() == TOKEN
    assert config.telegram.admins == (7,)
    assert len(config.store.key.get_secret_value()) == 44
    programme = Programme.from_tables(config.programme_tables)
    assert (programme.program.currency, programme.plan.kind, len(programme.plan.levels)) == ("USD", "unilevel", 3)
    assert programme.program.timezone == "UTC"


def test_a_toman_shop_counts_its_months_and_weeks_as_iran_does(folder: Path) -> None:
    assert init(Platform(), "--yes", "--token", TOKEN).exit_code == 0
    program = Programme.from_tables(load(folder / "config.toml", {}).programme_tables).program
    assert (program.currency, program.timezone, program.calendar) == ("IRT", "Asia/Tehran", "jalali")


def test_only_its_owner_can_read_the_file(folder: Path) -> None:
    init(Platform(), "--yes", "--token", TOKEN, "--file", "shop.toml")
    assert stat.S_IMODE((folder / "shop.toml").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["shop.toml"]


def test_the_token_and_the_key_are_never_shown(folder: Path) -> None:
    shown = init(Platform(message(CODE)), typed=f"{TOKEN}\n" + "\n" * 6).output
    shown += init(Platform(), "--yes", "--token", TOKEN + "x", "--force").output
    shown += init(Platform(), "--yes", "--token", "not a token", "--force").output
    key = load(folder / "config.toml", {}).store.key.get_secret_value()
    for secret in (TOKEN, "not a token", key):
        assert secret not in shown


def test_questions_are_asked_for_what_was_not_given(folder: Path) -> None:
    platform = Platform(message(CODE))
    result = init(platform, typed=f"{TOKEN}\neur\nunilevel\n15%\nNader's Shop\n20\n14\n")
    assert result.exit_code == 0, result.output
    assert "@shop_bot" in result.output
    assert "nader (101) is the first admin" in result.output
    config = load(folder / "config.toml", {})
    assert config.telegram.admins == (101,)
    assert config.texts.words["fa"].name == config.texts.words["en"].name == "Nader's Shop"
    program = Programme.from_tables(config.programme_tables).program
    assert (program.currency, program.min_withdrawal, program.maturity_days) == ("EUR", 2000, 14)
    assert config.programme_tables["ranks"] == [{"id": "base", "commission": "15%"}]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "You are the owner of @shop_bot"), ("fa", "مالک ربات @shop_bot")]
)
def test_whoever_sends_the_code_is_answered_in_the_chat(language: str, said: str) -> None:
    update = message(CODE)
    update["message"]["from"]["language_code"] = language
    platform = Platform(update)
    assert init(platform, typed=f"{TOKEN}\n" + "\n" * 6).exit_code == 0
    sent = [parameters for method, parameters in platform.calls if method == "sendMessage"]
    assert [each["chat_id"] for each in sent] == [101]
    assert said in str(sent[0]["text"])


@pytest.mark.usefixtures("folder")
def test_an_answer_that_does_not_arrive_ends_nothing() -> None:
    class Deaf(Platform):
        async def __call__(self, address: BotAddress, method: str, parameters: Parameters) -> Any:
            if method == "sendMessage":
                raise PlatformError("Telegram answered 403: bot was blocked by the user", status=403)
            return await super().__call__(address, method, parameters)

    assert init(Deaf(message(CODE)), typed=f"{TOKEN}\n" + "\n" * 6).exit_code == 0


@pytest.mark.usefixtures("folder")
def test_it_ends_with_what_an_order_pays_to_whom() -> None:
    result = init(Platform(), "--yes", "--token", TOKEN, "--plan", "unilevel")
    lines = result.output.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("What an order pays"))
    assert lines[start + 1 : start + 6] == [
        "  F, who sold  130,000 toman",
        "  E, level 1   30,000 toman",
        "  B, level 2   24,000 toman",
        "  A, level 3   16,000 toman",
        "  unilevel: an order of 1,000,000 toman pays 200,000 toman in all: 20%",
    ]


@pytest.mark.parametrize("plan", ["direct", "unilevel", "matrix", "binary"])
def test_every_plan_can_be_chosen(folder: Path, plan: str) -> None:
    result = init(Platform(), "--yes", "--token", TOKEN, "--plan", plan, "--rate", "12.5٪", "--currency", "ریال")
    assert result.exit_code == 0, result.output
    assert f"{plan}: an order of 10,000,000 rials pays 1,250,000 rials in all: 12.5%" in result.output
    tables = load(folder / "config.toml", {}).programme_tables
    assert (tables["plan"]["kind"], tables["program"]["currency"]) == (plan, "IRR")


@pytest.mark.parametrize("word", ["toman", "Toman", "تومان", "تومن", "irt"])
def test_a_currency_is_known_by_what_people_call_it(folder: Path, word: str) -> None:
    assert init(Platform(), "--yes", "--token", TOKEN, "--currency", word).exit_code == 0
    assert load(folder / "config.toml", {}).programme_tables["program"]["currency"] == "IRT"


def test_each_wrong_answer_is_asked_for_again_with_the_reason(folder: Path) -> None:
    answers = [
        "lira",
        "toman",
        "matrix?",
        "direct",
        "20",
        "101%",
        "۲۰٪",
        "x" * 61,
        "فروشگاه نادر",
        "much",
        "-5",
        "۵۰ هزار",
    ]
    result = init(Platform(), "--admin", "7", typed="\n".join([TOKEN, *answers, "two weeks", "۱۴", ""]))
    assert result.exit_code == 0, result.output
    for reason in (
        "Expected three capital letters, such as IRT or USD.",
        "Expected direct or unilevel or matrix or binary.",
        'Expected a percent sign, such as "20%", or more than 100 a unit.',
        'Expected a percentage up to "100%"',
        "Expected at most 60 characters.",
        "Expected an amount in IRT, such as 100,000 toman, or 0.",
        "Expected a whole number of days, 0 to 3650.",
    ):
        assert reason in result.output
    config = load(folder / "config.toml", {})
    program = Programme.from_tables(config.programme_tables).program
    assert (program.min_withdrawal, program.maturity_days) == (50_000, 14)
    assert config.texts.words["en"].name == "فروشگاه نادر"


def test_a_typed_admin_is_asked_for_until_it_is_a_number(folder: Path) -> None:
    result = init(Platform(), typed="\n".join([TOKEN, "@nader", "۷", *[""] * 7]))
    assert result.exit_code == 0, result.output
    assert "@userinfobot tells people theirs" in result.output
    assert load(folder / "config.toml", {}).telegram.admins == (7,)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "typed", "shown"),
    [
        (("--admin", "7"), f"{TOKEN}\n" + "\n" * 6, True),
        (("--admin", "7", "--plan", "direct"), f"{TOKEN}\n" + "\n" * 5, False),
        (("--yes", "--token", TOKEN), "", False),
    ],
)
def test_the_plans_are_described_where_one_is_asked_for(arguments: tuple[str, ...], typed: str, shown: bool) -> None:
    result = init(Platform(), *arguments, typed=typed)
    assert result.exit_code == 0, result.output
    for line in ("+ The easiest to explain", "- Members earn nothing from", "E  level 1: 15% of F's", "A  pairing"):
        assert (line in result.output) is shown


def test_an_unknown_plan_is_no_option(folder: Path) -> None:
    result = init(Platform(), "--yes", "--token", TOKEN, "--plan", "pyramid")
    assert result.exit_code == 2
    assert "'pyramid' is not one of 'direct', 'unilevel', 'matrix', 'binary'" in " ".join(
        result.output.replace("│", " ").split()
    )
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_a_wrong_token_is_asked_for_again() -> None:
    result = init(Platform(message(CODE)), typed=f"1:wrong\n{TOKEN}\n" + "\n" * 6)
    assert result.exit_code == 0, result.output
    assert "Telegram does not know this token" in result.output


def test_an_existing_file_is_not_overwritten(folder: Path) -> None:
    (folder / "config.toml").write_text("mine")
    result = init(Platform(), "--yes", "--token", TOKEN)
    assert isinstance(result.exception, CommandError)
    assert "--force replaces it" in str(result.exception)
    assert (folder / "config.toml").read_text() == "mine"


def test_replacing_a_file_keeps_the_key_that_has_encrypted_something(folder: Path) -> None:
    old = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    (folder / "config.toml").write_text(f'[store]\nkey = "{old}"\n')
    assert init(Platform(), "--yes", "--token", TOKEN, "--force").exit_code == 0
    assert load(folder / "config.toml", {}).store.key.get_secret_value() == old


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--yes",), 2, "--token"),
        (("--yes", "--token", "1:unknown"), 1, "telegram.token: Telegram does not know this token"),
        (("--yes", "--token", "1:a/../b"), 1, "that is not a token"),
        (("--yes", "--token", TOKEN, "--currency", "pesos"), 2, "three capital letters"),
        (("--yes", "--token", TOKEN, "--rate", "20"), 2, "a percent sign"),
        (("--yes", "--token", TOKEN, "--minimum", "-1"), 2, "an amount in IRT"),
        (("--yes", "--token", TOKEN, "--days", "x"), 2, "a whole number of days"),
        (("--yes", "--token", TOKEN, "--base-url", "ftp://x"), 2, "--base-url"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    folder: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    result = init(Platform(), *arguments)
    assert isinstance(result.exception, CommandError)
    assert result.exception.status == status
    assert said in str(result.exception)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    result = init(Platform(), "--yes", "--token", TOKEN, "--file", "nowhere/config.toml")
    assert isinstance(result.exception, CommandError)
    assert "No such file or directory" in str(result.exception)


def test_another_platform_is_written_with_both_of_its_addresses(folder: Path) -> None:
    init(Platform(), "--yes", "--token", TOKEN, "--base-url", "http://127.0.0.1:8081/bot")
    telegram = load(folder / "config.toml", {}).telegram
    assert telegram.base_url == "http://127.0.0.1:8081/bot"
    assert telegram.base_file_url == "http://127.0.0.1:8081/file/bot"


async def waited(platform: Platform, code: str) -> Any:
    """Waits ten seconds of a clock that only the pauses move."""
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    address = BotAddress("http://platform/bot", SecretStr(TOKEN))
    return await wait_for_code(platform, address, code, seconds=10, clock=lambda: now, sleep=sleep)


async def test_the_code_counts_only_alone_and_in_a_private_chat() -> None:
    others = (message("/start"), message(f"is it {CODE}?"), message(CODE, chat="group"), {"update_id": 5})
    assert await waited(Platform(*others), CODE) is None
    sender = await waited(Platform(*others, message(f" {CODE} ", person=7)), CODE)
    assert sender.id == 7


async def test_waiting_confirms_no_update() -> None:
    platform = Platform(message("/start abc"))
    await waited(platform, CODE)
    assert len(platform.calls) == 10
    assert all("offset" not in parameters for _, parameters in platform.calls)


@pytest.fixture
def server() -> Iterator[str]:
    """A real HTTP server that knows one token; gives its address up to the token."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known = self.path == f"/bot{TOKEN}/getMe"
            body = b'{"ok":true,"result":{"username":"shop_bot"}}' if known else b'{"ok":false,"error_code":401}'
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/bot"
        http.shutdown()
        thread.join()


async def test_over_http_a_known_token_gives_the_bots_name(server: str) -> None:
    assert await username_of(call_platform, BotAddress(server, SecretStr(TOKEN))) == "shop_bot"


async def test_over_http_no_error_holds_the_token(server: str) -> None:
    for base_url in (server, "http://127.0.0.1:1/bot", "http://[bad/bot"):
        with pytest.raises(PlatformError) as caught:
            await username_of(call_platform, BotAddress(base_url, SecretStr("1:HunterTwo")))
        assert "HunterTwo" not in f"{caught.value!r} {caught.value.__context__!r}"


@pytest.mark.parametrize("status", [200, 401, 403, 404, 502])
async def test_a_gateways_page_says_nothing_about_the_token(status: int) -> None:
    async with playground_server() as playground:
        address = BotAddress(playground.base_url, SecretStr(playground.token))
        page = GatewayAnswer(status, "text/html", f"<title>No /bot{playground.token}</title>")
        await playground.fault("answer_before", "getMe", answer=page)
        with pytest.raises(PlatformError, match=f"something else answers.*HTTP {status}") as caught:
            await username_of(call_platform, address)
        assert playground.token not in str(caught.value)
        refused = GatewayAnswer(401, "application/json", '{"ok":false,"error_code":401,"description":"Unauthorized"}')
        await playground.fault("answer_before", "getMe", answer=refused)
        with pytest.raises(PlatformError, match="does not know this token"):
            await username_of(call_platform, address)
