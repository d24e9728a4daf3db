"""`moaref init`: asks for the settings without defaults and writes a private configuration file."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.botapi import BotAddress, Call, FirstSender, PlatformError, call_platform, username_of, wait_for_code
from bot.cli.example_payout import example_total, money, payout_lines
from bot.cli.frame import DEFAULT_CONFIG, UNREADABLE, CommandError
from bot.cli.new_config import TELEGRAM, Answers, make_key, previous_key, render, write
from bot.cli.plan_choice import described, offered
from engine.money import Currency
from engine.plans import DEFAULT_PLAN

if TYPE_CHECKING:
    from pydantic import SecretStr

    from engine.programme.model import Programme

TRIES = 3
NAME_LENGTH_MAX = 60
DAYS_MAX = 3_650


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
    rate: str | None
    name: str | None
    minimum: str | None
    days: str | None
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
        rate: Annotated[
            str | None, typer.Option(help='What the seller gets of an order: "20%", or an amount for each unit.')
        ] = None,
        name: Annotated[str | None, typer.Option(help="The shop's name, as members read it.")] = None,
        minimum: Annotated[str | None, typer.Option(help="The smallest withdrawal; 0 for none.")] = None,
        days: Annotated[
            str | None, typer.Option(help="How many days a commission waits before it can be withdrawn.")
        ] = None,
        yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; use defaults for missing answers.")] = False,
        base_url: Annotated[str, typer.Option(help="The Bot API's address, up to the token.")] = TELEGRAM,
        file: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = DEFAULT_CONFIG,
        force: Annotated[bool, typer.Option("--force", help="Replace the file; its store key is kept.")] = False,
    ) -> None:
        """Ask a few questions and write a configuration. It ends with what an order pays to whom."""
        if file.exists() and not force:
            raise CommandError(f"{file}: exists already; --force replaces it")
        given = Given(base_url, token, admin, currency, plan, rate, name, minimum, days, ask=not yes)
        answers = _answers(given, _key(file, outside), outside)
        text = render(answers)
        programme = _checked(text, file)
        write(file, text, replace=force)
        _tell_payouts(programme)
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
    currency = _choice(given, given.currency, "Currency (toman, rial, USD, EUR, XTR for Stars, ...)", "IRT", _currency)
    if given.ask and given.plan is None:
        _describe_plans()
    plan = _choice(given, given.plan, f"Plan ({', '.join(offered())})", DEFAULT_PLAN, _plan)
    example = money(example_total(Currency.of(currency)), Currency.of(currency))
    rate = _choice(given, given.rate, f"What the seller gets of an order, such as 20% of {example}", "20%", _rate)
    name = _choice(given, given.name, "The shop's name, as members read it (empty for none)", "", _name)
    least = f"The smallest withdrawal in {currency}, such as {_tenth(currency)}; 0 for none"
    minimum = _choice(given, given.minimum, least, "0", lambda text: _minimum(text, currency))
    held = "How many days a commission waits before it can be withdrawn, such as 14 for returns; 0 for none"
    days = _choice(given, given.days, held, "0", _days)
    return Answers(
        address.token,
        given.base_url,
        admins,
        currency,
        plan,
        key,
        rate=rate,
        name=name,
        minimum=int(minimum),
        days=int(days),
    )


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
        _answer_admin(sender, address, outside)
        return (sender.id,)
    question = "The admin's numeric id (empty for none yet)"
    typed = _choice(given, None, question, "", _admin_id)
    return (int(typed),) if typed else ()


def _answer_admin(sender: FirstSender, address: BotAddress, outside: Outside) -> None:
    """Tells the first admin so in the chat, in their language; where that fails, the shell has told."""
    from bot.kit.formatting import Code
    from bot.kit.languages import language_for
    from bot.kit.texts import LOCALE, Texts

    async def answer() -> None:
        name = f"@{await username_of(outside.call, address)}"
        text = Texts(LOCALE).plain(language_for(sender.language), "init-admin", bot=Code(name))
        await outside.call(address, "sendMessage", {"chat_id": sender.id, "text": text})

    with suppress(PlatformError):
        asyncio.run(answer())


def _admin_id(typed: str) -> str:
    from bot.kit.digits import whole_number

    number = whole_number(typed) if typed.strip() else None
    if typed.strip() and not number:
        raise ValueError("a whole number above 0; @userinfobot tells people theirs")
    return str(number or "")


def _choice(given: Given, answer: str | None, question: str, default: str, check: Callable[[str], Any]) -> str:
    """Returns the given answer, the typed one, or the default; asks again until `check` accepts it."""
    try:
        if answer is not None or not given.ask:
            return str(check(answer or default))
    except ValueError as error:
        raise CommandError(f"expected {error}", status=UNREADABLE) from None
    while True:
        try:
            typed: str = typer.prompt(question, default=str(default), show_default=bool(default))
            return str(check(typed.strip()))
        except ValueError as error:
            typer.echo(f"Expected {error}.", err=True)


def _currency(code: str) -> str:
    from bot.kit.amounts import currency_named

    return currency_named(code) or Currency.of(code.upper()).code


def _rate(text: str) -> str:
    """Returns a rate as the programme writes it. Raises ValueError, also for a small number without its sign."""
    from bot.kit.digits import normalised
    from engine.programme.rate_warnings import LIKE_A_PERCENTAGE_MAX
    from engine.rates import parse_rate

    rate = parse_rate(normalised(text).replace("٪", "%").replace("٫", ".").replace(" ", ""))
    if rate.each <= LIKE_A_PERCENTAGE_MAX and not rate.millionths:
        raise ValueError(f'a percent sign, such as "{rate.each or 20}%", or more than {LIKE_A_PERCENTAGE_MAX} a unit')
    return rate.text


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > NAME_LENGTH_MAX:
        raise ValueError(f"at most {NAME_LENGTH_MAX} characters")
    return name


def _tenth(currency: str) -> str:
    return money(example_total(Currency.of(currency)) // 10, Currency.of(currency))


def _minimum(text: str, currency: str) -> int:
    """Returns an amount in minor units. Raises ValueError."""
    from bot.kit.amounts import ZeroAmount, parse_amount
    from bot.kit.errors import UserError

    try:
        return parse_amount(text, Currency.of(currency))
    except ZeroAmount:
        return 0
    except UserError:
        raise ValueError(f"an amount in {currency}, such as {_tenth(currency)}, or 0") from None


def _days(text: str) -> int:
    from bot.kit.digits import whole_number

    days = whole_number(text)
    if days is None or days > DAYS_MAX:
        raise ValueError(f"a whole number of days, 0 to {DAYS_MAX}")
    return days


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


def _checked(text: str, file: Path) -> "Programme":
    """Returns the programme of a configuration that `run` can read. Raises CommandError with what it would refuse."""
    import tomllib

    from bot.config import ConfigError, build
    from engine.programme.model import Programme

    try:
        return Programme.from_tables(build(tomllib.loads(text), {}, file.absolute().parent).programme_tables)
    except ConfigError as error:
        raise CommandError(*map(str, error.problems)) from None


def _tell_payouts(programme: "Programme") -> None:
    """Prints what an order pays to whom, as the engine works it out."""
    from bot.runtime.clock import SystemClock

    typer.echo("What an order pays, where A invited B, B invited E, E invited F, and F invited the buyer:")
    for line in payout_lines(programme, SystemClock().now()):
        typer.echo(line)
