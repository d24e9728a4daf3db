"""What a run of mutation testing came to; the end of `make mutants`. Exit status 1 where too much survived."""

from __future__ import annotations

import json
import sys
from pathlib import Path

WANTED_PERCENT = 90


def verdict(stats: dict[str, int]) -> tuple[bool, str]:
    """Whether enough was noticed, and the sentence that says so. What ran for ever counts as noticed."""
    noticed = stats["killed"] + stats["timeout"] + stats["segfault"]
    enough = noticed * 100 >= stats["total"] * WANTED_PERCENT > 0
    share = noticed * 100 / max(1, stats["total"])
    return enough, f"{noticed} of {stats['total']} changes were noticed: {share:.1f}%, wanted {WANTED_PERCENT}%"


if __name__ == "__main__":
    good, sentence = verdict(json.loads(Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8")))
    sys.stdout.write(sentence + "\n")
    sys.exit(not good)
