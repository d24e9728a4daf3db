"""`moaref check`: problems, warnings and an exit status to rely on; and the shell's frame around it."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

import bot.cli
from bot.cli import COMMANDS, build_app, main
from bot.cli.botapi import BotAddress, Parameters, PlatformError
from bot.cli.check import findings, run
from bot.cli.frame import CommandError, load_config

TOKEN = "123456:AAFakeTokenOfATest"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SOUND = f"""
[telegram]
token = "{TOKEN}"
admins = [1, 2]
[store]
key = "{KEY}"
[program]
currency = "IRT"
[[ranks]]
id = "base"
commission = "20%"
"""

COST = "direct: an order of 1,000,000 toman pays 200,000 toman in all: 20%"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("MOAREF_TELEGRAM__TOKEN", "MOAREF_STORE__KEY", "MOAREF_TELEGRAM__ADMINS"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "config.toml"
    path.write_text(SOUND)
    path.chmod(0o600)
    return path


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def shell(*arguments: str) -> int:
    """The exit status of a command line."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_a_sound_configuration_is_well(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("check", "--config", str(file)) == 0
    assert capsys.readouterr() == (f"all is well\n{COST}\n", "")


def test_each_problem_is_a_line_on_standard_error_with_its_key(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(file, "admins = [1, 2]", 'admins = ["x"]\nworkers = 0')
    assert shell("check", "--config", str(file)) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "moaref: telegram.admins[0]: expected a whole number",
        "moaref: telegram.workers: expected 1 or above",
    ]
    assert said.out == ""


def test_a_file_that_is_not_there_is_status_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("check", "--config", str(tmp_path / "none.toml")) == 2
    assert "No such file or directory" in capsys.readouterr().err
    assert shell("check", "--config", str(tmp_path), "--json") == 2
    assert json.loads(capsys.readouterr().out)["problems"] == [f"{tmp_path}: Is a directory"]


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("admins = [1, 2]", "admins = []", "telegram.admins: there is no admin"),
        (
            "admins = [1, 2]",
            "admins = [1, 1]",
            "telegram.admins: the only admin cannot approve their own withdrawals; add a second one",
        ),
        (f'key = "{KEY}"', "", "store.key: there is none"),
        (
            f'key = "{KEY}"',
            f'key = "{KEY}"\n[shops.main]\nkind = "api"\nsecret = "a-secret-of-both-of-us"',
            "http: there are shops but no such table",
        ),
        (
            f'key = "{KEY}"',
            f'key = "{KEY}"\n[http]\n[shops.woo]\nkind = "woocommerce"\nsecret = "a-secret-of-both-of-us"',
            "shops.woo.url: there is none",
        ),
        (
            f'key = "{KEY}"',
            f'key = "{KEY}"\n[http]\n[shops.main]\nkind = "api"\nsecret = "fifteen-letters"',
            "shops.main.secret: it is too short to be safe",
        ),
        (
            f'key = "{KEY}"',
            f'key = "{KEY}"\n[caution]\n[[rewards]]\nid = "hi"\nwhen = "coming"\nen.title = "Hi"',
            "rewards: there are codes but no shop of kind api",
        ),
        (
            f'key = "{KEY}"',
            f'key = "{KEY}"\n[[rewards]]\nid = "hi"\nwhen = "coming"\nkind = "text"\nen = {{title = "A", text = "B"}}',
            "caution: there is no such table",
        ),
        (
            f'key = "{KEY}"',
            f'key = "{KEY}"\n[share]\nbudget = "20.5%"\nstep = "2%"',
            "share.budget: links with a split may pay more than every configured rate (20%)",
        ),
    ],
)
def test_what_will_hurt_later_is_a_warning(file: Path, old: str, new: str, warning: str) -> None:
    changed(file, old, new)
    problems, warnings, status = findings(file, None)
    assert (problems, status) == ([], 0)
    assert len(warnings) == 1
    assert warnings[0].startswith(warning)


