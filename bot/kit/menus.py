"""Builds the command menus: descriptions by language, the admins' own commands for admins alone."""

from collections.abc import Iterable

from bot.kit.feature import Command, Feature
from bot.kit.json import Json
from bot.kit.languages import FALLBACK, LANGUAGES, Language
from bot.kit.routes import Routes
from bot.kit.texts import Texts


def menus(features: Iterable[Feature] | Routes, texts: Texts, admins: Iterable[int]) -> list[Json]:
    """Returns the parameters of each setMyCommands call (Bot API): for all private chats and for each admin's chat.

    Each in every language, English also for clients in other languages. `admins` are Telegram ids; Telegram refuses the
    scope of a chat that was never started, which the caller must tolerate.
    """
    routes = features if isinstance(features, Routes) else Routes(features)
    listed = [command for command in routes.commands.values() if command.menu]
    members = [command for command in listed if not command.admin]
    scopes: list[tuple[Json, list[Command]]] = [({"type": "all_private_chats"}, members)]
    scopes += [({"type": "chat", "chat_id": admin}, listed) for admin in sorted(admins)]
    return [
        {"commands": _described(commands, language, texts), "scope": scope, **code}
        for scope, commands in scopes
        for language, code in _languages()
    ]


def _languages() -> list[tuple[Language, dict[str, str]]]:
    codes: list[tuple[Language, dict[str, str]]] = [(each, {"language_code": each}) for each in LANGUAGES]
    return [(FALLBACK, {}), *codes]


def _described(commands: list[Command], language: Language, texts: Texts) -> list[dict[str, str]]:
    return [{"command": each.name, "description": texts.plain(language, f"command-{each.name}")} for each in commands]
