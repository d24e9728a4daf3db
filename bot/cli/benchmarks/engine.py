"""Runs `moaref bench engine`: the engine alone, part by part, and its table."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bot.cli.benchmarks.closes import NETWORKS, CloseNetwork, measure_closes
from bot.cli.benchmarks.figures import Comparison, Comparisons
from bot.cli.benchmarks.histories import measure_replay
from bot.cli.benchmarks.joins import measure_joins
from bot.cli.benchmarks.kept import then_columns
from bot.cli.benchmarks.placing import measure_placement
from bot.cli.benchmarks.recording import measure_recording
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.stored_closes import measure_stored_closes

WIDTH: Final = 120
"""Columns of a console that is wide enough for every table."""


async def measure_engine(
    folder: Path, scale: EngineScale, tell: Callable[[str], None]
) -> tuple[list[Comparison], int | None]:
    """Returns all figures, and the peak memory of a stored close in bytes; `tell` gets the name of each part."""
    comparisons = Comparisons()
    peak = await asyncio.to_thread(_measure_closes, folder, scale, comparisons, tell)
    tell("replay")
    measure_replay(scale, comparisons)
    tell("orders")
    await measure_recording(folder, scale, comparisons)
    tell("joins")
    await measure_joins(folder, scale, comparisons)
    measure_placement(folder, scale, comparisons, tell)
    return comparisons.figures(), peak


def _measure_closes(
    folder: Path, scale: EngineScale, comparisons: Comparisons, tell: Callable[[str], None]
) -> int | None:
    peaks = []
    for sponsors in NETWORKS:
        tell(f"growing a network to close, {sponsors}")
        network = CloseNetwork.grown(scale.closed, sponsors)
        tell(f"close, {sponsors}")
        measure_closes(network, sponsors, scale, comparisons)
        tell(f"stored close, {sponsors}")
        peaks.append(measure_stored_closes(folder, network, sponsors, scale, comparisons))
    return max((peak for peak in peaks if peak is not None), default=None)


def show_engine(figures: list[Comparison], peak: int | None, scale: EngineScale) -> None:
    """Prints a table for each part, and the sizes measured."""
    console = Console() if Console().width >= WIDTH else Console(width=WIDTH)
    for part in dict.fromkeys(each.part for each in figures):
        console.print(table_of([each for each in figures if each.part == part]))
    console.print(
        f"Medians of {scale.rounds} rounds. A history of {scale.lines:,} lines; networks of {scale.network:,} members,"
        f" volume at a tenth of them; chains of {scale.lookups} look-ups."
    )
    console.print("The ratio is the engine's number by the floor's: higher is better for orders, lower for all else.")
    console.print(
        "What placing adds to a stored join is what a join takes longer than the same one under a plan without places."
        " A newcomer's place is found in memory and is a part of the row that the join writes anyway."
    )
    if peak is not None:
        console.print(f"Peak memory of a process that closes a stored period: {peak / 2**20:,.0f} MiB.")


def table_of(figures: list[Comparison], ours: str = "engine") -> Table:
    """Returns the table of one part, with its unit and floor; `ours` names the measured side."""
    of_all = figures[0]
    table = Table(
        title=f"{of_all.part}, {of_all.unit}", caption=f"floor: {of_all.floor_is}", title_justify="left", min_width=78
    )
    table.add_column("what", no_wrap=True, ratio=1)
    for name in (ours, "from – to", "floor", "ratio", "then", "now/then"):
        table.add_column(name, justify="right", no_wrap=True, min_width=5)
    for each in figures:
        spread = f"{each.lowest:,.1f} – {each.highest:,.1f}"
        table.add_row(
            each.what, f"{each.ours:,.1f}", spread, f"{each.floor:,.1f}", f"{each.ratio:,.2f}", *then_columns(each)
        )
    return table
