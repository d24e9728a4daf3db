"""Is the process of a proof: `python -m engine.verify.worker` reads one line of JSON and prints a verdict.

It gives way to everybody else before it does anything, and ends when whoever began it does.
"""

import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from engine.verify.pace import Pace, give_way


def main() -> None:
    """Answers one request on standard input."""
    give_way()
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to the whole process group: the bot ends us itself
        signal.signal(number, signal.SIG_IGN)
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    from engine.vault import Vault
    from engine.verify.proof import prove_books

    vault = Vault([asked["key"]]) if asked["key"] else None
    verdict = prove_books(Path(asked["path"]), vault, asked["now"], Pace())
    print(json.dumps(asdict(verdict)), flush=True)  # noqa: T201


def _end_with_the_bot() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
