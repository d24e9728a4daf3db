"""Runs verification in a separate process, so that a slow, hungry or crashed one cannot harm the bot.

A proof that is killed, takes too long or says nothing is one that has failed. The process is `engine/verify/worker.py`.
"""

import asyncio
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from engine.verify.ledger import Verdict

BOUND_S: Final = 7200
"""The longest a verification may take, in seconds; a longer one has failed."""


async def prove(path: Path, key: str, *, now: int, bound_s: float = BOUND_S) -> Verdict:
    """Returns the verdict on a store's file at `now` (ms, UTC), with its key if there is one: since the last proven
    seal, or in full where that is due. Never raises; cancelling it ends the process.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "engine.verify.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as problem:
        return Verdict.failed(f"it could not begin: {problem}")
    try:
        async with asyncio.timeout(bound_s):
            return await _asked(process, {"path": str(path), "key": key, "now": now})
    except TimeoutError:
        return Verdict.failed(f"it took longer than {bound_s:g} s")
    except Exception as problem:  # noqa: BLE001 - an unreadable answer counts as failed
        return Verdict.failed(f"{type(problem).__name__}: {problem}")
    finally:
        process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001 - kills the child, too
        await process.wait()


async def _asked(process: asyncio.subprocess.Process, request: dict[str, Any]) -> Verdict:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request).encode() + b"\n")
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
    return Verdict(**verdict | {"problems": tuple(verdict["problems"])})
