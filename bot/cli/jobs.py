"""`moaref jobs`: lists the scheduled jobs and their last runs, and runs one now."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.cli.frame import DEFAULT_CONFIG, UNREADABLE, CommandError, ConfigOption, JsonOption, load_config, print_json
from engine.errors import MoarefError
from engine.store.driver import DriverError, connect_read_only

if TYPE_CHECKING:
    from bot.config import Config
    from bot.schedule.runs import RunRecord
    from bot.schedule.scheduler import Scheduler

T = TypeVar("T")


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Scheduled jobs: digests, summaries, reminders.", invoke_without_command=True)
    group.callback()(jobs)
    group.command("run")(run)
    app.add_typer(group, name="jobs")


@dataclass(frozen=True, slots=True)
class JobLine:
    """Holds a listed job: slots by their labels, `next_at` and `done_at` in ISO 8601, UTC."""

    job: str
    policy: str
    last: str | None
    done: str | None
    done_at: str | None
    next: str | None
    next_at: str | None
    missed: int
    failed: int
    problem: str | None


def jobs(context: typer.Context, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """List the jobs with their last and next slots, and what failed. `moaref jobs run NAME` runs one now."""
    if context.invoked_subcommand is not None:
        return
    lines = _with_timetable(load_config(config, token_needed=False), _lines)
    if as_json:
        print_json([asdict(line) for line in lines])
        return
    _print_table(lines)


def run(
    name: Annotated[str, typer.Argument(help="A job's name, such as balance-digest.", show_default=False)],
    config: ConfigOption = DEFAULT_CONFIG,
    force: Annotated[bool, typer.Option("--force", help="Also for members without news.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run one job now, beside the schedule. Its messages are sent by the bot that runs on this store."""

    async def by_hand(timetable: "Scheduler") -> str:
        if name not in timetable.jobs:
            raise CommandError(f"there is no job {name}; there are {', '.join(timetable.jobs)}", status=UNREADABLE)
        return await timetable.run_by_hand(name, force=force)

    loaded = load_config(config, token_needed=False)
    slot = _with_timetable(loaded, by_hand)
    written = _messages_of(slot, loaded)
    if as_json:
        print_json({"job": name, "slot": slot, "messages": written})
    else:
        typer.echo(f"{name}: done, {written} messages for the bot to send")


def _with_timetable(config: "Config", ask: "Callable[[Scheduler], Awaitable[T]]") -> T:
    from bot.assembly.scheduling import timetable_beside
    from bot.kit.texts import LOCALE, Texts
    from bot.runtime.clock import SystemClock

    async def asked() -> T:
        async with timetable_beside(config, Texts(LOCALE), SystemClock()) as timetable:
            return await ask(timetable)

    if not config.database.exists():
        raise CommandError(f"{config.database}: there is no store yet; `moaref run` makes it", status=UNREADABLE)
    try:
        return asyncio.run(asked())
    except CommandError:
        raise
    except MoarefError as problem:
        raise CommandError(str(problem)) from None
    except DriverError as problem:
        raise CommandError(f"{config.database}: {problem}", status=UNREADABLE) from None


def _messages_of(slot: str, config: "Config") -> int:
    """Returns the number of messages that a run has put into the outbox: their causes contain its slot."""
    with closing(connect_read_only(config.database)) as connection:
        (count,) = connection.execute("SELECT COUNT(*) FROM outbox WHERE instr(cause, ?)", (f":{slot}/",)).fetchone()
        return int(count)


async def _lines(timetable: "Scheduler") -> list[JobLine]:
    from bot.kit.calendar_slots import next_slot, slot_before
    from bot.runtime.clock import SystemClock
    from engine.events.codec import iso_time

    now = SystemClock().now()
    records = {record.job: record for record in await timetable.records()}
    lines: list[JobLine] = []
    for job in timetable.jobs.values():
        for scheduled in await job.schedules():
            record = records.pop(scheduled.job, None)
            last = record.last_slot if record else slot_before(scheduled.schedule, now).label
            following = next_slot(scheduled.schedule, last)
            lines.append(_line(scheduled.job, job.policy, record, following.label, iso_time(following.at)))
    others = [_line(name, "by hand", record, None, None) for name, record in records.items()]
    return [*lines, *others]


def _line(job: str, policy: str, record: "RunRecord | None", following: str | None, at: str | None) -> JobLine:
    from engine.events.codec import iso_time

    if record is None:
        return JobLine(job, policy, None, None, None, following, at, 0, 0, None)
    done_at = None if record.done_at is None else iso_time(record.done_at)
    return JobLine(
        job,
        policy,
        record.last_slot,
        record.done_slot,
        done_at,
        following,
        at,
        record.missed,
        record.failed,
        record.problem,
    )


def _print_table(lines: list[JobLine]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("job", "last done", "next", "at", "missed", "failed", box=None, pad_edge=False)
    for line in lines:
        failed = f"{line.failed}: {line.problem}" if line.failed else "0"
        table.add_row(line.job, line.done or "-", line.next or "-", line.next_at or "-", str(line.missed), failed)
    Console(width=None if Console().is_terminal else 160).print(table)
