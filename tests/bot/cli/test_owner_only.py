"""What commands create is for their owner alone, and `check` warns of files that others can read."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.playground import playground_server
from bot.playground.story import shop_tables
from engine.store.connection import connect
from running import BotProcess
from shell import shell

SOUND = """
[telegram]
token = "123456:AAFakeTokenOfATest"
admins = [1, 2]
[store]
key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
[program]
currency = "IRT"
[[ranks]]
id = "base"
commission = "20%"
"""


def export_members(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "export", "members", "--out", str(folder / "members.csv")]
    subprocess.run([*command, "--config", str(folder / "config.toml")], check=True, capture_output=True)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir() if file.is_file()}


async def test_the_store_its_log_its_lock_and_exports_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o000)  # the loosest that a shell may have
    try:
        async with playground_server() as playground:
            bot = BotProcess.prepared(playground, tmp_path, shop_tables(), cold=True)
            (tmp_path / "config.log").touch(mode=0o600)  # the shell's own
            await bot.start_and_wait()
            try:
                await asyncio.to_thread(export_members, tmp_path)
                found = modes(tmp_path)
            finally:
                bot.stop()
    finally:
        os.umask(before)
    assert {"moaref.db", "moaref.db-wal", "moaref.db-shm", "members.csv"} <= set(found)
    assert set(found.values()) == {0o600}


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_check_warns_of_a_file_of_the_store_that_others_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str, mode: int
) -> None:
    connect(tmp_path / "moaref.db").close()
    config = tmp_path / "config.toml"
    config.write_text(SOUND)
    config.chmod(0o600)
    file = tmp_path / f"moaref.db{ending}"
    file.touch(mode=0o600)
    shell("check", "--config", config, "--json")
    assert "chmod" not in capsys.readouterr().out
    file.chmod(mode)
    shell("check", "--config", config, "--json")
    told = [each for each in json.loads(capsys.readouterr().out)["warnings"] if each.startswith(f"{file}: others")]
    assert len(told) == 1
