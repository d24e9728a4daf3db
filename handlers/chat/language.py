"""Handles /language: one of the table's, effective at once."""

from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on, on_plain
from bot.kit.formatting import OwnName
from bot.kit.home_button import back_home
from bot.kit.languages import LANGUAGES, Language
from bot.kit.pagination import in_rows
from handlers.chat.buttons import OpenLanguage
from handlers.chat.home import show_home

_BUTTONS_A_ROW: Final = 3


@dataclass(frozen=True)
class ChooseLanguage(Button, prefix="speak"):
    """Chooses a language."""

    language: Language


async def ask_language(ctx: Context) -> None:
    """Asks for the language; each is named in itself."""
    choices = [Press("button-speak", ChooseLanguage(each), language=OwnName(each)) for each in LANGUAGES]
    ctx.say("language-ask", rows=[*in_rows(choices, _BUTTONS_A_ROW), back_home()])


async def choose(ctx: Context, button: ChooseLanguage) -> None:
    """Sets the language, and answers with the home card in it."""
    ctx.speak(button.language)
    ctx.toast("toast-language-chosen")
    await show_home(ctx)


FEATURE = Feature(
    "language",
    commands=(Command("language", ask_language),),
    buttons=(on_plain(OpenLanguage, ask_language), on(ChooseLanguage, choose)),
)
