"""Summarises a run of mutation testing, at the end of `make mutants`. Exit status 1 where too many survived."""

from __future__ import annotations

import json
import sys
from pathlib import Path

WANTED_PERCENT = 90


def verdict(stats: dict[str, int]) -> tuple[bool, str]:
    """Returns whether enough mutants were killed, and a sentence about it. Timeouts count as killed."""
    noticed = stats["killed"] + stats["timeout"] + stats["segfault"]
    enough = noticed * 100 >= stats["total"] * WANTED_PERCENT > 0
    share = noticed * 100 / max(1, stats["total"])
    return enough, f"{noticed} of {stats['total']} changes were noticed: {share:.1f}%, wanted {WANTED_PERCENT}%"


if __name__ == "__main__":
    good, sentence = verdict(json.loads(Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8")))
    sys.stdout.write(sentence + "\n")
    sys.exit(not good)
