"""`moaref init`: asks for the settings without defaults and writes a private configuration file."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.botapi import BotAddress, Call, PlatformError, call_platform, username_of, wait_for_code
from bot.cli.frame import DEFAULT_CONFIG, UNREADABLE, CommandError
from bot.cli.new_config import TELEGRAM, Answers, make_key, previous_key, render, write
from bot.cli.plan_choice import described, offered
from engine.plans import DEFAULT_PLAN

if TYPE_CHECKING:
    from pydantic import SecretStr

TRIES = 3


@dataclass(frozen=True, slots=True)
class Outside:
    """Holds the outside services of `init`: the Bot API, random bytes, and the wait for the code in seconds."""

    call: Call
    random_bytes: Callable[[int], bytes]
    code_seconds: int = 120


@dataclass(frozen=True, slots=True)
class Given:
    """Holds the answers given on the command line; None asks."""

    base_url: str
    token: str | None
    admin: int | None
    currency: str | None
    plan: str | None
    ask: bool


def register(app: typer.Typer) -> None:
    """Adds `init` to the application."""
    app.command("init")(command(Outside(call_platform, secrets.token_bytes)))


def command(outside: Outside) -> Callable[..., None]:
    """Returns the command, with its outside services."""

    def init(
        token: Annotated[
            str | None,
            typer.Option(
                envvar="MOAREF_TELEGRAM__TOKEN",
                help="The token from @BotFather; safer to type when asked.",
            ),
        ] = None,
        admin: Annotated[int | None, typer.Option(min=1, help="The first admin's numeric Telegram id.")] = None,
        currency: Annotated[str | None, typer.Option(help="IRT (toman), IRR, USD, EUR, XTR (Stars), ...")] = None,
        plan: Annotated[
            str | None,
            typer.Option(parser=_offered, metavar=f"<{'|'.join(offered())}>", help="Who earns from an order."),
        ] = None,
        yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; use defaults for missing answers.")] = False,
        base_url: Annotated[str, typer.Option(help="The Bot API's address, up to the token.")] = TELEGRAM,
        file: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = DEFAULT_CONFIG,
        force: Annotated[bool, typer.Option("--force", help="Replace the file; its store key is kept.")] = False,
    ) -> None:
        """Write a configuration: the bot's token, the first admin, a currency and a plan."""
        if file.exists() and not force:
            raise CommandError(f"{file}: exists already; --force replaces it")
        answers = _answers(Given(base_url, token, admin, currency, plan, ask=not yes), _key(file, outside), outside)
        text = render(answers)
        _check(text, file)
        write(file, text, replace=force)
        typer.echo(f"{file} is written, readable by you alone.")
        typer.echo("`moaref check` looks it over, `moaref run` starts the bot.")

    return init


def _key(file: Path, outside: Outside) -> "SecretStr":
    """Returns a new key, or the replaced file's, because its encrypted data must stay readable."""
    from pydantic import SecretStr

    return SecretStr(previous_key(file) or make_key(outside.random_bytes(32)))


def _answers(given: Given, key: "SecretStr", outside: Outside) -> Answers:
    address = _address(given, outside)
    admins = (given.admin,) if given.admin is not None else _admins(given, address, outside)
    currency = _choice(given, given.currency, "Currency (IRT, IRR, USD, EUR, XTR, ...)", "IRT", _currency)
    if given.ask and given.plan is None:
        _describe_plans()
    plan = _choice(given, given.plan, f"Plan ({', '.join(offered())})", DEFAULT_PLAN, _plan)
    return Answers(address.token, given.base_url, admins, currency, plan, key)


