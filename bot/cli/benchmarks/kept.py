"""Keeps the figures of each release in the repository, and puts them beside those of today.

What is compared is the ratio to the floor, which was measured in the same run: a release's figures come from another
machine, or from the same one under another load.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.cli.benchmarks.figures import Comparison, Figure

FOLDER: Final = Path(__file__).parents[3] / "docs" / "benchmarks"
"""Of a checkout; an installed demo has none, and compares nothing."""

Some = TypeVar("Some", Figure, Comparison)


@dataclass(frozen=True, slots=True)
class Kept:
    """Holds the ratios of a release by benchmark and by what was measured; `version` is None where none is kept."""

    version: str | None
    ratios: Mapping[str, Mapping[str, float]]

    @classmethod
    def newest(cls, folder: Path = FOLDER) -> "Kept":
        """Reads the newest release of a folder."""
        files = sorted(folder.glob("*.json"), key=lambda file: _order(file.stem))
        if not files:
            return cls(None, {})
        parts = json.loads(files[-1].read_text(encoding="utf-8"))["benchmarks"]
        ratios = {name: {each["what"]: each["ratio"] for each in part["figures"]} for name, part in parts.items()}
        return cls(files[-1].stem, ratios)

    def beside(self, benchmark: str, figures: Sequence[Some]) -> list[Some]:
        """Returns the figures with the release's ratios; what it had not measured is left without."""
        ratios = self.ratios.get(benchmark, {})
        return [replace(each, then=ratios.get(name_of(each))) for each in figures]


def name_of(figure: Figure | Comparison) -> str:
    """Returns what was measured, in full."""
    if isinstance(figure, Figure):
        return f"{figure.what}, {figure.at_once} at once, {figure.delay_ms} ms a call"
    return f"{figure.part}: {figure.what}, {figure.unit}"


def keep(
    benchmark: str,
    figures: Sequence[Figure | Comparison],
    about: Mapping[str, Any],
    version: str,
    folder: Path = FOLDER,
) -> Path:
    """Writes the figures as those of a version, beside its other benchmarks. Returns the file."""
    file = folder / f"{version}.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"benchmarks": {}}
    known["benchmarks"][benchmark] = {**about, "figures": [_row(each) for each in figures]}
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def _row(figure: Figure | Comparison) -> dict[str, Any]:
    if isinstance(figure, Figure):
        values = {"unit": "a second", "ours": figure.per_second, "floor": figure.floor_per_second}
    else:
        values = {"unit": figure.unit, "ours": figure.ours, "floor": figure.floor}
    return {"what": name_of(figure), **values, "ratio": figure.ratio}


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else -1 for part in version.split("."))


def then_columns(figure: Figure | Comparison) -> tuple[str, str]:
    """Returns the release's ratio, and today's divided by it, as cells of a table."""
    if not figure.then:
        return "–", "–"
    return f"{figure.then:,.2f}", f"{figure.ratio / figure.then:,.2f}"
