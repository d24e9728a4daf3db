"""Generates cases in batches that a number reproduces. Examples of one run resemble each other: several show more.

To draw a history takes twenty times as long as most checks of it. So all tests share the batches, and what fails is
drawn once more, to be made small. Batches are kept in `.hypothesis` for other processes, until what draws them changes.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import hypothesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

import histories
import valid_programmes
from histories import ALL_KINDS, cases
from literal import replay
from stores import replayed_in_memory, replayed_in_sqlite

Case = tuple[dict[str, Any], list[dict[str, Any]]]

BATCH = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


BATCHES: Final = 8
"""Number of batches that tests share, by the numbers from 0 on; tests/test_histories.py shows what occurs in them."""

EXAMPLES: Final = 50
"""Number of examples in a shared batch."""


KEPT: Final = Path(__file__).parents[2] / ".hypothesis" / "batches"


def run_batch(check: Callable[[Any], None], strategy: SearchStrategy[Any], number: int, examples: int) -> None:
    """Calls `check` with generated examples; the same number reproduces them. Raises the errors of `check`.

    Up to EXAMPLES are the last ones of the shared batch, as a run begins with its simplest. More are drawn for this
    check alone.
    """
    if examples > EXAMPLES:
        _draw(check, strategy, number, examples)
        return
    for example in _shared(strategy, number)[-examples:]:
        try:
            check(deepcopy(example))
        except Exception:
            _draw(check, strategy, number, EXAMPLES)  # raises the smallest example's error
            raise


@lru_cache(maxsize=32)
def _shared(strategy: SearchStrategy[Any], number: int) -> list[Any]:
    file = KEPT / f"{_drawn_by(repr(strategy), number)}.json"
    with suppress(OSError, ValueError):
        return [tuple(each) for each in json.loads(file.read_text(encoding="utf-8"))]
    drawn: list[Any] = []
    _draw(drawn.append, strategy, number, EXAMPLES)
    _keep(file, drawn)
    return drawn


def _drawn_by(strategy: str, number: int) -> str:
    """Returns a digest of all that a batch depends on."""
    sources = [inspect.getsource(module) for module in (histories, valid_programmes)]
    return sha256(
        "\n".join((strategy, str(number), hypothesis.__version__, sys.version, *sources)).encode()
    ).hexdigest()


def _keep(file: Path, drawn: list[Any]) -> None:
    """Writes a batch that JSON keeps as it is; another process may be writing the same one."""
    content = json.dumps(drawn)
    if [tuple(each) for each in json.loads(content)] != drawn:
        return
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        own = file.with_suffix(f".{os.getpid()}")
        own.write_text(content, encoding="utf-8")
        own.replace(file)


def _draw(check: Callable[[Any], None], strategy: SearchStrategy[Any], number: int, examples: int) -> None:
    """Calls `check` with new examples, and makes small what fails."""

    def each(example: Any) -> None:
        check(example)

    seed(number)(settings(BATCH, max_examples=examples)(given(strategy)(each)))()


def memory_says_what_the_rules_say(case: Case) -> None:
    """Compares the engine in memory with the literal implementation, to the last field."""
    assert replayed_in_memory(*case) == replay(*case)


def a_file_says_what_the_rules_say(case: Case) -> None:
    """Compares the engine on a SQLite file with the literal implementation, to the last field."""
    with tempfile.TemporaryDirectory() as folder:
        assert replayed_in_sqlite(Path(folder) / "case.db", *case) == replay(*case)


def compare(number: int, examples: int, *, in_file: bool, kinds: Sequence[str] = ALL_KINDS) -> int:
    """Compares one batch of generated programmes and histories with the literal rules; returns its size."""
    compared = 0

    def check(case: Case) -> None:
        nonlocal compared
        compared += 1
        (a_file_says_what_the_rules_say if in_file else memory_says_what_the_rules_say)(case)

    run_batch(check, cases(kinds), number, examples)
    return compared
