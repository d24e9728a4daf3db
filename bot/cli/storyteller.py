"""Prints the story in a terminal: speakers on the left, messages on the right, buttons in brackets."""

from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from bot.kit.bidi import strip_controls
from bot.kit.formatting import Code, Count, Text
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.playground.story import CAST, StoryWords, Utterance
from engine.verify.ledger import Verdict

COLOURS = ("green", "magenta", "blue", "yellow", "red")


class Storyteller:
    """Prints the story to standard output, without bidi controls, because terminals order text themselves."""

    def __init__(self, language: Language) -> None:
        self._console = Console(highlight=False)
        self._words = StoryWords(language, Texts(LOCALE))
        names = [self._words.line(f"name-{who}") for who in CAST]
        self._colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)}
        self._width = max(len(self._to(name)) for name in names)
        self._console.print(Styled(self._words.line("title"), style="bold"))

    def begin(self, number: int, title: str) -> None:
        """Prints the title of a step."""
        figure = strip_controls(self._words.line("number", number=Count(number)))
        self._console.print()
        self._console.print(Rule(Styled(f"{figure} {title}", style="bold"), align="left", style="dim"))

    def tell(self, utterance: Utterance) -> None:
        """Prints one message or action of the story."""
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=self._width, no_wrap=True)
        grid.add_column(overflow="fold")
        if utterance.to:
            grid.add_row(Styled(self._to(utterance.to), style="dim"), self._said_by_bot(utterance))
        else:
            name = Styled(utterance.speaker, style=f"bold {self._colours.get(utterance.speaker, '')}")
            grid.add_row(name, Styled(utterance.text, style="bold"))
        self._console.print(grid)

    def proved(self, verdict: Verdict) -> None:
        """Prints the end: every step succeeded, and the ledger was verified."""
        counts = {name: Count(getattr(verdict, name)) for name in ("events", "transfers", "members")}
        self._console.print()
        self._console.print(Rule(style="dim"))
        self._say("came-right", style="bold green")
        self._console.print(Styled(strip_controls(self._words.line("proved", **counts)), style="bold green"))

    def say_farewell(self, kept: Path | None) -> None:
        """Prints what to try next, and the store's path when it was kept."""
        if kept is not None:
            self._console.print(
                Styled(strip_controls(self._words.line("kept", url=Code(f"sqlite:///{kept}")))), soft_wrap=True
            )
        self._say("next")

    def _said_by_bot(self, utterance: Utterance) -> Styled:
        marks = "".join(f"({self._words.line(mark)}) " for mark in utterance.marks)
        said = Styled.assemble((marks, "dim"), utterance.text)
        for row in utterance.buttons:
            said.append("\n" + " ".join(f"[{label}]" for label in row), style="cyan")
        return said

    def _to(self, name: str) -> str:
        return strip_controls(self._words.line("bot-to", name=Text(name)))

    def _say(self, id: str, style: str = "") -> None:
        self._console.print(Styled(self._words.line(id), style=style))
