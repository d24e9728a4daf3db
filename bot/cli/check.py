"""`moaref check`: lists a configuration's problems, one line each, before it is used."""

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.botapi import BotAddress, Call, PlatformError, call_platform, username_of
from bot.cli.check_store import clock_warnings, is_open_to_others, store_warnings
from bot.cli.frame import DEFAULT_CONFIG, UNREADABLE, WRONG, ConfigOption, JsonOption, print_json

if TYPE_CHECKING:
    from bot.config import Config

Online = Annotated[
    bool,
    typer.Option(
        "--online", help="Also ask Telegram whether it knows the token, and takes messages for the support chat."
    ),
]


def register(app: typer.Typer) -> None:
    """Adds `check` to the application."""

    @app.command("check")
    def check(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False, online: Online = False) -> None:
        """Check a configuration and list its problems. Exit status 1 for problems, 2 when it cannot be read."""
        run(config, as_json=json, call=call_platform if online else None)


def run(path: Path, *, as_json: bool, call: Call | None) -> None:
    """Prints problems and warnings; exits with 1 or 2 for problems. `call`, if any, queries Telegram."""
    problems, warnings, status = findings(path, call)
    if as_json:
        print_json({"problems": problems, "warnings": warnings})
    else:
        for problem in problems:
            typer.echo(f"moaref: {problem}", err=True)
        for warning in warnings:
            typer.echo(f"warning: {warning}")
        if not problems and not warnings:
            typer.echo("all is well")
        for line in _costs(path) if not status else ():
            typer.echo(line)
    raise typer.Exit(status)


def _costs(path: Path) -> list[str]:
    """Returns what an order pays in all by the configuration's plan."""
    from bot.cli.example_payout import cost_line
    from bot.config import ConfigError, load
    from bot.runtime.clock import SystemClock
    from engine.programme.model import Programme

    try:
        programme = Programme.from_tables(load(path, os.environ).programme_tables)
    except ConfigError:
        return []
    return [cost_line(programme, SystemClock().now())]


def findings(path: Path, call: Call | None) -> tuple[list[str], list[str], int]:
    """Returns problems, warnings and the exit status of a configuration file."""
    from bot.config import ConfigError, ConfigUnreadable, load

    try:
        config = load(path, os.environ)
    except ConfigUnreadable as error:
        return [str(error)], [], UNREADABLE
    except ConfigError as error:
        return [str(problem) for problem in error.problems], [*_file_warnings(path), *_percent_questions(path)], WRONG
    problems = _platform_problems(config, call) if call is not None else []
    warnings = [
        *_file_warnings(path),
        *store_warnings(config.database),
        *clock_warnings(config.database),
        *_config_warnings(config),
        *_programme_warnings(config),
    ]
    return problems, warnings, WRONG if problems else 0


def _file_warnings(path: Path) -> list[str]:
    if is_open_to_others(path):
        return [f"{path}: others on this machine can read or change it, and it holds secrets; chmod 600 {path}"]
    return []


def _percent_questions(path: Path) -> list[str]:
    """Returns likely intentions behind percent values that were refused."""
    from bot.config import ConfigError
    from bot.config.loading import read_tables
    from bot.config.percent_questions import percent_questions

    try:
        return percent_questions(read_tables(path))
    except ConfigError:  # not TOML, which was reported already
        return []


def _config_warnings(config: "Config") -> list[str]:
    warnings = []
    admins = set(config.telegram.admins)
    if not admins:
        warnings.append("telegram.admins: there is no admin, so no one can record purchases or approve withdrawals")
    if len(admins) == 1:
        warnings.append("telegram.admins: the only admin cannot approve their own withdrawals; add a second one")
    if not config.store.key.get_secret_value():
        warnings.append("store.key: there is none, so no card or Sheba number can be stored; `moaref init` makes one")
    return warnings + _shop_warnings(config) + _friend_warnings(config)


def _shop_warnings(config: "Config") -> list[str]:
    from bot.config.shops import SECRET_LENGTH_SAFE

    warnings = []
    if config.shops and config.http is None:
        warnings.append("http: there are shops but no such table, so no HTTP server is started and no order arrives")
    for name, shop in config.shops.items():
        if len(shop.secret.get_secret_value()) < SECRET_LENGTH_SAFE:
            warnings.append(
                f"shops.{name}.secret: it is too short to be safe; use {SECRET_LENGTH_SAFE} characters or more"
            )
        warnings += [f"shops.{name}.{key}: {warning}" for key, warning in shop.warnings()]
    return warnings


def _friend_warnings(config: "Config") -> list[str]:
    """Returns warnings about rewards and commissions that the operator may not expect."""
    from bot.shop_kinds import KINDS
    from engine.programme.highest_rate import dearest_rate
    from engine.programme.model import Programme
    from engine.rates import parse_percent

    warnings = []
    codes = any(each.kind == "code" and not each.shop for each in config.rewards)
    if codes and not any(KINDS[shop.kind].uses_purchase_api for shop in config.shops.values()):
        kinds = " or ".join(name for name, kind in KINDS.items() if kind.uses_purchase_api)
        warnings.append(f"rewards: there are codes but no shop of kind {kinds}, so codes cannot be checked or redeemed")
    if config.rewards and config.caution is None:
        warnings.append("caution: there is no such table, so a burst of fake friends gets every reward")
    if config.share is not None:
        dearest = dearest_rate(Programme.from_tables(config.programme_tables))
        if not dearest.each and parse_percent(config.share.budget).millionths > dearest.millionths:
            warnings.append(
                f"share.budget: links with a split may pay more than every configured rate ({dearest.text})"
            )
    return warnings


def _programme_warnings(config: "Config") -> list[str]:
    """Returns warnings about the programme's cost, and about payments for anything but sales."""
    from engine.programme.model import Programme
    from engine.programme.warnings import guard_rails

    return [str(caution) for caution in guard_rails(Programme.from_tables(config.programme_tables))]


def _platform_problems(config: "Config", call: Call) -> list[str]:
    address = BotAddress(config.telegram.base_url, config.telegram.token)
    try:
        asyncio.run(username_of(call, address))
    except PlatformError as error:
        return [f"telegram.token: {error.reason}"]
    return _support_problems(config, call, address)


def _support_problems(config: "Config", call: Call, address: BotAddress) -> list[str]:
    """Returns why the bot may not write into the support chat; there it shows for a moment that it is typing."""
    table = config.support
    if table is None or not table.chat:
        return []
    place = {"chat_id": table.chat, **({"message_thread_id": table.topic} if table.topic else {})}

    async def type_there() -> None:
        await call(address, "sendChatAction", {**place, "action": "typing"})

    try:
        asyncio.run(type_there())
    except PlatformError as error:
        return [f"support.chat: {error.reason}"]
    return []
