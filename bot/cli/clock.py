"""`moaref clock`: shows whether the system clock is trusted, and accepts it."""

from typing import TYPE_CHECKING

import typer

from bot.cli.frame import DEFAULT_CONFIG, WRONG, CommandError, ConfigOption, JsonOption, print_json
from bot.cli.store import StoreOption, open_store
from engine.store.driver import Connection

if TYPE_CHECKING:
    from bot.runtime.clock import SystemClock
    from bot.store.trusted_clock import TrustedClock


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Show or accept the clock that dates events.", no_args_is_help=True)
    group.command("show")(show)
    group.command("accept")(accept)
    app.add_typer(group, name="clock")


def show(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Show the system clock and the time that the bot uses. Exit status 1 when they differ."""
    from engine.events.codec import iso_time

    with open_store(config, store) as connection:
        clock = _clock_on(connection)
    doubt, now = clock.doubt(), iso_time(clock.now())
    if as_json:
        print_json({"believed": doubt is None, "time": now, "doubt": str(doubt) if doubt else None})
    else:
        typer.echo(f"the clock is trusted: {now}" if doubt is None else str(doubt))
    if doubt is not None:
        raise typer.Exit(WRONG)


def accept(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None) -> None:
    """Accept the system clock: a running bot uses it within seconds, and events are dated by it.

    Everything due between the two times becomes due at once: commissions mature, periods close, jobs run. That cannot
    be undone. A clock behind the journal's last event is not accepted, because time never goes back.
    """
    from bot.runtime.trusted_time import STEP_MAX_MS
    from bot.store import MIGRATIONS, load_queries
    from bot.store.trusted_clock import boot_of, evidence_in
    from engine.events.codec import iso_time
    from engine.store.migrate import apply as migrate

    with open_store(config, store) as connection:
        migrate(connection, "machine", MIGRATIONS)
        clock = _system_clock()
        wall = clock.now()
        journal_at = evidence_in(connection, wall).journal_at
        if journal_at is not None and journal_at > wall + STEP_MAX_MS:
            raise CommandError(
                f"the journal's last event is of {iso_time(journal_at)}, and the clock says {iso_time(wall)}: time in"
                " the journal never goes back; correct the clock, or restore a backup from before that event"
            )
        load_queries("clock").accept(connection, at=wall, boot=boot_of(clock), ticks=clock.ticks())
    typer.echo(f"accepted: it is {iso_time(wall)}")


def believed_now(connection: Connection) -> int:
    """Returns the time to date an event by (ms, UTC). Raises CommandError where the clock is far ahead."""
    clock = _clock_on(connection)
    doubt = clock.doubt()
    if doubt is not None and doubt.is_ahead:
        raise CommandError(str(doubt))
    return clock.now()


def _clock_on(connection: Connection) -> "TrustedClock":
    from bot.store.trusted_clock import trusted_clock_on

    return trusted_clock_on(connection, _system_clock())


def _system_clock() -> "SystemClock":
    from bot.runtime.clock import SystemClock

    return SystemClock()
