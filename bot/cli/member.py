"""`moaref member`: shows, suspends or reinstates a member, whether the bot runs or not."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.actor import shell_actor
from bot.cli.frame import (
    DEFAULT_CONFIG,
    UNREADABLE,
    CommandError,
    ConfigOption,
    JsonOption,
    load_config,
    print_json,
)
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.formatting import Term
    from engine.queries.views import Balance
    from engine.records import Member
    from handlers.notices import NoticeRenderer

WhoArgument = Annotated[str, typer.Argument(metavar="WHO", help="A Telegram id, @username or invitation code.")]
ReasonArgument = Annotated[str, typer.Argument(metavar="REASON", help="Why; the member reads it.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
Act = Literal["suspend", "reinstate"]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Show, suspend or reinstate a member.", no_args_is_help=True)
    group.command("show")(show)
    group.command("suspend")(suspend)
    group.command("reinstate")(reinstate)
    app.add_typer(group, name="member")


def show(who: WhoArgument, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Print a member's status and balance, in minor units."""
    member, balance, name = asyncio.run(_show(who, config))
    if as_json:
        found = {"code": member.id, "name": name, "suspended": bool(member.suspended), "rank": member.rank}
        print_json({**found, **asdict(balance)})
        return
    standing = "suspended" if member.suspended else "a member"
    typer.echo(f"{member.id} ({name or 'no name'}): {standing}, rank {member.rank}")
    typer.echo("  ".join(f"{bucket} {amount}" for bucket, amount in asdict(balance).items()))


def suspend(
    who: WhoArgument, reason: ReasonArgument, config: ConfigOption = DEFAULT_CONFIG, yes: YesOption = False
) -> None:
    """Suspend a member: they earn nothing new and cannot withdraw. Shows the consequences, and asks.

    The bot may run meanwhile; the member and the admins are told. Exit status 1 for an unknown member, for one
    suspended already, or when you say no.
    """
    asyncio.run(_carry_out("suspend", who, reason, config, yes=yes))


def reinstate(
    who: WhoArgument,
    reason: Annotated[str, typer.Argument(metavar="[REASON]", help="Why, for the journal.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
    yes: YesOption = False,
) -> None:
    """Reinstate a suspended member. Shows the consequences, and asks."""
    asyncio.run(_carry_out("reinstate", who, reason, config, yes=yes))


async def _show(who: str, config: Path) -> "tuple[Member, Balance, str | None]":
    async with _renderer(config) as renderer:
        member = await _member(who, renderer)
        person = await renderer.people.get(member.id)
        return member, await renderer.engine.balance(member.id), person.name if person is not None else None


async def _carry_out(act: Act, who: str, reason: str, config: Path, *, yes: bool) -> None:
    from bot.kit.errors import UserError
    from handlers.chat.admin.parsing import REASON_LENGTH_MAX, short
    from handlers.suspension import what_reinstating_means, what_suspending_means

    try:
        kept = short(reason, REASON_LENGTH_MAX) if reason or act == "suspend" else ""
    except UserError:
        raise CommandError(f"the reason: 1 to {REASON_LENGTH_MAX} characters are expected") from None
    async with _renderer(config) as renderer:
        member = await _member(who, renderer)
        if member.suspended == (act == "suspend"):
            raise CommandError(f"{who}: {'suspended already' if member.suspended else 'is not suspended'}")
        typer.echo(f"{act} {await _named(member.id, renderer)}")
        means = what_suspending_means if act == "suspend" else what_reinstating_means
        typer.echo(_plain(await means(member, renderer)))
        if not yes and not typer.confirm(f"{act.capitalize()} them now?", err=True):
            raise CommandError("nothing was changed")
        carry_out = renderer.engine.suspend if act == "suspend" else renderer.engine.reinstate
        await carry_out(member.id, actor=shell_actor(), key=f"{act}:{secrets.token_hex(8)}", reason=kept)
    typer.echo("suspended" if act == "suspend" else "reinstated")


@asynccontextmanager
async def _renderer(config: Path) -> "AsyncIterator[NoticeRenderer]":
    """Yields the renderer with the engine, people and texts of the configuration's store. Raises CommandError."""
    from bot.assembly.services import Services
    from bot.kit.texts import LOCALE, Texts
    from bot.runtime.clock import SystemClock
    from bot.store.database import Database
    from engine.errors import StoreError

    loaded, clock = load_config(config, token_needed=False), SystemClock()
    if not loaded.database.exists():
        raise CommandError(f"{loaded.database}: there is no store yet; `moaref run` makes it", status=UNREADABLE)
    try:
        async with Database.with_engine(loaded.database, clock) as (stores, engine):
            yield Services.of(loaded, stores, engine, Texts(LOCALE), clock, secrets.SystemRandom()).notice_renderer()
    except (DriverError, StoreError) as error:
        raise CommandError(f"{loaded.database}: {error}", status=UNREADABLE) from None


async def _member(who: str, renderer: "NoticeRenderer") -> "Member":
    """Returns the member; one known only to a shop is found by their code. Raises CommandError."""
    from engine.codes import clean

    person = await renderer.people.find(who)
    member = await renderer.engine.member(person.id if person is not None else clean(who) or who)
    if member is None:
        raise CommandError(f"{who}: no member matches")
    return member


async def _named(id: str, renderer: "NoticeRenderer") -> str:
    person = await renderer.people.get(id)
    return id if person is None else f"{id} ({person.name})"


def _plain(lines: "Sequence[Term]") -> str:
    from bot.kit.bidi import strip_controls
    from bot.kit.formatting import Lines
    from bot.kit.languages import FALLBACK
    from bot.kit.texts import LOCALE, Texts

    return strip_controls(Texts(LOCALE).plain(FALLBACK, "import-lines", lines=Lines(tuple(lines))))
