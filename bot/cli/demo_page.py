"""`moaref demo`: serves the page with three phones until it is interrupted."""

import asyncio
import os
import secrets
import signal
import sys
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.frame import CommandError

if TYPE_CHECKING:
    from bot.kit.languages import Language
    from bot.playground.host import Host, Site

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Holds the address to listen on.

    A requested `port` must be free; without one, `usual` or any free port is used.
    """

    host: str
    port: int | None
    usual: int

    @property
    def ports(self) -> tuple[int, ...]:
        """Returns the ports to try."""
        return (self.usual, 0) if self.port is None else (self.port,)


def show_page(language: "Language | None", place: ListenAddress, *, keep: Path | None, browser: bool) -> None:
    """Serves the page until Ctrl-C or SIGTERM, then deletes everything that is not kept.

    `language` None leaves it to the browser. `keep` is a folder, new or empty. Raises CommandError.
    """
    from bot.kit.languages import FALLBACK
    from bot.runtime.logging_setup import set_up_logs

    set_up_logs(level="error", style="console", secrets=[], stream=sys.stderr)
    with _folder(keep) as folder:
        try:
            asyncio.run(_serve(language, place, folder, kept=keep is not None, browser=browser))
        except OSError as problem:
            raise CommandError(f"{place.host}: {problem.strerror or problem}") from None
    if keep is not None:
        for store in sorted(folder.glob("*.db")):
            _say(language or FALLBACK, "kept", url=f"sqlite:///{store}")


def _say(language: "Language", id: str, **addresses: str) -> None:
    """Prints one of the story's lines, without bidi controls, because terminals order text themselves."""
    from bot.kit.bidi import strip_controls
    from bot.kit.formatting import Code
    from bot.playground.story.words import story_texts

    line = story_texts().plain(language, id, **{name: Code(address) for name, address in addresses.items()})
    typer.echo(strip_controls(line))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Yields the folder of the stores: a temporary one, or the requested one."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="moaref-demo-") as folder:
            yield Path(folder)
        return
    try:
        keep.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CommandError(f"{keep}: {problem.strerror}") from None
    if any(keep.iterdir()):
        raise CommandError(f"{keep}: is not empty; the demo needs a folder of its own")
    yield keep.absolute()


async def _serve(language: "Language | None", place: ListenAddress, folder: Path, *, kept: bool, browser: bool) -> None:
    from bot.cli.demo_bot import launch
    from bot.kit.languages import FALLBACK
    from bot.playground.host import Host

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with _open(Host(launch, folder, language, kept=kept), place) as site:
        _say(language or FALLBACK, "page-open", url=site.url)
        _say(language or FALLBACK, "page-end")
        sys.stdout.flush()
        if browser and has_display(os.environ, sys.platform):
            threading.Thread(target=webbrowser.open, args=(site.url,), daemon=True).start()
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({site.opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if site.opening.done():
            site.opening.result()
        await stopping


@asynccontextmanager
async def _open(host: "Host", place: ListenAddress) -> AsyncIterator["Site"]:
    """Opens the site at the first free port."""
    from bot.playground.host import is_loopback, open_site

    key = None if is_loopback(place.host) else secrets.token_urlsafe(16)
    *tries, last = place.ports
    for port in tries:
        if _is_free(place.host, port):
            last = port
            break
    async with open_site(host, address=place.host, port=last, key=key) as site:
        yield site


def _is_free(host: str, port: int) -> bool:
    import socket

    family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError:
            return False
    return True


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Returns whether a browser would open in a window, not in the demo's own terminal."""
    return platform in {"darwin", "win32"} or any(environ.get(name) for name in DISPLAYS)
