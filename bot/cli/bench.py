"""`moaref bench`: measures the bot's speed on this machine, against a floor measured in the same run."""

import asyncio
import os
import platform as machine
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.frame import CommandError, JsonOption, need_demo_package, print_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bot.cli.benchmarks.costs import Cost
    from bot.cli.benchmarks.figures import Comparison, Figure
    from bot.cli.benchmarks.kept import Some
    from bot.cli.benchmarks.scale import Scale

ROUNDS = 5
WIDTH = 120
EVENTS = 100_000


class What(StrEnum):
    """Lists the measured parts."""

    CHAT = "chat"
    ENGINE = "engine"
    SHOP = "shop"
    OUTBOX = "outbox"
    TRANSPORT = "transport"
    PROOF = "proof"
    GROWTH = "growth"


WhatArgument = Annotated[
    What,
    typer.Argument(
        help="The bot as people meet it, the engine alone, shops, broadcasts, calls to Telegram, the proof, or the bot "
        "as its programme grows."
    ),
]
RoundsOption = Annotated[int, typer.Option(min=1, help="Number of rounds; medians are shown.")]
QuickOption = Annotated[bool, typer.Option("--quick", help="Small numbers: a check that it works, not a measurement.")]
EventsOption = Annotated[
    int, typer.Option(min=1_000, help="For the proof: how many events the journal has; every tenth one is a member.")
]
FolderOption = Annotated[
    Path,
    typer.Option(file_okay=False, exists=True, help="Folder on the disk to measure; holds the stores meanwhile."),
]
KeepOption = Annotated[
    bool, typer.Option("--keep", help="Write the figures into docs/benchmarks/, as this version's; of a checkout.")
]
MembersOption = Annotated[
    list[int] | None,
    typer.Option("--members", min=1, help="growth: number of members to grow to; may be given more than once."),
]


@dataclass(frozen=True, slots=True)
class Run:
    """Holds what is measured, how often, and what becomes of the figures."""

    what: What
    rounds: int
    quick: bool
    keep: bool
    as_json: bool

    def compared(self, figures: "list[Some]", **about: Any) -> "list[Some]":
        """Returns the figures beside those of the last release, and keeps them where that was asked for."""
        from bot.cli.benchmarks.kept import Kept, keep

        if self.quick:
            return figures
        beside = Kept.newest().beside(self.what, figures)
        if self.keep:
            file = keep(self.what, figures, {"machine": _machine(), "rounds": self.rounds, **about}, version("moaref"))
            typer.echo(f"kept in {file}", err=True)
        return beside

    def printed(self, figures: "Sequence[Figure | Comparison]", **about: Any) -> bool:
        """Prints the figures as JSON, if that was asked for. Returns whether it was."""
        from bot.cli.benchmarks.figures import as_json as plain

        if self.as_json:
            print_json({"machine": _machine(), "rounds": self.rounds, **about, "figures": plain(figures)})
        return self.as_json


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(bench)


def bench(
    what: WhatArgument = What.CHAT,
    rounds: RoundsOption = ROUNDS,
    quick: QuickOption = False,
    events: EventsOption = EVENTS,
    folder: FolderOption = Path(),
    members: MembersOption = None,
    keep: KeepOption = False,
    as_json: JsonOption = False,
) -> None:
    """Measure how fast the bot is on this machine, the engine alone or the shop API, each against a floor.

    Beside each ratio stands that of the last release, from docs/benchmarks/, and today's divided by it.

    chat: answered /balance and purchases with everybody told, by one and by 16 at once, compared to the same rows in
    one durable transaction of bare SQLite, one at a time, on the same disk; and what each costs in CPU time, commits,
    statements, reads and bytes. The bot runs in a process of its own, without rate limits; the platform that it talks
    to is as lean as a socket.

    engine: replay, recorded orders, placement, leg volumes and the close of a period, some in networks of a million;
    this takes minutes.

    shop: orders acknowledged and recorded through the purchase API on the loopback, by 1 and by 32 clients, and those
    of an imported file, compared to the same rows in bare SQLite.

    outbox: a broadcast to a million people, gathered, claimed and marked, against Telegram's rate limit. Nothing leaves
    this machine.

    transport: messages to the local Bot API server as Telegram accepts them, 30 a second, and unpaced, compared to the
    same calls by python-telegram-bot's own transport.

    proof: the proof of the books in full and since the last seal, with 1,000 new events, each in a process of its own:
    seconds and peak memory. Writing the history first takes longest.

    growth: start, memory and answers, also beside a proof and a broadcast, among 1,000, 10,000 and 100,000 members or
    as many as --members says, compared to a bot without members, and to the rows of an answer in bare SQLite.
    """
    need_demo_package("bot.cli.benchmarks", "moaref bench")
    if quick and keep:
        raise CommandError("--keep: expected without --quick, which measures nothing")
    run = Run(what, rounds, quick, keep, as_json)
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=folder.absolute()) as own:
        if what is What.ENGINE:
            _bench_engine(Path(own), run)
        elif what is What.OUTBOX:
            _bench_outbox(Path(own), run)
        elif what is What.TRANSPORT:
            _bench_transport(run)
        elif what is What.PROOF:
            _bench_proof(Path(own), 300 if quick else events, run)
        elif what is What.GROWTH:
            _bench_growth(Path(own), members, run)
        else:
            _bench_bot(Path(own), run)


