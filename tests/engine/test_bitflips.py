"""A bit that flips in a page of the books, and changes what anybody would read there, is found by the proof."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bitflips import flip

SEED = int(os.environ.get("MOAREF_SEED", "12"))


def test_each_bit_that_changes_what_the_books_print_is_found(tmp_path: Path) -> None:
    done = flip(tmp_path, 60, SEED)
    assert (done.changed, done.missed) == (60, [])


@pytest.mark.soak
def test_each_of_thousands_of_bits_that_change_what_the_books_print_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("MOAREF_SEED", str(time.time_ns() % 1_000_000)))
    done = flip(tmp_path, 3_300, seed)
    said = f"seed {seed}: {done.flipped} bits flipped, {done.changed} changed the books, {len(done.missed)} not found"
    with capsys.disabled():
        print(said)  # noqa: T201
    assert (done.changed, done.missed) == (3_300, [])
