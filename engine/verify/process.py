"""Runs verification in a separate process, so that a slow, hungry or crashed one cannot harm the bot.

A proof that is killed, takes too long or says nothing is one that has failed. `python -m engine.verify.process` is the
process; it reads one line of JSON, and ends when whoever began it does.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final, Protocol

from engine.vault import Vault
from engine.verify.ledger import Verdict, verify_file

BOUND_S: Final = 1800
"""The longest a verification may take, in seconds; a longer one has failed."""


class Prove(Protocol):
    """A way to verify the books in a file."""

    async def __call__(self, path: Path, key: str, /) -> Verdict: ...


async def prove(path: Path, key: str, *, bound_s: float = BOUND_S) -> Verdict:
    """Returns the verdict on a store's file, with its key if there is one. Never raises; cancelling it ends the
    process.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "engine.verify.process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as problem:
        return Verdict.failed(f"it could not begin: {problem}")
    try:
        async with asyncio.timeout(bound_s):
            return await _asked(process, path, key)
    except TimeoutError:
        return Verdict.failed(f"it took longer than {bound_s:g} s")
    except Exception as problem:  # noqa: BLE001 - an unreadable answer counts as failed
        return Verdict.failed(f"{type(problem).__name__}: {problem}")
    finally:
        process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001 - kills the child, too
        await process.wait()


async def _asked(process: asyncio.subprocess.Process, path: Path, key: str) -> Verdict:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"path": str(path), "key": key}).encode() + b"\n")
    with suppress(ConnectionError):
        await process.stdin.drain()
    said = await process.stdout.read()
    process.stdin.close()
    status = await process.wait()
    if status < 0:
        return Verdict.failed(f"it was ended by {signal.Signals(-status).name}")
    if status > 0:
        return Verdict.failed(f"its process ended with status {status}")
    verdict = json.loads(said)
    return Verdict(verdict["events"], verdict["transfers"], verdict["members"], tuple(verdict["problems"]))


def main() -> None:
    """Answers one request on standard input."""
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to the whole process group: the bot ends us itself
        signal.signal(number, signal.SIG_IGN)
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    vault = Vault([asked["key"]]) if asked["key"] else None
    print(json.dumps(asdict(verify_file(Path(asked["path"]), vault))), flush=True)  # noqa: T201


def _end_with_the_bot() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
