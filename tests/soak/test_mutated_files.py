"""The long run of files that spreadsheets have been at: MOAREF_CASES files (5,000), from MOAREF_SEED on.

The seed is printed before it begins; with the same seed and as many cases the same files come again.
"""

import os
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from mutated_files import compare

A_DAY = 86_400


@pytest.mark.soak
@pytest.mark.timeout(A_DAY)
def test_a_mutated_file_is_read_as_it_was_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = int(os.environ.get("MOAREF_CASES", "5000"))
    seed = int(os.environ.get("MOAREF_SEED") or random.SystemRandom().randrange(10**9))
    with capsys.disabled():
        sys.stdout.write(f"\n{cases} mutated files, MOAREF_SEED={seed}\n")
        ends = Counter(compare(tmp_path, each) for each in range(seed, seed + cases))
        sys.stdout.write(f"{cases} files of MOAREF_SEED={seed}: {dict(ends)}, none read otherwise than it was\n")
    assert ends["read"] > cases / 4
    assert ends["refused"] > 0
    assert ends["in part"] > 0
