"""`python -m bot.playground --port N`: runs the server alone, until it is interrupted."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal

from bot.playground.server import serving


async def main(port: int) -> None:
    """Serves on `port` (0 for a free one) and prints its address, until SIGINT or SIGTERM."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, over.set)
    async with serving(port) as running:
        address = running.address
        print(f"base_url = {address.base_url}", flush=True)  # noqa: T201 (this is its output)
        print(f"base_file_url = {address.base_file_url}", flush=True)  # noqa: T201
        print(f"token = {address.token}", flush=True)  # noqa: T201
        await over.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description="A local Bot API server.")
    parser.add_argument("--port", type=int, default=0, help="port on the loopback; 0 takes a free one")
    asyncio.run(main(parser.parse_args().port))
