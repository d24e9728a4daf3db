"""`moaref demo --script`: plays a day of the programme in the terminal, with the real bot on a local Bot API server."""

import asyncio
import signal
import sys
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.frame import CommandError
from engine.errors import MoarefError
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from bot.kit.languages import Language
    from bot.playground import Playground
    from bot.playground.story import Narrator
    from engine.verify.ledger import Verdict

FILE_NAME = "demo.db"


def play_in_terminal(lang: "Language", keep: Path | None) -> None:
    """Plays the story; `keep` is the file for its store. Raises CommandError with the failed step."""
    from bot.cli.storyteller import Storyteller
    from bot.playground.story import StoryFailed
    from bot.runtime.logging_setup import set_up_logs

    set_up_logs(level="error", style="console", secrets=[], stream=sys.stderr)
    try:
        with _place(keep) as database:
            teller = Storyteller(lang)
            teller.proved(asyncio.run(_stoppable(_perform(lang, database, teller))))
            teller.say_farewell(kept=database if keep else None)
    except StoryFailed as failure:
        raise CommandError(f"this step went wrong: {failure.title}", failure.problem) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise CommandError("stopped") from None
    except (MoarefError, OSError, DriverError) as problem:
        raise problem if isinstance(problem, CommandError) else CommandError(str(problem)) from None


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    """Yields the store's path: a temporary one, or the requested file, which must be new."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="moaref-demo-") as folder:
            yield Path(folder) / FILE_NAME
    elif keep.exists():
        raise CommandError(f"{keep}: exists already; the story needs a store of its own")
    else:
        yield keep.absolute()


async def _stoppable(performance: "Coroutine[Any, Any, Verdict]") -> "Verdict":
    """Runs the story and ends it in order on SIGTERM too; asyncio itself handles Ctrl-C."""
    task = asyncio.ensure_future(performance)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        return await task
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


async def _perform(language: "Language", database: Path, narrator: "Narrator") -> "Verdict":
    """Plays the story and verifies its ledger. Raises StoryFailed, and CommandError for violations."""
    from bot.cli.demo_bot import demo_config, running_bot
    from bot.kit.texts import LOCALE, Texts
    from bot.playground import playground_server
    from bot.playground.story import Stage, play, shop_tables
    from bot.runtime.clock import SystemClock
    from engine.verify.ledger import verify_file

    async with playground_server() as playground:
        stage = Stage(playground, language, Texts(LOCALE))
        quiet = {"notify": {"digest": "off", "gather_seconds": 0}}  # no messages besides the story's
        config = demo_config(playground.address, database, {**shop_tables(), **quiet})
        async with running_bot(config, SystemClock()) as (_, running):
            await _unless_ended(running, play(stage, narrator))
        await _see_that_the_contract_was_kept(playground)
    verdict = await asyncio.to_thread(verify_file, database)
    if not verdict.holds:
        raise CommandError("the books are not right", *verdict.problems)
    return verdict


async def _unless_ended(running: "asyncio.Future[None]", story: Coroutine[Any, Any, None]) -> None:
    """Plays the story; a failure of the bot ends it with the bot's error."""
    playing = asyncio.ensure_future(story)
    try:
        await asyncio.wait({running, playing}, return_when=asyncio.FIRST_COMPLETED)
        await (playing if playing.done() else running)
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)


async def _see_that_the_contract_was_kept(playground: "Playground") -> None:
    violations = await playground.violations()
    if violations:
        told = [f"{each['method']}: {each['problem']}" for each in violations]
        raise CommandError("calls violated the Bot API's contract", *told)
