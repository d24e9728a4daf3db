"""`moaref run`: runs the bot."""

import asyncio
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import DEFAULT_CONFIG, UNREADABLE, CommandError, ConfigOption, load_config
from engine.errors import MoarefError
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from bot.config import Config


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(run)


NewStore = Annotated[
    bool,
    typer.Option(
        "--new-store",
        help="Accept the store as it is: a new one in place of another, or an older copy.",
    ),
]


def run(config: ConfigOption = DEFAULT_CONFIG, new_store: NewStore = False) -> None:
    """Run the bot until it is told to stop (Ctrl-C, SIGTERM). The store is created at the first start.

    A missing store, or one older than this bot has served, is not served without --new-store. Works against any Bot API
    server: set telegram.base_url and telegram.base_file_url.
    """
    from bot.monitoring.store_marker import accept_store, problem_with, read_record, record_of
    from bot.runtime.logging_setup import set_up_logs
    from bot.runtime.single_instance import alone_on

    loaded = load_config(config)
    set_up_logs(level=loaded.log.level, style=loaded.log.format, secrets=loaded.secrets, stream=sys.stderr)
    if not loaded.store.key.get_secret_value():
        raise CommandError("store.key: expected a key to keep destinations with; `moaref init` makes one")
    record = record_of(loaded)
    try:
        if not new_store and (problem := problem_with(loaded.database, read_record(record))) is not None:
            raise CommandError(problem)
        with alone_on(loaded.database):
            if new_store:
                accept_store(loaded.database, record)
            asyncio.run(serve(loaded))
    except CommandError:
        raise
    except MoarefError as problem:
        raise CommandError(str(problem)) from None
    except DriverError as problem:
        raise CommandError(f"{loaded.database}: {problem}", status=UNREADABLE) from None


async def serve(config: "Config") -> None:
    """Serves until SIGINT or SIGTERM, then shuts down in order."""
    from bot.app import App
    from bot.monitoring.store_marker import ServedRecord, record_of
    from bot.runtime.clock import SystemClock

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    opening = asyncio.ensure_future(App.open(config, SystemClock()))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not opening.done():
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        return
    app = opening.result()
    _warn_of_a_changed_programme(app.engine.programme, config)
    record = ServedRecord(record_of(config), app.stores, app.clock)
    try:
        running = asyncio.ensure_future(app.run(record.recurring()))
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        result = (await asyncio.gather(running, return_exceptions=True))[0]
        if isinstance(result, Exception):
            raise result
    finally:
        stopping.cancel()
        await record.finish()
        await app.close()


def _warn_of_a_changed_programme(in_force: object, config: "Config") -> None:
    """Logs where the file's programme differs from the journal's, which is in force."""
    import logging

    from engine.programme.model import Programme

    if Programme.from_tables(config.programme_tables) != in_force:
        logging.getLogger(__name__).warning(
            "the configuration's programme is not the one in force; `moaref programme apply` shows the difference"
        )