def _bench_bot(own: Path, run: Run) -> None:
    from bot.cli.benchmarks.figures import as_json as plain
    from bot.cli.benchmarks.scale import Scale

    scale = Scale(run.rounds).quick() if run.quick else Scale(run.rounds)
    measured, costs = _measured(run.what, own, scale)
    figures = run.compared(measured)
    if not run.printed(figures, **({"costs": plain(costs)} if costs else {})):
        _show(figures, costs, run.rounds)


def _bench_growth(own: Path, members: list[int] | None, run: Run) -> None:
    from dataclasses import asdict, replace

    from rich.console import Console

    from bot.cli.benchmarks.engine import table_of
    from bot.cli.benchmarks.growth import measure_growth
    from bot.cli.benchmarks.scale import GrowthScale

    scale = GrowthScale(run.rounds).quick() if run.quick else GrowthScale(run.rounds)
    if members:
        scale = replace(scale, members=tuple(members))
    with Console(stderr=True).status("measuring") as status:
        figures = run.compared(asyncio.run(measure_growth(own, scale, status.update)), sizes=asdict(scale))
    if run.printed(figures, sizes=asdict(scale)):
        return
    for part in dict.fromkeys(each.part for each in figures):
        _console().print(table_of([each for each in figures if each.part == part], "bot"))
    _console().print(
        f"Medians of {run.rounds} rounds. A round asks for each answer {scale.people * scale.times} times."
    )
    _show_machine()


def _bench_engine(own: Path, run: Run) -> None:
    from dataclasses import asdict

    from rich.console import Console

    from bot.cli.benchmarks.engine import measure_engine, show_engine
    from bot.cli.benchmarks.scale import EngineScale

    scale = EngineScale(run.rounds).quick() if run.quick else EngineScale(run.rounds)
    with Console(stderr=True).status("measuring") as status:
        measured, peak = asyncio.run(measure_engine(own, scale, status.update))
    figures = run.compared(measured, sizes=asdict(scale))
    if not run.printed(figures, sizes=asdict(scale), peak_memory=peak):
        show_engine(figures, peak, scale)
        _show_machine()


def _bench_outbox(own: Path, run: Run) -> None:
    from dataclasses import asdict

    from rich.console import Console

    from bot.cli.benchmarks.engine import table_of
    from bot.cli.benchmarks.outbox import measure_outbox
    from bot.cli.benchmarks.scale import OutboxScale

    scale = OutboxScale(run.rounds).quick() if run.quick else OutboxScale(run.rounds)
    with Console(stderr=True).status("measuring") as status:
        measured, grown = asyncio.run(measure_outbox(own, scale, status.update))
    figures = run.compared(measured, sizes=asdict(scale))
    if run.printed(figures, sizes=asdict(scale), grown_memory=grown):
        return
    console = _console()
    console.print(table_of(figures, "outbox"))
    console.print(
        f"Medians of {run.rounds} rounds. {scale.people:,} people, of whom {scale.letters:,} were written to."
    )
    if grown is not None:
        console.print(f"Meanwhile the process grew by {grown / 2**20:,.1f} MiB.")
    _show_machine()


