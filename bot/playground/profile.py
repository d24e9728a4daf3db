"""Holds the bot's own texts: names, descriptions, commands by scope and language, menu buttons."""

from __future__ import annotations

from collections import defaultdict

from bot.kit.json import Json

Scope = tuple[str, ...]

DEFAULT: Scope = ("default",)


def scope_of(scope: Json | None) -> Scope:
    """Returns a `BotCommandScope` as a key: its type, chat and person; the default where there is none."""
    if scope is None:
        return DEFAULT
    return (scope["type"], *(str(scope[key]) for key in ("chat_id", "user_id") if key in scope))


class Profile:
    """Holds the bot's own texts, by language (empty for all) and, for commands, by scope."""

    def __init__(self, name: str) -> None:
        self.commands: dict[tuple[Scope, str], list[Json]] = {}
        self.texts: dict[str, dict[str, str]] = defaultdict(dict)
        self.texts["name"][""] = name
        self.menu_buttons: dict[int | None, Json] = {}

    def text(self, kind: str, language: str) -> str:
        """Returns the `name`, `description` or `short_description` in a language, else the one for all, else ""."""
        texts = self.texts[kind]
        return texts.get(language) or texts.get("", "")

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Sets one of the texts; an empty one removes it."""
        if text:
            self.texts[kind][language] = text
        else:
            self.texts[kind].pop(language, None)

    def shown_commands(self, chat_id: int, language: str) -> list[Json]:
        """Returns the commands in a person's private chat: the narrowest scope wins, then the language."""
        for scope in (("chat", str(chat_id)), ("all_private_chats",), DEFAULT):
            for code in (language, ""):
                if (scope, code) in self.commands:
                    return self.commands[scope, code]
        return []

    def menu_button(self, chat_id: int | None) -> Json:
        """Returns the menu button of a chat, else the one for all."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(None) or {"type": "commands"}