def _address(given: Given, outside: Outside) -> BotAddress:
    """Returns the bot's address with a token that Telegram accepts; a typed one may be retried."""
    from pydantic import SecretStr

    from bot.kit.digits import identifier

    if not given.base_url.startswith(("https://", "http://")):
        raise CommandError("--base-url: expected an address that begins with https:// or http://", status=UNREADABLE)
    if given.token is None and not given.ask:
        raise CommandError("--token: expected the bot's token; with --yes nothing is asked", status=UNREADABLE)
    asked = given.token is None
    for tries_left in reversed(range(TRIES)):
        token = typer.prompt("The bot's token, from @BotFather", hide_input=True) if asked else given.token
        address = BotAddress(given.base_url, SecretStr(identifier(str(token))))
        try:
            typer.echo(f"The token is @{_username(address, outside)}'s.")
            return address
        except PlatformError as error:
            if not asked or not tries_left:
                raise CommandError(f"telegram.token: {error.reason}") from None
            typer.echo(f"That did not work: {error.reason}.", err=True)
    raise AssertionError("the last try returns or raises")


def _username(address: BotAddress, outside: Outside) -> str:
    """Returns the bot's username. Raises PlatformError, also for a malformed token, which must not reach a URL."""
    from bot.config import Telegram

    try:
        Telegram(token=address.token)
    except ValueError:
        failure = PlatformError("that is not a token: digits, a colon, letters and digits")
    else:
        return asyncio.run(username_of(outside.call, address))
    raise failure


def _admins(given: Given, address: BotAddress, outside: Outside) -> tuple[int, ...]:
    """Returns the first admin, by a code sent to the bot or by a typed id; empty where nothing is asked."""
    if not given.ask:
        return ()
    number = int.from_bytes(outside.random_bytes(8)) % 10**8
    code = f"{number // 10_000:04}-{number % 10_000:04}"
    typer.echo(f"Send this code to the bot from the account that is to be its admin:  {code}")
    typer.echo(f"(waiting {outside.code_seconds} seconds; press Ctrl-C to type a numeric id instead)")
    try:
        sender = asyncio.run(wait_for_code(outside.call, address, code, seconds=outside.code_seconds))
    except PlatformError as error:
        typer.echo(f"That did not work: {error.reason}.", err=True)
        sender = None
    except KeyboardInterrupt:
        sender = None
    if sender is not None:
        typer.echo(f"{sender.name} ({sender.id}) is the first admin.")
        return (sender.id,)
    typed: str = typer.prompt("The admin's numeric id (empty for none yet)", default="", show_default=False)
    return _typed_admin(typed)


def _typed_admin(typed: str) -> tuple[int, ...]:
    if not typed.strip():
        return ()
    if not typed.strip().isdecimal() or int(typed) == 0:
        raise CommandError("telegram.admins: expected a whole number above 0; @userinfobot tells people theirs")
    return (int(typed),)


def _choice(given: Given, answer: str | None, question: str, default: str, check: Callable[[str], Any]) -> str:
    """Returns the given answer, the typed one, or the default; asks again until `check` accepts it."""
    try:
        if answer is not None or not given.ask:
            return str(check(answer or default))
    except ValueError as error:
        raise CommandError(f"expected {error}", status=UNREADABLE) from None
    while True:
        try:
            return str(check(typer.prompt(question, default=str(default)).strip()))
        except ValueError as error:
            typer.echo(f"Expected {error}.", err=True)


def _currency(code: str) -> str:
    from engine.money import Currency

    return Currency.of(code.upper()).code


def _plan(kind: str) -> str:
    if kind not in offered():
        raise ValueError(" or ".join(offered()))
    return kind


def _offered(kind: str) -> str:
    """Returns the option's value. Raises typer.BadParameter for a plan that takes more than a choice."""
    if kind not in offered():
        raise typer.BadParameter(f"{kind!r} is not one of {', '.join(map(repr, offered()))}.")
    return kind


def _describe_plans() -> None:
    for kind in offered():
        typer.echo(described(kind))


def _check(text: str, file: Path) -> None:
    """Refuses to write a configuration that `run` would refuse to read."""
    import tomllib

    from bot.config import ConfigError, build

    try:
        build(tomllib.loads(text), {}, file.absolute().parent)
    except ConfigError as error:
        raise CommandError(*map(str, error.problems)) from None
