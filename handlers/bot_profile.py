"""Words the bot's own profile: the operator's texts, and what the programme in force pays where they wrote none."""

from typing import Final

from bot.kit.bot_profile import LENGTHS_MAX, Field, OwnProfile, ProfileText
from bot.kit.formatting import Argument, Choice, Money, Percent, Text
from bot.kit.languages import FALLBACK, LANGUAGES, Language
from bot.kit.truncate import cut_plain
from handlers.notices.renderer import NoticeRenderer

COMMANDS: Final = ProfileText("menu_button", "", "commands", is_own=False)
"""The button beside the text field opens the list of commands."""


def profile_texts(renderer: NoticeRenderer) -> list[ProfileText]:
    """Returns all texts, each also for clients in languages that the bot does not speak.

    A name is only ever the operator's: @BotFather asked them for one.
    """
    spoken: list[tuple[str, Language]] = [("", FALLBACK), *((each, each) for each in LANGUAGES)]
    texts = [text for code, language in spoken for text in _in_language(code, language, renderer)]
    return [*texts, COMMANDS]


def _in_language(code: str, language: Language, renderer: NoticeRenderer) -> list[ProfileText]:
    own = renderer.bot.profile.get(language, OwnProfile())
    shop, pays = Text(renderer.bot.texts[language].name), _pays(renderer)
    whole = renderer.texts.plain(language, "profile-description", shop=shop, **pays)
    short = renderer.texts.plain(language, "profile-short-description", **pays)
    return [
        *([ProfileText("name", code, own.name, is_own=True)] if own.name else []),
        _described("description", code, own.description, whole),
        _described("short_description", code, own.short_description, short),
    ]


def _described(field: Field, code: str, configured: str, worked_out: str) -> ProfileText:
    if configured:
        return ProfileText(field, code, configured, is_own=True)
    return ProfileText(field, code, cut_plain(worked_out, LENGTHS_MAX[field]), is_own=False)


def _pays(renderer: NoticeRenderer) -> dict[str, Argument]:
    """Returns what a new member earns on a friend's order: all of the rate, or less where those above have a part."""
    programme = renderer.engine.programme
    commission = programme.ranks[0].commission
    shared = programme.plan.depth > 0 and programme.plan.seller_funds
    if commission.each:
        return {"part": Choice("each"), "rate": Money(int(commission.text), renderer.bot.currency)}
    return {"part": Choice("most" if shared else "all"), "rate": Percent(commission.text)}
