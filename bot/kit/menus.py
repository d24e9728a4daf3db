"""Builds the command menus: descriptions by language, the admins' own commands for admins alone."""

from collections.abc import Collection, Iterable

from bot.kit.feature import Command, Feature
from bot.kit.json import Json
from bot.kit.languages import FALLBACK, LANGUAGES, Language
from bot.kit.routes import Routes
from bot.kit.texts import Texts


def menus(
    features: Iterable[Feature] | Routes, texts: Texts, admins: Iterable[int], owners: Collection[int] = frozenset()
) -> list[Json]:
    """Returns the parameters of each setMyCommands call (Bot API): for all private chats and for each admin's chat.

    Each in every language, English also for clients in other languages. `admins` are Telegram ids, `owners` those of
    them who see the owners' commands; Telegram refuses the scope of a chat that was never started, which the caller
    must tolerate.
    """
    routes = features if isinstance(features, Routes) else Routes(features)
    members = [command for command in _listed(routes) if not command.admin]
    own = [menu for admin in sorted(admins) for menu in admin_menus(routes, texts, admin, is_owner=admin in owners)]
    return _in_each_language({"type": "all_private_chats"}, members, texts) + own


def admin_menus(routes: Routes, texts: Texts, admin: int, *, is_owner: bool) -> list[Json]:
    """Returns the parameters of setMyCommands for one admin's chat."""
    commands = [command for command in _listed(routes) if is_owner or not command.owner]
    return _in_each_language(_of_chat(admin), commands, texts)


def no_menus(chat_id: int) -> list[Json]:
    """Returns the parameters of deleteMyCommands for a chat whose person is no admin any more."""
    return [{"scope": _of_chat(chat_id), **code} for _, code in _languages()]


def _of_chat(chat_id: int) -> Json:
    return {"type": "chat", "chat_id": chat_id}


def _listed(routes: Routes) -> list[Command]:
    return [command for command in routes.commands.values() if command.menu]


def _in_each_language(scope: Json, commands: list[Command], texts: Texts) -> list[Json]:
    return [
        {"commands": _described(commands, language, texts), "scope": scope, **code} for language, code in _languages()
    ]


def _languages() -> list[tuple[Language, dict[str, str]]]:
    codes: list[tuple[Language, dict[str, str]]] = [(each, {"language_code": each}) for each in LANGUAGES]
    return [(FALLBACK, {}), *codes]


def _described(commands: list[Command], language: Language, texts: Texts) -> list[dict[str, str]]:
    return [{"command": each.name, "description": texts.plain(language, f"command-{each.name}")} for each in commands]
