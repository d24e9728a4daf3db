"""A reader beside the writer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engine.store.connection import connect

FORGETFUL = """
import asyncio, sys
from engine.store.reader import Reader

async def forget():
    reader = await Reader.open(sys.argv[1])
    print(len(await reader.fetch("SELECT 1")))

asyncio.run(forget())
"""


def test_a_reader_that_nobody_closes_does_not_keep_the_process_from_ending(tmp_path: Path) -> None:
    connect(tmp_path / "x.db").close()
    command = [sys.executable, "-c", FORGETFUL, str(tmp_path / "x.db")]
    ended = subprocess.run(command, capture_output=True, timeout=20, check=True)
    assert ended.stdout.strip() == b"1"
