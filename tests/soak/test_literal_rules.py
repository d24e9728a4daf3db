"""The long run of the engine against the literal rules: MOAREF_CASES histories (50,000), from MOAREF_SEED on.

The seed is printed before it begins; with the same seed and as many cases the same histories come again.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor

import pytest

from batches import compare

CASES_IN_A_BATCH = 100
ONE_IN_A_FILE = 10  # every tenth batch goes through SQLite files
A_DAY = 86_400


def one_batch(number: int) -> tuple[int, int, str]:
    """The batch's number, how many cases it held against the rules, and how it failed, if it did."""
    try:
        return number, compare(number, CASES_IN_A_BATCH, in_file=number % ONE_IN_A_FILE == 0), ""
    except BaseException:  # noqa: BLE001  (whatever it was is to be told beside the batch's number)
        return number, 0, traceback.format_exc()


def say(line: str) -> None:
    """At once, as it is a long run."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@pytest.mark.soak
@pytest.mark.timeout(A_DAY)
def test_the_engine_says_what_the_literal_rules_say(capsys: pytest.CaptureFixture[str]) -> None:
    cases = int(os.environ.get("MOAREF_CASES", "50000"))
    seed = int(os.environ.get("MOAREF_SEED") or random.SystemRandom().randrange(10**9))
    batches = -(-cases // CASES_IN_A_BATCH)
    began, compared = time.monotonic(), 0
    with capsys.disabled():
        say(f"\n{batches * CASES_IN_A_BATCH} generated histories, MOAREF_SEED={seed}")
        fork = multiprocessing.get_context("fork")  # the workers find the tests' modules where this process did
        with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=fork) as pool:
            for number, count, failure in pool.map(one_batch, range(seed, seed + batches)):
                assert not failure, f"batch {number} of MOAREF_SEED={seed}:\n{failure}"
                compared += count
                if (number - seed + 1) % 25 == 0:
                    say(f"{compared} histories, {time.monotonic() - began:.0f} s, all alike")
        say(f"{compared} histories of MOAREF_SEED={seed} held against the literal rules: no difference")
    assert compared >= cases