def test_a_budget_of_as_much_as_the_dearest_rate_is_no_news(file: Path) -> None:
    changed(file, f'key = "{KEY}"', f'key = "{KEY}"\n[share]\nbudget = "20%"\nstep = "2%"')
    assert findings(file, None) == ([], [], 0)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_of_secrets_that_others_can_read_is_a_warning(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert [warning for warning in findings(file, None)[1] if "chmod 600" in warning]


def test_what_the_programme_may_cost_is_a_warning_in_one_sentence_each(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(file, 'commission = "20%"', 'commission = "60%"\nsignup_bonus = 5')
    file.write_text(file.read_text() + '[plan]\nkind = "unilevel"\nlevels = ["45%"]\nbase = "sale"\n')
    assert shell("check", "--config", str(file)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "warning: program: one order can pay 105% of its total: 60% of direct commission, 45% for the levels",
        "warning: ranks[0].signup_bonus: members are paid for each member they bring, whether anybody ever buys or not",
        "unilevel: an order of 1,000,000 toman pays 1,050,000 toman in all: 105%",
    ]


def test_as_json_it_prints_problems_and_warnings(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(file, "[1, 2]", "[]")
    assert shell("check", "--config", str(file), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["problems"] == []
    assert len(told["warnings"]) == 1
    changed(file, "IRT", "toman")
    assert shell("check", "--config", str(file), "--json") == 1
    assert json.loads(capsys.readouterr().out)["problems"][0].startswith("program.currency: expected")


def test_the_environment_counts_in_a_check(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOAREF_TELEGRAM__WORKERS", "none")
    assert findings(file, None)[0] == ["telegram.workers: expected a whole number"]


def test_online_the_platform_is_asked_about_the_token(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = []

    async def refuses(address: BotAddress, method: str, parameters: Parameters) -> Any:
        asked.append((address.base_url, method, parameters))
        raise PlatformError("Telegram does not know this token")

    with pytest.raises(typer.Exit) as caught:
        run(file, as_json=False, call=refuses)
    assert caught.value.exit_code == 1
    assert asked == [("https://api.telegram.org/bot", "getMe", {})]
    said = capsys.readouterr().err
    assert said == "moaref: telegram.token: Telegram does not know this token\n"


def test_online_the_support_chat_is_tried(file: Path) -> None:
    asked = []

    async def answers(_address: BotAddress, method: str, parameters: Parameters) -> Any:
        asked.append((method, parameters))
        if method == "sendChatAction":
            raise PlatformError("Telegram answered 400: Bad Request: chat not found")
        return {"username": "shop_bot"}

    assert findings(file, answers)[0] == []
    with file.open("a", encoding="utf-8") as config:
        config.write("\n[support]\nchat = -100\ntopic = 7\n")
    assert findings(file, answers)[0] == ["support.chat: Telegram answered 400: Bad Request: chat not found"]
    assert asked[-1] == ("sendChatAction", {"chat_id": -100, "message_thread_id": 7, "action": "typing"})


def test_neither_token_nor_key_is_ever_printed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for old, new in (("IRT", "IRT"), ("IRT", "toman"), (TOKEN, f"{TOKEN} x"), (KEY, f"{KEY}x")):
        changed(file, old, new)
        shell("check", "--config", str(file))
        shell("check", "--config", str(file), "--json")
    said = "".join(capsys.readouterr())
    assert "telegram.token" in said
    assert "store.key" in said
    assert TOKEN not in said
    assert KEY not in said


def test_a_command_that_needs_a_configuration_ends_with_a_line_for_each_problem(file: Path) -> None:
    with pytest.raises(CommandError, match="`moaref init` writes one") as missing:
        load_config(file.with_name("none.toml"))
    assert missing.value.status == 2
    changed(file, f'"{TOKEN}"', '""')
    assert load_config(file, token_needed=False).telegram.admins == (1, 2)
    changed(file, "IRT", "toman")
    with pytest.raises(CommandError) as wrong:
        load_config(file)
    assert (wrong.value.status, len(wrong.value.lines)) == (1, 2)


def test_every_file_of_a_command_is_in_the_registry() -> None:
    folder = Path(bot.cli.__file__).parent
    files = {path.stem for path in folder.glob("*.py") if "\ndef register(" in path.read_text()}
    assert files == set(COMMANDS)
    assert len(COMMANDS) == len(set(COMMANDS))


def test_every_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("--help") == 0
    said = capsys.readouterr().out
    for command in typer.main.get_command(build_app()).commands.values():  # type: ignore[attr-defined]
        assert command.help, command.name
        assert command.name in said


def test_a_mistyped_command_line_is_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("chek") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("--version") == 0
    assert capsys.readouterr().out.startswith("moaref ")


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    import subprocess
    import sys

    script = "import sys, bot.cli; bot.cli.build_app(); print(sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "'typer'" in loaded
    for heavy in ("telegram", "aiohttp", "pydantic", "starlette", "matplotlib"):
        assert f"'{heavy}'" not in loaded


def test_a_rate_without_its_percent_sign_is_a_question(file: Path) -> None:
    changed(file, 'commission = "20%"', 'commission = "20"')
    problems, warnings, status = findings(file, None)
    assert (problems, status) == ([], 0)
    assert [each for each in warnings if "ranks" in each] == [
        'ranks[0].commission: "20" is 20 IRT for each unit sold, whatever its price; was 20% meant? Then write "20%"'
    ]


@pytest.mark.parametrize(
    ("tables", "key", "meant"),
    [
        ('[plan]\nkind = "unilevel"\nlevels = ["15%", "12"]', "plan.levels[1]", "12%"),
        ('[plan]\nkind = "unilevel"\nlevels = [15]', "plan.levels[0]", "15%"),
        ('[[rates]]\nproduct = "case"\ncommission = 10', "rates[0].commission", "10%"),
        ('[[rates]]\nproduct = "case"\ncommission = "۱۲٫۵٪"', "rates[0].commission", "12.5%"),
        ('[[rates]]\nproduct = "case"\ncommission = "10 %"', "rates[0].commission", "10%"),
        ('[share]\nbudget = "14"\nstep = "2%"', "share.budget", "14%"),
    ],
)
def test_where_only_a_percentage_can_stand_its_sign_is_asked_for(file: Path, tables: str, key: str, meant: str) -> None:
    file.write_text(f"{SOUND}{tables}\n")
    problems, warnings, status = findings(file, None)
    assert status == 1
    assert problems[0].startswith(f"{key}: expected a")
    assert warnings == [f'{key}: was {meant} meant? Then write "{meant}"']
