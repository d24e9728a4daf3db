"""`moaref import FILE`: imports orders from a CSV file: checks it first, and records it after confirmation."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.actor import shell_actor
from bot.cli.frame import (
    DEFAULT_CONFIG,
    UNREADABLE,
    WRONG,
    BadFile,
    CommandError,
    ConfigOption,
    JsonOption,
    load_config,
    print_json,
)
from bot.cli.progress import share_shown
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from bot.kit.formatting import Term
    from bot.order_files.dry_run import DryRun
    from bot.order_files.recording import Recorded

Say = Callable[["tuple[Term, ...]"], None]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("import")(import_orders)


def import_orders(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; one of its first lines names the columns.")],
    config: ConfigOption = DEFAULT_CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would be imported, and stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Record without asking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Record the orders of a CSV file, each once, however often it is imported.

    Columns: order, buyer, amount; optional: at, product, category, quantity. All rows with the same order id are one
    order, wherever they stand; a repeated row counts once. A buyer is an invitation code or its link, an @username or a
    Telegram id. Amounts are in toman or dollars, as in the chat. The file is checked first; wrong lines are reported,
    and their orders left out. The bot may be running. With --json there is no question: --yes records. Exit status: 1
    when a line was wrong, 2 when the file cannot be read.
    """
    loaded = load_config(config, token_needed=False)
    store, shops = loaded.database, frozenset(loaded.shops)
    if not store.exists():
        raise CommandError(f"{store}: there is no store yet; `moaref run` makes it", status=UNREADABLE)

    def wanted(found: "DryRun") -> bool:
        if dry_run or not found.orders:
            return False
        return yes or (not as_json and typer.confirm("Record them now?", err=True))

    with _failures_told(file, store):
        found, recorded = asyncio.run(_import(file, store, shops, wanted, _quiet if as_json else _say))
    if as_json:
        print_json({"found": _found_as_json(found), "recorded": _plain_counts(recorded) if recorded else None})
    if found.wrong:
        raise typer.Exit(WRONG)


async def _import(
    file: Path, store: Path, shops: frozenset[str], wanted: "Callable[[DryRun], bool]", say: Say
) -> "tuple[DryRun, Recorded | None]":
    from bot.order_files import messages as telling
    from bot.order_files.dry_run import survey
    from bot.order_files.lookup import Known
    from bot.order_files.reading import OrderFile
    from bot.order_files.recording import record
    from bot.runtime.clock import SystemClock
    from bot.store.database import Database
    from engine.store.connection import connect

    async with Database.with_engine(store, SystemClock()) as (_, engine):
        currency, zone = engine.programme.currency, ZoneInfo(engine.programme.program.timezone)
        orders = OrderFile(file, currency, zone)
        with closing(connect(store, create=False)) as connection:
            known = Known(connection, shops)
            with share_shown("checking") as show:
                found = survey(orders, known, lambda: show(orders.read))
            say(telling.found(found, currency))
            if not wanted(found):
                return found, None
            with share_shown("recording") as show:

                async def progress(_: "Recorded") -> None:
                    show(orders.read)

                recorded = await record(orders, known, engine, actor=shell_actor(), progress=progress)
            say(telling.done(recorded, currency))
            return found, recorded


def _found_as_json(found: "DryRun") -> dict[str, object]:
    """Returns the dry run as JSON. Problems that concern no single cell have no cell."""
    problems = [asdict(each) for each in found.problems]
    told = [{key: value for key, value in each.items() if value or key != "cell"} for each in problems]
    return {**asdict(found), "problems": told}


def _plain_counts(recorded: "Recorded") -> dict[str, int]:
    """Returns the counts without orders that the actor would earn from, which the shell never does."""
    return {name: count for name, count in asdict(recorded).items() if name != "own"}


def _say(lines: "tuple[Term, ...]") -> None:
    typer.echo(_plain(lines))


def _plain(lines: "tuple[Term, ...]") -> str:
    from bot.kit.bidi import strip_controls
    from bot.kit.formatting import Lines
    from bot.kit.languages import FALLBACK
    from bot.kit.texts import LOCALE, Texts

    return strip_controls(Texts(LOCALE).plain(FALLBACK, "import-lines", lines=Lines(lines)))


def _quiet(lines: "tuple[Term, ...]") -> None:
    """Prints nothing: with --json only the result is printed."""


@contextmanager
def _failures_told(file: Path, store: Path) -> Iterator[None]:
    from bot.order_files import messages as telling
    from bot.order_files.problems import UnreadableFile
    from engine.errors import StoreError

    try:
        yield
    except UnreadableFile as error:
        raise BadFile(f"{file}: {_plain((telling.unreadable(error),))}") from None
    except OSError as error:
        raise BadFile(f"{file}: {error.strerror}") from None
    except (DriverError, StoreError) as error:
        raise CommandError(f"{store}: {error}", status=UNREADABLE) from None