def _bench_transport(run: Run) -> None:
    from rich.console import Console

    from bot.cli.benchmarks.engine import table_of
    from bot.cli.benchmarks.scale import TransportScale
    from bot.cli.benchmarks.transport import measure_transport

    scale = TransportScale(run.rounds).quick() if run.quick else TransportScale(run.rounds)
    with Console(stderr=True).status("measuring") as status:
        figures = run.compared(asyncio.run(measure_transport(scale, status.update)))
    if run.printed(figures):
        return
    for part in dict.fromkeys(each.part for each in figures):
        _console().print(table_of([each for each in figures if each.part == part], "transport"))
    _console().print(f"Medians of {run.rounds} rounds. At 30 a second, 1 ms of CPU time a message is 3% of a core.")
    _show_machine()


def _bench_proof(own: Path, events: int, run: Run) -> None:
    from dataclasses import asdict

    from rich.console import Console

    from bot.cli.benchmarks.proof import measure_proof, table_of_proofs

    with Console(stderr=True).status("measuring") as status:
        proofs = measure_proof(own, events, run.rounds, status.update)
    if run.as_json:
        print_json({"machine": _machine(), "rounds": run.rounds, "figures": [asdict(each) for each in proofs]})
        return
    _console().print(table_of_proofs(proofs))
    _show_machine()


def _measured(what: What, folder: Path, scale: "Scale") -> tuple[list["Figure"], list["Cost"]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("measuring", total=scale.rounds if what is What.SHOP else 2 * scale.rounds)
        return asyncio.run(_measure(what, folder, scale, lambda: progress.advance(task)))


async def _measure(
    what: What, folder: Path, scale: "Scale", done: Callable[[], None]
) -> tuple[list["Figure"], list["Cost"]]:
    from bot.cli.benchmarks.books import measure_books
    from bot.cli.benchmarks.chat import measure_chat
    from bot.cli.benchmarks.figures import Samples
    from bot.cli.benchmarks.files import measure_files
    from bot.cli.benchmarks.shop import measure_shop

    samples, costs = Samples(), list["Cost"]()
    if what is What.SHOP:
        await measure_shop(folder, scale, samples, done)
        await measure_files(folder, scale, samples)
    else:
        costs = await measure_chat(folder, scale, samples, done)
        await measure_books(folder, scale, samples, done)
    return samples.figures(), costs


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "system": f"{machine.system()} {machine.machine()}",
        "python": machine.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _show(figures: list["Figure"], costs: list["Cost"], rounds: int) -> None:
    from rich.table import Table

    from bot.cli.benchmarks.kept import then_columns

    table = Table(title=f"Medians of {rounds} rounds")
    table.add_column("what", no_wrap=True)
    table.add_column("platform", no_wrap=True)
    for name in ("at once", "a second", "from – to", "floor", "ratio", "then", "now/then"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in figures:
        table.add_row(
            each.what,
            _platform_of(each),
            str(each.at_once),
            f"{each.per_second:,.0f}",
            f"{each.slowest:,.0f} – {each.fastest:,.0f}",
            f"{each.floor_per_second:,.0f}",
            f"{each.ratio:.3f}",
            *then_columns(each),
        )
    console = _console()
    console.print(table)
    if costs:
        console.print(_table_of_costs(costs))
    _show_machine()
    console.print("The floor: the rows that one such thing leaves behind, in one durable transaction, one at a time.")


def _table_of_costs(costs: list["Cost"]) -> "Table":
    from rich.table import Table

    table = Table(title="What each costs the bot's process")
    table.add_column("what", no_wrap=True)
    for name in ("at once", "CPU, ms", "commits", "statements", "reads", "bytes written"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in costs:
        counted = (f"{each.commits:.1f}", f"{each.statements:.0f}", f"{each.reads:.1f}", f"{each.bytes:,.0f}")
        table.add_row(each.what, str(each.at_once), f"{each.cpu_ms:.2f}", *counted)
    return table


def _platform_of(figure: "Figure") -> str:
    if figure.what.startswith(("engine", "shop")):
        return "none"
    return f"+{figure.delay_ms} ms a call" if figure.delay_ms else "local"


def _console() -> "Console":
    """Returns a console wide enough for every figure, so that no table is cut off."""
    from rich.console import Console

    console = Console()
    return console if console.width >= WIDTH else Console(width=WIDTH)


def _show_machine() -> None:
    about = _machine()
    _console().print(f"{about['cores']} cores, {about['system']}, Python {about['python']}, SQLite {about['sqlite']}.")
