"""`moaref demo`: tries the programme, on a page with three phones or as a story in the terminal."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.frame import need_demo_package

PORT = 8765


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(demo)


def demo(
    lang: Annotated[
        Literal["en", "fa"] | None, typer.Option("--lang", help="The language; the browser's, if not given.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="PATH", help="Keep the stores in this folder; a story's in a file.")
    ] = None,
    script: Annotated[bool, typer.Option("--script", help="Play the story in the terminal.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; beyond the loopback, a key in the address is needed.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help=f"The port; {PORT} or a free one, if not given.")
    ] = None,
) -> None:
    """Try the whole bot on three phones in a browser. Needs no token and no network; Ctrl-C ends it.

    With --script, play a day of the programme in the terminal. Exit status 0 when every step succeeded and the ledger
    is verified, 1 with the failed step.
    """
    need_demo_package("bot.playground", "moaref demo")
    if script:
        from bot.cli.demo_script import play_in_terminal
        from bot.kit.languages import FALLBACK

        play_in_terminal(lang or FALLBACK, keep)
    else:
        from bot.cli.demo_page import ListenAddress, show_page

        show_page(lang, ListenAddress(host, port, PORT), keep=keep, browser=browser)
