"""Handles /language: Persian or English, effective at once."""

from dataclasses import dataclass
from typing import Literal

from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on, on_plain
from handlers.chat.buttons import OpenLanguage, back_home
from handlers.chat.start import show_home


@dataclass(frozen=True)
class ChooseLanguage(Button, prefix="speak"):
    """Chooses a language."""

    language: Literal["fa", "en"]


async def ask_language(ctx: Context) -> None:
    """Asks for the language; each is named in itself."""
    choices = [
        Press("button-persian", ChooseLanguage("fa")),
        Press("button-english", ChooseLanguage("en")),
    ]
    ctx.say("language-ask", rows=[choices, back_home()])


async def choose(ctx: Context, button: ChooseLanguage) -> None:
    """The home card in the new language is the answer."""
    ctx.speak(button.language)
    ctx.toast("toast-language-chosen")
    await show_home(ctx)


FEATURE = Feature(
    "language",
    commands=(Command("language", ask_language),),
    buttons=(on_plain(OpenLanguage, ask_language), on(ChooseLanguage, choose)),
)
